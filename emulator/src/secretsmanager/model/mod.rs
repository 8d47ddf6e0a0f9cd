//! What Secrets Manager keeps, and the rules that need no server: names, identifiers, versions and
//! staging labels. No operation, no wire, no authorization.

mod password;
mod secret;
mod secret_id;
mod stage;
mod tag;
mod value;
mod versions;

pub use crate::tag::Tag;
pub use password::{Alphabet, Kinds};
pub use secret::{Deletion, Discarded, Secret};
pub use secret_id::{SecretId, valid_name};
pub use stage::Stage;
pub use tag::{TAG_KEYS, TAGS};
pub use value::{DisclosedBinary, DisclosedText, SecretValue, VersionValue, disclose, from_base64};
pub use versions::{Version, VersionId, Versions};
