//! ListSecrets: entries, order, pages. Filters have a file of their own.

use aws_sdk_secretsmanager::types::{Filter, FilterNameStringType, SortByType, SortOrderType};
use serde_json::{Value, json};

use super::support::{call, fault, ok, put, refused, secret, take_dates, token, violation};
use crate::{Case, Context, Evidence};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "list_secrets/members_of_an_entry",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_call_lists_secrets_multiple_times_snapshots",
        |c| Box::pin(members_of_an_entry(c)),
    ),
    Case::new(
        "list_secrets/nothing_found",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_list_secrets_filtering; localstack test_aws_sdk_task_service",
        |c| Box::pin(nothing_found(c)),
    ),
    Case::new(
        "list_secrets/last_accessed_is_a_day",
        Evidence::Recorded,
        "cloud-custodian test_secrets_manager (recordings of AWS)",
        |c| Box::pin(last_accessed_is_a_day(c)),
    ),
    Case::new(
        "list_secrets/oldest_first_by_default",
        Evidence::Recorded,
        "cloud-custodian test_secrets_manager_kms_filter and three more (recordings of AWS)",
        |c| Box::pin(oldest_first_by_default(c)),
    ),
    Case::new(
        "list_secrets/sorted_as_asked",
        Evidence::Documented,
        "API reference, ListSecrets: SortBy, SortOrder",
        |c| Box::pin(sorted_as_asked(c)),
    ),
    Case::new(
        "list_secrets/sorted_by_change",
        Evidence::Documented,
        "API reference, ListSecrets: SortBy",
        |c| Box::pin(sorted_by_change(c)),
    ),
    Case::new(
        "list_secrets/pages",
        Evidence::Documented,
        "API reference, ListSecrets: NextToken",
        |c| Box::pin(pages(c)),
    ),
    Case::new(
        "list_secrets/planned_deletions_are_hidden",
        Evidence::Documented,
        "API reference, ListSecrets: IncludePlannedDeletion; localstack/localstack#11635; getmoto/moto#8335",
        |c| Box::pin(planned_deletions_are_hidden(c)),
    ),
    Case::new(
        "list_secrets/page_size_out_of_range",
        Evidence::Inferred,
        "the model's limits in the common form of AWS's validation errors",
        |c| Box::pin(page_size_out_of_range(c)),
    ),
    Case::new(
        "list_secrets/unknown_filter_key",
        Evidence::Inferred,
        "the model's values in the common form of AWS's validation errors",
        |c| Box::pin(unknown_filter_key(c)),
    ),
    Case::new(
        "list_secrets/unknown_page_token",
        Evidence::Documented,
        "API model, ListSecrets: InvalidNextTokenException",
        |c| Box::pin(unknown_page_token(c)),
    ),
];

/// A filter for what this case made.
fn ours(c: &Context) -> Filter {
    let filter = Filter::builder().key(FilterNameStringType::Name);
    filter.values(c.name("")).build()
}

/// The entries for what this case made.
async fn entries(c: &Context, mut input: Value) -> Vec<Value> {
    input["Filters"] = json!([{"Key": "name", "Values": [c.name("")]}]);
    let listed = ok(c, "ListSecrets", &input).await;
    listed["SecretList"].as_array().unwrap().clone()
}

fn names(entries: &[Value]) -> Vec<&str> {
    entries
        .iter()
        .filter_map(|entry| entry["Name"].as_str())
        .collect()
}

/// Makes secrets one after another, at different times.
async fn make(c: &Context, names: &[&str]) -> Vec<String> {
    let mut made = vec![];
    for name in names {
        made.push(c.name(name));
        secret(&c.root(), &c.name(name), "v").await;
        pause().await;
    }
    made
}

async fn pause() {
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
}

async fn members_of_an_entry(c: &Context) {
    let (name, token) = (c.name("s"), token());
    let input = json!({
        "Name": name, "SecretString": "v", "Description": "testing", "ClientRequestToken": token,
    });
    let arn = ok(c, "CreateSecret", &input).await["ARN"].clone();
    let filters = json!([{"Key": "name", "Values": [name]}]);
    let mut listed = ok(c, "ListSecrets", &json!({"Filters": filters})).await;
    take_dates(
        &mut listed["SecretList"][0],
        &["CreatedDate", "LastChangedDate"],
    );
    let versions = json!({token: ["AWSCURRENT"]});
    let entry = json!({
        "ARN": arn, "Name": name, "Description": "testing", "SecretVersionsToStages": versions,
    });
    assert_eq!(listed, json!({"SecretList": [entry]}));
}

async fn nothing_found(c: &Context) {
    let filters = json!([{"Key": "name", "Values": [c.name("nothing")]}]);
    let answer = call(c, "ListSecrets", &json!({"Filters": filters})).await;
    assert_eq!(
        (answer.status, answer.json()),
        (200, json!({"SecretList": []}))
    );
}

async fn last_accessed_is_a_day(c: &Context) {
    let made = make(c, &["read", "unread"]).await;
    let get = c.root().get_secret_value().secret_id(&made[0]);
    get.send().await.unwrap();
    let mut entries = entries(c, json!({})).await;
    let day = take_dates(&mut entries[0], &["LastAccessedDate"])[0];
    assert_eq!(
        (day % 86400.0, entries[1].get("LastAccessedDate")),
        (0.0, None)
    );
}

async fn oldest_first_by_default(c: &Context) {
    let made = make(c, &["m", "z", "a", "q"]).await;
    assert_eq!(names(&entries(c, json!({})).await), made);
}

async fn sorted_as_asked(c: &Context) {
    make(c, &["b", "c", "a"]).await;
    for (by, order, expected) in [
        ("name", "asc", ["a", "b", "c"]),
        ("name", "desc", ["c", "b", "a"]),
        ("created-date", "asc", ["b", "c", "a"]),
        ("created-date", "desc", ["a", "c", "b"]),
    ] {
        let input = json!({"SortBy": by, "SortOrder": order});
        let expected = expected.map(|name| c.name(name));
        assert_eq!(names(&entries(c, input).await), expected, "{by} {order}");
    }
}

async fn sorted_by_change(c: &Context) {
    let made = make(c, &["a", "b", "c"]).await;
    put(&c.root(), &made[0], "w", &[]).await;
    let expected = ["b", "c", "a"].map(|name| c.name(name));
    let input = json!({"SortBy": "last-changed-date", "SortOrder": "asc"});
    assert_eq!(names(&entries(c, input).await), expected);
}

async fn pages(c: &Context) {
    let mut made = make(c, &["e", "d", "c", "b", "a"]).await;
    let client = c.root();
    let list = |next: Option<String>| {
        let list = client.list_secrets().filters(ours(c)).max_results(2);
        let list = list
            .sort_by(SortByType::Name)
            .sort_order(SortOrderType::Asc);
        list.set_next_token(next).send()
    };
    let (mut next, mut seen) = (None, vec![]);
    for expected in [2, 2, 1] {
        let page = list(next).await.unwrap();
        assert_eq!(page.secret_list().len(), expected);
        seen.extend(
            page.secret_list()
                .iter()
                .filter_map(|entry| entry.name.clone()),
        );
        next = page.next_token;
    }
    made.sort();
    assert_eq!((seen, next), (made, None));
}

async fn planned_deletions_are_hidden(c: &Context) {
    let made = make(c, &["a", "b"]).await;
    let delete = c.root().delete_secret().secret_id(&made[1]);
    delete.send().await.unwrap();
    assert_eq!(names(&entries(c, json!({})).await), made[..1]);
    let mut all = entries(c, json!({"IncludePlannedDeletion": true})).await;
    assert_eq!(names(&all), made);
    assert_eq!(all[0].get("DeletedDate"), None);
    take_dates(&mut all[1], &["DeletedDate"]);
}

async fn page_size_out_of_range(c: &Context) {
    let least = violation(
        Some("0"),
        "maxResults",
        "have value greater than or equal to 1",
    );
    let most = violation(
        Some("101"),
        "maxResults",
        "have value less than or equal to 100",
    );
    for (size, expected) in [(0, least), (101, most)] {
        let outcome = c.root().list_secrets().max_results(size).send().await;
        assert_eq!(refused(outcome), expected);
    }
}

async fn unknown_filter_key(c: &Context) {
    let input = json!({"Filters": [{"Key": "colour", "Values": ["x"]}]});
    let (code, text) = fault(&call(c, "ListSecrets", &input).await);
    assert_eq!(code, "ValidationException");
    let start = "1 validation error detected: Value 'colour' at 'filters.1.member.key' failed to satisfy constraint: Member must satisfy enum value set: [";
    assert!(
        text.starts_with(start) && text.contains("tag-value"),
        "{text}"
    );
}

async fn unknown_page_token(c: &Context) {
    let outcome = c
        .root()
        .list_secrets()
        .next_token("no token of yours")
        .send()
        .await;
    assert_eq!(refused(outcome).0, "InvalidNextTokenException");
}
