//! The house rules that a machine can check. Each failure says which rule, where, and why.
//!
//! Longer than other files: a rule is a few lines, and a reader looks for all of them in one place.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// Every file of ours with an ending, its path from the root with it.
fn files(ending: &str) -> Vec<(String, String)> {
    let (mut found, mut folders) = (Vec::new(), vec![root()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if !matches!(name.as_str(), "target" | "node_modules" | "fixtures")
                    && !name.starts_with('.')
                {
                    folders.push(path);
                }
            } else if name.ends_with(ending) {
                let relative = path
                    .strip_prefix(root())
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/");
                found.push((relative, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty());
    found
}

fn sources() -> Vec<(String, String)> {
    files(".rs")
}

#[track_caller]
fn none(rule: &str, offences: Vec<String>) {
    assert!(offences.is_empty(), "{rule}:\n  {}", offences.join("\n  "));
}

#[test]
fn the_top_level_holds_nothing_else() {
    let allowed = [
        "CHANGELOG.md",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "client",
        "contract-tests",
        "emulator",
        "fixtures",
        "target",
    ];
    let names = fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    none(
        "not at the top level",
        names
            .filter(|name| !name.starts_with('.') && !allowed.contains(&name.as_str()))
            .collect(),
    );
}

#[test]
fn every_module_says_what_it_is_for() {
    let silent = sources()
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//!") && !text.starts_with("#![doc"));
    none(
        "a module begins with its documentation",
        silent.map(|(path, _)| path).collect(),
    );
}

#[test]
fn files_stay_short() {
    let long = sources().into_iter().filter_map(|(path, text)| {
        let lines = text.lines().count();
        let operation = path.starts_with("emulator/src/") && text.contains("\nimpl Operation for ");
        let tests = is_test(&path);
        let limit = match (operation, tests) {
            (true, _) => 130,
            (_, true) => 450,
            _ => 320,
        };
        (lines > limit).then(|| format!("{path}: {lines} lines, {limit} allowed"))
    });
    none("split it, or say at its head why not", long.collect());
}

#[test]
fn types_that_hold_secrets_derive_nothing_that_shows_them() {
    let marks = [
        "Sensitive<",
        "Disclosed<",
        "SecretValue",
        "Zeroizing<",
        "SecretKey>",
    ];
    let mut offences = Vec::new();
    for (path, text) in sources()
        .into_iter()
        .filter(|(path, _)| !path.contains("/tests"))
    {
        let code: String = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .flat_map(|line| [line, "\n"])
            .collect();
        for (derived, body) in derives(&code) {
            let forbidden = ["Debug", "PartialEq"]
                .into_iter()
                .find(|name| derived.contains(name));
            if let (Some(forbidden), true) =
                (forbidden, marks.iter().any(|mark| body.contains(mark)))
            {
                offences.push(format!(
                    "{path}: derives {forbidden}: {}",
                    body.lines().next().unwrap_or_default()
                ));
            }
            // Outputs serialize on purpose, but only what is marked as disclosed.
            let bare = body.replace("Disclosed<", "");
            if derived.contains("Serialize")
                && !derived.contains("Deserialize")
                && marks.iter().any(|mark| bare.contains(mark))
            {
                offences.push(format!(
                    "{path}: derives Serialize: {}",
                    body.lines().next().unwrap_or_default()
                ));
            }
        }
    }
    none("secrets are not shown by accident", offences);
}

/// Whether a file holds tests and nothing else.
fn is_test(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("tests.rs")
}

/// Each derive list with the item behind it.
fn derives(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    for piece in text.split("#[derive(").skip(1) {
        let (derived, rest) = piece.split_once(")]").unwrap();
        let end = rest.find("\n}").map_or(rest.len(), |end| end + 2);
        let line = rest.find(";\n").map_or(rest.len(), |end| end + 1);
        let one_line = rest[..line]
            .lines()
            .filter(|line| !line.trim().starts_with('#'))
            .count()
            <= 2;
        found.push((derived, rest[..if one_line { line } else { end }].trim()));
    }
    found
}

#[test]
fn arrows_point_down() {
    // Folder or file → what it may not name.
    let rules: &[(&str, &[&str])] = &[
        (
            "emulator/src/store/",
            &[
                "crate::wire",
                "crate::iam",
                "crate::secretsmanager",
                "crate::sts",
                "crate::authorization",
                "crate::authentication",
                "crate::operation",
                "crate::service",
                "crate::environment",
            ],
        ),
        (
            "emulator/src/wire/",
            &[
                "crate::iam",
                "crate::secretsmanager",
                "crate::sts",
                "crate::store",
                "crate::authorization",
                "crate::authentication",
                "crate::operation",
                "crate::service",
                "sekisho_iam",
                "sekisho_sigv4",
                "crate::environment",
            ],
        ),
        (
            "emulator/src/secretsmanager/",
            &[
                "crate::authentication",
                "crate::service",
                "crate::http",
                "sekisho_sigv4",
                "sekisho_iam::evaluate",
                "sekisho_iam::explain",
                "http::",
                "axum",
                "tokio",
            ],
        ),
        (
            "emulator/src/sts/",
            &[
                "crate::authentication",
                "crate::service",
                "crate::http",
                "sekisho_iam::evaluate",
                "http::",
                "axum",
                "tokio::",
            ],
        ),
        (
            "emulator/src/iam/",
            &[
                "crate::authentication",
                "crate::service",
                "crate::http",
                "sekisho_iam::evaluate",
                "http::",
                "axum",
                "tokio::",
            ],
        ),
        (
            "emulator/src/authorization/",
            &[
                "crate::service",
                "crate::secretsmanager",
                "crate::http",
                "sekisho_sigv4",
            ],
        ),
        (
            "emulator/src/environment.rs",
            &[
                "crate::store",
                "crate::wire",
                "crate::iam",
                "crate::service",
            ],
        ),
        (
            "emulator/crates/iam/src/",
            &[
                "std::time",
                "std::fs",
                "std::net",
                "std::io",
                "std::thread",
                "tokio",
                "tracing",
                "async fn",
            ],
        ),
        (
            "emulator/crates/sigv4/src/",
            &[
                "SystemTime",
                "Instant",
                "std::fs",
                "std::net",
                "std::io",
                "std::thread",
                "tokio",
                "tracing",
                "async fn",
            ],
        ),
    ];
    let mut offences = Vec::new();
    for (path, text) in sources() {
        // Tests at a file's end, and tests in files of their own, may drive the whole emulator.
        let code = text
            .split("#[cfg(test)]\nmod tests {")
            .next()
            .unwrap_or_default();
        for (place, forbidden) in rules
            .iter()
            .filter(|(place, _)| path.starts_with(place) && !is_test(&path))
        {
            let named = |name: &&&str| {
                code.lines()
                    .any(|line| !line.trim_start().starts_with("//") && line.contains(**name))
            };
            offences.extend(
                forbidden
                    .iter()
                    .filter(named)
                    .map(|name| format!("{path} names {name} ({place})")),
            );
        }
    }
    none(
        "dependencies point down the map in emulator/src/lib.rs",
        offences,
    );
}

#[test]
fn sockets_and_clocks_have_one_place_each() {
    let mut offences = Vec::new();
    for (path, text) in sources()
        .into_iter()
        .filter(|(path, _)| path.starts_with("emulator/src/"))
    {
        let only = |place: &str, name: &str| text.contains(name) && path != place;
        for (place, name) in [
            ("emulator/src/http.rs", "TcpListener"),
            ("emulator/src/http.rs", "axum::"),
            ("emulator/src/environment.rs", "SystemTime::now"),
            ("emulator/src/environment.rs", "Instant::now"),
            ("emulator/src/environment.rs", "getrandom::"),
        ] {
            if only(place, name) {
                offences.push(format!("{path} has {name}; only {place} may"));
            }
        }
    }
    none("one place for each", offences);
}

#[test]
fn crates_depend_on_what_the_map_says() {
    let metadata = metadata();
    let ours: BTreeSet<&str> = metadata
        .workspace_packages()
        .iter()
        .map(|package| package.name.as_str())
        .collect();
    let mut offences = Vec::new();
    for package in metadata.workspace_packages() {
        let allowed: &[&str] = match package.name.as_str() {
            "sekisho" => &["sekisho-iam", "sekisho-sigv4"],
            "sekisho-contract" => &["sekisho", "sekisho-client"],
            _ => &[],
        };
        for dependency in package
            .dependencies
            .iter()
            .filter(|dependency| dependency.kind == DependencyKind::Normal)
        {
            let name = dependency.name.as_str();
            if ours.contains(name) && !allowed.contains(&name) {
                offences.push(format!("{} depends on {name}", package.name));
            }
            if package.name == "sekisho" && name.starts_with("aws-sdk") {
                offences.push(format!("the emulator links {name}"));
            }
            if matches!(package.name.as_str(), "sekisho-iam" | "sekisho-sigv4")
                && !matches!(name, "sha2" | "hmac" | "subtle" | "zeroize")
            {
                offences.push(format!("{}, a pure crate, depends on {name}", package.name));
            }
        }
    }
    none("crates depend on what the map says", offences);
}

#[test]
fn licences_are_permissive() {
    let permissive = [
        "MIT",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "ISC",
        "Zlib",
        "Unicode-3.0",
        "Unlicense",
        "CC0-1.0",
        "0BSD",
        "MIT-0",
        "BSL-1.0",
        "CDLA-Permissive-2.0",
    ];
    let good = |expression: &str| {
        let clean = expression
            .replace(['(', ')'], " ")
            .replace('/', " OR ")
            .replace(" WITH LLVM-exception", "");
        clean.split(" AND ").all(|all| {
            all.split(" OR ")
                .any(|one| permissive.contains(&one.trim()))
        })
    };
    let metadata = metadata();
    let bad = metadata
        .packages
        .iter()
        .filter(|package| !package.license.as_deref().is_some_and(good));
    none(
        "licences that are not permissive",
        bad.map(|package| format!("{} {:?}", package.name, package.license))
            .collect(),
    );
}

#[test]
fn the_readme_lists_the_operations_there_are() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let (_, rest) = readme.split_once("<!-- operations:begin -->\n").unwrap();
    let (table, _) = rest.split_once("<!-- operations:end -->").unwrap();
    let expected = sekisho::operations_markdown();
    assert_eq!(
        table, expected,
        "put the output of `sekisho operations` between the markers"
    );
}

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .other_options(vec!["--locked".to_owned()])
        .exec()
        .unwrap()
}
