//! The decisions of `fixtures/iam`, each a test of its own.
#![allow(clippy::unwrap_used)]

mod format;
mod world;

use std::fs;
use std::path::{Path, PathBuf};

use format::{Expected, File, Test, Worded};
use libtest_mimic::{Arguments, Failed, Trial};
use sekisho_iam::{Outcome, evaluate, explain};

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../fixtures/iam");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .collect();
    files.sort();
    let trials: Vec<Trial> = files.iter().flat_map(|path| trials(path)).collect();
    assert!(trials.len() >= 200, "{} cases are too few", trials.len());
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

/// A file that cannot be read is one test that fails.
fn trials(path: &Path) -> Vec<Trial> {
    let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
    let folder = path.parent().unwrap().to_owned();
    match File::read(&fs::read_to_string(path).unwrap()) {
        Err(fault) => vec![Trial::test(stem, move || Err(fault.into()))],
        Ok(file) => file
            .tests
            .into_iter()
            .map(|test| {
                let (name, folder) = (format!("{stem}: {}", test.name), folder.clone());
                Trial::test(name, move || run(&test, &folder))
            })
            .collect(),
    }
}

fn run(test: &Test, folder: &Path) -> Result<(), Failed> {
    if test.source.is_none() || test.evidence.is_none() {
        return Err(
            "a test says where its expectation comes from, and of what kind that is".into(),
        );
    }
    match &test.expect {
        Expected::Valid | Expected::Malformed => document(test),
        _ => decision(test, folder),
    }
}

fn document(test: &Test) -> Result<(), Failed> {
    let found = world::parse(test)?;
    let expected = test.expect == Expected::Valid;
    match (found, expected) {
        (Ok(()), true) => Ok(()),
        (Ok(()), false) => Err("the policy was accepted".into()),
        (Err(text), true) => Err(format!("the policy was refused: {text}").into()),
        (Err(text), false) => check_message(test, &text),
    }
}

fn decision(test: &Test, folder: &Path) -> Result<(), Failed> {
    world::with(test, folder, |request, policies, sentence| {
        let trace = explain(request, policies);
        let decision = evaluate(request, policies);
        let fail = |text: String| Err(format!("{text}\n{trace}").into());
        if trace.decision != decision {
            return fail(format!(
                "explained as {:?}, decided as {decision:?}",
                trace.decision
            ));
        }
        let fits = match test.expect {
            Expected::Allow => decision.outcome == Outcome::Allow,
            Expected::Deny => decision.outcome != Outcome::Allow,
            Expected::ImplicitDeny => decision.outcome == Outcome::ImplicitDeny,
            Expected::ExplicitDeny => decision.outcome == Outcome::ExplicitDeny,
            Expected::Valid | Expected::Malformed => false,
        };
        if !fits {
            return fail(format!(
                "expected {:?}, decided {:?}",
                test.expect, decision.outcome
            ));
        }
        if test
            .by
            .as_deref()
            .is_some_and(|by| by != decision.layer.name())
        {
            return fail(format!(
                "expected by {:?}, decided by {}",
                test.by, decision.layer
            ));
        }
        if decision.is_allowed() {
            return Ok(());
        }
        let text = sentence(decision);
        check_message(test, &text)
    })?
}

fn check_message(test: &Test, text: &str) -> Result<(), Failed> {
    match &test.message {
        Some(pattern) if !Worded(pattern).fits(text) => {
            Err(format!("expected the text\n  {pattern}\nand got\n  {text}").into())
        }
        _ => Ok(()),
    }
}
