//! What a decision says for itself.

use std::sync::Arc;

use sekisho_iam::{Determining, Kind, Outcome, Policy};

use super::*;
use crate::account::AccountId;

#[test]
fn a_managed_policy_that_denies_is_named_if_asked_for() {
    const ARN: &str = "arn:aws:iam::000000000000:policy/guard";
    let text =
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}"#;
    let made = |name: &str, names_policies| Made {
        demand: Demand::without_resource("secretsmanager:ListSecrets"),
        decision: Decision {
            outcome: Outcome::ExplicitDeny,
            layer: Layer::Identity,
            determining: Some(Determining {
                policy: 0,
                statement: 0,
            }),
        },
        attached: Attached {
            identity: Arc::new([Arc::new(Named {
                name: name.to_owned(),
                policy: Policy::parse(text, Kind::Identity).unwrap(),
            })]),
            ..Attached::default()
        },
        now: Timestamp::from_millis(0),
        names_policies,
    };
    let caller = Caller::root(AccountId::DEFAULT, "aws", "test");
    let sentence = |name, names_policies| {
        let sentence = made(name, names_policies).sentence(&caller).unwrap();
        let (_, reason) = sentence.split_once(" with ").unwrap();
        reason.to_owned()
    };
    const DENY: &str = "an explicit deny in an identity-based policy";
    assert_eq!(sentence(ARN, true), format!("{DENY}: {ARN}"));
    assert_eq!(sentence(ARN, false), DENY);
    assert_eq!(sentence("inline:guard", true), DENY);
}
