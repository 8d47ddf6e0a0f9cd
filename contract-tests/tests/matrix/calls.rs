//! The calls of the matrix: every operation that there is, on what the world has.

use serde_json::{Value, json};

use crate::client::form;
use crate::iam;
use crate::world::{HOME, KEY, TOKEN, World};

/// One row.
pub struct Call {
    pub service: &'static str,
    pub operation: &'static str,
    /// What it is done to, as the row shows it.
    pub on: &'static str,
    pub input: Input,
}

/// What a call sends.
pub enum Input {
    /// Members beside the SecretId of the secret of a number.
    Secret(usize, Value),
    Json(Value),
    Form(Vec<(&'static str, String)>),
}

impl Call {
    /// `service:Operation`.
    pub fn name(&self) -> String {
        format!("{}:{}", self.service, self.operation)
    }

    /// Whether nothing changes by it.
    pub fn reads(&self) -> bool {
        let begins = |beginning: &&str| self.operation.starts_with(beginning);
        let reading = [
            "Get", "List", "Describe", "BatchGet", "Validate", "Simulate", "Decode", "Assume",
        ];
        reading.iter().any(begins)
    }

    pub fn body(&self, world: &World) -> String {
        match &self.input {
            Input::Secret(number, members) => {
                let mut input = members.clone();
                input["SecretId"] = world.secrets[*number].as_str().into();
                input.to_string()
            }
            Input::Json(input) => input.to_string(),
            Input::Form(parameters) => {
                let pairs: Vec<_> = parameters
                    .iter()
                    .map(|(name, value)| (*name, value.as_str()))
                    .collect();
                form(self.operation, &pairs)
            }
        }
    }
}

const SECRETS: [&str; 3] = ["app/db", "shared/key", "member/own"];

/// All rows.
pub fn all() -> Vec<Call> {
    let mut calls = Vec::new();
    for (number, on) in SECRETS.into_iter().enumerate() {
        calls.extend(of_a_secret().into_iter().map(|(operation, members)| Call {
            service: "secretsmanager",
            operation,
            on,
            input: Input::Secret(number, members),
        }));
    }
    let tags = json!([{"Key": "team", "Value": "red"}]);
    for (operation, on, input) in [
        (
            "BatchGetSecretValue",
            "app/db, shared/key",
            json!({"SecretIdList": ["app/db", "shared/key"]}),
        ),
        (
            "CreateSecret",
            "app/new",
            json!({"Name": "app/new", "ClientRequestToken": TOKEN}),
        ),
        (
            "CreateSecret",
            "other, team=red",
            json!({"Name": "other", "ClientRequestToken": TOKEN, "Tags": tags}),
        ),
        ("GetRandomPassword", "", json!({})),
        (
            "GetSecretValue",
            "app/none",
            json!({"SecretId": "app/none"}),
        ),
        ("ListSecrets", "", json!({})),
    ] {
        calls.push(Call {
            service: "secretsmanager",
            operation,
            on,
            input: Input::Json(input),
        });
    }
    calls.extend(iam::calls());
    calls.extend(of_sts());
    calls
}

/// Each operation that takes a SecretId, with what else it takes.
fn of_a_secret() -> Vec<(&'static str, Value)> {
    let copy = json!({"CrossAccountReplicaARN": format!("arn:aws:secretsmanager:us-east-1:{HOME}:secret:copy-AbCdEf")});
    let resource_policy = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "secretsmanager:ListSecretVersionIds", "Resource": "*",
         "Principal": {"AWS": HOME}}]});
    let resource_policy = json!({"ResourcePolicy": resource_policy.to_string()});
    let value =
        json!({"SecretString": "w", "ClientRequestToken": "22222222-2222-4333-8444-555566667777"});
    let label = json!({"VersionStage": "label", "MoveToVersionId": TOKEN});
    vec![
        ("AssociateCrossAccountReplica", copy.clone()),
        ("CancelRotateSecret", json!({})),
        ("DeleteResourcePolicy", json!({})),
        ("DeleteSecret", json!({})),
        ("DescribeSecret", json!({})),
        ("DisassociateCrossAccountReplica", copy),
        ("GetResourcePolicy", json!({})),
        ("GetSecretValue", json!({})),
        ("ListResourcePolicies", json!({})),
        ("ListSecretVersionIds", json!({})),
        ("PutResourcePolicy", resource_policy.clone()),
        ("PutSecretValue", value),
        (
            "RemoveRegionsFromReplication",
            json!({"RemoveReplicaRegions": ["eu-west-1"]}),
        ),
        (
            "ReplicateSecretToRegions",
            json!({"AddReplicaRegions": [{"Region": "eu-west-1"}]}),
        ),
        ("RestoreSecret", json!({})),
        (
            "RotateSecret",
            json!({"ClientRequestToken": "33333333-2222-4333-8444-555566667777"}),
        ),
        ("StopReplicationToReplica", json!({})),
        (
            "TagResource",
            json!({"Tags": [{"Key": "team", "Value": "red"}]}),
        ),
        ("UntagResource", json!({"TagKeys": ["team"]})),
        ("UpdateSecret", json!({"Description": "d", "KmsKeyId": KEY})),
        ("UpdateSecretVersionStage", label),
        ("ValidateResourcePolicy", resource_policy),
    ]
}

fn of_sts() -> Vec<Call> {
    let role = |name: &str| {
        vec![
            ("RoleArn", format!("arn:aws:iam::{HOME}:role/{name}")),
            ("RoleSessionName", "session".to_owned()),
        ]
    };
    let one = |name: &'static str, value: &str| vec![(name, value.to_owned())];
    [
        ("GetCallerIdentity", "", vec![]),
        ("AssumeRole", "role app", role("app")),
        ("AssumeRole", "role none", role("none")),
        (
            "AssumeRoleWithWebIdentity",
            "role app",
            [role("app"), one("WebIdentityToken", "no.token.atall")].concat(),
        ),
        ("GetSessionToken", "", vec![]),
        ("GetFederationToken", "guest", one("Name", "guest")),
        (
            "GetAccessKeyInfo",
            "",
            one("AccessKeyId", "ASIAQAAAAAAAAAAAAAAA"),
        ),
        (
            "DecodeAuthorizationMessage",
            "",
            one("EncodedMessage", "AAAA"),
        ),
    ]
    .into_iter()
    .map(|(operation, on, parameters)| Call {
        service: "sts",
        operation,
        on,
        input: Input::Form(parameters),
    })
    .collect()
}
