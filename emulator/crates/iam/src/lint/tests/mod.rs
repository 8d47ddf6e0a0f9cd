//! The linter by tables: a policy and exactly the codes it gives. Every code has a row.

mod actions;
mod clean;
mod conditions;
mod documents;
mod fuzz;
mod principals;
mod reach;
mod resources;
mod sound;
mod values;
mod variables;

use std::collections::BTreeSet;

use super::{Code, Finding, Severity, codes, lint};
use crate::Kind;

/// The kind of policy, what stands between the braces of its only statement, and the codes.
type Row = (Kind, &'static str, &'static [&'static str]);

const TABLES: [&[Row]; 6] = [
    actions::ROWS,
    conditions::ROWS,
    principals::ROWS,
    resources::ROWS,
    variables::ROWS,
    documents::ROWS,
];

fn policy(statement: &str) -> String {
    format!(r#"{{"Version": "2012-10-17", "Statement": [{{{statement}}}]}}"#)
}

fn names(findings: &[Finding]) -> Vec<&'static str> {
    let mut names: Vec<_> = findings.iter().map(|finding| finding.code.name).collect();
    names.sort_unstable();
    names
}

#[track_caller]
fn check(text: &str, kind: Kind, expected: &[&str]) {
    if let Some(difference) = difference(text, kind, expected) {
        panic!("{difference}");
    }
}

/// What differs from what is expected.
fn difference(text: &str, kind: Kind, expected: &[&str]) -> Option<String> {
    let findings = lint(text, kind);
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    let is_fit = |finding: &Finding| {
        finding.severity >= finding.code.severity
            && text.get(finding.bytes.clone()).is_some()
            && finding.span.start <= finding.span.end
            && finding.message.len() > 15
    };
    if names(&findings) == expected && findings.iter().all(is_fit) {
        return None;
    }
    let lines: Vec<_> = findings.iter().map(|f| format!("  {f}\n")).collect();
    let text: String = text.chars().take(400).collect();
    Some(format!(
        "{kind:?} {text}\nexpected {expected:?}, found\n{}",
        lines.concat()
    ))
}

#[test]
fn rows() {
    let differences: Vec<_> = TABLES
        .into_iter()
        .flatten()
        .filter_map(|(kind, statement, expected)| difference(&policy(statement), *kind, expected))
        .collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn every_code_has_a_row() {
    let rows = TABLES
        .into_iter()
        .flatten()
        .flat_map(|(_, _, codes)| *codes);
    let documents = documents::DOCUMENTS.iter().flat_map(|(_, _, codes)| *codes);
    let mut tested: BTreeSet<&str> = rows.chain(documents).copied().collect();
    tested.extend(documents::MEASURED);
    tested.extend(reach::TESTED);
    tested.extend(variables::TESTED);
    let known: BTreeSet<&str> = codes::ALL.iter().map(|code| code.name).collect();
    assert_eq!(known.len(), codes::ALL.len(), "a code is there twice");
    let missing: Vec<_> = known.difference(&tested).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let foreign: Vec<_> = tested.difference(&known).collect();
    assert!(foreign.is_empty(), "{foreign:?}");
}

#[test]
fn the_documentation_lists_every_code() {
    let table: String = codes::ALL.iter().map(|code| row(code)).collect();
    let documented = include_str!("../codes.md");
    let begin = documented.find("| `").expect("has a table");
    assert_eq!(&documented[begin..], table);
}

fn row(code: &Code) -> String {
    let severity = code.severity.name().to_lowercase().replace('_', " ");
    format!("| `{}` | {severity} | {} |\n", code.name, code.meaning)
}

#[test]
fn severities_are_ordered() {
    assert!(Severity::Error > Severity::SecurityWarning);
    assert!(Severity::SecurityWarning > Severity::Warning);
    assert!(Severity::Warning > Severity::Suggestion);
    assert_eq!(format!("{:>9}", Severity::Error), "    ERROR");
}

#[test]
fn findings_print_on_one_line() {
    let text = "{\"Version\": \"2012-10-17\",\n \"Statement\": [{\"Effect\": \"allow\"}]}";
    let findings = lint(text, Kind::Trust);
    let printed: Vec<_> = findings.iter().map(ToString::to_string).collect();
    let start = "2:27: ERROR INVALID_EFFECT: \"allow\" is no effect";
    assert!(
        printed.iter().any(|line| line.starts_with(start)),
        "{printed:#?}"
    );
    let starts: Vec<_> = findings.iter().map(|finding| finding.bytes.start).collect();
    assert!(starts.is_sorted(), "{starts:?}");
}

#[test]
fn paths_and_places() {
    let text = policy(
        r#""Effect": "Allow", "Action": ["kms:Decrypt", "kms:décrypt"], "Resource": "arn:aws:kms:*:*:key/${aws:username",
           "Condition": {"StringEquals": {"aws:ResourceTag/a.b": "x*", "aws:Nothing": "1"}}"#,
    );
    let findings = lint(&text, Kind::Identity);
    let found: Vec<_> = findings
        .iter()
        .map(|finding| {
            let place = &text[finding.bytes.clone()];
            (finding.code.name, finding.path.to_string(), place)
        })
        .collect();
    let expected = [
        (
            "INVALID_ACTION",
            "Statement[0].Action[1]",
            "\"kms:décrypt\"",
        ),
        (
            "MISSING_BRACE_IN_VARIABLE",
            "Statement[0].Resource",
            "${aws:username",
        ),
        (
            "WILDCARD_WITHOUT_LIKE_OPERATOR",
            "Statement[0].Condition.StringEquals[\"aws:ResourceTag/a.b\"]",
            "\"x*\"",
        ),
        (
            "INVALID_GLOBAL_CONDITION_KEY",
            "Statement[0].Condition.StringEquals.aws:Nothing",
            "\"aws:Nothing\"",
        ),
    ];
    assert_eq!(
        found,
        expected.map(|(code, path, place)| (code, path.to_owned(), place))
    );
    let action = &findings[0].span;
    assert_eq!(
        (action.start.line, action.end.column - action.start.column),
        (1, 13)
    );
    let key = &findings[3].span;
    assert_eq!((key.start.line, key.end.line), (2, 2));
}
