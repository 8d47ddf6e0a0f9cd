//! Raw requests, signed or not, for what no typed call can express, and for IAM and STS, whose SDK
//! crates would double the build.

use std::convert::Infallible;
use std::time::{Duration, SystemTime};

use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_types::body::SdkBody;
use serde_json::Value;

use crate::record::{self, Output, Step};
use crate::{Context, Credentials};

/// A request in the making.
pub struct Raw {
    method: &'static str,
    service: &'static str,
    region: Option<String>,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    credentials: Option<Credentials>,
    signed_ago: Duration,
}

impl Raw {
    /// An awsJson request to Secrets Manager.
    pub fn json(target: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::post("secretsmanager", body)
            .header("content-type", "application/x-amz-json-1.1")
            .header("x-amz-target", target)
    }

    /// An awsQuery request to `iam` or `sts`.
    pub fn query(service: &'static str, action: &str, parameters: &[(&str, &str)]) -> Self {
        let version = if service == "iam" {
            "2010-05-08"
        } else {
            "2011-06-15"
        };
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("Action", action)
            .append_pair("Version", version)
            .extend_pairs(parameters);
        Self::post(service, form.finish()).header(
            "content-type",
            "application/x-www-form-urlencoded; charset=utf-8",
        )
    }

    /// A POST without any header.
    pub fn post(service: &'static str, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        Self {
            method: "POST",
            service,
            region: None,
            headers: vec![],
            body,
            credentials: None,
            signed_ago: Duration::ZERO,
        }
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Signs it; without this it goes out unsigned.
    pub fn signed_by(mut self, credentials: &Credentials) -> Self {
        self.credentials = Some(credentials.clone());
        self
    }

    /// Signs it as if that long ago.
    pub fn signed_ago(mut self, ago: Duration) -> Self {
        self.signed_ago = ago;
        self
    }

    /// Names another service in the credential scope.
    pub fn scoped_to(mut self, service: &'static str) -> Self {
        self.service = service;
        self
    }

    /// Sends it to another region than the target's.
    pub fn in_region(mut self, region: &str) -> Self {
        self.region = Some(region.to_owned());
        self
    }

    /// Sends it and waits for the answer.
    pub async fn send(self, context: &Context) -> Answer {
        let target = context.target();
        let region = self.region.as_deref().unwrap_or(target.region());
        let url = target.url().map_or_else(
            || format!("https://{}.{region}.amazonaws.com/", self.service),
            str::to_owned,
        );
        let mut request = http::Request::builder().method(self.method).uri(&url);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let mut request = request
            .body(self.body.clone())
            .expect("a request can be built");
        if let Some(credentials) = &self.credentials {
            self.sign(credentials, region, &mut request);
        }
        let request =
            HttpRequest::try_from(request.map(SdkBody::from)).expect("the SDK takes the request");
        let answer = exchange(context, &url, request).await;
        context.recorder().push(Step {
            operation: format!("{} {}", self.service, self.operation()),
            input: record::input(&self.body),
            status: Some(answer.status),
            output: Output::read(answer.body.as_bytes()),
        });
        answer
    }

    fn operation(&self) -> String {
        let target = self
            .headers
            .iter()
            .find(|(name, _)| name == "x-amz-target")
            .map(|(_, value)| value.clone());
        let action = || {
            form_urlencoded::parse(&self.body)
                .find(|(name, _)| name == "Action")
                .map(|(_, value)| value.into_owned())
        };
        target.or_else(action).unwrap_or_else(|| "?".to_owned())
    }

    fn sign(&self, credentials: &Credentials, region: &str, request: &mut http::Request<Vec<u8>>) {
        #[allow(clippy::disallowed_methods)]
        let time = SystemTime::now() - self.signed_ago;
        let identity = credentials.to_sdk().into();
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(region)
            .name(self.service)
            .time(time)
            .settings(SigningSettings::default())
            .build()
            .expect("all parameters are given");
        let headers = self
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        let uri = request.uri().to_string();
        let signable =
            SignableRequest::new(self.method, uri, headers, SignableBody::Bytes(&self.body))
                .expect("a request that can be signed");
        let (instructions, _) = sign(signable, &parameters.into())
            .expect("a signature")
            .into_parts();
        instructions.apply_to_request_http1x(request);
    }
}

/// Through the SDK's own orchestrator, which neither signs nor retries here.
async fn exchange(context: &Context, url: &str, request: HttpRequest) -> Answer {
    let operation = Operation::builder()
        .service_name("sekisho-contract")
        .operation_name("Raw")
        .http_client(context.target().http_client())
        .endpoint_url(url)
        .no_auth()
        .no_retry()
        .serializer(Ok)
        .deserializer(|response: &HttpResponse| {
            let headers = response
                .headers()
                .iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect();
            let body =
                String::from_utf8_lossy(response.body().bytes().unwrap_or_default()).into_owned();
            Ok::<_, OrchestratorError<Infallible>>(Answer {
                status: response.status().as_u16(),
                headers,
                body,
            })
        })
        .build();
    operation.invoke(request).await.expect("an answer")
}

/// An answer as it came.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body as text.
    pub body: String,
}

impl Answer {
    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body)
            .unwrap_or_else(|error| panic!("no JSON ({error}): {}", self.body))
    }

    /// The text of the first XML element of a name.
    pub fn xml(&self, element: &str) -> Option<String> {
        let (_, rest) = self.body.split_once(&format!("<{element}>"))?;
        let (text, _) = rest.split_once(&format!("</{element}>"))?;
        let unescaped = text
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&apos;", "'");
        Some(unescaped.replace("&amp;", "&"))
    }
}
