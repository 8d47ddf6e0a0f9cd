//! The orders in which ListSecrets can list.

use serde::Deserialize;

use super::model::Secret;
use super::page::Position;
use crate::timestamp::Timestamp;
use crate::wire::{Member, Shape};

/// What secrets are ordered by; names settle what is equal otherwise.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum SortBy {
    #[default]
    CreatedDate,
    LastAccessedDate,
    LastChangedDate,
    Name,
}

pub(super) const SORT_ORDER: Member = Member::new("SortOrder", Shape::one_of(&["asc", "desc"]));
pub(super) const SORT_BY: Member = Member::new(
    "SortBy",
    Shape::one_of(&[
        "created-date",
        "last-accessed-date",
        "last-changed-date",
        "name",
    ]),
);

impl SortBy {
    /// The place of a secret in this order; what was never read comes first.
    pub(super) fn position(self, secret: &Secret) -> Position<'_> {
        let never = Timestamp::from_millis(0);
        let at = match self {
            SortBy::CreatedDate => secret.created,
            SortBy::LastAccessedDate => secret.accessed.day().unwrap_or(never),
            SortBy::LastChangedDate => secret.changed,
            SortBy::Name => never,
        };
        Position {
            at,
            id: secret.name().into(),
        }
    }
}
