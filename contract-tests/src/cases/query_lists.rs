//! Lists, numbers and truth values as awsQuery writes them, and which error comes first.

use serde_json::json;

use super::support::{document, iam, query_error, query_fault, statement_if};
use crate::{Case, Context, Evidence, Need, Raw};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "query_lists/tags",
        Evidence::Recorded,
        "radkawar/stackd, testdata/aws/iam/tag_inputs.json",
        |c| Box::pin(tags(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "query_lists/tags_without_key_and_value",
        Evidence::Recorded,
        "radkawar/stackd, testdata/aws/iam/tag_inputs.json",
        |c| Box::pin(tags_without_key_and_value(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "query_lists/malformed_tags",
        Evidence::Recorded,
        "radkawar/stackd, testdata/aws/iam/tag_inputs.json",
        |c| Box::pin(malformed_tags(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "query_lists/texts",
        Evidence::Recorded,
        "radkawar/stackd, testdata/aws/iam/query_collections.json; localstack test_iam_roles",
        |c| Box::pin(texts(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "query_lists/numbers",
        Evidence::Recorded,
        "radkawar/stackd, testdata/aws/iam/pagination_inputs.json",
        |c| Box::pin(numbers(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "query_lists/truth_values",
        Evidence::Recorded,
        "radkawar/stackd, testdata/aws/iam/credential_inputs.json",
        |c| Box::pin(truth_values(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "query_lists/which_error_comes_first",
        Evidence::Recorded,
        "radkawar/stackd, testdata/aws/iam/tag_inputs.json",
        |c| Box::pin(which_error_comes_first(c)),
    )
    .needs(&[Need::Iam]),
];

/// A user that has no tags yet; its name.
async fn untagged(c: &Context, name: &str) -> String {
    let name = c.entity(name);
    c.iam("CreateUser", &[("UserName", &name)]).await;
    name
}

/// The parameters of tags with a key and a value, by index.
fn team(indexes: &[&str]) -> Vec<(String, String)> {
    let of = |index: &&str| {
        [("Key", "team"), ("Value", "approved")]
            .map(|(name, value)| (format!("Tags.member.{index}.{name}"), value.to_owned()))
    };
    indexes.iter().flat_map(of).collect()
}

/// Parameters with the user that they are about.
fn about<'a>(user: &'a str, parameters: &'a [(String, String)]) -> Vec<(&'a str, &'a str)> {
    let given = parameters.iter().map(|(name, value)| (&**name, &**value));
    [("UserName", user)].into_iter().chain(given).collect()
}

async fn tags(c: &Context) {
    for (name, parameters) in [
        ("plain", team(&["1"])),
        ("zero", team(&["01"])),
        (
            "mixed",
            vec![
                ("Tags.member.01.Key".to_owned(), "team".to_owned()),
                ("Tags.member.1.Value".to_owned(), "approved".to_owned()),
                ("Tags.member.1.Unknown".to_owned(), "ignored".to_owned()),
            ],
        ),
    ] {
        let user = untagged(c, name).await;
        c.iam("TagUser", &about(&user, &parameters)).await;
        let tags = c.iam("ListUserTags", &[("UserName", &user)]).await;
        assert_eq!(tags.xml("Key").as_deref(), Some("team"), "{}", tags.body);
        assert_eq!(tags.xml("Value").as_deref(), Some("approved"));
    }
}

async fn tags_without_key_and_value(c: &Context) {
    let user = untagged(c, "u").await;
    for (indexes, without) in [
        (&["2"][..], &[1][..]),
        (&["3"], &[1, 2]),
        (&["10"], &[1, 2, 3, 4, 5]),
        (&["11"], &[1, 2, 3, 4, 5]),
        (&["1", "3"], &[2]),
        (&["+1"], &[1]),
        (&["one"], &[1]),
    ] {
        let paths = without.iter().flat_map(|tag| {
            ["value", "key"].map(|name| {
                format!(
                    "Value at 'tags.{tag}.member.{name}' failed to satisfy constraint: Member must not be null"
                )
            })
        });
        let paths: Vec<String> = paths.collect();
        let text = format!(
            "{} validation errors detected: {}",
            paths.len(),
            paths.join("; ")
        );
        let answer = iam(c, "TagUser", &about(&user, &team(indexes))).await;
        let expected = query_error(400, "ValidationError", &text);
        assert_eq!(query_fault(&answer), expected, "{indexes:?}");
    }
    let tags = c.iam("ListUserTags", &[("UserName", &user)]).await;
    assert_eq!(tags.xml("Key"), None, "{}", tags.body);
}

async fn malformed_tags(c: &Context) {
    let user = untagged(c, "u").await;
    for (index, text) in [
        ("49", "Excessively sparse input would skip 48 list elements"),
        ("51", "Excessively sparse input would skip 50 list elements"),
        ("0", "0 is not a valid index"),
        ("-1", "Key -1 may not have a leading '-'"),
        ("1.0", "Two index elements may not occur back to back"),
    ] {
        let answer = iam(c, "TagUser", &about(&user, &team(&[index]))).await;
        let expected = query_error(400, "MalformedInput", text);
        assert_eq!(query_fault(&answer), expected, "{index}");
    }
}

async fn texts(c: &Context) {
    let user = untagged(c, "u").await;
    let untag = async |indexes: &[&str]| {
        let of = |index: &&str| (format!("TagKeys.member.{index}"), "team".to_owned());
        let parameters: Vec<_> = indexes.iter().map(of).collect();
        iam(c, "UntagUser", &about(&user, &parameters)).await
    };
    for index in ["1", "01"] {
        assert_eq!(untag(&[index]).await.status, 200, "{index}");
    }
    let sparse = |skipped| format!("Excessively sparse input would skip {skipped} list elements");
    let several = "Start of list found where not expected";
    for (indexes, text) in [
        (&["+1"][..], several),
        (&["one"], several),
        (&["0"], "0 is not a valid index"),
        (&["-1"], "Key -1 may not have a leading '-'"),
        (&["12"], &sparse(11)),
        (&["1", "22", "43"], &sparse(21)),
        (&["22", "1"], &sparse(21)),
    ] {
        let expected = query_error(400, "MalformedInput", text);
        assert_eq!(query_fault(&untag(indexes).await), expected, "{indexes:?}");
    }
    let text = r"1 validation error detected: Value at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]+, Member must not be null]";
    for indexes in [&["11"][..], &["1", "8", "15"]] {
        let expected = query_error(400, "ValidationError", text);
        assert_eq!(query_fault(&untag(indexes).await), expected, "{indexes:?}");
    }
}

async fn numbers(c: &Context) {
    for (text, code) in [
        ("1", None),
        ("01", None),
        ("+1", None),
        (" 1 ", Some("MalformedInput")),
        ("\t1\n", Some("MalformedInput")),
        ("1.0", Some("MalformedInput")),
        ("1e0", Some("MalformedInput")),
        ("2147483648", Some("MalformedInput")),
        ("0", Some("ValidationError")),
        ("-1", Some("ValidationError")),
        ("1001", Some("ValidationError")),
    ] {
        let answer = iam(c, "ListUsers", &[("MaxItems", text)]).await;
        assert_eq!(answer.xml("Code").as_deref(), code, "{text:?}");
        let status = code.map_or(200, |_| 400);
        assert_eq!(answer.status, status, "{text:?}: {}", answer.body);
    }
}

async fn truth_values(c: &Context) {
    for (text, status) in [
        ("true", 200),
        ("false", 200),
        ("1", 200),
        ("0", 200),
        (" true", 400),
        ("true ", 400),
        ("True", 400),
        ("TRUE", 400),
        ("FALSE", 400),
        ("", 400),
        ("null", 400),
    ] {
        let parameters = [("Scope", "Local"), ("OnlyAttached", text)];
        let answer = iam(c, "ListPolicies", &parameters).await;
        assert_eq!(answer.status, status, "{text:?}: {}", answer.body);
        let code = (status == 400).then_some("MalformedInput");
        assert_eq!(answer.xml("Code").as_deref(), code, "{text:?}");
    }
}

async fn which_error_comes_first(c: &Context) {
    let user = untagged(c, "target").await;
    let condition = json!({
        "StringEquals": {"aws:RequestTag/team": "approved"},
        "ForAllValues:StringEquals": {"aws:TagKeys": "team"},
    });
    let policy = document(&[statement_if("Allow", "iam:TagUser", &condition)]);
    let who = c.user("u", &policy).await;
    for (tags, code) in [
        (&[("0", "team", "other")][..], Some("MalformedInput")),
        (&[("1.0", "team", "other")], Some("MalformedInput")),
        (&[("2", "team", "other")], Some("ValidationError")),
        (&[("1", "team", "bad\nvalue")], Some("ValidationError")),
        (&[("1", "team", "other")], Some("AccessDenied")),
        (&[("1", "aws:reserved", "approved")], Some("AccessDenied")),
        (
            &[("1", "team", "other"), ("2", "team", "other")],
            Some("AccessDenied"),
        ),
        // Of two with one key, the condition sees the last.
        (
            &[("1", "team", "approved"), ("2", "team", "other")],
            Some("AccessDenied"),
        ),
        (
            &[("1", "team", "other"), ("2", "team", "approved")],
            Some("InvalidInput"),
        ),
        (
            &[("1", "team", "approved"), ("2", "team", "approved")],
            Some("InvalidInput"),
        ),
        (
            &[("1", "team", "approved"), ("2", "TEAM", "approved")],
            Some("AccessDenied"),
        ),
        (&[("1", "team", "approved")], None),
    ] {
        let of = |(index, key, value): &(&str, &str, &str)| {
            [("Key", *key), ("Value", *value)]
                .map(|(name, text)| (format!("Tags.member.{index}.{name}"), text.to_owned()))
        };
        let parameters: Vec<_> = tags.iter().flat_map(of).collect();
        let request = Raw::query("iam", "TagUser", &about(&user, &parameters));
        let answer = request.signed_by(&who).send(c).await;
        assert_eq!(answer.xml("Code").as_deref(), code, "{tags:?}");
    }
    let none = [("UserName", &*user), ("Tags", "")];
    let request = Raw::query("iam", "TagUser", &none).signed_by(&who);
    let answer = request.send(c).await;
    assert_eq!(answer.xml("Code").as_deref(), Some("AccessDenied"));
}
