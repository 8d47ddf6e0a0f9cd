//! The calls of IAM.

use crate::calls::{Call, Input};
use crate::world::{HOME, policy};

/// The parameters that name things of the world, by what rows call them.
fn named(what: &str) -> Vec<(&'static str, String)> {
    let spare = format!("arn:aws:iam::{HOME}:policy/spare");
    let provider = format!("arn:aws:iam::{HOME}:oidc-provider/idp.example.com");
    let text = |name, value: &str| vec![(name, value.to_owned())];
    match what {
        "user subject" => text("UserName", "subject"),
        "user new" => text("UserName", "new"),
        "group empty" => text("GroupName", "empty"),
        "group new" => text("GroupName", "new"),
        "role app" => text("RoleName", "app"),
        "role new" => text("RoleName", "new"),
        "profile none" => text("InstanceProfileName", "none"),
        "profile new" => text("InstanceProfileName", "new"),
        "policy spare" => vec![("PolicyArn", spare)],
        "policy new" => text("PolicyName", "new"),
        "provider none" => vec![("OpenIDConnectProviderArn", provider)],
        _ => Vec::new(),
    }
}

/// An operation, what it is done to, and the parameters beside that.
type Row = (&'static str, &'static str, Vec<(&'static str, String)>);

/// A row for each operation.
pub fn calls() -> Vec<Call> {
    let spare = || ("PolicyArn", format!("arn:aws:iam::{HOME}:policy/spare"));
    let one = |name: &'static str, value: &str| (name, value.to_owned());
    let document = || policy("Allow", "s3:GetObject", "*");
    let trust = || {
        format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":{{"AWS":"{HOME}"}},"Action":"sts:AssumeRole"}}}}"#
        )
    };
    let tags = || {
        vec![
            one("Tags.member.1.Key", "k"),
            one("Tags.member.1.Value", "v"),
        ]
    };
    let keys = || vec![one("TagKeys.member.1", "k")];
    let inline = |name: &str| vec![one("PolicyName", name)];
    let put = |name: &str| vec![one("PolicyName", name), ("PolicyDocument", document())];
    let boundary = || {
        vec![(
            "PermissionsBoundary",
            format!("arn:aws:iam::{HOME}:policy/spare"),
        )]
    };
    let source = || {
        (
            "PolicySourceArn",
            format!("arn:aws:iam::{HOME}:user/subject"),
        )
    };
    let get = || one("ActionNames.member.1", "secretsmanager:GetSecretValue");
    let key = || one("AccessKeyId", "AKIAQAAAAAAAAAAAAAAA");
    let rows: Vec<Row> = vec![
        ("CreateUser", "user new", vec![]),
        ("GetUser", "user subject", vec![]),
        ("ListUsers", "", vec![]),
        (
            "UpdateUser",
            "user subject",
            vec![one("NewPath", "/moved/")],
        ),
        ("DeleteUser", "user subject", vec![]),
        ("TagUser", "user subject", tags()),
        ("UntagUser", "user subject", keys()),
        ("ListUserTags", "user subject", vec![]),
        ("CreateAccessKey", "user subject", vec![]),
        ("ListAccessKeys", "user subject", vec![]),
        (
            "UpdateAccessKey",
            "user subject",
            vec![key(), one("Status", "Inactive")],
        ),
        ("DeleteAccessKey", "user subject", vec![key()]),
        ("GetAccessKeyLastUsed", "no key", vec![key()]),
        ("PutUserPolicy", "user subject", put("inline")),
        ("GetUserPolicy", "user subject", inline("inline")),
        ("ListUserPolicies", "user subject", vec![]),
        ("DeleteUserPolicy", "user subject", inline("inline")),
        ("AttachUserPolicy", "user subject", vec![spare()]),
        ("DetachUserPolicy", "user subject", vec![spare()]),
        ("ListAttachedUserPolicies", "user subject", vec![]),
        ("PutUserPermissionsBoundary", "user subject", boundary()),
        ("DeleteUserPermissionsBoundary", "user subject", vec![]),
        ("ListGroupsForUser", "user subject", vec![]),
        ("GetLoginProfile", "user subject", vec![]),
        ("DeleteLoginProfile", "user subject", vec![]),
        (
            "CreateLoginProfile",
            "user subject",
            vec![one("Password", "c0rrect-Horse!")],
        ),
        (
            "UpdateLoginProfile",
            "user subject",
            vec![one("Password", "c0rrect-Horse!")],
        ),
        ("ListMFADevices", "user subject", vec![]),
        ("ListVirtualMFADevices", "", vec![]),
        ("ListSSHPublicKeys", "user subject", vec![]),
        ("ListSigningCertificates", "user subject", vec![]),
        ("ListServiceSpecificCredentials", "user subject", vec![]),
        ("CreateGroup", "group new", vec![]),
        ("GetGroup", "group empty", vec![]),
        ("ListGroups", "", vec![]),
        (
            "UpdateGroup",
            "group empty",
            vec![one("NewPath", "/moved/")],
        ),
        ("DeleteGroup", "group empty", vec![]),
        (
            "AddUserToGroup",
            "group empty",
            vec![one("UserName", "subject")],
        ),
        (
            "RemoveUserFromGroup",
            "group empty",
            vec![one("UserName", "subject")],
        ),
        ("PutGroupPolicy", "group empty", put("inline")),
        ("GetGroupPolicy", "group empty", inline("inline")),
        ("ListGroupPolicies", "group empty", vec![]),
        ("DeleteGroupPolicy", "group empty", inline("inline")),
        ("AttachGroupPolicy", "group empty", vec![spare()]),
        ("DetachGroupPolicy", "group empty", vec![spare()]),
        ("ListAttachedGroupPolicies", "group empty", vec![]),
        (
            "CreateRole",
            "role new",
            vec![("AssumeRolePolicyDocument", trust())],
        ),
        ("GetRole", "role app", vec![]),
        ("ListRoles", "", vec![]),
        (
            "UpdateRole",
            "role app",
            vec![one("MaxSessionDuration", "7200")],
        ),
        (
            "UpdateRoleDescription",
            "role app",
            vec![one("Description", "d")],
        ),
        (
            "UpdateAssumeRolePolicy",
            "role app",
            vec![("PolicyDocument", trust())],
        ),
        ("DeleteRole", "role app", vec![]),
        ("TagRole", "role app", tags()),
        ("UntagRole", "role app", keys()),
        ("ListRoleTags", "role app", vec![]),
        ("PutRolePolicy", "role app", put("other")),
        ("GetRolePolicy", "role app", inline("inline")),
        ("ListRolePolicies", "role app", vec![]),
        ("DeleteRolePolicy", "role app", inline("inline")),
        ("AttachRolePolicy", "role app", vec![spare()]),
        ("DetachRolePolicy", "role app", vec![spare()]),
        ("ListAttachedRolePolicies", "role app", vec![]),
        ("PutRolePermissionsBoundary", "role app", boundary()),
        ("DeleteRolePermissionsBoundary", "role app", vec![]),
        ("ListInstanceProfilesForRole", "role app", vec![]),
        (
            "CreateServiceLinkedRole",
            "",
            vec![one("AWSServiceName", "ecs.amazonaws.com")],
        ),
        ("DeleteServiceLinkedRole", "role new", vec![]),
        (
            "GetServiceLinkedRoleDeletionStatus",
            "",
            vec![one(
                "DeletionTaskId",
                "task/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS/1",
            )],
        ),
        ("CreateInstanceProfile", "profile new", vec![]),
        ("GetInstanceProfile", "profile none", vec![]),
        ("ListInstanceProfiles", "", vec![]),
        ("DeleteInstanceProfile", "profile none", vec![]),
        (
            "AddRoleToInstanceProfile",
            "profile none",
            vec![one("RoleName", "app")],
        ),
        (
            "RemoveRoleFromInstanceProfile",
            "profile none",
            vec![one("RoleName", "app")],
        ),
        ("TagInstanceProfile", "profile none", tags()),
        ("UntagInstanceProfile", "profile none", keys()),
        ("ListInstanceProfileTags", "profile none", vec![]),
        (
            "CreatePolicy",
            "policy new",
            vec![("PolicyDocument", document())],
        ),
        ("GetPolicy", "policy spare", vec![]),
        ("ListPolicies", "", vec![]),
        ("DeletePolicy", "policy spare", vec![]),
        (
            "CreatePolicyVersion",
            "policy spare",
            vec![("PolicyDocument", document())],
        ),
        (
            "GetPolicyVersion",
            "policy spare",
            vec![one("VersionId", "v1")],
        ),
        ("ListPolicyVersions", "policy spare", vec![]),
        (
            "DeletePolicyVersion",
            "policy spare",
            vec![one("VersionId", "v2")],
        ),
        (
            "SetDefaultPolicyVersion",
            "policy spare",
            vec![one("VersionId", "v1")],
        ),
        ("ListEntitiesForPolicy", "policy spare", vec![]),
        ("TagPolicy", "policy spare", tags()),
        ("UntagPolicy", "policy spare", keys()),
        ("ListPolicyTags", "policy spare", vec![]),
        (
            "CreateOpenIDConnectProvider",
            "",
            vec![
                one("Url", "https://new.example.com"),
                one("ClientIDList.member.1", "sts.amazonaws.com"),
            ],
        ),
        ("GetOpenIDConnectProvider", "provider none", vec![]),
        ("ListOpenIDConnectProviders", "", vec![]),
        ("DeleteOpenIDConnectProvider", "provider none", vec![]),
        (
            "AddClientIDToOpenIDConnectProvider",
            "provider none",
            vec![one("ClientID", "c")],
        ),
        (
            "RemoveClientIDFromOpenIDConnectProvider",
            "provider none",
            vec![one("ClientID", "c")],
        ),
        (
            "UpdateOpenIDConnectProviderThumbprint",
            "provider none",
            vec![one(
                "ThumbprintList.member.1",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            )],
        ),
        ("TagOpenIDConnectProvider", "provider none", tags()),
        ("UntagOpenIDConnectProvider", "provider none", keys()),
        ("ListOpenIDConnectProviderTags", "provider none", vec![]),
        (
            "SimulateCustomPolicy",
            "",
            vec![("PolicyInputList.member.1", document()), get()],
        ),
        (
            "SimulatePrincipalPolicy",
            "user subject",
            vec![source(), get()],
        ),
        (
            "GetContextKeysForCustomPolicy",
            "",
            vec![("PolicyInputList.member.1", document())],
        ),
        (
            "GetContextKeysForPrincipalPolicy",
            "user subject",
            vec![source()],
        ),
        (
            "CreateAccountAlias",
            "",
            vec![one("AccountAlias", "matrix")],
        ),
        ("ListAccountAliases", "", vec![]),
        (
            "DeleteAccountAlias",
            "",
            vec![one("AccountAlias", "matrix")],
        ),
        ("GetAccountSummary", "", vec![]),
        ("GetAccountAuthorizationDetails", "", vec![]),
        ("GetAccountPasswordPolicy", "", vec![]),
        ("UpdateAccountPasswordPolicy", "", vec![]),
        ("DeleteAccountPasswordPolicy", "", vec![]),
        (
            "ListPoliciesGrantingServiceAccess",
            "",
            vec![
                ("Arn", format!("arn:aws:iam::{HOME}:user/subject")),
                one("ServiceNamespaces.member.1", "secretsmanager"),
            ],
        ),
    ];
    let call = |(operation, on, more): Row| Call {
        service: "iam",
        operation,
        on,
        input: Input::Form([named(on), more].concat()),
    };
    // Rows of what is not there yet would only say so.
    let table = sekisho::operations_markdown();
    let row = table
        .lines()
        .find(|row| row.starts_with("| `iam` |"))
        .unwrap_or_default()
        .to_owned();
    let names: Vec<&str> = row
        .split('|')
        .nth(2)
        .unwrap_or_default()
        .split(',')
        .map(str::trim)
        .collect();
    rows.into_iter()
        .filter(|(operation, ..)| names.contains(operation))
        .map(call)
        .collect()
}
