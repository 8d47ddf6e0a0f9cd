//! `iam-rs`: a `PolicyEvaluator` that holds the parsed policy, as its documentation shows.

use ::iam_rs::{
    Arn, Context, ContextValue, Decision, EvaluationOptions, IAMPolicy, IAMRequest,
    PolicyEvaluator, Principal, PrincipalId,
};

use crate::question::{Engine, Fact, Outcome, Question, USER_ARN};

pub struct IamRs(PolicyEvaluator);

impl Engine for IamRs {
    const NAME: &'static str = "iam-rs";
    type Request<'q> = IAMRequest;

    fn read(policy: &str) -> Result<Self, String> {
        let policy = IAMPolicy::from_json(policy).map_err(|error| error.to_string())?;
        // By default it refuses to look at more than 1,000 statements.
        let options = EvaluationOptions {
            max_statements: usize::MAX,
            ..EvaluationOptions::default()
        };
        let evaluator = PolicyEvaluator::with_policies(vec![policy]).with_options(options);
        Ok(Self(evaluator))
    }

    fn request(question: &Question) -> Option<IAMRequest> {
        let mut context = Context::new();
        for (key, fact) in &question.facts {
            context.insert(key.clone(), value(fact)?);
        }
        Some(IAMRequest::new_with_context(
            Principal::Aws(PrincipalId::String(USER_ARN.to_owned())),
            question.action.clone(),
            Arn::parse(&question.resource).ok()?,
            context,
        ))
    }

    fn decide(&self, request: &IAMRequest) -> Result<Outcome, String> {
        let result = self.0.evaluate(request);
        Ok(match result.map_err(|error| error.to_string())?.decision {
            Decision::Allow => Outcome::Allowed,
            Decision::Deny => Outcome::ExplicitlyDenied,
            Decision::NotApplicable => Outcome::ImplicitlyDenied,
        })
    }
}

/// It reads addresses and dates from text.
fn value(fact: &Fact) -> Option<ContextValue> {
    Some(match fact {
        Fact::Text(text) | Fact::Date(text) => ContextValue::String(text.clone()),
        Fact::List(texts) => ContextValue::StringList(texts.clone()),
        Fact::Flag(flag) => ContextValue::Boolean(*flag),
        Fact::Number(text) => ContextValue::Number(text.parse().ok()?),
        Fact::Address(address) => ContextValue::String(address.to_string()),
    })
}
