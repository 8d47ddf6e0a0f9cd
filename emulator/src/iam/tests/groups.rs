//! Groups: made, listed, renamed, deleted; and the users in them.

use super::{ALLOW, Client, all};
use crate::store::Memory;
use crate::store::unreliable::{Mishap, Unreliable};

const MISSING: &str = "404 NoSuchEntity: The group with name devs cannot be found.";

impl Client {
    async fn group(&self, name: &str) {
        self.ok("CreateGroup", &[("GroupName", name)]).await;
    }

    /// The users in a group, by name.
    async fn users_in(&self, group: &str) -> Vec<String> {
        self.read("GetGroup", &[("GroupName", group)], "UserName")
            .await
    }

    /// The groups of a user, by name.
    async fn groups_of(&self, user: &str) -> Vec<String> {
        self.read("ListGroupsForUser", &[("UserName", user)], "GroupName")
            .await
    }
}

#[tokio::test]
async fn a_group_lives_and_is_gone() {
    let iam = Client::new();
    let made = iam
        .ok("CreateGroup", &[("GroupName", "Devs"), ("Path", "/team/")])
        .await;
    assert_eq!(
        all(&made, "Arn"),
        ["arn:aws:iam::000000000000:group/team/Devs"]
    );
    let id = &all(&made, "GroupId")[0];
    assert!(id.starts_with("AGPA") && id.len() == 21, "{id}");
    assert_eq!(
        iam.refused("CreateGroup", &[("GroupName", "DEVS")]).await,
        "409 EntityAlreadyExists: Group with name DEVS already exists."
    );
    let devs = ("GroupName", "devs");
    let shown = iam.ok("GetGroup", &[devs]).await;
    assert_eq!(all(&shown, "Group"), all(&made, "Group"));
    assert!(
        shown.contains("</Group><Users/><IsTruncated>false</IsTruncated>"),
        "{shown}"
    );
    let deleted = iam.ok("DeleteGroup", &[devs]).await;
    assert!(!deleted.contains("DeleteGroupResult"), "{deleted}");
    iam.user("alice").await;
    let alice = ("UserName", "alice");
    for (action, more) in [
        ("GetGroup", vec![]),
        ("DeleteGroup", vec![]),
        ("UpdateGroup", vec![]),
        ("AddUserToGroup", vec![alice]),
        ("RemoveUserFromGroup", vec![alice]),
        ("ListGroupPolicies", vec![]),
        ("ListAttachedGroupPolicies", vec![]),
    ] {
        let refused = iam.refused(action, &[vec![devs], more].concat()).await;
        assert_eq!(refused, MISSING, "{action}");
    }
}

#[tokio::test]
async fn names_and_paths_are_checked_first() {
    let iam = Client::new();
    iam.group("devs").await;
    let devs = ("GroupName", "devs");
    for (action, parameters) in [
        ("CreateGroup", vec![("GroupName", "é")]),
        ("GetGroup", vec![("GroupName", "devs\n")]),
        ("CreateGroup", vec![("GroupName", "x"), ("Path", "//")]),
        (
            "CreateGroup",
            vec![("GroupName", "x"), ("Path", "/a\u{7f}/")],
        ),
        ("CreateGroup", vec![("GroupName", "x"), ("Path", "/a")]),
        ("UpdateGroup", vec![devs, ("NewPath", "a/")]),
        ("UpdateGroup", vec![devs, ("NewGroupName", "a b")]),
        ("ListGroups", vec![("PathPrefix", "team")]),
        ("ListGroups", vec![("Marker", "x")]),
    ] {
        let refused = iam.refused(action, &parameters).await;
        assert!(
            refused.starts_with("400 ValidationError: "),
            "{action} {parameters:?}: {refused}"
        );
    }
    assert_eq!(iam.read("ListGroups", &[], "GroupName").await, ["devs"]);
    iam.ok("CreateGroup", &[("GroupName", "x"), ("Path", "/a//b/")])
        .await;
}

#[tokio::test]
async fn users_come_and_go() {
    let iam = Client::new();
    iam.user("Alice").await;
    iam.group("Devs").await;
    iam.group("Ops").await;
    let (alice, devs) = (("UserName", "alice"), ("GroupName", "devs"));
    for _ in 0..2 {
        iam.ok("AddUserToGroup", &[alice, devs]).await;
    }
    iam.ok("AddUserToGroup", &[alice, ("GroupName", "OPS")])
        .await;
    assert_eq!(iam.users_in("DEVS").await, ["Alice"]);
    assert_eq!(iam.groups_of("alice").await, ["Devs", "Ops"]);
    let page = iam
        .ok("ListGroupsForUser", &[alice, ("MaxItems", "1")])
        .await;
    assert_eq!(all(&page, "GroupName"), ["Devs"]);
    let marker = all(&page, "Marker").remove(0);
    let rest = [alice, ("Marker", &*marker)];
    assert_eq!(
        iam.read("ListGroupsForUser", &rest, "GroupName").await,
        ["Ops"]
    );

    assert_eq!(
        iam.refused("DeleteUser", &[alice]).await,
        "409 DeleteConflict: Cannot delete entity, must remove users from group first."
    );
    for _ in 0..2 {
        iam.ok("RemoveUserFromGroup", &[alice, devs]).await;
    }
    assert_eq!(iam.groups_of("alice").await, ["Ops"]);
    assert!(iam.users_in("devs").await.is_empty());
    iam.ok("RemoveUserFromGroup", &[alice, ("GroupName", "Ops")])
        .await;
    iam.ok("DeleteUser", &[alice]).await;

    let gone = "404 NoSuchEntity: The user with name alice cannot be found.";
    for group in ["Devs", "unknown"] {
        for action in ["AddUserToGroup", "RemoveUserFromGroup"] {
            let refused = iam.refused(action, &[alice, ("GroupName", group)]).await;
            assert_eq!(refused, gone, "{action} {group}");
        }
    }
    assert_eq!(iam.refused("ListGroupsForUser", &[alice]).await, gone);
}

#[tokio::test]
async fn ten_groups_and_no_more() {
    let iam = Client::new();
    iam.user("alice").await;
    let alice = ("UserName", "alice");
    for number in 0..11 {
        iam.group(&format!("g{number}")).await;
    }
    for number in 0..10 {
        let group = format!("g{number}");
        iam.ok("AddUserToGroup", &[alice, ("GroupName", &group)])
            .await;
    }
    iam.ok("AddUserToGroup", &[alice, ("GroupName", "g3")])
        .await;
    assert_eq!(
        iam.refused("AddUserToGroup", &[alice, ("GroupName", "g10")])
            .await,
        "409 LimitExceeded: Cannot exceed quota for GroupsPerUser: 10"
    );
    assert!(iam.users_in("g10").await.is_empty());
}

#[tokio::test]
async fn what_belongs_to_a_group_keeps_it() {
    let iam = Client::new();
    iam.user("alice").await;
    iam.group("devs").await;
    let devs = ("GroupName", "devs");
    let arn = iam.policy("p").await;
    let inline = [devs, ("PolicyName", "in"), ("PolicyDocument", ALLOW)];
    iam.ok("PutGroupPolicy", &inline).await;
    let attached = [devs, ("PolicyArn", &*arn)];
    iam.ok("AttachGroupPolicy", &attached).await;
    let member = [devs, ("UserName", "alice")];
    iam.ok("AddUserToGroup", &member).await;
    let delete = async || iam.refused("DeleteGroup", &[devs]).await;
    assert_eq!(
        delete().await,
        "409 DeleteConflict: Cannot delete entity, must delete policies first."
    );
    iam.ok("DeleteGroupPolicy", &inline[..2]).await;
    assert_eq!(
        delete().await,
        "409 DeleteConflict: Cannot delete entity, must detach all policies first."
    );
    iam.ok("DetachGroupPolicy", &attached).await;
    assert_eq!(
        delete().await,
        "409 DeleteConflict: Cannot delete entity, must remove users from group first."
    );
    iam.ok("RemoveUserFromGroup", &member).await;
    iam.ok("DeleteGroup", &[devs]).await;
}

#[tokio::test]
async fn a_renamed_group_is_the_same_group() {
    let iam = Client::new();
    iam.user("alice").await;
    iam.group("old").await;
    iam.group("taken").await;
    let arn = iam.policy("p").await;
    let old = ("GroupName", "old");
    iam.ok("AddUserToGroup", &[old, ("UserName", "alice")])
        .await;
    iam.ok("AttachGroupPolicy", &[old, ("PolicyArn", &arn)])
        .await;
    let id = iam.read("GetGroup", &[old], "GroupId").await;
    assert_eq!(
        iam.refused("UpdateGroup", &[old, ("NewGroupName", "TAKEN")])
            .await,
        "409 EntityAlreadyExists: Group with name TAKEN already exists."
    );

    let rename = [old, ("NewGroupName", "New"), ("NewPath", "/team/")];
    iam.ok("UpdateGroup", &rename).await;
    assert_eq!(
        iam.refused("GetGroup", &[old]).await,
        "404 NoSuchEntity: The group with name old cannot be found."
    );
    let new = ("GroupName", "new");
    let shown = iam.ok("GetGroup", &[new]).await;
    assert_eq!(
        (all(&shown, "GroupId"), all(&shown, "UserName")),
        (id, vec!["alice".to_owned()])
    );
    assert_eq!(
        all(&shown, "Arn")[0],
        "arn:aws:iam::000000000000:group/team/New"
    );
    assert_eq!(iam.groups_of("alice").await, ["New"]);
    let policy = [("PolicyArn", &*arn)];
    let attached_to = async || {
        iam.read("ListEntitiesForPolicy", &policy, "GroupName")
            .await
    };
    assert_eq!(attached_to().await, ["New"]);
    iam.group("old").await;
    assert!(iam.users_in("old").await.is_empty());

    // Only the case, and nothing at all.
    iam.ok("UpdateGroup", &[new, ("NewGroupName", "NEW")]).await;
    iam.ok("UpdateGroup", &[new]).await;
    assert_eq!(attached_to().await, ["NEW"]);
    let detach = [("GroupName", "new"), policy[0]];
    iam.ok("DetachGroupPolicy", &detach).await;
    iam.ok("DeletePolicy", &policy).await;
}

#[tokio::test]
async fn a_renamed_user_stays_in_its_groups() {
    let iam = Client::new();
    iam.user("alice").await;
    iam.group("devs").await;
    let devs = ("GroupName", "devs");
    iam.ok("AddUserToGroup", &[devs, ("UserName", "alice")])
        .await;
    let rename = [("UserName", "alice"), ("NewUserName", "Bob")];
    iam.ok("UpdateUser", &rename).await;
    assert_eq!(iam.users_in("devs").await, ["Bob"]);
    assert_eq!(iam.groups_of("bob").await, ["devs"]);
    iam.ok("RemoveUserFromGroup", &[devs, ("UserName", "BOB")])
        .await;
    assert!(iam.users_in("devs").await.is_empty());
    iam.ok("DeleteUser", &[("UserName", "bob")]).await;
}

#[tokio::test]
async fn groups_and_their_users_come_in_pages() {
    let iam = Client::new();
    for number in 0..5 {
        let (group, user) = (format!("Group{number}"), format!("User{number}"));
        let path = if number % 2 == 0 { "/even/" } else { "/odd/" };
        iam.ok("CreateGroup", &[("GroupName", &group), ("Path", path)])
            .await;
        iam.user(&user).await;
        iam.ok(
            "AddUserToGroup",
            &[("GroupName", "group0"), ("UserName", &user)],
        )
        .await;
    }
    let odd = [("PathPrefix", "/odd")];
    assert_eq!(
        iam.read("ListGroups", &odd, "GroupName").await,
        ["Group1", "Group3"]
    );
    for (action, parameter, tag) in [
        ("ListGroups", ("PathPrefix", "/"), "GroupName"),
        ("GetGroup", ("GroupName", "group0"), "UserName"),
    ] {
        let first = iam.ok(action, &[parameter, ("MaxItems", "3")]).await;
        let marker = all(&first, "Marker").remove(0);
        let rest = iam.ok(action, &[parameter, ("Marker", &marker)]).await;
        let of = |xml: &str| match tag {
            "UserName" => all(xml, tag),
            _ => all(xml, "GroupName"),
        };
        assert_eq!((of(&first).len(), of(&rest).len()), (3, 2), "{action}");
        assert!(rest.contains("<IsTruncated>false</IsTruncated>"), "{rest}");
    }
}

#[tokio::test]
async fn both_ends_of_a_membership_change_together() {
    for mishap in [
        Mishap::Conflict,
        Mishap::UnknownApplied,
        Mishap::UnknownLost,
    ] {
        let plan = [Mishap::None, mishap, Mishap::None, mishap, Mishap::None];
        let iam = Client::on(Unreliable::new(Memory::new(), plan));
        iam.user("alice").await;
        iam.group("devs").await;
        let member = [("GroupName", "devs"), ("UserName", "alice")];
        iam.ok("AddUserToGroup", &member).await;
        assert_eq!(iam.users_in("devs").await, ["alice"], "{mishap:?}");
        assert_eq!(iam.groups_of("alice").await, ["devs"], "{mishap:?}");
        iam.ok("RemoveUserFromGroup", &member).await;
        assert!(iam.users_in("devs").await.is_empty(), "{mishap:?}");
        assert!(iam.groups_of("alice").await.is_empty(), "{mishap:?}");
    }
}
