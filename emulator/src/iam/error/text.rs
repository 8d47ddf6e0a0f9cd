//! AWS's codes, statuses and texts for IAM's errors, all in one place.

use std::borrow::Cow;

use super::super::simulation::Invalid;
use super::{Error, InUse};
use crate::wire::{Fault, Protocol};

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error {
            Error::NoSuchIdentity(kind, name) => missing(format!(
                "The {} with name {name} cannot be found.",
                kind.word()
            )),
            Error::NoSuchInlinePolicy(kind, name) => missing(format!(
                "The {} policy with name {name} cannot be found.",
                kind.word()
            )),
            Error::NoSuchPolicy(arn) => missing(format!("Policy {arn} was not found.")),
            Error::NotAttachable(arn) => {
                missing(format!("Policy {arn} does not exist or is not attachable."))
            }
            Error::NoSuchBoundary(arn) => missing(format!(
                "Scope ARN: {arn} does not exist or is not attachable."
            )),
            // The code is known, AWS's text is not.
            Error::NoBoundary(kind, name) => missing(format!(
                "The {} with name {name} has no permissions boundary.",
                kind.word()
            )),
            Error::NoSuchVersion { arn, version } => missing(format!(
                "Policy {arn} version {version} does not exist or is not attachable."
            )),
            Error::NoSuchAccessKey(id) => {
                missing(format!("The Access Key with id {id} cannot be found."))
            }
            // Without the colon and the reason that denials by policy have.
            Error::ForeignAccessKey { caller, id } => Self::access_denied(
                Protocol::Query,
                format!(
                    "User: {caller} is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key {id}"
                ),
            ),
            Error::AwsManaged {
                caller,
                action,
                arn,
            } => Self::access_denied(
                Protocol::Query,
                format!(
                    "User: {caller} is not authorized to perform: {action} on resource: policy {arn}"
                ),
            ),

            Error::Exists(kind, name) => {
                exists(format!("{} with name {name} already exists.", kind.title()))
            }
            Error::PolicyExists(name) => exists(format!(
                "A policy called {name} already exists. Duplicate names are not allowed."
            )),

            Error::InUse(what) => Self::modelled("DeleteConflict", 409, conflict(what)),

            Error::Quota(name, most) => limit(format!("Cannot exceed quota for {name}: {most}")),
            Error::TooManyAttachedPolicies(kind) => limit(format!(
                "Cannot exceed quota for PoliciesPer{}: 10",
                kind.title()
            )),
            Error::TooManyVersions => limit(
                "A managed policy can have up to 5 versions. Before you create a new version, you must delete an \
                 existing version.",
            ),
            Error::TooManyTags => limit("The number of tags has reached the maximum limit."),
            Error::PoliciesTooLong {
                kind,
                limit: most,
                name,
            } => limit(format!(
                "Maximum policy size of {most} bytes exceeded for {} {name}",
                kind.word()
            )),

            Error::Malformed(message) => Self::modelled("MalformedPolicyDocument", 400, message),
            Error::ServiceRolePolicy => Self::modelled(
                "PolicyNotAttachable",
                400,
                "Cannot attach a Service Role Policy to a Customer Role.",
            ),

            // The gap is AWS's.
            Error::NotAnArn => invalid("Invalid ARN:  Could not be parsed!"),
            Error::NotAPolicyArn(arn) => invalid(format!("ARN {arn} is not valid.")),
            Error::NotABoundary(arn) => input(format!("ARN {arn} is not valid.")),
            Error::InvalidName(member) => invalid(format!(
                "The specified value for {member} is invalid. It must contain only alphanumeric characters and/or \
                 the following: +=,.@_-"
            )),
            Error::InvalidPath => invalid(
                "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric \
                 characters and/or / characters.",
            ),
            Error::InvalidPathPrefix => invalid(
                "The specified value for pathPrefix is invalid. It must begin with the / character and contain only \
                 alphanumeric characters and/or / characters.",
            ),
            // AWS's text is not known.
            Error::InvalidMarker => invalid("Invalid Marker."),
            Error::NotAUser => {
                invalid("Must specify userName when calling with non-User credentials")
            }
            // Recorded is the code, not the text.
            Error::KeyExpiry => input("An access key cannot be set to Expired."),
            Error::ReservedTag => {
                input("Tag keys beginning with aws: are reserved for system use.")
            }
            // The gap is AWS's.
            Error::EmptyList => input("Error occurred while validating input. "),
            Error::DuplicateTags => {
                input("Duplicate tag keys found. Please note that Tag keys are case insensitive.")
            }
            Error::DuplicatePolicyTags => input("Duplicate tag keys found."),
            Error::Simulation(invalid @ Invalid::NoSource) => missing(invalid.to_string()),
            Error::Simulation(invalid) => input(invalid.to_string()),
            Error::Role(error) => error.into(),
            Error::Unsupported(what) => input(format!("Sekisho does not support {what} yet.")),

            Error::Provider(error) => error.into(),
            Error::Account(error) => error.into(),
        }
    }
}

type Text = Cow<'static, str>;

fn conflict(what: InUse) -> &'static str {
    match what {
        InUse::AccessKeys => "Cannot delete entity, must delete access keys first.",
        InUse::LoginProfile => "Cannot delete entity, must delete login profile first.",
        InUse::InlinePolicies => "Cannot delete entity, must delete policies first.",
        InUse::AttachedPolicies => "Cannot delete entity, must detach all policies first.",
        InUse::Memberships => "Cannot delete entity, must remove users from group first.",
        InUse::InstanceProfile => {
            "Cannot delete entity, must remove roles from instance profile first."
        }
        InUse::Attached => "Cannot delete a policy attached to entities.",
        InUse::Versions => {
            "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. \
             The default version is deleted with the policy."
        }
        InUse::DefaultVersion => "Cannot delete the default version of a policy.",
    }
}

pub(super) fn missing(text: impl Into<Text>) -> Fault {
    Fault::modelled("NoSuchEntity", 404, text)
}

pub(super) fn exists(text: impl Into<Text>) -> Fault {
    Fault::modelled("EntityAlreadyExists", 409, text)
}

pub(super) fn limit(text: impl Into<Text>) -> Fault {
    Fault::modelled("LimitExceeded", 409, text)
}

pub(super) fn input(text: impl Into<Text>) -> Fault {
    Fault::modelled("InvalidInput", 400, text)
}

pub(super) fn invalid(text: impl Into<Text>) -> Fault {
    Fault::invalid(Protocol::Query, text)
}
