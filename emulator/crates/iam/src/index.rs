//! Finds the statements that may name an action and a resource, so that the others cost nothing.
//!
//! Yields candidates only: a hash may collide, so every candidate is still compared in full.

use crate::arn::{Arn, ResourcePattern};
use crate::glob::Glob;

/// The statements of one effect, by action and by the literal text that begins their resource
/// patterns. Statements that share action and beginning are tried one by one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    /// By hash, then by number.
    entries: Box<[Entry]>,
    /// For each way of naming actions, which lengths of beginnings there are: a bit for each.
    lengths: [u64; 3],
}

/// A statement, where it may be found.
#[derive(Debug, Clone, Copy)]
struct Entry {
    /// Of its action and of the beginning of its resource.
    hash: u64,
    number: u32,
    end: End,
}

/// What the end of a resource must be like for a pattern to match: enough to pass over most patterns
/// that share a beginning without looking at them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct End {
    /// The least length in bytes.
    shortest: u16,
    /// The last byte; 0 if it may be any.
    last: u8,
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
            let beginnings: Vec<(&[u8], End)> = match resources {
                Some(patterns) if places.len() * patterns.len() <= MOST_PAIRS => patterns
                    .iter()
                    .filter_map(|pattern| Some((beginning(pattern)?, End::of(pattern))))
                    .collect(),
                _ => vec![(b"", End::ANY)],
            };
            for (class, action) in places {
                for (beginning, end) in &beginnings {
                    lengths[class as usize] |= 1 << beginning.len();
                    entries.push(Entry {
                        hash: join(action, beginning.iter().fold(SEED, step)),
                        number,
                        end: *end,
                    });
                }
            }
        }
        entries.sort_unstable_by_key(|entry| (entry.hash, entry.number));
        entries.dedup_by(|next, kept| {
            let is_same = (next.hash, next.number) == (kept.hash, kept.number);
            if is_same {
                kept.end = kept.end.or(next.end);
            }
            is_same
        });
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
                    visit(&mut find(&self.entries, join(action, beginning), text));
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

fn find(entries: &[Entry], hash: u64, resource: &[u8]) -> impl Iterator<Item = u32> {
    let start = entries.partition_point(|entry| entry.hash < hash);
    let (length, last) = (resource.len(), resource.last().copied().unwrap_or(0));
    entries[start..]
        .iter()
        .take_while(move |entry| entry.hash == hash)
        .filter(move |entry| entry.end.fits(length, last))
        .map(|entry| entry.number)
}

impl End {
    const ANY: Self = Self {
        shortest: 0,
        last: 0,
    };

    fn of(pattern: &ResourcePattern) -> Self {
        match pattern {
            ResourcePattern::Parts(parts) => Self {
                shortest: u16::try_from(parts[5].shortest()).unwrap_or(u16::MAX),
                last: parts[5].last().unwrap_or(0),
            },
            // `*`, and what is known only when variables are filled in.
            _ => Self::ANY,
        }
    }

    /// Of two patterns of one statement.
    fn or(self, other: Self) -> Self {
        Self {
            shortest: self.shortest.min(other.shortest),
            last: if self.last == other.last {
                self.last
            } else {
                0
            },
        }
    }

    fn fits(self, length: usize, last: u8) -> bool {
        usize::from(self.shortest) <= length && (self.last == 0 || self.last == last)
    }
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
mod tests;
