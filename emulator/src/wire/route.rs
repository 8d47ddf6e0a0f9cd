//! Which service and operation a request asks for, from what protocols put into it: the target
//! header, the `Version` parameter, then the credential scope. Never reads an input.

use std::borrow::Cow;

use http::{HeaderMap, Method, header};

use super::Protocol;
use super::aws_query::Parameters;

/// What a service is called on the wire.
#[derive(Debug)]
pub struct Endpoint {
    /// The name in credential scopes and action prefixes, such as `secretsmanager`.
    pub name: &'static str,
    /// Its protocol.
    pub protocol: Protocol,
    /// awsJson: what stands before the dot of `X-Amz-Target`. awsQuery: the XML namespace.
    pub marker: &'static str,
    /// The API version, which awsQuery requests carry.
    pub version: &'static str,
    /// awsQuery: whether it answers in JSON whoever accepts that.
    pub speaks_json: bool,
    /// How far a signature's date may be from ours, in minutes.
    pub skew_minutes: u64,
}

/// What a request asks for.
pub struct Asked {
    /// Which of the endpoints, by its place in the list.
    pub endpoint: usize,
    /// The operation's name as sent; none if there is none.
    pub operation: Option<String>,
    /// awsQuery: the parameters, read once.
    pub parameters: Parameters,
}

/// A request that no service here takes.
#[derive(PartialEq, Eq, Debug)]
pub struct Foreign {
    /// The service the client seems to have meant.
    pub service: Option<String>,
    /// The protocol to refuse it in.
    pub protocol: Protocol,
}

/// Finds the endpoint and the operation.
pub fn route(
    endpoints: &[&Endpoint],
    method: &Method,
    path: &str,
    query: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Asked, Foreign> {
    if let Some(target) = headers.get("x-amz-target") {
        let mut asked = by_target(endpoints, target.to_str().unwrap_or_default())?;
        // awsJson knows one method and one path; what else comes in is no operation of it.
        if *method != Method::POST || path != "/" {
            asked.operation = None;
        }
        return Ok(asked);
    }
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let form = content_type.starts_with("application/x-www-form-urlencoded");
    // A presigned POST, as boto3 makes it, has its parameters in the query and an empty body.
    let parameters = match *method {
        Method::POST if form && !body.is_empty() => Parameters::parse(body),
        _ => Parameters::parse(query.as_bytes()),
    };
    let scoped = scope_service(headers, &parameters);
    let by_version = parameters.get("Version").and_then(|version| {
        find(endpoints, |endpoint| {
            endpoint.protocol == Protocol::Query && endpoint.version == version
        })
    });
    let by_scope = scoped
        .as_deref()
        .and_then(|name| find(endpoints, |endpoint| endpoint.name == name));
    match by_version.or(by_scope) {
        Some(endpoint) => {
            let operation = parameters
                .get("Action")
                .filter(|action| !action.is_empty())
                .map(str::to_owned);
            Ok(Asked {
                endpoint,
                operation,
                parameters,
            })
        }
        None => {
            let json = content_type.contains("json");
            let protocol = if json {
                Protocol::Json
            } else {
                Protocol::Query
            };
            Err(Foreign {
                service: scoped.map(Cow::into_owned),
                protocol,
            })
        }
    }
}

fn by_target(endpoints: &[&Endpoint], target: &str) -> Result<Asked, Foreign> {
    let (prefix, operation) = target.rsplit_once('.').unwrap_or((target, ""));
    match find(endpoints, |endpoint| {
        endpoint.protocol == Protocol::Json && endpoint.marker == prefix
    }) {
        Some(endpoint) => {
            let operation = (!operation.is_empty()).then(|| operation.to_owned());
            Ok(Asked {
                endpoint,
                operation,
                parameters: Parameters::default(),
            })
        }
        None => Err(Foreign {
            service: Some(prefix.to_owned()),
            protocol: Protocol::Json,
        }),
    }
}

fn find(endpoints: &[&Endpoint], is: impl Fn(&Endpoint) -> bool) -> Option<usize> {
    endpoints.iter().position(|endpoint| is(endpoint))
}

/// The fourth part of the credential, which names the service; only a hint here, verified later.
fn scope_service<'a>(headers: &'a HeaderMap, parameters: &'a Parameters) -> Option<Cow<'a, str>> {
    let header = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let credential = match header {
        Some(value) => value
            .split_once("Credential=")?
            .1
            .split([',', ' '])
            .next()?,
        None => parameters.get("X-Amz-Credential")?,
    };
    credential.split('/').rev().nth(1).map(Cow::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENDPOINTS: &[&Endpoint] = &[
        &Endpoint {
            name: "secretsmanager",
            protocol: Protocol::Json,
            marker: "secretsmanager",
            version: "",
            speaks_json: false,
            skew_minutes: 5,
        },
        &Endpoint {
            name: "iam",
            protocol: Protocol::Query,
            marker: "urn:iam",
            version: "2010-05-08",
            speaks_json: false,
            skew_minutes: 15,
        },
    ];

    fn ask(
        method: Method,
        query: &str,
        headers: &[(&'static str, &str)],
        body: &str,
    ) -> Result<(usize, Option<String>), Foreign> {
        let headers = headers
            .iter()
            .map(|(name, value)| (http::HeaderName::from_static(name), value.parse().unwrap()))
            .collect();
        let (path, query) = query.split_once('?').unwrap_or(("/", query));
        route(ENDPOINTS, &method, path, query, &headers, body.as_bytes())
            .map(|asked| (asked.endpoint, asked.operation))
    }

    #[test]
    fn each_protocol_names_its_service() {
        let form = [(
            "content-type",
            "application/x-www-form-urlencoded; charset=utf-8",
        )];
        let scope = [(
            "authorization",
            "AWS4-HMAC-SHA256 Credential=AK/20260101/us-east-1/iam/aws4_request, SignedHeaders=host",
        )];
        let target = |target| [("x-amz-target", target)];
        let get = Some("GetSecretValue".to_owned());
        assert_eq!(
            ask(
                Method::POST,
                "",
                &target("secretsmanager.GetSecretValue"),
                ""
            ),
            Ok((0, get))
        );
        assert_eq!(
            ask(Method::POST, "", &target("secretsmanager."), ""),
            Ok((0, None))
        );
        assert_eq!(
            ask(Method::POST, "", &form, "Action=A&Version=2010-05-08"),
            Ok((1, Some("A".to_owned())))
        );
        assert_eq!(
            ask(Method::GET, "Action=A&Version=2010-05-08", &[], ""),
            Ok((1, Some("A".to_owned())))
        );
        assert_eq!(ask(Method::POST, "", &scope, ""), Ok((1, None)));
    }

    #[test]
    fn json_is_posted_to_the_root() {
        let target = [("x-amz-target", "secretsmanager.GetSecretValue")];
        for (method, url) in [(Method::GET, ""), (Method::PUT, ""), (Method::POST, "/x?")] {
            assert_eq!(ask(method, url, &target, "{}"), Ok((0, None)));
        }
    }

    #[test]
    fn other_services_are_named() {
        let foreign = |service: Option<&str>, protocol| {
            Err(Foreign {
                service: service.map(str::to_owned),
                protocol,
            })
        };
        let dynamo = [("x-amz-target", "DynamoDB_20120810.ListTables")];
        assert_eq!(
            ask(Method::POST, "", &dynamo, "{}"),
            foreign(Some("DynamoDB_20120810"), Protocol::Json)
        );
        let s3 = [(
            "authorization",
            "AWS4-HMAC-SHA256 Credential=AK/20260101/us-east-1/s3/aws4_request, SignedHeaders=host",
        )];
        assert_eq!(
            ask(Method::GET, "list-type=2", &s3, ""),
            foreign(Some("s3"), Protocol::Query)
        );
        assert_eq!(
            ask(Method::GET, "", &[], ""),
            foreign(None, Protocol::Query)
        );
    }
}
