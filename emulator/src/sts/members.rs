//! The members of inputs, with the limits of the STS model. STS's messages quote the values they are
//! about, unlike IAM's.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html>

use crate::wire::{Member, Pattern, Shape};

pub(super) const ROLE_ARN: Member =
    Member::new("RoleArn", Shape::pattern(20, 2048, ARN)).required();
pub(super) const ROLE_SESSION_NAME: Member =
    Member::new("RoleSessionName", Shape::pattern(2, 64, NAME)).required();
/// A web identity token.
pub(super) const WEB_IDENTITY_TOKEN: Member = Member::string("WebIdentityToken", 4, 20_000)
    .required()
    .sensitive();
/// The name of a federated user.
pub(super) const NAME_OF_FEDERATED: Member =
    Member::new("Name", Shape::pattern(2, 32, NAME)).required();
pub(super) const SOURCE_IDENTITY: Member =
    Member::new("SourceIdentity", Shape::pattern(2, 256, NAME));
/// A session policy; AWS counts its characters together with those of tags.
pub(super) const POLICY: Member = Member::new("Policy", Shape::pattern(1, usize::MAX, DOCUMENT));
/// The same where the model bounds it.
pub(super) const SHORT_POLICY: Member = Member::new("Policy", Shape::pattern(1, 2048, DOCUMENT));
pub(super) const POLICY_ARNS: Member = Member::new(
    "PolicyArns",
    Shape::List {
        of: &Shape::Structure(&[Member::new("arn", Shape::pattern(20, 2048, ARN))]),
        min: 0,
        max: usize::MAX,
    },
);
/// How long a session of a role lasts.
pub(super) const ROLE_DURATION: Member = Member::integer("DurationSeconds", 900, 43_200);
/// How long a session of a user lasts.
pub(super) const USER_DURATION: Member = Member::integer("DurationSeconds", 900, 129_600);
/// The least size of the session token.
pub(super) const LEAST_TOKEN: Member = Member::integer("MinimumSessionTokenSize", 0, 4096);
pub(super) const TAGS: Member = Member::new(
    "Tags",
    Shape::List {
        of: &Shape::Structure(&[
            Member::new("Key", TAG_KEY).required(),
            Member::new(
                "Value",
                Shape::pattern(
                    0,
                    256,
                    Pattern {
                        text: r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*",
                        matches: is_tag_text,
                    },
                ),
            )
            .required(),
        ]),
        min: 0,
        max: 50,
    },
);
pub(super) const TRANSITIVE_TAG_KEYS: Member = Member::new(
    "TransitiveTagKeys",
    Shape::List {
        of: &TAG_KEY,
        min: 0,
        max: 50,
    },
);
pub(super) const EXTERNAL_ID: Member = Member::new(
    "ExternalId",
    Shape::pattern(
        2,
        1224,
        Pattern {
            text: r"[\w+=,.@:\/-]*",
            matches: |text| {
                text.bytes()
                    .all(|byte| is_name_byte(byte) || b":/".contains(&byte))
            },
        },
    ),
);
pub(super) const SERIAL_NUMBER: Member = Member::new(
    "SerialNumber",
    Shape::pattern(
        9,
        256,
        Pattern {
            text: r"[\w+=/:,.@-]*",
            matches: |text| {
                text.bytes()
                    .all(|byte| is_name_byte(byte) || b":/".contains(&byte))
            },
        },
    ),
);
pub(super) const TOKEN_CODE: Member = Member::new(
    "TokenCode",
    Shape::pattern(
        6,
        6,
        Pattern {
            text: r"[\d]*",
            matches: |text| text.bytes().all(|byte| byte.is_ascii_digit()),
        },
    ),
);
pub(super) const ACCESS_KEY_ID: Member = Member::new(
    "AccessKeyId",
    Shape::pattern(
        16,
        128,
        Pattern {
            text: r"[\w]*",
            matches: |text| {
                text.bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            },
        },
    ),
)
.required();

const NAME: Pattern = Pattern {
    text: r"[\w+=,.@-]*",
    matches: |text| text.bytes().all(is_name_byte),
};

/// All that XML can write.
const ARN: Pattern = Pattern {
    text: r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+",
    matches: |text| {
        let is_written = |c| {
            matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}'
                | '\u{a0}'..='\u{fffd}' | '\u{10000}'..)
        };
        text.chars().all(is_written)
    },
};

const DOCUMENT: Pattern = Pattern {
    text: r"[\u0009\u000A\u000D\u0020-\u00FF]+",
    matches: |text| {
        let mut characters = text.chars();
        characters.all(|c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{ff}'))
    },
};

const TAG_KEY: Shape = Shape::pattern(
    1,
    128,
    Pattern {
        text: r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+",
        matches: is_tag_text,
    },
);

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte)
}

fn is_tag_text(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_alphanumeric() || (c.is_whitespace() && !c.is_control()) || "_.:/=+-@".contains(c)
    })
}
