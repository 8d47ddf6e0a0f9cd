//! Why a policy is refused: AWS's own reasons in AWS's own words.
//!
//! Never holds more of the policy than the message shows.

use std::fmt;

use crate::json::Position;
use crate::unknown;

/// A policy that AWS refuses; [`fmt::Display`] writes AWS's message.
///
/// The variants up to `ActionVendor` are those of identity policies, in the order of AWS's checks:
/// the first that applies is reported.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Malformed {
    /// Not JSON, an unknown or repeated element, an element of the wrong type, or bytes that are no
    /// Base64.
    Syntax,
    /// `Version` is absent or older than 2012-10-17.
    Version,
    /// An effect in the wrong case, a condition's value that is not of the operator's type, or a
    /// resource that is too short for an ARN with empty parts.
    LegacyParsing,
    /// A `Sid` with other characters than letters and digits.
    SidCharacters,
    /// A `Sid` given twice.
    SidNotUnique,
    /// A principal in a policy that belongs to one.
    PrincipalNotAllowed,
    /// A statement without actions.
    NoActions,
    /// A statement without resources.
    NoResources,
    /// A resource that is no ARN.
    ResourceNotArn(String),
    /// A partition that does not exist.
    Partition {
        /// The second part of the resource.
        partition: String,
        /// The resource, completed to six parts.
        resource: String,
    },
    /// A resource whose service is missing or has a wildcard.
    ResourceVendor,
    /// An IAM resource with a region.
    IamRegion(String),
    /// A resource with a region, of a service whose ARNs have none.
    Region(String),
    /// An IAM resource of a type that does not exist.
    IamPath,
    /// An action without a service.
    ActionWithoutVendor,
    /// An action with more than one colon.
    ActionColons,
    /// An action whose service has a wildcard.
    ActionVendorWildcard,
    /// An action whose service has characters that no service has.
    ActionVendor(String),

    /// Trust policies: not a JSON object.
    InvalidJson,
    /// Trust policies: `null`.
    NotAPolicy,
    /// Trust policies: something of the wrong shape.
    Position(Position),
    /// Trust policies: an empty list of statements.
    StatementEmpty,
    /// Trust policies: a statement lacks this element.
    MissingField(&'static str),
    /// Trust policies: a statement must not have this element.
    ProhibitedField(&'static str),
    /// Trust policies: a `Sid` given twice.
    StatementIdsNotUnique,
    /// Trust policies: a principal of a form that does not exist.
    InvalidPrincipal {
        /// The key of the principal map, as in `AWS`.
        key: &'static str,
        /// Its value.
        value: String,
    },
    /// Trust policies: an action other than assuming the role.
    TrustAction,
    /// Trust policies: whatever GitHub vouches for is trusted. The ARN of its identity provider.
    OpenGithubTrust(String),

    /// Policies of secrets: wrong shape.
    ResourcePolicySyntax,
    /// Policies of secrets: an unknown `Version`.
    ResourcePolicyVersion,
    /// Policies of secrets: a principal of a form that does not exist.
    ResourcePolicyPrincipal,
    /// Policies of secrets: a service of a form that does not exist.
    ResourcePolicyService,

    /// Key policies: wrong shape.
    KeyPolicySyntax,
    /// Key policies: a principal of a form that does not exist.
    KeyPolicyPrincipal,

    /// Service and resource control policies: anything AWS Organizations refuses.
    PolicyType,
}

impl std::error::Error for Malformed {}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Syntax => "Syntax errors in policy.",
            Self::Version => "Policy document must be version 2012-10-17 or greater.",
            Self::LegacyParsing => "The policy failed legacy parsing",
            Self::SidCharacters => {
                "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the \
                 regular expression [0-9A-Za-z]*"
            }
            Self::SidNotUnique => "Statement IDs (SID) in a single policy must be unique.",
            Self::NoActions => "Policy statement must contain actions.",
            Self::NoResources => "Policy statement must contain resources.",
            Self::PrincipalNotAllowed => "Policy document should not specify a principal.",
            Self::ResourceNotArn(resource) => {
                return write!(f, r#"Resource {resource} must be in ARN format or "*"."#);
            }
            Self::Partition { partition, resource } => {
                return write!(
                    f,
                    r#"Partition "{partition}" is not valid for resource "{resource}"."#
                );
            }
            Self::ResourceVendor => {
                "Resource vendor must be fully qualified and cannot contain regexes."
            }
            Self::IamRegion(resource) => {
                return write!(f, "IAM resource {resource} cannot contain region information.");
            }
            Self::Region(resource) => {
                return write!(f, "Resource {resource} can not contain region information.");
            }
            Self::IamPath => {
                r#"IAM resource path must either be "*", root, or start with user/, federated-user/, role/, group/, instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/."#
            }
            Self::ActionWithoutVendor => {
                "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
            }
            Self::ActionColons => "Actions/Condition can contain only one colon.",
            Self::ActionVendorWildcard => {
                "Action vendors (e.g., aws, ec2, etc.) must not contain wildcards"
            }
            Self::ActionVendor(vendor) => return write!(f, "Vendor {vendor} is not valid"),
            Self::InvalidJson => "This policy contains invalid Json",
            Self::NotAPolicy => "This text appears not to be a policy",
            Self::Position(Position { line, column }) => {
                return write!(f, "Syntax error at position ({line},{column})");
            }
            Self::StatementEmpty => "Could not parse the policy: Statement is empty!",
            Self::MissingField(field) => return write!(f, "Missing required field {field}"),
            Self::ProhibitedField(field) => return write!(f, "Has prohibited field {field}"),
            Self::StatementIdsNotUnique => "The Statement Ids in the policy are not unique",
            Self::InvalidPrincipal { key: "STAR", value } => {
                return write!(f, r#"AssumeRolepolicy contained an invalid principal: "STAR":"{value}"."#);
            }
            Self::InvalidPrincipal { key, value } => {
                return write!(f, r#"Invalid principal in policy: "{key}":"{value}""#);
            }
            Self::TrustAction => "AssumeRole policy may only specify STS AssumeRole actions.",
            Self::OpenGithubTrust(provider) => {
                return write!(
                    f,
                    "Trust policy with trusted principal {provider} must evaluate, using StringEquals, \
                     StringLike or StringEqualsIgnoreCase, token.actions.githubusercontent.com:sub or \
                     token.actions.githubusercontent.com:job_workflow_ref which is not scoped to all."
                );
            }
            Self::ResourcePolicySyntax => "This resource policy contains a syntax error.",
            Self::ResourcePolicyVersion => "This policy has invalid syntax.",
            Self::ResourcePolicyPrincipal => {
                "This resource policy contains an unsupported principal."
            }
            Self::ResourcePolicyService => {
                "This resource policy contains an unsupported service principal."
            }
            Self::KeyPolicySyntax => unknown::KEY_POLICY_SYNTAX,
            Self::KeyPolicyPrincipal => {
                "Policy contains a statement with one or more invalid principals."
            }
            Self::PolicyType => {
                "The provided policy document does not meet the requirements of the specified \
                 policy type."
            }
        })
    }
}
