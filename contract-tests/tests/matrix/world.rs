//! The fixed world: three accounts, an organization, and principals of every kind.

use aws_credential_types::Credentials;
use serde_json::{Value, json};

use crate::calls::Call;
use crate::client::{Client, account, credentials, form, key};

pub const HOME: &str = "000000000000";
pub const OTHER: &str = "444455556666";
pub const MEMBER: &str = "777788889999";

/// Who asks, and what they are given.
pub const PRINCIPALS: [(&str, &str); 16] = [
    ("root", "the root user of the account"),
    ("admin", "a user with AdministratorAccess"),
    ("reader", "a user who may read and describe secrets of app/"),
    (
        "guarded",
        "a user who may do everything, but nothing with shared/ and IAM",
    ),
    (
        "grouped",
        "a user in a group that has SecretsManagerReadWrite",
    ),
    (
        "bounded",
        "a user who may do everything, bounded to what reads",
    ),
    (
        "red",
        "a user tagged team=red, who may do everything with secrets of that team",
    ),
    ("app", "a session of a role for secrets of app/"),
    ("narrowed", "the same, narrowed to DescribeSecret"),
    (
        "vault",
        "a session of a role without policies, which the policy of shared/ names",
    ),
    ("token", "a GetSessionToken session of admin"),
    (
        "federated",
        "whom admin vouches for, with a policy that reads secrets",
    ),
    (
        "stranger",
        "a user of another account, which the policy of shared/ names, who may read secrets",
    ),
    ("outsider", "the same without any policy"),
    (
        "member",
        "a user of a third account with AdministratorAccess, under control policies",
    ),
    ("member root", "the root user of that account"),
];

pub struct World {
    client: Client,
    keys: Vec<Credentials>,
    /// The ARNs of the secrets `app/db`, `shared/key`, and `member/own` of the third account.
    pub secrets: [String; 3],
}

impl World {
    pub async fn new() -> Self {
        let root = key("test", "test", None);
        let mut world = Self {
            client: Client::new(),
            keys: Vec::new(),
            secrets: Default::default(),
        };
        world.entities(&root).await;
        world.keys(&root).await;
        let member = account(MEMBER);
        world.secrets = [
            world.secret(&root, "app/db", "red").await,
            world.secret(&root, "shared/key", "blue").await,
            world.secret(&member, "member/own", "red").await,
        ];
        let shared = json!({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
             "Principal": {"AWS": [format!("arn:aws:iam::{OTHER}:root"), format!("arn:aws:iam::{HOME}:role/vault")]}, "Resource": "*"},
            {"Effect": "Deny", "Action": "secretsmanager:DeleteSecret", "Principal": "*", "Resource": "*"}]});
        let put = json!({"SecretId": "shared/key", "ResourcePolicy": shared.to_string()});
        world
            .client
            .must_json(&root, "PutResourcePolicy", &put)
            .await;
        world.organize().await;
        world
    }

    /// How a call of a principal is decided, and whether the world is another one after it.
    pub async fn decide(&mut self, principal: usize, call: &Call) -> (char, bool) {
        let body = call.body(self);
        let status = self
            .client
            .send(&self.keys[principal], call.service, call.operation, &body)
            .await
            .0;
        let records = self
            .client
            .control("GET", "/_sekisho/requests?limit=1", "")
            .await;
        let decisions = records["requests"][0]["decisions"]
            .as_array()
            .unwrap()
            .clone();
        let denied = decisions.iter().find(|made| made["decision"] != "allow");
        let cell = match denied {
            None if decisions.is_empty() && status != 200 => '!',
            None => '+',
            Some(made) => letter(made),
        };
        (cell, status == 200 && !call.reads())
    }

    async fn organize(&self) {
        let deny = |action: &str| json!({"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": action, "Resource": "*"}});
        let mut rcp = deny("secretsmanager:GetSecretValue");
        rcp["Statement"]["Principal"] = "*".into();
        rcp["Statement"]["Condition"] = json!({"StringEquals": {"aws:PrincipalType": "Account"}});
        let organization = json!({
            "policies": {"no-deletion": deny("secretsmanager:DeleteSecret"), "no-users": deny("iam:CreateUser"), "no-root": rcp},
            "root": {"scps": ["FullAWSAccess", "no-deletion"]},
            "units": {"prod": {"accounts": [MEMBER], "scps": ["FullAWSAccess", "no-users"], "rcps": ["no-root"]}},
        });
        let organization = organization.to_string();
        let put = self
            .client
            .control("PUT", "/_sekisho/organization", &organization)
            .await;
        assert!(put.get("message").is_none(), "{put}");
    }

    /// Users, groups, roles and policies of the three accounts.
    async fn entities(&self, root: &Credentials) {
        let all = policy("Allow", "*", "*");
        let app = "arn:aws:secretsmanager:*:*:secret:app/*";
        let shared = "arn:aws:secretsmanager:*:*:secret:shared/*";
        let reads = policy(
            "Allow",
            "secretsmanager:GetSecretValue secretsmanager:DescribeSecret",
            app,
        );
        let guard = json!({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "*", "Resource": "*"},
            {"Effect": "Deny", "Action": "secretsmanager:*", "Resource": shared},
            {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}]});
        let by_tag = json!({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "secretsmanager:*", "Resource": "*",
             "Condition": {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}}]});
        for (name, document) in [
            ("reader", Some(reads.clone())),
            ("guarded", Some(guard.to_string())),
            ("bounded", Some(all.clone())),
            ("red", Some(by_tag.to_string())),
            ("admin", None),
            ("grouped", None),
            // What calls are about.
            ("subject", None),
        ] {
            self.user(root, name, document.as_deref()).await;
        }
        self.client
            .iam(
                root,
                "TagUser",
                &[
                    ("UserName", "red"),
                    ("Tags.member.1.Key", "team"),
                    ("Tags.member.1.Value", "red"),
                ],
            )
            .await;
        let administrator = ("PolicyArn", "arn:aws:iam::aws:policy/AdministratorAccess");
        self.client
            .iam(
                root,
                "AttachUserPolicy",
                &[("UserName", "admin"), administrator],
            )
            .await;
        self.client
            .iam(root, "CreateGroup", &[("GroupName", "keepers")])
            .await;
        self.client
            .iam(root, "CreateGroup", &[("GroupName", "empty")])
            .await;
        let keeper = (
            "PolicyArn",
            "arn:aws:iam::aws:policy/SecretsManagerReadWrite",
        );
        self.client
            .iam(
                root,
                "AttachGroupPolicy",
                &[("GroupName", "keepers"), keeper],
            )
            .await;
        self.client
            .iam(
                root,
                "AddUserToGroup",
                &[("GroupName", "keepers"), ("UserName", "grouped")],
            )
            .await;
        let ceiling = policy(
            "Allow",
            "secretsmanager:Get* secretsmanager:Describe* secretsmanager:List* iam:Get* iam:List*",
            "*",
        );
        self.client
            .iam(
                root,
                "CreatePolicy",
                &[("PolicyName", "ceiling"), ("PolicyDocument", &ceiling)],
            )
            .await;
        let boundary = format!("arn:aws:iam::{HOME}:policy/ceiling");
        self.client
            .iam(
                root,
                "PutUserPermissionsBoundary",
                &[("UserName", "bounded"), ("PermissionsBoundary", &boundary)],
            )
            .await;
        for owner in [root.clone(), account(OTHER), account(MEMBER)] {
            let spare = [("PolicyName", "spare"), ("PolicyDocument", &*reads)];
            self.client.iam(&owner, "CreatePolicy", &spare).await;
        }
        let trust = format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":{{"AWS":"{HOME}"}},"Action":"sts:AssumeRole"}}}}"#
        );
        for (name, document) in [
            ("app", Some(policy("Allow", "secretsmanager:*", app))),
            ("vault", None),
        ] {
            self.client
                .iam(
                    root,
                    "CreateRole",
                    &[("RoleName", name), ("AssumeRolePolicyDocument", &trust)],
                )
                .await;
            if let Some(document) = document {
                let put = [
                    ("RoleName", name),
                    ("PolicyName", "inline"),
                    ("PolicyDocument", &*document),
                ];
                self.client.iam(root, "PutRolePolicy", &put).await;
            }
        }
        self.user(
            &account(OTHER),
            "stranger",
            Some(&policy(
                "Allow",
                "secretsmanager:Get* secretsmanager:Describe*",
                "*",
            )),
        )
        .await;
        self.user(&account(OTHER), "outsider", None).await;
        self.user(&account(MEMBER), "member", Some(&all)).await;
        self.user(&account(MEMBER), "subject", None).await;
    }

    async fn user(&self, owner: &Credentials, name: &str, inline: Option<&str>) {
        self.client
            .iam(owner, "CreateUser", &[("UserName", name)])
            .await;
        if let Some(document) = inline {
            let put = [
                ("UserName", name),
                ("PolicyName", "inline"),
                ("PolicyDocument", document),
            ];
            self.client.iam(owner, "PutUserPolicy", &put).await;
        }
    }

    /// In the order of `PRINCIPALS`.
    async fn keys(&mut self, root: &Credentials) {
        let (other, member) = (account(OTHER), account(MEMBER));
        let admin = self.access_key(root, "admin").await;
        let mut keys = vec![root.clone(), admin.clone()];
        for name in ["reader", "guarded", "grouped", "bounded", "red"] {
            keys.push(self.access_key(root, name).await);
        }
        let app = format!("arn:aws:iam::{HOME}:role/app");
        let vault = format!("arn:aws:iam::{HOME}:role/vault");
        let describes = policy("Allow", "secretsmanager:DescribeSecret", "*");
        let reads = policy("Allow", "secretsmanager:Get* secretsmanager:Describe*", "*");
        let assume = |role| vec![("RoleArn", role), ("RoleSessionName", "session")];
        let narrowed = [assume(&*app), vec![("Policy", &*describes)]].concat();
        for (action, parameters) in [
            ("AssumeRole", assume(&app)),
            ("AssumeRole", narrowed),
            ("AssumeRole", assume(&vault)),
            ("GetSessionToken", vec![]),
            (
                "GetFederationToken",
                vec![("Name", "guest"), ("Policy", &*reads)],
            ),
        ] {
            let xml = self
                .client
                .must(&admin, "sts", action, &form(action, &parameters))
                .await;
            keys.push(credentials(&xml));
        }
        keys.push(self.access_key(&other, "stranger").await);
        keys.push(self.access_key(&other, "outsider").await);
        keys.push(self.access_key(&member, "member").await);
        keys.push(member);
        assert_eq!(keys.len(), PRINCIPALS.len());
        self.keys = keys;
    }

    async fn access_key(&self, owner: &Credentials, user: &str) -> Credentials {
        credentials(
            &self
                .client
                .iam(owner, "CreateAccessKey", &[("UserName", user)])
                .await,
        )
    }

    async fn secret(&self, owner: &Credentials, name: &str, team: &str) -> String {
        let input = json!({"Name": name, "SecretString": "v", "ClientRequestToken": TOKEN, "KmsKeyId": KEY,
                           "Tags": [{"Key": "team", "Value": team}]});
        let made = self.client.must_json(owner, "CreateSecret", &input).await;
        made["ARN"].as_str().unwrap().to_owned()
    }
}

/// A key that Secrets Manager may be told to use.
pub const KEY: &str = "1234abcd-12ab-34cd-56ef-1234567890ab";
/// A token as clients send them.
pub const TOKEN: &str = "11111111-2222-4333-8444-555566667777";

pub fn policy(effect: &str, actions: &str, resource: &str) -> String {
    let actions: Vec<&str> = actions.split(' ').collect();
    json!({"Version": "2012-10-17", "Statement": {"Effect": effect, "Action": actions, "Resource": resource}})
        .to_string()
}

/// The letter of the layer that denies.
fn letter(made: &Value) -> char {
    let letter = match made["layer"].as_str().unwrap() {
        "identity" => 'i',
        "resource" => 'r',
        "boundary" => 'b',
        "session" => 's',
        "scp" => 'o',
        "rcp" => 'c',
        "trust" => 't',
        other => panic!("no letter for {other}"),
    };
    if made["decision"] == "explicit deny" {
        letter.to_ascii_uppercase()
    } else {
        letter
    }
}
