//! Trust, resource and control policies.

use super::message;
use crate::Kind;

#[test]
fn trust_policies() {
    const TRUST_ACTION: &str = "AssumeRole policy may only specify STS AssumeRole actions.";
    for (text, expected) in [
        ("", "This policy contains invalid Json"),
        ("[]", "This policy contains invalid Json"),
        ("null", "This text appears not to be a policy"),
        ("{}", "Syntax error at position (1,3)"),
        (
            r#"{"Statement":[]}"#,
            "Could not parse the policy: Statement is empty!",
        ),
        (
            "{\"Statement\":\n {\"Effect\":\"allow\"}}",
            "Syntax error at position (2,12)",
        ),
        (
            r#"{"Statement":{"Action":"sts:AssumeRole"}}"#,
            "Missing required field Effect",
        ),
        (
            r#"{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole"}}"#,
            "Missing required field Principal",
        ),
        (
            r#"{"Statement":{"Effect":"Allow","Principal":"*"}}"#,
            "Missing required field Action",
        ),
        (
            r#"{"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}}"#,
            "Has prohibited field Resource",
        ),
        (
            r#"{"Statement":{"Effect":"Allow","Principal":"*","Action":"*"}}"#,
            TRUST_ACTION,
        ),
        (
            r#"{"Statement":{"Effect":"Allow","Principal":"*","Action":["sts:AssumeRole","s3:Get"]}}"#,
            TRUST_ACTION,
        ),
        (
            r#"{"Statement":{"Effect":"Allow","Principal":{"aws":"*"},"Action":"sts:AssumeRole"}}"#,
            "Syntax error at position (1,52)",
        ),
        (
            r#"{"Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/*"},"Action":"sts:AssumeRole"}}"#,
            r#"Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:role/*""#,
        ),
        (
            r#"{"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}}"#,
            r#"AssumeRolepolicy contained an invalid principal: "STAR":"*"."#,
        ),
        (
            r#"{"Statement":{"Effect":"Allow","Principal":{"Service":"*"},"Action":"sts:AssumeRole"}}"#,
            r#"Invalid principal in policy: "SERVICE":"*""#,
        ),
        (
            r#"{"Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"NotAction":"s3:*"}}"#,
            TRUST_ACTION,
        ),
        (
            r#"{"Statement":[{"Sid":"a b","Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"},{"Sid":"a b","Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}"#,
            "The Statement Ids in the policy are not unique",
        ),
        (
            r#"{"Statement":{"Effect":"Allow","Principal":{"Service":["lambda.amazonaws.com"],"AWS":"111122223333"},"Action":["sts:AssumeRole","sts:TagSession"]}}"#,
            "accepted",
        ),
    ] {
        assert_eq!(message(text, Kind::Trust), expected, "{text}");
    }
}

#[test]
fn resource_and_control_policies() {
    const SECRET: &str = "This resource policy contains a syntax error.";
    const TYPE: &str =
        "The provided policy document does not meet the requirements of the specified policy type.";
    let statement = |more: &str| format!(r#"{{"Effect":"Deny","Action":"s3:*"{more}}}"#);
    let version = format!(
        r#"{{"Version":"2019-10-19","Statement":{}}}"#,
        statement("")
    );
    let with = |more: &str| format!(r#"{{"Statement":{}}}"#, statement(more));
    for (text, kind, expected) in [
        (version, Kind::Resource, "This policy has invalid syntax."),
        ("[]".to_owned(), Kind::Resource, SECRET),
        (with(""), Kind::Resource, SECRET),
        (with(r#","Principal":"*""#), Kind::Resource, SECRET),
        (
            with(r#","Principal":{},"Resource":"*""#),
            Kind::Resource,
            SECRET,
        ),
        (
            with(r#","Principal":{"AWS":"ann"},"Resource":"*""#),
            Kind::Resource,
            "This resource policy contains an unsupported principal.",
        ),
        (
            with(r#","Principal":"*","Resource":"*""#),
            Kind::Resource,
            "accepted",
        ),
        (
            with(r#","NotPrincipal":{"AWS":"AIDAEXAMPLEEXAMPLE12"},"Resource":"*""#),
            Kind::Resource,
            "accepted",
        ),
        (with(r#","Resource":"*""#), Kind::Scp, "accepted"),
        (with(r#","Principal":"*","Resource":"*""#), Kind::Scp, TYPE),
        (with(""), Kind::Scp, TYPE),
        (
            with(r#","Principal":"*","Resource":"*""#),
            Kind::Rcp,
            "accepted",
        ),
        (with(r#","Resource":"*""#), Kind::Rcp, TYPE),
        (
            with(r#","Principal":{"AWS":"111122223333"},"Resource":"*""#),
            Kind::Rcp,
            TYPE,
        ),
    ] {
        assert_eq!(message(&text, kind), expected, "{text} as {kind:?}");
    }
}

#[test]
fn principals() {
    for (principal, expected) in [
        (r#"{"AWS":"*"}"#, true),
        (r#"{"AWS":["111122223333","AROAEXAMPLEEXAMPLE12"]}"#, true),
        (r#"{"AWS":"arn:aws:iam::111122223333:root"}"#, true),
        (
            r#"{"AWS":"arn:aws-cn:iam::111122223333:user/dev/ann"}"#,
            true,
        ),
        (
            r#"{"AWS":"arn:aws:sts::111122223333:assumed-role/app/one"}"#,
            true,
        ),
        (
            r#"{"AWS":"arn:aws:sts::111122223333:federated-user/ann"}"#,
            true,
        ),
        (r#"{"AWS":"11112222333"}"#, false),
        (r#"{"AWS":"ann"}"#, false),
        (r#"{"AWS":"AKIAEXAMPLEEXAMPLE12"}"#, false),
        (r#"{"AWS":"arn:aws:iam::*:root"}"#, false),
        (r#"{"AWS":"arn:aws:iam::111122223333:user/*"}"#, false),
        (r#"{"AWS":"arn:aws:iam::111122223333:group/dev"}"#, false),
        (
            r#"{"AWS":"arn:aws:iam:eu-west-1:111122223333:user/ann"}"#,
            false,
        ),
        (r#"{"AWS":"arn:aws:s3:::bucket"}"#, false),
        (r#"{"AWS":"arn:"}"#, false),
        (r#"{"Service":"*"}"#, false),
        (r#"{"Service":"lambda.amazonaws.com"}"#, true),
        (r#"{"Federated":"cognito-identity.amazonaws.com"}"#, true),
    ] {
        let text = format!(
            r#"{{"Statement":{{"Effect":"Allow","Principal":{principal},"Action":"sts:AssumeRole"}}}}"#
        );
        assert_eq!(
            message(&text, Kind::Trust) == "accepted",
            expected,
            "{principal}"
        );
    }
}
