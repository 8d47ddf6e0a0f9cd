//! Which context keys a policy reads.

use crate::Kind;
use crate::document::Condition;
use crate::document::read::{self, Fault};
use crate::json::{self, Data};
use crate::variable::Template;

/// The names that a policy reads: the keys of its conditions, and what stands in `${…}` in the
/// values of conditions and in resources. Each spelling once, in the order of the text; `*`, `?`
/// and `$`, which `${…}` escapes, are among them, as AWS lists them too.
///
/// Looks at the shape of the text and no further: actions and resources may be missing or wrong,
/// there need not be a statement, and any kind of policy will do. None for a text that is not of
/// that shape.
///
/// ```
/// let text = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:*",
///     "Resource": "arn:aws:s3:::b/${aws:username}/*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}}"#;
/// assert_eq!(sekisho_iam::simulation::keys(text).unwrap(), ["aws:username", "aws:SecureTransport"]);
/// ```
pub fn keys(text: &str) -> Option<Vec<String>> {
    let document = match read::read(text, Kind::Resource) {
        Ok(document) => document,
        Err(fault) if has_no_statement(text, fault) => return Some(Vec::new()),
        Err(_) => return None,
    };
    let has_variables = document.has_variables();
    let mut keys = Vec::<String>::new();
    let mut add = |key: &str| {
        if !keys.iter().any(|known| known == key) {
            keys.push(key.to_owned());
        }
    };
    let template = |text: &str| Template::new(text, has_variables);
    for statement in &document.statements {
        for resource in statement
            .resource
            .iter()
            .flat_map(|element| &element.values)
        {
            template(resource).names().for_each(&mut add);
        }
        for Condition { key, values, .. } in &statement.conditions {
            add(key);
            for value in values {
                template(&value.text).names().for_each(&mut add);
            }
        }
    }
    Some(keys)
}

/// Whether all that is wrong with a text is that it has no statements, or no list of them.
fn has_no_statement(text: &str, fault: Fault) -> bool {
    let lacks_member = |root: &json::Value<'_>| match &root.data {
        Data::Object(members) => !members.iter().any(|member| member.key == "Statement"),
        _ => false,
    };
    match fault {
        Fault::StatementEmpty => true,
        // What is missing is missed at the end of the text; nothing else is.
        Fault::Shape(at) => {
            json::read(text).is_ok_and(|root| root.end == at && lacks_member(&root))
        }
        _ => false,
    }
}
