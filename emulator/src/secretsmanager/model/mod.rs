//! What Secrets Manager keeps, and the rules that need no server: names, identifiers, versions and
//! staging labels. No operation, no wire, no authorization.

mod index;
mod password;
mod policy;
mod policy_text;
mod replication;
mod rotation;
pub(crate) mod schedule;
mod secret;
mod secret_id;
mod stage;
mod tag;
mod value;
mod version_id;
mod versions;

pub use crate::tag::Tag;
pub use index::{Due, Listed};
pub use password::{Alphabet, Kinds};
pub use policy::{CROSS_ACCOUNT_POLICY, SecretPolicy};
pub use replication::{
    AccountReplica, DEFAULT_KEY, FullName, Link, Primary, RegionReplica, Replica, Replication,
};
pub use rotation::Rotation;
pub use schedule::{ROTATION_RULES, RotationRules, Schedule, ScheduleError};
pub use secret::{Deletion, Discarded, Secret};
pub use secret_id::{SecretId, valid_name};
pub use stage::Stage;
pub use tag::{TAG_KEYS, TAGS};
pub use value::{DisclosedBinary, DisclosedText, SecretValue, VersionValue, disclose, from_base64};
pub use version_id::VersionId;
pub use versions::{MAX_LABELS, MAX_VERSIONS, Refused, Version, Versions};
