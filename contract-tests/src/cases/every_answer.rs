//! The answer of every operation, raw: headers, members, and what is left out.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::support::{
    ELSEWHERE, KEY, OTHER, account, call, fault, made_with, merge, put, secret, send, token,
};
use crate::model::MODEL;
use crate::{Answer, Case, Context, Credentials, Evidence, Need, rotation_function};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "every_answer/members",
        Evidence::Documented,
        "API model; what is unset is absent: aws/aws-sdk-js#3307; floci-io/floci#174",
        |c| Box::pin(members(c)),
    )
    .needs(&[Need::RotationFunction]),
    Case::new(
        "every_answer/of_a_plain_secret",
        Evidence::Recorded,
        "radkawar/stackd testdata/aws/secretsmanager/lifecycle (recordings of AWS)",
        |c| Box::pin(of_a_plain_secret(c)),
    ),
    Case::new(
        "every_answer/of_a_refusal",
        Evidence::Recorded,
        "hashicorp/terraform-provider-aws#33329; aws/aws-sdk-cpp#2407",
        |c| Box::pin(of_a_refusal(c)),
    ),
];

/// A call, who makes it, and the members of its answer.
type Step = (&'static str, Value, Vec<&'static str>);

fn is_uuid(text: &str) -> bool {
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    let is_hex = |byte: u8| byte == b'-' || byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    groups == [8, 4, 4, 4, 12] && text.bytes().all(is_hex)
}

/// What every answer has.
#[track_caller]
fn assert_form(operation: &str, answer: &Answer, ids: &mut BTreeSet<String>) {
    let kind = answer.header("content-type");
    assert_eq!(kind, Some("application/x-amz-json-1.1"), "{operation}");
    let id = answer.header("x-amzn-requestid").unwrap_or_default();
    assert!(is_uuid(id), "{operation}: {id:?}");
    assert!(ids.insert(id.to_owned()), "{operation}: {id} twice");
}

/// The names of an object's members.
fn names(value: &Value) -> BTreeSet<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

async fn walk(c: &Context, who: &Credentials, steps: Vec<Step>, seen: &mut BTreeSet<&'static str>) {
    let mut ids = BTreeSet::new();
    for (operation, input, members) in steps {
        let answer = send(c, who, operation, &input).await;
        assert_eq!(answer.status, 200, "{operation}: {}", answer.body);
        assert_form(operation, &answer, &mut ids);
        if MODEL.operations[operation].output.is_null() {
            assert_eq!((&*answer.body, members.len()), ("", 0), "{operation}");
            // In one process there is no connection whose end must be known.
            let length = answer.header("content-length");
            assert!(
                matches!(length, None | Some("0")),
                "{operation}: {length:?}"
            );
        } else {
            let members: BTreeSet<&str> = members.into_iter().collect();
            assert_eq!(
                names(&answer.json()),
                members,
                "{operation}: {}",
                answer.body
            );
        }
        seen.insert(operation);
    }
}

/// One call of each operation after another. That no member is null, empty or unknown to the model
/// is seen to for all cases.
async fn members(c: &Context) {
    let (root, name) = (c.target().root(), c.name("s"));
    let here = c.target().region();
    let mut seen = BTreeSet::new();
    let (first, second) = (token(), token());
    let function = rotation_function(here, "000000000000");
    let everyone = policy_for("arn:aws:iam::000000000000:root");
    let id = |members: Value| {
        let mut input = json!({"SecretId": name});
        merge(&mut input, members);
        input
    };
    let tag = json!([{"Key": "k", "Value": ""}]);
    let days = json!({"AutomaticallyAfterDays": 30});
    let regions = json!([{"Region": ELSEWHERE}]);
    let value = [
        "ARN",
        "CreatedDate",
        "Name",
        "SecretString",
        "VersionId",
        "VersionStages",
    ];
    let described = [
        "ARN",
        "CreatedDate",
        "LastAccessedDate",
        "LastChangedDate",
        "Name",
    ];
    let rotated = ["RotationEnabled", "RotationLambdaARN", "RotationRules"];
    let all = [
        &described[..],
        &["Tags", "VersionIdsToStages"],
        &rotated,
        &["PrimaryRegion", "ReplicationStatus"],
    ];
    let create = json!({"Name": name, "SecretString": "v", "ClientRequestToken": first});
    let put = json!({"SecretString": "w", "ClientRequestToken": second});
    let rotate = json!({
        "RotationLambdaARN": function, "RotationRules": days, "ClientRequestToken": token(),
    });
    let label = json!({"VersionStage": "l", "MoveToVersionId": first});
    let steps: Vec<Step> = vec![
        ("CreateSecret", create, vec!["ARN", "Name", "VersionId"]),
        ("GetSecretValue", id(json!({})), value.to_vec()),
        (
            "BatchGetSecretValue",
            json!({"SecretIdList": [name, "none"]}),
            vec!["Errors", "SecretValues"],
        ),
        (
            "PutSecretValue",
            id(put),
            vec!["ARN", "Name", "VersionId", "VersionStages"],
        ),
        (
            "UpdateSecret",
            id(json!({"Description": ""})),
            vec!["ARN", "Name"],
        ),
        ("UpdateSecretVersionStage", id(label), vec!["ARN", "Name"]),
        (
            "ListSecretVersionIds",
            id(json!({})),
            vec!["ARN", "Name", "Versions"],
        ),
        ("TagResource", id(json!({"Tags": tag})), vec![]),
        (
            "PutResourcePolicy",
            id(json!({"ResourcePolicy": everyone})),
            vec!["ARN", "Name"],
        ),
        (
            "GetResourcePolicy",
            id(json!({})),
            vec!["ARN", "Name", "ResourcePolicy"],
        ),
        (
            "ListResourcePolicies",
            id(json!({})),
            vec!["ResourcePolicies"],
        ),
        (
            "ValidateResourcePolicy",
            id(json!({"ResourcePolicy": everyone})),
            vec!["PolicyValidationPassed", "ValidationErrors"],
        ),
        ("RotateSecret", id(rotate), vec!["ARN", "Name", "VersionId"]),
        ("CancelRotateSecret", id(json!({})), vec!["ARN", "Name"]),
        (
            "ReplicateSecretToRegions",
            id(json!({"AddReplicaRegions": regions})),
            vec!["ARN", "ReplicationStatus"],
        ),
        ("DescribeSecret", id(json!({})), all.concat()),
        (
            "ListSecrets",
            json!({"Filters": [{"Key": "name", "Values": [name]}]}),
            vec!["SecretList"],
        ),
        (
            "RemoveRegionsFromReplication",
            id(json!({"RemoveReplicaRegions": [ELSEWHERE]})),
            vec!["ARN", "ReplicationStatus"],
        ),
        ("DeleteResourcePolicy", id(json!({})), vec!["ARN", "Name"]),
        ("UntagResource", id(json!({"TagKeys": ["k"]})), vec![]),
        ("GetRandomPassword", json!({}), vec!["RandomPassword"]),
        (
            "DeleteSecret",
            id(json!({})),
            vec!["ARN", "DeletionDate", "Name"],
        ),
        ("RestoreSecret", id(json!({})), vec!["ARN", "Name"]),
    ];
    walk(c, root, steps, &mut seen).await;
    across_accounts(c, &mut seen).await;
    let expected: BTreeSet<&str> = MODEL.operations.keys().map(String::as_str).collect();
    assert_eq!(seen, expected, "all operations of the model");
}

async fn across_accounts(c: &Context, seen: &mut BTreeSet<&'static str>) {
    let (root, other) = (c.target().root(), account(OTHER));
    let (name, copy) = (c.name("primary"), c.name("copy"));
    let arn = made_with(c, root, &name, json!({"KmsKeyId": KEY})).await;
    let replica = json!({"CrossAccountPrimaryARN": arn, "KmsKeyId": KEY, "SecretString": null});
    let replica = made_with(c, &other, &copy, replica).await;
    let both = json!({"SecretId": name, "CrossAccountReplicaARN": replica});
    let mut associate = both.clone();
    merge(
        &mut associate,
        json!({"ReplicaRestriction": "NoRestriction"}),
    );
    let members = ["ARN", "CrossAccountReplicaARN", "ReplicationStatus"];
    let steps: Vec<Step> = vec![
        ("AssociateCrossAccountReplica", associate, members.to_vec()),
        (
            "DisassociateCrossAccountReplica",
            both,
            members[..2].to_vec(),
        ),
    ];
    walk(c, root, steps, seen).await;
    let stop: Vec<Step> = vec![(
        "StopReplicationToReplica",
        json!({"SecretId": copy}),
        vec!["ARN"],
    )];
    walk(c, &other, stop, seen).await;
}

fn policy_for(principal: &str) -> String {
    let statement = json!({
        "Effect": "Allow", "Principal": {"AWS": principal}, "Action": "secretsmanager:GetSecretValue",
        "Resource": "*",
    });
    json!({"Version": "2012-10-17", "Statement": [statement]}).to_string()
}

/// What nobody has set is not there, in whatever is asked.
async fn of_a_plain_secret(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    put(&c.root(), &name, "w", &[]).await;
    let id = json!({"SecretId": name});
    let filter = json!({"Filters": [{"Key": "name", "Values": [name]}]});
    let get = |operation: &'static str, input: Value| async move {
        let answer = call(c, operation, &input).await;
        assert_eq!(answer.status, 200, "{operation}: {}", answer.body);
        answer.json()
    };
    let plain = ["ARN", "CreatedDate", "LastChangedDate", "Name"];
    let with = |member: &'static str| BTreeSet::from_iter(plain.into_iter().chain([member]));
    let described = get("DescribeSecret", id.clone()).await;
    assert_eq!(names(&described), with("VersionIdsToStages"));
    let listed = get("ListSecrets", filter).await;
    assert_eq!(
        names(&listed["SecretList"][0]),
        with("SecretVersionsToStages")
    );
    let versions = get("ListSecretVersionIds", id.clone()).await;
    for version in versions["Versions"].as_array().unwrap() {
        let expected = ["CreatedDate", "KmsKeyIds", "VersionId", "VersionStages"];
        assert_eq!(names(version), BTreeSet::from(expected));
    }
    let policy = get("GetResourcePolicy", id.clone()).await;
    assert_eq!(names(&policy), BTreeSet::from(["ARN", "Name"]));
    let cancelled = get("CancelRotateSecret", id).await;
    assert_eq!(names(&cancelled), BTreeSet::from(["ARN", "Name"]));
}

async fn of_a_refusal(c: &Context) {
    let nothing = json!({"SecretId": "no name", "MaxResults": 0, "PasswordLength": 0});
    let mut ids = BTreeSet::new();
    for operation in MODEL.operations.keys() {
        let answer = call(c, operation, &nothing).await;
        assert_form(operation, &answer, &mut ids);
        let (code, message) = fault(&answer);
        let is_bare = code.bytes().all(|byte| byte.is_ascii_alphabetic());
        assert!(
            is_bare && !code.is_empty() && !message.is_empty(),
            "{}",
            answer.body
        );
        assert!(answer.body.starts_with(r#"{"__type":""#), "{}", answer.body);
        assert_eq!(
            answer.json().as_object().unwrap().len(),
            2,
            "{}",
            answer.body
        );
    }
}
