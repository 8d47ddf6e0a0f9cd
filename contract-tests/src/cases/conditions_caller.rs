//! Conditions on who asks, from where, when and how, whatever is asked.

use serde_json::{Value, json};

use super::support::Decision::{Allow, ExplicitDeny, ImplicitDeny};
use super::support::{
    allow_all, allow_if, arn_of, assert_decision, denied, denied_explicitly, deny_if, fault,
    replace_policy, target,
};
use crate::{Answer, Case, Context, Credentials, Evidence, Need, Raw};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "conditions_caller/who",
        Evidence::Documented,
        "IAM user guide, global condition context keys: properties of the principal",
        |c| Box::pin(who(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions_caller/where_and_how",
        Evidence::Documented,
        "IAM user guide, global condition context keys: properties of the request",
        |c| Box::pin(where_and_how(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions_caller/when",
        Evidence::Documented,
        "IAM user guide, aws:CurrentTime, aws:EpochTime",
        |c| Box::pin(when(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions_caller/addresses",
        Evidence::Documented,
        "IAM user guide, aws:SourceIp: denies access based on the source IP",
        |c| Box::pin(addresses(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions_caller/user_agent",
        Evidence::Documented,
        "IAM user guide, aws:UserAgent",
        |c| Box::pin(user_agent(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions_caller/referer",
        Evidence::Documented,
        "IAM user guide, aws:referer",
        |c| Box::pin(referer(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions_caller/plain_http_is_not_secure",
        Evidence::Documented,
        "IAM user guide, aws:SecureTransport",
        |c| Box::pin(plain_http_is_not_secure(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions_caller/temporary_credentials_only",
        Evidence::Documented,
        "IAM user guide, aws:TokenIssueTime, aws:SourceIdentity: not with long-term keys",
        |c| Box::pin(temporary_credentials_only(c)),
    )
    .needs(&[Need::Iam]),
];

const GET: &str = "GetSecretValue";

/// The user `u`, and an input that names a secret.
async fn asking(c: &Context) -> (Credentials, Value) {
    let (_, input) = target(c).await;
    (c.user("u", &allow_all()).await, input)
}

/// A condition that is met lets an Allow allow and a Deny deny; one that is not does neither.
async fn assert_meets(
    c: &Context,
    (who, input): &(Credentials, Value),
    condition: &Value,
    is_met: bool,
) {
    let (allows, denies) = match is_met {
        true => (Allow, ExplicitDeny),
        false => (ImplicitDeny, Allow),
    };
    replace_policy(c, "u", &allow_if(condition)).await;
    assert_decision(c, who, (GET, input), allows).await;
    replace_policy(c, "u", &deny_if(condition)).await;
    assert_decision(c, who, (GET, input), denies).await;
}

/// A key has a value, and has not another.
async fn assert_key(
    c: &Context,
    asking: &(Credentials, Value),
    key: &str,
    operator: &str,
    (right, wrong): (&str, &str),
) {
    assert_meets(c, asking, &json!({operator: {key: right}}), true).await;
    assert_meets(c, asking, &json!({operator: {key: wrong}}), false).await;
}

async fn who(c: &Context) {
    let asking = asking(c).await;
    let arn = arn_of(c, &asking.0).await;
    let name = c.entity("u");
    let user = c.iam("GetUser", &[("UserName", &name)]).await;
    let id = user.xml("UserId").unwrap();
    let account = arn.split(':').nth(4).unwrap();
    let root = format!("arn:aws:iam::{account}:root");
    for (key, operator, values) in [
        ("aws:PrincipalArn", "StringEquals", (&*arn, &*root)),
        (
            "aws:PrincipalArn",
            "ArnLike",
            ("arn:aws:iam::*:user/contract-*", "arn:aws:iam::*:role/*"),
        ),
        (
            "aws:PrincipalAccount",
            "StringEquals",
            (account, "444455556666"),
        ),
        ("aws:PrincipalType", "StringEquals", ("User", "Account")),
        ("aws:userid", "StringEquals", (&*id, "AIDA*")),
        ("aws:userid", "StringLike", ("AIDA*", "AROA*")),
        ("aws:username", "StringEquals", (&*name, "u")),
        ("aws:PrincipalIsAWSService", "Bool", ("false", "true")),
    ] {
        assert_key(c, &asking, key, operator, values).await;
    }
}

async fn where_and_how(c: &Context) {
    let asking = asking(c).await;
    let arn = arn_of(c, &asking.0).await;
    let account = arn.split(':').nth(4).unwrap();
    for (key, operator, values) in [
        (
            "aws:RequestedRegion",
            "StringEquals",
            (c.target().region(), "eu-west-1"),
        ),
        (
            "aws:ResourceAccount",
            "StringEquals",
            (account, "444455556666"),
        ),
        ("aws:ViaAWSService", "Bool", ("false", "true")),
    ] {
        assert_key(c, &asking, key, operator, values).await;
    }
}

async fn when(c: &Context) {
    let asking = asking(c).await;
    for (operator, past) in [
        ("DateGreaterThan", true),
        ("DateGreaterThanEquals", true),
        ("DateNotEquals", true),
        ("DateLessThan", false),
        ("DateLessThanEquals", false),
        ("DateEquals", false),
    ] {
        for key in ["aws:CurrentTime", "aws:EpochTime"] {
            for date in ["2000-01-01T00:00:00Z", "946684800"] {
                let condition = json!({operator: {key: date}});
                assert_meets(c, &asking, &condition, past).await;
            }
        }
    }
    let key = "aws:EpochTime";
    let values = ("946684800", "32503680000");
    assert_key(c, &asking, key, "NumericGreaterThan", values).await;
}

async fn addresses(c: &Context) {
    let asking = asking(c).await;
    let (anywhere, nowhere) = (["0.0.0.0/0", "::/0"], ["203.0.113.0/24", "2001:db8::/32"]);
    for (operator, networks, is_met) in [
        ("IpAddress", anywhere, true),
        ("IpAddress", nowhere, false),
        ("NotIpAddress", anywhere, false),
        ("NotIpAddress", nowhere, true),
    ] {
        let condition = json!({operator: {"aws:SourceIp": networks}});
        assert_meets(c, &asking, &condition, is_met).await;
    }
}

/// A call with a header more.
async fn get_with(
    c: &Context,
    who: &Credentials,
    input: &Value,
    (name, value): (&str, &str),
) -> Answer {
    let request = Raw::json("secretsmanager.GetSecretValue", input.to_string());
    request.header(name, value).signed_by(who).send(c).await
}

async fn user_agent(c: &Context) {
    let (name, _) = target(c).await;
    let rust = json!({"StringLike": {"aws:UserAgent": "aws-sdk-rust/*"}});
    let who = c.user("u", &allow_if(&rust)).await;
    let get = c.client(&who).get_secret_value().secret_id(&name).send();
    get.await.unwrap();
    let input = json!({"SecretId": name});
    let ask = |agent| get_with(c, &who, &input, ("user-agent", agent));
    let answer = ask("Boto3/1.40 md/Botocore#1.40").await;
    let action = "secretsmanager:GetSecretValue";
    let expected = denied(c, &who, action, Some(&name)).await;
    assert_eq!(fault(&answer), expected);
    let browser = json!({"StringLike": {"aws:UserAgent": "*Mozilla*"}});
    replace_policy(c, "u", &deny_if(&browser)).await;
    let answer = ask("Mozilla/5.0 (X11)").await;
    let expected = denied_explicitly(c, &who, action, Some(&name)).await;
    assert_eq!(fault(&answer), expected);
    assert_eq!(ask("Boto3/1.40").await.status, 200);
}

async fn referer(c: &Context) {
    let (who, input) = asking(c).await;
    let ours = json!({"StringLike": {"aws:referer": "https://sekisho.test/*"}});
    replace_policy(c, "u", &allow_if(&ours)).await;
    assert_decision(c, &who, (GET, &input), ImplicitDeny).await;
    for (page, status) in [
        ("https://sekisho.test/page", 200),
        ("https://other.test/page", 400),
    ] {
        let answer = get_with(c, &who, &input, ("referer", page)).await;
        assert_eq!(answer.status, status, "{}", answer.body);
    }
}

/// AWS is reached by HTTPS; an emulator often is not, and then says so.
async fn plain_http_is_not_secure(c: &Context) {
    let asking = asking(c).await;
    let url = c.target().url();
    let is_secure = url.is_none_or(|url| url.starts_with("https:"));
    let values = match is_secure {
        true => ("true", "false"),
        false => ("false", "true"),
    };
    assert_key(c, &asking, "aws:SecureTransport", "Bool", values).await;
}

async fn temporary_credentials_only(c: &Context) {
    let asking = asking(c).await;
    for key in [
        "aws:TokenIssueTime",
        "aws:MultiFactorAuthAge",
        "aws:SourceIdentity",
        "aws:FederatedProvider",
        "aws:SourceVpc",
        "aws:PrincipalOrgID",
    ] {
        assert_key(c, &asking, key, "Null", ("true", "false")).await;
    }
}
