//! AWS's models of IAM and STS: what operations take and answer, and the errors they have.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

/// The operations of a service.
#[derive(Deserialize)]
pub struct Service {
    /// The namespace of its answers.
    pub namespace: String,
    /// The operations by name.
    pub operations: BTreeMap<String, Operation>,
}

/// One operation.
#[derive(Deserialize)]
pub struct Operation {
    /// What it takes, if anything.
    pub input: Option<Shape>,
    /// What it answers, if anything.
    pub output: Option<Shape>,
    /// The codes of its errors, with the HTTP status where the model has it.
    pub errors: BTreeMap<String, Option<u16>>,
}

/// What something is made of.
#[derive(Deserialize)]
#[serde(try_from = "Value")]
pub enum Shape {
    /// Members.
    Structure(Vec<Member>),
    /// Items of one kind.
    List(Box<Shape>, Limits),
    /// Values of one kind by name.
    Map(Box<Shape>),
    /// Text.
    Text {
        /// How many characters.
        limits: Limits,
        /// The regular expression that it matches as a whole.
        pattern: Option<String>,
        /// The only texts there are; none if there are others.
        words: Vec<String>,
    },
    /// Bytes.
    Blob(Limits),
    /// A whole number.
    Integer(Limits),
    /// `true` or `false`.
    Boolean,
    /// An instant.
    Timestamp,
}

/// A member of a structure.
pub struct Member {
    /// Its name.
    pub name: String,
    /// Whether it is never missing.
    pub is_required: bool,
    /// What it is.
    pub shape: Shape,
}

/// The least and the most.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Limits {
    /// The least.
    pub min: Option<i64>,
    /// The most.
    pub max: Option<i64>,
}

/// The model of IAM.
pub static IAM: LazyLock<Service> =
    LazyLock::new(|| service(include_str!("../../../fixtures/models/iam.json")));

/// The model of STS.
pub static STS: LazyLock<Service> =
    LazyLock::new(|| service(include_str!("../../../fixtures/models/sts.json")));

#[allow(clippy::expect_used)]
fn service(text: &str) -> Service {
    serde_json::from_str(text).expect("the model is JSON of this form")
}

impl Limits {
    /// What is wrong with so many, if anything.
    pub fn offence(&self, number: i64) -> Option<String> {
        let least = self.min.filter(|min| number < *min);
        let most = self.max.filter(|max| number > *max);
        least
            .map(|min| format!("{number} is less than {min}"))
            .or_else(|| most.map(|max| format!("{number} is more than {max}")))
    }

    /// From `1..64`, `1..` or `..64`.
    fn read(text: &str) -> Option<Self> {
        let end = |text: &str| match text {
            "" => Some(None),
            number => number.parse().ok().map(Some),
        };
        let (min, max) = text.split_once("..")?;
        Some(Self {
            min: end(min)?,
            max: end(max)?,
        })
    }
}

impl TryFrom<Value> for Shape {
    type Error = String;

    fn try_from(value: Value) -> Result<Self, String> {
        let bad = || format!("{value} is no shape");
        match &value {
            Value::Object(members) if members.len() == 1 && members.contains_key("*") => {
                Ok(Self::Map(Box::new(members["*"].clone().try_into()?)))
            }
            Value::Object(members) => {
                let members = members.iter().map(|(name, shape)| {
                    Ok(Member {
                        name: name.trim_end_matches('!').to_owned(),
                        is_required: name.ends_with('!'),
                        shape: shape.clone().try_into()?,
                    })
                });
                members.collect::<Result<_, String>>().map(Self::Structure)
            }
            Value::Array(list) => {
                let item = list.first().cloned().ok_or_else(bad)?;
                let limits = match &list[1..] {
                    [] => Limits::default(),
                    [limits] => limits.as_str().and_then(Limits::read).ok_or_else(bad)?,
                    _ => return Err(bad()),
                };
                Ok(Self::List(Box::new(item.try_into()?), limits))
            }
            Value::String(text) => scalar(text).ok_or_else(bad),
            _ => Err(bad()),
        }
    }
}

/// From `string 1..64 /[\w]+/`, `string (Active, Inactive)`, `integer 1..1000`, `boolean`.
fn scalar(text: &str) -> Option<Shape> {
    let (kind, rest) = text.split_once(' ').unwrap_or((text, ""));
    let (limits, rest) = match rest.chars().next() {
        None | Some('/' | '(') => (Limits::default(), rest),
        Some(_) => {
            let (limits, rest) = rest.split_once(' ').unwrap_or((rest, ""));
            (Limits::read(limits)?, rest)
        }
    };
    let between = |start, end| rest.strip_prefix(start)?.strip_suffix(end);
    match (kind, rest) {
        ("string", rest) => {
            let pattern = between('/', '/').map(str::to_owned);
            let words: Vec<String> = between('(', ')')
                .map(|words| words.split(", ").map(str::to_owned).collect())
                .unwrap_or_default();
            let is_read = rest.is_empty() || pattern.is_some() || !words.is_empty();
            is_read.then_some(Shape::Text {
                limits,
                pattern,
                words,
            })
        }
        ("blob", "") => Some(Shape::Blob(limits)),
        ("integer", "") => Some(Shape::Integer(limits)),
        ("boolean", "") => Some(Shape::Boolean),
        ("timestamp", "") => Some(Shape::Timestamp),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn shapes_are_read_as_they_are_written() {
        let shape =
            json!({"Tags!": [{"Key": "string 1..128 /[a /]+/"}, "..50"], "Of": {"*": "timestamp"}});
        let Shape::Structure(members) = Shape::try_from(shape).unwrap() else {
            panic!("no structure")
        };
        let [of, tags] = &members[..] else {
            panic!("two members")
        };
        assert!(!of.is_required && matches!(of.shape, Shape::Map(_)));
        let Shape::List(
            item,
            Limits {
                min: None,
                max: Some(50),
            },
        ) = &tags.shape
        else {
            panic!("no list")
        };
        let Shape::Structure(key) = &**item else {
            panic!("no structure")
        };
        let Shape::Text {
            limits,
            pattern: Some(pattern),
            ..
        } = &key[0].shape
        else {
            panic!("no text")
        };
        assert_eq!(
            (limits.min, limits.max, &**pattern),
            (Some(1), Some(128), "[a /]+")
        );
        assert!(tags.is_required && tags.name == "Tags");
        for bad in [
            "string 1",
            "string a..b",
            "strin",
            "integer 1..2 (a)",
            "string 1.. x",
        ] {
            assert!(Shape::try_from(json!(bad)).is_err(), "{bad}");
        }
    }

    #[test]
    fn both_models_are_read() {
        assert_eq!((IAM.operations.len(), STS.operations.len()), (181, 12));
        let Some(Shape::Text { words, .. }) =
            IAM.operations["UpdateAccessKey"]
                .input
                .as_ref()
                .map(|input| {
                    let Shape::Structure(members) = input else {
                        panic!("no structure")
                    };
                    &members
                        .iter()
                        .find(|member| member.name == "Status")
                        .unwrap()
                        .shape
                })
        else {
            panic!("no text")
        };
        assert_eq!(words[..], ["Active", "Inactive", "Expired"]);
    }
}
