//! What AWS refuses requests with. Messages that were not recorded are not compared.

/// Why a request is refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in super::super) struct Refusal {
    pub(in super::super) code: String,
    /// What it says, where that is known; the beginning, if it ends in an ellipsis.
    pub(in super::super) says: Option<String>,
}

/// A code and a message.
pub(super) struct Known(&'static str, &'static str);

/// A code of which no message is known.
pub(super) struct Unsaid;

pub(super) const ANY: Unsaid = Unsaid;

impl Unsaid {
    pub(super) fn of(&self, code: &str) -> Refusal {
        Refusal {
            code: code.to_owned(),
            says: None,
        }
    }
}

impl Known {
    pub(super) fn refusal(&self) -> Refusal {
        self.with(&[])
    }

    /// With these in place of `{}`, one after the other.
    pub(super) fn with(&self, parts: &[&str]) -> Refusal {
        let mut says = self.1.to_owned();
        for part in parts {
            says = says.replacen("{}", part, 1);
        }
        Refusal {
            code: self.0.to_owned(),
            says: Some(says),
        }
    }
}

const NOT_THERE: &str = "ResourceNotFoundException";
const PARAMETER: &str = "InvalidParameterException";
const REQUEST: &str = "InvalidRequestException";

pub(super) const NOT_FOUND: Known = Known(
    NOT_THERE,
    "Secrets Manager can't find the specified secret.",
);
pub(super) const NO_LABEL: Known = Known(
    NOT_THERE,
    "Secrets Manager can't find the specified secret value for staging label: {}",
);
pub(super) const NO_VERSION: Known = Known(
    NOT_THERE,
    "Secrets Manager can't find the specified secret value for VersionId: {}",
);
pub(super) const EXISTS: Known = Known(
    "ResourceExistsException",
    "The operation failed because the secret {} already exists.",
);
pub(super) const TOKEN_IN_USE: Known = Known(
    "ResourceExistsException",
    "You can't use ClientRequestToken {} because that value is already in use for a version of \
     secret {}.",
);
pub(super) const MARKED_FOR_DELETION: Known = Known(
    REQUEST,
    "You can't perform this operation on the secret because it was marked for deletion.",
);
pub(super) const NAME_TO_BE_DELETED: Known = Known(
    REQUEST,
    "You can't create this secret because a secret with this name is already scheduled for deletion.",
);
pub(super) const DEFAULT_KEY_ABROAD: Known = Known(
    REQUEST,
    "You can't access a secret from a different AWS account if you encrypt the secret with the \
     default KMS service key.",
);
pub(super) const NO_TOKEN: Known = Known(
    REQUEST,
    "You must provide a ClientRequestToken value. We recommend a UUID-type value.",
);
pub(super) const NO_TOKEN_TO_ROTATE: Known = Known(PARAMETER, NO_TOKEN.1);
pub(super) const NO_VALUE: Known = Known(
    REQUEST,
    "You must provide either SecretString or SecretBinary.",
);
pub(super) const BOTH_VALUES: Known = Known(
    PARAMETER,
    "The request had invalid params: You can't specify both a binary secret value and a string \
     secret value in the same secret.",
);
pub(super) const BAD_NAME: Known = Known(
    "ValidationException",
    "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: \
     -/_+=.@!",
);
pub(super) const BAD_KEY: Known = Known(
    PARAMETER,
    "The operation failed because of an invalid KMS key: …",
);
pub(super) const LABEL_OF_OTHER: Known = Known(
    REQUEST,
    "You provided a VersionStage that is not associated to the provided VersionId.",
);
pub(super) const HOLDER_NOT_NAMED: Known = Known(
    PARAMETER,
    "The parameter RemoveFromVersionId can't be empty. Staging label {} is currently attached to \
     version {}, so you must explicitly reference that version in RemoveFromVersionId.",
);
pub(super) const CURRENT_TAKEN_AWAY: Known = Known(
    PARAMETER,
    "You can only move staging label AWSCURRENT to a different secret version. It can’t be completely \
     removed.",
);
pub(super) const BAD_WINDOW: Known = Known(
    PARAMETER,
    "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).",
);
pub(super) const FORCE_WITH_WINDOW: Known = Known(
    PARAMETER,
    "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
);
pub(super) const HAS_COPIES: Known = Known(
    PARAMETER,
    "You can't delete secret {} that still has replica regions [{}].",
);
pub(super) const SYSTEM_TAG: Known =
    Known(PARAMETER, "You can't modify system tags. Tag key: '{}'.");
pub(super) const BAD_POLICY: Known = Known(
    "MalformedPolicyDocumentException",
    "This resource policy contains a syntax error.",
);
pub(super) const PUBLIC_POLICY: Known = Known(
    "PublicPolicyException",
    "You can not attach a resource policy that grants Public access to your secret.",
);
pub(super) const BAD_REGION: Known = Known(PARAMETER, "Invalid replica region.");
pub(super) const IS_REPLICA: Known = Known(
    PARAMETER,
    "Operation not permitted on a replica secret. Call must be made in primary secret's region.",
);
pub(super) const IS_NO_REPLICA: Known = Known(
    PARAMETER,
    "Operation not permitted on a primary secret. Call must be made in replica secret's region.",
);
pub(super) const NO_FUNCTION: Known = Known(
    REQUEST,
    "No Lambda rotation function ARN is associated with this secret.",
);
pub(super) const BAD_FUNCTION: Known = Known(PARAMETER, "Invalid rotation Lambda ARN. …");
pub(super) const CANNOT_INVOKE: Known = Known(
    "AccessDeniedException",
    "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy \
     grants access to the principal secretsmanager.amazonaws.com.",
);
pub(super) const INCOMPLETE: Known = Known(
    REQUEST,
    "A previous rotation isn't complete. That rotation will be reattempted.",
);
pub(super) const DAYS_AND_EXPRESSION: Known = Known(
    PARAMETER,
    "You cannot specify both rotation frequency and schedule expression together.",
);
pub(super) const BAD_EXPRESSION: Known = Known(PARAMETER, "Invalid schedule expression.");
pub(super) const PASSWORD_TOO_SHORT: Known = Known(
    PARAMETER,
    "Password length is too short based on the required types.",
);
