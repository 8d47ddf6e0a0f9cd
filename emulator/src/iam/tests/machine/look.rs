//! What is looked at after a step, by the operations that show.

use serde_json::{Value, json};

use super::reference::{Entity, Kind, Reference};

/// An operation and its input.
type Question = (String, Value);

/// All that can be asked about what has a name, be it there or not.
pub(super) fn about(
    reference: &Reference,
    account: &str,
    kind: Kind,
    handle: &str,
    turn: usize,
) -> Vec<Question> {
    let title = kind.title();
    let member = kind.member();
    let named = json!({member.clone(): handle});
    let paged = json!({member: handle, "MaxItems": 1 + turn % 3});
    let mut asked = vec![(format!("Get{title}"), named.clone())];
    let lists: &[&str] = match kind {
        Kind::User => &["ListAccessKeys", "ListGroupsForUser", "ListUserTags"],
        Kind::Group => &[],
        Kind::Role => &["ListInstanceProfilesForRole", "ListRoleTags"],
        Kind::Profile => &["ListInstanceProfileTags"],
        Kind::Policy => &[
            "ListPolicyVersions",
            "ListEntitiesForPolicy",
            "ListPolicyTags",
        ],
    };
    asked.extend(lists.iter().map(|list| ((*list).to_owned(), paged.clone())));
    if kind == Kind::User {
        asked.push(("GetLoginProfile".to_owned(), named.clone()));
    }
    if kind == Kind::Group {
        asked = vec![("GetGroup".to_owned(), paged.clone())];
    }
    let known = reference.known(account, kind, handle);
    if matches!(kind, Kind::User | Kind::Group | Kind::Role) {
        asked.push((format!("List{title}Policies"), paged.clone()));
        asked.push((format!("ListAttached{title}Policies"), paged));
        let inline = known.map(|it| reference.inline_of(&it.id));
        for (name, _) in inline.into_iter().flatten() {
            let mut input = named.clone();
            input["PolicyName"] = json!(name);
            asked.push((format!("Get{title}Policy"), input));
        }
    }
    let versions = known.into_iter().flat_map(Entity::version_numbers);
    for number in versions {
        let mut input = named.clone();
        input["VersionId"] = json!(format!("v{number}"));
        asked.push(("GetPolicyVersion".to_owned(), input));
    }
    asked
}

/// The lists of an account: of roles always, because others' names show there, and others in turn.
pub(super) fn lists(turn: usize) -> Vec<Question> {
    let in_turn = [
        "ListUsers",
        "ListGroups",
        "GetAccountAuthorizationDetails",
        "ListPolicies",
        "ListInstanceProfiles",
    ];
    let lists = ["ListRoles", in_turn[turn % in_turn.len()]];
    let asked = lists.map(|list| {
        let mut input = json!({"MaxItems": 1 + turn % 3});
        match list {
            "ListPolicies" => input["Scope"] = json!("Local"),
            "GetAccountAuthorizationDetails" => {
                input["Filter"] = json!(["Role", "User", "LocalManagedPolicy", "Group"]);
            }
            _ => {}
        }
        (list.to_owned(), input)
    });
    let others = [
        "GetResourcePolicy",
        "GetAccountSummary",
        "ListAccountAliases",
    ];
    let other = others[turn % others.len()];
    asked
        .into_iter()
        .chain([(other.to_owned(), json!({}))])
        .collect()
}

/// Of a summary, what is counted.
pub(super) fn counts(summary: Value) -> Value {
    let counted = ["Users", "Groups", "Roles", "InstanceProfiles", "Policies"];
    let entries = summary["SummaryMap"]["entry"].as_array();
    let entries = entries.into_iter().flatten();
    let entries = entries.filter(|it| counted.iter().any(|name| it["key"] == *name));
    let entry = |it: &Value| Some((it["key"].as_str()?.to_owned(), it["value"].clone()));
    Value::Object(entries.filter_map(entry).collect())
}
