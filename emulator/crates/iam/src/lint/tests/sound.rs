//! What the linter says has no effect has none: the policy without it decides every request alike.
//! And conditions hold without their key as it says.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::super::Step;
use super::{lint, names};
use crate::{
    Caller, Context, Decision, Kind, Named, Outcome, Policies, Policy, Principal, Request,
    Resource, Value, evaluate,
};

const ACCOUNT: &str = "111122223333";
const ACTIONS: [&str; 9] = [
    "*",
    "secretsmanager:*",
    "secretsmanager:Get*",
    "secretsmanager:GetSecretValue",
    "secretsmanager:getsecret?alue",
    "secretsmanager:List*",
    "secretsmanager:ListSecrets",
    "kms:Decrypt",
    "s3:Get*",
];
const RESOURCES: [&str; 11] = [
    "*",
    "arn:aws:secretsmanager:*:*:secret:*",
    "arn:aws:secretsmanager:*:*:secret:a*",
    "arn:aws:secretsmanager:*:*:secret:a-??????",
    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-AbCdEf",
    "arn:aws:secretsmanager:*:*:secret:${aws:username}-??????",
    "arn:aws:secretsmanager:*:*:secret:${aws:TagKeys}",
    "arn:aws:secretsmanager:*:*:secret:ann",
    "arn:aws:secretsmanager:*:*:secret:*a-?????",
    "arn:aws:kms:*:*:key/*",
    "arn:aws:s3",
];
const CONDITIONS: [&str; 4] = [
    "",
    r#", "Condition": {}"#,
    r#", "Condition": {"StringEquals": {"aws:username": ["ann", "bob"]}}"#,
    r#", "Condition": {"StringEquals": {"AWS:UserName": ["bob", "ann"]}}"#,
];
const REQUESTS: [(&str, Option<&str>); 6] = [
    (
        "secretsmanager:GetSecretValue",
        Some("arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-AbCdEf"),
    ),
    (
        "secretsmanager:GetSecretValue",
        Some("arn:aws:secretsmanager:eu-west-1:111122223333:secret:ann-AbCdEf"),
    ),
    (
        "secretsmanager:DeleteSecret",
        Some("arn:aws:secretsmanager:eu-west-1:111122223333:secret:b-AbCdEf"),
    ),
    ("secretsmanager:ListSecrets", None),
    (
        "kms:Decrypt",
        Some("arn:aws:kms:eu-west-1:111122223333:key/a"),
    ),
    ("s3:GetObject", Some("arn:aws:s3:::b/c")),
];

/// The parts of a statement: effect, actions, resources, condition.
type Parts = (
    &'static str,
    (&'static str, Vec<&'static str>),
    (&'static str, Vec<&'static str>),
    &'static str,
);

fn statements() -> impl Strategy<Value = Vec<Parts>> {
    let statement = (
        select(vec!["Allow", "Allow", "Deny"]),
        (
            select(vec!["Action", "Action", "NotAction"]),
            prop::collection::vec(select(ACTIONS.to_vec()), 1..4),
        ),
        (
            select(vec!["Resource", "Resource", "NotResource"]),
            prop::collection::vec(select(RESOURCES.to_vec()), 1..4),
        ),
        select(CONDITIONS.to_vec()),
    );
    prop::collection::vec(statement, 1..5)
}

fn text(statements: &[Parts]) -> String {
    let statements: Vec<_> = statements
        .iter()
        .map(|(effect, (action, actions), (resource, resources), condition)| {
            format!(r#"{{"Effect": "{effect}", "{action}": {actions:?}, "{resource}": {resources:?}{condition}}}"#)
        })
        .collect();
    format!(
        r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#,
        statements.join(", ")
    )
}

fn outcomes(text: &str) -> Vec<Outcome> {
    let policy = Policy::parse(text, Kind::Identity).unwrap();
    let identity = [Arc::new(Named {
        name: "p".into(),
        policy,
    })];
    let mut context = Context::default();
    context.insert("aws:username", Value::One("ann".into()));
    REQUESTS
        .iter()
        .map(|(action, arn)| decide(action, *arn, &context, &identity).outcome)
        .collect()
}

fn decide(
    action: &str,
    arn: Option<&str>,
    context: &Context<'_>,
    identity: &[Arc<Named>],
) -> Decision {
    let caller = Caller::User {
        arn: "arn:aws:iam::111122223333:user/ann",
        id: "AIDAEXAMPLEEXAMPLEEXA",
    };
    let request = Request {
        principal: &Principal {
            account: ACCOUNT,
            caller,
        },
        action,
        resource: Resource {
            arn,
            account: ACCOUNT,
        },
        context,
    };
    evaluate(
        &request,
        &Policies {
            identity,
            ..Policies::default()
        },
    )
}

fn is_about(code: &str) -> bool {
    [
        "REDUNDANT_STATEMENT",
        "UNREACHABLE_STATEMENT",
        "REDUNDANT_ACTION",
        "REDUNDANT_RESOURCE",
        "ACTION_NEVER_MATCHES_RESOURCE",
        "ACTION_WITHOUT_RESOURCE_NEEDS_STAR",
        "RESOURCE_NEVER_MATCHES_ACTION",
        "SECRET_ARN_WITHOUT_SUFFIX",
        "VARIABLE_NEVER_RESOLVES",
    ]
    .contains(&code)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_has_no_effect_has_none(statements in statements(), which in any::<Index>()) {
        let before = text(&statements);
        let findings = lint(&before, Kind::Identity);
        let idle: Vec<_> = findings.iter().filter(|finding| is_about(finding.code.name)).collect();
        if idle.is_empty() {
            return Ok(());
        }
        let finding = which.get(&idle);
        let mut after = statements.clone();
        match finding.path.steps() {
            [_, Step::Index(at)] => {
                after.remove(*at);
            }
            [_, Step::Index(at), Step::Key(element), Step::Index(entry)] => {
                let (_, (_, actions), (_, resources), _) = &mut after[*at];
                // In the place of the entry, one that matches no request.
                match element.ends_with("Action") {
                    true => actions[*entry] = "none:None",
                    false => resources[*entry] = "arn:aws:none:::none",
                }
            }
            other => prop_assert!(false, "{other:?}"),
        }
        let decided = match after.is_empty() {
            true => vec![Outcome::ImplicitDeny; REQUESTS.len()],
            false => outcomes(&text(&after)),
        };
        prop_assert_eq!(outcomes(&before), decided, "{}\n{}\n{}", finding, before, text(&after));
    }

    /// The engine agrees on what a condition does when its key is absent.
    #[test]
    fn conditions_without_their_key(
        set in select(vec!["", "ForAllValues:", "ForAnyValue:"]),
        (base, value) in select(vec![
            ("StringEquals", "1"), ("StringNotEquals", "1"), ("StringNotLike", "1"), ("ArnLike", "*"),
            ("NumericLessThan", "1"), ("Bool", "1"), ("NotIpAddress", "192.0.2.1"),
        ]),
        suffix in select(vec!["", "IfExists"]),
        is_deny in any::<bool>(),
    ) {
        let effect = if is_deny { "Deny" } else { "Allow" };
        let all = r#"{"Effect": "Allow", "Action": "secretsmanager:List*", "Resource": "*"}, "#;
        let before = if is_deny { all } else { "" };
        let text = format!(
            r#"{{"Version": "2012-10-17", "Statement": [{before}{{"Effect": "{effect}", "Action": "secretsmanager:ListSecrets",
                "Resource": "*", "Condition": {{"{set}{base}{suffix}": {{"secretsmanager:SecretId": "{value}"}}}}}}]}}"#
        );
        let findings = lint(&text, Kind::Identity);
        let code = "UNSUPPORTED_ACTION_FOR_CONDITION_KEY";
        let finding = findings.iter().find(|finding| finding.code.name == code);
        prop_assert!(finding.is_some(), "{:?}", names(&findings));
        let message = &finding.map(|finding| finding.message.clone()).unwrap_or_default();
        let outcome = outcomes(&text)[3];
        let expected = match outcome {
            Outcome::Allow if is_deny => "never denies",
            Outcome::Allow => "limits nothing",
            Outcome::ExplicitDeny => "denies it every time",
            _ => "never allows",
        };
        prop_assert!(message.contains(expected), "{outcome:?} {message}\n{text}");
    }
}
