//! Keys: tuples of text, joined by NUL, ordered bytewise. Parts may hold anything but NUL, so
//! secret names keep their slashes.

use std::fmt;
use std::sync::Arc;

/// The key of an item: its kind, then parts from the widest to the narrowest.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(Arc<[u8]>);

impl Key {
    /// A key of a kind. A NUL inside a part is turned into U+FFFD, so that a part that came from
    /// outside can never reach another item.
    pub fn new(kind: &str, parts: &[&str]) -> Self {
        // Built on the stack, so that a look-up costs one allocation.
        let mut buffer = [0; SHORT];
        let length = kind.len() + parts.iter().map(|part| part.len() + 1).sum::<usize>();
        if length > SHORT || parts.iter().any(|part| part.as_bytes().contains(&0)) {
            return Self(join(kind, parts).into());
        }
        let mut end = kind.len();
        buffer[..end].copy_from_slice(kind.as_bytes());
        for part in parts {
            let start = end + 1;
            end = start + part.len();
            buffer[start..end].copy_from_slice(part.as_bytes());
        }
        Self(buffer[..end].into())
    }

    /// The kind and the parts.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.0
            .split(|&byte| byte == 0)
            .map(|part| std::str::from_utf8(part).unwrap_or_default())
    }

    /// The last part.
    pub fn last(&self) -> &str {
        let start = self.0.iter().rposition(|&byte| byte == 0);
        std::str::from_utf8(&self.0[start.map_or(0, |zero| zero + 1)..]).unwrap_or_default()
    }

    pub(crate) fn starts_with(&self, prefix: &Prefix) -> bool {
        self.0.starts_with(&prefix.0)
    }
}

/// Keys up to this length take the short way.
const SHORT: usize = 256;

/// All keys that begin with a kind and some parts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Prefix(Vec<u8>);

impl Prefix {
    /// The keys of a kind whose first parts are these.
    pub fn new(kind: &str, parts: &[&str]) -> Self {
        let mut bytes = join(kind, parts);
        bytes.push(0);
        Self(bytes)
    }

    /// The same, whose next part begins so.
    pub fn beginning(kind: &str, parts: &[&str], beginning: &str) -> Self {
        let mut prefix = Self::new(kind, parts);
        prefix.0.extend_from_slice(beginning.as_bytes());
        prefix
    }

    /// The first key behind those of the prefix. No byte of UTF-8 is the last there is.
    pub(crate) fn end_key(&self) -> Key {
        let mut bytes = self.0.clone();
        if let Some(last) = bytes.last_mut() {
            *last = last.saturating_add(1);
        }
        Key(bytes.as_slice().into())
    }

    pub(crate) fn first_key(&self) -> Key {
        Key(self.0.as_slice().into())
    }
}

fn join(kind: &str, parts: &[&str]) -> Vec<u8> {
    let mut bytes =
        Vec::with_capacity(kind.len() + parts.iter().map(|part| part.len() + 1).sum::<usize>());
    bytes.extend_from_slice(kind.as_bytes());
    for part in parts {
        bytes.push(0);
        if part.as_bytes().contains(&0) {
            // A byte that no text has, so that no other text becomes the same key.
            bytes.extend(part.bytes().map(|byte| if byte == 0 { 0xff } else { byte }));
        } else {
            bytes.extend_from_slice(part.as_bytes());
        }
    }
    bytes
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, part) in self.parts().enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            f.write_str(part)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{self}]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_cannot_reach_into_each_other() {
        let honest = Key::new("secret", &["1", "a", "b"]);
        assert_eq!(
            honest.parts().collect::<Vec<_>>(),
            ["secret", "1", "a", "b"]
        );
        assert_ne!(Key::new("secret", &["1", "a\0b"]), honest);
        let other = Key::new("secret", &["1", "a\u{fffd}b"]);
        assert_ne!(Key::new("secret", &["1", "a\0b"]), other);
        assert_eq!(honest.last(), "b");
    }

    #[test]
    fn long_and_short_keys_are_made_alike() {
        for length in [0, 1, 100, SHORT, 3 * SHORT] {
            let part = "x".repeat(length);
            let parts: Vec<&str> = vec!["1", &part];
            assert_eq!(&*Key::new("secret", &parts).0, join("secret", &parts));
        }
    }

    #[test]
    fn prefixes_end_at_a_part() {
        let prefix = Prefix::new("secret", &["1"]);
        assert!(Key::new("secret", &["1", "x"]).starts_with(&prefix));
        assert!(!Key::new("secret", &["12", "x"]).starts_with(&prefix));
        let beginning = Prefix::beginning("secret", &["1"], "ab");
        for (name, is_under) in [("ab", true), ("abc", true), ("a", false), ("ac", false)] {
            let key = Key::new("secret", &["1", name]);
            assert_eq!(key.starts_with(&beginning), is_under, "{name}");
            let is_between = beginning.first_key() <= key && key < beginning.end_key();
            assert_eq!(is_between, is_under, "{name}");
        }
    }
}
