//! Errors of roles, instance profiles and roles that are linked to services, with AWS's texts.

use super::Error;
use crate::wire::Fault;

/// Why an operation on a role or an instance profile was refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum RoleError {
    /// A role that is linked to a service is AWS's to change.
    Protected(String),
    /// No instance profile of that name.
    NoSuchInstanceProfile(String),
    /// An instance profile of that name exists; names ignore case.
    InstanceProfileExists(String),
    /// The instance profile has not that role.
    NotInInstanceProfile {
        /// The role, as it was asked for.
        role: String,
        /// The instance profile, likewise.
        profile: String,
    },
    /// A role that is linked to a service exists.
    ServiceRoleExists(String),
    /// The service's role is always called the same.
    NoCustomSuffix(String),
    /// A role's name that would be too long.
    SuffixTooLong(String),
    /// A service that is not known to have a role of its own.
    UnknownService(String),
    /// No deletion of that id.
    NoSuchDeletion(String),
}

impl From<RoleError> for Error {
    fn from(error: RoleError) -> Self {
        Self::Role(error)
    }
}

impl From<RoleError> for Fault {
    fn from(error: RoleError) -> Self {
        let (code, status, text) = match error {
            RoleError::Protected(name) => (
                "UnmodifiableEntity",
                400,
                format!(
                    "Cannot perform the operation on the protected role '{name}' - this role is only modifiable by AWS"
                ),
            ),
            RoleError::NoSuchInstanceProfile(name) => (
                "NoSuchEntity",
                404,
                format!("Instance Profile {name} cannot be found."),
            ),
            RoleError::InstanceProfileExists(name) => (
                "EntityAlreadyExists",
                409,
                format!("Instance Profile {name} already exists."),
            ),
            RoleError::NotInInstanceProfile { role, profile } => (
                "NoSuchEntity",
                404,
                format!("Role {role} in Instance Profile {profile} cannot be found."),
            ),
            RoleError::ServiceRoleExists(name) => (
                "InvalidInput",
                400,
                format!(
                    "Service role name {name} has been taken in this account, please try a different suffix."
                ),
            ),
            RoleError::NoCustomSuffix(service) => (
                "InvalidInput",
                400,
                format!("Custom suffix is not allowed for {service}"),
            ),
            // Of the rest, the codes are known; AWS's texts are not.
            RoleError::SuffixTooLong(name) => (
                "InvalidInput",
                400,
                format!("The role name {name} is longer than 64 characters."),
            ),
            RoleError::UnknownService(service) => (
                "InvalidInput",
                400,
                format!("Sekisho knows no service-linked role of the service {service}."),
            ),
            RoleError::NoSuchDeletion(task) => (
                "NoSuchEntity",
                404,
                format!("The deletion task {task} cannot be found."),
            ),
        };
        Self::modelled(code, status, text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text() {
        let x = || "x".to_owned();
        for (error, expected) in [
            (
                RoleError::Protected("AWSServiceRoleForRDS".to_owned()),
                "400 UnmodifiableEntity: Cannot perform the operation on the protected role 'AWSServiceRoleForRDS' - this role is only modifiable by AWS",
            ),
            (
                RoleError::NoSuchInstanceProfile(x()),
                "404 NoSuchEntity: Instance Profile x cannot be found.",
            ),
            (
                RoleError::InstanceProfileExists(x()),
                "409 EntityAlreadyExists: Instance Profile x already exists.",
            ),
            (
                RoleError::NotInInstanceProfile {
                    role: "r".to_owned(),
                    profile: x(),
                },
                "404 NoSuchEntity: Role r in Instance Profile x cannot be found.",
            ),
            (
                RoleError::ServiceRoleExists("AWSServiceRoleForRDS".to_owned()),
                "400 InvalidInput: Service role name AWSServiceRoleForRDS has been taken in this account, please try a different suffix.",
            ),
            (
                RoleError::NoCustomSuffix("rds.amazonaws.com".to_owned()),
                "400 InvalidInput: Custom suffix is not allowed for rds.amazonaws.com",
            ),
            (
                RoleError::SuffixTooLong(x()),
                "400 InvalidInput: The role name x is longer than 64 characters.",
            ),
            (
                RoleError::UnknownService(x()),
                "400 InvalidInput: Sekisho knows no service-linked role of the service x.",
            ),
            (
                RoleError::NoSuchDeletion(x()),
                "404 NoSuchEntity: The deletion task x cannot be found.",
            ),
        ] {
            let fault = Fault::from(Error::from(error));
            let message = fault.message.unwrap_or_default();
            assert_eq!(
                format!("{} {}: {message}", fault.status, fault.code),
                expected
            );
        }
    }
}
