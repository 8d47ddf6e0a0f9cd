//! Documents and the messages they are refused with, written as AWS writes them.

mod identity;
mod other;
mod values;

use proptest::prelude::*;

use super::print::Quoted;
use super::*;
use crate::Policy;

fn message(text: &str, kind: Kind) -> String {
    Document::read(text, kind)
        .err()
        .map_or_else(|| "accepted".to_owned(), |error| error.to_string())
}

/// Puts statements into a document of the current version.
fn document(statements: &str) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":{statements}}}"#)
}

proptest! {
    #[test]
    fn parsing_never_panics(
        text in prop_oneof![
            any::<String>(),
            "[{}\\[\\]\",:*?$ \n]{0,40}",
            "\\{\"Version\":\"2012-10-17\",\"Statement\":\\{(\"(Effect|Action|NotAction|Resource|Principal|Condition|Sid)\":(\"(Allow|\\*|arn:aws:[:a-z*?]{0,9}|[a-z:*é]{0,6})\"|\\[\\]|\\{\\}|\\{\"(AWS|Bool)\":(\"\\*\"|\\{\"a\":[0-9]\\})\\}),?){0,5}\\}\\}",
        ],
    ) {
        for kind in Kind::ALL {
            let _ = Policy::parse(&text, kind);
        }
    }
}

/// JSON of statements of every shape, kept to what both a secret's and a trust policy's reader pass.
fn statements() -> impl Strategy<Value = String> {
    let text = || {
        prop_oneof![
            Just("*".to_owned()),
            "(s3|sts|[a-z]{1,3}):[A-Za-z*?]{1,6}",
            "arn:aws:s3:::[a-z*?/${}:' ]{0,9}",
            "[ -~é\t]{0,6}",
        ]
        .prop_map(|text| Quoted(&text).to_string())
    };
    let list = |item: BoxedStrategy<String>| {
        let many = prop::collection::vec(item.clone(), 0..4);
        prop_oneof![
            item,
            many.prop_map(|items| format!("[{}]", items.join(",")))
        ]
    };
    let scalar = prop_oneof![
        text(),
        "-?(0|[1-9][0-9]{0,3})(\\.[0-9]{1,2})?(e5)?",
        "true|false"
    ];
    let operator = "(ForAnyValue:|ForAllValues:|)(StringLike|Bool|NumericEquals)(IfExists|)";
    let condition = (operator, text(), list(scalar.boxed()))
        .prop_map(|(operator, key, values)| format!(r#""{operator}":{{{key}:{values}}}"#));
    let principal = prop_oneof![
        Just(r#""*""#.to_owned()),
        list("\"(\\*|111122223333|arn:aws:iam::111122223333:(root|user/a))\"".boxed())
            .prop_map(|names| format!(r#"{{"AWS":{names},"Service":["s3.amazonaws.com"]}}"#)),
    ];
    let elements = (
        list(text().boxed()),
        list(text().boxed()),
        principal,
        any::<[bool; 3]>(),
    );
    let rest = (
        prop::option::of(text()),
        any::<bool>(),
        prop::option::of(condition),
    );
    (elements, rest).prop_map(|((action, resource, principal, nots), (sid, allow, condition))| {
        let [a, r, p] = nots.map(|is_negated| if is_negated { "Not" } else { "" });
        let effect = if allow { "Allow" } else { "Deny" };
        let sid = sid.map_or(String::new(), |sid| format!(r#""Sid":{sid},"#));
        let condition = condition.map_or(String::new(), |c| format!(r#","Condition":{{{c}}}"#));
        format!(
            r#"{{{sid}"Effect":"{effect}","{p}Principal":{principal},"{a}Action":{action},"{r}Resource":{resource}{condition}}}"#
        )
    })
}

/// The positions change when a document is printed; nothing else may.
fn without_spans(mut document: Document) -> Document {
    document
        .statements
        .iter_mut()
        .for_each(|statement| statement.span = Span::default());
    document
}

proptest! {
    #[test]
    fn what_is_printed_reads_back_the_same(
        statements in prop::collection::vec(statements(), 1..4),
        id in prop::option::of("[ -~]{0,5}"),
        version in prop::option::of("2008|2012"),
    ) {
        let id = id.map_or(String::new(), |id| format!(r#""Id":{},"#, Quoted(&id)));
        let version = version.map_or(String::new(), |year| format!(r#""Version":"{year}-10-17","#));
        let text = format!("{{{version}{id}\"Statement\":[{}]}}", statements.join(","));
        let document = read::read(&text, Kind::Resource)
            .unwrap_or_else(|fault| panic!("{fault:?}: {text}"));
        let printed = document.to_string();
        let again = read::read(&printed, Kind::Resource)
            .unwrap_or_else(|fault| panic!("{fault:?}: {printed}"));
        prop_assert_eq!(again.to_string(), printed);
        prop_assert_eq!(without_spans(again), without_spans(document));
    }
}

#[test]
fn printed_for_people() {
    let text = r#"{"Version":"2012-10-17","Statement":{"Sid":"A","Effect":"Allow","Action":"s3:Get*",
        "Resource":["arn:aws:s3:::a","arn:aws:s3:::b"],"Condition":{"NumericLessThan":{"s3:max-keys":10},
        "StringEquals":{"aws:RequestTag/\"":"\u00e9\t"}}}}"#;
    let expected = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "A",
      "Effect": "Allow",
      "Action": "s3:Get*",
      "Resource": ["arn:aws:s3:::a", "arn:aws:s3:::b"],
      "Condition": {
        "NumericLessThan": {"s3:max-keys": 10},
        "StringEquals": {"aws:RequestTag/\"": "é\u0009"}
      }
    }
  ]
}"#;
    assert_eq!(
        Document::read(text, Kind::Identity).unwrap().to_string(),
        expected
    );
}
