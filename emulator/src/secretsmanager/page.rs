//! Pages of a list. A token says after which item to go on, not how many came before, so a page
//! stays right while items come and go.

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
pub(super) struct Position {
    pub(super) at: Timestamp,
    pub(super) id: String,
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
    fn compare(self, a: &Position, b: &Position) -> Ordering {
        match self {
            Self::Ascending => a.cmp(b),
            Self::Descending => b.cmp(a),
        }
    }
}

impl Position {
    pub(super) fn token(&self) -> String {
        BASE64URL_NOPAD.encode(format!("{}\0{}", self.at.millis(), self.id).as_bytes())
    }

    pub(super) fn read(token: &str) -> Result<Self, Error> {
        let read = || {
            let text = String::from_utf8(BASE64URL_NOPAD.decode(token.as_bytes()).ok()?).ok()?;
            let (millis, id) = text.split_once('\0')?;
            Some(Self {
                at: Timestamp::from_millis(millis.parse().ok()?),
                id: id.to_owned(),
            })
        };
        read().ok_or(Error::BadNextToken)
    }
}

/// Puts items in order, cuts a page from them, and makes the token of the next one if there is one.
pub(super) fn cut<T>(
    items: impl Iterator<Item = T>,
    position: impl Fn(&T) -> Position,
    order: Order,
    max_results: Option<usize>,
    next_token: Option<&str>,
) -> Result<(Vec<T>, Option<String>), Error> {
    let after = next_token.map(Position::read).transpose()?;
    let mut items: Vec<(Position, T)> = items.map(|item| (position(&item), item)).collect();
    if let Some(after) = after {
        items.retain(|(position, _)| order.compare(position, &after).is_gt());
    }
    let limit = max_results.unwrap_or(DEFAULT_PAGE);
    let more = items.len() > limit;
    if more {
        // Of what is not on this page, no order is needed.
        items.select_nth_unstable_by(limit, |(a, _), (b, _)| order.compare(a, b));
        items.truncate(limit);
    }
    items.sort_by(|(a, _), (b, _)| order.compare(a, b));
    let token = items.last().filter(|_| more).map(|(last, _)| last.token());
    Ok((items.into_iter().map(|(_, item)| item).collect(), token))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position(item: &(i64, &str)) -> Position {
        Position {
            at: Timestamp::from_millis(item.0),
            id: item.1.to_owned(),
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
