//! Why a text is not JSON, in words. Guesses from what stands around the place where the reader
//! stopped; never reads further.

use std::ops::Range;

/// The place to point at, and what is wrong there.
pub(super) fn explain(text: &str, offset: usize) -> (Range<usize>, String) {
    let (before, rest) = match text.split_at_checked(offset) {
        Some((before, rest)) => (before.trim_end(), rest),
        None => (text, ""),
    };
    let width = rest.chars().next().map_or(0, char::len_utf8);
    let bytes = offset.min(text.len())..offset.min(text.len()) + width;
    if text.trim().is_empty() {
        return (bytes, "There is no policy: the text is empty.".to_owned());
    }
    let reason = match (before.chars().next_back(), rest.chars().next()) {
        (_, None) => "The text ends before the JSON does: a bracket or a quote is not closed.",
        (None, Some('\u{feff}')) => "The text begins with a byte order mark. Remove it.",
        (Some(','), Some('}' | ']')) => "A comma stands before the closing bracket. Remove it.",
        (Some('"' | '}' | ']' | '0'..='9' | 'e' | 'l'), Some('"' | '{' | '[')) => {
            "A comma or a colon is missing before this."
        }
        (_, Some('\'')) => "JSON has no single quotes. Write double quotes.",
        (_, Some('/' | '#')) => "JSON has no comments. Remove this.",
        (_, Some('\n' | '\r' | '\t')) => "A string goes on over the end of the line. Close it.",
        (Some('\\'), Some(_)) => "JSON has no such escape.",
        (Some('}'), Some(_)) if is_closed(before) => {
            "Something stands behind the policy. Remove it."
        }
        _ => "This is not JSON.",
    };
    (bytes, format!("The text is no JSON document. {reason}"))
}

/// Whether each bracket is closed, strings aside.
fn is_closed(text: &str) -> bool {
    let (mut depth, mut is_string, mut is_escaped) = (0i64, false, false);
    for byte in text.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_string => is_escaped = true,
            b'"' => is_string = !is_string,
            b'{' | b'[' if !is_string => depth += 1,
            b'}' | b']' if !is_string => depth -= 1,
            _ => {}
        }
    }
    depth == 0 && !is_string
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[test]
    fn table() {
        for (text, at, reason) in [
            ("", 0, "empty"),
            (" \n", 2, "empty"),
            ("{", 1, "ends before"),
            (r#"{"a": "b"#, 8, "ends before"),
            (r#"{"a": 1,}"#, 8, "comma stands"),
            (r#"{"a": [1,]}"#, 9, "comma stands"),
            (r#"{"a": "b" "c": 1}"#, 10, "is missing"),
            (r#"{"a" "b"}"#, 5, "is missing"),
            ("{'a': 1}", 1, "single quotes"),
            ("{ // x\n}", 2, "comments"),
            ("{\"a\": \"b\n\"}", 8, "over the end"),
            (r#"{"a": "\d"}"#, 8, "no such escape"),
            ("{} x", 3, "behind the policy"),
            ("\u{feff}{}", 0, "byte order mark"),
            ("{a: 1}", 1, "This is not JSON"),
        ] {
            let json::NotJson(offset) = json::read(text).unwrap_err();
            let (bytes, message) = explain(text, offset);
            assert_eq!(bytes.start, at, "{text}");
            assert!(message.contains(reason), "{text}: {message}");
        }
    }
}
