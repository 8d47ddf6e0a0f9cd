//! Trust policies: what is refused, and whom they name once those are gone.

use percent_encoding::percent_decode_str;

use super::{Client, TRUST, all};

const R: (&str, &str) = ("RoleName", "r");

/// A trust policy that allows AssumeRole to somebody.
fn trusting(principal: &str) -> String {
    TRUST.replace(r#"{"Service":"ec2.amazonaws.com"}"#, principal)
}

fn trusting_arn(arn: &str) -> String {
    trusting(&format!(r#"{{"AWS":"{arn}"}}"#))
}

/// The trust policy that GetRole shows.
async fn shown(iam: &Client) -> String {
    let document = iam.read("GetRole", &[R], "AssumeRolePolicyDocument").await;
    let document = percent_decode_str(&document[0]).decode_utf8().unwrap();
    document.into_owned()
}

#[tokio::test]
async fn trust_policies_are_refused_in_awss_words() {
    let iam = Client::new();
    iam.role("r").await;
    let nobody = "arn:aws:iam::000000000000:role/nobody";
    let elsewhere = "arn:aws-cn:iam::000000000000:oidc-provider/h";
    for (document, message) in [
        ("{".to_owned(), "This policy contains invalid Json"),
        (
            TRUST.replace("sts:AssumeRole", "s3:GetObject"),
            "AssumeRole policy may only specify STS AssumeRole actions.",
        ),
        (
            TRUST.replace(r#""Action""#, r#""Resource":"*","Action""#),
            "Has prohibited field Resource",
        ),
        (
            trusting_arn(nobody),
            r#"Invalid principal in policy: "AWS":"arn:aws:iam::000000000000:role/nobody""#,
        ),
        (
            trusting_arn("AROAQAAAAAAAABCDEFGHI"),
            r#"Invalid principal in policy: "AWS":"AROAQAAAAAAAABCDEFGHI""#,
        ),
        (
            trusting(r#"{"Service":"not-a-service"}"#),
            r#"Invalid principal in policy: "SERVICE":"not-a-service""#,
        ),
        (
            trusting(r#"{"Service":["ec2.amazonaws.com","ec2.example.com"]}"#),
            r#"Invalid principal in policy: "SERVICE":"ec2.example.com""#,
        ),
        (
            trusting(r#"{"Federated":""}"#),
            "Federated principals must be valid domain names or SAML metadata ARNs",
        ),
        (
            trusting(&format!(r#"{{"Federated":"{elsewhere}"}}"#)),
            "Federated principals must be valid domain names or SAML metadata ARNs",
        ),
    ] {
        let expected = format!("400 MalformedPolicyDocument: {message}");
        let create = [("RoleName", "new"), ("AssumeRolePolicyDocument", &document)];
        assert_eq!(iam.refused("CreateRole", &create).await, expected);
        let update = [R, ("PolicyDocument", &document)];
        assert_eq!(
            iam.refused("UpdateAssumeRolePolicy", &update).await,
            expected
        );
    }
    assert_eq!(iam.read("ListRoles", &[], "RoleName").await, ["r"]);
    assert_eq!(shown(&iam).await, TRUST);
}

#[tokio::test]
async fn trust_policies_that_are_accepted_come_back_as_they_were() {
    let iam = Client::new();
    iam.role("r").await;
    iam.user("alice").await;
    for document in [
        trusting_arn("000000000000"),
        trusting_arn("*"),
        trusting_arn("arn:aws:iam::111122223333:root"),
        trusting_arn("arn:aws:iam::000000000000:user/alice"),
        trusting_arn("arn:aws:sts::000000000000:assumed-role/r/session"),
        trusting(r#"{"Service":["lambda.amazonaws.com","ops.apigateway.amazonaws.com"]}"#),
        // No provider of that name is there; whoever comes with its token is told so.
        trusting(r#"{"Federated":"arn:aws:iam::000000000000:oidc-provider/h/p"}"#),
        trusting(r#"{"Federated":"cognito-identity.amazonaws.com"}"#),
        format!(" {TRUST}\n"),
    ] {
        iam.ok(
            "UpdateAssumeRolePolicy",
            &[R, ("PolicyDocument", &document)],
        )
        .await;
        assert_eq!(shown(&iam).await, document);
    }
}

#[tokio::test]
async fn white_space_is_free() {
    let iam = Client::new();
    let of_size = |size: usize| {
        let sid = "x".repeat(size - TRUST.len() - r#""Sid":"","#.len());
        TRUST.replace(r#""Effect""#, &format!(r#""Sid":"{sid}","Effect""#))
    };
    let create = async |name: &str, document: &str| {
        let role = [("RoleName", name), ("AssumeRolePolicyDocument", document)];
        iam.ask("CreateRole", &role).await
    };
    let spacious = format!("{}{}", of_size(2048), " ".repeat(99));
    assert_eq!(create("a", &spacious).await.0, 200);
    let (status, xml) = create("b", &of_size(2049)).await;
    assert_eq!(
        (status, all(&xml, "Code"), all(&xml, "Message")),
        (
            409,
            vec!["LimitExceeded".to_owned()],
            vec!["Cannot exceed quota for ACLSizePerRole: 2048".to_owned()]
        )
    );
}

#[tokio::test]
async fn whoever_is_gone_is_shown_by_id() {
    let iam = Client::new();
    iam.user("alice").await;
    let alice = ("UserName", "alice");
    let id = iam.read("GetUser", &[alice], "UserId").await.remove(0);
    let arn = "arn:aws:iam::000000000000:user/alice";
    let trust = [R, ("AssumeRolePolicyDocument", &*trusting_arn(arn))];
    iam.ok("CreateRole", &trust).await;

    let renamed = [alice, ("NewUserName", "Alice2"), ("NewPath", "/team/")];
    iam.ok("UpdateUser", &renamed).await;
    let now = "arn:aws:iam::000000000000:user/team/Alice2";
    assert!(shown(&iam).await.contains(now), "{}", shown(&iam).await);
    iam.ok("DeleteUser", &[("UserName", "alice2")]).await;
    assert!(shown(&iam).await.contains(&id), "{}", shown(&iam).await);
    // Another one of that name is not trusted until the policy is written again.
    iam.user("alice").await;
    assert!(shown(&iam).await.contains(&id), "{}", shown(&iam).await);
    let again = [R, ("PolicyDocument", &*trusting_arn(arn))];
    iam.ok("UpdateAssumeRolePolicy", &again).await;
    assert_eq!(shown(&iam).await, trusting_arn(arn));
    // What GetRole showed cannot be written back.
    let orphan = [R, ("PolicyDocument", &*trusting_arn(&id))];
    assert_eq!(
        iam.refused("UpdateAssumeRolePolicy", &orphan).await,
        format!(r#"400 MalformedPolicyDocument: Invalid principal in policy: "AWS":"{id}""#)
    );
}

#[tokio::test]
async fn a_role_that_is_made_again_is_another() {
    let iam = Client::new();
    iam.role("trusted").await;
    let trusted = ("RoleName", "trusted");
    let id = iam.read("GetRole", &[trusted], "RoleId").await.remove(0);
    let arn = "arn:aws:iam::000000000000:role/trusted";
    let trust = [R, ("AssumeRolePolicyDocument", &*trusting_arn(arn))];
    iam.ok("CreateRole", &trust).await;
    iam.ok("DeleteRole", &[trusted]).await;
    iam.role("trusted").await;
    let orphaned = shown(&iam).await;
    assert!(
        orphaned.contains(&id) && !orphaned.contains(arn),
        "{orphaned}"
    );
    // A role's policy may name the role itself, once there is one.
    let own = trusting_arn("arn:aws:iam::000000000000:role/r");
    iam.ok("UpdateAssumeRolePolicy", &[R, ("PolicyDocument", &own)])
        .await;
    assert_eq!(shown(&iam).await, own);
}
