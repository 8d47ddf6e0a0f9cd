//! Sessions of other accounts: both accounts must allow, and each says so in its own words.

use serde_json::json;

use super::support::{
    KEY, NOT_FOUND, OTHER, account, account_of, arn_of, assume, assumer, error, fails, fault,
    ok_as, policy, role_of, secret, send, status, trusting,
};
use crate::{Case, Context, Evidence, Need, Raw};

pub(super) const CASES: &[Case] = &[Case::new(
    "sts/across_accounts/each_half",
    Evidence::Recorded,
    "aws/aws-cdk#28537: the resource-based sentence; user guide: both sides must allow",
    |c| Box::pin(across_accounts(c)),
)
.needs(&[Need::Iam])];

fn says(who: &str, action: &str, resource: &str, reason: &str) -> (String, String) {
    let text = format!(
        "User: {who} is not authorized to perform: {action} on resource: {resource} {reason}"
    );
    error("AccessDeniedException", text)
}

const GET: &str = "secretsmanager:GetSecretValue";

async fn across_accounts(c: &Context) {
    let there = account(OTHER);
    let own = account_of(c).await;
    let (role_name, name) = (c.entity("R"), c.name("s"));
    let secret_arn = {
        let (arn, _) = secret(&c.root(), &name, "v").await;
        let key = json!({"SecretId": arn, "KmsKeyId": KEY});
        ok_as(c, c.target().root(), "UpdateSecret", &key).await;
        arn
    };
    let input = json!({"SecretId": secret_arn});
    let trust = trusting(&json!({"AWS": own}));
    let reads = policy(&[("Allow", GET, "*")]);
    let arn = role_of(c, &there, &role_name, &trust, Some(&reads)).await;
    let (_, who) = assumer(c, "who").await;
    let session = assume(c, &who, &arn, &[]).await;
    let session_arn = arn_of(c, &session).await;
    assert!(session_arn.contains(OTHER), "{session_arn}");
    let told = fails(c, &session, "GetSecretValue", &input).await;
    let reason = format!("because no resource-based policy allows the {GET} action");
    assert_eq!(told, says(&session_arn, GET, &secret_arn, &reason));
    let document = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": arn}, "Action": GET, "Resource": "*"}]});
    let put = json!({"SecretId": secret_arn, "ResourcePolicy": document.to_string()});
    ok_as(c, c.target().root(), "PutResourcePolicy", &put).await;
    assert_eq!(status(c, &session, "GetSecretValue", &input).await, 200);
    // A name is looked for in the caller's account.
    let told = send(c, &session, "GetSecretValue", &json!({"SecretId": name})).await;
    let expected = error("ResourceNotFoundException", NOT_FOUND);
    assert_eq!(fault(&told), expected);
    // The other half alone is not enough either.
    let delete = [("RoleName", &*role_name), ("PolicyName", "inline")];
    let deleted = Raw::query("iam", "DeleteRolePolicy", &delete).signed_by(&there);
    assert_eq!(deleted.send(c).await.status, 200);
    let told = fails(c, &session, "GetSecretValue", &input).await;
    let reason = format!("because no identity-based policy allows the {GET} action");
    assert_eq!(told, says(&session_arn, GET, &secret_arn, &reason));
}
