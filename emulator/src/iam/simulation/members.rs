//! The members of the simulation operations, with the limits of IAM's model, and as AWS's messages
//! were recorded to have them.

use crate::wire::{Member, Pattern, Shape};

/// Policies as texts.
pub(in crate::iam) const POLICY_INPUT_LIST: Member = hidden("PolicyInputList", POLICIES);
/// The permissions boundary; that there is one at most is checked later, in words of IAM's own.
pub(in crate::iam) const BOUNDARY_INPUT_LIST: Member =
    hidden("PermissionsBoundaryPolicyInputList", POLICIES);
/// Service control policies, from the root of the organization to the account.
pub(in crate::iam) const ORGANIZATION_INPUT_LIST: Member = hidden(
    "OrderedOrganizationPolicyInputList",
    list(
        &Shape::Structure(&[hidden("ServiceControlPolicyInputList", POLICIES)]),
        7,
    ),
);
/// Stored policies that are left out. AWS quotes what is wrong with these.
pub(in crate::iam) const POLICY_EXCLUSION_LIST: Member = Member::new(
    "PolicyExclusionList",
    list(&Shape::Structure(EXCLUSION), 256),
);
/// The principal whose policies are simulated.
pub(in crate::iam) const POLICY_SOURCE_ARN: Member =
    hidden("PolicySourceArn", Shape::string(20, 2048)).required();
/// The actions.
pub(in crate::iam) const ACTION_NAMES: Member =
    hidden("ActionNames", list(&Shape::string(3, 128), usize::MAX)).required();
/// The resources.
pub(in crate::iam) const RESOURCE_ARNS: Member =
    hidden("ResourceArns", list(&RESOURCE_NAME, usize::MAX));
/// The policy of every resource.
pub(in crate::iam) const RESOURCE_POLICY: Member = hidden("ResourcePolicy", POLICY);
/// Whose the resources are.
pub(in crate::iam) const RESOURCE_OWNER: Member = hidden("ResourceOwner", RESOURCE_NAME);
/// Who calls.
pub(in crate::iam) const CALLER_ARN: Member = hidden("CallerArn", RESOURCE_NAME);
/// Context keys and their values.
pub(in crate::iam) const CONTEXT_ENTRIES: Member =
    hidden("ContextEntries", list(&Shape::Structure(ENTRY), usize::MAX));
/// A scenario of EC2.
pub(in crate::iam) const RESOURCE_HANDLING_OPTION: Member =
    hidden("ResourceHandlingOption", Shape::string(1, 64));

const POLICIES: Shape = list(&POLICY, usize::MAX);
const POLICY: Shape = Shape::pattern(
    1,
    131_072,
    Pattern {
        text: r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]+",
        matches: |text| {
            let may_stand = |c| matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{a1}'..='\u{ff}');
            !text.is_empty() && text.chars().all(may_stand)
        },
    },
);
const RESOURCE_NAME: Shape = Shape::string(1, 2048);

const ENTRY: &[Member] = &[
    hidden("ContextKeyName", Shape::string(5, 256)),
    hidden(
        "ContextKeyValues",
        list(&Shape::string(0, usize::MAX), usize::MAX),
    ),
    hidden(
        "ContextKeyType",
        Shape::one_of(&[
            "binary",
            "ipList",
            "booleanList",
            "ip",
            "boolean",
            "numericList",
            "dateList",
            "numeric",
            "date",
            "stringList",
            "string",
            "binaryList",
        ]),
    ),
];

const EXCLUSION: &[Member] = &[
    Member::new(
        "PolicyType",
        Shape::one_of(&[
            "inline",
            "aws-managed",
            "user-managed",
            "permission-boundary",
            "scp",
            "rcp",
        ]),
    ),
    Member::string("PolicyArn", 20, 2048),
    Member::new("InlinePolicyIdentifier", Shape::Structure(INLINE)),
];

const INLINE: &[Member] = &[
    Member::new("PolicyName", NAME).required(),
    Member::new("AttachmentType", Shape::one_of(&["user", "role", "group"])).required(),
    Member::new("AttachmentName", NAME).required(),
];

/// One character of a name somewhere is enough.
const NAME: Shape = Shape::pattern(
    1,
    128,
    Pattern {
        text: r".*[\w+=,.@-]+.*",
        matches: |text| {
            let of_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte);
            text.bytes().any(of_name) && !text.contains(['\n', '\r'])
        },
    },
);

const fn list(of: &'static Shape, max: usize) -> Shape {
    Shape::List { of, min: 0, max }
}

const fn hidden(name: &'static str, shape: Shape) -> Member {
    Member::new(name, shape).sensitive()
}
