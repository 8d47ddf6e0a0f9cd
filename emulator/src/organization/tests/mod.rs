//! What configurations are read as, and what is said of those that are wrong.

mod properties;
mod stored;
mod wrong;

use sekisho_iam::Level;
use serde_json::{Value, json};

use super::*;

const MANAGEMENT: &str = "111122223333";
const ONE: &str = "444455556666";
const TWO: &str = "777788889999";

const SCP_FULL: &str = "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess";
const RCP_FULL: &str =
    "arn:aws:organizations::aws:policy/resource_control_policy/p-RCPFullAWSAccess";

fn account(text: &str) -> AccountId {
    AccountId::parse(text).unwrap()
}

fn read(config: &Value) -> Result<Organization, Invalid> {
    Organization::read(&config.to_string(), None, &Environment::with_seeded_ids(1))
}

fn shown(organization: &Organization) -> Value {
    serde_json::to_value(organization).unwrap()
}

fn deny(action: &str) -> Value {
    json!({
        "Version": "2012-10-17",
        "Statement": {"Effect": "Deny", "Action": action, "Resource": "*"},
    })
}

fn deny_all_of(action: &str) -> Value {
    json!({
        "Version": "2012-10-17",
        "Statement": {"Effect": "Deny", "Principal": "*", "Action": action, "Resource": "*"},
    })
}

fn names(levels: &[Level]) -> Vec<Vec<&str>> {
    levels
        .iter()
        .map(|level| {
            let named = level.policies.iter();
            named.map(|named| named.name.as_str()).collect()
        })
        .collect()
}

/// An organization with everything in it.
fn full() -> Value {
    json!({
        "id": "o-a1b2c3d4e5",
        "management": MANAGEMENT,
        "policies": {"no-delete": deny("secretsmanager:DeleteSecret"),
                     "only-ours": deny_all_of("secretsmanager:*")},
        "root": {"id": "r-ab12", "scps": ["FullAWSAccess", "no-delete"], "rcps": ["only-ours"]},
        "units": {"prod": {
            "id": "ou-ab12-11111111",
            "accounts": [ONE],
            "units": {"inner": {"id": "ou-ab12-22222222", "accounts": [TWO], "rcps": ["RCPFullAWSAccess"]}},
        }},
        "accounts": {ONE: {"scps": ["FullAWSAccess", deny("secretsmanager:PutSecretValue")]}},
    })
}

#[test]
fn each_account_has_its_levels() {
    let organization = read(&full()).unwrap();
    assert!(
        organization.notes().is_empty(),
        "{:?}",
        organization.notes()
    );
    assert_eq!(organization.id(), "o-a1b2c3d4e5");
    assert_eq!(organization.management, Some(account(MANAGEMENT)));

    let listed = shown(&organization)["policies"].clone();
    let arn = |name: &str| {
        let mut listed = listed.as_array().unwrap().iter();
        let found = listed.find(|policy| policy["name"] == name).unwrap();
        found["arn"].as_str().unwrap().to_owned()
    };
    let no_delete = arn("no-delete");
    let start = "arn:aws:organizations::111122223333:policy/o-a1b2c3d4e5/service_control_policy/p-no_delete_";
    assert!(no_delete.starts_with(start), "{no_delete}");
    let only_ours = arn("only-ours");
    assert!(only_ours.contains(":policy/o-a1b2c3d4e5/resource_control_policy/p-only_ours_"));
    let own = arn(&format!("accounts[\"{ONE}\"].scps[1]"));

    let root: &[&str] = &[SCP_FULL, &no_delete];
    assert_eq!(
        names(organization.scps_of(account(ONE))),
        [root, &[SCP_FULL], &[SCP_FULL, &own]]
    );
    assert_eq!(
        names(organization.scps_of(account(TWO))),
        [root, &[SCP_FULL], &[SCP_FULL], &[SCP_FULL]]
    );
    let root: &[&str] = &[RCP_FULL, &only_ours];
    assert_eq!(
        names(organization.rcps_of(account(ONE))),
        [root, &[RCP_FULL], &[RCP_FULL]]
    );
    assert_eq!(organization.rcps_of(account(TWO)).len(), 4);
}

#[test]
fn paths_are_those_of_aws() {
    let organization = read(&full()).unwrap();
    for (id, path) in [
        (MANAGEMENT, Some("o-a1b2c3d4e5/r-ab12/")),
        (ONE, Some("o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/")),
        (
            TWO,
            Some("o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/ou-ab12-22222222/"),
        ),
        ("000000000000", None),
    ] {
        assert_eq!(organization.path_of(account(id)), path);
        assert_eq!(organization.has(account(id)), path.is_some());
    }
}

#[test]
fn the_management_account_and_others_are_not_bound() {
    let mut config = full();
    config["accounts"][MANAGEMENT] = json!({"scps": [], "rcps": ["only-ours"]});
    let organization = read(&config).unwrap();
    for id in [MANAGEMENT, "000000000000"] {
        assert!(organization.scps_of(account(id)).is_empty());
        assert!(organization.rcps_of(account(id)).is_empty());
    }
    assert_eq!(
        organization.notes(),
        ["accounts[\"111122223333\"]: Control policies do not bind the management account."]
    );
}

#[test]
fn without_a_management_account_arns_have_zeros() {
    let config = json!({"root": {"accounts": [ONE], "scps": ["FullAWSAccess", deny("iam:*")]}});
    let organization = read(&config).unwrap();
    let arn = &organization.scps_of(account(ONE))[0].policies[1].name;
    assert!(
        arn.starts_with("arn:aws:organizations::000000000000:policy/o-"),
        "{arn}"
    );
}

#[test]
fn ids_are_made_in_awss_forms_and_stay() {
    let units = |name: &str| json!({"units": {name: {"units": {"inner": {"accounts": [ONE]}}}}});
    let first = read(&units("prod")).unwrap();
    let path = first.path_of(account(ONE)).unwrap().to_owned();
    let parts: Vec<&str> = path.split('/').collect();
    let [organization, root, unit, inner, ""] = parts[..] else {
        panic!("{path}")
    };
    for (id, prefix, length) in [
        (organization, "o-".to_owned(), 10),
        (root, "r-".to_owned(), 4),
        (unit, format!("ou-{}-", &root[2..]), 8),
        (inner, format!("ou-{}-", &root[2..]), 8),
    ] {
        let rest = id.strip_prefix(&prefix).unwrap();
        assert!(ids::is_part(rest, length) && rest.len() == length, "{id}");
    }

    let environment = Environment::with_seeded_ids(2);
    let again = |name: &str| {
        let json = units(name).to_string();
        let again = Organization::read(&json, Some(&first), &environment).unwrap();
        again.path_of(account(ONE)).unwrap().to_owned()
    };
    assert_eq!(again("prod"), path);
    assert!(again("test").starts_with(&format!("{organization}/{root}/")));
    assert_ne!(again("test"), path, "another unit has another id");
    let other = Organization::read(&units("prod").to_string(), None, &environment).unwrap();
    assert_ne!(other.id(), first.id());
}

#[test]
fn what_is_shown_can_be_put_again() {
    for config in [
        full(),
        json!({}),
        json!({"units": {"a b": {}}, "root": {"accounts": [ONE]}}),
    ] {
        let organization = read(&config).unwrap();
        let once = shown(&organization);
        let again = read(&once["organization"]).unwrap();
        assert_eq!(shown(&again), once);
    }
    let once = shown(&read(&full()).unwrap());
    assert_eq!(once["organization"], full(), "all ids were given");
}

/// Numbers are compared as they are written, so a policy must come back as it came.
#[test]
fn policies_are_kept_to_the_letter() {
    let policy = r#"{"Version":"2012-10-17", "Statement":[{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"NumericLessThan":{"aws:MultiFactorAuthAge":1.50}}}]}"#;
    let json =
        format!(r#"{{"policies":{{"p":{policy}}},"root":{{"scps":["FullAWSAccess",{policy}]}}}}"#);
    let organization = Organization::read(&json, None, &Environment::real()).unwrap();
    let shown = serde_json::to_string(&organization).unwrap();
    assert_eq!(shown.matches(policy).count(), 2, "{shown}");
}

#[test]
fn what_is_probably_not_meant_is_noted() {
    let allow_nothing = "No policy here allows anything, so all is denied in every account below. \
                         List FullAWSAccess as well.";
    for (config, notes) in [
        (
            json!({"root": {"scps": []}}),
            vec![format!("root.scps: {allow_nothing}")],
        ),
        (
            json!({
                "policies": {"d": deny("iam:*")},
                "units": {"a b": {"accounts": [ONE], "scps": ["d"]}},
                "accounts": {ONE: {"scps": ["d"]}},
            }),
            vec![
                format!("units[\"a b\"].scps: {allow_nothing}"),
                format!("accounts[\"{ONE}\"].scps: {allow_nothing}"),
            ],
        ),
        (
            json!({"policies": {"p": deny("iam:*"), "q": deny_all_of("kms:*")}}),
            vec![
                "policies.p: This policy is attached nowhere.".to_owned(),
                "policies.q: This policy is attached nowhere.".to_owned(),
            ],
        ),
    ] {
        assert_eq!(read(&config).unwrap().notes(), notes, "{config}");
    }
    let misspelled = deny("secretsmanager:DeleteSecrets");
    let organization = read(&json!({"root": {"scps": ["FullAWSAccess", misspelled]}})).unwrap();
    let [note] = organization.notes() else {
        panic!("{:?}", organization.notes())
    };
    assert!(
        note.starts_with("root.scps[1].Statement.Action: "),
        "{note}"
    );
    assert!(note.contains("DeleteSecret?"), "{note}");
}

#[test]
fn notes_are_not_too_many() {
    let unit = |number: usize| (format!("u{number}"), json!({"scps": []}));
    let units: serde_json::Map<String, Value> = (0..150).map(unit).collect();
    let organization = read(&json!({"units": units})).unwrap();
    assert_eq!(organization.notes().len(), 101);
    assert_eq!(organization.notes()[100], "And 50 more notes of this kind.");
}

#[test]
fn the_example_of_the_page_is_valid() {
    let page = include_str!("../../../docs/organizations.md");
    let (_, rest) = page.split_once("-d '").unwrap();
    let (example, _) = rest.split_once("'\n").unwrap();
    let organization = Organization::read(example, None, &Environment::real()).unwrap();
    assert!(organization.notes().is_empty());
    assert_eq!(organization.scps_of(account(TWO)).len(), 4);
}
