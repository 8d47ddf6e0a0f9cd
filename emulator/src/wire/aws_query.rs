//! awsQuery: form parameters in, XML out. The declared members say which parameter is what, so
//! that one path reads and checks the inputs of both protocols.

use std::collections::BTreeMap;
use std::ops::Bound;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use quick_xml::escape::partial_escape;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::aws_json::{Read, typed};
use super::{Fault, Member, Protocol, Shape};

/// The parameters of a request, by name.
#[derive(Default)]
pub struct Parameters(BTreeMap<String, String>);

impl Parameters {
    /// Reads a form body or a query string. Of a repeated parameter the first counts.
    pub fn parse(form: &[u8]) -> Self {
        let mut parameters = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(form) {
            parameters
                .entry(name.into_owned())
                .or_insert_with(|| value.into_owned());
        }
        Self(parameters)
    }

    /// The value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Reads an operation's input.
    pub fn read<T: DeserializeOwned>(&self, members: &[Member]) -> Result<T, Fault> {
        match typed(Protocol::Query, members, self.structure(members, ""))? {
            Read::Sound(input) => Ok(input),
            Read::Violating { fault, .. } => Err(fault),
        }
    }

    fn structure(&self, members: &[Member], prefix: &str) -> Map<String, Value> {
        let value = |member: &Member| {
            let name = format!("{prefix}{}", member.name);
            self.value(&member.shape, &name)
                .map(|value| (member.name.to_owned(), value))
        };
        members.iter().filter_map(value).collect()
    }

    fn value(&self, shape: &Shape, name: &str) -> Option<Value> {
        match shape {
            Shape::Structure(members) => {
                let prefix = format!("{name}.");
                self.has_prefix(&prefix)
                    .then(|| Value::Object(self.structure(members, &prefix)))
            }
            Shape::List { of, .. } => {
                let item = |index: usize| self.value(of, &format!("{name}.member.{index}"));
                let items: Vec<Value> = (1..).map_while(item).collect();
                (!items.is_empty() || self.0.contains_key(name)).then_some(Value::Array(items))
            }
            // A text that is no number or truth value stays text, and is refused as such.
            Shape::Integer { .. } => self
                .get(name)
                .map(|text| text.parse().map_or_else(|_| text.into(), i64::into)),
            Shape::Boolean => self
                .get(name)
                .map(|text| text.parse().map_or_else(|_| text.into(), bool::into)),
            Shape::String { .. } | Shape::Blob { .. } => self.get(name).map(Value::from),
        }
    }

    fn has_prefix(&self, prefix: &str) -> bool {
        let mut from = self
            .0
            .range::<str, _>((Bound::Included(prefix), Bound::Unbounded));
        from.next()
            .is_some_and(|(name, _)| name.starts_with(prefix))
    }
}

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
    let side = if fault.status < 500 {
        "Sender"
    } else {
        "Receiver"
    };
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
    use serde_json::json;

    use super::*;

    const TAG: &[Member] = &[
        Member::string("Key", 1, 9).required(),
        Member::string("Value", 0, 9),
    ];
    const MEMBERS: &[Member] = &[
        Member::string("UserName", 1, 64).required(),
        Member::integer("MaxItems", 1, 1000),
        Member::boolean("OnlyAttached"),
        Member::new(
            "Tags",
            Shape::List {
                of: &Shape::Structure(TAG),
                min: 0,
                max: 50,
            },
        ),
    ];

    fn read(form: &str) -> Result<Value, Fault> {
        Parameters::parse(form.as_bytes()).read(MEMBERS)
    }

    #[test]
    fn parameters_become_typed_members() {
        let form = "Action=X&UserName=a%2Bb+c&MaxItems=5&OnlyAttached=true\
                    &Tags.member.1.Key=k&Tags.member.1.Value=v&Tags.member.2.Key=l&Tags.member.4.Key=lost";
        let expected = json!({"UserName": "a+b c", "MaxItems": 5, "OnlyAttached": true,
                              "Tags": [{"Key": "k", "Value": "v"}, {"Key": "l"}]});
        assert_eq!(read(form).unwrap(), expected);
        assert_eq!(
            read("UserName=a&Tags=").unwrap(),
            json!({"UserName": "a", "Tags": []})
        );
    }

    #[test]
    fn wrong_parameters_are_refused() {
        assert_eq!(read("").unwrap_err().code, "ValidationError");
        assert_eq!(
            read("UserName=a&MaxItems=many").unwrap_err().code,
            "MalformedInput"
        );
        assert_eq!(
            read("UserName=a&OnlyAttached=TRUE!").unwrap_err().code,
            "MalformedInput"
        );
        let missing_key = read("UserName=a&Tags.member.1.Value=v").unwrap_err();
        assert!(missing_key.message.unwrap().contains("'tags.1.member.key'"));
    }

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
