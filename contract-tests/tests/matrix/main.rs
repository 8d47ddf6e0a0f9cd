//! The golden matrix: every principal of a fixed world, every operation, a few resources, decided and
//! printed. `fixtures/matrix.txt` holds the answer; a change of what is decided shows there as a
//! difference that a person can read. With `SEKISHO_BLESS=1` the test writes the file anew.
#![allow(clippy::unwrap_used)]

mod calls;
mod client;
mod iam;
mod world;

use std::fmt::Write;
use std::path::Path;

use calls::Call;
use world::World;

const HEAD: &str = "\
# Who may do what: every principal of a fixed world (contract-tests/tests/matrix/world.rs) and every
# operation, on a few resources. Written by `SEKISHO_BLESS=1 cargo test -p sekisho-contract --test matrix`.
#
#   +  allowed            the layer that denies, as a capital letter where it does so explicitly:
#   !  no decision made   i identity  r resource  b boundary  s session  o SCP  c RCP  t trust
";

#[tokio::test]
async fn what_is_decided_is_what_was_decided() {
    let printed = printed().await;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/matrix.txt");
    if std::env::var_os("SEKISHO_BLESS").is_some() {
        std::fs::write(&path, &printed).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap();
    let changed: Vec<String> = expected
        .lines()
        .zip(printed.lines())
        .filter(|(expected, printed)| expected != printed)
        .map(|(expected, printed)| format!("- {expected}\n+ {printed}"))
        .collect();
    assert!(
        changed.is_empty(),
        "decided otherwise:\n{}",
        changed.join("\n")
    );
    assert_eq!(
        expected.lines().count(),
        printed.lines().count(),
        "rows have come or gone"
    );
}

/// Every operation of the tables has its row.
#[test]
fn no_operation_is_missing() {
    let table = sekisho::operations_markdown();
    let rows = table
        .lines()
        .skip(2)
        .map(|row| row.split('|').map(str::trim).collect::<Vec<_>>());
    let missing: Vec<String> = rows
        .flat_map(|columns| {
            let service = columns[1].trim_matches('`').to_owned();
            columns[2]
                .split(", ")
                .map(move |name| format!("{service}:{name}"))
                .collect::<Vec<_>>()
        })
        .filter(|operation| !calls::all().iter().any(|call| call.name() == *operation))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

async fn printed() -> String {
    let calls = calls::all();
    let mut columns: Vec<Vec<char>> = Vec::new();
    let names: Vec<&str> = world::PRINCIPALS.iter().map(|(name, _)| *name).collect();
    for (number, _) in names.iter().enumerate() {
        columns.push(column(number, &calls).await);
    }
    let mut text = HEAD.to_owned();
    for (number, (name, what)) in world::PRINCIPALS.iter().enumerate() {
        writeln!(text, "# {:2}  {name:12} {what}", number + 1).unwrap();
    }
    let numbers: Vec<String> = (1..=names.len())
        .map(|number| format!("{number:2}"))
        .collect();
    writeln!(text, "\n{:66}{}", "", numbers.join(" ")).unwrap();
    let mut service = "";
    for (row, call) in calls.iter().enumerate() {
        if call.service != service {
            service = call.service;
            writeln!(text, "{service}").unwrap();
        }
        let cells: Vec<String> = columns
            .iter()
            .map(|column| format!(" {}", column[row]))
            .collect();
        let line = format!("  {:38} {:24} {}", call.operation, call.on, cells.join(" "));
        writeln!(text, "{}", line.trim_end()).unwrap();
    }
    text
}

/// What a principal may do. The world is made anew once something in it has changed.
async fn column(principal: usize, calls: &[Call]) -> Vec<char> {
    let mut world = World::new().await;
    let mut cells = Vec::new();
    for call in calls {
        let (cell, has_changed) = world.decide(principal, call).await;
        cells.push(cell);
        if has_changed {
            world = World::new().await;
        }
    }
    cells
}
