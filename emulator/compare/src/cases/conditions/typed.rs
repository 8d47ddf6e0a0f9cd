//! The operators of other types, `Null`, and those over several values.

use super::Rows;

pub const ROWS: &[Rows<bool>] = &[
    (
        "Bool",
        &[
            (r#""true""#, Some("true"), true),
            ("true", Some("true"), true),
            (r#""true""#, Some("false"), false),
            (r#""false""#, Some("false"), true),
            ("false", Some("false"), true),
            (r#""false""#, None, false),
            (r#"["true","false"]"#, Some("false"), true),
        ],
    ),
    (
        "BoolIfExists",
        &[
            (r#""true""#, Some("false"), false),
            (r#""true""#, None, true),
        ],
    ),
    (
        "NumericEquals",
        &[
            (r#""5""#, Some("5"), true),
            ("5", Some("5"), true),
            (r#""5.0""#, Some("5"), true),
            (r#""6""#, Some("5"), false),
            (r#"["1","5"]"#, Some("5"), true),
            (r#""5""#, None, false),
        ],
    ),
    ("NumericEqualsIfExists", &[(r#""5""#, None, true)]),
    (
        "NumericNotEquals",
        &[
            (r#""5""#, Some("5"), false),
            (r#""6""#, Some("5"), true),
            (r#"["1","5"]"#, Some("5"), false),
            (r#""5""#, None, true),
        ],
    ),
    (
        "NumericLessThan",
        &[
            (r#""10""#, Some("9"), true),
            (r#""10""#, Some("10"), false),
            (r#""10""#, Some("100"), false),
            (r#""0""#, Some("-1"), true),
            (r#""1.5""#, Some("1.25"), true),
            (r#"["1","50"]"#, Some("9"), true),
            (r#""10""#, None, false),
        ],
    ),
    (
        "NumericLessThanEquals",
        &[
            (r#""10""#, Some("10"), true),
            (r#""10""#, Some("11"), false),
        ],
    ),
    (
        "NumericGreaterThan",
        &[
            (r#""10""#, Some("10"), false),
            (r#""9""#, Some("10"), true),
            ("9.5", Some("10"), true),
            (r#""10""#, None, false),
        ],
    ),
    (
        "NumericGreaterThanEquals",
        &[(r#""10""#, Some("10"), true), (r#""10""#, Some("9"), false)],
    ),
    (
        "IpAddress",
        &[
            (r#""203.0.113.0/24""#, Some("203.0.113.9"), true),
            (r#""203.0.113.0/24""#, Some("203.0.114.9"), false),
            (r#""203.0.113.9""#, Some("203.0.113.9"), true),
            (r#""203.0.113.9""#, Some("203.0.113.8"), false),
            (
                r#"["10.0.0.0/8","203.0.113.0/24"]"#,
                Some("203.0.113.9"),
                true,
            ),
            (
                r#"["10.0.0.0/8","192.168.0.0/16"]"#,
                Some("203.0.113.9"),
                false,
            ),
            (r#""0.0.0.0/0""#, Some("203.0.113.9"), true),
            (
                r#""2001:db8:1234:5678::/64""#,
                Some("2001:db8:1234:5678::9"),
                true,
            ),
            (
                r#""2001:DB8:1234:5678::/64""#,
                Some("2001:db8:1234:5679::9"),
                false,
            ),
            (r#""2001:db8::1""#, Some("2001:db8::1"), true),
            (r#""203.0.113.0/24""#, Some("2001:db8::1"), false),
            (r#""203.0.113.0/24""#, None, false),
        ],
    ),
    ("IpAddressIfExists", &[(r#""203.0.113.0/24""#, None, true)]),
    (
        "NotIpAddress",
        &[
            (r#""203.0.113.0/24""#, Some("203.0.113.9"), false),
            (r#""203.0.113.0/24""#, Some("203.0.114.9"), true),
            (
                r#"["10.0.0.0/8","203.0.113.0/24"]"#,
                Some("203.0.113.9"),
                false,
            ),
            (r#""203.0.113.0/24""#, None, true),
        ],
    ),
    (
        "DateEquals",
        &[
            (
                r#""2026-01-01T00:00:00Z""#,
                Some("2026-01-01T00:00:00Z"),
                true,
            ),
            (r#""1767225600""#, Some("2026-01-01T00:00:00Z"), true),
            (
                r#""2026-01-01T00:00:00Z""#,
                Some("2026-01-01T00:00:01Z"),
                false,
            ),
        ],
    ),
    (
        "DateNotEquals",
        &[
            (
                r#""2026-01-01T00:00:00Z""#,
                Some("2026-01-01T00:00:01Z"),
                true,
            ),
            (r#""2026-01-01T00:00:00Z""#, None, true),
        ],
    ),
    (
        "DateLessThan",
        &[
            (
                r#""2026-01-01T00:00:00Z""#,
                Some("2025-12-31T23:59:59Z"),
                true,
            ),
            (
                r#""2026-01-01T00:00:00Z""#,
                Some("2026-01-01T00:00:00Z"),
                false,
            ),
            (r#""2026-01-01""#, Some("2025-12-31T23:59:59Z"), true),
        ],
    ),
    (
        "DateLessThanEquals",
        &[(
            r#""2026-01-01T00:00:00Z""#,
            Some("2026-01-01T00:00:00Z"),
            true,
        )],
    ),
    (
        "DateGreaterThan",
        &[
            (
                r#""2026-01-01T00:00:00Z""#,
                Some("2026-06-01T00:00:00Z"),
                true,
            ),
            (
                r#""2026-01-01T00:00:00+01:00""#,
                Some("2026-01-01T00:00:00Z"),
                true,
            ),
            (r#""2026-01-01T00:00:00Z""#, None, false),
        ],
    ),
    (
        "DateGreaterThanEquals",
        &[(
            r#""2026-01-01T00:00:00Z""#,
            Some("2025-06-01T00:00:00Z"),
            false,
        )],
    ),
    (
        "ArnLike",
        &[
            (
                r#""arn:aws:sns:*:111122223333:*""#,
                Some("arn:aws:sns:eu-west-1:111122223333:topic"),
                true,
            ),
            (
                r#""arn:aws:sns:*:topic""#,
                Some("arn:aws:sns:eu-west-1:111122223333:topic"),
                false,
            ),
            (
                r#""arn:aws:sns:eu-west-1:111122223333:t?pic""#,
                Some("arn:aws:sns:eu-west-1:111122223333:topic"),
                true,
            ),
            (r#""arn:aws:sns:*:*:*""#, None, false),
        ],
    ),
    (
        "ArnEquals",
        &[
            (
                r#""arn:aws:sns:eu-west-1:111122223333:topic""#,
                Some("arn:aws:sns:eu-west-1:111122223333:topic"),
                true,
            ),
            (
                r#""arn:aws:sns:*:111122223333:*""#,
                Some("arn:aws:sns:eu-west-1:111122223333:topic"),
                true,
            ),
            (
                r#""arn:aws:sns:*:999988887777:*""#,
                Some("arn:aws:sns:eu-west-1:111122223333:topic"),
                false,
            ),
        ],
    ),
    (
        "ArnNotEquals",
        &[(
            r#""arn:aws:sns:*:111122223333:*""#,
            Some("arn:aws:sns:eu-west-1:111122223333:topic"),
            false,
        )],
    ),
    (
        "ArnNotLike",
        &[
            (
                r#""arn:aws:sns:*:999988887777:*""#,
                Some("arn:aws:sns:eu-west-1:111122223333:topic"),
                true,
            ),
            (r#""arn:aws:sns:*:*:*""#, None, true),
        ],
    ),
    (
        "Null",
        &[
            (r#""true""#, None, true),
            (r#""false""#, None, false),
            (r#""true""#, Some("blue"), false),
            (r#""false""#, Some("blue"), true),
            ("true", None, true),
        ],
    ),
    (
        "ForAllValues:StringEquals",
        &[
            (r#"["a","b"]"#, Some("a"), true),
            (r#"["a","b"]"#, Some("b a"), true),
            (r#"["a","b"]"#, Some("a c"), false),
            (r#"["a","b"]"#, None, true),
        ],
    ),
    (
        "ForAllValues:StringLike",
        &[(r#"["te*"]"#, Some("team tenant"), true)],
    ),
    (
        "ForAllValues:StringNotEquals",
        &[
            (r#"["a"]"#, Some("b c"), true),
            (r#"["a"]"#, Some("a b"), false),
        ],
    ),
    (
        "ForAnyValue:StringEquals",
        &[
            (r#"["a","b"]"#, Some("a c"), true),
            (r#"["a","b"]"#, Some("c d"), false),
            (r#"["a","b"]"#, None, false),
        ],
    ),
    (
        "ForAnyValue:StringLike",
        &[(r#"["te*"]"#, Some("cost team"), true)],
    ),
    (
        "ForAnyValue:StringNotEquals",
        &[(r#"["a"]"#, Some("a b"), true)],
    ),
];
