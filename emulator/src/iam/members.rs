//! The members of inputs, with the limits of IAM's model. IAM's messages never quote a value, so
//! each is declared `sensitive`.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Types.html>

use super::model::AccountAlias;
use crate::wire::{Member, Pattern, Shape};

/// The name of a user that is looked for. Its characters are checked later, in words of IAM's own.
pub(super) const USER_NAME: Member = text("UserName", 1, 128);
/// The name of a user that is made.
pub(super) const NEW_USER_NAME: Member = text("NewUserName", 1, 64);
/// The same where a policy is attached; the model has it shorter there.
pub(super) const SHORT_USER_NAME: Member = text("UserName", 1, 64);
/// The name of a group.
pub(super) const GROUP_NAME: Member = text("GroupName", 1, 128);
/// The name of a role.
pub(super) const ROLE_NAME: Member = text("RoleName", 1, 64);
/// The ARN of a permissions boundary.
pub(super) const PERMISSIONS_BOUNDARY: Member = text("PermissionsBoundary", 20, 2048);
/// The path of a user.
pub(super) const PATH: Member = text("Path", 1, 512);
/// The beginning of paths.
pub(super) const PATH_PREFIX: Member = text("PathPrefix", 1, 512);
/// The path that a user is moved to.
pub(super) const NEW_PATH: Member = text("NewPath", 1, 512);
/// The name of a managed or inline policy.
pub(super) const POLICY_NAME: Member = text("PolicyName", 1, 128).required();
/// The ARN of a managed policy.
pub(super) const POLICY_ARN: Member = text("PolicyArn", 20, 2048).required();
/// What a managed policy is for.
pub(super) const DESCRIPTION: Member = text("Description", 0, 1000);
/// Tags of an entity.
pub(super) const TAGS: Member = hidden(
    "Tags",
    Shape::List {
        of: &Shape::Structure(TAG),
        min: 0,
        max: 50,
    },
);
/// Keys of tags.
pub(super) const TAG_KEYS: Member = hidden(
    "TagKeys",
    Shape::List {
        of: &TAG_KEY.never_null(),
        min: 0,
        max: 50,
    },
)
.required();
/// Whether a policy is attached as such or as a permissions boundary.
pub(super) const POLICY_USAGE: Member = hidden(
    "PolicyUsageFilter",
    Shape::one_of(&["PermissionsPolicy", "PermissionsBoundary"]),
);
/// Where a page begins. AWS's markers have at most 320 characters; ours may need more.
pub(super) const MARKER: Member = text("Marker", 1, usize::MAX);
/// The most items of a page.
pub(super) const MAX_ITEMS: Member = Member::integer("MaxItems", 1, 1000).sensitive();

/// A policy, white space included.
pub(super) const POLICY_DOCUMENT: Member = matching(
    "PolicyDocument",
    1,
    131_072,
    Pattern {
        text: r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]+",
        matches: is_text,
    },
)
.required();

// Roles and instance profiles.

/// What a role is for.
pub(super) const ROLE_DESCRIPTION: Member = matching(
    "Description",
    0,
    1000,
    Pattern {
        text: r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*",
        matches: is_text,
    },
);
/// The trust policy of a role that is made.
pub(super) const ASSUME_ROLE_POLICY_DOCUMENT: Member = Member {
    name: "AssumeRolePolicyDocument",
    ..POLICY_DOCUMENT
};
/// The longest session of a role, in seconds.
pub(super) const MAX_SESSION_DURATION: Member =
    Member::integer("MaxSessionDuration", 3600, 43_200).sensitive();
/// The longest session of a role in AWS's console, in seconds.
pub(super) const MAX_SIGNIN_SESSION_DURATION: Member =
    Member::integer("MaxSigninSessionDuration", 3600, 7_776_000).sensitive();
/// Whether that is no longer said.
pub(super) const RESET_MAX_SIGNIN_SESSION_DURATION: Member =
    Member::boolean("ResetMaxSigninSessionDuration").sensitive();
/// The name of an instance profile.
pub(super) const INSTANCE_PROFILE_NAME: Member = text("InstanceProfileName", 1, 128);

/// A service that has roles of its own in accounts.
pub(super) const AWS_SERVICE_NAME: Member = text("AWSServiceName", 1, 128).required();
/// What tells several roles of a service apart.
pub(super) const CUSTOM_SUFFIX: Member = text("CustomSuffix", 1, 64);
/// The deletion of a role of a service.
pub(super) const DELETION_TASK_ID: Member = text("DeletionTaskId", 1, 1000).required();
// Groups, OpenID Connect providers, the account, passwords.

/// The name that a group is given.
pub(super) const NEW_GROUP_NAME: Member = text("NewGroupName", 1, 128);
/// The ARN of an OpenID Connect provider.
pub(super) const PROVIDER_ARN: Member = text("OpenIDConnectProviderArn", 20, 2048);
/// The URL of an OpenID Connect provider.
pub(super) const PROVIDER_URL: Member = text("Url", 1, 255).required();
/// An audience of tokens.
pub(super) const CLIENT_ID: Member = text("ClientID", 1, 255).required();
/// Audiences of tokens.
pub(super) const CLIENT_IDS: Member = list("ClientIDList", &Shape::string(1, 255));
/// Thumbprints of certificates.
pub(super) const THUMBPRINTS: Member = list("ThumbprintList", &Shape::string(40, 40));
/// Of which kinds entities are asked for.
pub(super) const FILTER: Member = list(
    "Filter",
    &Shape::one_of(&[
        "LocalManagedPolicy",
        "User",
        "AWSManagedPolicy",
        "Role",
        "Group",
    ]),
);
/// The alias of an account.
pub(super) const ACCOUNT_ALIAS: Member = matching(
    "AccountAlias",
    3,
    63,
    Pattern {
        text: "^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$",
        matches: AccountAlias::is_valid,
    },
)
.required();
/// A password for the console.
pub(super) const PASSWORD: Member = matching(
    "Password",
    1,
    128,
    Pattern {
        text: r"[\u0009\u000A\u000D\u0020-\u00FF]+",
        matches: |text| {
            text.chars()
                .all(|c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{ff}'))
        },
    },
);
/// How long one may stay signed in to the console, in seconds.
pub(super) const MAX_SIGNIN_SESSION: Member =
    Member::integer("MaxSigninSessionDuration", 3600, 7_776_000).sensitive();

/// The id of an access key.
pub(super) const ACCESS_KEY_ID: Member = matching(
    "AccessKeyId",
    16,
    128,
    Pattern {
        text: r"[\w]+",
        matches: |text| {
            text.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        },
    },
)
.required();

/// The id of a version of a managed policy.
pub(super) const VERSION_ID: Member = matching(
    "VersionId",
    0,
    usize::MAX,
    Pattern {
        text: r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?",
        matches: is_version_id,
    },
)
.required();

const TAG: &[Member] = &[
    hidden("Key", TAG_KEY).required(),
    matching(
        "Value",
        0,
        256,
        Pattern {
            text: r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*",
            matches: is_tag_text,
        },
    )
    .required(),
];
const TAG_KEY: Shape = Shape::pattern(
    1,
    128,
    Pattern {
        text: r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+",
        matches: |text| !text.is_empty() && is_tag_text(text),
    },
);

/// A member with one of a few words.
pub(super) const fn word(name: &'static str, words: &'static [&'static str]) -> Member {
    hidden(name, Shape::one_of(words))
}

const fn hidden(name: &'static str, shape: Shape) -> Member {
    Member::new(name, shape).sensitive()
}

const fn text(name: &'static str, min: usize, max: usize) -> Member {
    hidden(name, Shape::string(min, max))
}

const fn list(name: &'static str, of: &'static Shape) -> Member {
    hidden(
        name,
        Shape::List {
            of,
            min: 0,
            max: usize::MAX,
        },
    )
}

const fn matching(name: &'static str, min: usize, max: usize, pattern: Pattern) -> Member {
    hidden(name, Shape::pattern(min, max, pattern))
}

/// What IAM allows in policies and descriptions.
fn is_text(text: &str) -> bool {
    text.chars()
        .all(|c| matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{a1}'..='\u{ff}'))
}

fn is_version_id(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('v') else {
        return false;
    };
    let (number, suffix) = rest.split_once('.').unwrap_or((rest, ""));
    number.starts_with(|c: char| ('1'..='9').contains(&c))
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && suffix
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Letters, separators, digits and a few signs. Unicode's separators are white space and no control.
fn is_tag_text(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_alphanumeric() || (c.is_whitespace() && !c.is_control()) || "_.:/=+-@".contains(c)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_ids() {
        for id in ["v1", "v10", "v2.a-b", "v3."] {
            assert!(is_version_id(id), "{id}");
        }
        for id in ["", "v", "1", "v0", "v+1", "v1a", "v1.a_b", "V1"] {
            assert!(!is_version_id(id), "{id}");
        }
    }

    #[test]
    fn tag_texts() {
        assert!(is_tag_text("Größe: 1/2 = a+b-c@d_e.f") && is_tag_text(""));
        for bad in ["a\nb", "a#b", "a!"] {
            assert!(!is_tag_text(bad), "{bad}");
        }
    }
}
