//! What a case works with: clients, names of its own, principals.

use aws_sdk_secretsmanager as secretsmanager;
use aws_sdk_secretsmanager::config::retry::RetryConfig;
use aws_sdk_secretsmanager::config::{BehaviorVersion, Region};

use crate::{Credentials, Raw, Recorder, Target};

/// The world of one case.
pub struct Context {
    target: Target,
    recorder: Recorder,
    run: String,
}

impl Context {
    /// A world of its own on a target.
    pub fn new(target: Target) -> Self {
        let run = random_word();
        Self {
            target,
            recorder: Recorder::default(),
            run,
        }
    }

    /// What the case runs against.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// What the case has done.
    pub fn recorder(&self) -> &Recorder {
        &self.recorder
    }

    /// A name that no other case and no other run uses.
    pub fn name(&self, name: &str) -> String {
        format!("contract-{}/{name}", self.run)
    }

    /// A name for an IAM entity, which may have no slash.
    pub fn entity(&self, name: &str) -> String {
        format!("contract-{}-{name}", self.run)
    }

    /// Secrets Manager, as whoever may do everything.
    pub fn root(&self) -> secretsmanager::Client {
        self.client(self.target.root())
    }

    /// Secrets Manager, as somebody. Errors are not retried: they are what cases look at.
    pub fn client(&self, credentials: &Credentials) -> secretsmanager::Client {
        self.client_of(credentials, self.target.region())
    }

    /// Secrets Manager of another region, as whoever may do everything.
    pub fn client_in(&self, region: &str) -> secretsmanager::Client {
        self.client_of(self.target.root(), region)
    }

    fn client_of(&self, credentials: &Credentials, region: &str) -> secretsmanager::Client {
        let mut config = secretsmanager::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(region.to_owned()))
            .credentials_provider(credentials.to_sdk())
            .retry_config(RetryConfig::disabled())
            .http_client(self.recorder.around(self.target.http_client()));
        if let Some(url) = self.target.url() {
            config = config.endpoint_url(url);
        }
        secretsmanager::Client::from_conf(config.build())
    }

    /// Makes a user with an inline policy, and an access key.
    pub async fn user(&self, name: &str, policy: &str) -> Credentials {
        let name = self.entity(name);
        self.iam("CreateUser", &[("UserName", &name)]).await;
        self.iam(
            "PutUserPolicy",
            &[
                ("UserName", &name),
                ("PolicyName", "inline"),
                ("PolicyDocument", policy),
            ],
        )
        .await;
        let key = self.iam("CreateAccessKey", &[("UserName", &name)]).await;
        let part = |element| {
            key.xml(element)
                .unwrap_or_else(|| panic!("no {element}: {}", key.body))
        };
        Credentials::new(part("AccessKeyId"), part("SecretAccessKey"))
    }

    /// An IAM call as whoever may do everything, which must succeed.
    pub async fn iam(&self, action: &str, parameters: &[(&str, &str)]) -> crate::Answer {
        let answer = Raw::query("iam", action, parameters)
            .signed_by(self.target.root())
            .send(self)
            .await;
        assert_eq!(answer.status, 200, "{action}: {}", answer.body);
        answer
    }
}

#[allow(clippy::disallowed_methods)]
fn random_word() -> String {
    uuid::Uuid::new_v4().simple().to_string()[..12].to_owned()
}
