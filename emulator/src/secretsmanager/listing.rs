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

/// A page, and the token of the next one if there is one.
pub(super) fn page(
    call: &Call<'_>,
    listing: &Listing<'_>,
) -> Result<(Vec<Arc<Secret>>, Option<String>), Error> {
    if let Some(few) = few(call, listing) {
        let shown = few.into_iter().filter(|it| listing.shows(call, it));
        let (max, token) = (Some(listing.max_results), listing.next_token);
        return page::cut(
            shown,
            |it| listing.sort_by.position(it),
            listing.order,
            max,
            token,
        );
    }
    let after = listing.next_token.map(Position::read).transpose()?;
    let scope = call.scope;
    match listing.sort_by {
        SortBy::CreatedDate => {
            let after = after.map(|after| Listed::key_at(scope, after.at, &after.id));
            Ok(read(call, listing, Keys::Listed, after))
        }
        SortBy::Name => {
            let after = after.map(|after| Secret::key(scope, &after.id));
            Ok(read(call, listing, Keys::Secrets, after))
        }
        // No index has these orders, so all secrets are looked at.
        SortBy::LastAccessedDate | SortBy::LastChangedDate => {
            let all = Secrets::new(
                call,
                Keys::Secrets,
                Direction::Ascending,
                None,
                MOST_AT_ONCE,
            );
            page::cut(
                all.filter(|secret| listing.shows(call, secret)),
                |secret| listing.sort_by.position(secret),
                listing.order,
                Some(listing.max_results),
                listing.next_token,
            )
        }
    }
}

/// Names that begin alike stand together: if a filter asks for few of them, they are all that need be
/// looked at. Where they are many, a page is sooner found in its order.
fn few(call: &Call<'_>, listing: &Listing<'_>) -> Option<Vec<Arc<Secret>>> {
    let beginnings = listing.filters.iter().find_map(Filter::beginnings)?;
    let mut secrets: Vec<Arc<Secret>> = Vec::new();
    for beginning in beginnings {
        let prefix = Secret::named(call.scope, beginning);
        let room = FEW - secrets.len();
        let page = call.tx.keys(&prefix, None, room, Direction::Ascending);
        if page.more {
            return None;
        }
        secrets.extend(page.keys.iter().filter_map(|key| call.tx.peek(key)));
    }
    Some(secrets)
}

/// How many secrets are few.
const FEW: usize = 256;

/// A page of what has the order of its keys.
fn read(
    call: &Call<'_>,
    listing: &Listing<'_>,
    keys: Keys,
    after: Option<Key>,
) -> (Vec<Arc<Secret>>, Option<String>) {
    let direction = match listing.order {
        Order::Ascending => Direction::Ascending,
        Order::Descending => Direction::Descending,
    };
    // One more than the page has, to know whether there is more.
    let secrets = Secrets::new(call, keys, direction, after, listing.max_results + 1);
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

/// Keys that speak of secrets.
#[derive(Clone, Copy)]
enum Keys {
    /// Those of the secrets themselves, in the order of names.
    Secrets,
    /// Their places in the order of creation.
    Listed,
}

/// The secrets that keys speak of, read as they are asked for.
struct Secrets<'a, 'c> {
    call: &'a Call<'c>,
    keys: Keys,
    all: Prefix,
    direction: Direction,
    after: Option<Key>,
    /// How many keys are read at once: what is enough if all are shown, and then ever more.
    at_once: usize,
    chunk: std::vec::IntoIter<Key>,
    more: bool,
}

/// The most keys that are read at once.
const MOST_AT_ONCE: usize = 256;

impl<'a, 'c> Secrets<'a, 'c> {
    fn new(
        call: &'a Call<'c>,
        keys: Keys,
        direction: Direction,
        after: Option<Key>,
        at_once: usize,
    ) -> Self {
        Self {
            call,
            keys,
            all: match keys {
                Keys::Secrets => Secret::all(call.scope),
                Keys::Listed => Listed::all(call.scope),
            },
            direction,
            after,
            at_once,
            chunk: Vec::new().into_iter(),
            more: true,
        }
    }

    fn secret(&self, key: &Key) -> Option<Arc<Secret>> {
        let tx = &self.call.tx;
        match self.keys {
            Keys::Secrets => tx.peek(key),
            Keys::Listed => tx.peek(&Secret::key(self.call.scope, key.last())),
        }
    }
}

impl Iterator for Secrets<'_, '_> {
    type Item = Arc<Secret>;

    fn next(&mut self) -> Option<Arc<Secret>> {
        loop {
            while let Some(key) = self.chunk.next() {
                if let Some(secret) = self.secret(&key) {
                    return Some(secret);
                }
            }
            if !self.more {
                return None;
            }
            let (tx, after) = (&self.call.tx, self.after.as_ref());
            let page = tx.keys(&self.all, after, self.at_once, self.direction);
            self.at_once = MOST_AT_ONCE.min(2 * self.at_once);
            self.more = page.more;
            self.after = page.keys.last().cloned();
            self.chunk = page.keys.into_iter();
        }
    }
}
