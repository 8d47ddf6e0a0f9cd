//! Configurations that are refused: with what words, and where.

use super::*;

#[track_caller]
fn wrong(config: &Value, at: &str, message: &str) {
    match read(config) {
        Ok(_) => panic!("{config} was taken"),
        Err(invalid) => {
            assert_eq!(invalid.at, at, "{invalid}");
            assert!(invalid.message.contains(message), "{invalid}");
        }
    }
}

#[test]
fn texts_that_are_not_json_are_told_by_their_position() {
    for (json, expected) in [
        (
            "",
            "This is not JSON: EOF while parsing a value at line 1 column 0.",
        ),
        ("{\n  \"units\": {},\n}", "at line 3 column 1"),
        ("[]", "Expected an object, found a list."),
        ("\"x\"", "Expected an object, found a text."),
        (r#"{"id": "\ud800"}"#, "id: This is not JSON: "),
        (r#"{"units": {"\ud800": {}}}"#, "units: This is not JSON: "),
    ] {
        let read = Organization::read(json, None, &Environment::real());
        let invalid = read.map(|_| ()).unwrap_err().to_string();
        assert!(invalid.contains(expected), "{json}: {invalid}");
    }
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    for json in [&deep, &format!("{{\"policies\":{{\"p\":{deep}}}}}")] {
        assert!(Organization::read(json, None, &Environment::real()).is_err());
    }
}

#[test]
fn keys_are_known_and_given_once() {
    let known =
        "There is no key \"ous\" here. Known are id, management, policies, root, units, accounts.";
    wrong(&json!({"ous": {}}), "ous", known);
    let meant = "There is no key \"unit\" here; did you mean \"units\"?";
    wrong(
        &json!({"units": {"prod": {"unit": {}}}}),
        "units.prod.unit",
        meant,
    );
    let meant = "did you mean \"scps\"?";
    wrong(&json!({"root": {"SCPs": []}}), "root.SCPs", meant);
    wrong(
        &json!({"root": {"units": {}}}),
        "root.units",
        "Known are id, accounts, scps, rcps.",
    );
    let twice = r#"{"units": {"a": {}, "b": {}, "a": {}}}"#;
    let invalid = Organization::read(twice, None, &Environment::real());
    let invalid = invalid.map(|_| ()).unwrap_err().to_string();
    assert_eq!(invalid, "units.a: This key is given twice.");
}

#[test]
fn values_are_of_their_kinds() {
    let in_quotes = "Expected an account id in quotes, as in \"111122223333\", found a number.";
    wrong(
        &json!({"management": 111_122_223_333_u64}),
        "management",
        in_quotes,
    );
    wrong(
        &json!({"root": {"accounts": [ONE, null]}}),
        "root.accounts[1]",
        "found null",
    );
    wrong(
        &json!({"root": {"accounts": ONE}}),
        "root.accounts",
        "Expected a list, found a text.",
    );
    wrong(
        &json!({"root": {"accounts": ["1"]}}),
        "root.accounts[0]",
        "12 digits",
    );
    wrong(
        &json!({"accounts": {"1": {}}}),
        "accounts[\"1\"]",
        "12 digits",
    );
    wrong(
        &json!({"units": []}),
        "units",
        "Expected an object, found a list.",
    );
    wrong(
        &json!({"units": {"": {}}}),
        "units[\"\"]",
        "1 to 128 characters",
    );
    wrong(
        &json!({"policies": {"p": "{}"}}),
        "policies.p",
        "Expected a policy document, found a text.",
    );
    let entry = "Expected the name of a policy, or a document, found a boolean.";
    wrong(&json!({"root": {"scps": [true]}}), "root.scps[0]", entry);
    for (config, at) in [
        (json!({"id": "o-short"}), "id"),
        (json!({"root": {"id": "r-AB12"}}), "root.id"),
        (json!({"units": {"a": {"id": "ou-ab12-1"}}}), "units.a.id"),
    ] {
        wrong(&config, at, "id");
    }
}

#[test]
fn an_account_is_in_one_place() {
    let config = json!({"root": {"accounts": [ONE]}, "units": {"a": {"accounts": [TWO, ONE]}}});
    wrong(
        &config,
        "units.a.accounts[1]",
        "444455556666 stands at root.accounts[0] already.",
    );
    wrong(
        &json!({"accounts": {ONE: {"scps": []}}}),
        "accounts[\"444455556666\"]",
        "This account is in no unit; list it in root.accounts or in a unit's.",
    );
    let id = "ou-ab12-12345678";
    let config = json!({"units": {"a": {"id": id}, "b": {"units": {"c": {"id": id}}}}});
    wrong(&config, "units.b.units.c.id", "Another unit has the id");
}

#[test]
fn units_nest_five_levels_deep() {
    let nested = |levels: usize| {
        let innermost = json!({"accounts": [ONE]});
        (1..levels).fold(innermost, |unit, _| json!({"units": {"u": unit}}))
    };
    let organization = read(&json!({"units": {"u": nested(5)}})).unwrap();
    assert_eq!(organization.scps_of(account(ONE)).len(), 7);
    let at = "units.u".to_owned() + &".units.u".repeat(5);
    wrong(&json!({"units": {"u": nested(6)}}), &at, "5 levels");
    wrong(&json!({"units": {"u": nested(40)}}), &at, "5 levels");
}

#[test]
fn policies_are_known_and_of_the_right_type() {
    let policies = json!({"deny-delete": deny("iam:*")});
    let config = |list: &str, name: &str| json!({"policies": policies, "root": {list: [name]}});
    let meant = "There is no policy \"deny-delet\" in policies, and AWS has none of this name; did you mean \"deny-delete\"?";
    wrong(&config("scps", "deny-delet"), "root.scps[0]", meant);
    let meant = "did you mean \"FullAWSAccess\"?";
    wrong(&config("scps", "FullAwsAcces"), "root.scps[0]", meant);
    wrong(
        &config("rcps", "FullAWSAccess"),
        "root.rcps[0]",
        "FullAWSAccess stands in scps only.",
    );
    wrong(
        &config("scps", "RCPFullAWSAccess"),
        "root.scps[0]",
        "RCPFullAWSAccess stands in rcps only.",
    );
    let aws = json!({"policies": {"FullAWSAccess": deny("iam:*")}});
    wrong(
        &aws,
        "policies.FullAWSAccess",
        "AWS has a policy of this name",
    );
    let twice = json!({"root": {"scps": ["FullAWSAccess", "FullAWSAccess"]}});
    wrong(&twice, "root.scps[1]", "stands in the list already");
}

#[test]
fn what_aws_would_not_save_is_refused_in_its_words_and_ours() {
    let of_aws =
        "The provided policy document does not meet the requirements of the specified policy type.";
    let principal = json!({"root": {"scps": [deny_all_of("iam:*")]}});
    wrong(&principal, "root.scps[0].Statement.Principal", of_aws);
    let no_principal = json!({"policies": {"p": deny("kms:*")}, "root": {"rcps": ["p"]}});
    wrong(
        &no_principal,
        "policies.p.Statement",
        "It is attached at root.rcps[0].",
    );
    let mut allow = deny_all_of("kms:*");
    allow["Statement"]["Effect"] = "Allow".into();
    wrong(
        &json!({"root": {"rcps": [allow]}}),
        "root.rcps[0].Statement",
        "Only RCPFullAWSAccess",
    );
    let everything = json!({"policies": {"p": deny_all_of("*")}});
    wrong(
        &everything,
        "policies.p.Statement.Action",
        "names each service",
    );
    let unknown =
        json!({"policies": {"p": {"Version": "2012-10-17", "Statement": {"Effects": "Deny"}}}});
    wrong(&unknown, "policies.p.Statement", of_aws);
    wrong(
        &unknown,
        "policies.p.Statement",
        " policies.p.Statement.Effects: ",
    );
    let mut no_version = deny("iam:*");
    no_version.as_object_mut().unwrap().remove("Version");
    wrong(
        &json!({"root": {"scps": [no_version]}}),
        "root.scps[0]",
        "Without a Version",
    );
    let repeated = r#"{"policies": {"p": {"Statement": {"Effect": "Deny", "Effect": "Deny", "Action": "*", "Resource": "*"}}}}"#;
    assert!(Organization::read(repeated, None, &Environment::real()).is_err());
}

#[test]
fn policies_are_not_too_many_and_not_too_long() {
    let numbered = |from: usize, to: usize, make: fn(&str) -> Value| -> Vec<Value> {
        (from..to).map(|n| make(&format!("kms:Get{n}"))).collect()
    };
    let scps = |to| json!({"root": {"scps": numbered(0, to, deny)}});
    let rcps = |to| json!({"root": {"rcps": numbered(0, to, deny_all_of)}});
    assert!(read(&scps(10)).is_ok() && read(&rcps(4)).is_ok());
    wrong(&scps(11), "root.scps", "At most 10 policies");
    wrong(
        &rcps(5),
        "root.rcps",
        "At most 5 policies can be attached here, of which RCPFullAWSAccess is one.",
    );

    let long = |length: usize, make: fn(&str) -> Value| {
        let mut policy = make("kms:GetKeyPolicy");
        policy["Id"] = "".into();
        let rest = length - policy.to_string().len();
        policy["Id"] = "x".repeat(rest).into();
        assert_eq!(policy.to_string().len(), length);
        policy
    };
    for (list, longest, make) in [
        ("scps", 10_240, deny as fn(&str) -> Value),
        ("rcps", 5_120, deny_all_of),
    ] {
        assert!(read(&json!({"root": {list: [long(longest, make)]}})).is_ok());
        let message = format!(
            "The policy has {} characters; {longest} are allowed.",
            longest + 1
        );
        let config = json!({"root": {list: [long(longest + 1, make)]}});
        wrong(&config, &format!("root.{list}[0]"), &message);
    }
}
