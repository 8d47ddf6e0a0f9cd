//! What Sekisho tells of requests, beside what AWS answers.

use std::convert::Infallible;

use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_types::body::SdkBody;
use serde_json::Value;

use crate::{Answer, Context};

/// Sekisho's record of the request that was answered so; a query may ask it to explain.
pub(in crate::cases) async fn record(c: &Context, answer: &Answer, query: &str) -> Value {
    let id = answer.header("x-amzn-requestid").unwrap();
    let base = c.target().url().unwrap_or("https://sekisho.test");
    let path = format!("/_sekisho/requests/{id}{query}");
    let request = http::Request::get(&path).body(SdkBody::empty()).unwrap();
    let operation = Operation::builder()
        .service_name("sekisho-contract")
        .operation_name("GetRequest")
        .http_client(c.target().http_client())
        .endpoint_url(base)
        .no_auth()
        .no_retry()
        .serializer(Ok)
        .deserializer(|response: &HttpResponse| {
            let body = response.body().bytes().map(<[u8]>::to_vec);
            Ok::<_, OrchestratorError<Infallible>>((response.status().as_u16(), body))
        })
        .build();
    let request = HttpRequest::try_from(request).unwrap();
    let (status, body) = operation.invoke(request).await.unwrap();
    assert_eq!(status, 200, "{path}");
    serde_json::from_slice(&body.unwrap_or_default()).unwrap()
}
