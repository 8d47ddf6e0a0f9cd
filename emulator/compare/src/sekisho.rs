//! Our own engine: one identity policy of a user, no other layer.

use std::sync::Arc;

use sekisho_iam::{
    Caller, Context, Kind, Named, Policies, Policy, Principal, Request, Resource, Value, evaluate,
};

use crate::question::{ACCOUNT, Engine, Fact, Outcome, Question, USER_ARN};

pub struct Sekisho {
    identity: [Arc<Named>; 1],
}

/// A request borrows; this is what from.
pub struct Asked<'q> {
    principal: Principal<'q>,
    context: Context<'q>,
    question: &'q Question,
}

impl Engine for Sekisho {
    const NAME: &'static str = "sekisho-iam";
    type Request<'q> = Asked<'q>;

    fn read(policy: &str) -> Result<Self, String> {
        let policy = Policy::parse(policy, Kind::Identity).map_err(|error| error.to_string())?;
        let name = "inline:compare".to_owned();
        Ok(Self {
            identity: [Arc::new(Named { name, policy })],
        })
    }

    fn request(question: &Question) -> Option<Asked<'_>> {
        let mut context = Context::default();
        for (key, fact) in &question.facts {
            context.insert(key.as_str(), value(fact));
        }
        let caller = Caller::User {
            arn: USER_ARN,
            id: "AIDAEXAMPLE",
        };
        let principal = Principal {
            account: ACCOUNT,
            caller,
        };
        Some(Asked {
            principal,
            context,
            question,
        })
    }

    fn decide(&self, asked: &Asked<'_>) -> Result<Outcome, String> {
        let request = Request {
            principal: &asked.principal,
            action: &asked.question.action,
            resource: Resource {
                arn: Some(&asked.question.resource),
                account: ACCOUNT,
            },
            context: &asked.context,
        };
        let policies = Policies {
            identity: &self.identity,
            ..Policies::default()
        };
        Ok(match evaluate(&request, &policies).outcome {
            sekisho_iam::Outcome::Allow => Outcome::Allowed,
            sekisho_iam::Outcome::ImplicitDeny => Outcome::ImplicitlyDenied,
            sekisho_iam::Outcome::ExplicitDeny => Outcome::ExplicitlyDenied,
        })
    }
}

fn value(fact: &Fact) -> Value<'_> {
    match fact {
        Fact::Text(text) | Fact::Number(text) | Fact::Date(text) => Value::One(text.into()),
        Fact::List(texts) => Value::Many(texts.iter().map(Into::into).collect()),
        Fact::Flag(flag) => Value::One(flag.to_string().into()),
        Fact::Address(address) => Value::One(address.to_string().into()),
    }
}
