//! Actions and resources, as JSON, and whether they match what is asked:
//! `secretsmanager:GetSecretValue` on the secret `team/db-AbCdEf`.
//!
//! Actions ignore case, resources do not; a wildcard stays within its part of an ARN.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

pub const ACTIONS: &[(&str, bool)] = &[
    (r#""secretsmanager:GetSecretValue""#, true),
    (r#""*""#, true),
    (r#""secretsmanager:*""#, true),
    (r#""secretsmanager:Get*""#, true),
    (r#""secretsmanager:*Value""#, true),
    (r#""secretsmanager:Get*Value""#, true),
    (r#""secretsmanager:G*t*S*V*e""#, true),
    (r#""secretsmanager:GetSecretValu?""#, true),
    (r#""secretsmanager:?etSecretValue""#, true),
    (r#""secretsmanager:GetSecretValue*""#, true),
    (r#""secretsmanager:GetSecretValue?""#, false),
    (r#""secretsmanager:GetSecret""#, false),
    (r#""secretsmanager:Put*""#, false),
    (r#""secretsmanager:getsecretvalue""#, true),
    (r#""secretsmanager:*SECRET*""#, true),
    (r#""SecretsManager:GetSecretValue""#, true),
    (r#""SECRETSMANAGER:*""#, true),
    (r#""s3:*""#, false),
    (r#""s3:GetSecretValue""#, false),
    (r#"["s3:*","secretsmanager:Get*"]"#, true),
    (r#"["s3:*","kms:Decrypt"]"#, false),
];

pub const RESOURCES: &[(&str, bool)] = &[
    (r#""*""#, true),
    (
        r#""arn:aws:secretsmanager:eu-west-1:111122223333:secret:team/db-AbCdEf""#,
        true,
    ),
    (
        r#""arn:aws:secretsmanager:eu-west-1:111122223333:secret:team/*""#,
        true,
    ),
    (
        r#""arn:aws:secretsmanager:eu-west-1:111122223333:secret:team/db-??????""#,
        true,
    ),
    (
        r#""arn:aws:secretsmanager:eu-west-1:111122223333:secret:team/db-?????""#,
        false,
    ),
    (
        r#""arn:aws:secretsmanager:eu-west-1:111122223333:secret:team/db""#,
        false,
    ),
    (
        r#""arn:aws:secretsmanager:eu-west-1:111122223333:secret:TEAM/*""#,
        false,
    ),
    (
        r#""arn:aws:secretsmanager:eu-west-1:111122223333:secret:*""#,
        true,
    ),
    (r#""arn:aws:secretsmanager:eu-west-1:111122223333:*""#, true),
    (
        r#""arn:aws:secretsmanager:eu-west-1:111122223333:*Ef""#,
        true,
    ),
    (
        r#""arn:aws:secretsmanager:eu-west-1:111122223333:s*t:t*/db-*""#,
        true,
    ),
    (
        r#""arn:aws:secretsmanager:eu-west-1:999988887777:secret:*""#,
        false,
    ),
    (
        r#""arn:aws:secretsmanager:us-east-1:111122223333:secret:*""#,
        false,
    ),
    (
        r#""arn:aws:secretsmanager:*:111122223333:secret:team/*""#,
        true,
    ),
    (r#""arn:aws:secretsmanager:*:*:secret:team/*""#, true),
    (r#""arn:aws:secretsmanager:eu-*:1111*:secret:*""#, true),
    (r#""arn:aws:secretsmanager:eu-west-?:111122223333:*""#, true),
    (r#""arn:aws:secretsmanager:us-*:*:*""#, false),
    // The fourth part is not both the region and the account.
    (r#""arn:aws:secretsmanager:*:secret:team/db-AbCdEf""#, false),
    (r#""arn:aws:kms:*:*:*""#, false),
    (
        r#"["arn:aws:s3:::bucket","arn:aws:secretsmanager:*:*:*"]"#,
        true,
    ),
    (r#"["arn:aws:s3:::bucket","arn:aws:kms:*:*:*"]"#, false),
];

/// The user is `ann`, without tags. A variable without a value matches no resource.
pub const VARIABLES: &[(&str, bool)] = &[
    (
        r#""arn:aws:secretsmanager:*:*:secret:${aws:username}/*""#,
        false,
    ),
    (
        r#""arn:aws:secretsmanager:*:*:secret:${aws:PrincipalTag/team, 'team'}/*""#,
        true,
    ),
    (
        r#""arn:aws:secretsmanager:*:*:secret:${aws:PrincipalTag/team}*""#,
        false,
    ),
    (r#""arn:aws:secretsmanager:*:*:secret:te${?}m/*""#, false),
    (r#""arn:aws:secretsmanager:*:*:secret:${*}""#, false),
];

/// What the documents leave open.
pub const OPEN_ACTIONS: &[&str] = &[
    r#""*:*""#,
    r#""*:Get*""#,
    r#""secretsmanager:**""#,
    r#""secrets*:GetSecretValue""#,
    r#""secretsmanager:Get Secret*""#,
    r#""secretsmanager:${aws:username}*""#,
];
pub const OPEN_RESOURCES: &[&str] = &[
    r#""arn:aws:secretsmanager:*""#,
    r#""arn:aws:secretsmanager:eu-west-1:*""#,
    r#""arn:*""#,
    r#""arn:aws:*:eu-west-1:111122223333:secret:*""#,
    r#""arn:aws:secretsmanager:::secret:*""#,
    r#""arn:aws:secretsmanager:*:*:secret:team/db-AbCdEf*?""#,
    r#""arn:aws:secretsmanager:*:*:secret:${aws:PrincipalTag/none, 'te*'}/*""#,
    r#""arn:aws:secretsmanager:*:${aws:PrincipalTag/none, '*'}:secret:*""#,
    r#""arn:aws:secretsmanager:*:*:secret:team/$*""#,
];
