//! Access keys: two a user, a secret shown once, and every one its user's own.

use super::{Client, all};

#[tokio::test]
async fn two_keys_and_no_third() {
    let iam = Client::new();
    iam.user("alice").await;
    let alice = ("UserName", "alice");
    let issued = iam.ok("CreateAccessKey", &[alice]).await;
    let key = all(&issued, "AccessKeyId").remove(0);
    assert!(key.starts_with("AKIA") && key.len() == 20, "{key}");
    assert_eq!(all(&issued, "SecretAccessKey")[0].len(), 40);
    assert_eq!(all(&issued, "Status"), ["Active"]);
    iam.as_holder_of(&key).ok("CreateAccessKey", &[]).await;
    assert_eq!(
        iam.refused("CreateAccessKey", &[alice]).await,
        "409 LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2"
    );
    let listed = iam.as_holder_of(&key).ok("ListAccessKeys", &[]).await;
    assert_eq!(all(&listed, "AccessKeyId").len(), 2);
    assert!(!listed.contains("Secret"), "{listed}");
}

#[tokio::test]
async fn a_key_is_switched_off_and_deleted_by_its_own_user_only() {
    let iam = Client::new();
    iam.user("alice").await;
    iam.user("bob").await;
    let key = iam.access_key("alice").await;
    let id = ("AccessKeyId", key.as_str());
    let not_his = format!("404 NoSuchEntity: The Access Key with id {key} cannot be found.");
    assert_eq!(
        iam.refused("DeleteAccessKey", &[("UserName", "bob"), id])
            .await,
        not_his
    );
    assert_eq!(
        iam.refused("UpdateAccessKey", &[id, ("Status", "Inactive")])
            .await,
        not_his,
        "root has none"
    );
    iam.ok(
        "UpdateAccessKey",
        &[("UserName", "alice"), id, ("Status", "Inactive")],
    )
    .await;
    assert_eq!(
        iam.read("ListAccessKeys", &[("UserName", "alice")], "Status")
            .await,
        ["Inactive"]
    );
    let status = iam
        .refused(
            "UpdateAccessKey",
            &[("UserName", "alice"), id, ("Status", "On")],
        )
        .await;
    assert!(status.contains(
        "Value at 'status' failed to satisfy constraint: Member must satisfy enum value set"
    ));
    iam.ok("DeleteAccessKey", &[("UserName", "alice"), id])
        .await;
    assert!(
        iam.ok("ListAccessKeys", &[("UserName", "alice")])
            .await
            .contains("<AccessKeyMetadata/>")
    );
}

#[tokio::test]
async fn the_last_use_is_told_to_those_who_may_know() {
    let iam = Client::new();
    iam.user("alice").await;
    let key = iam.access_key("alice").await;
    let unused = iam
        .ok("GetAccessKeyLastUsed", &[("AccessKeyId", &key)])
        .await;
    assert!(
        unused.contains(
            "<UserName>alice</UserName><AccessKeyLastUsed><ServiceName>N/A</ServiceName><Region>N/A</Region>\
             </AccessKeyLastUsed>"
        ),
        "{unused}"
    );
    assert_eq!(
        iam.refused(
            "GetAccessKeyLastUsed",
            &[("AccessKeyId", "AKIAIOSFODNN7EXAMPLE")]
        )
        .await,
        "403 AccessDenied: User: arn:aws:iam::000000000000:root is not authorized to perform \
         iam:GetAccessKeyLastUsed on resource: access key AKIAIOSFODNN7EXAMPLE"
    );
}

#[tokio::test]
async fn the_root_user_has_no_keys_of_iam() {
    let iam = Client::new();
    assert!(
        iam.ok("ListAccessKeys", &[])
            .await
            .contains("<AccessKeyMetadata/>")
    );
    assert_eq!(
        iam.refused("CreateAccessKey", &[]).await,
        "400 InvalidInput: Sekisho does not support access keys of the root user yet."
    );
}
