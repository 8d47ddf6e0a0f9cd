//! Tables of what the filters of ListSecrets find among a few secrets.

use std::collections::BTreeSet;
use std::fs;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::matching::Mismatch;
use super::read::{self, Kind};
use super::{Report, World};
use crate::Target;

/// The case that the tables are read from.
const CASE: &str = "secretsmanager/filters";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    format: u32,
    #[serde(rename = "target")]
    _target: String,
    #[serde(rename = "kind")]
    _kind: Kind,
    tables: Vec<Table>,
}

/// Some secrets, and what filters find among them.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Its name.
    pub table: String,
    /// Who published it.
    pub source: String,
    /// What the table alone does not say.
    pub note: Option<String>,
    /// All secrets of the account, as CreateSecret takes them.
    pub secrets: Vec<Map<String, Value>>,
    /// Filters with what they find.
    pub answers: Vec<Found>,
}

/// What filters find.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Found {
    /// As ListSecrets takes them.
    pub filters: Value,
    /// The names of the secrets found, in no order.
    pub names: BTreeSet<String>,
}

/// All tables.
pub fn tables() -> Result<Vec<Table>, String> {
    let in_words = |error: &dyn std::fmt::Display| format!("{}: {error}", read::file(CASE));
    let path = read::folder().join(format!("{CASE}.json"));
    let text = fs::read_to_string(path).map_err(|error| in_words(&error))?;
    let tables: Tables = serde_json::from_str(&text).map_err(|error| in_words(&error))?;
    if tables.format != 1 {
        return Err(in_words(&"its format is not known"));
    }
    Ok(tables.tables)
}

impl Table {
    /// What a line of the table is called in the output of tests.
    pub fn case(&self, line: usize) -> String {
        format!("{CASE}/{}/{}", self.table, line + 1)
    }

    /// Asks for one line of the table, in an account that holds its secrets and no others.
    pub async fn replay(&self, line: usize, target: Target) -> Result<(), Report> {
        let world = World::new(target);
        let found = &self.answers[line];
        let report = |call: &str, path: &str, expected: String, got: String| Report {
            file: read::file(CASE),
            step: line + 1,
            call: call.to_owned(),
            mismatches: vec![Mismatch {
                path: format!("{} {} {path}", self.table, found.filters),
                expected,
                got,
            }],
        };
        for secret in &self.secrets {
            let mut input = secret.clone();
            input.insert("SecretString".to_owned(), "v".into());
            let answer = world.arrange("CreateSecret", input).await;
            if answer.status != 200 {
                let got = format!("{} {}", answer.status, answer.body);
                return Err(report("CreateSecret", "status", "200".to_owned(), got));
            }
        }
        let mut input = Map::new();
        input.insert("Filters".to_owned(), found.filters.clone());
        input.insert("MaxResults".to_owned(), json!(100));
        let answer = world.arrange("ListSecrets", input).await;
        let body: Value = serde_json::from_str(&answer.body).unwrap_or_default();
        let Some(list) = body["SecretList"].as_array() else {
            let got = format!("{} {}", answer.status, answer.body);
            return Err(report(
                "ListSecrets",
                "answer",
                "a SecretList".to_owned(),
                got,
            ));
        };
        let names = list.iter().map(|entry| entry["Name"].as_str());
        let got: BTreeSet<String> = names.flatten().map(str::to_owned).collect();
        if got == found.names && got.len() == list.len() {
            return Ok(());
        }
        let (expected, got) = (format!("{:?}", found.names), format!("{got:?}"));
        Err(report("ListSecrets", "names", expected, got))
    }
}
