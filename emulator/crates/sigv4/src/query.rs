//! The query string: read, re-encoded, sorted. Never merged with a form body, which is payload.

use std::borrow::Cow;

use crate::encoding::push_encoded;
use crate::error::Error;

/// The parameters, each name and value decoded and encoded again, so that one spelling is left of each.
pub(crate) struct Query(Vec<(Vec<u8>, Vec<u8>)>);

impl Query {
    pub(crate) fn parse(query: &str) -> Result<Self, Error> {
        if query.is_empty() {
            return Ok(Self(Vec::new()));
        }
        let parameters = query.split('&').filter(|p| !p.is_empty()).map(|parameter| {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            Ok((respell(name)?, respell(value)?))
        });
        parameters.collect::<Result<_, _>>().map(Self)
    }

    /// The decoded value of the first parameter of that name, which must need no escapes. What is not UTF-8 in it
    /// becomes replacement characters, and so will fit nothing.
    pub(crate) fn first(&self, name: &str) -> Option<String> {
        let (_, value) = self.0.iter().find(|(n, _)| n == name.as_bytes())?;
        Some(match String::from_utf8_lossy(&decode(value)) {
            Cow::Borrowed(text) => text.to_owned(),
            Cow::Owned(text) => text,
        })
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(n, _)| n == name.as_bytes())
    }

    /// Appends the canonical query, sorted by the bytes of the encoded name, then of the encoded value.
    pub(crate) fn write(mut self, without: Option<&str>, out: &mut Vec<u8>) {
        self.0
            .retain(|(name, _)| without.is_none_or(|w| w.as_bytes() != name));
        self.0.sort_unstable();
        for (i, (name, value)) in self.0.iter().enumerate() {
            if i > 0 {
                out.push(b'&');
            }
            out.extend_from_slice(name);
            out.push(b'=');
            out.extend_from_slice(value);
        }
    }
}

/// `+` is a space, as in forms: what is verified must be what a form reader will see. SDKs write `%20` or `%2B`.
fn respell(text: &str) -> Result<Vec<u8>, Error> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, tail @ ..] = rest {
        rest = tail;
        match byte {
            b'%' => {
                let [high, low, tail @ ..] = tail else {
                    return Err(Error::IncompleteEscape);
                };
                let Some(byte) = digits(*high, *low) else {
                    return Err(Error::IllegalEscape(
                        String::from_utf8_lossy(&[*high, *low]).into_owned(),
                    ));
                };
                push_encoded(&mut out, byte);
                rest = tail;
            }
            b'+' => push_encoded(&mut out, b' '),
            byte => push_encoded(&mut out, *byte),
        }
    }
    Ok(out)
}

/// Of what `respell` wrote.
fn decode(encoded: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(encoded.len());
    let mut rest = encoded;
    while let [byte, tail @ ..] = rest {
        (rest, _) = match (byte, tail) {
            (b'%', [high, low, tail @ ..]) => (tail, out.extend(digits(*high, *low))),
            _ => (tail, out.push(*byte)),
        };
    }
    out
}

fn digits(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| {
        char::from(byte)
            .to_digit(16)
            .and_then(|d| u8::try_from(d).ok())
    };
    Some(digit(high)? << 4 | digit(low)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(query: &str) -> String {
        let mut out = Vec::new();
        Query::parse(query).unwrap().write(None, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn one_spelling_sorted() {
        for (wire, expected) in [
            ("", ""),
            ("&&", ""),
            ("b=2&a=1", "a=1&b=2"),
            ("a=2&a=1", "a=1&a=2"),
            ("a", "a="),
            ("=v", "=v"),
            ("a=b=c", "a=b%3Dc"),
            ("a=%7e%2f", "a=~%2F"),
            ("a=%41+b%2B", "a=A%20b%2B"),
            ("\u{1234}=bar", "%E1%88%B4=bar"),
            // Encoded names are sorted, so a%20 (an escape) stands before a- and aB before ab.
            ("ab=&aB=&a-=&a%20=", "a%20=&a-=&aB=&ab="),
            // By name first: the `=` takes no part.
            ("a-=1&a=2", "a=2&a-=1"),
        ] {
            assert_eq!(canonical(wire), expected, "{wire}");
        }
    }

    #[test]
    fn bad_escapes() {
        for (query, text) in [
            ("a=%", "Incomplete trailing escape % sequence"),
            ("a=%4", "Incomplete trailing escape % sequence"),
            ("a%4=b", "Incomplete trailing escape % sequence"),
            ("a=%zz", "Illegal hex character in escape % pattern: %zz"),
            ("a=%4g", "Illegal hex character in escape % pattern: %4g"),
            ("a=%+1", "Illegal hex character in escape % pattern: %+1"),
        ] {
            assert_eq!(Query::parse(query).err().unwrap().to_string(), text);
        }
        assert!(matches!(
            Query::parse("%\u{1234}"),
            Err(Error::IllegalEscape(_))
        ));
    }

    #[test]
    fn the_first_of_a_name_counts() {
        let query = Query::parse("X-Amz-Date=1%2F2&X-Amz-Date=3&n=%ff").unwrap();
        assert_eq!(query.first("X-Amz-Date").as_deref(), Some("1/2"));
        assert_eq!(query.first("n").as_deref(), Some("\u{fffd}"));
        assert_eq!(query.first("x-amz-date"), None);
    }
}
