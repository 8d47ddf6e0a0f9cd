//! Makes the calls of a recording, and says where the answers differ.

use std::fmt;

use serde_json::{Map, Value};

use super::matching::{Mismatch, Rules, compare};
use super::read::{self, Output, Signer, Step};
use super::{Bindings, Recording};
use crate::target::rotation_function;
use crate::{Answer, Context, Credentials, Raw, Target};

/// Operations whose ClientRequestToken every SDK fills in.
const TAKE_A_TOKEN: [&str; 4] = [
    "CreateSecret",
    "PutSecretValue",
    "RotateSecret",
    "UpdateSecret",
];

/// The account of a replay in this process.
pub const ACCOUNT: &str = "111122223333";
/// The other account of a replay in this process.
pub const OTHER_ACCOUNT: &str = "444455556666";

/// The first step that was answered otherwise than recorded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    /// The recording's file.
    pub file: String,
    /// Which step, from 1.
    pub step: usize,
    /// Its operation.
    pub call: String,
    /// In what its answer differs.
    pub mismatches: Vec<Mismatch>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  step {}, {}", self.file, self.step, self.call)?;
        let mut lines = self.mismatches.iter();
        lines.try_for_each(|mismatch| write!(f, "\n    {mismatch}"))
    }
}

/// Accounts that hold nothing yet, and names that nobody else uses.
pub struct World {
    context: Context,
    account: Credentials,
    other: Credentials,
    /// What placeholders stand for.
    pub bindings: Bindings,
}

impl World {
    /// An empty world on a target. Two accounts do for an emulator in this process; a server may
    /// hold what other runs have left, and gives new ones.
    pub fn new(target: Target) -> Self {
        let (account, other) = match target.as_emulator() {
            Some(_) => (ACCOUNT.to_owned(), OTHER_ACCOUNT.to_owned()),
            None => (fresh_account(), fresh_account()),
        };
        let region = target.region().to_owned();
        let context = Context::new(target);
        let mut bindings = Bindings::default();
        bindings.set("name", context.name("recorded"));
        bindings.set("unknown", context.name("unknown"));
        bindings.set("token", fresh_uuid());
        bindings.set("fresh_uuid", fresh_uuid());
        bindings.set("lambda", rotation_function(&region, &account));
        bindings.set("region", region);
        bindings.set("account", &account);
        bindings.set("other_account", &other);
        // Emulators agree that a number of twelve digits is the key of an account's root.
        Self {
            context,
            account: Credentials::new(account, "test"),
            other: Credentials::new(other, "test"),
            bindings,
        }
    }

    /// One call, with placeholders replaced.
    pub async fn call(&self, step: &Step) -> Result<Answer, Mismatch> {
        let input = self.bindings.fill_all(&step.input);
        let mut input = input.map_err(|error| Mismatch {
            path: "input".to_owned(),
            expected: "values for all placeholders".to_owned(),
            got: error,
        })?;
        if !step.no_token {
            fill_in_token(&step.call, &mut input);
        }
        let signer = match step.signer {
            Some(Signer::OtherAccount) => &self.other,
            None => &self.account,
        };
        Ok(self
            .send(&step.call, input, signer, step.region.as_deref())
            .await)
    }

    /// A call of the account itself that belongs to no recording.
    pub async fn arrange(&self, call: &str, mut input: Map<String, Value>) -> Answer {
        fill_in_token(call, &mut input);
        self.send(call, input, &self.account, None).await
    }

    async fn send(
        &self,
        call: &str,
        input: Map<String, Value>,
        signer: &Credentials,
        region: Option<&str>,
    ) -> Answer {
        let target = format!("secretsmanager.{call}");
        let mut request = Raw::json(&target, Value::from(input).to_string()).signed_by(signer);
        if let Some(region) = region {
            request = request.in_region(region);
        }
        request.send(&self.context).await
    }
}

/// As SDKs do.
fn fill_in_token(call: &str, input: &mut Map<String, Value>) {
    if TAKE_A_TOKEN.contains(&call) {
        let token = input.entry("ClientRequestToken".to_owned());
        token.or_insert_with(|| fresh_uuid().into());
    }
}

/// Replays a recording to its end, or to the first step that is answered otherwise.
pub async fn replay(recording: &Recording, target: Target) -> Result<(), Report> {
    let mut world = World::new(target);
    for (name, value) in &recording.given {
        world.bindings.set(name, value);
    }
    for (index, step) in recording.steps.iter().enumerate() {
        let mismatches = match world.call(step).await {
            Ok(answer) => differences(step, &answer, &mut world.bindings),
            Err(mismatch) => vec![mismatch],
        };
        if !mismatches.is_empty() {
            return Err(Report {
                file: read::file(&recording.case),
                step: index + 1,
                call: step.call.clone(),
                mismatches,
            });
        }
    }
    Ok(())
}

/// In what an answer differs from the recorded one.
pub fn differences(step: &Step, answer: &Answer, bindings: &mut Bindings) -> Vec<Mismatch> {
    let output = &step.output;
    if answer.status != output.status {
        return vec![Mismatch {
            path: "status".to_owned(),
            expected: output.status.to_string(),
            got: format!("{} {}", answer.status, answer.body),
        }];
    }
    let rules = Rules {
        lenient: !step.asserted,
        unordered: &step.unordered,
    };
    let got = match &*answer.body {
        "" => Value::Object(Map::new()),
        text => serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)),
    };
    match expected(output, &got) {
        Some(expected) => compare(&expected, &got, rules, bindings),
        None => Vec::new(),
    }
}

/// The body that an answer must have; none if it was not recorded.
fn expected(output: &Output, got: &Value) -> Option<Value> {
    let (Some(error), Some(message)) = (&output.error, &output.message) else {
        return match output.body.clone()? {
            Value::Null => Some(Value::Object(Map::new())),
            body => Some(body),
        };
    };
    // Where the member's name was not recorded, either will do, and not both.
    let key = output
        .message_key
        .as_deref()
        .unwrap_or_else(|| match got.get("message") {
            Some(_) => "message",
            None => "Message",
        });
    let members = [("__type", error), (key, message)];
    let members = members.map(|(name, text)| (name.to_owned(), text.clone().into()));
    Some(Map::from_iter(members).into())
}

#[allow(clippy::disallowed_methods)]
fn fresh_uuid() -> String {
    uuid::Uuid::new_v4().to_string()
}

#[allow(clippy::disallowed_methods)]
fn fresh_account() -> String {
    let number = uuid::Uuid::new_v4().as_u128() % 900_000_000_000 + 100_000_000_000;
    number.to_string()
}
