//! Finds the statements that may name an action and a resource, so that the others cost nothing.
//!
//! Yields candidates only: a hash may collide, so every candidate is still compared in full.

use crate::arn::{Arn, ResourcePattern};
use crate::glob::Glob;

/// The statements of one effect, by action and by the literal text that begins their resource
/// patterns. Statements that share action and beginning are tried one by one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    /// Hash of both, and the number of a statement; ascending.
    entries: Box<[(u64, u32)]>,
    /// For each way of naming actions, which lengths of beginnings there are: a bit for each.
    lengths: [u64; 3],
}

/// How a pattern names actions.
#[derive(Debug, Clone, Copy)]
enum Class {
    /// Without wildcards.
    Exact,
    /// The name alone has wildcards.
    Service,
    /// `*`, wildcards in the service, `NotAction`.
    Open,
}

/// Beginnings are cut at this length, so that all lengths fit into one word.
const LONGEST: usize = 63;

/// A statement with more pairs of action and resource than this is found by its actions alone.
const MOST_PAIRS: usize = 256;

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

    /// In the order of [`Class`].
    fn by_class(self) -> [u64; 3] {
        [self.exact, self.service, OPEN]
    }
}

/// What the index has to know of a statement.
pub(crate) struct Scope<'a> {
    pub(crate) number: u32,
    /// None for `NotAction`.
    pub(crate) actions: Option<&'a [Glob]>,
    /// None for `NotResource` and where there is no resource.
    pub(crate) resources: Option<&'a [ResourcePattern]>,
}

impl Index {
    pub(crate) fn new<'a>(statements: impl Iterator<Item = Scope<'a>>) -> Self {
        let (mut entries, mut lengths) = (Vec::new(), [0; 3]);
        for Scope {
            number,
            actions,
            resources,
        } in statements
        {
            let places: Vec<(Class, u64)> = match actions {
                Some(patterns) => patterns.iter().map(place).collect(),
                None => vec![(Class::Open, OPEN)],
            };
            let beginnings: Vec<&[u8]> = match resources {
                Some(patterns) if places.len() * patterns.len() <= MOST_PAIRS => {
                    patterns.iter().filter_map(beginning).collect()
                }
                _ => vec![b""],
            };
            for (class, action) in places {
                for beginning in &beginnings {
                    lengths[class as usize] |= 1 << beginning.len();
                    entries.push((join(action, beginning.iter().fold(SEED, step)), number));
                }
            }
        }
        entries.sort_unstable();
        entries.dedup();
        Self {
            entries: entries.into(),
            lengths,
        }
    }

    /// The lowest number among the candidates that pass.
    pub(crate) fn first(
        &self,
        keys: ActionKeys,
        resource: Option<&Arn<'_>>,
        passes: impl Fn(u32) -> bool,
    ) -> Option<u32> {
        let mut best: Option<u32> = None;
        self.each_list(keys, resource, |numbers| {
            best = numbers
                .take_while(|&number| best.is_none_or(|best| number < best))
                .find(|&number| passes(number))
                .or(best);
        });
        best
    }

    /// Each candidate, in no particular order; a statement may come more than once.
    pub(crate) fn each(
        &self,
        keys: ActionKeys,
        resource: Option<&Arn<'_>>,
        mut visit: impl FnMut(u32),
    ) {
        self.each_list(keys, resource, |numbers| numbers.for_each(&mut visit));
    }

    /// The lists of candidates, each ascending: one for each way of naming the action and each
    /// length of a beginning that the resource has too.
    fn each_list(
        &self,
        keys: ActionKeys,
        resource: Option<&Arn<'_>>,
        mut visit: impl FnMut(&mut dyn Iterator<Item = u32>),
    ) {
        let text = resource.map_or(&b""[..], |arn| arn[5].as_bytes());
        let [exact, service, open] = self.lengths;
        let mut lengths = exact | service | open;
        let (mut beginning, mut hashed) = (SEED, 0);
        while lengths != 0 {
            let length = lengths.trailing_zeros() as usize;
            let Some(more) = text.get(hashed..length) else {
                return;
            };
            (beginning, hashed) = (more.iter().fold(beginning, step), length);
            for (action, lengths) in keys.by_class().into_iter().zip(self.lengths) {
                if lengths >> length & 1 == 1 {
                    visit(&mut find(&self.entries, join(action, beginning)));
                }
            }
            lengths &= lengths - 1;
        }
    }
}

fn place(pattern: &Glob) -> (Class, u64) {
    let pattern = match pattern {
        Glob::Any => return (Class::Open, OPEN),
        Glob::Exact(action) => return (Class::Exact, hash(action)),
        Glob::Prefix(pattern) | Glob::General { pattern, .. } => pattern,
    };
    match pattern.split_once(':') {
        Some((service, _)) if !service.contains(['*', '?']) => (Class::Service, hash(service)),
        _ => (Class::Open, OPEN),
    }
}

fn beginning(pattern: &ResourcePattern) -> Option<&[u8]> {
    let text = pattern.beginning()?;
    Some(&text.as_bytes()[..text.len().min(LONGEST)])
}

fn find(list: &[(u64, u32)], key: u64) -> impl Iterator<Item = u32> {
    let start = list.partition_point(|(known, _)| *known < key);
    list[start..]
        .iter()
        .take_while(move |(known, _)| *known == key)
        .map(|(_, number)| *number)
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;
/// Stands for any action; no text has this hash on purpose, and a collision would do no harm.
const OPEN: u64 = 0;

/// One step of FNV-1a.
fn step(hash: u64, byte: &u8) -> u64 {
    (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
}

/// One hash of an action's and a beginning's.
fn join(action: u64, beginning: u64) -> u64 {
    action.rotate_left(29) ^ beginning
}

/// Over ASCII lower case: actions ignore case, and lower-casing a request's action would allocate.
fn hash(text: &str) -> u64 {
    extend(SEED, text)
}

/// The hash of a longer text, from that of its beginning.
fn extend(hash: u64, text: &str) -> u64 {
    text.bytes()
        .fold(hash, |hash, byte| step(hash, &byte.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;
    use crate::arn;

    const SECRET: &str = "arn:aws:secretsmanager:us-east-1:111122223333:secret:";

    fn index(statements: &[(&[&str], &[&str])]) -> Index {
        let compiled: Vec<(Vec<Glob>, Vec<ResourcePattern>)> = statements
            .iter()
            .map(|(actions, resources)| {
                let resource = |text: &&str| match *text {
                    "*" => ResourcePattern::new("*", Kind::Identity, true),
                    text => ResourcePattern::new(&format!("{SECRET}{text}"), Kind::Identity, true),
                };
                (
                    actions.iter().map(|a| Glob::new(a)).collect(),
                    resources.iter().map(resource).collect(),
                )
            })
            .collect();
        Index::new(
            (0..)
                .zip(&compiled)
                .map(|(number, (actions, resources))| Scope {
                    number,
                    actions: Some(actions),
                    resources: Some(resources),
                }),
        )
    }

    fn candidates(index: &Index, action: &str, resource: Option<&str>) -> Vec<u32> {
        let arn = resource.map(|name| format!("{SECRET}{name}"));
        let mut found = Vec::new();
        let parts = arn.as_deref().map(arn::split);
        index.each(ActionKeys::new(action), parts.as_ref(), |n| found.push(n));
        found.sort_unstable();
        found
    }

    #[test]
    fn the_first_of_all_lists() {
        let all: &[&str] = &["*"];
        let index = index(&[
            (&["kms:Decrypt"], all),
            (&["s3:Get*"], all),
            (&["S3:getobject", "s3:GetObject"], all),
            (&["*"], all),
            (&["s?:*"], all),
        ]);
        assert_eq!(candidates(&index, "s3:GetObject", None), [1, 2, 3, 4]);
        let first = |from: u32| index.first(ActionKeys::new("s3:GetObject"), None, |n| n >= from);
        assert_eq!([first(0), first(2), first(3)], [Some(1), Some(2), Some(3)]);
        assert_eq!(first(5), None);
    }

    #[test]
    fn resources_tell_statements_apart() {
        let long = "x".repeat(2 * LONGEST);
        let index = index(&[
            (&["s:Get"], &["db-??????"]),
            (&["s:Get"], &["db-AbCdEf", "other"]),
            (&["s:Get"], &["*-AbCdEf"]),
            (&["s:*"], &["d*"]),
            (&["s:Get"], &["app"]),
            (&["*"], &[&long]),
        ]);
        assert_eq!(candidates(&index, "s:Get", Some("db-AbCdEf")), [0, 1, 2, 3]);
        assert_eq!(candidates(&index, "s:Put", Some("db-AbCdEf")), [3]);
        assert_eq!(candidates(&index, "s:Get", Some("app")), [2, 4]);
        assert_eq!(candidates(&index, "s:Put", Some(&long)), [5]);
        assert_eq!(candidates(&index, "s:Get", None), [0; 0]);
    }
}
