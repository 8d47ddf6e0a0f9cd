//! Which secrets a list shows, page by page. Lists in the order of creation or of names read no more
//! than their page; what other orders or filters ask for has to be looked for.

use std::sync::Arc;

use super::Error;
use super::filter::Filter;
use super::model::{Listed, Secret};
use super::page::{self, Order, Position};
use super::sort::SortBy;
use crate::operation::Call;
use crate::store::{Direction, Key, Prefix};

/// What a list is to show.
#[derive(Default)]
pub(super) struct Listing<'a> {
    pub(super) filters: &'a [Filter],
    pub(super) max_results: usize,
    pub(super) next_token: Option<&'a str>,
    /// Whether secrets that are to be deleted are shown.
    pub(super) planned: bool,
    pub(super) sort_by: SortBy,
    pub(super) order: Order,
}

/// How many keys are read at once.
const CHUNK: usize = 128;

/// A page, and the token of the next one if there is one.
pub(super) fn page(
    call: &Call<'_>,
    listing: &Listing<'_>,
) -> Result<(Vec<Arc<Secret>>, Option<String>), Error> {
    let after = listing.next_token.map(Position::read).transpose()?;
    let scope = call.scope;
    match listing.sort_by {
        SortBy::CreatedDate => {
            let after = after.map(|after| Listed::key_at(scope, after.at, &after.id));
            Ok(read(call, listing, &Listed::all(scope), after))
        }
        SortBy::Name => {
            let after = after.map(|after| Secret::key(scope, &after.id));
            Ok(read(call, listing, &Secret::all(scope), after))
        }
        SortBy::LastAccessedDate | SortBy::LastChangedDate => page::cut(
            Secrets::new(call, &Secret::all(scope), None, Direction::Ascending)
                .filter(|secret| listing.shows(call, secret)),
            |secret| listing.sort_by.position(secret),
            listing.order,
            Some(listing.max_results),
            listing.next_token,
        ),
    }
}

/// A page of what has the order of its keys.
fn read(
    call: &Call<'_>,
    listing: &Listing<'_>,
    keys: &Prefix,
    after: Option<Key>,
) -> (Vec<Arc<Secret>>, Option<String>) {
    let direction = match listing.order {
        Order::Ascending => Direction::Ascending,
        Order::Descending => Direction::Descending,
    };
    let secrets = Secrets::new(call, keys, after, direction);
    let mut shown = secrets.filter(|secret| listing.shows(call, secret));
    let page: Vec<Arc<Secret>> = shown.by_ref().take(listing.max_results).collect();
    let more = shown.next().is_some();
    let last = page.last().filter(|_| more);
    let token = last.map(|last| listing.sort_by.position(last).token());
    (page, token)
}

impl Listing<'_> {
    fn shows(&self, call: &Call<'_>, secret: &Secret) -> bool {
        (self.planned || secret.deletion.is_none())
            && !secret.is_gone(call.now)
            && self.filters.iter().all(|filter| filter.matches(secret))
    }
}

/// The secrets that keys speak of, read as they are asked for.
struct Secrets<'a, 'c> {
    call: &'a Call<'c>,
    keys: &'a Prefix,
    direction: Direction,
    after: Option<Key>,
    chunk: std::vec::IntoIter<Arc<Secret>>,
    more: bool,
}

impl<'a, 'c> Secrets<'a, 'c> {
    fn new(call: &'a Call<'c>, keys: &'a Prefix, after: Option<Key>, direction: Direction) -> Self {
        Self {
            call,
            keys,
            direction,
            after,
            chunk: Vec::new().into_iter(),
            more: true,
        }
    }
}

impl Iterator for Secrets<'_, '_> {
    type Item = Arc<Secret>;

    fn next(&mut self) -> Option<Arc<Secret>> {
        loop {
            if let Some(secret) = self.chunk.next() {
                return Some(secret);
            }
            if !self.more {
                return None;
            }
            let (tx, scope) = (&self.call.tx, self.call.scope);
            let page = tx.scan(self.keys, self.after.as_ref(), CHUNK, self.direction);
            self.more = page.more;
            self.after = page.entries.last().map(|(key, _)| key.clone());
            let secrets = page.entries.into_iter().filter_map(|(key, entry)| {
                entry
                    .downcast::<Secret>()
                    .or_else(|| tx.peek(&Secret::key(scope, key.last())))
            });
            self.chunk = secrets.collect::<Vec<_>>().into_iter();
        }
    }
}
