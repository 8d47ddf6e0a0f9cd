//! What the simulator refuses, one variant a situation.

use std::fmt;

/// Why a simulation was not made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Invalid {
    /// A policy that is none; its place in `PolicyInputList`.
    Policy(usize),
    /// A permissions boundary that is no policy.
    Boundary,
    /// More than one permissions boundary.
    TooManyBoundaries,
    /// A service control policy that is none; its level.
    Control(usize),
    /// A level of the organization without policies.
    EmptyLevel(usize),
    /// A resource policy that is none.
    ResourcePolicy,

    /// An action without a colon.
    Action,
    /// Actions that AWS knows and others, in the order of the first of each.
    MixedActions(Vec<String>, Vec<String>),
    /// A resource that is no ARN, or `*` in a resource policy.
    Resource(String),
    /// A resource policy, and no resource that could have it.
    NoResource,
    /// A resource policy, and nobody that its principals could be compared with.
    NoCaller,
    /// A caller that is no user, group or role.
    Caller,
    /// An owner that is no ARN of IAM.
    Owner(String),

    /// A context entry without a name.
    KeyWithoutName,
    /// A context entry without a type; the key.
    KeyWithoutType(String),
    /// A context entry without values; the key.
    KeyWithoutValues(String),
    /// Several values for a type that holds one.
    SeveralValues {
        /// The type.
        kind: String,
        /// How many.
        count: usize,
    },
    /// A value that is not of the entry's type.
    Value {
        /// The key.
        key: String,
        /// What the type asks for.
        expected: &'static str,
    },
    /// A key that was given before, perhaps in other case.
    DuplicateKey(String),

    /// A page marker that is none of ours.
    Marker,
    /// An ARN that is no user's, group's or role's.
    SourceArn(String),
    /// A principal of another account.
    ForeignSource {
        /// The caller's account.
        own: String,
        /// The principal's.
        other: String,
    },
    /// No such principal.
    NoSource,

    /// A policy identifier that names nothing, or more than one thing.
    Identifier,
    /// A policy identifier whose ARN is no managed policy's, or has its wildcards elsewhere than in
    /// the name.
    IdentifierArn(String),
    /// More than this emulator is willing to compare.
    TooMuch(usize),
}

/// AWS's texts, but for those marked as ours: of these situations none was recorded.
impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Policy(number) => {
                write!(f, "Policy input list item {number} has invalid content")
            }
            // Ours, in the words for the one above.
            Self::Boundary => {
                f.write_str("Permissions boundary policy input list item 1 has invalid content")
            }
            Self::TooManyBoundaries => {
                f.write_str("The list of Permissions Boundary policies cannot exceed 1 items.")
            }
            // Ours.
            Self::Control(level) => {
                write!(
                    f,
                    "Organization policy at index {level} has invalid content"
                )
            }
            Self::EmptyLevel(level) => write!(
                f,
                "Organization policy at index {level} must contain at least one service control policy"
            ),
            // Ours.
            Self::ResourcePolicy => f.write_str("Resource policy has invalid content"),
            Self::Action => f.write_str("The action is invalid since it is missing names"),
            // The blank at the end is AWS's.
            Self::MixedActions(first, second) => write!(
                f,
                "Invalid Input Actions: [{}] and [{}] require different authorization information. ",
                first.join(","),
                second.join(",")
            ),
            Self::Resource(name) => {
                write!(f, "ResourceNames are not in a valid ARN format: {name}.")
            }
            Self::NoResource => {
                f.write_str("Invalid Entity Arn: * does not clearly define entity type and name.")
            }
            Self::NoCaller => f.write_str("Invalid caller - Caller cannot be null or empty."),
            Self::Caller => f.write_str(
                "Invalid caller - Caller must be an IAM user, role or group in this context.",
            ),
            Self::Owner(owner) => write!(f, "'{owner}' is not a valid as a Resource Owner."),
            Self::KeyWithoutName => f.write_str("ContextKeyName cannot be null or empty."),
            Self::KeyWithoutType(key) => write!(f, "Context key {key} has invalid type null."),
            Self::KeyWithoutValues(key) => write!(
                f,
                "Context values for context key {key} cannot be null or empty."
            ),
            Self::SeveralValues { kind, count } => write!(
                f,
                "Context key {kind} expected a single value, but received {count}."
            ),
            Self::Value { key, expected } => {
                write!(
                    f,
                    "Invalid context value for key {key}: expected {expected}."
                )
            }
            Self::DuplicateKey(key) => write!(f, "Duplicate context key: {key}."),
            Self::Marker => f.write_str("Invalid marker for pagination."),
            Self::SourceArn(arn) => write!(f, "Invalid ARN provided in the request: {arn}"),
            Self::ForeignSource { own, other } => write!(
                f,
                "Invalid Policy Source Arn: caller's account {own} does not have access to policies in account {other}."
            ),
            Self::NoSource => f.write_str("Unable to retrieve specified IAM entity."),
            // Ours.
            Self::Identifier => f.write_str(
                "Exactly one of PolicyType, PolicyArn and InlinePolicyIdentifier must be given.",
            ),
            // What IAM says of other ARNs.
            Self::IdentifierArn(arn) => write!(f, "ARN {arn} is not valid."),
            // Ours.
            Self::TooMuch(most) => write!(
                f,
                "Sekisho compares at most {most} statements with resources for one action."
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text() {
        let text = str::to_owned;
        let all = [
            Invalid::Policy(1),
            Invalid::Boundary,
            Invalid::TooManyBoundaries,
            Invalid::Control(2),
            Invalid::EmptyLevel(1),
            Invalid::ResourcePolicy,
            Invalid::Action,
            Invalid::MixedActions(vec![text("a:B"), text("a:C")], vec![text("a:*")]),
            Invalid::Resource(text("x")),
            Invalid::NoResource,
            Invalid::NoCaller,
            Invalid::Caller,
            Invalid::Owner(text("111122223333")),
            Invalid::KeyWithoutName,
            Invalid::KeyWithoutType(text("a:b")),
            Invalid::KeyWithoutValues(text("a:b")),
            Invalid::SeveralValues {
                kind: text("string"),
                count: 2,
            },
            Invalid::Value {
                key: text("a:b"),
                expected: "numeric format",
            },
            Invalid::DuplicateKey(text("A:B")),
            Invalid::Marker,
            Invalid::SourceArn(text("x")),
            Invalid::ForeignSource {
                own: text("111122223333"),
                other: text("999999999999"),
            },
            Invalid::NoSource,
            Invalid::Identifier,
            Invalid::IdentifierArn(text("x")),
            Invalid::TooMuch(9),
        ];
        assert_eq!(all.map(|invalid| invalid.to_string()), EVERY);
    }

    const EVERY: [&str; 26] = [
        "Policy input list item 1 has invalid content",
        "Permissions boundary policy input list item 1 has invalid content",
        "The list of Permissions Boundary policies cannot exceed 1 items.",
        "Organization policy at index 2 has invalid content",
        "Organization policy at index 1 must contain at least one service control policy",
        "Resource policy has invalid content",
        "The action is invalid since it is missing names",
        "Invalid Input Actions: [a:B,a:C] and [a:*] require different authorization information. ",
        "ResourceNames are not in a valid ARN format: x.",
        "Invalid Entity Arn: * does not clearly define entity type and name.",
        "Invalid caller - Caller cannot be null or empty.",
        "Invalid caller - Caller must be an IAM user, role or group in this context.",
        "'111122223333' is not a valid as a Resource Owner.",
        "ContextKeyName cannot be null or empty.",
        "Context key a:b has invalid type null.",
        "Context values for context key a:b cannot be null or empty.",
        "Context key string expected a single value, but received 2.",
        "Invalid context value for key a:b: expected numeric format.",
        "Duplicate context key: A:B.",
        "Invalid marker for pagination.",
        "Invalid ARN provided in the request: x",
        "Invalid Policy Source Arn: caller's account 111122223333 does not have access to policies in account 999999999999.",
        "Unable to retrieve specified IAM entity.",
        "Exactly one of PolicyType, PolicyArn and InlinePolicyIdentifier must be given.",
        "ARN x is not valid.",
        "Sekisho compares at most 9 statements with resources for one action.",
    ];
}
