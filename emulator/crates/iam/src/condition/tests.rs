//! Every operator in every form against every kind of value.
//!
//! Longer than other files: operators are compared with each other, and so stand in one table.

use super::*;

/// A positive operator, its negation if it has one, a value of a policy, and values of a request
/// that match it, that do not, and that are not of the operator's type.
type Family = (
    &'static str,
    Option<&'static str>,
    &'static str,
    [&'static str; 3],
);

const FAMILIES: [Family; 19] = [
    (
        "StringEquals",
        Some("StringNotEquals"),
        "a*",
        ["a*", "ab", "7"],
    ),
    (
        "StringEqualsIgnoreCase",
        Some("StringNotEqualsIgnoreCase"),
        "Äb",
        ["äB", "ab", "7"],
    ),
    (
        "StringLike",
        Some("StringNotLike"),
        "a*c?",
        ["abbc-", "abb", "7"],
    ),
    (
        "NumericEquals",
        Some("NumericNotEquals"),
        "12.50",
        ["12.5", "12.51", "twelve"],
    ),
    ("NumericLessThan", None, "10", ["9.99", "10", "1x"]),
    ("NumericLessThanEquals", None, "10", ["10.0", "10.01", "1x"]),
    ("NumericGreaterThan", None, "-10", ["9", "-10", "x9"]),
    (
        "NumericGreaterThanEquals",
        None,
        "-10",
        ["-10", "-11", "x9"],
    ),
    (
        "DateEquals",
        Some("DateNotEquals"),
        "2026-11-28T12:00:00Z",
        ["1795867200", "1795867201", "noon"],
    ),
    (
        "DateLessThan",
        None,
        "2026-11-28",
        ["2026-11-27T23:59:59Z", "2026-11-28T00:00Z", "early"],
    ),
    (
        "DateLessThanEquals",
        None,
        "1795824000",
        ["2026-11-28", "2026-11-29", "early"],
    ),
    (
        "DateGreaterThan",
        None,
        "2026-11-28",
        ["2026-11-28T00:00:01Z", "2026-11-28", "late"],
    ),
    (
        "DateGreaterThanEquals",
        None,
        "2026-11-28",
        ["2026-11-28", "2026-11-27", "late"],
    ),
    ("Bool", None, "True", ["true", "false", "yes"]),
    ("BinaryEquals", None, "Zm9v", ["Zm9v", "Zm8=", "?"]),
    (
        "IpAddress",
        Some("NotIpAddress"),
        "203.0.113.0/24",
        ["203.0.113.9", "203.0.114.9", "localhost"],
    ),
    (
        "IpAddress",
        Some("NotIpAddress"),
        "2001:db8::/32",
        ["2001:db8::9", "2001:db9::9", "2001:db8::/64"],
    ),
    (
        "ArnEquals",
        Some("ArnNotEquals"),
        "arn:aws:iam::*:role/app*",
        [
            "arn:aws:iam::1:role/app/x",
            "arn:aws:iam::1:2:role/app",
            "role/app",
        ],
    ),
    (
        "ArnLike",
        Some("ArnNotLike"),
        "arn:aws:iam::?:user/*",
        [
            "arn:aws:iam::1:user/ann",
            "arn:aws:iam:::user/ann",
            "user/ann",
        ],
    ),
];

/// What the request has, from left to right in the rows below.
fn contexts([hit, miss, wrong]: [&'static str; 3]) -> [Option<Value<'static>>; 9] {
    let one = |text: &'static str| Some(Value::One(text.into()));
    let many = |texts: &[&'static str]| {
        Some(Value::Many(
            texts.iter().map(|text| (*text).into()).collect(),
        ))
    };
    [
        None,
        one(hit),
        one(miss),
        one(""),
        one(wrong),
        many(&[hit]),
        many(&[hit, miss]),
        many(&[miss, wrong]),
        many(&[]),
    ]
}

/// `.` is false. Columns: absent; one value that hits, misses, is empty, is of the wrong type; many
/// values that all hit, that hit and miss, that all miss; none of many.
const POSITIVE: Rows = [
    ("", "", ".T......."),
    ("", "IfExists", "TT......T"),
    ("ForAllValues:", "", "TT...T..T"),
    ("ForAllValues:", "IfExists", "TT...T..T"),
    ("ForAnyValue:", "", ".T...TT.."),
    ("ForAnyValue:", "IfExists", ".T...TT.."),
];

const NEGATED: Rows = [
    ("", "", "T.TTT...T"),
    ("", "IfExists", "T.TTT...T"),
    ("ForAllValues:", "", "T.TTT..TT"),
    ("ForAllValues:", "IfExists", "T.TTT..TT"),
    ("ForAnyValue:", "", "..TTT.TT."),
    ("ForAnyValue:", "IfExists", "..TTT.TT."),
];

/// Of ARNs and addresses: what is none does not pass either.
const NEGATED_AND_OF_TYPE: Rows = [
    ("", "", "T.T.....T"),
    ("", "IfExists", "T.T.....T"),
    ("ForAllValues:", "", "T.T.....T"),
    ("ForAllValues:", "IfExists", "T.T.....T"),
    ("ForAnyValue:", "", "..T...TT."),
    ("ForAnyValue:", "IfExists", "..T...TT."),
];

type Rows = [(&'static str, &'static str, &'static str); 6];

fn holds(operator: &str, values: &[&str], value: Option<Value<'static>>) -> bool {
    let mut context = Context::default();
    context.insert("aws:Other", Value::One("x".into()));
    if let Some(value) = value {
        context.insert("aws:Key", value);
    }
    let condition = Condition::new(operator, "AWS:key", values, true).unwrap();
    condition.holds(&context) == Some(true)
}

fn row(operator: &str, policy: &[&str], contexts: [Option<Value<'static>>; 9]) -> String {
    contexts
        .into_iter()
        .map(|value| {
            if holds(operator, policy, value) {
                'T'
            } else {
                '.'
            }
        })
        .collect()
}

#[test]
fn every_operator_in_every_form() {
    for (positive, negated, policy, values) in FAMILIES {
        for (prefix, suffix, expected) in POSITIVE {
            let operator = format!("{prefix}{positive}{suffix}");
            assert_eq!(
                row(&operator, &[policy], contexts(values)),
                expected,
                "{operator} {policy}"
            );
        }
        let rows = match positive {
            "IpAddress" | "ArnEquals" | "ArnLike" => NEGATED_AND_OF_TYPE,
            _ => NEGATED,
        };
        for (prefix, suffix, expected) in rows {
            let Some(negated) = negated else { continue };
            let operator = format!("{prefix}{negated}{suffix}");
            assert_eq!(
                row(&operator, &[policy], contexts(values)),
                expected,
                "{operator} {policy}"
            );
        }
    }
}

#[test]
fn of_several_values_one_matches_or_none_does() {
    let [hit, miss] = ["2", "9"].map(|text| Some(Value::One(text.into())));
    assert!(holds("NumericEquals", &["1", "2"], hit.clone()));
    assert!(!holds("NumericNotEquals", &["1", "2"], hit.clone()));
    assert!(!holds("NumericEquals", &["1", "2"], miss.clone()));
    assert!(holds("NumericNotEquals", &["1", "2"], miss));
    // A value that cannot be read matches nothing and spoils nothing.
    assert!(holds("NumericEquals", &["one", "2"], hit.clone()));
    assert!(holds("NumericNotEquals", &["one"], hit));
}

#[test]
fn without_values() {
    let contexts = || contexts(["a", "b", "c"]);
    for (operator, expected) in [
        ("StringEquals", "........."),
        ("StringNotEquals", "........."),
        ("StringEqualsIfExists", "T.......T"),
        ("StringNotEqualsIfExists", "T.......T"),
        ("ForAllValues:StringEquals", "T.......T"),
        ("ForAllValues:StringNotEquals", "T.......T"),
        ("ForAnyValue:StringEquals", "........."),
        ("ForAnyValue:StringNotEquals", "........."),
        ("Null", "........."),
    ] {
        assert_eq!(row(operator, &[], contexts()), expected, "{operator}");
    }
}

#[test]
fn null_asks_for_presence() {
    let contexts = || contexts(["a", "b", "c"]);
    for (operator, values, expected) in [
        ("Null", &["true"][..], "T.......T"),
        ("Null", &["TRUE"], "T.......T"),
        ("Null", &["false"], ".TTTTTTT."),
        ("Null", &["true", "false"], "TTTTTTTTT"),
        ("Null", &["perhaps"], ".TTTTTTT."),
        ("ForAllValues:Null", &["true"], "TTTTTTTTT"),
        ("ForAnyValue:Null", &["true"], "........."),
    ] {
        assert_eq!(
            row(operator, values, contexts()),
            expected,
            "{operator} {values:?}"
        );
    }
}

#[test]
fn variables_are_filled_in_texts_arns_and_booleans_only() {
    let mut context = Context::default();
    for (key, value) in [
        ("aws:username", "7"),
        ("aws:PrincipalArn", "arn:aws:iam::1:user/ann"),
        ("aws:SecureTransport", "true"),
        ("aws:SourceIp", "10.0.0.7"),
    ] {
        context.insert(key, Value::One(value.into()));
    }
    for (operator, key, value, expected) in [
        ("StringEquals", "aws:username", "${aws:username}", true),
        ("StringNotEquals", "aws:username", "${aws:nobody}", true),
        ("StringEquals", "aws:username", "${aws:nobody}", false),
        (
            "StringLike",
            "aws:PrincipalArn",
            "*:user/${aws:username, 'ann'}",
            false,
        ),
        (
            "StringLike",
            "aws:PrincipalArn",
            "*:user/${aws:nobody, 'ann'}",
            true,
        ),
        ("ArnEquals", "aws:PrincipalArn", "${aws:PrincipalArn}", true),
        (
            "Bool",
            "aws:SecureTransport",
            "${aws:SecureTransport}",
            true,
        ),
        ("NumericEquals", "aws:username", "${aws:username}", false),
        ("IpAddress", "aws:SourceIp", "${aws:SourceIp}", false),
    ] {
        let condition = Condition::new(operator, key, &[value], true).unwrap();
        assert_eq!(
            condition.holds(&context),
            Some(expected),
            "{operator} {key} {value}"
        );
        let in_2008 = Condition::new(operator, key, &[value], false).unwrap();
        let expected = match operator {
            "ArnEquals" => None,
            _ => Some(operator.contains("Not")),
        };
        assert_eq!(in_2008.holds(&context), expected, "{operator} {value}");
    }
}

/// A list is gone through in its order, up to what matches or to what is no ARN.
#[test]
fn nobody_can_tell_whether_an_arn_is_like_what_is_none() {
    const USER: &str = "arn:aws:iam::*:user/*";
    const ROLE: &str = "arn:aws:iam::*:role/*";
    const NONE: &str = "not-an-arn";
    let user = || Some(Value::One("arn:aws:iam::1:user/ann".into()));
    let users = |values: &[&'static str]| {
        let values = values.iter().map(|value| (*value).into());
        Some(Value::Many(values.collect()))
    };
    for (operator, values, value, expected) in [
        ("ArnLike", &[NONE][..], user(), None),
        ("ArnNotLike", &[NONE], user(), None),
        ("ArnEqualsIfExists", &[NONE], user(), None),
        ("ArnLike", &[USER, NONE], user(), Some(true)),
        ("ArnLike", &[NONE, USER], user(), None),
        ("ArnLike", &[ROLE, NONE], user(), None),
        ("ArnNotLike", &[USER, NONE], user(), Some(false)),
        ("ArnNotLike", &[ROLE, NONE], user(), None),
        ("ArnLike", &["arn:aws:iam"], user(), None),
        ("ArnLike", &["*"], user(), Some(true)),
        ("ArnNotLike", &["*"], user(), Some(false)),
        ("ArnLike", &["${aws:nobody}", NONE], user(), None),
        ("ArnLike", &["${aws:nobody}"], user(), Some(false)),
        ("ArnNotLike", &["${aws:nobody}"], user(), Some(true)),
        ("ArnLike", &["${aws:Other}"], user(), None),
        ("ArnLike", &[NONE], None, Some(false)),
        ("ArnNotLike", &[NONE], None, Some(true)),
        (
            "ArnLike",
            &[NONE],
            Some(Value::One(NONE.into())),
            Some(false),
        ),
        (
            "ArnNotLike",
            &[NONE],
            Some(Value::One("".into())),
            Some(false),
        ),
        (
            "ForAnyValue:ArnLike",
            &[USER, NONE],
            users(&["arn:aws:iam::1:user/ann", "arn:aws:iam::1:role/a"]),
            Some(true),
        ),
        (
            "ForAllValues:ArnLike",
            &[USER, NONE],
            users(&["arn:aws:iam::1:user/ann", "arn:aws:iam::1:role/a"]),
            None,
        ),
    ] {
        let mut context = Context::default();
        context.insert("aws:Other", Value::One("x".into()));
        if let Some(value) = value {
            context.insert("aws:Key", value);
        }
        let condition = Condition::new(operator, "aws:Key", values, true).unwrap();
        let what = format!("{operator} {values:?} {context:?}");
        assert_eq!(condition.holds(&context), expected, "{what}");
        assert_eq!(
            condition.no_arn(&context).is_some(),
            expected.is_none(),
            "{what}"
        );
    }
}

/// Whatever is not true is false, in the request and in the policy.
#[test]
fn booleans() {
    for value in ["true", "True", "TRUE", "false", "yes", "1", "", " true "] {
        for policy in ["true", "TRUE", "false", "False", "yes", "", "${aws:Other}"] {
            let [in_request, in_policy] = [value, policy].map(|text| text.to_lowercase() == "true");
            let value = Some(Value::One(value.into()));
            let expected = in_request == in_policy;
            assert_eq!(
                holds("Bool", &[policy], value.clone()),
                expected,
                "{value:?} {policy}"
            );
        }
        let value = Some(Value::One(value.into()));
        assert!(!holds("Bool", &["${aws:nobody}"], value), "not even false");
    }
}
