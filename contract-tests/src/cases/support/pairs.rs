//! Secrets with copies in other accounts.

use serde_json::{Value, json};

use super::{KEY, OTHER, account, at, made_with, merge, ok, ok_as};
use crate::{Context, Credentials};

/// A secret of the root's account, and the copy that the other account has made for it.
pub(in crate::cases) struct Pair {
    pub(in crate::cases) name: String,
    pub(in crate::cases) arn: String,
    pub(in crate::cases) copy: String,
    pub(in crate::cases) copy_arn: String,
    pub(in crate::cases) other: Credentials,
}

impl Pair {
    /// The input that names both.
    pub(in crate::cases) fn both(&self) -> Value {
        json!({"SecretId": self.name, "CrossAccountReplicaARN": self.copy_arn})
    }

    pub(in crate::cases) fn association(&self) -> Value {
        let mut input = self.both();
        merge(&mut input, json!({"ReplicaRestriction": "NoRestriction"}));
        input
    }

    /// What the copy's account gets of an operation on it.
    pub(in crate::cases) async fn there(&self, c: &Context, operation: &str) -> Value {
        ok_as(c, &self.other, operation, &at(&self.copy)).await
    }

    pub(in crate::cases) async fn copied(&self, c: &Context) -> Value {
        self.there(c, "GetSecretValue").await["SecretString"].clone()
    }

    /// How the copy stands, as either side shows it.
    pub(in crate::cases) async fn states(&self, c: &Context) -> (Value, Value) {
        let primary = ok(c, "DescribeSecret", &at(&self.name)).await;
        let copy = self.there(c, "DescribeSecret").await;
        let state = |view: &Value| view["ReplicationStatus"].clone();
        (
            state(&primary["CrossAccountReplicas"][0]),
            state(&copy["CrossAccountPrimary"]),
        )
    }
}

/// Makes the two, which know nothing of each other yet.
pub(in crate::cases) async fn pair(c: &Context) -> Pair {
    let (name, copy, other) = (c.name("primary"), c.name("copy"), account(OTHER));
    let key = json!({"KmsKeyId": KEY});
    let arn = made_with(c, c.target().root(), &name, key).await;
    let members = json!({"CrossAccountPrimaryARN": arn, "KmsKeyId": KEY, "SecretString": null});
    let copy_arn = made_with(c, &other, &copy, members).await;
    Pair {
        name,
        arn,
        copy,
        copy_arn,
        other,
    }
}

/// The same two, associated.
pub(in crate::cases) async fn linked(c: &Context) -> Pair {
    let pair = pair(c).await;
    ok(c, "AssociateCrossAccountReplica", &pair.association()).await;
    pair
}
