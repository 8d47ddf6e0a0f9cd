//! Compares an answer with a recorded one: the members exactly, their types, their values.

use std::fmt;

use serde_json::{Map, Value};

use super::Bindings;

/// One place in which an answer is not as recorded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mismatch {
    /// Where.
    pub path: String,
    /// What was recorded.
    pub expected: String,
    /// What came.
    pub got: String,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            expected,
            got,
        } = self;
        write!(f, "{path}: expected {expected}, got {got}")
    }
}

/// How strictly two answers are compared.
#[derive(Clone, Copy, Default, Debug)]
pub struct Rules<'a> {
    /// Members beyond the recorded ones are accepted: the source did not look at them.
    pub lenient: bool,
    /// Members whose lists have no order, beside labels, which never have.
    pub unordered: &'a [String],
}

/// Everything in which an answer differs. Placeholders that it gives values to are bound.
pub fn compare(
    expected: &Value,
    got: &Value,
    rules: Rules<'_>,
    bindings: &mut Bindings,
) -> Vec<Mismatch> {
    let mut comparison = Comparison {
        rules,
        bindings,
        found: Vec::new(),
    };
    comparison.value("body", expected, got, false);
    comparison.found
}

/// The id of a request that AWS makes on its own, within a text.
const REQUEST_ID: &str = "$request_id";

/// Labels of a version: a set.
const LABELS: &str = "VersionStages";
/// From versions to their labels.
const LABELS_BY_VERSION: [&str; 2] = ["VersionIdsToStages", "SecretVersionsToStages"];

struct Comparison<'a> {
    rules: Rules<'a>,
    bindings: &'a mut Bindings,
    found: Vec<Mismatch>,
}

impl Comparison<'_> {
    fn value(&mut self, path: &str, expected: &Value, got: &Value, is_set: bool) {
        match (expected, got) {
            (Value::String(text), _) => self.text(path, text, got),
            (Value::Object(expected), Value::Object(got)) => self.object(path, expected, got),
            (Value::Array(expected), Value::Array(got)) if is_set => self.set(path, expected, got),
            (Value::Array(expected), Value::Array(got)) => self.list(path, expected, got),
            _ if expected == got => {}
            _ => self.differs(path, expected, got),
        }
    }

    fn object(&mut self, path: &str, expected: &Map<String, Value>, got: &Map<String, Value>) {
        let member_of_map = LABELS_BY_VERSION
            .iter()
            .any(|name| path.ends_with(&format!(".{name}")));
        let mut known = Vec::new();
        for (name, expected) in expected {
            let name = match self.bindings.fill(name) {
                Ok(name) => name,
                Err(error) => {
                    self.differs(&format!("{path}.{name}"), &error, "an answer");
                    continue;
                }
            };
            let path = format!("{path}.{name}");
            let is_set = member_of_map || name == LABELS || self.rules.unordered.contains(&name);
            match got.get(&name) {
                Some(got) => self.value(&path, expected, got, is_set),
                None => self.differs(&path, expected, "no such member"),
            }
            known.push(name);
        }
        if !self.rules.lenient {
            for (name, got) in got.iter().filter(|(name, _)| !known.contains(name)) {
                self.differs(&format!("{path}.{name}"), "no such member", got);
            }
        }
    }

    fn list(&mut self, path: &str, expected: &[Value], got: &[Value]) {
        self.same_length(path, expected, got);
        for (index, (expected, got)) in expected.iter().zip(got).enumerate() {
            self.value(&format!("{path}[{index}]"), expected, got, false);
        }
    }

    /// Each item must be met by one that no other has taken; if none is, the nearest is shown.
    fn set(&mut self, path: &str, expected: &[Value], got: &[Value]) {
        self.same_length(path, expected, got);
        let mut left: Vec<&Value> = got.iter().collect();
        for (index, expected) in expected.iter().enumerate() {
            let path = format!("{path}[{index}]");
            let attempts = left.iter().enumerate().map(|(place, candidate)| {
                let mut bindings = self.bindings.clone();
                let mut attempt = Comparison {
                    rules: self.rules,
                    bindings: &mut bindings,
                    found: Vec::new(),
                };
                attempt.value(&path, expected, candidate, false);
                (attempt.found, place, bindings)
            });
            let Some((found, place, bindings)) = attempts.min_by_key(|(found, ..)| found.len())
            else {
                self.differs(&path, expected, "nothing");
                continue;
            };
            if found.is_empty() {
                left.remove(place);
                *self.bindings = bindings;
            }
            self.found.extend(found);
        }
    }

    fn same_length(&mut self, path: &str, expected: &[Value], got: &[Value]) {
        if expected.len() != got.len() {
            let count = |items: &[Value]| format!("{} items", items.len());
            self.differs(path, &count(expected), count(got));
        }
    }

    fn text(&mut self, path: &str, expected: &str, got: &Value) {
        if let Err(wanted) = self.matches(expected, got) {
            self.differs(path, &wanted, got);
        }
    }

    /// What was wanted instead, if it does not match.
    fn matches(&mut self, expected: &str, got: &Value) -> Result<(), String> {
        if let Some(document) = expected.strip_prefix("$json:") {
            let document = self.bindings.fill(document)?;
            let read = |text: &str| serde_json::from_str::<Value>(text).ok();
            let wanted = read(&document).ok_or_else(|| format!("JSON, which {document} is not"))?;
            let is_same = got.as_str().and_then(read) == Some(wanted);
            return or(is_same, || format!("the document {document} as text"));
        }
        if let (Some((before, after)), Value::String(text)) = (expected.split_once(REQUEST_ID), got)
        {
            let (before, after) = (self.bindings.fill(before)?, self.bindings.fill(after)?);
            let rest = text.strip_prefix(&before);
            let id = rest.and_then(|rest| rest.strip_suffix(&after));
            let is_id = |id: &str| id.len() == 36 && id.matches('-').count() == 4;
            return or(id.is_some_and(is_id), || {
                format!("{before}REQUEST-ID{after}")
            });
        }
        match (expected, got) {
            ("$any", _) => or(!got.is_null(), || "anything".to_owned()),
            ("$ts", _) => or(is_time(got), || "a time in seconds".to_owned()),
            ("$day", _) => or(is_day(got), || "midnight UTC in seconds".to_owned()),
            (_, Value::String(text)) => match placeholder(expected) {
                Some(name) if self.bindings.get(name).is_none() => self.bindings.bind(name, text),
                _ => {
                    let filled = self.bindings.fill(expected)?;
                    or(filled == *text, || quoted(&filled))
                }
            },
            _ => Err(quoted(&self.bindings.fill(expected)?)),
        }
    }

    fn differs(
        &mut self,
        path: &str,
        expected: &(impl fmt::Display + ?Sized),
        got: impl fmt::Display,
    ) {
        self.found.push(Mismatch {
            path: path.to_owned(),
            expected: expected.to_string(),
            got: got.to_string(),
        });
    }
}

fn or(holds: bool, wanted: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(wanted()) }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// The name, if a text is a placeholder and nothing else.
fn placeholder(text: &str) -> Option<&str> {
    let name = text.strip_prefix('$')?;
    let is_name = |letter| matches!(letter, 'a'..='z' | '0'..='9' | '_');
    (name.starts_with(|letter: char| letter.is_ascii_lowercase()) && name.chars().all(is_name))
        .then_some(name)
}

/// Seconds since 1970, at most milliseconds. Milliseconds as a whole number would be far later.
fn is_time(value: &Value) -> bool {
    let text = value.to_string();
    let decimals = text
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    let seconds = value.as_f64().unwrap_or_default();
    value.is_number() && decimals <= 3 && (1.4e9..1e10).contains(&seconds)
}

fn is_day(value: &Value) -> bool {
    is_time(value)
        && value
            .as_f64()
            .is_some_and(|seconds| seconds % 86_400.0 == 0.0)
}
