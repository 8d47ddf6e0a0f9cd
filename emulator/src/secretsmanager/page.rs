//! Pages of a list. A token says after which item to go on, not how many came before, so a page
//! stays right while items come and go.

use std::borrow::Cow;
use std::cmp::Ordering;

use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;

use super::Error;
use crate::timestamp::Timestamp;
use crate::wire::Member;

pub(super) const MAX_RESULTS: Member = Member::integer("MaxResults", 1, 100);
pub(super) const NEXT_TOKEN: Member = Member::string("NextToken", 1, 4096);

/// How many items a page has if the caller does not say; the most it can have.
const DEFAULT_PAGE: usize = 100;

/// The place of an item in an order by time, ids settling what happened at once.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Position<'t> {
    pub(super) at: Timestamp,
    pub(super) id: Cow<'t, str>,
}

/// Which way a list runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
pub(super) enum Order {
    #[default]
    #[serde(rename = "asc")]
    Ascending,
    #[serde(rename = "desc")]
    Descending,
}

impl Order {
    fn compare(self, a: &Position<'_>, b: &Position<'_>) -> Ordering {
        match self {
            Self::Ascending => a.cmp(b),
            Self::Descending => b.cmp(a),
        }
    }
}

impl Position<'_> {
    pub(super) fn token(&self) -> String {
        BASE64URL_NOPAD.encode(format!("{}\0{}", self.at.millis(), self.id).as_bytes())
    }

    pub(super) fn read(token: &str) -> Result<Self, Error> {
        let read = || {
            let text = String::from_utf8(BASE64URL_NOPAD.decode(token.as_bytes()).ok()?).ok()?;
            let (millis, id) = text.split_once('\0')?;
            Some(Self {
                at: Timestamp::from_millis(millis.parse().ok()?),
                id: Cow::Owned(id.to_owned()),
            })
        };
        read().ok_or(Error::BadNextToken)
    }
}

/// Puts items in order, cuts a page from them, and makes the token of the next one if there is one.
/// All items are looked at, but no more of them are kept than two pages have.
pub(super) fn cut<T>(
    items: impl Iterator<Item = T>,
    position: impl for<'t> Fn(&'t T) -> Position<'t>,
    order: Order,
    max_results: Option<usize>,
    next_token: Option<&str>,
) -> Result<(Vec<T>, Option<String>), Error> {
    let after = next_token.map(Position::read).transpose()?;
    let is_shown = |item: &T| match &after {
        Some(after) => order.compare(&position(item), after).is_gt(),
        None => true,
    };
    let compare = |a: &T, b: &T| order.compare(&position(a), &position(b));
    let limit = max_results.unwrap_or(DEFAULT_PAGE);
    // One more than the page has, to know whether there is more.
    let keep = limit + 1;
    let mut first: Vec<T> = Vec::new();
    for item in items.filter(is_shown) {
        first.push(item);
        if first.len() == 2 * keep {
            first.select_nth_unstable_by(limit, compare);
            first.truncate(keep);
        }
    }
    first.sort_by(compare);
    let more = first.len() > limit;
    first.truncate(limit);
    let token = first.last().filter(|_| more);
    let token = token.map(|last| position(last).token());
    Ok((first, token))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position<'t>(item: &'t (i64, &str)) -> Position<'t> {
        Position {
            at: Timestamp::from_millis(item.0),
            id: item.1.into(),
        }
    }

    fn pages(order: Order) -> Vec<Vec<&'static str>> {
        let items = [(2, "b"), (1, "z"), (1, "a"), (3, "c"), (1, "m")];
        let (mut pages, mut token) = (Vec::new(), None);
        loop {
            let (page, next) = cut(
                items.into_iter(),
                position,
                order,
                Some(2),
                token.as_deref(),
            )
            .unwrap();
            pages.push(page.into_iter().map(|(_, id)| id).collect());
            token = next;
            if token.is_none() {
                return pages;
            }
        }
    }

    #[test]
    fn pages_follow_the_order_and_end_without_a_token() {
        assert_eq!(
            pages(Order::Ascending),
            [vec!["a", "m"], vec!["z", "b"], vec!["c"]]
        );
        assert_eq!(
            pages(Order::Descending),
            [vec!["c", "b"], vec!["z", "m"], vec!["a"]]
        );
        let (page, token) = cut(
            [(1, "a"), (2, "b")].into_iter(),
            position,
            Order::Ascending,
            Some(2),
            None,
        )
        .unwrap();
        assert_eq!(
            (page.len(), token),
            (2, None),
            "a full last page has no successor"
        );
    }

    #[test]
    fn foreign_tokens_are_refused() {
        for token in [
            "",
            "x",
            "AAAA",
            "ä",
            &BASE64URL_NOPAD.encode(b"12"),
            &BASE64URL_NOPAD.encode(b"x\0y"),
        ] {
            assert_eq!(Position::read(token), Err(Error::BadNextToken), "{token}");
        }
    }
}
