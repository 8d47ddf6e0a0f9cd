//! What a case did: every exchange, without values, keys or signatures.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use serde_json::Value;

use crate::xml::Element;

/// One exchange.
#[derive(Clone, Debug)]
pub struct Step {
    /// The operation.
    pub operation: String,
    /// The input, secrets left out.
    pub input: Value,
    /// The HTTP status; none if no answer came.
    pub status: Option<u16>,
    /// The answer, secrets left out.
    pub output: Output,
}

/// The body of an answer.
#[derive(Clone, PartialEq, Debug)]
pub enum Output {
    /// No byte.
    Nothing,
    /// JSON, as Secrets Manager answers.
    Json(Value),
    /// XML, as IAM and STS answer.
    Xml(Element),
    /// Neither, and why it is no XML.
    Unreadable(String),
}

impl Output {
    /// Reads a body. Nothing else of it is kept.
    pub(crate) fn read(body: &[u8]) -> Self {
        if body.is_empty() {
            return Self::Nothing;
        }
        if let Ok(value) = serde_json::from_slice(body) {
            return Self::Json(redacted(value));
        }
        let document = std::str::from_utf8(body).map_err(|error| error.to_string());
        match document.and_then(Element::read) {
            Ok(root) => Self::Xml(without_secrets(root)),
            Err(reason) => Self::Unreadable(reason),
        }
    }
}

impl fmt::Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("nothing"),
            Self::Json(value) => value.fmt(f),
            Self::Xml(root) => root.fmt(f),
            Self::Unreadable(reason) => write!(f, "neither JSON nor XML: {reason}"),
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self
            .status
            .map_or_else(|| "no answer".to_owned(), |status| status.to_string());
        write!(
            f,
            "{} {} → {status} {}",
            self.operation, self.input, self.output
        )
    }
}

/// Keeps the steps of one case.
#[derive(Clone, Default)]
pub struct Recorder(Arc<Mutex<Vec<Step>>>);

impl Recorder {
    /// The steps so far.
    pub fn steps(&self) -> Vec<Step> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn push(&self, step: Step) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(step);
    }

    /// An HTTP client that notes what passes through it.
    pub(crate) fn around(&self, client: SharedHttpClient) -> SharedHttpClient {
        SharedHttpClient::new(Recording {
            client,
            recorder: self.clone(),
        })
    }
}

/// Members that hold secrets. They are replaced before anything is kept.
const SECRET: &[&str] = &[
    "SecretString",
    "SecretBinary",
    "RandomPassword",
    "SecretAccessKey",
    "SessionToken",
    "Password",
    "WebIdentityToken",
    "SAMLAssertion",
];
/// What stands in their place.
const REDACTED: &str = "«secret»";

/// An input, whether it is JSON or a form.
pub(crate) fn input(body: &[u8]) -> Value {
    if let Ok(value) = serde_json::from_slice(body) {
        return redacted(value);
    }
    let form = form_urlencoded::parse(body);
    redacted(
        form.map(|(name, value)| (name, Value::from(value)))
            .collect(),
    )
}

fn without_secrets(mut element: Element) -> Element {
    if SECRET.contains(&element.name.as_str()) && !element.text.is_empty() {
        element.text = REDACTED.to_owned();
    }
    let children = element.children.into_iter().map(without_secrets);
    element.children = children.collect();
    element
}

fn redacted(mut value: Value) -> Value {
    match &mut value {
        Value::Object(map) => {
            for (name, member) in map.iter_mut() {
                *member = if SECRET.contains(&name.as_str()) {
                    REDACTED.into()
                } else {
                    redacted(member.take())
                };
            }
        }
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| *item = redacted(item.take())),
        _ => {}
    }
    value
}

struct Recording {
    client: SharedHttpClient,
    recorder: Recorder,
}

impl fmt::Debug for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Recording")
    }
}

impl HttpClient for Recording {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let connector = self.client.http_connector(settings, components);
        SharedHttpConnector::new(RecordingConnector {
            connector,
            recorder: self.recorder.clone(),
        })
    }
}

struct RecordingConnector {
    connector: SharedHttpConnector,
    recorder: Recorder,
}

impl fmt::Debug for RecordingConnector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecordingConnector")
    }
}

impl HttpConnector for RecordingConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let recorder = self.recorder.clone();
        let operation = request
            .headers()
            .get("x-amz-target")
            .unwrap_or("?")
            .to_owned();
        let input = input(request.body().bytes().unwrap_or_default());
        let call = self.connector.call(request);
        HttpConnectorFuture::new(async move {
            let outcome = whole(call.await).await;
            let (status, output) = match &outcome {
                Ok(response) => (
                    Some(response.status().as_u16()),
                    Output::read(response.body().bytes().unwrap_or_default()),
                ),
                Err(_) => (None, Output::Nothing),
            };
            recorder.push(Step {
                operation,
                input,
                status,
                output,
            });
            outcome
        })
    }
}

/// The same answer with its body in memory: from a socket it comes in pieces.
async fn whole(
    outcome: Result<HttpResponse, ConnectorError>,
) -> Result<HttpResponse, ConnectorError> {
    let mut response = outcome?;
    let body = ByteStream::new(response.take_body()).collect().await;
    let body = body.map_err(|error| ConnectorError::io(error.into()))?;
    *response.body_mut() = SdkBody::from(body.into_bytes());
    Ok(response)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn secrets_are_left_out_at_any_depth() {
        let value = json!({"SecretString": "hunter2", "A": [{"SecretBinary": "aHVudGVyMg=="}], "Name": "x"});
        let text = redacted(value).to_string();
        assert!(
            !text.contains("hunter2") && !text.contains("aHVu"),
            "{text}"
        );
        assert!(text.contains("\"Name\":\"x\""));
    }

    #[test]
    fn so_they_are_in_forms_and_in_xml() {
        let form = input(b"Action=X&WebIdentityToken=hunter2&Name=x");
        let document = "<A><SecretAccessKey>hunter2</SecretAccessKey><Password/><Name>x</Name></A>";
        let xml = Output::read(document.as_bytes());
        assert_eq!(
            form,
            json!({"Action": "X", "WebIdentityToken": REDACTED, "Name": "x"})
        );
        assert_eq!(xml.to_string(), document.replace("hunter2", REDACTED));
        let unreadable = Output::read(b"<SecretAccessKey>hunter2");
        assert!(!unreadable.to_string().contains("hunter2"), "{unreadable}");
    }
}
