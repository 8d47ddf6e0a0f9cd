//! Access keys that may not be used any more.

use serde_json::json;

use super::support::{fault, iam, policy, send, status};
use crate::{Case, Context, Credentials, Evidence, Need, Raw};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "access_keys/inactive_key",
        Evidence::Inferred,
        "AWS tells nobody which keys exist: aws/aws-sdk-php-laravel#228",
        |c| Box::pin(inactive_key(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "access_keys/deleted_key",
        Evidence::Recorded,
        "aws/aws-sdk-php-laravel#228; ministackorg/ministack#1745",
        |c| Box::pin(deleted_key(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "access_keys/no_key_is_made_to_expire",
        Evidence::Recorded,
        "radkawar/stackd testdata/aws/iam/resource_inputs.json (recording of AWS)",
        |c| Box::pin(no_key_is_made_to_expire(c)),
    )
    .needs(&[Need::Iam]),
];

async fn assert_unknown_key(c: &Context, who: &Credentials) {
    let text = "The security token included in the request is invalid.";
    let answer = send(c, who, "ListSecrets", &json!({})).await;
    let expected = ("UnrecognizedClientException".to_owned(), text.to_owned());
    assert_eq!(fault(&answer), expected);
    let answer = Raw::query("iam", "ListUsers", &[])
        .signed_by(who)
        .send(c)
        .await;
    assert_eq!(
        (answer.status, answer.xml("Code").as_deref()),
        (403, Some("InvalidClientTokenId"))
    );
}

async fn inactive_key(c: &Context) {
    let user = c.user("u", &policy(&[("Allow", "*", "*")])).await;
    let name = c.entity("u");
    let key = [("UserName", &*name), ("AccessKeyId", &*user.access_key_id)];
    for _ in 0..2 {
        assert_eq!(status(c, &user, "ListSecrets", &json!({})).await, 200);
        c.iam("UpdateAccessKey", &[key[0], key[1], ("Status", "Inactive")])
            .await;
        assert_unknown_key(c, &user).await;
        c.iam("UpdateAccessKey", &[key[0], key[1], ("Status", "Active")])
            .await;
    }
}

/// The model has `Expired` among the statuses.
async fn no_key_is_made_to_expire(c: &Context) {
    let user = c.user("u", &policy(&[("Allow", "*", "*")])).await;
    let name = c.entity("u");
    let key = [("UserName", &*name), ("AccessKeyId", &*user.access_key_id)];
    for (status, code) in [("Expired", "InvalidInput"), ("Gone", "ValidationError")] {
        let answer = iam(c, "UpdateAccessKey", &[key[0], key[1], ("Status", status)]).await;
        assert_eq!(
            (answer.status, answer.xml("Code").as_deref()),
            (400, Some(code))
        );
    }
    assert_eq!(status(c, &user, "ListSecrets", &json!({})).await, 200);
}

async fn deleted_key(c: &Context) {
    let user = c.user("u", &policy(&[("Allow", "*", "*")])).await;
    let name = c.entity("u");
    c.iam(
        "DeleteAccessKey",
        &[("UserName", &name), ("AccessKeyId", &user.access_key_id)],
    )
    .await;
    assert_unknown_key(c, &user).await;
    let listed = iam(c, "ListAccessKeys", &[("UserName", &name)]).await;
    assert!(
        !listed.body.contains(&user.access_key_id),
        "{}",
        listed.body
    );
}
