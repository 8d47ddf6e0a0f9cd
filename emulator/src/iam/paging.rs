//! Pages of lists. A marker names the item after which to go on, not a position, so it stays right
//! while items come and go between two pages.

use std::sync::Arc;

use data_encoding::BASE64;
use serde::{Deserialize, Serialize};

use super::Error;
use crate::account::AccountId;
use crate::operation::Call;
use crate::store::{Direction, Entry, Key, Prefix, Record};
use crate::wire::aws_query::Members;

const DEFAULT_ITEMS: usize = 100;

/// Items read from the store at a time.
const BATCH: usize = 100;

/// Which page is asked for: `Marker` and `MaxItems`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Paging {
    marker: Option<String>,
    max_items: Option<usize>,
}

/// What follows a page: `IsTruncated` and, only then, `Marker`.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Rest {
    is_truncated: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    marker: Option<String>,
}

impl Paging {
    /// The page of items whose keys ascend.
    pub(super) fn page<K, T>(
        &self,
        items: impl IntoIterator<Item = (K, T)>,
    ) -> Result<(Members<T>, Rest), Error>
    where
        K: AsRef<str>,
    {
        let (page, rest) = self.page_of(items)?;
        Ok((page.into_iter().collect(), rest))
    }

    /// The same, not yet as a list of the answer.
    pub(super) fn page_of<K, T>(
        &self,
        items: impl IntoIterator<Item = (K, T)>,
    ) -> Result<(Vec<T>, Rest), Error>
    where
        K: AsRef<str>,
    {
        let after = self.after()?;
        let is_later = |key: &K| after.as_deref().is_none_or(|after| key.as_ref() > after);
        let mut items = items.into_iter().filter(|(key, _)| is_later(key));
        let mut last = None;
        let mut page = Vec::new();
        for (key, item) in items.by_ref().take(self.max_items.unwrap_or(DEFAULT_ITEMS)) {
            page.push(item);
            last = Some(key);
        }
        let is_truncated = items.next().is_some();
        let marker = last
            .filter(|_| is_truncated)
            .map(|key| marker_after(key.as_ref()));
        Ok((
            page,
            Rest {
                is_truncated,
                marker,
            },
        ))
    }

    /// The same, but for a page of this many items at most.
    pub(super) fn at_most(&self, items: usize) -> Self {
        Self {
            marker: self.marker.clone(),
            max_items: Some(self.max_items.unwrap_or(DEFAULT_ITEMS).min(items)),
        }
    }

    /// The records of a kind from where the page begins, each with the last part of its key. They
    /// are read as the page takes them.
    pub(super) fn records<'c, T: Record>(
        &self,
        call: &'c Call<'_>,
        all: fn(AccountId) -> Prefix,
        key: fn(AccountId, &str) -> Key,
    ) -> Result<impl Iterator<Item = (String, Arc<T>)> + use<'c, T>, Error> {
        let account = call.scope.account;
        let prefix = all(account);
        let mut after = self.after()?.map(|name| key(account, &name));
        let mut batch = Vec::<(Key, Entry)>::new().into_iter();
        let mut more = true;
        Ok(std::iter::from_fn(move || {
            loop {
                if let Some((key, entry)) = batch.next() {
                    let name = key.last().to_owned();
                    after = Some(key);
                    match entry.downcast() {
                        Some(record) => return Some((name, record)),
                        None => continue,
                    }
                }
                if !more {
                    return None;
                }
                let page = call
                    .tx
                    .scan(&prefix, after.as_ref(), BATCH, Direction::Ascending);
                more = page.more;
                batch = page.entries.into_iter();
            }
        }))
    }

    /// The key after which the page begins. AWS's text for a marker that it never gave is unknown.
    pub(super) fn after(&self) -> Result<Option<String>, Error> {
        let read = |marker: &String| {
            let bytes = BASE64.decode(marker.as_bytes()).ok()?;
            String::from_utf8(bytes)
                .ok()?
                .strip_prefix(MARK)
                .map(str::to_owned)
        };
        self.marker
            .as_ref()
            .map(|marker| read(marker).ok_or(Error::InvalidMarker))
            .transpose()
    }
}

/// What our markers begin with, so that others are not taken for ours.
const MARK: &str = "after:";

fn marker_after(key: &str) -> String {
    BASE64.encode(format!("{MARK}{key}").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(items: &[&str], size: usize) -> Vec<usize> {
        let (mut marker, mut sizes) = (None, Vec::new());
        loop {
            let paging = Paging {
                marker,
                max_items: Some(size),
            };
            let (page, rest) = paging.page(items.iter().map(|item| (*item, ()))).unwrap();
            sizes.push(
                serde_json::to_value(&page).unwrap()["member"]
                    .as_array()
                    .unwrap()
                    .len(),
            );
            assert_eq!(rest.is_truncated, rest.marker.is_some());
            marker = rest.marker;
            if marker.is_none() {
                return sizes;
            }
        }
    }

    #[test]
    fn a_last_page_that_is_full_is_the_last() {
        assert_eq!(pages(&["a", "b", "c", "d"], 2), [2, 2]);
        assert_eq!(pages(&["a", "b", "c"], 2), [2, 1]);
        assert_eq!(pages(&[], 2), [0]);
    }

    #[test]
    fn markers_name_the_item_before() {
        let paging = Paging {
            marker: Some(marker_after("b")),
            max_items: None,
        };
        let (page, _) = paging.page([("a", 1), ("c", 3)]).unwrap();
        assert_eq!(
            serde_json::to_value(&page).unwrap()["member"],
            serde_json::json!([3]),
            "b is gone"
        );
        for garbage in ["?", "YWJj", "AAAA", "/////w=="] {
            let paging = Paging {
                marker: Some(garbage.to_owned()),
                max_items: None,
            };
            assert_eq!(
                paging.page([("a", 1)]).map(drop),
                Err(Error::InvalidMarker),
                "{garbage}"
            );
        }
    }
}
