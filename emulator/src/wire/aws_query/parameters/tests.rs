//! Forms and what is read of them. What AWS was seen to answer is in tables, each with its source.

use serde_json::json;

use super::*;
use crate::wire::Pattern;

mod hostile;

const TAG_TEXT: Pattern = Pattern {
    text: r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*",
    matches: |text| !text.contains('\n'),
};
const DOCUMENT: Shape = Shape::pattern(
    1,
    131_072,
    Pattern {
        text: r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]+",
        matches: |text| !text.is_empty() && !text.contains('\u{7f}'),
    },
);
const TAG: &[Member] = &[
    Member::new("Key", Shape::string(1, 128))
        .sensitive()
        .required(),
    Member::new("Value", Shape::pattern(0, 256, TAG_TEXT))
        .sensitive()
        .required(),
];
const TAG_KEY: Shape = Shape::pattern(1, 128, TAG_TEXT).never_null();
const URLS: &[Member] = &[
    Member::new("Url", Shape::string(1, 255)).sensitive(),
    list("ClientIDList", &Shape::string(1, 255)),
    list("ThumbprintList", &Shape::string(40, 40)),
];
/// Members as IAM has them: none is shown.
const IAM: &[Member] = &[
    Member::integer("MaxItems", 1, 1000).sensitive(),
    Member::boolean("AllUsers").sensitive(),
    list("Tags", &Shape::Structure(TAG)),
    list("TagKeys", &TAG_KEY),
    list("PolicyInputList", &DOCUMENT),
    list("Words", &Shape::string(0, usize::MAX)),
    list("ContextEntries", &Shape::Structure(ENTRY)),
    list("Filter", &Shape::one_of(&["User", "Role", "Group"])),
];
const ENTRY: &[Member] = &[list("ContextKeyValues", &Shape::string(0, usize::MAX))];
/// Members as STS has them.
const STS: &[Member] = &[
    Member::integer("DurationSeconds", 0, 900),
    Member::string("TaskPolicyArn", 0, 99).required(),
    Member::new("PrincipalArn", ARN),
    Member::new("RoleArn", ARN),
];
const ARN: Shape = Shape::pattern(
    20,
    2048,
    Pattern {
        text: r"[\u0020-\uD7FF]+",
        matches: |text| !text.is_empty(),
    },
);

const fn list(name: &'static str, of: &'static Shape) -> Member {
    let (min, max) = (0, 50);
    Member::new(name, Shape::List { of, min, max }).sensitive()
}

fn read(members: &[Member], form: &str) -> Result<Value, Fault> {
    Parameters::parse(form.as_bytes()).read(members)
}

/// Code and message of a refusal, or what was read.
fn outcome(members: &[Member], form: &str) -> String {
    match read(members, form) {
        Ok(input) => input.to_string(),
        Err(fault) => format!("{}: {}", fault.code, fault.message.unwrap_or_default()),
    }
}

#[track_caller]
fn assert_read(form: &str, expected: &Value) {
    assert_eq!(outcome(IAM, form), expected.to_string(), "{form}");
}

#[track_caller]
fn assert_malformed(form: &str, text: &str) {
    let expected = format!("MalformedInput: {text}");
    assert_eq!(outcome(IAM, form), expected, "{form}");
}

/// Violations by path and rule, as members that are never shown have them.
fn violations(parts: &[(&str, &str)]) -> String {
    let text = |(path, rule): &(&str, &str)| {
        format!("Value at '{path}' failed to satisfy constraint: Member must {rule}")
    };
    let texts: Vec<String> = parts.iter().map(text).collect();
    let plural = if parts.len() == 1 { "" } else { "s" };
    let count = parts.len();
    let texts = texts.join("; ");
    format!("ValidationError: {count} validation error{plural} detected: {texts}")
}

/// The tags of these numbers without key and value.
fn without_both(tags: impl IntoIterator<Item = usize>) -> String {
    let paths = |tag| ["value", "key"].map(|name| format!("tags.{tag}.member.{name}"));
    let paths: Vec<String> = tags.into_iter().flat_map(paths).collect();
    let parts: Vec<_> = paths.iter().map(|path| (&**path, "not be null")).collect();
    violations(&parts)
}

#[test]
fn parameters_become_typed_members() {
    let form = "Action=X&MaxItems=5&AllUsers=true&TagKeys.member.1=a%2Bb+c&Unknown.member.0=x\
                &Tags.member.1.Key=k&Tags.member.1.Value=v&Tags.member.1.Unknown=ignored\
                &Tags.member.2.Key=l&Tags.member.2.Value=";
    let expected = json!({"MaxItems": 5, "AllUsers": true, "TagKeys": ["a+b c"],
                          "Tags": [{"Key": "k", "Value": "v"}, {"Key": "l", "Value": ""}]});
    assert_read(form, &expected);
    assert_read("Tags=", &json!({"Tags": []}));
    assert_read("", &json!({}));
}

/// Recorded: GetContextKeysForCustomPolicy and others of IAM and STS, September 2026.
#[test]
fn numbers() {
    for (text, number) in [
        ("1", 1),
        ("01", 1),
        ("%2B1", 1),
        ("0900", 900),
        ("%2B900", 900),
    ] {
        assert_read(&format!("MaxItems={text}"), &json!({ "MaxItems": number }));
    }
    for text in [
        "+1+",
        "%091%0A",
        "1.0",
        "1e0",
        "900.0",
        "9e2",
        "2147483648",
        "many",
        "-",
        "%2B",
    ] {
        assert_malformed(
            &format!("MaxItems={text}"),
            "integer must follow xsd1.1 definition",
        );
    }
    assert_malformed("MaxItems=", "missing value for integer type");
    for (text, rule) in [
        ("0", "have value greater than or equal to 1"),
        ("-1", "have value greater than or equal to 1"),
        ("1001", "have value less than or equal to 1000"),
        ("2147483647", "have value less than or equal to 1000"),
    ] {
        let form = format!("MaxItems={text}");
        assert_eq!(outcome(IAM, &form), violations(&[("maxItems", rule)]));
    }
}

/// Recorded: IAM and, for the texts, SES, September 2026.
#[test]
fn truth_values() {
    for (text, value) in [("true", true), ("1", true), ("false", false), ("0", false)] {
        assert_read(&format!("AllUsers={text}"), &json!({ "AllUsers": value }));
    }
    for text in [
        "+true", "true+", "True", "TRUE", "False", "FALSE", "null", "2", "01", "yes",
    ] {
        assert_malformed(
            &format!("AllUsers={text}"),
            "boolean must follow xsd1.1 definition",
        );
    }
    assert_malformed("AllUsers=", "missing value for boolean type");
}

/// Recorded: GetContextKeysForCustomPolicy, September 2026.
#[test]
fn lists_of_texts() {
    let form = |indexes: &[&str]| {
        let parameter = |index| format!("PolicyInputList.member.{index}=p");
        let parameters: Vec<String> = indexes.iter().map(parameter).collect();
        parameters.join("&")
    };
    for one in ["1", "01"] {
        assert_read(&form(&[one]), &json!({"PolicyInputList": ["p"]}));
    }
    for (indexes, text) in [
        (&["%2B1"][..], NOT_ONE_VALUE),
        (&["one"], NOT_ONE_VALUE),
        (&["0"], "0 is not a valid index"),
        (&["-1"], "Key -1 may not have a leading '-'"),
    ] {
        assert_malformed(&form(indexes), text);
    }
    let ten: Vec<String> = (1..=10).map(|index| index.to_string()).collect();
    let after_ten = |last| -> Vec<&str> { ten.iter().map(|i| &**i).chain([last]).collect() };
    for (indexes, skipped) in [
        (vec!["12"], 11),
        (vec!["16"], 15),
        (vec!["22"], 21),
        (vec!["33"], 32),
        (vec!["1", "12"], 11),
        (vec!["12", "1"], 11),
        (vec!["1", "22"], 21),
        (vec!["22", "1"], 21),
        (vec!["1", "22", "43"], 21),
        (after_ten("21"), 11),
        (after_ten("22"), 12),
    ] {
        let text = format!("Excessively sparse input would skip {skipped} list elements");
        assert_malformed(&form(&indexes), &text);
    }
    let rules = r"satisfy constraint: [Member must have length less than or equal to 131072, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]+]";
    for indexes in [&["11"][..], &["1", "8", "15"]] {
        let expected = violations(&[("policyInputList", rules)]);
        assert_eq!(outcome(IAM, &form(indexes)), expected, "{indexes:?}");
    }
}

/// Recorded: TagUser, September 2026.
#[test]
fn lists_of_structures() {
    let form = |indexes: &[&str]| {
        let parameter = |i| format!("Tags.member.{i}.Key=team&Tags.member.{i}.Value=x");
        let parameters: Vec<String> = indexes.iter().map(parameter).collect();
        parameters.join("&")
    };
    let one = json!({"Tags": [{"Key": "team", "Value": "x"}]});
    assert_read(&form(&["1"]), &one);
    assert_read(&form(&["01"]), &one);
    assert_read("Tags.member.01.Key=team&Tags.member.1.Value=x", &one);
    for (indexes, without) in [
        (&["2"][..], vec![1]),
        (&["3"], vec![1, 2]),
        (&["10"], vec![1, 2, 3, 4, 5]),
        (&["11"], vec![1, 2, 3, 4, 5]),
        (&["1", "3"], vec![2]),
        (&["%2B1"], vec![1]),
        (&["one"], vec![1]),
    ] {
        let expected = without_both(without);
        assert_eq!(outcome(IAM, &form(indexes)), expected, "{indexes:?}");
    }
    for (index, text) in [
        ("49", "Excessively sparse input would skip 48 list elements"),
        ("50", "Excessively sparse input would skip 49 list elements"),
        ("51", "Excessively sparse input would skip 50 list elements"),
        ("0", "0 is not a valid index"),
        ("-1", "Key -1 may not have a leading '-'"),
        ("1.0", "Two index elements may not occur back to back"),
    ] {
        assert_malformed(&form(&[index]), text);
    }
    let value = "tags.1.member.value";
    let pattern = r"satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]*";
    for (tag, rule) in [
        ("&Tags.member.1.Value=bad%0Avalue", pattern),
        ("", "not be null"),
    ] {
        let form = format!("Tags.member.1.Key=team{tag}");
        assert_eq!(outcome(IAM, &form), violations(&[(value, rule)]), "{form}");
    }
}

/// Recorded: UntagRole, CreateOpenIDConnectProvider, GetAccountAuthorizationDetails.
#[test]
fn texts_of_a_list_are_judged_together() {
    let keys = r"satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]*, Member must not be null]";
    let long = "x".repeat(129);
    for form in [
        "TagKeys.member.1=".to_owned(),
        "TagKeys.member.2=a".to_owned(),
        format!("TagKeys.member.1={long}&TagKeys.member.2="),
    ] {
        assert_eq!(outcome(IAM, &form), violations(&[("tagKeys", keys)]));
    }
    let filter = "satisfy constraint: [Member must satisfy enum value set: [User, Role, Group]]";
    assert_eq!(
        outcome(IAM, "Filter.member.1=user"),
        violations(&[("filter", filter)])
    );
    // Not recorded: no rule at all to show.
    assert_eq!(
        outcome(IAM, "Words.member.2=a"),
        violations(&[("words", "satisfy constraint: [Member must not be null]")])
    );
    let url = format!(
        "Url={}&ThumbprintList.member.1=a&ClientIDList.member.1=",
        "x".repeat(256)
    );
    let expected = violations(&[
        (
            "clientIDList",
            "satisfy constraint: [Member must have length less than or equal to 255, Member must have length greater than or equal to 1]",
        ),
        (
            "thumbprintList",
            "satisfy constraint: [Member must have length less than or equal to 40, Member must have length greater than or equal to 40]",
        ),
        ("url", "have length less than or equal to 255"),
    ]);
    assert_eq!(outcome(URLS, &url), expected);
}

/// Recorded: AssumeRoot, AssumeRoleWithSAML. STS shows what IAM does not.
#[test]
fn sts_shows_values() {
    let missing =
        "Value null at 'taskPolicyArn' failed to satisfy constraint: Member must not be null";
    let duration = "Value '901' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 900";
    assert_eq!(
        outcome(STS, ""),
        format!("ValidationError: 1 validation error detected: {missing}")
    );
    assert_eq!(
        outcome(STS, "TaskPolicyArn=x&DurationSeconds=901"),
        format!("ValidationError: 1 validation error detected: {duration}")
    );
    let arn = |name| {
        format!(
            r"Value '' at '{name}' failed to satisfy constraint: Member must satisfy regular expression pattern: [\u0020-\uD7FF]+; Value '' at '{name}' failed to satisfy constraint: Member must have length greater than or equal to 20"
        )
    };
    let (role, principal) = (arn("roleArn"), arn("principalArn"));
    assert_eq!(
        outcome(STS, "TaskPolicyArn=x&RoleArn=&PrincipalArn="),
        format!("ValidationError: 4 validation errors detected: {role}; {principal}")
    );
}

/// Seen from SNS, ELB and CloudFront, or inferred from how lists are read.
#[test]
fn values_of_another_form() {
    for form in [
        "MaxItems.x=1",
        "AllUsers.member.1=true",
        "TagKeys.member.1.x=a",
        "TagKeys.member.1=a&TagKeys.member.one=b",
        "Tags.member.1.Key.x=a",
        "Tags.member.1.Key=a&Tags.member.one.Key=b",
    ] {
        assert_malformed(form, NOT_ONE_VALUE);
    }
    assert_malformed("Tags.member.1=a", "Unexpected complex element termination");
    assert_malformed("Tags=a", "Unexpected list element termination");
    assert_read("TagKeys.member=a", &json!({"TagKeys": ["a"]}));
    assert_read(
        "Tags.member.Key=a&Tags.member.Value=b",
        &json!({"Tags": [{"Key": "a", "Value": "b"}]}),
    );
    // A structure without required members may be missed out: simulations ignore an empty entry.
    assert_read(
        "ContextEntries.member.2.ContextKeyValues.member.1=v&ContextEntries.member.3=",
        &json!({"ContextEntries": [{}, {"ContextKeyValues": ["v"]}, {}]}),
    );
}

#[test]
fn what_is_malformed_comes_before_what_violates() {
    for form in [
        "Tags.member.1.Key=&MaxItems=many",
        "MaxItems=0&AllUsers=maybe",
        "MaxItems=0&Tags.member.1.Key=a&TagKeys.member.0=a",
    ] {
        assert_eq!(
            read(IAM, form).unwrap_err().code,
            "MalformedInput",
            "{form}"
        );
    }
}

#[test]
fn of_a_repeated_parameter_the_first_counts() {
    assert_read("MaxItems=5&MaxItems=6", &json!({"MaxItems": 5}));
    assert_read(
        "TagKeys.member.01=a&TagKeys.member.1=b",
        &json!({"TagKeys": ["a"]}),
    );
}
