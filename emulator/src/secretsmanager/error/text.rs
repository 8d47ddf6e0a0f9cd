//! The texts: AWS's, but for those that end a group behind the remark that they are ours.

use std::fmt;

use sekisho_iam::Malformed;

use super::super::model::{MAX_LABELS, MAX_VERSIONS, Refused};
use super::Error;
use crate::tag::MAX_TAGS;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SecretNotFound => "Secrets Manager can't find the specified secret.",
            Self::StageNotFound(stage) => {
                return write!(
                    f,
                    "Secrets Manager can't find the specified secret value for staging label: {stage}"
                );
            }
            Self::VersionNotFound(id) => {
                return write!(
                    f,
                    "Secrets Manager can't find the specified secret value for VersionId: {id}"
                );
            }
            Self::SecretExists(name) => {
                return write!(f, "The operation failed because the secret {name} already exists.");
            }
            Self::TokenInUse { token, arn } => {
                return write!(
                    f,
                    "You can't use ClientRequestToken {token} because that value is already in use \
                     for a version of secret {arn}."
                );
            }
            // Ours:
            Self::PolicyNotFound => "Secrets Manager can't find the specified resource policy.",

            Self::MarkedForDeletion => {
                "You can't perform this operation on the secret because it was marked for deletion."
            }
            Self::NameScheduledForDeletion => {
                "You can't create this secret because a secret with this name is already scheduled \
                 for deletion."
            }
            Self::DefaultKeyAcrossAccounts => {
                "You can't access a secret from a different AWS account if you encrypt the secret \
                 with the default KMS service key."
            }
            Self::IsReplica => {
                "Operation not permitted on a replica secret. Call must be made in primary secret's \
                 region."
            }
            Self::IsNoReplica => {
                "Operation not permitted on a primary secret. Call must be made in replica secret's \
                 region."
            }
            Self::HasReplicas { arn, regions } => {
                let regions = regions.join(", ");
                return write!(
                    f,
                    "You can't delete secret {arn} that still has replica regions [{regions}]."
                );
            }
            // Ours:
            Self::HasCopyInAccount(arn) => {
                return write!(
                    f,
                    "You can't delete secret {arn} that is still associated with a cross-account \
                     replica."
                );
            }
            Self::IsCrossAccountReplica(arn) => {
                return write!(
                    f,
                    "You can't delete secret {arn} that is a cross-account replica. Call \
                     StopReplicationToReplica first."
                );
            }

            Self::BadName => {
                "Invalid name. Must be a valid name containing alphanumeric characters, or any of \
                 the following: -/_+=.@!"
            }
            Self::NoToken | Self::NoTokenToRotate => {
                "You must provide a ClientRequestToken value. We recommend a UUID-type value."
            }
            Self::NoValue => "You must provide either SecretString or SecretBinary.",
            Self::BothValues => {
                "The request had invalid params: You can't specify both a binary secret value and a \
                 string secret value in the same secret."
            }
            // The quota is one of bytes, the model's limit one of characters; the text is the model's.
            Self::ValueTooLong => {
                "1 validation error detected: Value at 'secretString' failed to satisfy constraint: \
                 Member must have length less than or equal to 65536"
            }
            Self::BadKmsKey(message) => {
                return write!(f, "The operation failed because of an invalid KMS key: {message}");
            }
            // Ours:
            Self::UnknownType(kind) => {
                return write!(f, "The secret type {kind} is not supported.");
            }

            Self::StageNotOfVersion => {
                "You provided a VersionStage that is not associated to the provided VersionId."
            }
            Self::HolderNotNamed { stage, holder } => {
                return write!(
                    f,
                    "The parameter RemoveFromVersionId can't be empty. Staging label {stage} is \
                     currently attached to version {holder}, so you must explicitly reference that \
                     version in RemoveFromVersionId."
                );
            }
            // Not seen on AWS itself, but beside the text above in the words of those who have it.
            Self::OtherHolder(stage) => {
                return write!(
                    f,
                    "When you move staging label {stage}, if you specify RemoveFromVersionId, it \
                     must be set to the version that currently has the staging label {stage}."
                );
            }
            Self::Versions(refused) => return versions(refused, f),

            Self::BadRecoveryWindow => {
                "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive)."
            }
            Self::ForceWithWindow => {
                "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays."
            }

            Self::SystemTag(key) => {
                return write!(f, "You can't modify system tags. Tag key: '{key}'.");
            }
            Self::LockOut => {
                "This resource policy will not allow you to manage this secret in the future."
            }
            // Ours:
            Self::TooManyTags | Self::TooManyTagsTogether => {
                return write!(f, "A secret can have up to {MAX_TAGS} tags.");
            }
            Self::DuplicateTags => "Duplicate tag keys found. Each tag key can be given once.",

            Self::MalformedPolicy(malformed) => return malformed.fmt(f),
            Self::UnsupportedPrincipal => return Malformed::ResourcePolicyPrincipal.fmt(f),
            Self::PublicPolicy => {
                "You can not attach a resource policy that grants Public access to your secret."
            }
            // Ours:
            Self::PolicyNotChangeable => "You can modify only the resource policy named default.",

            Self::TooManyFilters => {
                "The filter list has too many filters. You can include up to 10 filters."
            }
            // Ours:
            Self::BadNextToken => "The NextToken value is invalid.",
            Self::ListAndFilters => "You can't specify both SecretIdList and Filters.",
            Self::NeitherListNorFilters => "You must specify either SecretIdList or Filters.",
            Self::MaxResultsWithoutFilters => "You can't specify MaxResults without Filters.",

            Self::NothingForPassword => "All characters have been excluded from selection.",
            Self::NothingOfKindForPassword => {
                "All characters of the desired type have been excluded."
            }
            Self::PasswordTooShort => "Password length is too short based on the required types.",

            Self::InvalidReplicaRegion => "Invalid replica region.",
            // Ours:
            Self::TooManyReplicas => "A secret can have up to 24 replicas.",
            Self::NotInAnotherAccount => {
                "The secret must be given by its full ARN, and be in another account and the same \
                 region."
            }
            Self::NotACopyOfThis => "The secret is no cross-account replica of this secret.",
            Self::HasCopyElsewhere => "A secret can have at most one cross-account replica.",
            Self::NotTheOwner => "Only the account that owns the secret can associate replicas.",
            Self::OtherOrganization => {
                "The replica must be in an account of the same organization. To allow any other, \
                 specify ReplicaRestriction NoRestriction."
            }
            Self::NotForACopy => {
                "A cross-account replica needs a customer managed key in KmsKeyId, and can't have \
                 SecretString, SecretBinary, Description, AddReplicaRegions or Type."
            }

            Self::NoRotationFunction => {
                "No Lambda rotation function ARN is associated with this secret."
            }
            Self::BadFunction(region) => {
                return write!(
                    f,
                    "Invalid rotation Lambda ARN. Ensure the ARN matches format \
                     arn:aws:lambda:{region}:<account>:function:<functionName>."
                );
            }
            Self::CannotInvoke => {
                "Secrets Manager cannot invoke the specified Lambda function. Ensure that the \
                 function policy grants access to the principal secretsmanager.amazonaws.com."
            }
            Self::RotationIncomplete => {
                "A previous rotation isn't complete. That rotation will be reattempted."
            }
            Self::Schedule(error) => return error.fmt(f),
            // Ours:
            Self::CannotAssumeRole(role) => {
                return write!(f, "Secrets Manager is unable to assume role {role}.");
            }
            Self::RoleWithoutType => {
                "ExternalSecretRotationRoleArn is for secrets of a managed external Type only."
            }
        })
    }
}

/// Those of limits, and of nothing to be moved, are ours; the typographic apostrophe is AWS's.
fn versions(refused: &Refused, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match refused {
        Refused::CurrentTakenAway => f.write_str(
            "You can only move staging label AWSCURRENT to a different secret version. It can’t be \
             completely removed.",
        ),
        Refused::UnknownVersion(id) => {
            fmt::Display::fmt(&Error::VersionNotFound(id.to_string()), f)
        }
        Refused::TooManyLabels => write!(f, "A secret can have up to {MAX_LABELS} staging labels."),
        Refused::TooManyVersions => write!(
            f,
            "A secret can have up to {MAX_VERSIONS} versions, and those of the last 24 hours are \
             kept."
        ),
        Refused::NothingToMove => {
            f.write_str("You must specify RemoveFromVersionId, MoveToVersionId, or both.")
        }
        Refused::HolderNotNamed(_) | Refused::OtherHolder(_) => {
            f.write_str("The staging label is attached to another version.")
        }
    }
}
