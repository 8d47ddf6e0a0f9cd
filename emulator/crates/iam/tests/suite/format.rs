//! The format of policy tests, as `fixtures/iam/README.md` describes it. Reads and merges; knows
//! no policy.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

/// A file of tests.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    #[serde(rename = "sekisho-tests")]
    version: u32,
    #[serde(rename = "about")]
    _about: Option<String>,
    #[serde(default)]
    defaults: Map<String, Value>,
    #[serde(rename = "tests")]
    raw: Vec<Map<String, Value>>,
    #[serde(skip)]
    pub tests: Vec<Test>,
}

/// A question, and the answer that is expected.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Test {
    pub name: String,
    pub request: Option<Request>,
    #[serde(default)]
    pub policies: Policies,
    pub policy: Option<Value>,
    pub text: Option<String>,
    pub kind: Option<String>,
    pub expect: Expected,
    pub by: Option<String>,
    pub message: Option<String>,
    pub source: Option<String>,
    pub evidence: Option<Evidence>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    Recorded,
    Documented,
    Inferred,
    Guess,
}

#[derive(Deserialize, Debug, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Expected {
    Allow,
    Deny,
    #[serde(rename = "implicit deny")]
    ImplicitDeny,
    #[serde(rename = "explicit deny")]
    ExplicitDeny,
    Valid,
    Malformed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Request {
    pub principal: Principal,
    pub action: String,
    pub resource: Option<String>,
    pub shown: Option<String>,
    pub owner: Option<String>,
    #[serde(default)]
    pub context: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub enum Principal {
    Name(String),
    Session { session: String, role: String },
    Federated { federated: String, user: String },
    Provider { provider: String },
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Policies {
    pub identity: Option<OneOrMany<Value>>,
    pub boundary: Option<Value>,
    pub session: Option<OneOrMany<Value>>,
    pub resource: Option<Value>,
    pub scp: Option<Vec<OneOrMany<Value>>>,
    pub rcp: Option<Vec<OneOrMany<Value>>>,
    pub endpoint: Option<Value>,
    pub grants: Option<Vec<Grant>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Grant {
    pub grantee: String,
    pub operations: Vec<String>,
    pub encryption_context_equals: Option<BTreeMap<String, String>>,
    pub encryption_context_subset: Option<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub enum OneOrMany<T> {
    Many(Vec<T>),
    One(T),
}

impl<T> OneOrMany<T> {
    pub fn as_slice(&self) -> &[T] {
        match self {
            Self::Many(values) => values,
            Self::One(value) => std::slice::from_ref(value),
        }
    }
}

impl File {
    pub fn read(text: &str) -> Result<Self, String> {
        // YAML 1.2: a secret may be called `y` or `no`.
        let options = serde_saphyr::options! { strict_booleans: true };
        let mut file: Self = serde_saphyr::from_str_with_options(text, options)
            .map_err(|error| error.to_string())?;
        if file.version != 1 {
            return Err(format!("format {} is not known", file.version));
        }
        for test in &file.raw {
            let name = test
                .get("name")
                .and_then(Value::as_str)
                .unwrap_or("a test without name");
            let merged = merged(&file.defaults, test);
            let test =
                serde_json::from_value(merged).map_err(|error| format!("{name}: {error}"))?;
            file.tests.push(test);
        }
        Ok(file)
    }
}

/// A test over the defaults: request fields one by one, condition keys one by one, layers one by
/// one.
fn merged(defaults: &Map<String, Value>, test: &Map<String, Value>) -> Value {
    // A test of a policy's text has neither request nor layers.
    let is_of_text = test.contains_key("policy") || test.contains_key("text");
    let mut merged = defaults.clone();
    if is_of_text {
        merged.retain(|key, _| !matches!(key.as_str(), "request" | "policies"));
    }
    for (key, value) in test {
        let known = merged.entry(key.clone()).or_insert(Value::Null);
        match (key.as_str(), known, value) {
            ("request" | "policies", Value::Object(known), Value::Object(value)) => {
                for (field, value) in value {
                    match (field.as_str(), known.get_mut(field), value) {
                        ("context", Some(Value::Object(known)), Value::Object(value)) => {
                            known.extend(value.clone());
                        }
                        _ => {
                            known.insert(field.clone(), value.clone());
                        }
                    }
                }
            }
            (_, known, value) => *known = value.clone(),
        }
    }
    Value::Object(merged)
}

/// A text in which `…` stands for any text.
pub struct Worded<'a>(pub &'a str);

impl Worded<'_> {
    pub fn fits(&self, text: &str) -> bool {
        let mut parts = self.0.split('…');
        let Some(mut rest) = text.strip_prefix(parts.next().unwrap_or_default()) else {
            return false;
        };
        let parts: Vec<&str> = parts.collect();
        let Some((last, middle)) = parts.split_last() else {
            return rest.is_empty();
        };
        for part in middle {
            let Some(at) = rest.find(part) else {
                return false;
            };
            rest = &rest[at + part.len()..];
        }
        rest.ends_with(last)
    }
}
