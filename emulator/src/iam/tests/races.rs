//! Lost races and lost answers: what a request asks for is done once.

use super::Client;
use crate::store::Memory;
use crate::store::unreliable::{Mishap, Unreliable};

const MISHAPS: [Mishap; 3] = [
    Mishap::Conflict,
    Mishap::UnknownApplied,
    Mishap::UnknownLost,
];

#[tokio::test]
async fn one_user_and_one_key_whatever_happens() {
    for mishap in MISHAPS {
        let iam = Client::on(Unreliable::new(
            Memory::new(),
            [mishap, Mishap::None, mishap],
        ));
        iam.user("alice").await;
        iam.user("bob").await;
        let key = iam.access_key("alice").await;
        assert_eq!(
            iam.read("ListUsers", &[], "UserName").await,
            ["alice", "bob"],
            "{mishap:?}"
        );
        assert_eq!(
            iam.read("ListAccessKeys", &[("UserName", "alice")], "AccessKeyId")
                .await,
            [key]
        );
    }
}

#[tokio::test]
async fn both_ends_of_an_attachment_change_together() {
    for mishap in MISHAPS {
        // Two commits that go through, then one of each that does not at first.
        let plan = [
            Mishap::None,
            Mishap::None,
            mishap,
            Mishap::None,
            mishap,
            Mishap::None,
        ];
        let iam = Client::on(Unreliable::new(Memory::new(), plan));
        iam.user("alice").await;
        let arn = iam.policy("p").await;
        iam.ok(
            "AttachUserPolicy",
            &[("UserName", "alice"), ("PolicyArn", &arn)],
        )
        .await;
        assert_eq!(
            iam.read("GetPolicy", &[("PolicyArn", &arn)], "AttachmentCount")
                .await,
            ["1"]
        );
        iam.ok(
            "UpdateUser",
            &[("UserName", "alice"), ("NewUserName", "bob")],
        )
        .await;
        assert_eq!(
            iam.read("ListEntitiesForPolicy", &[("PolicyArn", &arn)], "UserName")
                .await,
            ["bob"]
        );
        assert_eq!(
            iam.read(
                "ListAttachedUserPolicies",
                &[("UserName", "bob")],
                "PolicyArn"
            )
            .await,
            [arn]
        );
    }
}
