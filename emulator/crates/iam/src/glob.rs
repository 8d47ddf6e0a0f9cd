//! `*` and `?` patterns: any run of characters, and exactly one unit of UTF-16, which nearly every
//! character is.
//!
//! Classified when compiled, so that most comparisons are of one slice. Matching never recurses and
//! never allocates; its time is at most pattern length times text length.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html#reference_policies_elements_resource_wildcards>

use std::fmt;

/// Whether letters of different case are equal. Action names ignore case, ARNs do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    Sensitive,
    Insensitive,
}

/// A compiled pattern, matched against a whole text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Glob {
    /// `*`
    Any,
    /// No wildcard.
    Exact(Box<str>),
    /// One `*`, at the end: what stands before it.
    Prefix(Box<str>),
    /// Anything else. Its ends are literal, and tell most texts apart at once.
    General {
        pattern: Box<str>,
        /// Where the first wildcard is.
        first: usize,
        /// What stands behind the last one, in bytes.
        behind: usize,
    },
}

impl Glob {
    pub(crate) fn new(pattern: &str) -> Self {
        match pattern.find(['*', '?']) {
            None => Self::Exact(pattern.into()),
            Some(0) if pattern == "*" => Self::Any,
            Some(at) if &pattern[at..] == "*" => Self::Prefix(pattern[..at].into()),
            Some(first) => Self::General {
                pattern: pattern.into(),
                first,
                behind: pattern.len() - pattern.rfind(['*', '?']).map_or(0, |last| last + 1),
            },
        }
    }

    /// The text before the first wildcard: whatever matches begins with it.
    pub(crate) fn beginning(&self) -> &str {
        match self {
            Self::Any => "",
            Self::Exact(text) | Self::Prefix(text) => text,
            Self::General { pattern, first, .. } => &pattern[..*first],
        }
    }

    /// The least number of bytes of what matches.
    pub(crate) fn shortest(&self) -> usize {
        match self {
            Self::Any => 0,
            Self::Exact(text) | Self::Prefix(text) => text.len(),
            Self::General { pattern, .. } => {
                pattern.len() - pattern.bytes().filter(|&byte| byte == b'*').count()
            }
        }
    }

    /// The last byte of what matches, if it is always the same.
    pub(crate) fn last(&self) -> Option<u8> {
        match self {
            Self::Any | Self::Prefix(_) => None,
            Self::Exact(text) => text.bytes().last(),
            Self::General { behind: 0, .. } => None,
            Self::General { pattern, .. } => pattern.bytes().last(),
        }
    }

    pub(crate) fn matches(&self, text: &str, case: Case) -> bool {
        match self {
            Self::Any => true,
            Self::Exact(exact) => equal(exact.as_bytes(), text.as_bytes(), case),
            Self::Prefix(prefix) => text
                .as_bytes()
                .get(..prefix.len())
                .is_some_and(|start| equal(prefix.as_bytes(), start, case)),
            Self::General {
                pattern,
                first,
                behind,
            } => {
                let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
                let (first, behind) = (*first, *behind);
                if text.len() < first + behind {
                    return false;
                }
                let (start, rest) = text.split_at(first);
                let (middle, end) = rest.split_at(rest.len() - behind);
                let (pattern, last) = pattern.split_at(pattern.len() - behind);
                equal(last, end, case)
                    && equal(&pattern[..first], start, case)
                    && general(&pattern[first..], middle, case)
            }
        }
    }
}

fn equal(a: &[u8], b: &[u8], case: Case) -> bool {
    match case {
        Case::Sensitive => a == b,
        Case::Insensitive => a.eq_ignore_ascii_case(b),
    }
}

/// What a pattern asks for next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token {
    /// Any run of characters.
    Run,
    /// One unit of UTF-16.
    One,
    Byte(u8),
}

/// A place in a pattern, from which the rest can be read more than once.
pub(crate) trait Tokens: Copy {
    fn next(&mut self) -> Option<Token>;
}

impl Tokens for &[u8] {
    fn next(&mut self) -> Option<Token> {
        let (first, rest) = self.split_first()?;
        *self = rest;
        Some(match first {
            b'*' => Token::Run,
            b'?' => Token::One,
            byte => Token::Byte(*byte),
        })
    }
}

/// Two pointers. Only the latest `*` is ever returned to: an earlier one could not do better,
/// because what stands between them has already matched as early as possible.
pub(crate) fn general<T: Tokens>(pattern: T, text: &[u8], case: Case) -> bool {
    matches_within(pattern, text, case, 0)
}

/// Like [`general`], but no wildcard before the fifth colon of the pattern stands for a colon: each
/// part of an ARN is matched apart.
pub(crate) fn arn<T: Tokens>(pattern: T, text: &[u8]) -> bool {
    matches_within(pattern, text, Case::Sensitive, 5)
}

fn matches_within<T: Tokens>(pattern: T, text: &[u8], case: Case, bounds: u8) -> bool {
    // Where the pattern and the text stand, and how many colons still bound wildcards.
    let mut here = (pattern, 0, bounds);
    let mut star: Option<(T, usize, u8)> = None;
    while here.1 < text.len() {
        let (mut pattern, at, bounds) = here;
        let crosses = |at: usize, bounds: u8| bounds > 0 && text[at] == b':';
        match pattern.next() {
            Some(Token::Run) => {
                here = (pattern, at, bounds);
                star = Some(here);
                continue;
            }
            Some(Token::One) if !crosses(at, bounds) => {
                here = (pattern, next_unit(text, at), bounds);
                continue;
            }
            Some(Token::Byte(byte)) if equal(&[byte], &text[at..=at], case) => {
                here = (pattern, at + 1, bounds - u8::from(crosses(at, bounds)));
                continue;
            }
            _ => {}
        }
        let Some((pattern, taken, bounds)) = star else {
            return false;
        };
        if crosses(taken, bounds) {
            return false;
        }
        here = (pattern, next_unit(text, taken), bounds);
        star = Some(here);
    }
    let mut rest = here.0;
    std::iter::from_fn(|| rest.next()).all(|token| token == Token::Run)
}

/// `?` stands for a unit of UTF-16: not for a byte of a character, but for half of one that takes
/// four. No literal text begins or ends between the halves.
fn next_unit(text: &[u8], at: usize) -> usize {
    if text[at] >= 0xf0 {
        return at + 2;
    }
    let is_continuation = |byte: &&u8| **byte & 0b1100_0000 == 0b1000_0000;
    at + 1 + text[at + 1..].iter().take_while(is_continuation).count()
}

impl fmt::Display for Glob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("*"),
            Self::Exact(text) | Self::General { pattern: text, .. } => f.write_str(text),
            Self::Prefix(text) => write!(f, "{text}*"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn naive(pattern: &[u16], text: &[u16], case: Case) -> bool {
        const STAR: u16 = b'*' as u16;
        const ONE: u16 = b'?' as u16;
        let lower =
            |unit: &u16| u8::try_from(*unit).map_or(*unit, |b| b.to_ascii_lowercase().into());
        match (pattern, text) {
            ([], []) => true,
            ([STAR, rest @ ..], _) => {
                naive(rest, text, case) || (!text.is_empty() && naive(pattern, &text[1..], case))
            }
            ([ONE, rest @ ..], [_, tail @ ..]) => naive(rest, tail, case),
            ([a, rest @ ..], [b, tail @ ..]) => {
                (a == b || case == Case::Insensitive && lower(a) == lower(b))
                    && naive(rest, tail, case)
            }
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_definition(
            pattern in "[aAbé𐐀*?]{0,8}",
            text in "[aAbBé𐐀𐐨]{0,10}",
            ignore_case in any::<bool>(),
        ) {
            let case = if ignore_case { Case::Insensitive } else { Case::Sensitive };
            let units = |s: &str| s.encode_utf16().collect::<Vec<_>>();
            let matches = naive(&units(&pattern), &units(&text), case);
            let glob = Glob::new(&pattern);
            prop_assert_eq!(glob.matches(&text, case), matches);
            if matches && case == Case::Sensitive {
                prop_assert!(text.len() >= glob.shortest() && text.starts_with(glob.beginning()));
                prop_assert!(glob.last().is_none_or(|last| text.bytes().last() == Some(last)));
            }
        }
    }

    #[test]
    fn table() {
        for (pattern, text, expected) in [
            ("*", "", true),
            ("", "", true),
            ("?", "", false),
            ("?", "é", true),
            ("??", "é", false),
            ("?", "𐐀", false),
            ("??", "𐐀", true),
            ("𐐀?", "𐐀x", true),
            ("𐐀?", "𐐀𐐨", false),
            ("a*?b", "a𐐀b", true),
            ("a?*b", "a𐐀b", true),
            ("secret:db-??????", "secret:db-AbCdEf", true),
            ("secret:db-??????", "secret:db-AbCdE", false),
            ("secret:*-??????", "secret:a-b-AbCdEf", true),
            ("a*", "A", false),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-b-b-", false),
            ("***", "x", true),
        ] {
            let matched = Glob::new(pattern).matches(text, Case::Sensitive);
            assert_eq!(matched, expected, "{pattern} against {text}");
        }
    }

    #[test]
    fn wildcards_stay_within_the_parts_of_an_arn() {
        for (pattern, text, expected) in [
            ("arn:*:s3:::b", "arn:aws:s3:::b", true),
            ("arn:*:::b", "arn:aws:s3:::b", false),
            ("arn:*", "arn:aws:s3:::b", false),
            ("arn:aws:s3:::*", "arn:aws:s3:::b:c/d", true),
            ("arn:aws:s3:::*:?", "arn:aws:s3:::b:c:d", true),
            ("arn?aws:s3:::b", "arn:aws:s3:::b", false),
            ("arn:a*s:*3:::b", "arn:aws:s3:::b", true),
            ("arn:*s:s3:*:*:b", "arn:aws:s3:eu:1:b", true),
        ] {
            assert_eq!(
                arn(pattern.as_bytes(), text.as_bytes()),
                expected,
                "{pattern} against {text}"
            );
        }
    }

    #[test]
    fn many_stars_stay_cheap() {
        let pattern = format!("{}b", "*a".repeat(3_000));
        let text = "a".repeat(6_000);
        assert!(!Glob::new(&pattern).matches(&text, Case::Sensitive));
    }
}
