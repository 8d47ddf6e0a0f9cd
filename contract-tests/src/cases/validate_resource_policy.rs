//! ValidateResourcePolicy: for whom, and by whom.

use serde_json::{Value, json};

use super::support::{at, denied, fails, ok, ok_as, policy, secret};
use crate::{Case, Context, Evidence, Need};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "validate_resource_policy/validated_for_the_caller",
        Evidence::Inferred,
        "radkawar/stackd testdata/aws/secretsmanager (recordings): LockOutCheck, of the caller alone",
        |c| Box::pin(validated_for_the_caller(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "validate_resource_policy/validating_needs_putting",
        Evidence::Documented,
        "API reference, ValidateResourcePolicy: required permissions",
        |c| Box::pin(validating_needs_putting(c)),
    )
    .needs(&[Need::Iam]),
];

/// A policy of one statement.
fn document(effect: &str, principal: &str, action: &str) -> Value {
    let statement = json!({
        "Effect": effect, "Principal": {"AWS": principal}, "Action": action, "Resource": "*",
    });
    json!({"Version": "2012-10-17", "Statement": [statement]})
}

fn put(name: &str, document: &Value) -> Value {
    json!({"SecretId": name, "ResourcePolicy": document.to_string()})
}

/// A policy locks out whom it denies, and says nothing of others.
async fn validated_for_the_caller(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let [one, other] = ["one", "other"];
    let all = policy(&[("Allow", "secretsmanager:*", "*")]);
    let (first, second) = (c.user(one, &all).await, c.user(other, &all).await);
    let user = format!("arn:aws:iam::000000000000:user/{}", c.entity(one));
    let denying = document("Deny", &user, "secretsmanager:PutResourcePolicy");
    let input = put(&name, &denying);
    let text = "This resource policy will not allow you to manage this secret in the future.";
    let locked = json!([{"CheckName": "LockOutCheck", "ErrorMessage": text}]);
    let expected = json!({"PolicyValidationPassed": false, "ValidationErrors": locked});
    assert_eq!(
        ok_as(c, &first, "ValidateResourcePolicy", &input).await,
        expected
    );
    let expected = json!({"PolicyValidationPassed": true, "ValidationErrors": []});
    assert_eq!(
        ok_as(c, &second, "ValidateResourcePolicy", &input).await,
        expected
    );
    let attached = ok(c, "GetResourcePolicy", &at(&name)).await;
    assert_eq!(attached.get("ResourcePolicy"), None);
}

async fn validating_needs_putting(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let validate = "secretsmanager:ValidateResourcePolicy";
    let who = c.user("u", &policy(&[("Allow", validate, "*")])).await;
    let own = "arn:aws:iam::000000000000:root";
    let input = put(
        &name,
        &document("Allow", own, "secretsmanager:GetSecretValue"),
    );
    let put = "secretsmanager:PutResourcePolicy";
    let expected = denied(c, &who, put, Some(&name)).await;
    assert_eq!(
        fails(c, &who, "ValidateResourcePolicy", &input).await,
        expected
    );
    let both = format!("{validate} {put}");
    let who = c.user("both", &policy(&[("Allow", &both, "*")])).await;
    ok_as(c, &who, "ValidateResourcePolicy", &input).await;
}
