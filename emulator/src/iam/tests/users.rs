//! Users: made, listed, renamed, tagged, deleted.

use super::{ALLOW, Client, all};

#[tokio::test]
async fn a_user_lives_and_is_gone() {
    let iam = Client::new();
    let user = [("UserName", "Alice"), ("Path", "/team/")];
    let made = iam.ok("CreateUser", &user).await;
    assert_eq!(
        all(&made, "Arn"),
        ["arn:aws:iam::000000000000:user/team/Alice"]
    );
    assert!(!made.contains("Tags"), "{made}");
    assert_eq!(
        iam.refused("CreateUser", &[("UserName", "ALICE")]).await,
        "409 EntityAlreadyExists: User with name ALICE already exists."
    );
    let shown = iam.ok("GetUser", &[("UserName", "alice")]).await;
    assert_eq!(all(&shown, "User"), all(&made, "User"));
    let deleted = iam.ok("DeleteUser", &[("UserName", "Alice")]).await;
    assert!(!deleted.contains("DeleteUserResult"), "{deleted}");
    for action in [
        "GetUser",
        "DeleteUser",
        "UpdateUser",
        "ListUserTags",
        "ListAccessKeys",
        "CreateAccessKey",
    ] {
        assert_eq!(
            iam.refused(action, &[("UserName", "Alice")]).await,
            "404 NoSuchEntity: The user with name Alice cannot be found."
        );
    }
}

#[tokio::test]
async fn without_a_name_the_caller_is_shown() {
    let iam = Client::new();
    let root = iam.ok("GetUser", &[]).await;
    assert!(
        root.contains(
            "<User><UserId>000000000000</UserId><Arn>arn:aws:iam::000000000000:root</Arn>"
        ),
        "{root}"
    );
    iam.user("alice").await;
    let alice = iam.as_holder_of(&iam.access_key("alice").await);
    assert_eq!(alice.read("GetUser", &[], "UserName").await, ["alice"]);
}

#[tokio::test]
async fn what_belongs_to_a_user_keeps_it() {
    let iam = Client::new();
    iam.user("alice").await;
    let alice = ("UserName", "alice");
    let key = iam.access_key("alice").await;
    let arn = iam.policy("p").await;
    iam.ok(
        "PutUserPolicy",
        &[alice, ("PolicyName", "in"), ("PolicyDocument", ALLOW)],
    )
    .await;
    iam.ok("AttachUserPolicy", &[alice, ("PolicyArn", &arn)])
        .await;
    let delete = async || iam.refused("DeleteUser", &[alice]).await;
    assert_eq!(
        delete().await,
        "409 DeleteConflict: Cannot delete entity, must delete access keys first."
    );
    iam.ok("DeleteAccessKey", &[alice, ("AccessKeyId", &key)])
        .await;
    assert_eq!(
        delete().await,
        "409 DeleteConflict: Cannot delete entity, must delete policies first."
    );
    iam.ok("DeleteUserPolicy", &[alice, ("PolicyName", "in")])
        .await;
    assert_eq!(
        delete().await,
        "409 DeleteConflict: Cannot delete entity, must detach all policies first."
    );
    iam.ok("DetachUserPolicy", &[alice, ("PolicyArn", &arn)])
        .await;
    iam.ok("DeleteUser", &[alice]).await;
}

#[tokio::test]
async fn pages_stay_right_while_users_come_and_go() {
    let iam = Client::new();
    for number in 0..250 {
        let path = if number % 2 == 0 { "/even/" } else { "/odd/" };
        iam.ok(
            "CreateUser",
            &[("UserName", &format!("User{number:03}")), ("Path", path)],
        )
        .await;
    }
    let first = iam.ok("ListUsers", &[]).await;
    assert_eq!(
        (all(&first, "UserName").len(), all(&first, "IsTruncated")),
        (100, vec!["true".to_owned()])
    );
    let marker = all(&first, "Marker").remove(0);
    // One that was listed, the one the marker names, one to come; and one that comes anew.
    for gone in ["user000", "user099", "user150"] {
        iam.ok("DeleteUser", &[("UserName", gone)]).await;
    }
    iam.user("user100a").await;
    let second = iam
        .ok("ListUsers", &[("Marker", &marker), ("MaxItems", "1000")])
        .await;
    let names = all(&second, "UserName");
    assert_eq!(
        (names.len(), &*names[0], &*names[1]),
        (150, "User100", "user100a")
    );
    assert!(
        second.contains("<IsTruncated>false</IsTruncated>") && !second.contains("Marker"),
        "{second}"
    );

    let odd = iam
        .ok("ListUsers", &[("PathPrefix", "/odd"), ("MaxItems", "124")])
        .await;
    assert_eq!(all(&odd, "UserName").len(), 124);
    assert!(odd.contains("<IsTruncated>false</IsTruncated>"), "{odd}");
    assert_eq!(
        iam.refused("ListUsers", &[("Marker", "x")]).await,
        "400 ValidationError: Invalid Marker."
    );
}

#[tokio::test]
async fn a_renamed_user_is_the_same_user() {
    let iam = Client::new();
    iam.user("old").await;
    iam.user("taken").await;
    let key = iam.access_key("old").await;
    let arn = iam.policy("p").await;
    iam.ok(
        "AttachUserPolicy",
        &[("UserName", "old"), ("PolicyArn", &arn)],
    )
    .await;
    let id = iam.read("GetUser", &[("UserName", "old")], "UserId").await;
    assert_eq!(
        iam.refused(
            "UpdateUser",
            &[("UserName", "old"), ("NewUserName", "Taken")]
        )
        .await,
        "409 EntityAlreadyExists: User with name Taken already exists."
    );

    iam.ok(
        "UpdateUser",
        &[
            ("UserName", "old"),
            ("NewUserName", "New"),
            ("NewPath", "/team/"),
        ],
    )
    .await;
    assert_eq!(
        iam.refused("GetUser", &[("UserName", "old")]).await,
        "404 NoSuchEntity: The user with name old cannot be found."
    );
    let shown = iam.as_holder_of(&key).ok("GetUser", &[]).await;
    assert_eq!(all(&shown, "UserId"), id);
    assert_eq!(
        all(&shown, "Arn"),
        ["arn:aws:iam::000000000000:user/team/New"]
    );
    assert_eq!(
        iam.read("ListAccessKeys", &[("UserName", "New")], "UserName")
            .await,
        ["New"]
    );
    assert_eq!(
        iam.read("ListEntitiesForPolicy", &[("PolicyArn", &arn)], "UserName")
            .await,
        ["New"]
    );

    // Only the case: nothing but the spelling changes.
    iam.ok("UpdateUser", &[("UserName", "New"), ("NewUserName", "NEW")])
        .await;
    assert_eq!(
        iam.read("ListEntitiesForPolicy", &[("PolicyArn", &arn)], "UserName")
            .await,
        ["NEW"]
    );
    assert_eq!(
        iam.read(
            "ListAttachedUserPolicies",
            &[("UserName", "new")],
            "PolicyArn"
        )
        .await,
        std::slice::from_ref(&arn)
    );
    iam.ok(
        "DetachUserPolicy",
        &[("UserName", "new"), ("PolicyArn", &arn)],
    )
    .await;
    iam.ok("DeletePolicy", &[("PolicyArn", &arn)]).await;
}

#[tokio::test]
async fn tags_are_set_listed_and_removed() {
    let iam = Client::new();
    let tag = |n: &str, key: &str, value: &str| {
        [
            (format!("Tags.member.{n}.Key"), key.to_owned()),
            (format!("Tags.member.{n}.Value"), value.to_owned()),
        ]
    };
    let of = |name: &'static str, tags: &[[(String, String); 2]]| {
        [("UserName".to_owned(), name.to_owned())]
            .into_iter()
            .chain(tags.iter().flatten().cloned())
            .collect::<Vec<_>>()
    };
    iam.ok(
        "CreateUser",
        &borrowed(&of("alice", &[tag("1", "Team", "a"), tag("2", "b", "")])),
    )
    .await;
    iam.ok(
        "TagUser",
        &borrowed(&of("alice", &[tag("1", "team", "z"), tag("2", "a", "1")])),
    )
    .await;
    let alice = ("UserName", "alice");
    let listed = iam.ok("ListUserTags", &[alice, ("MaxItems", "2")]).await;
    assert_eq!(all(&listed, "Key"), ["a", "b"]);
    let rest = iam
        .ok(
            "ListUserTags",
            &[alice, ("Marker", &all(&listed, "Marker")[0])],
        )
        .await;
    assert_eq!(
        (all(&rest, "Key"), all(&rest, "Value")),
        (vec!["team".to_owned()], vec!["z".to_owned()])
    );
    assert_eq!(
        iam.refused(
            "TagUser",
            &borrowed(&of("alice", &[tag("1", "k", "1"), tag("2", "K", "2")]))
        )
        .await,
        "400 InvalidInput: Duplicate tag keys found. Please note that Tag keys are case insensitive."
    );
    assert_eq!(
        iam.refused("TagUser", &borrowed(&of("alice", &[tag("1", "a#b", "1")])))
            .await,
        "400 ValidationError: 1 validation error detected: Value at 'tags.1.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+"
    );
    iam.ok(
        "UntagUser",
        &[
            alice,
            ("TagKeys.member.1", "TEAM"),
            ("TagKeys.member.2", "absent"),
        ],
    )
    .await;
    assert_eq!(iam.read("GetUser", &[alice], "Key").await, ["b", "a"]);
}

fn borrowed(parameters: &[(String, String)]) -> Vec<(&str, &str)> {
    parameters
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

#[tokio::test]
async fn names_and_paths_are_checked_first() {
    let iam = Client::new();
    let characters = "It must contain only alphanumeric characters and/or";
    let name = iam.refused("GetUser", &[("UserName", "a b")]).await;
    assert!(name.starts_with(&format!(
        "400 ValidationError: The specified value for userName is invalid. {characters}"
    )));
    let path = iam
        .refused("CreateUser", &[("UserName", "a"), ("Path", "team")])
        .await;
    assert!(
        path.starts_with("400 ValidationError: The specified value for path is invalid."),
        "{path}"
    );
    let prefix = iam.refused("ListPolicies", &[("PathPrefix", "/foo")]).await;
    assert!(
        prefix.starts_with("400 ValidationError: The specified value for pathPrefix is invalid."),
        "{prefix}"
    );
    assert_eq!(
        iam.refused("CreateUser", &[("UserName", &"a".repeat(65))])
            .await,
        "400 ValidationError: 1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must have length less than or equal to 64"
    );
}
