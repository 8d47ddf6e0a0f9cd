//! Every target over its corpus, and over a few hundred mutations of it.

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use super::TARGETS;

/// Enough to notice a property that no longer holds, not to look for one that never did.
const MUTATIONS: usize = 300;

/// One test, as a thread for each target would not be quicker on few cores.
#[test]
fn properties_hold_over_the_corpora() {
    for (name, target) in TARGETS {
        let corpus = corpus(name);
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        for (file, seed) in &corpus {
            check(target, seed, &format!("{name}/{file}"));
        }
        for number in 0..MUTATIONS {
            let mutant = random.mutant(&corpus);
            check(target, &mutant, &format!("{name}, mutation {number}"));
        }
    }
}

fn check(target: fn(&[u8]), data: &[u8], what: &str) {
    let outcome = catch_unwind(|| target(data));
    assert!(outcome.is_ok(), "{what}: {}", data.escape_ascii());
}

/// The files of a corpus in the order of their names.
fn corpus(name: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(name);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    let mut files: Vec<_> = entries
        .map(|entry| entry.unwrap())
        .map(|entry| {
            (
                entry.file_name().into_string().unwrap(),
                fs::read(entry.path()).unwrap(),
            )
        })
        .collect();
    assert!(!files.is_empty(), "{folder:?} is empty");
    files.sort();
    files
}

/// Xorshift: the same mutations every time.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % bound.max(1)
    }

    fn mutant(&mut self, corpus: &[(String, Vec<u8>)]) -> Vec<u8> {
        let mut data = corpus[self.below(corpus.len())].1.clone();
        for _ in 0..=self.below(4) {
            let at = self.below(data.len());
            let end = (at + self.below(16)).min(data.len());
            match self.below(5) {
                0 if !data.is_empty() => data[at] = self.below(256) as u8,
                1 => data.insert(at, b"\"{}[]:,&=%/\n\0\xff*"[self.below(15)]),
                2 => drop(data.drain(at..end)),
                3 => data.splice(at..at, data[at..end].to_vec()).for_each(drop),
                _ => {
                    let other = &corpus[self.below(corpus.len())].1;
                    data.truncate(at);
                    data.extend(&other[self.below(other.len())..]);
                }
            }
        }
        data
    }
}
