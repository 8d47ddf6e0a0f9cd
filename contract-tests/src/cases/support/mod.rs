//! What cases share: typed and raw calls, AWS's errors, policies, sentences of denial.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::error::{ProvideErrorMetadata, SdkError};
use serde_json::Value;

mod conditions;
mod iam;
mod pairs;
mod places;
mod records;
mod replicas;
mod rights;
mod simulation;
mod sts;

pub(super) use self::conditions::*;
pub(super) use self::iam::*;
pub(super) use self::pairs::*;
pub(super) use self::places::*;
pub(super) use self::records::*;
pub(super) use self::replicas::*;
pub(super) use self::rights::*;
pub(super) use self::simulation::*;
pub(super) use self::sts::*;

use crate::{Answer, Context, Credentials, Raw};

pub(super) const NOT_FOUND: &str = "Secrets Manager can't find the specified secret.";
pub(super) const MARKED_FOR_DELETION: &str =
    "You can't perform this operation on the secret because it was marked for deletion.";
pub(super) const NO_TOKEN: &str =
    "You must provide a ClientRequestToken value. We recommend a UUID-type value.";

/// Code and message of a refusal.
#[track_caller]
pub(super) fn refused<T, E, R>(outcome: Result<T, SdkError<E, R>>) -> (String, String)
where
    T: Debug,
    E: ProvideErrorMetadata + Debug,
    R: Debug,
{
    match outcome {
        Err(SdkError::ServiceError(error)) => {
            let error = error.into_err();
            let part = |text: Option<&str>| text.unwrap_or_default().to_owned();
            (part(error.code()), part(error.message()))
        }
        Err(other) => panic!("no refusal by the service: {other:?}"),
        Ok(answer) => panic!("not refused: {answer:?}"),
    }
}

/// As [`refused`] gives it.
pub(super) fn error(code: &str, message: impl Into<String>) -> (String, String) {
    (code.to_owned(), message.into())
}

/// The refusal of a secret that does not exist.
pub(super) fn not_found() -> (String, String) {
    error("ResourceNotFoundException", NOT_FOUND)
}

/// The refusal of a secret that is scheduled for deletion.
pub(super) fn marked_for_deletion() -> (String, String) {
    error("InvalidRequestException", MARKED_FOR_DELETION)
}

/// One violated constraint of the model, in AWS's words. The value is none where it is sensitive.
pub(super) fn violation(value: Option<&str>, path: &str, rule: &str) -> (String, String) {
    let shown = value.map(|value| format!("'{value}' ")).unwrap_or_default();
    let text = format!(
        "1 validation error detected: Value {shown}at '{path}' failed to satisfy constraint: Member must {rule}"
    );
    error("ValidationException", text)
}

/// The body of an error that the model knows, byte for byte.
pub(super) fn modelled(code: &str, message: &str) -> String {
    let message = Value::from(message);
    format!(r#"{{"__type":"{code}","Message":{message}}}"#)
}

/// The body of an error that the model does not know, byte for byte.
pub(super) fn unmodelled(code: &str, message: &str) -> String {
    let message = Value::from(message);
    format!(r#"{{"__type":"{code}","message":{message}}}"#)
}

/// A token as SDKs send them.
#[allow(clippy::disallowed_methods)]
pub(super) fn token() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// A word of letters that no other run uses, and that begins no other word.
pub(super) fn word(c: &Context) -> String {
    let run = c.entity("");
    let letters = run.bytes().filter(u8::is_ascii_hexdigit).map(|byte| {
        let digit = char::from(byte).to_digit(16).unwrap_or_default();
        char::from_digit(digit + 18, 36).unwrap_or_default()
    });
    "q".chars().chain(letters).collect()
}

/// A raw call as whoever may do everything.
pub(super) async fn call(c: &Context, operation: &str, input: &Value) -> Answer {
    send(c, c.target().root(), operation, input).await
}

/// A raw call as somebody.
pub(super) async fn send(c: &Context, who: &Credentials, operation: &str, input: &Value) -> Answer {
    let target = format!("secretsmanager.{operation}");
    let request = Raw::json(&target, input.to_string()).signed_by(who);
    request.send(c).await
}

/// A raw call that must succeed.
pub(super) async fn ok(c: &Context, operation: &str, input: &Value) -> Value {
    let answer = call(c, operation, input).await;
    assert_eq!(answer.status, 200, "{operation}: {}", answer.body);
    answer.json()
}

/// Makes a secret with a value; gives its ARN and the id of its version.
pub(super) async fn secret(client: &Client, name: &str, value: &str) -> (String, String) {
    let made = client.create_secret().name(name).secret_string(value);
    let made = made.send().await.unwrap();
    (made.arn.unwrap(), made.version_id.unwrap())
}

/// Schedules a secret's deletion, with the usual window.
pub(super) async fn schedule_deletion(client: &Client, id: &str) {
    client.delete_secret().secret_id(id).send().await.unwrap();
}

/// Puts a value under labels, or as the current one; gives the id of the version.
pub(super) async fn put(client: &Client, id: &str, value: &str, labels: &[&str]) -> String {
    let mut request = client.put_secret_value().secret_id(id).secret_string(value);
    for label in labels {
        request = request.version_stages(*label);
    }
    request.send().await.unwrap().version_id.unwrap()
}

/// Versions with their labels.
pub(super) type Labels = BTreeMap<String, BTreeSet<String>>;

/// The labels of the versions that are listed.
pub(super) async fn labels(client: &Client, id: &str) -> Labels {
    let listed = client.list_secret_version_ids().secret_id(id).send().await;
    let versions = listed.unwrap().versions.unwrap_or_default();
    let entry = |version: aws_sdk_secretsmanager::types::SecretVersionsListEntry| {
        let labels = version.version_stages.unwrap_or_default();
        (version.version_id.unwrap(), labels.into_iter().collect())
    };
    versions.into_iter().map(entry).collect()
}

/// As [`labels`] gives them.
pub(super) fn labelled(versions: &[(&String, &[&str])]) -> Labels {
    let set = |labels: &[&str]| labels.iter().map(|label| (*label).to_owned()).collect();
    let entry = |(id, labels): &(&String, &[&str])| ((*id).clone(), set(labels));
    versions.iter().map(entry).collect()
}

/// Takes members out of an object that must be dates: seconds since 1970, at most milliseconds.
#[track_caller]
pub(super) fn take_dates(object: &mut Value, members: &[&str]) -> Vec<f64> {
    let map = object.as_object_mut().unwrap();
    let take = |name: &&str| {
        let date = map.remove(*name).unwrap_or(Value::Null);
        let text = date.to_string();
        let decimals = text
            .split_once('.')
            .map_or(0, |(_, decimals)| decimals.len());
        let seconds = date.as_f64().unwrap_or_default();
        assert!(decimals <= 3 && seconds > 1.5e9, "{name}: {text}");
        seconds
    };
    members.iter().map(take).collect()
}

/// Code and message of a refusal in awsJson, which must be a 400.
#[track_caller]
pub(super) fn fault(answer: &Answer) -> (String, String) {
    assert_eq!(answer.status, 400, "{}", answer.body);
    let body = answer.json();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let message = body.get("Message").or_else(|| body.get("message"));
    (text(&body["__type"]), message.map(text).unwrap_or_default())
}
