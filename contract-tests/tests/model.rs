//! The emulator's table of operations is that of AWS's model.
#![allow(clippy::unwrap_used)]

use sekisho_contract::model::MODEL;

#[test]
fn the_table_of_operations_is_the_model_s() {
    let table = sekisho::operations_markdown();
    let row = table
        .lines()
        .find(|row| row.starts_with("| `secretsmanager` |"));
    let columns: Vec<&str> = row.unwrap().split('|').map(str::trim).collect();
    let mut names: Vec<&str> = columns[2].split(", ").collect();
    names.sort_unstable();
    let expected: Vec<&str> = MODEL.operations.keys().map(String::as_str).collect();
    assert_eq!(names, expected);
    assert_eq!(columns[3], "–", "none is missing");
}
