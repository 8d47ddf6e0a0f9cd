//! Roles and sessions.

use serde_json::{Value, json};

use super::{iam, policy};
use crate::{Answer, Context, Credentials, Raw};

/// An STS call as somebody, whatever comes of it.
pub(in crate::cases) async fn sts(
    c: &Context,
    who: &Credentials,
    action: &str,
    parameters: &[(&str, &str)],
) -> Answer {
    let request = Raw::query("sts", action, parameters);
    request.signed_by(who).send(c).await
}

/// The credentials in an answer of STS, which must be one.
#[track_caller]
pub(in crate::cases) fn credentials(answer: &Answer) -> Credentials {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let part = |element| answer.xml(element).unwrap();
    Credentials::new(part("AccessKeyId"), part("SecretAccessKey")).with_token(part("SessionToken"))
}

/// A session of a role, asked for with more parameters.
pub(in crate::cases) async fn assume(
    c: &Context,
    who: &Credentials,
    role: &str,
    more: &[(&str, &str)],
) -> Credentials {
    credentials(&try_assume(c, who, role, more).await)
}

/// The same, whatever comes of it.
pub(in crate::cases) async fn try_assume(
    c: &Context,
    who: &Credentials,
    role: &str,
    more: &[(&str, &str)],
) -> Answer {
    let session = [("RoleArn", role), ("RoleSessionName", "session")];
    sts(c, who, "AssumeRole", &[&session[..], more].concat()).await
}

/// A trust policy of one statement that lets a principal assume the role, tag the session and set
/// its source identity.
pub(in crate::cases) fn trusting(principal: &Value) -> String {
    trust(principal, &json!({}))
}

/// The same under a condition.
pub(in crate::cases) fn trust(principal: &Value, condition: &Value) -> String {
    let actions = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"];
    json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": principal, "Action": actions, "Condition": condition,
    }]})
    .to_string()
}

/// Makes a role with a trust policy, and with an inline policy if one is given; gives its ARN.
pub(in crate::cases) async fn role_of(
    c: &Context,
    owner: &Credentials,
    name: &str,
    trust: &str,
    inline: Option<&str>,
) -> String {
    let parameters = [("RoleName", name), ("AssumeRolePolicyDocument", trust)];
    let made = Raw::query("iam", "CreateRole", &parameters).signed_by(owner);
    let made = made.send(c).await;
    assert_eq!(made.status, 200, "{}", made.body);
    if let Some(inline) = inline {
        let parameters = [
            ("RoleName", name),
            ("PolicyName", "inline"),
            ("PolicyDocument", inline),
        ];
        let put = Raw::query("iam", "PutRolePolicy", &parameters).signed_by(owner);
        let put = put.send(c).await;
        assert_eq!(put.status, 200, "{}", put.body);
    }
    made.xml("Arn").unwrap()
}

/// A role that its own account trusts, and that may do everything with secrets.
pub(in crate::cases) async fn secrets_role(c: &Context, name: &str) -> (String, String) {
    let name = c.entity(name);
    let account = account_of(c).await;
    let trust = trusting(&json!({"AWS": account}));
    let all = policy(&[("Allow", "secretsmanager:*", "*")]);
    let arn = role_of(c, c.target().root(), &name, &trust, Some(&all)).await;
    (name, arn)
}

/// A user who may assume roles; gives its name, too.
pub(in crate::cases) async fn assumer(c: &Context, name: &str) -> (String, Credentials) {
    let who = c.user(name, &policy(&[("Allow", "sts:*", "*")])).await;
    (c.entity(name), who)
}

/// The account of whoever may do everything.
pub(in crate::cases) async fn account_of(c: &Context) -> String {
    let answer = sts(c, c.target().root(), "GetCallerIdentity", &[]).await;
    answer.xml("Account").unwrap()
}

/// The ARN of a user.
pub(in crate::cases) async fn user_arn(c: &Context, name: &str) -> String {
    iam(c, "GetUser", &[("UserName", name)])
        .await
        .xml("Arn")
        .unwrap()
}
