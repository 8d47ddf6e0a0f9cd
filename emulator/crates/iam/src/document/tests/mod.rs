//! Documents and the messages they are refused with, written as AWS writes them.

mod identity;
mod other;

use proptest::prelude::*;

use super::parse;
use crate::{Kind, Policy};

fn message(text: &str, kind: Kind) -> String {
    parse(text, kind)
        .err()
        .map_or_else(|| "accepted".to_owned(), |error| error.to_string())
}

/// Puts statements into a document of the current version.
fn document(statements: &str) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":{statements}}}"#)
}

proptest! {
    #[test]
    fn parsing_never_panics(
        text in prop_oneof![
            any::<String>(),
            "[{}\\[\\]\",:*?$ \n]{0,40}",
            "\\{\"Version\":\"2012-10-17\",\"Statement\":\\{(\"(Effect|Action|NotAction|Resource|Principal|Condition|Sid)\":(\"(Allow|\\*|arn:aws:[:a-z*?]{0,9}|[a-z:*é]{0,6})\"|\\[\\]|\\{\\}|\\{\"(AWS|Bool)\":(\"\\*\"|\\{\"a\":[0-9]\\})\\}),?){0,5}\\}\\}",
        ],
    ) {
        for kind in [Kind::Identity, Kind::Resource, Kind::Trust, Kind::Scp, Kind::Rcp] {
            let _ = Policy::parse(&text, kind);
        }
    }
}
