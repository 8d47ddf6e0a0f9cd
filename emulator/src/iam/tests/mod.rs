//! IAM as a client sees it: forms in, XML out, one emulator a test.

mod access_keys;
mod account;
mod credentials;
mod demands;
mod groups;
mod instance_profiles;
mod machine;
mod oidc_providers;
mod policies;
mod races;
mod role_demands;
mod role_trust;
mod roles;
mod service_linked_roles;
mod simulation;
mod user_policies;
mod users;

use std::sync::Arc;

use bytes::Bytes;
use form_urlencoded::Serializer;
use http::{Request, header};
use quick_xml::escape::unescape;

use crate::store::{Memory, Store};
use crate::{Emulator, Mode};

/// A policy that can be stored.
const ALLOW: &str =
    r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:*","Resource":"*"}}"#;

/// A trust policy that can be stored.
const TRUST: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}"#;

/// A client of an emulator that verifies nothing.
struct Client {
    emulator: Emulator,
    /// The access key that requests name; the root user's if none.
    key: Option<String>,
}

impl Client {
    fn new() -> Self {
        Self::on(Memory::new())
    }

    fn on(store: impl Store) -> Self {
        Self::over(Arc::new(store))
    }

    fn over(store: Arc<dyn Store>) -> Self {
        Self {
            emulator: Emulator::builder().mode(Mode::Off).store(store).build(),
            key: None,
        }
    }

    /// Another caller of the same emulator.
    fn as_holder_of(&self, key: &str) -> Self {
        Self {
            emulator: self.emulator.clone(),
            key: Some(key.to_owned()),
        }
    }

    async fn ask(&self, action: &str, parameters: &[(&str, &str)]) -> (u16, String) {
        let form = Serializer::new(String::new())
            .append_pair("Action", action)
            .append_pair("Version", "2010-05-08")
            .extend_pairs(parameters)
            .finish();
        let mut request = Request::post("/")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::HOST, "iam.amazonaws.com");
        if let Some(key) = &self.key {
            let credential = format!("{key}/20150830/us-east-1/iam/aws4_request");
            let claim = format!(
                "AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host;x-amz-date, Signature={}",
                "0".repeat(64)
            );
            request = request
                .header("x-amz-date", "20150830T123600Z")
                .header(header::AUTHORIZATION, claim);
        }
        let response = self
            .emulator
            .handle(request.body(Bytes::from(form)).unwrap())
            .await;
        let status = response.status().as_u16();
        (
            status,
            String::from_utf8(response.into_body().to_vec()).unwrap(),
        )
    }

    /// The answer to a request that is granted.
    async fn ok(&self, action: &str, parameters: &[(&str, &str)]) -> String {
        let (status, xml) = self.ask(action, parameters).await;
        assert_eq!(status, 200, "{action} {parameters:?}: {xml}");
        xml
    }

    /// The same, of which only the elements of a name.
    async fn read(&self, action: &str, parameters: &[(&str, &str)], tag: &str) -> Vec<String> {
        all(&self.ok(action, parameters).await, tag)
    }

    /// Status, code and message of a request that is refused.
    async fn refused(&self, action: &str, parameters: &[(&str, &str)]) -> String {
        let (status, xml) = self.ask(action, parameters).await;
        let [code, message] = ["Code", "Message"].map(|tag| all(&xml, tag).remove(0));
        assert_ne!(status, 200, "{action} {parameters:?}: {xml}");
        format!("{status} {code}: {message}")
    }

    async fn user(&self, name: &str) {
        self.ok("CreateUser", &[("UserName", name)]).await;
    }

    async fn role(&self, name: &str) {
        let role = [("RoleName", name), ("AssumeRolePolicyDocument", TRUST)];
        self.ok("CreateRole", &role).await;
    }

    /// Makes a managed policy; gives its ARN.
    async fn policy(&self, name: &str) -> String {
        let xml = self
            .ok(
                "CreatePolicy",
                &[("PolicyName", name), ("PolicyDocument", ALLOW)],
            )
            .await;
        all(&xml, "Arn").remove(0)
    }

    /// Issues an access key; gives its id.
    async fn access_key(&self, user: &str) -> String {
        let xml = self.ok("CreateAccessKey", &[("UserName", user)]).await;
        all(&xml, "AccessKeyId").remove(0)
    }
}

/// The contents of all elements of a name, entities resolved.
fn all(xml: &str, tag: &str) -> Vec<String> {
    let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
    let inside = |part: &str| Some(unescape(part.split_once(&close)?.0).unwrap().into_owned());
    xml.split(&open).skip(1).filter_map(inside).collect()
}
