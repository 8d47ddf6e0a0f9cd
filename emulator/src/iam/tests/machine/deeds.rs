//! What the holders of keys do, where it is verified and decided.

use serde_json::{Value, json};

use super::asking::{Outcome, credentials, outcome, same};
use super::reference::{Deed, Kind};
use super::run::Machine;
use super::wire::{self, Credentials};

impl Machine {
    /// The holder of a key does something.
    pub(super) fn act(&mut self, key: usize, deed: Deed, role: &str) -> Outcome {
        if self.held.is_empty() {
            return Ok(());
        }
        let by = self.held[key % self.held.len()].clone();
        let session = format!("s{}", self.held.len());
        let (service, operation) = deed.operation();
        let input = match deed {
            Deed::Assume => json!({"RoleArn": role, "RoleSessionName": session}),
            Deed::Read => json!({"SecretId": "s"}),
            Deed::Identify | Deed::AskForSession | Deed::LookAtItself => json!({}),
        };
        self.trace.push(format!("{} {operation} {input}", by.id));
        if deed == Deed::Assume {
            self.assume_unasked(&by, &input)?;
        }
        let answer = wire::ask(&self.strict, &by, service, operation, &input);
        let mut got = outcome(operation, answer)?;
        let whole = got.clone().unwrap_or_default();
        let reference = &mut self.reference;
        let wanted = reference.answer_holder(&by.id, deed, role, &session, &whole);
        if let Ok(got) = &mut got {
            if whole["Credentials"].is_object() {
                self.held.push(credentials(&whole["Credentials"]));
            }
            *got = match deed {
                Deed::Assume => json!({"AssumedRoleUser": whole["AssumedRoleUser"]}),
                Deed::Read => json!({"SecretString": whole["SecretString"]}),
                Deed::AskForSession => Value::Null,
                Deed::Identify | Deed::LookAtItself => whole,
            };
        }
        same(self.trace.last().unwrap(), &got, wanted)
    }

    /// Where nothing is denied, whatever role there is can be assumed, and no other.
    fn assume_unasked(&self, by: &Credentials, input: &Value) -> Outcome {
        let operation = "AssumeRole";
        let got = outcome(
            operation,
            wire::ask(&self.open, by, "sts", operation, input),
        )?;
        let mut roles = self.reference.entities.values();
        let is_there = roles.any(|it| it.kind == Kind::Role && input["RoleArn"] == it.arn());
        match got {
            Ok(_) if is_there => Ok(()),
            Err(code) if !is_there && code == "AccessDenied" => Ok(()),
            got => Err(format!(
                "{input} is answered {got:?} where nothing is denied"
            )),
        }
    }
}
