//! Requests of the matrix: signed, and answered in this process.

use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use bytes::Bytes;
use http::Request;
use sekisho::Emulator;
use serde_json::Value;

/// An emulator, as its clients see it.
pub struct Client {
    emulator: Emulator,
}

impl Client {
    pub fn new() -> Self {
        Self {
            emulator: Emulator::builder().build(),
        }
    }

    pub async fn iam(
        &self,
        who: &Credentials,
        action: &str,
        parameters: &[(&str, &str)],
    ) -> String {
        self.must(who, "iam", action, &form(action, parameters))
            .await
    }

    pub async fn must_json(&self, who: &Credentials, operation: &str, input: &Value) -> Value {
        let body = self
            .must(who, "secretsmanager", operation, &input.to_string())
            .await;
        serde_json::from_str(&body).unwrap_or(Value::Null)
    }

    pub async fn must(
        &self,
        who: &Credentials,
        service: &str,
        operation: &str,
        body: &str,
    ) -> String {
        let (status, answer) = self.send(who, service, operation, body).await;
        assert_eq!(status, 200, "{operation}: {answer}");
        answer
    }

    pub async fn send(
        &self,
        who: &Credentials,
        service: &str,
        operation: &str,
        body: &str,
    ) -> (u16, String) {
        let target = format!("secretsmanager.{operation}");
        let headers: &[(&str, &str)] = match service {
            "secretsmanager" => &[
                ("content-type", "application/x-amz-json-1.1"),
                ("x-amz-target", &target),
            ],
            _ => &[(
                "content-type",
                "application/x-www-form-urlencoded; charset=utf-8",
            )],
        };
        let url = format!("https://{service}.us-east-1.amazonaws.com/");
        let mut request = Request::post(&url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Bytes::from(body.to_owned())).unwrap();
        let identity = who.clone().into();
        #[allow(clippy::disallowed_methods)]
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region("us-east-1")
            .name(service)
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()
            .unwrap();
        let signable = SignableRequest::new(
            "POST",
            &url,
            headers.iter().copied(),
            SignableBody::Bytes(body.as_bytes()),
        );
        let (instructions, _) = sign(signable.unwrap(), &parameters.into())
            .unwrap()
            .into_parts();
        instructions.apply_to_request_http1x(&mut request);
        let answer = self.emulator.handle(request).await;
        let status = answer.status().as_u16();
        (status, String::from_utf8_lossy(answer.body()).into_owned())
    }

    pub async fn control(&self, method: &str, path: &str, body: &str) -> Value {
        let request = Request::builder().method(method).uri(path);
        let request = request.header("content-type", "application/json");
        let answer = self
            .emulator
            .handle(request.body(Bytes::from(body.to_owned())).unwrap())
            .await;
        serde_json::from_slice(answer.body()).unwrap()
    }
}

pub fn form(action: &str, parameters: &[(&str, &str)]) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("Action", action).extend_pairs(parameters);
    form.finish()
}

/// The root of an account: its twelve digits are the id of its key.
pub fn account(id: &str) -> Credentials {
    key(id, "test", None)
}

pub fn key(id: &str, secret: &str, token: Option<String>) -> Credentials {
    Credentials::new(id, secret, token, None, "matrix")
}

pub fn credentials(xml: &str) -> Credentials {
    let part = |element: &str| {
        let (_, rest) = xml.split_once(&format!("<{element}>"))?;
        Some(rest.split_once('<')?.0.to_owned())
    };
    key(
        &part("AccessKeyId").unwrap(),
        &part("SecretAccessKey").unwrap(),
        part("SessionToken"),
    )
}
