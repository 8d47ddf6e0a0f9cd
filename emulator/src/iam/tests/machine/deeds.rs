//! What the holders of keys do, where it is verified and decided.

use serde_json::{Value, json};

use super::asking::{Outcome, credentials, outcome, same};
use super::reference::{Deed, Entity, Kind};
use super::run::Machine;
use super::wire::{self, Credentials};

const NO_ROLE: &str = "arn:aws:iam::000000000000:role/none";

impl Machine {
    /// The ARN of a role that the holder of a key may assume, or of any.
    pub(super) fn role_for(&self, key: usize, number: usize, may: bool) -> String {
        let by = key.checked_rem(self.held.len()).map(|at| &self.held[at].id);
        let roles = self.reference.entities.values();
        let roles: Vec<_> = roles.filter(|it| it.kind == Kind::Role).collect();
        let is_open = |role: &&&Entity| by.is_some_and(|by| self.reference.may_assume(by, role));
        let open: Vec<_> = roles.iter().filter(is_open).copied().collect();
        let among = if may && !open.is_empty() { open } else { roles };
        let at = number.checked_rem(among.len());
        at.map_or(NO_ROLE.to_owned(), |at| among[at].arn())
    }

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
