//! Spot facts, and that every entry of the table is well formed.

use super::*;

fn names(keys: &[Key]) -> Vec<&str> {
    keys.iter().map(|key| key.name).collect()
}

#[test]
fn services_are_found_in_any_case() {
    for name in ["secretsmanager", "SecretsManager", "SECRETSMANAGER"] {
        assert_eq!(service(name).unwrap().name, "secretsmanager");
    }
    for name in ["iam", "kms", "sts"] {
        assert_eq!(service(name).unwrap().name, name);
    }
    for name in ["", "s3", "secretsmanager:", "secrets"] {
        assert!(service(name).is_none(), "{name}");
    }
}

#[test]
fn actions_are_found_in_any_case() {
    for name in ["kms:Decrypt", "KMS:DECRYPT", "kms:decrypt"] {
        assert_eq!(action(name).unwrap().name, "kms:Decrypt");
    }
    for name in [
        "",
        ":",
        "kms",
        "kms:",
        "kms:Decrypt ",
        "kms:Decrypts",
        "s3:GetObject",
        "Decrypt",
    ] {
        assert!(action(name).is_none(), "{name}");
    }
}

#[test]
fn what_actions_take() {
    for (name, expected) in [
        ("secretsmanager:GetSecretValue", &["Secret"][..]),
        ("secretsmanager:CreateSecret", &["Secret"]),
        ("secretsmanager:ListSecrets", &[]),
        ("secretsmanager:GetRandomPassword", &[]),
        ("secretsmanager:BatchGetSecretValue", &[]),
        ("iam:CreateUser", &["user"]),
        ("iam:PassRole", &["role"]),
        ("iam:ListUsers", &[]),
        ("kms:Decrypt", &["key"]),
        ("kms:CreateAlias", &["alias", "key"]),
        ("sts:AssumeRole", &["role"]),
        ("sts:GetCallerIdentity", &[]),
    ] {
        let action = action(name).unwrap();
        let resources: Vec<_> = action.resources.iter().map(|r| r.name).collect();
        assert_eq!(resources, expected, "{name}");
        assert_eq!(action.has_resource(), !expected.is_empty(), "{name}");
    }
    let secret = &action("secretsmanager:GetSecretValue").unwrap().resources[0];
    assert_eq!(secret.arn, "arn:*:secretsmanager:*:*:secret:*");
    assert!(secret.is_required);
    assert_eq!(
        action("sts:AssumeRole").unwrap().resources[0].arn,
        "arn:*:iam::*:role/*"
    );
    assert!(!action("iam:ListMFADevices").unwrap().resources[0].is_required);
}

#[test]
fn keys_are_found_in_any_case_and_with_anything_in_their_placeholder() {
    for (name, expected, kind, is_multivalued) in [
        ("aws:PrincipalArn", "aws:PrincipalArn", KeyType::Arn, false),
        ("AWS:principalarn", "aws:PrincipalArn", KeyType::Arn, false),
        ("aws:TagKeys", "aws:TagKeys", KeyType::String, true),
        ("aws:SourceIp", "aws:SourceIp", KeyType::Ip, false),
        ("aws:CurrentTime", "aws:CurrentTime", KeyType::Date, false),
        (
            "aws:MultiFactorAuthAge",
            "aws:MultiFactorAuthAge",
            KeyType::Numeric,
            false,
        ),
        (
            "aws:SecureTransport",
            "aws:SecureTransport",
            KeyType::Bool,
            false,
        ),
        (
            "aws:resourcetag/Team:a/b",
            "aws:ResourceTag/${TagKey}",
            KeyType::String,
            false,
        ),
        (
            "aws:PrincipalTag/x",
            "aws:PrincipalTag/${TagKey}",
            KeyType::String,
            false,
        ),
        (
            "secretsmanager:ResourceTag/é",
            "secretsmanager:ResourceTag/${TagKey}",
            KeyType::String,
            false,
        ),
        (
            "secretsmanager:versionstage",
            "secretsmanager:VersionStage",
            KeyType::String,
            false,
        ),
        (
            "secretsmanager:AddReplicaRegions",
            "secretsmanager:AddReplicaRegions",
            KeyType::String,
            true,
        ),
        (
            "kms:EncryptionContext:SecretARN",
            "kms:EncryptionContext:${EncryptionContextKey}",
            KeyType::String,
            false,
        ),
        (
            "kms:EncryptionContextKeys",
            "kms:EncryptionContextKeys",
            KeyType::String,
            true,
        ),
        (
            "sts:RequestContextProviders",
            "sts:RequestContextProviders",
            KeyType::Arn,
            true,
        ),
        (
            "agent.EXAMPLE.buildkite.dev:cluster_id",
            "agent.${Domain}.buildkite.dev:cluster_id",
            KeyType::String,
            false,
        ),
        (
            "lambda:SourceFunctionArn",
            "lambda:SourceFunctionArn",
            KeyType::Arn,
            false,
        ),
    ] {
        let key = key(name).unwrap_or_else(|| panic!("no {name}"));
        assert_eq!(
            (key.name, key.kind, key.is_multivalued),
            (expected, kind, is_multivalued)
        );
    }
    for name in [
        "",
        "aws:",
        "aws:ResourceTag",
        "aws:ResourceTag/",
        "secretsmanager:ResourceTag/",
        "PrincipalArn",
        "kms:EncryptionContext:",
        "agent..buildkite.dev:cluster_id",
        "agent.buildkite.dev:cluster_id",
        "aws:TagKeys/x",
        "s3:prefix",
    ] {
        assert_eq!(key(name), None, "{name}");
    }
}

#[test]
fn what_requests_may_carry() {
    for (name, key, expected) in [
        (
            "secretsmanager:GetSecretValue",
            "secretsmanager:VersionStage",
            true,
        ),
        (
            "secretsmanager:GetSecretValue",
            "SECRETSMANAGER:versionstage",
            true,
        ),
        (
            "secretsmanager:GetSecretValue",
            "aws:ResourceTag/team",
            true,
        ),
        (
            "secretsmanager:GetSecretValue",
            "secretsmanager:ResourceTag/team",
            true,
        ),
        (
            "secretsmanager:GetSecretValue",
            "aws:RequestTag/team",
            false,
        ),
        ("secretsmanager:GetSecretValue", "aws:TagKeys", false),
        ("secretsmanager:GetSecretValue", "aws:ResourceAccount", true),
        ("secretsmanager:GetSecretValue", "aws:SourceVpce", true),
        ("secretsmanager:GetSecretValue", "kms:ViaService", false),
        (
            "secretsmanager:GetSecretValue",
            "secretsmanager:Name",
            false,
        ),
        ("secretsmanager:GetSecretValue", "aws:NoSuchKey", false),
        ("secretsmanager:CreateSecret", "aws:ResourceTag/team", true),
        ("secretsmanager:CreateSecret", "aws:RequestTag/team", true),
        (
            "secretsmanager:CreateSecret",
            "secretsmanager:SecretId",
            false,
        ),
        ("secretsmanager:UntagResource", "aws:TagKeys", true),
        ("secretsmanager:ListSecrets", "aws:ResourceTag/team", false),
        ("secretsmanager:ListSecrets", "aws:ResourceAccount", false),
        ("secretsmanager:ListSecrets", "aws:PrincipalTag/team", true),
        ("secretsmanager:ListSecrets", "saml:sub", true),
        ("secretsmanager:ListSecrets", "ec2:SourceInstanceArn", true),
        ("kms:Decrypt", "kms:ViaService", true),
        ("kms:Decrypt", "kms:EncryptionContext:SecretARN", true),
        ("kms:Decrypt", "kms:ResourceAliases", true),
        ("iam:CreateGroup", "aws:ResourceTag/team", false),
        ("iam:CreateUser", "iam:PermissionsBoundary", true),
        ("iam:PassRole", "iam:PassedToService", true),
        ("sts:AssumeRole", "sts:ExternalId", true),
        ("sts:AssumeRole", "iam:ResourceTag/x", true),
        ("sts:GetCallerIdentity", "sts:ExternalId", false),
    ] {
        assert_eq!(
            action(name).unwrap().may_have(key),
            expected,
            "{name} {key}"
        );
    }
}

#[test]
fn resource_control_policies_know_their_services() {
    for service in ["secretsmanager", "KMS", "s3", "sts"] {
        assert!(has_resource_control(service), "{service}");
    }
    for service in ["iam", "", "organizations"] {
        assert!(!has_resource_control(service), "{service}");
    }
}

#[test]
fn every_entry_is_well_formed() {
    assert!(SERVICES.len() == 4 && keys().count() > 200);
    for service in SERVICES {
        assert!(
            !service.actions.is_empty() && !service.keys.is_empty(),
            "{}",
            service.name
        );
        for resource in service.resource_types {
            assert_eq!(resource.arn.splitn(6, ':').count(), 6, "{}", resource.arn);
            assert!(resource.arn.starts_with("arn:*:") && !resource.arn.contains("${"));
            check_keys(service, resource.keys);
        }
        for listed in service.actions {
            let (prefix, name) = listed.name.split_once(':').unwrap();
            assert_eq!(prefix, service.name);
            assert!(
                name.bytes().all(|byte| byte.is_ascii_alphanumeric()),
                "{name}"
            );
            check_keys(service, listed.keys);
            for used in listed.resources {
                let types: Vec<_> = service
                    .resource_types
                    .iter()
                    .filter(|t| t.name == used.name)
                    .collect();
                assert_eq!(
                    (types.len(), types[0].arn, types[0].keys),
                    (1, used.arn, used.keys)
                );
            }
            assert_eq!(
                action(&listed.name.to_uppercase()).unwrap().name,
                listed.name
            );
        }
    }
    for known in keys() {
        let (prefix, name) = known.name.split_once(':').unwrap();
        assert!(
            !prefix.is_empty() && !name.is_empty() && !name.ends_with("tag-key"),
            "{known:?}"
        );
        let filled = known.name.replace("${", "x").replace('}', "");
        assert_eq!(key(&filled.to_uppercase()), Some(known), "{filled}");
    }
}

/// A key that an action or a resource lists is one of its service's.
fn check_keys(service: &Service, listed: &[&str]) {
    let known = names(service.keys);
    for name in listed {
        assert!(known.contains(name), "{name} in {}", service.name);
        assert!(keys().any(|key| key.name == *name), "{name}");
    }
}
