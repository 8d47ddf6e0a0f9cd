//! An answer of IAM or STS against the model: the envelope, members, values, and errors.

use super::query::{Operation, Service, Shape};
use crate::{Element, Output, Step};

/// Errors that every operation has and no model names, with the HTTP status.
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html>; code and status as they
/// have been seen.
const OF_ALL: [(&str, u16); 14] = [
    ("AccessDenied", 403),
    ("ExpiredToken", 403),
    ("IncompleteSignature", 400),
    ("InternalFailure", 500),
    ("InvalidAction", 400),
    ("InvalidClientTokenId", 403),
    ("MalformedInput", 400),
    ("MissingAction", 400),
    ("MissingAuthenticationToken", 403),
    ("RequestExpired", 400),
    ("ServiceUnavailable", 503),
    ("SignatureDoesNotMatch", 403),
    ("Throttling", 400),
    ("ValidationError", 400),
];

/// Errors that the models do not name where AWS was recorded to send them: service, operation (any if
/// empty), code, status.
const RECORDED: [(&str, &str, &str, u16); 2] = [
    // A permissions boundary that does not exist.
    ("iam", "CreateRole", "NoSuchEntity", 404),
    ("sts", "", "InvalidParameterValue", 400),
];

/// Words that AWS sends where the model has others: the end of the path, and the word.
const WORDS: [(&str, &str); 4] = [
    // The model's own documentation has it so, and not `PermissionsBoundaryPolicy`.
    (".PermissionsBoundary.PermissionsBoundaryType", "Policy"),
    // Recorded of the policy simulator.
    (".SourcePolicyType", "IAM Policy"),
    (".SourcePolicyType", "Permissions Boundary Policy"),
    (".SourcePolicyType", "Resource Policy"),
];

/// Names in answers that AWS does not bound as the model has it: the beginning of the path.
const UNBOUNDED: [&str; 1] = [
    // Recorded: what policies name, however short.
    ".ContextKeyNames[",
];

/// What AWS shows of the root user of an account, whom its model does not have in mind: neither path
/// nor name, and the account's id as its own.
const OF_ROOT: [&str; 3] = [
    ".User.Path is missing",
    ".User.UserName is missing",
    ".User.UserId: 12 is less than 16",
];

/// What of an answer the model of a service does not have.
pub(super) fn offences(of: &str, service: &Service, name: &str, step: &Step) -> Vec<String> {
    let mut offences = Offences::default();
    let operation = service.operations.get(name);
    match (step.status, &step.output) {
        (None, _) => {}
        (Some(status), Output::Xml(root)) => {
            if root.namespace.as_deref() != Some(&service.namespace) {
                offences.note(format!("the namespace is {:?}", root.namespace));
            }
            match (status, operation) {
                (200, Some(operation)) => offences.success(name, operation, root),
                (200, None) => offences.note("there is no such operation".to_owned()),
                _ => {
                    let modelled = operation.map(|operation| &operation.errors);
                    offences.refusal(status, root, |code| {
                        let modelled = modelled.and_then(|errors| errors.get(code).copied());
                        modelled.or_else(|| unmodelled(of, name, code).map(Some))
                    });
                }
            }
        }
        (Some(_), _) => offences.note("no XML".to_owned()),
    }
    offences.0
}

/// The status of an error that the model of an operation does not name.
fn unmodelled(of: &str, name: &str, code: &str) -> Option<u16> {
    let of_all = OF_ALL.iter().find(|it| it.0 == code).map(|it| it.1);
    let is_recorded = |it: &&(&str, &str, &str, u16)| {
        (it.0, it.2) == (of, code) && (it.1.is_empty() || it.1 == name)
    };
    of_all.or_else(|| RECORDED.iter().find(is_recorded).map(|it| it.3))
}

#[derive(Default)]
struct Offences(Vec<String>);

impl Offences {
    fn note(&mut self, offence: String) {
        self.0.push(offence);
    }

    /// Exactly these elements, in this order.
    fn hold(&mut self, element: &Element, expected: &[&str]) {
        let names: Vec<&str> = element.children.iter().map(|it| &*it.name).collect();
        if names != expected {
            self.note(format!(
                "{} holds {names:?}, and not {expected:?}",
                element.name
            ));
        }
    }

    fn success(&mut self, name: &str, operation: &Operation, root: &Element) {
        if root.name != format!("{name}Response") {
            self.note(format!("the root is {}", root.name));
        }
        let result = format!("{name}Result");
        match &operation.output {
            Some(output) => {
                self.hold(root, &[&result, "ResponseMetadata"]);
                if let Some(result) = root.child(&result) {
                    self.compare("", result, output);
                    self.page(result, output);
                    let arn = result.child("User").and_then(|user| user.child("Arn"));
                    if name == "GetUser" && arn.is_some_and(|arn| arn.text.ends_with(":root")) {
                        self.0
                            .retain(|offence| !OF_ROOT.contains(&offence.as_str()));
                    }
                }
            }
            None => self.hold(root, &["ResponseMetadata"]),
        }
        if let Some(metadata) = root.child("ResponseMetadata") {
            self.hold(metadata, &["RequestId"]);
            self.full(metadata);
        }
    }

    /// Every page says whether it is the last, and only the others say where the next begins.
    fn page(&mut self, result: &Element, output: &Shape) {
        let Shape::Structure(members) = output else {
            return;
        };
        if members.iter().any(|member| member.name == "IsTruncated") {
            let text_of = |name| result.child(name).map(|it| it.text.as_str());
            let (truncated, marker) = (text_of("IsTruncated"), text_of("Marker"));
            if truncated.is_none() || marker.is_some() != (truncated == Some("true")) {
                self.note(format!(
                    "IsTruncated is {truncated:?}, with the marker {marker:?}"
                ));
            }
        }
    }

    /// The codes that there are have statuses, unless the model gives them none.
    fn refusal(
        &mut self,
        status: u16,
        root: &Element,
        status_of: impl Fn(&str) -> Option<Option<u16>>,
    ) {
        if root.name != "ErrorResponse" {
            self.note(format!("the root is {}", root.name));
        }
        self.hold(root, &["Error", "RequestId"]);
        self.full(root);
        let Some(error) = root.child("Error") else {
            return;
        };
        self.hold(error, &["Type", "Code", "Message"]);
        self.full(error);
        let text = |name| error.child(name).map(|it| &*it.text).unwrap_or_default();
        let (side, code) = (text("Type"), text("Code"));
        if side != if status < 500 { "Sender" } else { "Receiver" } {
            self.note(format!("{side} is at fault with {status}"));
        }
        match status_of(code) {
            None => self.note(format!("{code:?} is no error of this operation")),
            Some(Some(known)) if known != status => {
                self.note(format!("{code} has the status {status}, and not {known}"));
            }
            Some(_) => {}
        }
    }

    /// None of its elements is without content.
    fn full(&mut self, element: &Element) {
        for child in &element.children {
            if child.text.is_empty() && child.children.is_empty() {
                self.note(format!("{} is empty", child.name));
            }
        }
    }

    fn compare(&mut self, path: &str, got: &Element, shape: &Shape) {
        match shape {
            Shape::Structure(members) => {
                self.no_text(path, got);
                for (number, child) in got.children.iter().enumerate() {
                    let path = format!("{path}.{}", child.name);
                    match members.iter().find(|member| member.name == child.name) {
                        Some(member) => self.compare(&path, child, &member.shape),
                        None => self.note(format!("{path} is no member")),
                    }
                    if got.children[..number]
                        .iter()
                        .any(|it| it.name == child.name)
                    {
                        self.note(format!("{path} is there twice"));
                    }
                }
                for member in members.iter().filter(|member| member.is_required) {
                    if got.child(&member.name).is_none() {
                        self.note(format!("{path}.{} is missing", member.name));
                    }
                }
            }
            Shape::List(of, limits) => {
                self.no_text(path, got);
                let number = i64::try_from(got.children.len()).unwrap_or(i64::MAX);
                self.limit(path, limits.offence(number));
                for (number, item) in got.children.iter().enumerate() {
                    let path = format!("{path}[{number}]");
                    if item.name != "member" {
                        self.note(format!("{path} is called {}", item.name));
                    }
                    self.compare(&path, item, of);
                }
            }
            Shape::Map(of) => {
                self.no_text(path, got);
                for entry in &got.children {
                    if entry.name != "entry" {
                        self.note(format!("{path} holds {}", entry.name));
                    }
                    self.hold(entry, &["key", "value"]);
                    let key = entry.child("key").map(|it| &*it.text).unwrap_or_default();
                    if let Some(value) = entry.child("value") {
                        self.compare(&format!("{path}.{key}"), value, of);
                    }
                }
            }
            scalar => self.scalar(path, got, scalar),
        }
    }

    fn scalar(&mut self, path: &str, got: &Element, shape: &Shape) {
        let text = got.text.as_str();
        let is_sound = got.children.is_empty()
            && match shape {
                Shape::Boolean => matches!(text, "true" | "false"),
                Shape::Integer(_) => text.parse::<i64>().is_ok_and(|it| it.to_string() == text),
                Shape::Timestamp => is_timestamp(text),
                // Where the model has no limit, nothing is a member left out.
                Shape::Text { limits, .. } => !text.is_empty() || limits.min.is_some(),
                _ => !text.is_empty(),
            };
        if !is_sound {
            self.note(format!("{path} is {got}"));
        }
        match shape {
            Shape::Integer(limits) => {
                self.limit(path, text.parse().ok().and_then(|it| limits.offence(it)));
            }
            Shape::Text { limits, words, .. } => {
                let characters = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
                if !UNBOUNDED.iter().any(|start| path.starts_with(start)) {
                    self.limit(path, limits.offence(characters));
                }
                let is_sent = |(end, word): &(&str, &str)| path.ends_with(end) && *word == text;
                if !words.is_empty()
                    && !words.iter().any(|word| word == text)
                    && !WORDS.iter().any(is_sent)
                {
                    self.note(format!("{path} is {text}, and not one of {words:?}"));
                }
            }
            _ => {}
        }
    }

    fn limit(&mut self, path: &str, offence: Option<String>) {
        if let Some(offence) = offence {
            self.note(format!("{path}: {offence}"));
        }
    }

    fn no_text(&mut self, path: &str, got: &Element) {
        if !got.text.trim().is_empty() {
            self.note(format!("{path} is {got}"));
        }
    }
}

/// `2015-08-30T12:36:00Z`: whole seconds, in UTC.
fn is_timestamp(text: &str) -> bool {
    let number = |at: std::ops::Range<usize>| text.get(at).and_then(|it| it.parse().ok());
    let is_within = |at, least: u8, most| number(at).is_some_and(|it| (least..=most).contains(&it));
    let layout: String = text
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    layout == "0000-00-00T00:00:00Z"
        && is_within(5..7, 1, 12)
        && is_within(8..10, 1, 31)
        && is_within(11..13, 0, 23)
        && is_within(14..16, 0, 59)
        && is_within(17..19, 0, 59)
}
