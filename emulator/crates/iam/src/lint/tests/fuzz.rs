//! Texts of all sorts: nothing panics, places are in the text, and what AWS refuses to save is
//! an error.

use proptest::prelude::*;
use proptest::sample::select;

use super::{Severity, lint};
use crate::Kind;
use crate::document::Document;

fn kinds() -> impl Strategy<Value = Kind> {
    select(Kind::ALL.to_vec())
}

/// Pieces of policies, some of them broken.
const PIECES: [&str; 48] = [
    "*",
    "?",
    "",
    "arn:aws:secretsmanager:*:*:secret:db",
    "arn:aws:iam::111122223333:role/a",
    "arn:aws",
    "arn:::::",
    "secretsmanager:GetSecretValue",
    "secretsmanager:List*",
    "kms:décrypt",
    "s3:a:b",
    "${aws:username}",
    "${",
    "${}",
    "${aws:TagKeys, 'x'}",
    "Allow",
    "Deny",
    "2012-10-17",
    "2008-10-17",
    "AWS",
    "Service",
    "Federated",
    "111122223333",
    "AIDAEXAMPLEEXAMPLEEXA",
    "StringEquals",
    "ForAllValues:ArnLikeIfExists",
    "NullIfExists",
    "IpAddress",
    "aws:TagKeys",
    "aws:SourceIp",
    "10.0.0.0/8",
    "kms:EncryptionContext:x",
    "Version",
    "Statement",
    "Effect",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Principal",
    "NotPrincipal",
    "Condition",
    "Sid",
    "true",
    "DateLessThan",
    "Bool",
    "NumericEquals",
    "soon",
];

fn json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => select(PIECES.to_vec()).prop_map(|text| format!("{text:?}")),
        1 => select(vec!["null", "true", "1", "-1.5e3", "[]", "{}"]).prop_map(str::to_owned),
    ];
    leaf.prop_recursive(5, 40, 5, |inner| {
        let member = (select(PIECES.to_vec()), inner.clone());
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(|values| format!("[{}]", values.join(","))),
            prop::collection::vec(member, 0..5).prop_map(|members| {
                let members: Vec<_> = members.iter().map(|(k, v)| format!("{k:?}: {v}")).collect();
                format!("{{{}}}", members.join(", "))
            }),
        ]
    })
}

/// A policy whose elements are mostly of the right shape.
fn near_policy() -> impl Strategy<Value = String> {
    let text = || select(PIECES.to_vec()).prop_map(|text| format!("{text:?}"));
    let list = move || {
        prop_oneof![
            text(),
            prop::collection::vec(text(), 0..4).prop_map(|l| format!("[{}]", l.join(",")))
        ]
    };
    let principal = prop_oneof![
        Just("\"*\"".to_owned()),
        (select(vec!["AWS", "Service", "Federated", "aws"]), list())
            .prop_map(|(k, v)| format!("{{\"{k}\": {v}}}")),
    ];
    let condition = (select(PIECES.to_vec()), select(PIECES.to_vec()), list())
        .prop_map(|(operator, key, values)| format!("{{{operator:?}: {{{key:?}: {values}}}}}"));
    let elements = (
        select(vec!["Allow", "Deny", "allow", "x"]),
        select(vec!["Action", "NotAction"]),
        list(),
        prop::option::of((select(vec!["Resource", "NotResource"]), list())),
        prop::option::of((select(vec!["Principal", "NotPrincipal"]), principal)),
        prop::option::of(condition),
    );
    let statement = elements.prop_map(
        |(effect, action, actions, resource, principal, condition)| {
            let mut text = format!("{{\"Effect\": {effect:?}, {action:?}: {actions}");
            if let Some((name, value)) = resource {
                text += &format!(", {name:?}: {value}");
            }
            if let Some((name, value)) = principal {
                text += &format!(", {name:?}: {value}");
            }
            if let Some(value) = condition {
                text += &format!(", \"Condition\": {value}");
            }
            text + "}"
        },
    );
    let statements = prop::collection::vec(statement, 0..4);
    (select(vec!["2012-10-17", "2008-10-17", "x"]), statements).prop_map(|(version, statements)| {
        format!(
            "{{\"Version\": {version:?}, \"Statement\": [{}]}}",
            statements.join(",")
        )
    })
}

fn check(text: &str, kind: Kind) -> Result<(), TestCaseError> {
    let findings = lint(text, kind);
    let mut last = 0;
    for finding in &findings {
        prop_assert!(text.get(finding.bytes.clone()).is_some(), "{:?}", finding);
        prop_assert!(finding.bytes.start >= last && finding.span.start <= finding.span.end);
        last = finding.bytes.start;
        prop_assert!(!finding.to_string().contains('\n'), "{}", finding);
    }
    let is_refused = Document::read(text, kind).is_err();
    let is_error = findings
        .iter()
        .any(|finding| finding.severity == Severity::Error);
    prop_assert!(
        is_error || !is_refused,
        "{:?} is refused: {}\n{:#?}",
        kind,
        text,
        Document::read(text, kind)
    );
    Ok(())
}

proptest! {
    #[test]
    fn any_text(text in any::<String>(), kind in kinds()) {
        check(&text, kind)?;
    }

    #[test]
    fn any_json(text in json(), kind in kinds()) {
        check(&text, kind)?;
    }

    #[test]
    fn nearly_policies(text in near_policy(), kind in kinds()) {
        check(&text, kind)?;
    }

    #[test]
    fn damaged_policies(
        text in near_policy(), kind in kinds(), at in any::<prop::sample::Index>(),
        with in select(vec!["", "\"", "}", "é", "\\u00e9", "\n", ","]),
    ) {
        let ends: Vec<_> = text.char_indices().map(|(at, _)| at).collect();
        let at = ends[at.index(ends.len())];
        let next = text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
        check(&format!("{}{with}{}", &text[..at], &text[next..]), kind)?;
    }
}
