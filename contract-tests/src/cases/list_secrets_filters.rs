//! The filters of ListSecrets: a table for each key, as recorded on AWS.

use serde_json::{Value, json};

use super::support::{ok, token, word};
use crate::{Case, Context, Evidence};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "list_secrets_filters/name",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_list_secrets_filtering; localstack/localstack#4820",
        |c| Box::pin(name(c)),
    ),
    Case::new(
        "list_secrets_filters/description",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_list_secrets_filtering",
        |c| Box::pin(description(c)),
    ),
    Case::new(
        "list_secrets_filters/words_of_a_description",
        Evidence::Recorded,
        "getmoto/moto test_list_secrets.py::test_with_filter_with_value_with_multiple_words (aws_verified)",
        |c| Box::pin(words_of_a_description(c)),
    ),
    Case::new(
        "list_secrets_filters/all_filters_must_match",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_list_secrets_filtering; \
         getmoto/moto test_list_secrets.py::test_with_duplicate_filter_keys (aws_verified)",
        |c| Box::pin(all_filters_must_match(c)),
    ),
    Case::new(
        "list_secrets_filters/all",
        Evidence::Recorded,
        "getmoto/moto test_list_secrets.py::test_with_all_filter (aws_verified)",
        |c| Box::pin(all(c)),
    ),
    Case::new(
        "list_secrets_filters/all_cuts_words",
        Evidence::Recorded,
        "getmoto/moto test_list_secrets.py::test_with_all_filter_special_characters (aws_verified)",
        |c| Box::pin(all_cuts_words(c)),
    ),
    Case::new(
        "list_secrets_filters/case",
        Evidence::Documented,
        "API reference, Filter; floci-io/floci#1541; cloudemu#544",
        |c| Box::pin(case(c)),
    ),
    Case::new(
        "list_secrets_filters/key_and_value_are_no_pair",
        Evidence::Documented,
        "external-secrets/external-secrets#4903; external-secrets/external-secrets#5685",
        |c| Box::pin(key_and_value_are_no_pair(c)),
    ),
    Case::new(
        "list_secrets_filters/one_of_the_values",
        Evidence::Documented,
        "API reference, Filter: Values",
        |c| Box::pin(one_of_the_values(c)),
    ),
];

/// What is to be found: name, and description or none.
type Stock = [(&'static str, &'static str)];

/// Filters as key and value, with the names they find.
type Row<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str]);

/// Makes secrets of these names, each with a word of the run behind it.
async fn stock(c: &Context, secrets: &[(&str, &str, Value)]) {
    for (name, description, tags) in secrets {
        let name = format!("{name}{}", word(c));
        let mut input = json!({"Name": name, "ClientRequestToken": token(), "Tags": tags});
        if !description.is_empty() {
            input["Description"] = json!(description);
        }
        ok(c, "CreateSecret", &input).await;
    }
}

async fn described(c: &Context, secrets: &Stock) {
    for (name, description) in secrets {
        stock(c, &[(*name, *description, Value::Null)]).await;
    }
}

/// The names that are found, the word of the run cut off, sorted.
async fn found(c: &Context, filters: &Value) -> Vec<String> {
    let (mut names, mut next) = (vec![], Value::Null);
    loop {
        let input = json!({"Filters": filters, "MaxResults": 100, "NextToken": next});
        let page = ok(c, "ListSecrets", &input).await;
        let entries = page["SecretList"].as_array().unwrap();
        names.extend(entries.iter().filter_map(|entry| {
            let name = entry["Name"].as_str()?.strip_suffix(&word(c))?;
            Some(name.to_owned())
        }));
        next = page["NextToken"].clone();
        if next.is_null() {
            names.sort();
            return names;
        }
    }
}

async fn check(c: &Context, rows: &[Row<'_>]) {
    for (filters, expected) in rows {
        let filter = |(key, value): &(&str, &str)| json!({"Key": key, "Values": [value]});
        let filters: Value = filters.iter().map(filter).collect();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(found(c, &filters).await, expected, "{filters}");
    }
}

const FOUR: &Stock = &[
    ("testing1/one", "a secret"),
    ("/testing2/two", "an secret"),
    ("testing3/three", "asecret"),
    ("/testing4/four", "thesecret"),
];

async fn name(c: &Context) {
    described(c, FOUR).await;
    let rows: &[Row<'_>] = &[
        (&[("name", "/")], &["/testing2/two", "/testing4/four"]),
        (&[("name", "!/")], &["testing1/one", "testing3/three"]),
        (&[("name", "testing1 one")], &[]),
        (&[("name", "testing1/o")], &["testing1/one"]),
    ];
    check(c, rows).await;
}

async fn description(c: &Context) {
    described(c, FOUR).await;
    let rows: &[Row<'_>] = &[
        (
            &[("description", "a")],
            &["testing1/one", "/testing2/two", "testing3/three"],
        ),
        (&[("description", "!a")], &["/testing4/four"]),
        (
            &[("description", "a secret")],
            &["testing1/one", "/testing2/two"],
        ),
        (
            &[("description", "!c")],
            &[
                "testing1/one",
                "/testing2/two",
                "testing3/three",
                "/testing4/four",
            ],
        ),
    ];
    check(c, rows).await;
}

async fn words_of_a_description(c: &Context) {
    let secrets = &[
        ("foo", "one two"),
        ("bar", "one and two"),
        ("baz", "one"),
        ("qux", "two"),
        ("none", "unrelated"),
    ];
    described(c, secrets).await;
    let rows: &[Row<'_>] = &[
        (&[("description", "one two")], &["foo", "bar"]),
        (&[("description", "o t")], &["foo", "bar"]),
        (&[("description", "t")], &["foo", "bar", "qux"]),
    ];
    check(c, rows).await;
}

async fn all_filters_must_match(c: &Context) {
    described(c, FOUR).await;
    let secrets = &[
        ("foo", "one two"),
        ("bar", "one"),
        ("baz", "two"),
        ("qux", "unrelated"),
    ];
    described(c, secrets).await;
    let rows: &[Row<'_>] = &[
        (&[("description", "a"), ("name", "secret")], &[]),
        (&[("description", "a"), ("name", "an")], &[]),
        (
            &[("description", "a"), ("name", "testing1")],
            &["testing1/one"],
        ),
        (&[("description", "one"), ("description", "two")], &["foo"]),
    ];
    check(c, rows).await;
}

async fn all(c: &Context) {
    let tag = |key: &str, value: &str| json!([{"Key": key, "Value": value}]);
    let secrets = [
        ("SecretOne", "", Value::Null),
        ("SecretTwo", "DescTwo", Value::Null),
        ("Thirdsecret", "", Value::Null),
        ("SecretFTag", "", tag("1", "foo")),
        ("SecretFValue", "", tag("foo", "v")),
        ("none", "", Value::Null),
    ];
    stock(c, &secrets).await;
    let four: &[&str] = &["SecretOne", "SecretTwo", "SecretFTag", "SecretFValue"];
    let rows: &[Row<'_>] = &[
        (&[("all", "SecretOne")], &["SecretOne"]),
        (&[("all", "foo")], &["SecretFTag", "SecretFValue"]),
        (&[("all", "Secret")], four),
        (&[("all", "secret")], four),
        (&[("all", "ret")], &[]),
        (&[("all", "sec")], four),
        (&[("all", "SomeSecret")], &[]),
        (&[("all", "d")], &["SecretTwo"]),
        (&[("all", "d t")], &["SecretTwo"]),
        (&[("all", "t")], &["SecretTwo", "Thirdsecret", "SecretFTag"]),
    ];
    check(c, rows).await;
}

async fn all_cuts_words(c: &Context) {
    let beta: &[&str] = &[
        "prod/AppBeta/",
        "prod_AppBeta_",
        "prod+AppBeta+",
        "prod=AppBeta=",
        "prod.AppBeta.",
        "prod@AppBeta@",
        "prod-AppBeta-",
    ];
    let company: &[&str] = &["uat/COMPANY/", "uat/COMPANYthings/"];
    let every = [beta, company].concat();
    for name in &every {
        stock(c, &[(*name, "", Value::Null)]).await;
    }
    let run = word(c);
    let rows: &[Row<'_>] = &[
        (&[("all", "AppBeta")], beta),
        (&[("all", "Beta")], beta),
        (&[("all", "+")], &[]),
        (&[("all", &run)], &every),
        (&[("all", "company")], &company[..1]),
        (&[("all", "things")], &[]),
        (&[("all", "Ythings")], &company[1..]),
        (&[("all", "N")], &[]),
        (&[("all", "pany")], &[]),
    ];
    check(c, rows).await;
    let both = json!([{"Key": "all", "Values": ["AppBeta", "prod"]}]);
    assert_eq!(found(c, &both).await.len(), beta.len());
}

async fn case(c: &Context) {
    let tags = json!([{"Key": "Env", "Value": "Prod"}]);
    stock(c, &[("DataBase", "Main DB", tags)]).await;
    let it: &[&str] = &["DataBase"];
    let rows: &[Row<'_>] = &[
        (&[("name", "data")], &[]),
        (&[("name", "Data")], it),
        (&[("tag-key", "env")], &[]),
        (&[("tag-key", "En")], it),
        (&[("tag-value", "prod")], &[]),
        (&[("tag-value", "Pro")], it),
        (&[("description", "main")], it),
    ];
    check(c, rows).await;
}

async fn key_and_value_are_no_pair(c: &Context) {
    let tags = json!([{"Key": "env", "Value": "dev"}, {"Key": "team", "Value": "prod"}]);
    stock(c, &[("a", "", tags)]).await;
    let rows: &[Row<'_>] = &[
        (&[("tag-key", "env"), ("tag-value", "prod")], &["a"]),
        (&[("tag-key", "env"), ("tag-value", "test")], &[]),
    ];
    check(c, rows).await;
}

async fn one_of_the_values(c: &Context) {
    described(c, FOUR).await;
    let filters = json!([{"Key": "name", "Values": ["testing3", "/testing2", "nothing"]}]);
    assert_eq!(
        found(c, &filters).await,
        ["/testing2/two", "testing3/three"]
    );
}
