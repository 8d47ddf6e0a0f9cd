//! Comparing patterns with patterns: whether one covers another, and whether two have a text in
//! common. Sound: "covers" and "apart" are only said when they are certain.
//!
//! Never spends more than a fixed effort on one policy. When it is used up, nothing covers anything
//! and everything may overlap, so that nothing is claimed.

use std::cell::Cell;

use crate::glob::Case;

/// Steps of comparisons for one policy: a fraction of a second.
const LIMIT: usize = 20_000_000;

#[derive(Debug)]
pub(super) struct Effort(Cell<usize>);

impl Default for Effort {
    fn default() -> Self {
        Self(Cell::new(LIMIT))
    }
}

impl Effort {
    pub(super) fn is_spent(&self) -> bool {
        self.0.get() == 0
    }

    /// Whether there is that much left. Once there is not, there never is again.
    pub(super) fn spend(&self, steps: usize) -> bool {
        let left = self.0.get().saturating_sub(steps.max(1));
        self.0.set(left);
        left > 0
    }

    /// Whether everything that `b` matches is matched by `a`.
    pub(super) fn covers(&self, a: &str, b: &str, case: Case) -> bool {
        let Some(literal) = a.find(['*', '?']) else {
            // An exact text covers only itself.
            return self.spend(1) && equal(a.as_bytes(), b.as_bytes(), case);
        };
        // Most patterns differ early.
        let begins = b.as_bytes().get(..literal);
        let begins = begins.is_some_and(|start| equal(&a.as_bytes()[..literal], start, case));
        self.spend(1)
            && begins
            && self.spend(a.len() * b.len())
            && covers(&tokens(a, case), &tokens(b, case))
    }

    /// Whether there is a text that both match.
    pub(super) fn overlaps(&self, a: &str, b: &str, case: Case) -> bool {
        !self.spend(a.len() * b.len()) || overlaps(&tokens(a, case), &tokens(b, case))
    }
}

fn equal(a: &[u8], b: &[u8], case: Case) -> bool {
    match case {
        Case::Sensitive => a == b,
        Case::Insensitive => a.eq_ignore_ascii_case(b),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Run,
    One,
    /// Of UTF-16, which is what `?` stands for.
    Unit(u16),
}

/// In a row of wildcards the order does not matter; here each `?` goes before the `*`, and one `*`
/// does for several.
fn tokens(pattern: &str, case: Case) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(pattern.len());
    let mut has_run = false;
    for unit in pattern.encode_utf16() {
        match u8::try_from(unit) {
            Ok(b'*') => has_run = true,
            Ok(b'?') => tokens.push(Token::One),
            ascii => {
                if std::mem::take(&mut has_run) {
                    tokens.push(Token::Run);
                }
                tokens.push(Token::Unit(match (case, ascii) {
                    (Case::Insensitive, Ok(byte)) => byte.to_ascii_lowercase().into(),
                    _ => unit,
                }));
            }
        }
    }
    if has_run {
        tokens.push(Token::Run);
    }
    tokens
}

/// Matches `b` as if it were a text in which a wildcard is a unit of its own: only a wildcard
/// of `a` matches it. `*` of `b` is matched by `*` alone.
fn covers(a: &[Token], b: &[Token]) -> bool {
    let (mut i, mut j) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while let Some(asked) = b.get(j) {
        let fits = match a.get(i) {
            Some(Token::Run) => {
                star = Some((i + 1, j));
                i += 1;
                continue;
            }
            Some(Token::One) => *asked != Token::Run,
            Some(unit) => unit == asked,
            None => false,
        };
        if fits {
            (i, j) = (i + 1, j + 1);
        } else if let Some((after, taken)) = star {
            star = Some((after, taken + 1));
            (i, j) = (after, taken + 1);
        } else {
            return false;
        }
    }
    a[i..].iter().all(|token| *token == Token::Run)
}

/// Walks both at once. `reached[j]` is whether what is read of `a` and the first `j` of `b` can
/// match the same text.
fn overlaps(a: &[Token], b: &[Token]) -> bool {
    let mut reached = vec![false; b.len() + 1];
    reached[0] = true;
    for (j, token) in b.iter().enumerate() {
        reached[j + 1] = reached[j] && *token == Token::Run;
    }
    for asked in a {
        let mut next = vec![false; b.len() + 1];
        next[0] = reached[0] && *asked == Token::Run;
        for (j, token) in b.iter().enumerate() {
            next[j + 1] = match (asked, token) {
                (Token::Run, _) | (_, Token::Run) => next[j] || reached[j + 1],
                (Token::One, _) | (_, Token::One) => reached[j],
                (x, y) => reached[j] && x == y,
            };
        }
        reached = next;
    }
    reached[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glob::Glob;
    use proptest::prelude::*;

    fn cases() -> impl Strategy<Value = Case> {
        prop_oneof![Just(Case::Sensitive), Just(Case::Insensitive)]
    }

    /// A text that the pattern matches, the wildcards filled from `fill`.
    fn sample(pattern: &str, fill: &[String]) -> String {
        let mut fill = fill.iter().cycle();
        let mut text = String::new();
        for character in pattern.chars() {
            let filled = fill.next().map_or("", String::as_str);
            match character {
                '*' => text.push_str(filled),
                '?' => text.push(filled.chars().next().unwrap_or('é')),
                other => text.push(other),
            }
        }
        text
    }

    proptest! {
        #[test]
        fn what_is_covered_is_matched(
            a in "[aAé𐐀*?]{0,6}", b in "[aAé𐐀*?]{0,6}", fill in prop::collection::vec("[aAéx]{0,3}", 1..5),
            case in cases(),
        ) {
            let effort = Effort::default();
            let text = sample(&b, &fill);
            prop_assert!(Glob::new(&b).matches(&text, case));
            if effort.covers(&a, &b, case) {
                prop_assert!(Glob::new(&a).matches(&text, case), "{} covers {} but not {}", a, b, text);
            }
            if Glob::new(&a).matches(&text, case) {
                prop_assert!(effort.overlaps(&a, &b, case), "{} and {} match {}", a, b, text);
            }
        }

        /// With a letter that no pattern has, filling decides covering exactly.
        #[test]
        fn what_is_not_covered_has_a_witness(a in "[ab*?]{0,5}", b in "[ab*?]{0,5}") {
            let case = Case::Sensitive;
            let stranger = ["x".to_owned()];
            let many = ["xxxxxxxxxxxx".to_owned()];
            let witness = [&stranger[..], &many, &[String::new(), "x".into()]]
                .map(|fill| Glob::new(&a).matches(&sample(&b, fill), case));
            if witness.contains(&false) {
                prop_assert!(!Effort::default().covers(&a, &b, case));
            }
        }
    }

    #[test]
    fn table() {
        for (a, b, covers, overlaps) in [
            ("*", "", true, true),
            ("*", "*", true, true),
            ("?", "*", false, true),
            ("?*", "*?", true, true),
            ("*?*", "?", true, true),
            ("a*", "ab?", true, true),
            ("a?", "a*", false, true),
            ("a*c", "ab", false, false),
            ("a*c", "a*bc", true, true),
            ("a*", "b*", false, false),
            ("a*b", "*c", false, false),
            ("*a", "b*", false, true),
            ("secret:db-*", "secret:db-??????", true, true),
            ("secret:db-??????", "secret:db-*", false, true),
            ("?*-??????", "secret-?????", false, false),
        ] {
            let effort = Effort::default();
            assert_eq!(
                effort.covers(a, b, Case::Sensitive),
                covers,
                "{a} covers {b}"
            );
            assert_eq!(
                effort.overlaps(a, b, Case::Sensitive),
                overlaps,
                "{a} overlaps {b}"
            );
        }
    }

    #[test]
    fn nothing_is_claimed_when_the_effort_is_spent() {
        let effort = Effort::default();
        assert!(!effort.spend(LIMIT) && effort.is_spent());
        assert!(!effort.covers("a", "a", Case::Sensitive));
        assert!(effort.overlaps("a", "b", Case::Sensitive));
    }
}
