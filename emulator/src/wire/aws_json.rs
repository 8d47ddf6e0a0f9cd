//! awsJson 1.1: the body is the input, the answer is the output.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::constraints::{Refused, check};
use super::{Fault, Member, MessageMember, Protocol};

/// An input as far as it could be read.
pub enum Read<T> {
    /// All of it is as the model has it.
    Sound(T),
    /// It violates constraints of the model.
    Violating {
        /// The input, if it has its type all the same.
        input: Option<T>,
        /// What is to be said of it.
        fault: Fault,
    },
}

/// Reads a body into an operation's input. An empty body is an empty input.
pub fn read<T: DeserializeOwned>(members: &[Member], body: &[u8]) -> Result<Read<T>, Fault> {
    let input = if body.iter().all(u8::is_ascii_whitespace) {
        Map::new()
    } else {
        match serde_json::from_slice(body) {
            Ok(Value::Object(map)) => map,
            // The reader's own words might quote the body, which may hold a secret.
            Ok(_) | Err(_) => {
                return Err(Fault::malformed(
                    Protocol::Json,
                    "The request body is not a JSON object.",
                ));
            }
        }
    };
    typed(Protocol::Json, members, input)
}

/// Checks an input tree and reads it into its type.
pub(super) fn typed<T: DeserializeOwned>(
    protocol: Protocol,
    members: &[Member],
    mut input: Map<String, Value>,
) -> Result<Read<T>, Fault> {
    let checked = check(protocol, members, &mut input);
    let input = serde_json::from_value(Value::Object(input));
    match (checked, input) {
        (Ok(()), Ok(input)) => Ok(Read::Sound(input)),
        (Ok(()), Err(_)) => Err(Fault::malformed(
            protocol,
            "The request body can not be read.",
        )),
        (Err(Refused::Type(text)), _) => Err(Fault::malformed(protocol, text)),
        (Err(Refused::Constraints(violations)), input) => Ok(Read::Violating {
            input: input.ok(),
            fault: Fault::validation(protocol, &violations),
        }),
    }
}

/// Room for most answers, so that writing one need not grow its buffer.
const USUAL_ANSWER: usize = 512;

/// The body of an answer. An operation without output has none, not even braces.
pub fn body(output: &impl Serialize) -> Result<Vec<u8>, serde_json::Error> {
    let mut body = Vec::with_capacity(USUAL_ANSWER);
    serde_json::to_writer(&mut body, output)?;
    if body == b"null" {
        body.clear();
    }
    Ok(body)
}

/// The body of a refusal, `__type` first and without spaces, as AWS sends it.
pub(super) fn error_body(fault: &Fault) -> Vec<u8> {
    let text = |text: &str| Value::from(text).to_string();
    let mut body = format!("{{\"__type\":{}", text(fault.code));
    if let Some(message) = &fault.message {
        let member = match fault.member {
            MessageMember::Upper => "Message",
            MessageMember::Lower => "message",
        };
        body.push_str(&format!(",\"{member}\":{}", text(message)));
    }
    body.push('}');
    body.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(fault: &Fault) -> String {
        String::from_utf8(error_body(fault)).unwrap()
    }

    #[test]
    fn error_bodies_have_aws_s_form() {
        let modelled = Fault::modelled("ResourceNotFoundException", 400, "Can't \"find\"");
        assert_eq!(
            error(&modelled),
            r#"{"__type":"ResourceNotFoundException","Message":"Can't \"find\""}"#
        );
        let unknown = Fault::unknown_operation(Protocol::Json, "Nope", "");
        assert_eq!(error(&unknown), r#"{"__type":"UnknownOperationException"}"#);
    }

    #[test]
    fn bodies_that_are_no_object_are_refused_without_being_quoted() {
        for body in [
            "[]",
            "\"hunter2\"",
            "{",
            "{\"a\":hunter2}",
            "\u{feff}{}",
            "1",
        ] {
            let Err(fault) = read::<Value>(&[], body.as_bytes()) else {
                panic!("{body}");
            };
            assert_eq!(fault.code, "SerializationException");
            assert!(!error(&fault).contains("hunter2"));
        }
        assert!(read::<Value>(&[], b"\xff\xfe").is_err());
        assert!(read::<Value>(&[], "[".repeat(100_000).as_bytes()).is_err());
        assert!(read::<Value>(&[], b"").is_ok());
    }
}
