//! `scratchstack-aspen`: a `PolicySet` of one parsed policy, as its documentation shows.

use scratchstack_arn::Arn;
use scratchstack_aspen::{Context, Decision, Policy, PolicySet, PolicySource};
use scratchstack_aws_principal::{Principal, SessionData, SessionValue, User};

use crate::question::{ACCOUNT, Engine, Fact, Outcome, Question, USER, USER_ARN};

pub struct Aspen(PolicySet);

impl Engine for Aspen {
    const NAME: &'static str = "scratchstack-aspen";
    type Request<'q> = Context;

    fn read(policy: &str) -> Result<Self, String> {
        let policy: Policy = policy.parse().map_err(|error| format!("{error}"))?;
        let source = PolicySource::new_entity_inline(USER_ARN, "AIDAEXAMPLE", "compare");
        Ok(Self(PolicySet::from(vec![(source, policy)])))
    }

    fn request(question: &Question) -> Option<Context> {
        let mut session = SessionData::new();
        for (key, fact) in &question.facts {
            session.insert(key.as_str(), value(fact)?);
        }
        let (service, api) = question.action.split_once(':')?;
        let user = User::new("aws", ACCOUNT, "/", USER).ok()?;
        let resource: Arn = question.resource.parse().ok()?;
        Context::builder()
            .service(service)
            .api(api)
            .actor(Principal::from(vec![user.into()]))
            .resources(vec![resource])
            .session_data(session)
            .build()
            .ok()
    }

    fn decide(&self, request: &Context) -> Result<Outcome, String> {
        let result = self.0.evaluate(request);
        Ok(match result.map_err(|error| error.to_string())?.0 {
            Decision::Allow => Outcome::Allowed,
            Decision::Deny => Outcome::ExplicitlyDenied,
            Decision::DefaultDeny => Outcome::ImplicitlyDenied,
        })
    }
}

/// It has no lists and no fractions; a number with one is handed over as text.
fn value(fact: &Fact) -> Option<SessionValue> {
    Some(match fact {
        Fact::Text(text) => SessionValue::String(text.clone()),
        Fact::List(_) => return None,
        Fact::Flag(flag) => SessionValue::Bool(*flag),
        Fact::Number(text) => match text.parse() {
            Ok(number) => SessionValue::Integer(number),
            Err(_) => SessionValue::String(text.clone()),
        },
        Fact::Address(address) => SessionValue::IpAddr(*address),
        Fact::Date(text) => SessionValue::Timestamp(text.parse().ok()?),
    })
}
