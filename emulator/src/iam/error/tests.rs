//! Every text.

use super::super::model::IdentityKind::{Group, Role, User};
use super::*;

#[test]
fn every_text() {
    let name = || "x".to_owned();
    let arn = || "arn:aws:iam::111122223333:policy/p".to_owned();
    let caller = || "arn:aws:iam::111122223333:root".to_owned();
    for (error, expected) in [
        (
            Error::NoSuchIdentity(User, name()),
            "404 NoSuchEntity: The user with name x cannot be found.",
        ),
        (
            Error::NoSuchInlinePolicy(Role, name()),
            "404 NoSuchEntity: The role policy with name x cannot be found.",
        ),
        (
            Error::NoSuchPolicy(arn()),
            "404 NoSuchEntity: Policy arn:aws:iam::111122223333:policy/p was not found.",
        ),
        (
            Error::NotAttachable(arn()),
            "404 NoSuchEntity: Policy arn:aws:iam::111122223333:policy/p does not exist or is not attachable.",
        ),
        (
            Error::NoSuchBoundary(arn()),
            "404 NoSuchEntity: Scope ARN: arn:aws:iam::111122223333:policy/p does not exist or is not attachable.",
        ),
        (
            Error::NoBoundary(User, name()),
            "404 NoSuchEntity: The user with name x has no permissions boundary.",
        ),
        (
            Error::NoSuchVersion {
                arn: arn(),
                version: "v7".to_owned(),
            },
            "404 NoSuchEntity: Policy arn:aws:iam::111122223333:policy/p version v7 does not exist or is not attachable.",
        ),
        (
            Error::NoSuchAccessKey("AKIAIOSFODNN7EXAMPLE".to_owned()),
            "404 NoSuchEntity: The Access Key with id AKIAIOSFODNN7EXAMPLE cannot be found.",
        ),
        (
            Error::ForeignAccessKey {
                caller: caller(),
                id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
            },
            "403 AccessDenied: User: arn:aws:iam::111122223333:root is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key AKIAIOSFODNN7EXAMPLE",
        ),
        (
            Error::AwsManaged {
                caller: caller(),
                action: "iam:DeletePolicy",
                arn: "arn:aws:iam::aws:policy/ReadOnlyAccess".to_owned(),
            },
            "403 AccessDenied: User: arn:aws:iam::111122223333:root is not authorized to perform: iam:DeletePolicy on resource: policy arn:aws:iam::aws:policy/ReadOnlyAccess",
        ),
        (
            Error::Exists(Group, name()),
            "409 EntityAlreadyExists: Group with name x already exists.",
        ),
        (
            Error::PolicyExists(name()),
            "409 EntityAlreadyExists: A policy called x already exists. Duplicate names are not allowed.",
        ),
        (
            Error::InUse(InUse::AccessKeys),
            "409 DeleteConflict: Cannot delete entity, must delete access keys first.",
        ),
        (
            Error::Quota("AccessKeysPerUser", 2),
            "409 LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2",
        ),
        (
            Error::TooManyAttachedPolicies(Role),
            "409 LimitExceeded: Cannot exceed quota for PoliciesPerRole: 10",
        ),
        (
            Error::TooManyVersions,
            "409 LimitExceeded: A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.",
        ),
        (
            Error::TooManyTags,
            "409 LimitExceeded: The number of tags has reached the maximum limit.",
        ),
        (
            Error::PoliciesTooLong {
                kind: Role,
                limit: 10_240,
                name: name(),
            },
            "409 LimitExceeded: Maximum policy size of 10240 bytes exceeded for role x",
        ),
        (
            Error::Malformed("Syntax errors in policy.".to_owned()),
            "400 MalformedPolicyDocument: Syntax errors in policy.",
        ),
        (
            Error::ServiceRolePolicy,
            "400 PolicyNotAttachable: Cannot attach a Service Role Policy to a Customer Role.",
        ),
        (
            Error::NotAnArn,
            "400 ValidationError: Invalid ARN:  Could not be parsed!",
        ),
        (
            Error::NotAPolicyArn(name()),
            "400 ValidationError: ARN x is not valid.",
        ),
        (
            Error::NotABoundary(name()),
            "400 InvalidInput: ARN x is not valid.",
        ),
        (
            Error::InvalidName("userName"),
            "400 ValidationError: The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-",
        ),
        (
            Error::InvalidPath,
            "400 ValidationError: The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.",
        ),
        (
            Error::InvalidPathPrefix,
            "400 ValidationError: The specified value for pathPrefix is invalid. It must begin with the / character and contain only alphanumeric characters and/or / characters.",
        ),
        (Error::InvalidMarker, "400 ValidationError: Invalid Marker."),
        (
            Error::NotAUser,
            "400 ValidationError: Must specify userName when calling with non-User credentials",
        ),
        (
            Error::KeyExpiry,
            "400 InvalidInput: An access key cannot be set to Expired.",
        ),
        (
            Error::ReservedTag,
            "400 InvalidInput: Tag keys beginning with aws: are reserved for system use.",
        ),
        (
            Error::EmptyList,
            "400 InvalidInput: Error occurred while validating input. ",
        ),
        (
            Error::DuplicateTags,
            "400 InvalidInput: Duplicate tag keys found. Please note that Tag keys are case insensitive.",
        ),
        (
            Error::DuplicatePolicyTags,
            "400 InvalidInput: Duplicate tag keys found.",
        ),
        (
            Error::Simulation(Invalid::NoSource),
            "404 NoSuchEntity: Unable to retrieve specified IAM entity.",
        ),
        (
            Error::Simulation(Invalid::Marker),
            "400 InvalidInput: Invalid marker for pagination.",
        ),
        (
            Error::Unsupported("access keys of the root user"),
            "400 InvalidInput: Sekisho does not support access keys of the root user yet.",
        ),
    ] {
        assert_eq!(printed(error), expected);
    }
}
