//! The String operators.

use super::Rows;

pub const ROWS: &[Rows<bool>] = &[
    (
        "StringEquals",
        &[
            (r#""blue""#, Some("blue"), true),
            (r#""blue""#, Some("Blue"), false),
            (r#""bl*""#, Some("blue"), false),
            (r#""bl*""#, Some("bl*"), true),
            (r#""b.ue""#, Some("blue"), false),
            (r#""""#, Some(""), true),
            (r#"["red","blue"]"#, Some("blue"), true),
            (r#"["red","green"]"#, Some("blue"), false),
            (r#""blue""#, None, false),
            (r#""${aws:username}""#, Some("ann"), true),
            (r#""${aws:username}""#, Some("bob"), false),
            (r#""${aws:username}-x""#, Some("ann-x"), true),
            (r#""${aws:PrincipalTag/none, 'blue'}""#, Some("blue"), true),
            (r#""${*}""#, Some("*"), true),
            (r#""${*}""#, Some("blue"), false),
            (r#""${aws:PrincipalTag/none}""#, Some(""), false),
            (
                r#""${aws:PrincipalTag/none}""#,
                Some("${aws:PrincipalTag/none}"),
                false,
            ),
        ],
    ),
    (
        "StringEqualsIfExists",
        &[
            (r#""blue""#, Some("blue"), true),
            (r#""blue""#, Some("red"), false),
            (r#""blue""#, None, true),
        ],
    ),
    (
        "StringNotEquals",
        &[
            (r#""blue""#, Some("blue"), false),
            (r#""blue""#, Some("Blue"), true),
            (r#"["red","blue"]"#, Some("blue"), false),
            (r#"["red","green"]"#, Some("blue"), true),
            (r#""blue""#, None, true),
            (r#""${aws:PrincipalTag/none}""#, Some("blue"), true),
            (r#""${aws:PrincipalTag/none}""#, None, true),
        ],
    ),
    (
        "StringNotEqualsIfExists",
        &[
            (r#""blue""#, Some("blue"), false),
            (r#""blue""#, None, true),
        ],
    ),
    (
        "StringEqualsIgnoreCase",
        &[
            (r#""BLUE""#, Some("blue"), true),
            (r#"["red","Blue"]"#, Some("bLUE"), true),
            (r#""red""#, Some("blue"), false),
            (r#""blue""#, None, false),
        ],
    ),
    (
        "StringNotEqualsIgnoreCase",
        &[
            (r#""BLUE""#, Some("blue"), false),
            (r#"["red","Blue"]"#, Some("blue"), false),
            (r#""red""#, Some("blue"), true),
            (r#""blue""#, None, true),
        ],
    ),
    (
        "StringLike",
        &[
            (r#""bl*""#, Some("blue"), true),
            (r#""BL*""#, Some("blue"), false),
            (r#""*""#, Some("blue"), true),
            (r#""*""#, Some(""), true),
            (r#""*""#, Some("two\nlines"), true),
            (r#""*""#, None, false),
            (r#""b?ue""#, Some("blue"), true),
            (r#""bl?""#, Some("blue"), false),
            (r#""b?""#, Some("bé"), true),
            (r#""b.ue""#, Some("blue"), false),
            (r#""a+(b*""#, Some("a+(bc"), true),
            (r#"["r*","b*"]"#, Some("blue"), true),
            (r#"["r*","g*"]"#, Some("blue"), false),
            (r#""b${*}e""#, Some("blue"), false),
            (r#""b${*}e""#, Some("b*e"), true),
            (r#""${aws:username}*""#, Some("annabel"), true),
            (r#""${aws:PrincipalTag/none}*""#, Some("blue"), false),
        ],
    ),
    (
        "StringLikeIfExists",
        &[(r#""bl*""#, Some("red"), false), (r#""bl*""#, None, true)],
    ),
    (
        "StringNotLike",
        &[
            (r#""bl*""#, Some("blue"), false),
            (r#""r*""#, Some("blue"), true),
            (r#"["r*","b*"]"#, Some("blue"), false),
            (r#"["r*","g*"]"#, Some("blue"), true),
            (r#""bl*""#, None, true),
            (r#""${aws:PrincipalTag/none}*""#, Some("blue"), true),
        ],
    ),
];
