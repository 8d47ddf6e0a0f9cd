//! Facts that no steps can express: each names the tests that stand for it, or says why there is none.

use std::fs;

use serde::Deserialize;

use super::read::folder;

/// The files that hold them.
const FILES: [&str; 2] = ["errors.json", "observations.json"];

/// A fact. What it says is for readers.
#[derive(Deserialize)]
struct Fact {
    id: String,
    #[serde(default)]
    tests: Vec<String>,
    untested: Option<String>,
}

/// What is wrong with the facts, given how tests are called.
pub fn check(is_test: impl Fn(&str) -> bool) -> Result<(), String> {
    for file in FILES {
        let path = folder().join("secretsmanager").join(file);
        let in_words = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let text = fs::read_to_string(&path).map_err(|error| in_words(&error))?;
        let facts: Vec<Fact> = serde_json::from_str(&text).map_err(|error| in_words(&error))?;
        for fact in facts {
            fact.check(&is_test).map_err(|error| in_words(&error))?;
        }
    }
    Ok(())
}

impl Fact {
    fn check(&self, is_test: impl Fn(&str) -> bool) -> Result<(), String> {
        let id = &self.id;
        if self.tests.is_empty() != self.untested.is_some() {
            return Err(format!("{id} needs tests, or a reason why it has none"));
        }
        let missing = self.tests.iter().find(|name| !is_test(name));
        missing.map_or(Ok(()), |name| Err(format!("{id}: there is no test {name}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_without_a_test_that_exists_is_found() {
        let fact = |json: &str| serde_json::from_str::<Fact>(json).unwrap();
        let is_test = |name: &str| name == "a/b";
        for good in [
            r#"{"id": "x", "tests": ["a/b"]}"#,
            r#"{"id": "x", "untested": "no"}"#,
        ] {
            assert_eq!(fact(good).check(is_test), Ok(()));
        }
        for bad in [
            r#"{"id": "x"}"#,
            r#"{"id": "x", "tests": ["a/c"]}"#,
            r#"{"id": "x", "tests": ["a/b"], "untested": "no"}"#,
        ] {
            assert!(fact(bad).check(is_test).is_err(), "{bad}");
        }
    }
}
