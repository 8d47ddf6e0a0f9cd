//! Policies of secrets: what is accepted, given back, listed and found wanting.

use serde_json::{Value, json};

use super::support::{
    at, call, described, error, fault, ok, policy, secret, take_dates, violation,
};
use crate::{Case, Context, Evidence, Need};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "resource_policies/named",
        Evidence::Documented,
        "API model: PolicyName of PutResourcePolicy, GetResourcePolicy and DeleteResourcePolicy",
        |c| Box::pin(named(c)),
    ),
    Case::new(
        "resource_policies/listed",
        Evidence::Documented,
        "API model, ListResourcePolicies",
        |c| Box::pin(listed(c)),
    ),
    Case::new(
        "resource_policies/syntax",
        Evidence::Recorded,
        "hashicorp/terraform-provider-aws#28609",
        |c| Box::pin(syntax(c)),
    ),
    Case::new(
        "resource_policies/unknown_principal",
        Evidence::Documented,
        "user guide, resource-based policies: an unsupported principal; hashicorp/terraform-provider-aws#28609",
        |c| Box::pin(unknown_principal(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "resource_policies/public_unless_conditions_say_whose",
        Evidence::Documented,
        "user guide, BlockPublicPolicy; API reference, PutResourcePolicy",
        |c| Box::pin(public_unless_conditions_say_whose(c)),
    ),
    Case::new(
        "resource_policies/lengths_of_the_model",
        Evidence::Inferred,
        "the model's limits in the common form of AWS's validation errors",
        |c| Box::pin(lengths_of_the_model(c)),
    ),
    Case::new(
        "resource_policies/a_change_is_dated",
        Evidence::Recorded,
        "radkawar/stackd testdata/aws/secretsmanager (recordings of AWS)",
        |c| Box::pin(a_change_is_dated(c)),
    ),
];

/// A policy of one statement about reading.
fn reading(effect: &str, principal: Value, condition: Option<Value>) -> String {
    let mut statement = json!({
        "Effect": effect, "Principal": principal, "Action": "secretsmanager:GetSecretValue",
        "Resource": "*",
    });
    if let Some(condition) = condition {
        statement["Condition"] = condition;
    }
    json!({"Version": "2012-10-17", "Statement": [statement]}).to_string()
}

fn to_own_account() -> String {
    reading(
        "Allow",
        json!({"AWS": "arn:aws:iam::000000000000:root"}),
        None,
    )
}

fn put(name: &str, policy: &str) -> Value {
    json!({"SecretId": name, "ResourcePolicy": policy})
}

/// The policy that a secret has, read.
async fn stored(c: &Context, name: &str) -> Option<Value> {
    let answer = ok(c, "GetResourcePolicy", &at(name)).await;
    let text = answer.get("ResourcePolicy")?.as_str().unwrap();
    Some(serde_json::from_str(text).unwrap())
}

async fn named(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let own: Value = serde_json::from_str(&to_own_account()).unwrap();
    let mut input = put(&name, &to_own_account());
    input["PolicyName"] = "default".into();
    ok(c, "PutResourcePolicy", &input).await;
    let default = json!({"SecretId": name, "PolicyName": "default"});
    let got = ok(c, "GetResourcePolicy", &default).await;
    assert_eq!(
        (&got["PolicyName"], stored(c, &name).await.is_some()),
        (&json!("default"), true)
    );
    let other = json!({"SecretId": name, "PolicyName": "mine"});
    input["PolicyName"] = "mine".into();
    for (operation, input, code) in [
        ("PutResourcePolicy", &input, "InvalidParameterException"),
        ("DeleteResourcePolicy", &other, "InvalidParameterException"),
        ("GetResourcePolicy", &other, "ResourceNotFoundException"),
    ] {
        assert_eq!(
            fault(&call(c, operation, input).await).0,
            code,
            "{operation}"
        );
    }
    let got = stored(c, &name).await.unwrap();
    assert_eq!(
        got["Statement"][0]["Principal"],
        own["Statement"][0]["Principal"]
    );
    ok(c, "DeleteResourcePolicy", &default).await;
    assert_eq!(stored(c, &name).await, None);
}

async fn listed(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let none = json!({"ResourcePolicies": []});
    assert_eq!(ok(c, "ListResourcePolicies", &at(&name)).await, none);
    ok(c, "PutResourcePolicy", &put(&name, &to_own_account())).await;
    let input = json!({"SecretId": name, "MaxResults": 1});
    let one = json!({"ResourcePolicies": [{"PolicyName": "default"}]});
    assert_eq!(ok(c, "ListResourcePolicies", &input).await, one);
    ok(c, "DeleteResourcePolicy", &at(&name)).await;
    assert_eq!(ok(c, "ListResourcePolicies", &at(&name)).await, none);
    let input = json!({"SecretId": name, "NextToken": "none of yours"});
    let (code, _) = fault(&call(c, "ListResourcePolicies", &input).await);
    assert_eq!(code, "InvalidNextTokenException");
}

/// What is no policy, or none of a resource.
async fn syntax(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let text = "This resource policy contains a syntax error.";
    let expected = error("MalformedPolicyDocumentException", text);
    let statement = json!({
        "Effect": "Allow", "Principal": "*", "Action": "secretsmanager:*", "Resource": "*",
    });
    let with = |statement: Value| json!({"Version": "2012-10-17", "Statement": statement});
    let changed = |name: &str, value: Value| {
        let mut changed = statement.clone();
        changed[name] = value;
        with(changed).to_string()
    };
    for document in [
        "{".to_owned(),
        "nonsense".to_owned(),
        "[]".to_owned(),
        with(json!([[statement]])).to_string(),
        changed("Principal", json!("arn:aws:iam::000000000000:root")),
        changed("Effect", json!("Permit")),
    ] {
        for operation in ["PutResourcePolicy", "ValidateResourcePolicy"] {
            let answer = call(c, operation, &put(&name, &document)).await;
            assert_eq!(fault(&answer), expected, "{operation} {document}");
        }
    }
    assert_eq!(stored(c, &name).await, None);
}

async fn unknown_principal(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let user = format!("arn:aws:iam::000000000000:user/{}", c.entity("u"));
    let text = "This resource policy contains an unsupported principal.";
    let expected = error("MalformedPolicyDocumentException", text);
    let both = ["arn:aws:iam::000000000000:root", &*user];
    let elsewhere = "arn:aws-cn:iam::000000000000:root";
    for principal in [
        json!({"AWS": user}),
        json!({"AWS": both}),
        json!({"AWS": elsewhere}),
    ] {
        let input = put(&name, &reading("Allow", principal, None));
        assert_eq!(fault(&call(c, "PutResourcePolicy", &input).await), expected);
    }
    assert_eq!(stored(c, &name).await, None);
    c.user("u", &policy(&[("Allow", "s3:*", "*")])).await;
    let input = put(&name, &reading("Allow", json!({"AWS": user}), None));
    ok(c, "PutResourcePolicy", &input).await;
    let got = stored(c, &name).await.unwrap();
    assert_eq!(got["Statement"][0]["Principal"], json!({"AWS": user}));
}

async fn public_unless_conditions_say_whose(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let vpce = json!({"StringEquals": {"aws:SourceVpce": "vpce-1234567890abcdef0"}});
    let any_vpce = json!({"StringLike": {"aws:SourceVpce": "*"}});
    let account = json!({"StringEquals": {"aws:SourceAccount": "111122223333"}});
    // Conditions that everyone meets.
    let themselves = json!({"StringEquals": {"aws:PrincipalArn": "${aws:PrincipalArn}"}});
    let halves = json!({"IpAddress": {"aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"]}});
    let any_arn = json!({"StringLike": {"aws:SourceArn": "arn:aws:*"}});
    let bucket = json!({"ArnLike": {"aws:SourceArn": "arn:aws:s3:::bucket"}});
    for (effect, principal, condition, is_public) in [
        ("Allow", json!("*"), None, true),
        ("Allow", json!({"AWS": "*"}), None, true),
        ("Allow", json!("*"), Some(any_vpce), true),
        ("Allow", json!("*"), Some(themselves), true),
        ("Allow", json!("*"), Some(halves), true),
        ("Allow", json!("*"), Some(any_arn), true),
        ("Allow", json!("*"), Some(bucket), false),
        ("Allow", json!("*"), Some(vpce), false),
        ("Allow", json!("*"), Some(account), false),
        ("Deny", json!("*"), None, false),
        ("Allow", json!({"AWS": "111122223333"}), None, false),
    ] {
        let document = reading(effect, principal, condition);
        let mut input = put(&name, &document);
        let checked = ok(c, "ValidateResourcePolicy", &input).await;
        let checks = checked["ValidationErrors"].as_array().unwrap().iter();
        let found = checks
            .filter(|check| check["CheckName"] == "BlockPublicPolicyCheck")
            .count();
        assert_eq!(found == 1, is_public, "{document}: {checked}");
        input["BlockPublicPolicy"] = true.into();
        let answer = call(c, "PutResourcePolicy", &input).await;
        let text = "You can not attach a resource policy that grants Public access to your secret.";
        match is_public {
            true => assert_eq!(fault(&answer), error("PublicPolicyException", text)),
            false => assert_eq!(answer.status, 200, "{document}: {}", answer.body),
        }
        input["BlockPublicPolicy"] = false.into();
        ok(c, "PutResourcePolicy", &input).await;
        ok(c, "DeleteResourcePolicy", &at(&name)).await;
    }
}

async fn lengths_of_the_model(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let document = |length: usize| {
        let own = to_own_account();
        format!("{own}{}", " ".repeat(length - own.len()))
    };
    ok(c, "PutResourcePolicy", &put(&name, &document(20_480))).await;
    let long = document(20_481);
    let rule = "have length less than or equal to 20480";
    let too_long = violation(Some(&long), "resourcePolicy", rule);
    let rule = "have length greater than or equal to 1";
    let empty = violation(Some(""), "resourcePolicy", rule);
    for (document, expected) in [(&*long, &too_long), ("", &empty)] {
        for operation in ["PutResourcePolicy", "ValidateResourcePolicy"] {
            let got = fault(&call(c, operation, &put(&name, document)).await);
            assert_eq!(got, *expected, "{operation}");
        }
    }
    let mut input = put(&name, &to_own_account());
    input["PolicyName"] = "no name".into();
    let rule = "satisfy regular expression pattern: [0-9A-Za-z\\-\\_]+";
    let expected = violation(Some("no name"), "policyName", rule);
    assert_eq!(fault(&call(c, "PutResourcePolicy", &input).await), expected);
}

async fn a_change_is_dated(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let mut last = 0.0;
    for (operation, input) in [
        ("PutResourcePolicy", put(&name, &to_own_account())),
        ("DeleteResourcePolicy", at(&name)),
    ] {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        ok(c, operation, &input).await;
        let mut shown = described(c, &name).await;
        let dates = take_dates(&mut shown, &["LastChangedDate", "CreatedDate"]);
        assert!(
            dates[0] > dates[1] && dates[0] > last,
            "{operation}: {dates:?}"
        );
        last = dates[0];
    }
}
