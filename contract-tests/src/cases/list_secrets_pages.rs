//! ListSecrets: pages that stay right, in every order.

use serde_json::{Value, json};

use super::support::{at, made_with, ok, put, secret};
use crate::{Case, Context, Evidence, Need};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "list_secrets_pages/ten_by_default",
        Evidence::Recorded,
        "radkawar/stackd testdata/aws/secretsmanager/encryption_audit (recordings of AWS)",
        |c| Box::pin(ten_by_default(c)),
    ),
    Case::new(
        "list_secrets_pages/every_order_both_ways",
        Evidence::Documented,
        "API reference, ListSecrets: SortBy, SortOrder",
        |c| Box::pin(every_order_both_ways(c)),
    )
    .needs(&[Need::Clock]),
    Case::new(
        "list_secrets_pages/while_secrets_come_and_go",
        Evidence::Sound,
        "what was there all the time is listed once, whatever happens to its neighbours",
        |c| Box::pin(while_secrets_come_and_go(c)),
    ),
    Case::new(
        "list_secrets_pages/filtered",
        Evidence::Documented,
        "API reference, ListSecrets: MaxResults, NextToken",
        |c| Box::pin(filtered(c)),
    ),
];

/// The names on a page of what this case made, and the token of the next.
async fn page(c: &Context, mut input: Value, next: Option<Value>) -> (Vec<String>, Option<Value>) {
    if input.get("Filters").is_none() {
        input["Filters"] = json!([{"Key": "name", "Values": [c.name("")]}]);
    }
    if let Some(next) = next {
        input["NextToken"] = next;
    }
    let listed = ok(c, "ListSecrets", &input).await;
    let entries = listed["SecretList"].as_array().unwrap().iter();
    let prefix = c.name("");
    let short = |entry: &Value| {
        entry["Name"]
            .as_str()
            .unwrap()
            .strip_prefix(&prefix)
            .unwrap()
            .to_owned()
    };
    (
        entries.map(short).collect(),
        listed.get("NextToken").cloned(),
    )
}

/// All pages one after another, and how long each is.
async fn all(c: &Context, input: &Value) -> (Vec<String>, Vec<usize>) {
    let (mut names, mut lengths, mut next) = (Vec::new(), Vec::new(), None);
    loop {
        let (page, token) = page(c, input.clone(), next).await;
        lengths.push(page.len());
        names.extend(page);
        next = token;
        if next.is_none() {
            return (names, lengths);
        }
    }
}

async fn make(c: &Context, names: &[&str]) {
    for name in names {
        secret(&c.root(), &c.name(name), "v").await;
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
}

async fn ten_by_default(c: &Context) {
    let names: Vec<String> = (10..31).map(|number| number.to_string()).collect();
    make(c, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    assert_eq!(all(c, &json!({})).await, (names.clone(), vec![10, 10, 1]));
    let most = json!({"MaxResults": 100});
    assert_eq!(all(c, &most).await, (names.clone(), vec![21]));
    let exact = json!({"MaxResults": 7});
    assert_eq!(
        all(c, &exact).await,
        (names, vec![7, 7, 7]),
        "and no empty page behind"
    );
}

/// Four secrets whose names, ages, changes and reads are all in different orders.
async fn every_order_both_ways(c: &Context) {
    let client = c.root();
    make(c, &["c", "a", "d", "b"]).await;
    for name in ["d", "b", "c", "a"] {
        super::support::wait_days(c, 1.0);
        put(&client, &c.name(name), "w", &[]).await;
    }
    for name in ["b", "d", "a"] {
        super::support::wait_days(c, 1.0);
        ok(c, "GetSecretValue", &at(&c.name(name))).await;
    }
    for (by, ascending) in [
        (None, "cadb"),
        (Some("created-date"), "cadb"),
        (Some("name"), "abcd"),
        (Some("last-changed-date"), "dbca"),
        // What was never read stands at one end.
        (Some("last-accessed-date"), "cbda"),
    ] {
        for order in [None, Some("asc"), Some("desc")] {
            let mut expected: Vec<String> = ascending.chars().map(String::from).collect();
            if order == Some("desc") {
                expected.reverse();
            }
            for size in 1..=4 {
                let mut input = json!({"MaxResults": size});
                super::support::merge(&mut input, json!({"SortBy": by, "SortOrder": order}));
                let (names, _) = all(c, &input).await;
                assert_eq!(names, expected, "{input}");
            }
        }
    }
}

async fn gone(c: &Context, name: &str) {
    let delete = c.root().delete_secret().secret_id(c.name(name));
    delete
        .force_delete_without_recovery(true)
        .send()
        .await
        .unwrap();
}

async fn while_secrets_come_and_go(c: &Context) {
    for (by, order) in [
        ("created-date", "asc"),
        ("created-date", "desc"),
        ("name", "asc"),
        ("name", "desc"),
    ] {
        let folder = format!("{by}-{order}");
        let name = |name: &str| format!("{folder}/{name}");
        let names = ["b", "d", "f", "h", "j", "l"].map(name);
        make(c, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
        let filters = json!([{"Key": "name", "Values": [c.name(&name(""))]}]);
        let input = json!({"MaxResults": 2, "SortBy": by, "SortOrder": order, "Filters": filters});
        let mut expected = names.to_vec();
        if order == "desc" {
            expected.reverse();
        }
        let (first, token) = page(c, input.clone(), None).await;
        assert_eq!(first, expected[..2], "{by} {order}");
        // The last of the page goes, one goes that is still to come, and one comes beside each.
        gone(c, &first[1]).await;
        gone(c, &expected[2]).await;
        let new = match order {
            "asc" => name("a"),
            _ => name("z"),
        };
        make(c, &[&new]).await;
        let (mut seen, mut next) = (Vec::new(), token);
        while let Some(token) = next {
            let (names, token) = page(c, input.clone(), Some(token)).await;
            seen.extend(names);
            next = token;
        }
        seen.retain(|seen| *seen != new);
        assert_eq!(seen, expected[3..], "{by} {order}");
    }
}

async fn filtered(c: &Context) {
    for number in 0..7 {
        let description = if number % 2 == 0 { "even" } else { "odd" };
        let name = c.name(&number.to_string());
        made_with(
            c,
            c.target().root(),
            &name,
            json!({"Description": description}),
        )
        .await;
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    let filters = json!([
        {"Key": "name", "Values": [c.name("")]}, {"Key": "description", "Values": ["even"]},
    ]);
    let input = json!({"MaxResults": 2, "Filters": filters});
    let expected = ["0", "2", "4", "6"].map(str::to_owned).to_vec();
    assert_eq!(all(c, &input).await, (expected, vec![2, 2]));
}
