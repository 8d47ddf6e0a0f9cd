//! What the documents leave open, for the engines to be compared with each other.

use super::Rows;

pub const ROWS: &[Rows<()>] = &[
    (
        "StringEquals",
        &[
            (r#""${aws:username""#, Some("${aws:username"), ()),
            (r#""$5""#, Some("$5"), ()),
            ("[]", Some("blue"), ()),
            ("[]", None, ()),
        ],
    ),
    (
        "StringNotEquals",
        &[("[]", Some("blue"), ()), ("[]", None, ())],
    ),
    ("StringEqualsIgnoreCase", &[(r#""BLÄU""#, Some("bläu"), ())]),
    (
        "StringLike",
        &[(r#""${aws:PrincipalTag/none, 'b*'}""#, Some("blue"), ())],
    ),
    (
        "Bool",
        &[
            (r#""True""#, Some("true"), ()),
            (r#""yes""#, Some("true"), ()),
            (r#""1""#, Some("true"), ()),
        ],
    ),
    (
        "NumericEquals",
        &[
            (r#""05""#, Some("5"), ()),
            (r#""+5""#, Some("5"), ()),
            (r#"" 5""#, Some("5"), ()),
            (r#""-0""#, Some("0"), ()),
            (r#""5e0""#, Some("5"), ()),
            (r#""9007199254740993""#, Some("9007199254740992"), ()),
        ],
    ),
    ("NumericNotEquals", &[(r#""five""#, Some("5"), ())]),
    ("NumericLessThan", &[(r#""five""#, Some("5"), ())]),
    (
        "IpAddress",
        &[
            (r#""203.0.113.77/24""#, Some("203.0.113.9"), ()),
            (r#""203.0.113.0/024""#, Some("203.0.113.9"), ()),
            (r#""::ffff:203.0.113.9""#, Some("203.0.113.9"), ()),
            (r#""::ffff:0:0/96""#, Some("203.0.113.9"), ()),
            (r#""203.0.113.*""#, Some("203.0.113.9"), ()),
            (r#""*""#, Some("203.0.113.9"), ()),
        ],
    ),
    (
        "NotIpAddress",
        &[(r#""203.0.113.*""#, Some("203.0.113.9"), ())],
    ),
    (
        "DateGreaterThan",
        &[
            (r#""2026""#, Some("2026-06-01T00:00:00Z"), ()),
            (r#""2026-02""#, Some("2026-06-01T00:00:00Z"), ()),
            (r#""2026-02-03T04:05Z""#, Some("2026-06-01T00:00:00Z"), ()),
            (r#""2026-02-03T04:05:06""#, Some("2026-06-01T00:00:00Z"), ()),
            (r#""1767225600.5""#, Some("2026-06-01T00:00:00Z"), ()),
            (r#""1767225600000""#, Some("2026-06-01T00:00:00Z"), ()),
        ],
    ),
    (
        "ArnLike",
        &[
            (
                r#""*""#,
                Some("arn:aws:sns:eu-west-1:111122223333:topic"),
                (),
            ),
            (
                r#""arn:aws:sns:*""#,
                Some("arn:aws:sns:eu-west-1:111122223333:topic"),
                (),
            ),
            (
                r#""arn:aws:*:*:*:*""#,
                Some("arn:aws:sns:eu-west-1:111122223333:topic"),
                (),
            ),
        ],
    ),
    (
        "ArnNotLike",
        &[(r#""arn:aws:sns:*:*:*""#, Some("topic"), ())],
    ),
    ("ForAnyValue:StringEqualsIfExists", &[(r#""a""#, None, ())]),
    (
        "ForAllValues:StringEqualsIfExists",
        &[(r#""a""#, Some("a b"), ())],
    ),
    (
        "Null",
        &[(r#""True""#, None, ()), (r#"["true","false"]"#, None, ())],
    ),
];
