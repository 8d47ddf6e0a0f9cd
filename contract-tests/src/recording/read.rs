//! The files. Whatever the format does not know is refused, so that no typing error passes for a
//! fact that was not recorded.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

/// One recording: calls in their order, and what was answered.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Recording {
    /// The version of the format.
    pub format: u32,
    /// Service, topic and name; the file's path says the same.
    pub case: String,
    /// Who answered.
    pub target: String,
    /// How it was written down.
    pub kind: Kind,
    /// When it was recorded, as exactly as is known.
    pub date: Option<String>,
    /// The region it was recorded in.
    pub region: Option<String>,
    /// The client it was recorded with.
    pub sdk: Option<String>,
    /// Who published it.
    pub source: Option<String>,
    /// How sure it is.
    #[serde(default)]
    pub evidence: Evidence,
    /// What the calls alone do not say.
    pub note: Option<String>,
    /// What the target must offer.
    #[serde(default)]
    pub needs: Vec<Need>,
    /// Placeholders whose values matter.
    #[serde(default)]
    pub given: BTreeMap<String, String>,
    /// The calls.
    pub steps: Vec<Step>,
}

/// How a recording was written down.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// By a program that made the calls.
    Recorded,
    /// By hand, from what others published.
    Transcribed,
}

/// How sure a transcribed recording is.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Default, Debug)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// Its source recorded it on AWS.
    #[default]
    Recorded,
    /// Its source shows AWS's words, and not when and how it met them.
    Pasted,
}

/// What a recording demands of its target.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    /// A rotation function, whose part the recording plays itself.
    #[serde(rename = "lambda")]
    Lambda,
    /// A second account.
    #[serde(rename = "two accounts")]
    TwoAccounts,
}

/// One call and its answer.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The operation.
    pub call: String,
    /// The request's members.
    pub input: Map<String, Value>,
    /// Whether the source vouches for the whole answer; false for steps that set the scene.
    #[serde(default = "yes")]
    pub asserted: bool,
    /// Who calls, if it is not the one the recording is about.
    pub by: Option<Player>,
    /// Whose credentials sign, if not those of the secret's account.
    #[serde(rename = "as")]
    pub signer: Option<Signer>,
    /// The region that is called, if it is not the usual one.
    pub region: Option<String>,
    /// The call has no ClientRequestToken, though its operation takes one.
    #[serde(default)]
    pub no_token: bool,
    /// Members whose lists have no order.
    #[serde(default)]
    pub unordered: Vec<String>,
    /// What the recorder waited for; an emulator is immediate.
    pub wait: Option<String>,
    /// What the call alone does not say.
    pub note: Option<String>,
    /// The answer.
    pub output: Output,
}

/// A part that somebody else plays on AWS.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub enum Player {
    /// The rotation function.
    Function,
}

/// Whose credentials sign.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signer {
    /// The root of another account.
    #[serde(rename = "other account")]
    OtherAccount,
}

/// An answer.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// The HTTP status.
    pub status: u16,
    /// The body: null if it has no members, absent if only the status was recorded.
    #[serde(default, deserialize_with = "present")]
    pub body: Option<Value>,
    /// The error's type, for a refusal.
    pub error: Option<String>,
    /// The error's message.
    pub message: Option<String>,
    /// The member that held the message; absent if that was not recorded.
    pub message_key: Option<String>,
}

fn yes() -> bool {
    true
}

/// A null that is there is a value.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

impl Recording {
    /// Reads one from its text; the case is what its path says.
    pub fn parse(text: &str, case: &str) -> Result<Self, String> {
        let recording: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if recording.format != 1 {
            return Err(format!("format {} is not known", recording.format));
        }
        if recording.case != case {
            return Err(format!("calls itself {}", recording.case));
        }
        if recording.steps.is_empty() {
            return Err("has no steps".to_owned());
        }
        for (index, step) in recording.steps.iter().enumerate() {
            step.check()
                .map_err(|error| format!("step {}: {error}", index + 1))?;
        }
        Ok(recording)
    }
}

impl Step {
    /// An answer is a refusal with its words, or a body, or a status alone.
    fn check(&self) -> Result<(), String> {
        let output = &self.output;
        let is_refusal = output.error.is_some();
        if is_refusal != (output.status >= 400) || is_refusal != output.message.is_some() {
            return Err("status, error and message do not fit".to_owned());
        }
        if is_refusal && output.body.is_some() || !is_refusal && output.message_key.is_some() {
            return Err("an answer is either an error or a body".to_owned());
        }
        match output.message_key.as_deref() {
            None | Some("Message" | "message") => Ok(()),
            Some(other) => Err(format!("no error has its message in {other}")),
        }
    }
}

/// The folder of all recordings.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/recordings/aws")
}

/// The cases there are, in order.
pub fn cases() -> Result<Vec<String>, String> {
    let (mut found, mut folders) = (Vec::new(), vec![folder()]);
    let in_words = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| in_words(&folder, error))? {
            let path = entry.map_err(|error| in_words(&folder, error))?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let relative = path.strip_prefix(self::folder()).unwrap_or(&path);
            let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
            // Beside the topics are files of other shapes.
            let case = relative.with_extension("");
            if parts.len() > 2 && relative.extension().is_some_and(|end| end == "json") {
                found.push(case.to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The file of a case, from the top of the repository.
pub fn file(case: &str) -> String {
    format!("fixtures/recordings/aws/{case}.json")
}

/// Reads a case.
pub fn read(case: &str) -> Result<Recording, String> {
    let path = folder().join(format!("{case}.json"));
    let in_words = |error: &dyn std::fmt::Display| format!("{}: {error}", file(case));
    let text = fs::read_to_string(path).map_err(|error| in_words(&error))?;
    Recording::parse(&text, case).map_err(|error| in_words(&error))
}
