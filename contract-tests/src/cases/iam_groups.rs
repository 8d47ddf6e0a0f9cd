//! Groups: what is missing, in the way or too many; and what their users may do.

use super::support::{
    allow_all, denied, denied_explicitly, fault, iam_as, iam_refused, managed_policy,
    no_such_entity, policy, query_error, query_fault, send, status, target, texts,
};
use crate::{Case, Context, Evidence, Need};

const LOCALSTACK: &str = "localstack test_iam_groups.py (aws-validated snapshots of 2026)";
const STACKD: &str = "stackd identity_inputs.json, resource_authorization.json (recorded 2026)";
const GET: &str = "secretsmanager:GetSecretValue";

pub(super) const CASES: &[Case] = &[
    Case::new(
        "iam_groups/group_exists",
        Evidence::Recorded,
        LOCALSTACK,
        |c| Box::pin(group_exists(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_groups/unknown_group",
        Evidence::Recorded,
        LOCALSTACK,
        |c| Box::pin(unknown_group(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_groups/users_in_a_group",
        Evidence::Recorded,
        LOCALSTACK,
        |c| Box::pin(users_in_a_group(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_groups/group_in_use",
        Evidence::Recorded,
        "hashicorp/terraform#29147; localstack test_iam_users.py",
        |c| Box::pin(group_in_use(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_groups/eleventh_group",
        Evidence::Documented,
        "quotas of IAM: ten groups a user",
        |c| Box::pin(eleventh_group(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_groups/names_ignore_case",
        Evidence::Recorded,
        STACKD,
        |c| Box::pin(names_ignore_case(c)),
    )
    .needs(&[Need::Iam]),
    Case::new("iam_groups/paths", Evidence::Recorded, STACKD, |c| {
        Box::pin(paths(c))
    })
    .needs(&[Need::Iam]),
    Case::new(
        "iam_groups/rights_follow_the_group_that_moves",
        Evidence::Recorded,
        STACKD,
        |c| Box::pin(rights_follow_the_group_that_moves(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_groups/groups_are_listed_under_a_path",
        Evidence::Recorded,
        "a denial of iam:ListGroups on resource: arn:aws:iam::…:group/, pasted more than once",
        |c| Box::pin(groups_are_listed_under_a_path(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_groups/a_group_s_policy_counts_while_one_is_in_it",
        Evidence::Documented,
        "IAM user guide, IAM user groups",
        |c| Box::pin(a_groups_policy_counts(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_groups/a_group_s_deny_wins",
        Evidence::Documented,
        "IAM user guide, policy evaluation logic",
        |c| Box::pin(a_groups_deny_wins(c)),
    )
    .needs(&[Need::Iam]),
];

/// Makes a group; gives its name.
async fn group(c: &Context, name: &str) -> String {
    let name = c.entity(name);
    c.iam("CreateGroup", &[("GroupName", &name)]).await;
    name
}

/// Makes a user; gives its name.
async fn user(c: &Context, name: &str) -> String {
    let name = c.entity(name);
    c.iam("CreateUser", &[("UserName", &name)]).await;
    name
}

async fn group_exists(c: &Context) {
    let (one, other) = (group(c, "one").await, group(c, "other").await);
    let text = format!("Group with name {one} already exists.");
    let expected = query_error(409, "EntityAlreadyExists", &text);
    let create = [("GroupName", &*one)];
    assert_eq!(iam_refused(c, "CreateGroup", &create).await, expected);
    let rename = [("GroupName", &*other), ("NewGroupName", &*one)];
    assert_eq!(iam_refused(c, "UpdateGroup", &rename).await, expected);
}

async fn unknown_group(c: &Context) {
    let (name, alice) = (c.entity("nobody"), user(c, "alice").await);
    let group = ("GroupName", &*name);
    let expected = no_such_entity(&format!("The group with name {name} cannot be found."));
    let document = allow_all();
    let inline = [("PolicyName", "p"), ("PolicyDocument", &*document)];
    for (action, more) in [
        ("GetGroup", vec![]),
        ("UpdateGroup", vec![]),
        ("DeleteGroup", vec![]),
        ("PutGroupPolicy", inline.to_vec()),
        ("AddUserToGroup", vec![("UserName", &*alice)]),
        ("RemoveUserFromGroup", vec![("UserName", &*alice)]),
    ] {
        let parameters: Vec<(&str, &str)> = [vec![group], more].concat();
        let refused = iam_refused(c, action, &parameters).await;
        assert_eq!(refused, expected, "{action}");
    }
    // The user's error comes first.
    let neither = [group, ("UserName", &*name)];
    let expected = no_such_entity(&format!("The user with name {name} cannot be found."));
    let refused = iam_refused(c, "RemoveUserFromGroup", &neither).await;
    assert_eq!(refused, expected);
}

async fn users_in_a_group(c: &Context) {
    let (devs, alice) = (group(c, "devs").await, user(c, "alice").await);
    let (group, member) = (("GroupName", &*devs), ("UserName", &*alice));
    let empty = c.iam("GetGroup", &[group]).await;
    assert!(empty.body.contains("<Users/>"), "{}", empty.body);
    for _ in 0..2 {
        c.iam("AddUserToGroup", &[group, member]).await;
    }
    let shown = c.iam("GetGroup", &[group]).await;
    assert_eq!(texts(&shown, "UserName"), [&*alice]);
    assert_eq!(shown.xml("IsTruncated").as_deref(), Some("false"));
    let groups = c.iam("ListGroupsForUser", &[member]).await;
    assert_eq!(texts(&groups, "GroupName"), [&*devs]);
    for _ in 0..2 {
        c.iam("RemoveUserFromGroup", &[group, member]).await;
    }
    let groups = c.iam("ListGroupsForUser", &[member]).await;
    assert!(groups.body.contains("<Groups/>"), "{}", groups.body);
}

async fn group_in_use(c: &Context) {
    let (devs, alice, document) = (group(c, "devs").await, user(c, "a").await, allow_all());
    let group = ("GroupName", &*devs);
    let conflict = |text| query_error(409, "DeleteConflict", text);
    let member = [group, ("UserName", &*alice)];
    c.iam("AddUserToGroup", &member).await;
    let users = conflict("Cannot delete entity, must remove users from group first.");
    assert_eq!(iam_refused(c, "DeleteGroup", &[group]).await, users);
    assert_eq!(iam_refused(c, "DeleteUser", &[member[1]]).await, users);
    c.iam("RemoveUserFromGroup", &member).await;
    let arn = managed_policy(c, &c.entity("p"), &document).await;
    let attached = [group, ("PolicyArn", &*arn)];
    c.iam("AttachGroupPolicy", &attached).await;
    assert_eq!(
        iam_refused(c, "DeleteGroup", &[group]).await,
        conflict("Cannot delete entity, must detach all policies first.")
    );
    c.iam("DetachGroupPolicy", &attached).await;
    let inline = [group, ("PolicyName", "p"), ("PolicyDocument", &*document)];
    c.iam("PutGroupPolicy", &inline).await;
    assert_eq!(
        iam_refused(c, "DeleteGroup", &[group]).await,
        conflict("Cannot delete entity, must delete policies first.")
    );
    c.iam("DeleteGroupPolicy", &inline[..2]).await;
    c.iam("DeleteGroup", &[group]).await;
}

async fn eleventh_group(c: &Context) {
    let alice = user(c, "alice").await;
    for number in 0..10 {
        let name = group(c, &format!("g{number}")).await;
        let member = [("GroupName", &*name), ("UserName", &*alice)];
        c.iam("AddUserToGroup", &member).await;
    }
    let name = group(c, "g10").await;
    let member = [("GroupName", &*name), ("UserName", &*alice)];
    let text = "Cannot exceed quota for GroupsPerUser: 10";
    assert_eq!(
        iam_refused(c, "AddUserToGroup", &member).await,
        query_error(409, "LimitExceeded", text)
    );
}

async fn names_ignore_case(c: &Context) {
    let name = group(c, "Mixed").await;
    let upper = name.to_uppercase();
    let shown = c.iam("GetGroup", &[("GroupName", &upper)]).await;
    assert_eq!(shown.xml("GroupName"), Some(name));
}

async fn paths(c: &Context) {
    let name = c.entity("g");
    let group = ("GroupName", &*name);
    for path in ["//", "/team", "team/", "/ a/", "/\u{7f}/", "/é/", "/a/\n"] {
        let (status, code, _) = iam_refused(c, "CreateGroup", &[group, ("Path", path)]).await;
        assert_eq!((status, &*code), (400, "ValidationError"), "{path:?}");
    }
    c.iam("CreateGroup", &[group, ("Path", "/a//b/")]).await;
    for path in ["//", "/team"] {
        let (_, code, _) = iam_refused(c, "UpdateGroup", &[group, ("NewPath", path)]).await;
        assert_eq!(code, "ValidationError", "{path:?}");
    }
    let shown = c.iam("GetGroup", &[group]).await;
    assert_eq!(shown.xml("Path").as_deref(), Some("/a//b/"));
}

async fn rights_follow_the_group_that_moves(c: &Context) {
    let name = group(c, "g").await;
    let rights = format!("arn:aws:iam::*:group/{name}");
    let who = c
        .user("u", &policy(&[("Allow", "iam:GetGroup", &rights)]))
        .await;
    let upper = name.to_uppercase();
    let shown = iam_as(c, &who, "GetGroup", &[("GroupName", &upper)]).await;
    assert_eq!(shown.status, 200, "{}", shown.body);
    let moved = [("GroupName", &*name), ("NewPath", "/elsewhere/")];
    c.iam("UpdateGroup", &moved).await;
    let answer = iam_as(c, &who, "GetGroup", &moved[..1]).await;
    let (_, text) = denied(c, &who, "iam:GetGroup", Some(&format!("group {name}"))).await;
    assert_eq!(
        query_fault(&answer),
        query_error(403, "AccessDenied", &text)
    );
}

async fn groups_are_listed_under_a_path(c: &Context) {
    let who = c.user("u", &policy(&[("Allow", "s3:*", "*")])).await;
    let account = super::support::arn_of(c, &who).await;
    let account = account.split(':').nth(4).unwrap().to_owned();
    for (parameters, path) in [(vec![], "/"), (vec![("PathPrefix", "/a/")], "/a/")] {
        let answer = iam_as(c, &who, "ListGroups", &parameters).await;
        let shown = format!("arn:aws:iam::{account}:group{path}");
        let (_, text) = denied(c, &who, "iam:ListGroups", Some(&shown)).await;
        let expected = query_error(403, "AccessDenied", &text);
        assert_eq!(query_fault(&answer), expected);
    }
}

async fn a_groups_policy_counts(c: &Context) {
    let (name, input) = target(c).await;
    let who = c.user("u", &policy(&[("Allow", "s3:*", "*")])).await;
    let devs = group(c, "devs").await;
    let group = ("GroupName", &*devs);
    let rights = policy(&[("Allow", GET, "*")]);
    let inline = [group, ("PolicyName", "p"), ("PolicyDocument", &*rights)];
    let arn = managed_policy(c, &c.entity("p"), &rights).await;
    let attached = [group, ("PolicyArn", &*arn)];
    let member = [group, ("UserName", &*c.entity("u"))];
    for (give, take, rights) in [
        ("PutGroupPolicy", "DeleteGroupPolicy", &inline[..]),
        ("AttachGroupPolicy", "DetachGroupPolicy", &attached[..]),
    ] {
        c.iam(give, rights).await;
        let answer = send(c, &who, "GetSecretValue", &input).await;
        assert_eq!(fault(&answer), denied(c, &who, GET, Some(&name)).await);
        c.iam("AddUserToGroup", &member).await;
        assert_eq!(
            status(c, &who, "GetSecretValue", &input).await,
            200,
            "{give}"
        );
        c.iam("RemoveUserFromGroup", &member).await;
        assert_eq!(
            status(c, &who, "GetSecretValue", &input).await,
            400,
            "{give}"
        );
        c.iam("AddUserToGroup", &member).await;
        c.iam(take, &rights[..2]).await;
        assert_eq!(
            status(c, &who, "GetSecretValue", &input).await,
            400,
            "{take}"
        );
        c.iam("RemoveUserFromGroup", &member).await;
    }
}

async fn a_groups_deny_wins(c: &Context) {
    let (name, input) = target(c).await;
    let who = c.user("u", &allow_all()).await;
    let devs = group(c, "devs").await;
    let denies = policy(&[("Deny", GET, "*")]);
    let group = ("GroupName", &*devs);
    let inline = [group, ("PolicyName", "p"), ("PolicyDocument", &*denies)];
    c.iam("PutGroupPolicy", &inline).await;
    assert_eq!(status(c, &who, "GetSecretValue", &input).await, 200);
    let member = [group, ("UserName", &*c.entity("u"))];
    c.iam("AddUserToGroup", &member).await;
    let answer = send(c, &who, "GetSecretValue", &input).await;
    let expected = denied_explicitly(c, &who, GET, Some(&name)).await;
    assert_eq!(fault(&answer), expected);
}
