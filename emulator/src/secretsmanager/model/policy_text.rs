//! A policy as Secrets Manager gives it back: not the text that was sent but the document printed
//! anew, two spaces deep, `"key" : value`, lists on one line. Seen on AWS for the elements of usual
//! statements; that a list of one becomes its item, and where `Condition` stands, is inferred.

use std::fmt::{self, Write};

use sekisho_iam::document::{Document, Element, PrincipalType, Scalar, Statement, Version};

/// See the module.
pub struct AsAwsPrints<'a>(pub &'a Document);

impl fmt::Display for AsAwsPrints<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Document {
            version,
            id,
            statements,
            ..
        } = self.0;
        let mut members = Vec::new();
        members.extend(version.map(|version| ("Version", Node::text(name(version)))));
        members.extend(id.as_ref().map(|id| ("Id", Node::text(id))));
        let statements = statements.iter().map(statement).collect();
        members.push(("Statement", Node::List(statements)));
        Node::object(members).print(f, 0)
    }
}

/// The parts of JSON that a policy is made of, in the order in which they are printed.
enum Node {
    Text(String),
    Bare(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

fn name(version: Version) -> &'static str {
    match version {
        Version::V2008 => "2008-10-17",
        Version::V2012 => "2012-10-17",
    }
}

fn statement(statement: &Statement) -> Node {
    let mut members: Vec<(&str, Node)> = Vec::new();
    members.extend(statement.sid.as_ref().map(|sid| ("Sid", Node::text(sid))));
    members.push(("Effect", Node::text(statement.effect.name())));
    if let Some(Element { is_negated, values }) = &statement.principal {
        let key = either(*is_negated, "NotPrincipal", "Principal");
        members.push((key, principals(values)));
    }
    for (not, plain, element) in [
        ("NotAction", "Action", &statement.action),
        ("NotResource", "Resource", &statement.resource),
    ] {
        if let Some(Element { is_negated, values }) = element {
            let key = either(*is_negated, not, plain);
            members.push((
                key,
                Node::some(values.iter().map(|value| Node::text(value))),
            ));
        }
    }
    if !statement.conditions.is_empty() {
        members.push(("Condition", conditions(statement)));
    }
    Node::object(members)
}

fn either(is_negated: bool, not: &'static str, plain: &'static str) -> &'static str {
    if is_negated { not } else { plain }
}

fn principals(values: &[(PrincipalType, String)]) -> Node {
    if values.iter().any(|(kind, _)| *kind == PrincipalType::Star) {
        return Node::text("*");
    }
    let of = |kind: PrincipalType| {
        let names = values.iter().filter(move |(known, _)| *known == kind);
        names.map(|(_, name)| Node::text(name))
    };
    let kinds = [
        PrincipalType::Aws,
        PrincipalType::Service,
        PrincipalType::Federated,
        PrincipalType::CanonicalUser,
    ];
    let used = kinds.into_iter().filter(|kind| of(*kind).next().is_some());
    Node::object(
        used.map(|kind| (kind.key(), Node::some(of(kind))))
            .collect(),
    )
}

/// An operator's keys stand together, wherever they stood.
fn conditions(statement: &Statement) -> Node {
    let mut operators: Vec<(String, Node)> = Vec::new();
    for condition in &statement.conditions {
        let values = Node::some(condition.values.iter().map(Node::scalar));
        let entry = (condition.key.clone(), values);
        let known = operators
            .iter_mut()
            .find(|(operator, _)| *operator == condition.operator);
        match known {
            Some((_, Node::Object(keys))) => keys.push(entry),
            _ => operators.push((condition.operator.clone(), Node::Object(vec![entry]))),
        }
    }
    Node::Object(operators)
}

impl Node {
    fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    fn scalar(scalar: &Scalar) -> Self {
        if scalar.is_bare {
            Self::Bare(scalar.text.clone())
        } else {
            Self::text(&scalar.text)
        }
    }

    fn object(members: Vec<(&str, Self)>) -> Self {
        let owned = members
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value));
        Self::Object(owned.collect())
    }

    /// A list, or the only item of it.
    fn some(items: impl Iterator<Item = Self>) -> Self {
        let mut items: Vec<Self> = items.collect();
        match items.len() {
            1 => items.remove(0),
            _ => Self::List(items),
        }
    }

    fn print(&self, f: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
        match self {
            Self::Text(text) => quoted(f, text),
            Self::Bare(text) => f.write_str(text),
            Self::List(items) => {
                f.write_str("[ ")?;
                for (number, item) in items.iter().enumerate() {
                    f.write_str(if number == 0 { "" } else { ", " })?;
                    item.print(f, depth)?;
                }
                f.write_str(" ]")
            }
            Self::Object(members) => {
                f.write_char('{')?;
                for (number, (key, value)) in members.iter().enumerate() {
                    f.write_str(if number == 0 { "\n" } else { ",\n" })?;
                    write!(f, "{:1$}", "", 2 * (depth + 1))?;
                    quoted(f, key)?;
                    f.write_str(" : ")?;
                    value.print(f, depth + 1)?;
                }
                write!(f, "\n{:1$}}}", "", 2 * depth)
            }
        }
    }
}

fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let json = serde_json::to_string(text).map_err(|_| fmt::Error)?;
    f.write_str(&json)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sekisho_iam::Kind;

    use super::*;

    fn printed(text: &str) -> String {
        let document = Document::read(text, Kind::Resource).unwrap();
        AsAwsPrints(&document).to_string()
    }

    #[test]
    fn as_recorded() {
        let sent = r#"{"Version":"2012-10-17","Statement":{"Resource":"*","Action":["secretsmanager:*"],
            "Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Effect":"Allow"}}"#;
        let back = concat!(
            "{\n  \"Version\" : \"2012-10-17\",\n  \"Statement\" : [ {\n    \"Effect\" : \"Allow\",\n",
            "    \"Principal\" : {\n      \"AWS\" : \"arn:aws:iam::123456789012:root\"\n    },\n",
            "    \"Action\" : \"secretsmanager:*\",\n    \"Resource\" : \"*\"\n  } ]\n}"
        );
        assert_eq!(printed(sent), back);
    }

    proptest! {
        #[test]
        fn nothing_is_lost(
            sid in "[A-Za-z0-9]{0,5}",
            deny in any::<bool>(),
            actions in prop::collection::vec("secretsmanager:[A-Za-z*]{1,8}", 1..3),
            values in prop::collection::vec("\\PC{0,8}", 1..3),
            not in any::<bool>(),
        ) {
            let effect = if deny { "Deny" } else { "Allow" };
            let principal = if not && deny { "NotPrincipal" } else { "Principal" };
            let text = serde_json::json!({"Version": "2012-10-17", "Id": sid, "Statement": [
                {"Sid": sid, "Effect": effect, principal: {"AWS": ["111122223333", "*"], "Service": "x.amazonaws.com"},
                 "NotAction": actions, "Resource": ["*"],
                 "Condition": {"StringLike": {"aws:PrincipalTag/a": values, "aws:userid": "*"}, "Bool": {"aws:SecureTransport": true}}},
                {"Effect": effect, "Principal": "*", "Action": actions, "Resource": "*"},
            ]}).to_string();
            let document = Document::read(&text, Kind::Resource).unwrap();
            let again = Document::read(&AsAwsPrints(&document).to_string(), Kind::Resource).unwrap();
            prop_assert_eq!(document.to_string(), again.to_string());
        }
    }
}
