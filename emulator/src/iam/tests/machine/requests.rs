//! Requests to all operations, by the root users of accounts.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::reference::Kind;
use super::values::*;

/// An operation and its input.
pub(super) type Request = BoxedStrategy<(String, Value)>;

/// Requests of a kind, and how common they are.
pub(super) struct Possible {
    pub(super) operation: String,
    pub(super) weight: u32,
    pub(super) request: Request,
}

fn possible(
    weight: u32,
    operation: impl Into<String>,
    members: Vec<(&'static str, Gen)>,
) -> Possible {
    let operation = operation.into();
    Possible {
        request: request(operation.clone(), members),
        operation,
        weight,
    }
}

/// A request; members that are null are left out.
fn request(operation: impl Into<String>, members: Vec<(&'static str, Gen)>) -> Request {
    let operation = operation.into();
    let (names, values): (Vec<_>, Vec<_>) = members.into_iter().unzip();
    let input = move |values: Vec<Value>| {
        let members = names.iter().map(|name| (*name).to_owned()).zip(values);
        let input = members.filter(|(_, value)| !value.is_null()).collect();
        (operation.clone(), Value::Object(input))
    };
    values.prop_map(input).boxed()
}

fn made() -> Vec<Possible> {
    let user = vec![
        ("UserName", name()),
        ("Path", sometimes(2, path())),
        ("PermissionsBoundary", boundary()),
        ("Tags", sometimes(4, tags())),
    ];
    let group = vec![("GroupName", name()), ("Path", sometimes(2, path()))];
    let role = vec![
        ("RoleName", name()),
        ("Path", sometimes(2, path())),
        ("AssumeRolePolicyDocument", trust_policy()),
        (
            "Description",
            sometimes(4, one_of(&["", "d"].map(Value::from))),
        ),
        (
            "MaxSessionDuration",
            sometimes(8, Just(json!(7_200)).boxed()),
        ),
        ("PermissionsBoundary", boundary()),
        ("Tags", sometimes(4, tags())),
    ];
    let profile = vec![
        ("InstanceProfileName", name()),
        ("Path", sometimes(2, path())),
        ("Tags", sometimes(4, tags())),
    ];
    let policy = vec![
        ("PolicyName", name()),
        ("Path", sometimes(2, path())),
        ("PolicyDocument", document()),
        ("Description", sometimes(4, Just(json!("d")).boxed())),
        ("Tags", sometimes(4, tags())),
    ];
    let key = vec![("UserName", some(Kind::User))];
    vec![
        possible(14, "CreateUser", user),
        possible(7, "CreateGroup", group),
        possible(14, "CreateRole", role),
        possible(6, "CreateInstanceProfile", profile),
        possible(12, "CreatePolicy", policy),
        possible(12, "CreateAccessKey", key),
    ]
}

/// Requests that change something.
pub(super) fn changes() -> Vec<Possible> {
    let mut all = made();
    all.extend(on_keys_and_members());
    all.extend(on_policies());
    for (kind, member) in [
        (Kind::User, "UserName"),
        (Kind::Group, "GroupName"),
        (Kind::Role, "RoleName"),
    ] {
        let title = kind.title();
        let own = |verb: &str| format!("{verb}{title}Policy");
        let one = || (member, some(kind));
        let inline = || vec![one(), ("PolicyName", its("inline", name()))];
        let put = vec![
            one(),
            ("PolicyName", name()),
            ("PolicyDocument", document()),
        ];
        let attached = vec![one(), ("PolicyArn", policy())];
        let detached = vec![one(), ("PolicyArn", its("policy", policy()))];
        all.extend([
            possible(8, own("Attach"), attached),
            possible(4, own("Detach"), detached),
            possible(6, own("Put"), put),
            possible(2, own("Delete"), inline()),
        ]);
    }
    for (kind, member) in [(Kind::User, "UserName"), (Kind::Role, "RoleName")] {
        let title = kind.title();
        let bounded = vec![(member, some(kind)), ("PermissionsBoundary", policy())];
        let freed = vec![(member, some(kind))];
        all.extend([
            possible(4, format!("Put{title}PermissionsBoundary"), bounded),
            possible(2, format!("Delete{title}PermissionsBoundary"), freed),
        ]);
    }
    for (kind, new_name, member) in [
        (Kind::User, "NewUserName", "UserName"),
        (Kind::Group, "NewGroupName", "GroupName"),
    ] {
        let title = kind.title();
        let members = vec![
            (member, some(kind)),
            (new_name, sometimes(2, name())),
            ("NewPath", sometimes(3, path())),
        ];
        all.push(possible(6, format!("Update{title}"), members));
    }
    for (kind, member) in [
        (Kind::User, "UserName"),
        (Kind::Role, "RoleName"),
        (Kind::Profile, "InstanceProfileName"),
        (Kind::Policy, "PolicyArn"),
        (Kind::Group, "GroupName"),
    ] {
        let title = kind.title();
        let one = || (member, some(kind));
        all.push(possible(4, format!("Delete{title}"), vec![one()]));
        if title != "Group" {
            let tagged = vec![one(), ("Tags", tags())];
            let untagged = vec![one(), ("TagKeys", tag_keys())];
            all.push(possible(2, format!("Tag{title}"), tagged));
            all.push(possible(1, format!("Untag{title}"), untagged));
        }
    }
    all
}

fn on_keys_and_members() -> Vec<Possible> {
    let user = || ("UserName", some(Kind::User));
    let key = || vec![user(), ("AccessKeyId", its("key", key_id()))];
    let status = one_of(&["Active", "Inactive", "Inactive"].map(Value::from));
    let status = vec![("Status", status)];
    let password = vec![("Password", Just(json!("Correct-horse-1")).boxed())];
    let alias = || vec![("AccountAlias", one_of(&["one", "two"].map(Value::from)))];
    let group = || some(Kind::Group);
    let added = vec![user(), ("GroupName", group())];
    let removed = vec![user(), ("GroupName", its("group", group()))];
    let role = || ("RoleName", some(Kind::Role));
    let profile = || some(Kind::Profile);
    let put_in = vec![role(), ("InstanceProfileName", profile())];
    let taken_out = vec![role(), ("InstanceProfileName", its("profile", profile()))];
    vec![
        possible(4, "UpdateAccessKey", [key(), status].concat()),
        possible(4, "DeleteAccessKey", key()),
        possible(4, "CreateLoginProfile", [vec![user()], password].concat()),
        possible(2, "DeleteLoginProfile", vec![user()]),
        possible(1, "CreateAccountAlias", alias()),
        possible(1, "DeleteAccountAlias", alias()),
        possible(10, "AddUserToGroup", added),
        possible(4, "RemoveUserFromGroup", removed),
        possible(6, "AddRoleToInstanceProfile", put_in),
        possible(3, "RemoveRoleFromInstanceProfile", taken_out),
    ]
}

fn on_policies() -> Vec<Possible> {
    let of_policy = || ("PolicyArn", some(Kind::Policy));
    let versioned = || vec![of_policy(), ("VersionId", version())];
    let new_version = vec![
        of_policy(),
        ("PolicyDocument", document()),
        ("SetAsDefault", sometimes(2, Just(json!(true)).boxed())),
    ];
    let described = vec![
        ("RoleName", some(Kind::Role)),
        (
            "Description",
            sometimes(2, one_of(&["", "e"].map(Value::from))),
        ),
        (
            "MaxSessionDuration",
            sometimes(3, Just(json!(43_200)).boxed()),
        ),
    ];
    let trust = vec![
        ("RoleName", some(Kind::Role)),
        ("PolicyDocument", trust_policy()),
    ];
    let description = one_of(&["", "f"].map(Value::from));
    let described_anew = vec![("RoleName", some(Kind::Role)), ("Description", description)];
    let naming = naming_policy("secretsmanager:GetSecretValue");
    vec![
        possible(14, "CreatePolicyVersion", new_version),
        possible(6, "SetDefaultPolicyVersion", versioned()),
        possible(8, "DeletePolicyVersion", versioned()),
        possible(8, "UpdateAssumeRolePolicy", trust),
        possible(2, "UpdateRole", described),
        possible(1, "UpdateRoleDescription", described_anew),
        possible(8, "PutResourcePolicy", vec![("ResourcePolicy", naming)]),
        possible(1, "DeleteResourcePolicy", Vec::new()),
    ]
}

/// Requests for some of what there is; everything else is looked at anyway.
pub(super) fn lists() -> Request {
    let usage = || {
        let usages = ["PermissionsPolicy", "PermissionsBoundary"].map(Value::from);
        ("PolicyUsageFilter", sometimes(2, one_of(&usages)))
    };
    let listed = vec![
        ("Scope", Just(json!("Local")).boxed()),
        ("OnlyAttached", sometimes(2, Just(json!(true)).boxed())),
        usage(),
        ("PathPrefix", sometimes(4, Just(json!("/t/")).boxed())),
        max_items(),
    ];
    let kinds = ["User", "Group", "Role", "LocalManagedPolicy"].map(Value::from);
    let entities = vec![
        ("PolicyArn", policy()),
        ("EntityFilter", sometimes(2, one_of(&kinds))),
        usage(),
        max_items(),
    ];
    let under = |operation: &str| {
        let prefixes = ["/", "/t", "/t/", "/t/u/"].map(Value::from);
        let members = vec![("PathPrefix", one_of(&prefixes)), max_items()];
        request(operation, members)
    };
    let inline = |operation: &str, member, kind| {
        let members = vec![(member, some(kind)), ("PolicyName", its("inline", name()))];
        request(operation, members)
    };
    prop_oneof![
        4 => request("ListPolicies", listed),
        4 => request("ListEntitiesForPolicy", entities),
        2 => request("GetAccessKeyLastUsed", vec![("AccessKeyId", key_id())]),
        1 => inline("GetUserPolicy", "UserName", Kind::User),
        1 => inline("GetGroupPolicy", "GroupName", Kind::Group),
        1 => inline("GetRolePolicy", "RoleName", Kind::Role),
        1 => under("ListUsers"),
        1 => under("ListGroups"),
        1 => under("ListRoles"),
        1 => under("ListInstanceProfiles"),
    ]
    .boxed()
}

fn max_items() -> (&'static str, Gen) {
    ("MaxItems", one_of(&[1, 2, 3].map(Value::from)))
}
