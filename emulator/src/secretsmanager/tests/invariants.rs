//! What holds at all times, whatever the reference says.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::machine::Outcome;

fn ensure(holds: bool, says: impl FnOnce() -> String) -> Outcome {
    if holds { Ok(()) } else { Err(says()) }
}

/// Only the last page has fewer items than were asked for. Of versions, those that a rotation has
/// announced are left out, and of policies there are hardly any.
pub(super) fn page_is_full(asked: &Value, page: &Value) -> Outcome {
    let (Some(most), Some(items)) = (asked["MaxResults"].as_u64(), page["SecretList"].as_array())
    else {
        return Ok(());
    };
    let length = items.len() as u64;
    let is_last = page["NextToken"].is_null();
    ensure(length == most || is_last && length < most, || {
        format!("a page of {length} for {asked}")
    })
}

/// All pages together name everything once.
pub(super) fn nothing_is_listed_twice(list: &Value) -> Outcome {
    for (list, id) in [
        (&list["SecretList"], "ARN"),
        (&list["Versions"], "VersionId"),
    ] {
        let mut known = BTreeSet::new();
        for item in list.as_array().into_iter().flatten() {
            let id = item[id].to_string();
            ensure(known.insert(id), || format!("listed twice: {item}"))?;
        }
    }
    Ok(())
}

/// A label is on one version at most; and if there is a value, one version is current.
pub(super) fn of_one(described: &Value, versions: &Value) -> Outcome {
    let by_version = described["VersionIdsToStages"].as_object();
    let by_version = by_version.into_iter().flat_map(|it| it.values());
    let labels: Vec<&Value> = by_version.filter_map(Value::as_array).flatten().collect();
    let different: BTreeSet<String> = labels.iter().map(ToString::to_string).collect();
    ensure(different.len() == labels.len(), || {
        format!("a label on two versions: {described}")
    })?;
    let has_value = versions["Versions"] != json!([]);
    ensure(!has_value || labels.contains(&&json!("AWSCURRENT")), || {
        format!("a value, and none is current: {described}")
    })
}

type Described = BTreeMap<(&'static str, &'static str, &'static str), Value>;

/// A copy in another region has its primary's labels, tags and description, and the two know of each
/// other.
pub(super) fn of_copies(described: &Described) -> Outcome {
    for ((account, region, name), secret) in described {
        let home = secret["PrimaryRegion"]
            .as_str()
            .filter(|home| home != region);
        if let Some(home) = home {
            let at_home = |(key, it): (&(&str, &str, &str), &'_ Value)| {
                (*key == (*account, home, *name)).then(|| it.clone())
            };
            let primary = described.iter().find_map(at_home);
            let primary = primary.ok_or_else(|| format!("a copy of nothing: {secret}"))?;
            for member in [
                "VersionIdsToStages",
                "Tags",
                "Description",
                "LastChangedDate",
            ] {
                ensure(primary[member] == secret[member], || {
                    format!("{member} of {secret} and of {primary}")
                })?;
            }
            let mut copies = primary["ReplicationStatus"]
                .as_array()
                .into_iter()
                .flatten();
            ensure(copies.any(|copy| copy["Region"] == *region), || {
                format!("{primary} does not know of {secret}")
            })?;
        }
        for copy in secret["ReplicationStatus"].as_array().into_iter().flatten() {
            let there = |(key, it): (&(&str, &str, &str), &'_ Value)| {
                let is_there = (key.0, key.2) == (*account, *name) && copy["Region"] == key.1;
                is_there.then(|| it["PrimaryRegion"] == *region)
            };
            let is_there = described.iter().find_map(there) == Some(true);
            ensure(is_there || copy["Status"] == "Failed", || {
                format!("{secret} has no such copy")
            })?;
        }
    }
    Ok(())
}
