//! The canonical path: dot segments and repeated slashes removed, then encoded once more than the wire has it.
//! Never done S3's way, which signs the path as it is.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>

use crate::encoding::{pieces, push_encoded};
use crate::error::Error;

/// Refuses a path that climbs above the root.
pub(crate) fn check(path: &str) -> Result<(), Error> {
    let mut depth = 0_usize;
    for segment in segments(path) {
        depth = match segment {
            ".." => depth.checked_sub(1).ok_or(Error::PathAboveRoot)?,
            _ => depth + 1,
        };
    }
    Ok(())
}

/// Appends the canonical form of a path.
pub(crate) fn write(path: &str, out: &mut Vec<u8>) {
    if path == "/" {
        return out.push(b'/');
    }
    let root = out.len();
    for segment in segments(path) {
        if segment == ".." {
            let parent = out[root..].iter().rposition(|b| *b == b'/').unwrap_or(0);
            out.truncate(root + parent);
        } else {
            out.push(b'/');
            segment.bytes().for_each(|byte| push_encoded(out, byte));
        }
    }
    if path.ends_with('/') || out.len() == root {
        out.push(b'/');
    }
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    pieces(path, b'/').filter(|segment| !matches!(*segment, "" | "."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normalised_and_encoded_once_more() {
        for (wire, canonical) in [
            ("", "/"),
            ("/", "/"),
            ("//", "/"),
            ("/./", "/"),
            ("/a", "/a"),
            ("a", "/a"),
            ("//a//b//", "/a/b/"),
            ("/a/./b", "/a/b"),
            ("/a/../b", "/b"),
            ("/a/b/../..", "/"),
            ("/a/../", "/"),
            ("/a b/", "/a%20b/"),
            ("/a%20b", "/a%2520b"),
            ("/arn%3Aaws/x", "/arn%253Aaws/x"),
            ("/%2e%2e/x", "/%252e%252e/x"),
            ("/\u{1234}", "/%E1%88%B4"),
            ("/%", "/%25"),
        ] {
            let mut out = b"GET\n".to_vec();
            assert_eq!(check(wire), Ok(()));
            write(wire, &mut out);
            assert_eq!(
                String::from_utf8(out).unwrap(),
                format!("GET\n{canonical}"),
                "{wire}"
            );
        }
    }

    #[test]
    fn above_the_root_is_nothing() {
        for path in ["/..", "..", "/a/../..", "/./../a", "//.."] {
            assert_eq!(check(path), Err(Error::PathAboveRoot), "{path}");
        }
        assert_eq!(Error::PathAboveRoot.to_string(), "");
    }
}
