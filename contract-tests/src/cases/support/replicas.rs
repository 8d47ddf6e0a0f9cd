//! Secrets with copies in other regions.

use serde_json::{Value, json};

use super::{ELSEWHERE, described, made_with};
use crate::Context;

/// An input that names a secret.
pub(in crate::cases) fn at(name: &str) -> Value {
    json!({"SecretId": name})
}

/// Makes a secret with a copy elsewhere; gives its ARN.
pub(in crate::cases) async fn replicated(c: &Context, name: &str) -> String {
    let regions = json!({"AddReplicaRegions": [{"Region": ELSEWHERE}]});
    made_with(c, c.target().root(), name, regions).await
}

/// How the copies stand, once nothing is under way.
pub(in crate::cases) async fn statuses(c: &Context, name: &str) -> Value {
    for _ in 0..100 {
        let shown = described(c, name).await["ReplicationStatus"].clone();
        if !shown.to_string().contains("InProgress") {
            return shown;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("still under way");
}
