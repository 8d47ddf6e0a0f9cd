//! When a caller hears of what: what is malformed, what violates, what is refused by IAM, what the
//! operation refuses. Recorded in September 2026: TagUser of IAM, PutSecretValue of Secrets Manager.

use serde::Deserialize;

use super::*;
use crate::wire::aws_query::Nothing;

struct Greet;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Input {
    name: String,
}

impl Operation for Greet {
    const NAME: &'static str = "Greet";
    const MEMBERS: &'static [Member] = &[
        Member::string("Name", 1, 9).required(),
        Member::integer("Times", 1, 9),
    ];
    const UNREAD: &'static [&'static str] = &["Voice"];
    type Input = Input;
    type Output = Nothing;
    type Error = Fault;

    fn check(input: &Input) -> Result<(), Fault> {
        match &*input.name {
            "invalid" => Err(Fault::invalid(Protocol::Query, "No such name.")),
            "reserved" => Err(Fault::modelled("InvalidInput", 400, "Not this name.")),
            _ => Ok(()),
        }
    }

    fn demands(_input: &Input, _call: &mut Call<'_>) -> Vec<Demand> {
        Vec::new()
    }

    fn run(_input: Authorized<'_, Input>, _call: &mut Call<'_>) -> Result<Nothing, Fault> {
        Ok(Nothing {})
    }
}

/// What is said before the caller is authorized.
fn at_once(protocol: Protocol, input: &'static str) -> Option<&'static str> {
    let parameters = aws_query::Parameters::parse(input.as_bytes());
    let body = Bytes::from_static(input.as_bytes());
    let read = read::<Greet>(&body, &parameters, protocol);
    read.err().map(|fault| fault.code)
}

#[test]
fn the_error_decides_when_a_caller_of_iam_hears_of_it() {
    for (form, expected) in [
        ("Name=ann", None),
        ("Name=reserved", None),
        ("Name=invalid", Some("ValidationError")),
        ("Name=ann&Voice=low", Some("ValidationError")),
        ("Name=ann&Voice.member.1=low", Some("ValidationError")),
        ("Name=ann&Voices=low", None),
        ("Name=", Some("ValidationError")),
        ("Name=reserved&Times=0", Some("ValidationError")),
        ("Name=invalid&Times=many", Some("MalformedInput")),
        ("Times=many", Some("MalformedInput")),
    ] {
        assert_eq!(at_once(Protocol::Query, form), expected, "{form}");
    }
}

#[test]
fn a_caller_of_secrets_manager_is_authorized_first() {
    for (body, expected) in [
        (r#"{"Name": "ann"}"#, None),
        (r#"{"Name": "reserved"}"#, None),
        (r#"{"Name": "invalid"}"#, None),
        (r#"{"Name": ""}"#, None),
        (r#"{"Name": 5}"#, Some("SerializationException")),
    ] {
        assert_eq!(at_once(Protocol::Json, body), expected, "{body}");
    }
}
