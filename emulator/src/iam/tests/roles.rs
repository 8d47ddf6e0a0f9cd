//! Roles: made, shown, changed, deleted.

use std::sync::Arc;

use super::super::model::Role;
use super::{ALLOW, Client, TRUST, all};
use crate::account::{AccountId, Region};
use crate::store::{Memory, Store};
use crate::timestamp::Timestamp;
use crate::wire::aws_query::percent_encoded;
use crate::{Emulator, Mode};

const R: (&str, &str) = ("RoleName", "r");

/// A role with all that can be given to one.
async fn full_role(iam: &Client) -> (String, String) {
    let boundary = iam.policy("b").await;
    let role = [
        ("RoleName", "App"),
        ("Path", "/team/"),
        ("AssumeRolePolicyDocument", TRUST),
        ("Description", "Größe"),
        ("MaxSessionDuration", "7200"),
        ("PermissionsBoundary", &boundary),
        ("Tags.member.1.Key", "team"),
        ("Tags.member.1.Value", "a"),
    ];
    (iam.ok("CreateRole", &role).await, boundary)
}

/// The elements in a text, in order, without what is in them.
fn elements(xml: &str) -> Vec<&str> {
    let tags = xml.split('<').skip(1);
    let open = tags.filter(|tag| !tag.starts_with('/'));
    open.map(|tag| tag.split(['>', '/']).next().unwrap())
        .collect()
}

#[tokio::test]
async fn each_answer_shows_what_awss_does() {
    let iam = Client::new();
    let (made, boundary) = full_role(&iam).await;
    let plain = [
        "Path",
        "RoleName",
        "RoleId",
        "Arn",
        "CreateDate",
        "AssumeRolePolicyDocument",
    ];
    let description = ["Description"];
    let duration = ["MaxSessionDuration"];
    let more = [
        "PermissionsBoundary",
        "PermissionsBoundaryType",
        "PermissionsBoundaryArn",
        "Tags",
        "member",
        "Key",
        "Value",
    ];
    assert_eq!(
        elements(&all(&made, "Role")[0]),
        [&plain[..], &more].concat()
    );
    let app = ("RoleName", "APP");
    let shown = iam.ok("GetRole", &[app]).await;
    assert_eq!(
        elements(&all(&shown, "Role")[0]),
        [
            &plain[..],
            &description,
            &duration,
            &more,
            &["RoleLastUsed"]
        ]
        .concat()
    );
    assert!(shown.contains("<RoleLastUsed/>"), "{shown}");
    let listed = iam.ok("ListRoles", &[]).await;
    assert_eq!(
        elements(&all(&listed, "member")[0]),
        [&plain[..], &description, &duration].concat()
    );
    let described = iam
        .ok("UpdateRoleDescription", &[app, ("Description", "")])
        .await;
    assert_eq!(
        elements(&all(&described, "Role")[0]),
        [&plain[..], &description].concat()
    );

    for (tag, value) in [
        ("Arn", "arn:aws:iam::000000000000:role/team/App"),
        ("RoleName", "App"),
        ("Description", "Größe"),
        ("MaxSessionDuration", "7200"),
        ("AssumeRolePolicyDocument", &percent_encoded(TRUST)),
        ("PermissionsBoundaryArn", &boundary),
        ("PermissionsBoundaryType", "Policy"),
    ] {
        assert_eq!(all(&shown, tag), [value], "{tag}");
    }
    let id = &all(&shown, "RoleId")[0];
    assert!(id.starts_with("AROA") && id.len() == 21, "{id}");
}

#[tokio::test]
async fn a_role_lives_and_is_gone() {
    let iam = Client::new();
    iam.role("Ops").await;
    let role = [("RoleName", "ops"), ("AssumeRolePolicyDocument", TRUST)];
    assert_eq!(
        iam.refused("CreateRole", &role).await,
        "409 EntityAlreadyExists: Role with name ops already exists."
    );
    let shown = iam.ok("GetRole", &[("RoleName", "OPS")]).await;
    assert_eq!(all(&shown, "MaxSessionDuration"), ["3600"]);
    assert!(
        !shown.contains("Tags") && !shown.contains("Description"),
        "{shown}"
    );
    let id = all(&shown, "RoleId").remove(0);

    let ops = ("RoleName", "Ops");
    let deleted = iam.ok("DeleteRole", &[ops]).await;
    assert!(!deleted.contains("DeleteRoleResult"), "{deleted}");
    let document = ("PolicyDocument", TRUST);
    for (action, more) in [
        ("GetRole", vec![]),
        ("DeleteRole", vec![]),
        ("UpdateRole", vec![]),
        ("UpdateRoleDescription", vec![("Description", "d")]),
        ("UpdateAssumeRolePolicy", vec![document]),
        ("ListRoleTags", vec![]),
        ("ListRolePolicies", vec![]),
        ("ListAttachedRolePolicies", vec![]),
        ("ListInstanceProfilesForRole", vec![]),
    ] {
        assert_eq!(
            iam.refused(action, &[vec![ops], more].concat()).await,
            "404 NoSuchEntity: The role with name Ops cannot be found."
        );
    }
    iam.role("Ops").await;
    assert_ne!(iam.read("GetRole", &[ops], "RoleId").await, [id]);
}

#[tokio::test]
async fn what_is_not_sent_stays() {
    let iam = Client::new();
    iam.role("r").await;
    let role = async |changes: &[(&str, &str)]| {
        let answer = iam.ok("UpdateRole", &[&[R], changes].concat()).await;
        assert!(answer.contains("<UpdateRoleResult/>"), "{answer}");
        let shown = iam.ok("GetRole", &[R]).await;
        [
            "Description",
            "MaxSessionDuration",
            "MaxSigninSessionDuration",
        ]
        .map(|tag| all(&shown, tag).pop())
    };
    let texts = |texts: [Option<&str>; 3]| texts.map(|text| text.map(str::to_owned));
    assert_eq!(role(&[]).await, texts([None, Some("3600"), None]));
    let long = [
        ("MaxSessionDuration", "43200"),
        ("MaxSigninSessionDuration", "7776000"),
    ];
    assert_eq!(
        role(&long).await,
        texts([None, Some("43200"), Some("7776000")])
    );
    let thousand = "\u{e9}".repeat(1000);
    assert_eq!(
        role(&[("Description", &thousand)]).await,
        texts([Some(&thousand), Some("43200"), Some("7776000")])
    );
    assert_eq!(
        role(&[("ResetMaxSigninSessionDuration", "true")]).await,
        texts([Some(&thousand), Some("43200"), None])
    );

    let bad = [("Description", "new"), ("MaxSessionDuration", "43201"), R];
    assert_eq!(
        iam.refused("UpdateRole", &bad).await,
        "400 ValidationError: 1 validation error detected: Value at 'maxSessionDuration' failed to satisfy constraint: Member must have value less than or equal to 43200"
    );
    for (text, why) in [
        (
            "x".repeat(1001),
            "Member must have length less than or equal to 1000",
        ),
        (
            "\u{20ac}".to_owned(),
            r"Member must satisfy regular expression pattern: [\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*",
        ),
    ] {
        let refused = iam
            .refused("UpdateRoleDescription", &[R, ("Description", &text)])
            .await;
        assert!(refused.ends_with(why), "{refused}");
    }
    assert_eq!(
        role(&[("Description", "")]).await,
        texts([None, Some("43200"), None]),
        "an empty description is an empty element"
    );
    assert!(iam.ok("GetRole", &[R]).await.contains("<Description/>"));
}

#[tokio::test]
async fn what_belongs_to_a_role_keeps_it() {
    let iam = Client::new();
    iam.role("r").await;
    let arn = iam.policy("p").await;
    iam.ok("AttachRolePolicy", &[R, ("PolicyArn", &arn)]).await;
    let inline = [R, ("PolicyName", "in"), ("PolicyDocument", ALLOW)];
    iam.ok("PutRolePolicy", &inline).await;
    let profile = ("InstanceProfileName", "i");
    iam.ok("CreateInstanceProfile", &[profile]).await;
    iam.ok("AddRoleToInstanceProfile", &[profile, R]).await;
    let delete = async || iam.refused("DeleteRole", &[R]).await;
    assert_eq!(
        delete().await,
        "409 DeleteConflict: Cannot delete entity, must detach all policies first."
    );
    iam.ok("DetachRolePolicy", &[R, ("PolicyArn", &arn)]).await;
    assert_eq!(
        delete().await,
        "409 DeleteConflict: Cannot delete entity, must delete policies first."
    );
    iam.ok("DeleteRolePolicy", &inline[..2]).await;
    assert_eq!(
        delete().await,
        "409 DeleteConflict: Cannot delete entity, must remove roles from instance profile first."
    );
    iam.ok("RemoveRoleFromInstanceProfile", &[profile, R]).await;
    iam.ok("DeleteRole", &[R]).await;
}

#[tokio::test]
async fn a_boundary_goes_with_its_role() {
    let iam = Client::new();
    let role = [
        "RoleName",
        "AssumeRolePolicyDocument",
        "PermissionsBoundary",
    ];
    let create = async |boundary: &str| {
        let role = [(role[0], "r"), (role[1], TRUST), (role[2], boundary)];
        iam.refused("CreateRole", &role).await
    };
    let absent = "arn:aws:iam::000000000000:policy/absent";
    assert_eq!(
        create(absent).await,
        format!("404 NoSuchEntity: Scope ARN: {absent} does not exist or is not attachable.")
    );
    let wrong = "arn:aws:iam::000000000000:not_a_policy/x";
    assert_eq!(
        create(wrong).await,
        format!("400 InvalidInput: ARN {wrong} is not valid.")
    );
    assert!(iam.read("ListRoles", &[], "RoleName").await.is_empty());

    let (_, boundary) = full_role(&iam).await;
    let used = [("PolicyArn", boundary.as_str())];
    let count = async || {
        iam.read("GetPolicy", &used, "PermissionsBoundaryUsageCount")
            .await
    };
    assert_eq!(count().await, ["1"]);
    assert_eq!(
        iam.read("ListEntitiesForPolicy", &used, "RoleName").await,
        ["App"]
    );
    iam.ok("DeleteRole", &[("RoleName", "App")]).await;
    assert_eq!(count().await, ["0"]);
    iam.ok("DeletePolicy", &used).await;
}

#[tokio::test]
async fn roles_are_listed_by_path_and_page() {
    let iam = Client::new();
    for number in 0..120 {
        let path = if number % 2 == 0 { "/even/" } else { "/odd/" };
        let name = format!("Role{number:03}");
        let role = [
            ("RoleName", &*name),
            ("Path", path),
            ("AssumeRolePolicyDocument", TRUST),
        ];
        iam.ok("CreateRole", &role).await;
    }
    let first = iam.ok("ListRoles", &[]).await;
    assert_eq!(all(&first, "RoleName").len(), 100);
    let marker = all(&first, "Marker").remove(0);
    let gone = ("RoleName", "role100");
    iam.ok("DeleteRole", &[gone]).await;
    let second = iam
        .read("ListRoles", &[("Marker", &marker)], "RoleName")
        .await;
    assert_eq!((second.len(), &*second[0]), (19, "Role101"));
    let odd = [("PathPrefix", "/odd"), ("MaxItems", "60")];
    let odd = iam.ok("ListRoles", &odd).await;
    assert_eq!(all(&odd, "RoleName").len(), 60);
    assert_eq!(all(&odd, "IsTruncated"), ["false"]);
}

#[tokio::test]
async fn a_roles_last_use_is_shown() {
    let store = Arc::new(Memory::new());
    let emulator = Emulator::builder().mode(Mode::Off).store(store.clone());
    let iam = Client {
        emulator: emulator.build(),
        key: None,
    };
    iam.role("r").await;
    let role = store.get(&Role::key(AccountId::DEFAULT, "r")).unwrap();
    let role = role.downcast::<Role>().unwrap();
    let region = Region::parse("eu-west-1").unwrap();
    let at = Timestamp::from_millis(1_440_938_160_000);
    role.last_used.record(at, "secretsmanager", &region);
    // The role may change meanwhile.
    iam.ok("UpdateRole", &[R, ("Description", "d")]).await;
    assert_eq!(
        iam.read("GetRole", &[R], "RoleLastUsed").await,
        ["<LastUsedDate>2015-08-30T12:36:00Z</LastUsedDate><Region>eu-west-1</Region>"]
    );
}

#[tokio::test]
async fn names_and_paths_are_checked_first() {
    let iam = Client::new();
    let trust = ("AssumeRolePolicyDocument", TRUST);
    let create =
        async |more: &[(&str, &str)]| iam.refused("CreateRole", &[&[trust], more].concat()).await;
    let name = create(&[("RoleName", "a b")]).await;
    assert!(
        name.starts_with("400 ValidationError: The specified value for roleName is invalid."),
        "{name}"
    );
    let path = create(&[R, ("Path", "team")]).await;
    assert!(
        path.starts_with("400 ValidationError: The specified value for path is invalid."),
        "{path}"
    );
    assert_eq!(
        create(&[("RoleName", &"a".repeat(65))]).await,
        "400 ValidationError: 1 validation error detected: Value at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64"
    );
    let tags = [
        R,
        ("Tags.member.1.Key", "team"),
        ("Tags.member.1.Value", ""),
        ("Tags.member.2.Key", "TEAM"),
        ("Tags.member.2.Value", ""),
    ];
    assert_eq!(
        create(&tags).await,
        "400 InvalidInput: Duplicate tag keys found. Please note that Tag keys are case insensitive."
    );
}
