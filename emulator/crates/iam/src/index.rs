//! Finds the statements that may name an action, so that the others cost nothing.
//!
//! Yields candidates only: a hash may collide, so every candidate is still compared in full.

use crate::glob::Glob;

/// The statements of one effect, by action. Three lists of ascending statement numbers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    /// By an action without wildcards.
    exact: Box<[(u64, u32)]>,
    /// By the service of an action whose name alone has wildcards.
    service: Box<[(u64, u32)]>,
    /// `*`, wildcards in the service, `NotAction`.
    open: Box<[u32]>,
}

/// The hashes of a request's action.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ActionKeys {
    exact: u64,
    service: u64,
}

impl ActionKeys {
    pub(crate) fn new(action: &str) -> Self {
        let name = action
            .bytes()
            .position(|byte| byte == b':')
            .unwrap_or(action.len());
        let service = hash(&action[..name]);
        Self {
            exact: extend(service, &action[name..]),
            service,
        }
    }
}

impl Index {
    /// Of statements and their action patterns; None for `NotAction`.
    pub(crate) fn new<'a>(statements: impl Iterator<Item = (u32, Option<&'a [Glob]>)>) -> Self {
        let (mut exact, mut service, mut open) = (Vec::new(), Vec::new(), Vec::new());
        for (number, patterns) in statements {
            let Some(patterns) = patterns else {
                open.push(number);
                continue;
            };
            for pattern in patterns {
                match place(pattern) {
                    Place::Exact(action) => exact.push((hash(action), number)),
                    Place::Service(name) => service.push((hash(name), number)),
                    Place::Open => open.push(number),
                }
            }
        }
        exact.sort_unstable();
        exact.dedup();
        service.sort_unstable();
        service.dedup();
        open.dedup();
        Self {
            exact: exact.into(),
            service: service.into(),
            open: open.into(),
        }
    }

    /// The lowest number among the candidates that pass.
    pub(crate) fn first(&self, keys: ActionKeys, passes: impl Fn(u32) -> bool) -> Option<u32> {
        let first = |numbers: &mut dyn Iterator<Item = u32>, before: Option<u32>| {
            numbers
                .take_while(|&number| before.is_none_or(|before| number < before))
                .find(|&number| passes(number))
                .or(before)
        };
        let best = first(&mut find(&self.exact, keys.exact), None);
        let best = first(&mut find(&self.service, keys.service), best);
        first(&mut self.open.iter().copied(), best)
    }

    /// In no particular order; a statement may come more than once.
    pub(crate) fn candidates(&self, keys: ActionKeys) -> impl Iterator<Item = u32> {
        find(&self.exact, keys.exact)
            .chain(find(&self.service, keys.service))
            .chain(self.open.iter().copied())
    }
}

enum Place<'a> {
    Exact(&'a str),
    Service(&'a str),
    Open,
}

fn place(pattern: &Glob) -> Place<'_> {
    let pattern = match pattern {
        Glob::Any => return Place::Open,
        Glob::Exact(action) => return Place::Exact(action),
        Glob::Prefix(pattern) | Glob::General(pattern) => pattern,
    };
    match pattern.split_once(':') {
        Some((service, _)) if !service.contains(['*', '?']) => Place::Service(service),
        _ => Place::Open,
    }
}

fn find(list: &[(u64, u32)], key: u64) -> impl Iterator<Item = u32> {
    let start = list.partition_point(|(known, _)| *known < key);
    list[start..]
        .iter()
        .take_while(move |(known, _)| *known == key)
        .map(|(_, number)| *number)
}

/// FNV-1a over ASCII lower case: actions ignore case, and lower-casing a request's action would
/// allocate.
fn hash(text: &str) -> u64 {
    extend(0xcbf2_9ce4_8422_2325, text)
}

/// The hash of a longer text, from that of its beginning.
fn extend(hash: u64, text: &str) -> u64 {
    text.bytes().fold(hash, |hash, byte| {
        (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_all_lists() {
        let patterns: [&[&str]; 5] = [
            &["kms:Decrypt"],
            &["s3:Get*"],
            &["S3:getobject", "s3:GetObject"],
            &["*"],
            &["s?:*"],
        ];
        let globs =
            patterns.map(|actions| actions.iter().map(|a| Glob::new(a)).collect::<Vec<_>>());
        let index = Index::new(
            (0..)
                .zip(&globs)
                .map(|(n, globs)| (n, Some(globs.as_slice()))),
        );
        let keys = ActionKeys::new("s3:GetObject");
        let mut candidates: Vec<_> = index.candidates(keys).collect();
        candidates.sort_unstable();
        assert_eq!(candidates, [1, 2, 3, 4]);
        assert_eq!(index.first(keys, |_| true), Some(1));
        assert_eq!(index.first(keys, |n| n > 1), Some(2));
        assert_eq!(index.first(keys, |n| n > 2), Some(3));
        assert_eq!(index.first(keys, |_| false), None);
    }
}
