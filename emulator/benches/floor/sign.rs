//! Requests as boto3 sends them, signed by the SDK's own signer.

use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use bytes::Bytes;

#[derive(Clone)]
pub struct Key {
    pub id: String,
    pub secret: String,
}

impl Key {
    pub fn new(id: &str, secret: &str) -> Self {
        Self {
            id: id.to_owned(),
            secret: secret.to_owned(),
        }
    }
}

pub struct Request {
    service: &'static str,
    headers: Vec<(&'static str, String)>,
    body: String,
}

impl Request {
    pub fn json(operation: &str, body: &str) -> Self {
        let headers = vec![
            ("content-type", "application/x-amz-json-1.1".to_owned()),
            ("x-amz-target", format!("secretsmanager.{operation}")),
        ];
        Self {
            service: "secretsmanager",
            headers,
            body: body.to_owned(),
        }
    }

    pub fn iam(action: &str, parameters: &[(&str, &str)]) -> Self {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("Action", action)
            .append_pair("Version", "2010-05-08")
            .extend_pairs(parameters);
        let content_type = "application/x-www-form-urlencoded; charset=utf-8".to_owned();
        Self {
            service: "iam",
            headers: vec![("content-type", content_type)],
            body: form.finish(),
        }
    }

    /// The bytes of a signed HTTP/1.1 request.
    pub fn signed(&self, key: &Key, host: &str) -> Vec<u8> {
        let identity = Credentials::new(&key.id, &key.secret, None, None, "bench").into();
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region("us-east-1")
            .name(self.service)
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()
            .unwrap();
        let headers = self
            .headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .chain([("host", host)]);
        let body = SignableBody::Bytes(self.body.as_bytes());
        let signable =
            SignableRequest::new("POST", format!("http://{host}/"), headers, body).unwrap();
        let (instructions, _) = sign(signable, &parameters.into()).unwrap().into_parts();
        let mut text = format!("POST / HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: identity\r\n");
        for (name, value) in self
            .headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .chain(instructions.headers())
        {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text.push_str("User-Agent: Boto3/1.44.8 md/Botocore#1.44.8 ua/2.1 os/linux md/arch#x86_64 lang/python#3.11.7\r\n");
        text.push_str("amz-sdk-invocation-id: 1f0c3e05-4d1f-4f7c-9d0e-7d2a6a3e9f11\r\namz-sdk-request: attempt=1\r\n");
        text.push_str(&format!(
            "Content-Length: {}\r\n\r\n{}",
            self.body.len(),
            self.body
        ));
        text.into_bytes()
    }

    /// The request that a server would read from them.
    pub fn parsed(&self, key: &Key) -> http::Request<Bytes> {
        let text = String::from_utf8(self.signed(key, "localhost")).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let mut request = http::Request::post("/");
        for line in head.lines().skip(1) {
            let (name, value) = line.split_once(": ").unwrap();
            request = request.header(name, value);
        }
        request.body(Bytes::from(body.to_owned())).unwrap()
    }
}
