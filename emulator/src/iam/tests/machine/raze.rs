//! The requests by which something is stripped of all that it has, and deleted; and the one by which
//! its like is made.

use serde_json::{Value, json};

use super::reference::{Entity, Kind, Reference};

/// None if it is not there.
pub(super) fn requests(
    reference: &Reference,
    account: &str,
    kind: Kind,
    name: &str,
) -> Vec<(String, Value)> {
    let Some(entity) = reference.named(account, kind, name) else {
        return Vec::new();
    };
    let named = json!({kind.member(): entity.handle()});
    let with = |member: &str, value: &str| {
        let mut input = named.clone();
        input[member] = json!(value);
        input
    };
    let title = kind.title();
    let mut requests: Vec<(String, Value)> = Vec::new();
    for (name, _) in reference.inline_of(&entity.id) {
        requests.push((format!("Delete{title}Policy"), with("PolicyName", name)));
    }
    for arn in reference.attached_to(&entity.id) {
        requests.push((format!("Detach{title}Policy"), with("PolicyArn", arn)));
    }
    for (id, _) in reference.keys_of(&entity.id) {
        requests.push(("DeleteAccessKey".to_owned(), with("AccessKeyId", id)));
    }
    if reference.logins.contains_key(&entity.id) {
        requests.push(("DeleteLoginProfile".to_owned(), named.clone()));
    }
    for group in reference.groups_of(&entity.id) {
        let input = with("GroupName", &group.name);
        requests.push(("RemoveUserFromGroup".to_owned(), input));
    }
    for user in reference.users_in(&entity.id) {
        let input = with("UserName", &user.name);
        requests.push(("RemoveUserFromGroup".to_owned(), input));
    }
    let remove_role = || "RemoveRoleFromInstanceProfile".to_owned();
    for profile in reference.profiles_of(&entity.id) {
        let input = with("InstanceProfileName", &profile.name);
        requests.push((remove_role(), input));
    }
    if let Some(role) = reference.roles_in.get(&entity.id) {
        let role = &reference.entities[role];
        requests.push((remove_role(), with("RoleName", &role.name)));
    }
    if kind == Kind::Policy {
        requests.extend(out_of_use(reference, entity));
    }
    requests.push((format!("Delete{title}"), named));
    requests
}

/// The request for another of the same name and path, and with the same trust policy.
pub(super) fn again(reference: &Reference, entity: &Entity) -> Option<(String, Value)> {
    let title = entity.kind.title();
    let mut input = json!({format!("{title}Name"): entity.name, "Path": entity.path});
    match entity.kind {
        Kind::Role => input["AssumeRolePolicyDocument"] = reference.shown(&entity.trust),
        Kind::Policy => return None,
        Kind::User | Kind::Group | Kind::Profile => {}
    }
    Some((format!("Create{title}"), input))
}

/// A policy is taken from all who have it, and its other versions from it.
fn out_of_use<'a>(
    reference: &'a Reference,
    policy: &'a Entity,
) -> impl Iterator<Item = (String, Value)> + 'a {
    let arn = policy.arn();
    let attached = reference.attached.iter().filter({
        let arn = arn.clone();
        move |(_, it)| *it == arn
    });
    let detach = attached.map(|(holder, arn)| {
        let holder = &reference.entities[holder];
        let input = json!({holder.kind.member(): holder.name, "PolicyArn": arn});
        (format!("Detach{}Policy", holder.kind.title()), input)
    });
    let bounded = reference.bounded.iter().filter({
        let arn = arn.clone();
        move |(_, it)| **it == arn
    });
    let free = bounded.map(|(holder, _)| {
        let holder = &reference.entities[holder];
        let input = json!({holder.kind.member(): holder.name});
        let title = holder.kind.title();
        (format!("Delete{title}PermissionsBoundary"), input)
    });
    let others = policy
        .version_numbers()
        .filter(|number| *number != policy.default_version());
    let delete = others.map(move |number| {
        let input = json!({"PolicyArn": arn, "VersionId": format!("v{number}")});
        ("DeletePolicyVersion".to_owned(), input)
    });
    detach.chain(free).chain(delete)
}
