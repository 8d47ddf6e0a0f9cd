//! The resources of a simulation: whose they are, which actions take them, and what results call
//! several of them.

use sekisho_iam::table;

use super::Invalid;
use crate::account::AccountId;

/// Whether a text is an ARN as the simulator wants it: with a partition, a service and a resource.
pub(super) fn check(name: &str) -> Result<(), Invalid> {
    let parts: Vec<&str> = name.splitn(6, ':').collect();
    let is_arn = match parts[..] {
        ["arn", partition, service, _, _, resource] => {
            ![partition, service, resource].contains(&"")
        }
        _ => name == "*",
    };
    if is_arn {
        Ok(())
    } else {
        Err(Invalid::Resource(name.to_owned()))
    }
}

/// The account that an ARN names.
pub(super) fn account(arn: &str) -> Option<AccountId> {
    arn.split(':').nth(4).and_then(AccountId::parse)
}

/// Whether AWS's simulator knows an action. Of the services of the table that is told by it; of the
/// others it knows far more than is known here, but no wildcard.
pub(super) fn is_known(action: &str) -> bool {
    let (service, name) = action.split_once(':').unwrap_or((action, ""));
    match table::service(service) {
        Some(_) => table::action(action).is_some(),
        None => !name.is_empty() && !name.contains(['*', '?']),
    }
}

/// Whether an action can be asked of a resource. Where it cannot, no statement is looked at and the
/// result is an implicit denial: `secretsmanager:ListSecrets` of a secret, `iam:GetUser` of a role.
pub(super) fn fits(action: &str, resource: &str) -> bool {
    let Some(action) = table::action(action).filter(|_| resource != "*") else {
        return true;
    };
    // A pattern may stand for something of the right type.
    let is_pattern = || {
        let last = resource.splitn(6, ':').nth(5);
        last.is_some_and(|last| last.contains('*'))
    };
    action.has_resource() && (action.takes(resource) || is_pattern())
}

/// What the result of an action is called that was simulated on several resources: the form of the
/// ARNs of its service, in the partition of the first.
pub(super) fn template(action: &str, first: &str) -> String {
    let (service, _) = action.split_once(':').unwrap_or((action, ""));
    let known = TEMPLATES
        .iter()
        .find(|(name, _)| service.eq_ignore_ascii_case(name) && is_known(action));
    let partition = first.split(':').nth(1).unwrap_or("aws");
    known.map_or("*".to_owned(), |(_, rest)| {
        format!("arn:{partition}:{rest}")
    })
}

/// As recorded, but for Secrets Manager, whose is that of AWS's reference. Other services have some
/// too, which are not known here.
const TEMPLATES: [(&str, &str); 8] = [
    (
        "secretsmanager",
        "secretsmanager:${Region}:${Account}:secret:${SecretId}",
    ),
    ("iam", "iam::${Account}:${ResourceType}/${ResourceName}"),
    ("sts", "iam::${Account}:${RelativeId}"),
    ("kms", "kms:${Region}:${Account}:${ResourceType}/${Id}"),
    ("s3", "s3:::${BucketName}/${KeyName}"),
    ("sqs", "sqs:${Region}:${Account}:${QueueName}"),
    (
        "lambda",
        "lambda:${Region}:${Account}:${ResourceType}:${ResourceId}",
    ),
    (
        "ec2",
        "ec2:${Region}:${Account}:${ResourceType}/${ResourcePath}",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    const USER: &str = "arn:aws:iam::123456789012:user/one";
    const ROLE: &str = "arn:aws:iam::123456789012:role/one";
    const SECRET: &str = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-AbCdEf";

    #[test]
    fn names_of_resources() {
        for name in [
            "*",
            USER,
            "arn:unknown:s3:::name",
            "arn:aws:s3:region:account:name",
            "arn:aws:s3:::*",
        ] {
            assert_eq!(check(name), Ok(()), "{name}");
        }
        for name in [
            "",
            "not-an-arn",
            "arn:aws:s3",
            "arn::s3:::name",
            "arn:aws::::name",
            "arn:aws:s3:::",
        ] {
            assert_eq!(
                check(name),
                Err(Invalid::Resource(name.to_owned())),
                "{name}"
            );
        }
        assert_eq!(account(USER).unwrap().as_str(), "123456789012");
        assert_eq!(account("arn:aws:s3:::b/k"), None);
    }

    #[test]
    fn actions_take_their_own_resources() {
        for (action, resource, expected) in [
            ("iam:GetUser", USER, true),
            ("iam:GetUser", ROLE, false),
            ("iam:ListUsers", USER, false),
            ("iam:PassRole", USER, false),
            ("iam:passrole", ROLE, true),
            ("sts:AssumeRole", ROLE, true),
            ("sts:AssumeRole", USER, false),
            ("sts:GetCallerIdentity", ROLE, false),
            ("secretsmanager:GetSecretValue", SECRET, true),
            ("secretsmanager:GetSecretValue", ROLE, false),
            (
                "secretsmanager:GetSecretValue",
                "arn:aws:secretsmanager:eu-west-1:123456789012:*",
                true,
            ),
            ("secretsmanager:ListSecrets", SECRET, false),
            (
                "secretsmanager:ListSecrets",
                "arn:aws:secretsmanager:eu-west-1:123456789012:*",
                false,
            ),
            ("secretsmanager:ListSecrets", "*", true),
            ("secretsmanager:MadeUp", ROLE, true),
            ("madeup:Action", SECRET, true),
        ] {
            assert_eq!(fits(action, resource), expected, "{action} on {resource}");
        }
    }

    #[test]
    fn several_resources_have_the_name_of_their_form() {
        for (action, expected) in [
            ("s3:GetObject", "arn:aws-cn:s3:::${BucketName}/${KeyName}"),
            (
                "IAM:getuser",
                "arn:aws-cn:iam::${Account}:${ResourceType}/${ResourceName}",
            ),
            ("sts:AssumeRole", "arn:aws-cn:iam::${Account}:${RelativeId}"),
            ("secretsmanager:MadeUp", "*"),
            ("s3:*", "*"),
            ("madeup:Action", "*"),
        ] {
            assert_eq!(template(action, "arn:aws-cn:s3:::b"), expected, "{action}");
        }
    }
}
