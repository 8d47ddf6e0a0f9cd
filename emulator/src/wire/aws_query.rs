//! awsQuery: form parameters in, XML out.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use quick_xml::escape::partial_escape;
use serde::Serialize;

use super::Fault;

pub mod json;
mod parameters;

pub use parameters::Parameters;

/// A list as awsQuery writes it: `<Users><member>…</member></Users>`, or `<Users/>`.
#[derive(Serialize)]
pub struct Members<T> {
    member: Vec<T>,
}

impl<T> Members<T> {
    /// Adds one at the end.
    pub fn push(&mut self, item: T) {
        self.member.push(item);
    }
}

impl<T> Default for Members<T> {
    fn default() -> Self {
        Self { member: Vec::new() }
    }
}

impl<T> FromIterator<T> for Members<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self {
            member: items.into_iter().collect(),
        }
    }
}

impl<T> IntoIterator for Members<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.member.into_iter()
    }
}

/// An output that AWS's model does not have: there is no result element at all.
#[derive(Serialize)]
pub struct Nothing {}

/// An output that the model has, without members: the result element is empty. Clients look for it.
#[derive(Serialize, Default)]
pub struct Empty {
    /// Tells it from [`Nothing`], which takes no room.
    #[serde(skip)]
    _room: bool,
}

/// The body of an answer.
pub fn body(
    operation: &str,
    namespace: &str,
    request_id: &str,
    output: &impl Serialize,
) -> Result<Vec<u8>, quick_xml::SeError> {
    let result = match size_of_val(output) {
        0 => String::new(),
        _ => quick_xml::se::to_string_with_root(&format!("{operation}Result"), output)?,
    };
    Ok(well_formed(format!(
        "<{operation}Response xmlns=\"{namespace}\">{result}\
         <ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata></{operation}Response>"
    )))
}

/// The body of a refusal, laid out as AWS lays it out.
pub(super) fn error_body(fault: &Fault, namespace: &str, request_id: &str) -> Vec<u8> {
    let side = side(fault);
    let message = fault
        .message
        .as_deref()
        .map_or_else(String::new, |message| {
            format!("    <Message>{}</Message>\n", partial_escape(message))
        });
    well_formed(format!(
        "<ErrorResponse xmlns=\"{namespace}\">\n  <Error>\n    <Type>{side}</Type>\n    <Code>{}</Code>\n{message}  \
         </Error>\n  <RequestId>{request_id}</RequestId>\n</ErrorResponse>\n",
        fault.code
    ))
}

/// Whose mistake it is.
fn side(fault: &Fault) -> &'static str {
    if fault.status < 500 {
        "Sender"
    } else {
        "Receiver"
    }
}

/// XML 1.0 has no way to write most control characters, escaped or not; clients refuse a document
/// that holds one. What a client sent of them comes back as U+FFFD.
fn well_formed(xml: String) -> Vec<u8> {
    let forbidden = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if xml.contains(forbidden) {
        xml.replace(forbidden, "\u{fffd}").into_bytes()
    } else {
        xml.into_bytes()
    }
}

/// RFC 3986 percent-encoding, in which IAM returns policy documents.
pub fn percent_encoded(text: &str) -> String {
    const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'_')
        .remove(b'.')
        .remove(b'~');
    utf8_percent_encode(text, RESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[test]
    fn answers_wrap_results_and_escape() {
        #[derive(Serialize, Deserialize)]
        #[serde(rename_all = "PascalCase")]
        struct User {
            user_name: String,
        }
        #[derive(Serialize)]
        #[serde(rename_all = "PascalCase")]
        struct Output {
            users: Members<User>,
            tags: Members<String>,
            is_truncated: bool,
        }
        let users = [User {
            user_name: "a<&>'\"".to_owned(),
        }]
        .into_iter()
        .collect();
        let output = Output {
            users,
            tags: Members { member: vec![] },
            is_truncated: false,
        };
        let xml = String::from_utf8(body("ListUsers", "urn:x", "id", &output).unwrap()).unwrap();
        assert_eq!(
            xml,
            "<ListUsersResponse xmlns=\"urn:x\"><ListUsersResult><Users><member><UserName>a&lt;&amp;&gt;'\"</UserName>\
             </member></Users><Tags/><IsTruncated>false</IsTruncated></ListUsersResult>\
             <ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></ListUsersResponse>"
        );
        let nothing =
            String::from_utf8(body("DeleteUser", "urn:x", "id", &Nothing {}).unwrap()).unwrap();
        assert!(!nothing.contains("Result"), "{nothing}");
        let empty = body("UpdateRole", "urn:x", "id", &Empty::default()).unwrap();
        let empty = String::from_utf8(empty).unwrap();
        assert!(empty.contains("<UpdateRoleResult/>"), "{empty}");
    }

    #[test]
    fn refusals_are_laid_out_as_aws_does() {
        let fault = Fault::modelled(
            "NoSuchEntity",
            404,
            "The user with name a<b cannot be found.",
        );
        let xml = String::from_utf8(error_body(&fault, "urn:x", "id")).unwrap();
        assert_eq!(
            xml,
            "<ErrorResponse xmlns=\"urn:x\">\n  <Error>\n    <Type>Sender</Type>\n    <Code>NoSuchEntity</Code>\n    \
             <Message>The user with name a&lt;b cannot be found.</Message>\n  </Error>\n  <RequestId>id</RequestId>\n\
             </ErrorResponse>\n"
        );
    }

    #[test]
    fn control_characters_do_not_break_the_document() {
        let fault = Fault::modelled("InvalidAction", 400, "a\0b\u{1f}c\u{ffff}\td");
        let xml = String::from_utf8(error_body(&fault, "urn:x", "id")).unwrap();
        assert!(
            xml.contains("<Message>a\u{fffd}b\u{fffd}c\u{fffd}\td</Message>"),
            "{xml}"
        );
        let output = Members::from_iter(["a\0b"]);
        let xml = String::from_utf8(body("X", "urn:x", "id", &output).unwrap()).unwrap();
        assert!(xml.contains("<member>a\u{fffd}b</member>"), "{xml}");
    }

    #[test]
    fn documents_are_percent_encoded() {
        assert_eq!(
            percent_encoded("{\"a\": \"b+c\"}\n~"),
            "%7B%22a%22%3A%20%22b%2Bc%22%7D%0A~"
        );
    }
}
