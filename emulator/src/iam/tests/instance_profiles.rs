//! Instance profiles: made, filled, tagged, deleted.

use super::{Client, all};
use crate::store::Memory;
use crate::store::unreliable::{Mishap, Unreliable};

const I: (&str, &str) = ("InstanceProfileName", "i");
const R: (&str, &str) = ("RoleName", "r");

#[tokio::test]
async fn an_instance_profile_lives_and_is_gone() {
    let iam = Client::new();
    let profile = [("InstanceProfileName", "Web"), ("Path", "/team/")];
    let made = iam.ok("CreateInstanceProfile", &profile).await;
    assert_eq!(
        all(&made, "Arn"),
        ["arn:aws:iam::000000000000:instance-profile/team/Web"]
    );
    assert!(
        made.contains("<Roles/>") && !made.contains("Tags"),
        "{made}"
    );
    let id = &all(&made, "InstanceProfileId")[0];
    assert!(id.starts_with("AIPA") && id.len() == 21, "{id}");
    let web = ("InstanceProfileName", "WEB");
    assert_eq!(
        iam.refused("CreateInstanceProfile", &[web]).await,
        "409 EntityAlreadyExists: Instance Profile WEB already exists."
    );
    let shown = iam.ok("GetInstanceProfile", &[web]).await;
    assert!(shown.contains("<Roles/><Tags/>"), "{shown}");
    assert_eq!(all(&shown, "InstanceProfileName"), ["Web"]);

    iam.ok("DeleteInstanceProfile", &[web]).await;
    iam.role("r").await;
    let (tag, key) = (
        [("Tags.member.1.Key", "a"), ("Tags.member.1.Value", "b")],
        [("TagKeys.member.1", "a")],
    );
    for (action, more) in [
        ("GetInstanceProfile", &[][..]),
        ("DeleteInstanceProfile", &[]),
        ("AddRoleToInstanceProfile", &[R]),
        ("RemoveRoleFromInstanceProfile", &[R]),
        ("TagInstanceProfile", &tag),
        ("UntagInstanceProfile", &key),
        ("ListInstanceProfileTags", &[]),
    ] {
        assert_eq!(
            iam.refused(action, &[&[web], more].concat()).await,
            "404 NoSuchEntity: Instance Profile WEB cannot be found."
        );
    }
}

#[tokio::test]
async fn one_role_and_no_second() {
    let iam = Client::new();
    iam.ok("CreateInstanceProfile", &[I]).await;
    iam.role("r").await;
    iam.role("s").await;
    let s = ("RoleName", "s");
    let nobody = ("RoleName", "nobody");
    for action in ["AddRoleToInstanceProfile", "RemoveRoleFromInstanceProfile"] {
        assert_eq!(
            iam.refused(action, &[I, nobody]).await,
            "404 NoSuchEntity: The role with name nobody cannot be found."
        );
    }
    iam.ok("AddRoleToInstanceProfile", &[I, R]).await;
    for role in [s, R] {
        assert_eq!(
            iam.refused("AddRoleToInstanceProfile", &[I, role]).await,
            "409 LimitExceeded: Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1"
        );
    }
    let shown = iam.ok("GetInstanceProfile", &[I]).await;
    let role = &all(&shown, "Roles")[0];
    assert!(role.contains("<RoleName>r</RoleName>"), "{role}");
    assert!(
        role.ends_with("</AssumeRolePolicyDocument></member>"),
        "{role}"
    );
    for action in ["ListInstanceProfiles", "ListInstanceProfilesForRole"] {
        let listed = iam.ok(action, &[R]).await;
        assert_eq!(all(&listed, "InstanceProfileName"), ["i"], "{action}");
        assert_eq!(all(&listed, "RoleName"), ["r"], "{action}");
        assert!(!listed.contains("Tags"), "{listed}");
    }
    assert_eq!(
        iam.refused("DeleteInstanceProfile", &[I]).await,
        "409 DeleteConflict: Cannot delete entity, must remove roles from instance profile first."
    );
    assert_eq!(
        iam.refused("RemoveRoleFromInstanceProfile", &[I, s]).await,
        "404 NoSuchEntity: Role s in Instance Profile i cannot be found."
    );
    let other_case = [("InstanceProfileName", "I"), ("RoleName", "R")];
    iam.ok("RemoveRoleFromInstanceProfile", &other_case).await;
    let empty = iam.ok("ListInstanceProfilesForRole", &[R]).await;
    assert!(empty.contains("<InstanceProfiles/>"), "{empty}");
    iam.ok("DeleteRole", &[R]).await;
    iam.ok("DeleteInstanceProfile", &[I]).await;
}

#[tokio::test]
async fn a_role_may_be_in_many() {
    let iam = Client::new();
    iam.role("r").await;
    for number in 0..3 {
        let name = format!("P{number}");
        let profile = ("InstanceProfileName", &*name);
        let path = ("Path", if number == 1 { "/odd/" } else { "/even/" });
        iam.ok("CreateInstanceProfile", &[profile, path]).await;
        iam.ok("AddRoleToInstanceProfile", &[profile, R]).await;
    }
    let page = iam
        .ok("ListInstanceProfilesForRole", &[R, ("MaxItems", "2")])
        .await;
    assert_eq!(all(&page, "InstanceProfileName"), ["P0", "P1"]);
    let rest = [R, ("Marker", &*all(&page, "Marker")[0])];
    let rest = iam
        .read("ListInstanceProfilesForRole", &rest, "InstanceProfileName")
        .await;
    assert_eq!(rest, ["P2"]);
    let odd = [("PathPrefix", "/od")];
    assert_eq!(
        iam.read("ListInstanceProfiles", &odd, "InstanceProfileName")
            .await,
        ["P1"]
    );
}

#[tokio::test]
async fn tags_differ_by_case() {
    let iam = Client::new();
    let tags = [
        I,
        ("Tags.member.1.Key", "a"),
        ("Tags.member.1.Value", "1"),
        ("Tags.member.2.Key", "A"),
        ("Tags.member.2.Value", "2"),
    ];
    let made = iam.ok("CreateInstanceProfile", &tags).await;
    assert_eq!(all(&made, "Value"), ["1", "2"]);
    let same = [&tags[..3], &[("Tags.member.2.Key", "a"), tags[4]]].concat();
    assert_eq!(
        iam.refused("TagInstanceProfile", &same).await,
        "400 InvalidInput: Duplicate tag keys found."
    );
    let tag = [I, ("Tags.member.1.Key", "a"), ("Tags.member.1.Value", "3")];
    iam.ok("TagInstanceProfile", &tag).await;
    iam.ok("UntagInstanceProfile", &[I, ("TagKeys.member.1", "A")])
        .await;
    for action in ["GetInstanceProfile", "ListInstanceProfileTags"] {
        let shown = iam.ok(action, &[I]).await;
        assert_eq!(all(&shown, "Key"), ["a"], "{action}");
        assert_eq!(all(&shown, "Value"), ["3"], "{action}");
    }
}

#[tokio::test]
async fn both_ends_change_together() {
    for mishap in [
        Mishap::Conflict,
        Mishap::UnknownApplied,
        Mishap::UnknownLost,
    ] {
        // The profile and the role go through; adding and removing do not at first.
        let plan = [
            Mishap::None,
            Mishap::None,
            mishap,
            Mishap::None,
            mishap,
            Mishap::None,
        ];
        let iam = Client::on(Unreliable::new(Memory::new(), plan));
        iam.ok("CreateInstanceProfile", &[I]).await;
        iam.role("r").await;
        let of_role = async || {
            iam.read("ListInstanceProfilesForRole", &[R], "InstanceProfileName")
                .await
        };
        let of_profile = async || iam.read("GetInstanceProfile", &[I], "RoleName").await;
        iam.ok("AddRoleToInstanceProfile", &[I, R]).await;
        assert_eq!(
            (of_role().await, of_profile().await),
            (vec!["i".to_owned()], vec!["r".to_owned()])
        );
        iam.ok("RemoveRoleFromInstanceProfile", &[I, R]).await;
        assert!(of_role().await.is_empty() && of_profile().await.is_empty());
    }
}

#[tokio::test]
async fn names_are_checked_first() {
    let iam = Client::new();
    let refused = iam
        .refused("CreateInstanceProfile", &[("InstanceProfileName", "a/b")])
        .await;
    assert!(
        refused.starts_with(
            "400 ValidationError: The specified value for instanceProfileName is invalid."
        ),
        "{refused}"
    );
    let long = "a".repeat(129);
    assert_eq!(
        iam.refused("GetInstanceProfile", &[("InstanceProfileName", &long)])
            .await,
        "400 ValidationError: 1 validation error detected: Value at 'instanceProfileName' failed to satisfy constraint: Member must have length less than or equal to 128"
    );
}
