//! IAM's roles: what each answer shows, what is missing, in the way or malformed.

use super::support::{
    TRUST, allow_all, iam_refused, managed_policy, no_such_entity, query_error, role,
};
use crate::{Answer, Case, Context, Evidence, Need};

const SNAPSHOTS: &str = "localstack test_iam_roles.py (aws-validated snapshots of 2026)";

pub(super) const CASES: &[Case] = &[
    Case::new(
        "iam_roles/role_exists",
        Evidence::Recorded,
        SNAPSHOTS,
        |c| Box::pin(role_exists(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_roles/unknown_role",
        Evidence::Recorded,
        SNAPSHOTS,
        |c| Box::pin(unknown_role(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_roles/what_answers_show",
        Evidence::Recorded,
        SNAPSHOTS,
        |c| Box::pin(what_answers_show(c)),
    )
    .needs(&[Need::Iam]),
    Case::new("iam_roles/updates", Evidence::Recorded, SNAPSHOTS, |c| {
        Box::pin(updates(c))
    })
    .needs(&[Need::Iam]),
    Case::new(
        "iam_roles/malformed_trust",
        Evidence::Recorded,
        SNAPSHOTS,
        |c| Box::pin(malformed_trust(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_roles/unknown_principals",
        Evidence::Recorded,
        "opstrace/opstrace#88; radkawar/stackd testdata/aws/iam/role_acquisition.json",
        |c| Box::pin(unknown_principals(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_roles/federated_principals",
        Evidence::Recorded,
        "terraform-aws-modules/terraform-aws-iam#202; pulumi/pulumi-eks#871",
        |c| Box::pin(federated_principals(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_roles/principals_that_are_gone",
        Evidence::Documented,
        "IAM user guide, AWS JSON policy elements: Principal, IAM role principals",
        |c| Box::pin(principals_that_are_gone(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_roles/role_in_use",
        Evidence::Recorded,
        SNAPSHOTS,
        |c| Box::pin(role_in_use(c)),
    )
    .needs(&[Need::Iam]),
    Case::new("iam_roles/boundaries", Evidence::Recorded, SNAPSHOTS, |c| {
        Box::pin(boundaries(c))
    })
    .needs(&[Need::Iam]),
];

/// A trust policy that names somebody.
fn trusting(principal: &str) -> String {
    TRUST.replace(r#"{"Service":"ec2.amazonaws.com"}"#, principal)
}

/// Whether an answer has an element, be it empty.
fn has(answer: &Answer, element: &str) -> bool {
    let begins = [format!("<{element}>"), format!("<{element}/>")];
    begins.iter().any(|begin| answer.body.contains(begin))
}

fn malformed(text: &str) -> (u16, String, String) {
    query_error(400, "MalformedPolicyDocument", text)
}

fn conflict(text: &str) -> (u16, String, String) {
    query_error(409, "DeleteConflict", text)
}

async fn create_refused(c: &Context, document: &str) -> (u16, String, String) {
    let name = c.entity("new");
    let role = [("RoleName", &*name), ("AssumeRolePolicyDocument", document)];
    iam_refused(c, "CreateRole", &role).await
}

async fn role_exists(c: &Context) {
    let name = role(c, "r").await;
    let again = [("RoleName", &*name), ("AssumeRolePolicyDocument", TRUST)];
    let text = format!("Role with name {name} already exists.");
    assert_eq!(
        iam_refused(c, "CreateRole", &again).await,
        query_error(409, "EntityAlreadyExists", &text)
    );
}

async fn unknown_role(c: &Context) {
    let name = c.entity("nobody");
    let expected = no_such_entity(&format!("The role with name {name} cannot be found."));
    for action in ["GetRole", "UpdateRole", "DeleteRole", "ListRoleTags"] {
        let refused = iam_refused(c, action, &[("RoleName", &name)]).await;
        assert_eq!(refused, expected, "{action}");
    }
}

async fn what_answers_show(c: &Context) {
    let name = c.entity("r");
    let role = ("RoleName", &*name);
    let made = [
        role,
        ("AssumeRolePolicyDocument", TRUST),
        ("Description", "d"),
        ("MaxSessionDuration", "7200"),
    ];
    let made = c.iam("CreateRole", &made).await;
    let shown = c.iam("GetRole", &[role]).await;
    for element in ["Description", "MaxSessionDuration", "RoleLastUsed"] {
        assert!(!has(&made, element), "{element}: {}", made.body);
        assert!(has(&shown, element), "{element}: {}", shown.body);
    }
    assert!(shown.body.contains("<RoleLastUsed/>"), "{}", shown.body);
    for answer in [&made, &shown] {
        assert!(!has(answer, "Tags"), "{}", answer.body);
        for element in ["Path", "RoleName", "RoleId", "Arn", "CreateDate"] {
            assert!(has(answer, element), "{element}: {}", answer.body);
        }
        let document = answer.xml("AssumeRolePolicyDocument").unwrap();
        assert!(document.starts_with("%7B%22Version%22%3A%222012-10-17%22"));
    }
}

async fn updates(c: &Context) {
    let name = role(c, "r").await;
    let role = ("RoleName", &*name);
    let read = async || {
        let shown = c.iam("GetRole", &[role]).await;
        let duration = shown.xml("MaxSessionDuration").unwrap();
        (shown.xml("Description"), duration)
    };
    let given = |description: &str| (Some(description.to_owned()), "7200".to_owned());
    let both = [role, ("Description", "a"), ("MaxSessionDuration", "7200")];
    c.iam("UpdateRole", &both).await;
    assert_eq!(read().await, given("a"));
    let described = [role, ("Description", "b")];
    let described = c.iam("UpdateRoleDescription", &described).await;
    assert_eq!(described.xml("Description").as_deref(), Some("b"));
    for element in ["MaxSessionDuration", "RoleLastUsed"] {
        assert!(!has(&described, element), "{}", described.body);
    }
    c.iam("UpdateRole", &[role]).await;
    assert_eq!(read().await, given("b"));
}

async fn malformed_trust(c: &Context) {
    let name = role(c, "r").await;
    for (document, text) in [
        ("not json".to_owned(), "This policy contains invalid Json"),
        (
            TRUST.replace("sts:AssumeRole", "s3:GetObject"),
            "AssumeRole policy may only specify STS AssumeRole actions.",
        ),
        (
            TRUST.replace(r#""Action""#, r#""Resource":"*","Action""#),
            "Has prohibited field Resource",
        ),
    ] {
        let update = [("RoleName", &*name), ("PolicyDocument", &*document)];
        let refused = iam_refused(c, "UpdateAssumeRolePolicy", &update).await;
        assert_eq!(refused, malformed(text), "{document}");
    }
}

async fn unknown_principals(c: &Context) {
    let arn = c.iam("GetRole", &[("RoleName", &role(c, "r").await)]).await;
    let arn = arn.xml("Arn").unwrap().replace("-r", "-nobody");
    let document = trusting(&format!(r#"{{"AWS":"{arn}"}}"#));
    let text = format!(r#"Invalid principal in policy: "AWS":"{arn}""#);
    assert_eq!(create_refused(c, &document).await, malformed(&text));
    let document = trusting(r#"{"Service":"not-a-service"}"#);
    let text = r#"Invalid principal in policy: "SERVICE":"not-a-service""#;
    assert_eq!(create_refused(c, &document).await, malformed(text));
}

async fn federated_principals(c: &Context) {
    let text = "Federated principals must be valid domain names or SAML metadata ARNs";
    for provider in ["", "arn:aws:iam//111122223333:oidc-provider/example.com"] {
        let document = trusting(&format!(r#"{{"Federated":"{provider}"}}"#));
        let document = document.replace("sts:AssumeRole", "sts:AssumeRoleWithWebIdentity");
        assert_eq!(create_refused(c, &document).await, malformed(text));
    }
}

async fn principals_that_are_gone(c: &Context) {
    let (user, name) = (c.entity("u"), c.entity("r"));
    let user = ("UserName", &*user);
    let made = c.iam("CreateUser", &[user]).await;
    let (id, arn) = (made.xml("UserId").unwrap(), made.xml("Arn").unwrap());
    let document = trusting(&format!(r#"{{"AWS":"{arn}"}}"#));
    let role = ("RoleName", &*name);
    let create = [role, ("AssumeRolePolicyDocument", &*document)];
    c.iam("CreateRole", &create).await;
    let trusts = async |who: &str| {
        let shown = c.iam("GetRole", &[role]).await;
        let document = shown.xml("AssumeRolePolicyDocument").unwrap();
        document.contains(&who.replace(':', "%3A").replace('/', "%2F"))
    };
    assert!(trusts(&arn).await);
    c.iam("DeleteUser", &[user]).await;
    c.iam("CreateUser", &[user]).await;
    assert!(trusts(&id).await && !trusts(&arn).await);
    let update = [role, ("PolicyDocument", &*document)];
    c.iam("UpdateAssumeRolePolicy", &update).await;
    assert!(trusts(&arn).await);
}

async fn role_in_use(c: &Context) {
    let (name, document) = (role(c, "r").await, allow_all());
    let role = ("RoleName", &*name);
    let inline = [role, ("PolicyName", "p"), ("PolicyDocument", &*document)];
    c.iam("PutRolePolicy", &inline).await;
    let policies = conflict("Cannot delete entity, must delete policies first.");
    assert_eq!(iam_refused(c, "DeleteRole", &[role]).await, policies);
    c.iam("DeleteRolePolicy", &inline[..2]).await;
    let profile = ("InstanceProfileName", &*c.entity("i"));
    c.iam("CreateInstanceProfile", &[profile]).await;
    c.iam("AddRoleToInstanceProfile", &[profile, role]).await;
    let profiles = conflict("Cannot delete entity, must remove roles from instance profile first.");
    assert_eq!(iam_refused(c, "DeleteRole", &[role]).await, profiles);
    c.iam("RemoveRoleFromInstanceProfile", &[profile, role])
        .await;
    c.iam("DeleteRole", &[role]).await;
}

async fn boundaries(c: &Context) {
    let arn = managed_policy(c, &c.entity("there"), &allow_all()).await;
    let (name, missing) = (c.entity("r"), arn.replace("-there", "-missing"));
    let create = |boundary| {
        [
            ("RoleName", &*name),
            ("AssumeRolePolicyDocument", TRUST),
            ("PermissionsBoundary", boundary),
        ]
    };
    let text = format!("Scope ARN: {missing} does not exist or is not attachable.");
    let refused = iam_refused(c, "CreateRole", &create(&missing)).await;
    assert_eq!(refused, no_such_entity(&text));
    let made = c.iam("CreateRole", &create(&arn)).await;
    let shown = c.iam("GetRole", &[("RoleName", &*name)]).await;
    for answer in [made, shown] {
        let boundary = ["PermissionsBoundaryArn", "PermissionsBoundaryType"];
        let boundary = boundary.map(|element| answer.xml(element).unwrap());
        assert_eq!(boundary, [arn.clone(), "Policy".to_owned()]);
    }
    let listed = c.iam("ListRoles", &[]).await;
    assert!(!has(&listed, "PermissionsBoundary"), "{}", listed.body);
}
