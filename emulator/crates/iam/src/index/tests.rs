//! Which statements are candidates, and that no other is passed over.

use super::*;
use crate::Kind;
use crate::arn;

const SECRET: &str = "arn:aws:secretsmanager:us-east-1:111122223333:secret:";

fn index(statements: &[(&[&str], &[&str])]) -> Index {
    let compiled: Vec<(Vec<Glob>, Vec<ResourcePattern>)> = statements
        .iter()
        .map(|(actions, resources)| {
            let resource = |text: &&str| match *text {
                "*" => ResourcePattern::new("*", Kind::Identity, true),
                text => ResourcePattern::new(&format!("{SECRET}{text}"), Kind::Identity, true),
            };
            (
                actions.iter().map(|a| Glob::new(a)).collect(),
                resources.iter().map(resource).collect(),
            )
        })
        .collect();
    Index::new(
        (0..)
            .zip(&compiled)
            .map(|(number, (actions, resources))| Scope {
                number,
                actions: Some(actions),
                resources: Some(resources),
            }),
    )
}

fn candidates(index: &Index, action: &str, resource: Option<&str>) -> Vec<u32> {
    let arn = resource.map(|name| format!("{SECRET}{name}"));
    let mut found = Vec::new();
    let parts = arn.as_deref().map(arn::split);
    index.each(ActionKeys::new(action), parts.as_ref(), |n| found.push(n));
    found.sort_unstable();
    found
}

#[test]
fn the_first_of_all_lists() {
    let all: &[&str] = &["*"];
    let index = index(&[
        (&["kms:Decrypt"], all),
        (&["s3:Get*"], all),
        (&["S3:getobject", "s3:GetObject"], all),
        (&["*"], all),
        (&["s?:*"], all),
    ]);
    assert_eq!(candidates(&index, "s3:GetObject", None), [1, 2, 3, 4]);
    let first = |from: u32| index.first(ActionKeys::new("s3:GetObject"), None, |n| n >= from);
    assert_eq!([first(0), first(2), first(3)], [Some(1), Some(2), Some(3)]);
    assert_eq!(first(5), None);
}

#[test]
fn resources_tell_statements_apart() {
    let long = "x".repeat(2 * LONGEST);
    let index = index(&[
        (&["s:Get"], &["db-??????"]),
        (&["s:Get"], &["db-AbCdEf", "other"]),
        (&["s:Get"], &["*-AbCdEf"]),
        (&["s:*"], &["d*"]),
        (&["s:Get"], &["app"]),
        (&["*"], &[&long]),
    ]);
    assert_eq!(candidates(&index, "s:Get", Some("db-AbCdEf")), [0, 1, 2, 3]);
    assert_eq!(candidates(&index, "s:Put", Some("db-AbCdEf")), [3]);
    assert_eq!(candidates(&index, "s:Get", Some("app")), [4]);
    assert_eq!(candidates(&index, "s:Get", Some("app-AbCdEf")), [2]);
    let short = candidates(&index, "s:Get", Some("db-f"));
    assert_eq!(short, [3], "too short for the others");
    assert_eq!(candidates(&index, "s:Put", Some(&long)), [5]);
    assert_eq!(candidates(&index, "s:Get", None), [0; 0]);
}
