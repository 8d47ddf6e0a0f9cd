//! Requests, and what can be wrong with them.

use serde_json::Value;

use super::entities::{is_name, is_path};
use super::{INPUT, INVALID};

/// A request of the root user of an account.
#[derive(Clone, Debug)]
pub(in super::super) struct Ask {
    pub(in super::super) account: &'static str,
    pub(in super::super) operation: String,
    pub(in super::super) input: Value,
}

impl Ask {
    /// What can be said of each member by itself, before anything is looked up.
    pub(super) fn bad_members(&self) -> Vec<&'static str> {
        let members = self.input.as_object().into_iter().flatten();
        let mut codes = Vec::new();
        for (member, value) in members {
            let text = value.as_str().unwrap_or_default();
            let is_good = match member.as_str() {
                "Path" | "NewPath" => is_path(text),
                "PolicyArn" | "PermissionsBoundary" => text.contains(":policy/"),
                name if name.ends_with("Name") => is_name(text),
                _ => true,
            };
            let is_boundary = member == "PermissionsBoundary";
            codes.extend((!is_good).then_some(if is_boundary { INPUT } else { INVALID }));
        }
        codes
    }

    pub(super) fn text(&self, member: &str) -> &str {
        self.some_text(member).unwrap_or_default()
    }

    pub(super) fn some_text(&self, member: &str) -> Option<&str> {
        self.input[member].as_str()
    }
}

/// The codes of everything that is wrong.
#[derive(Default)]
pub(super) struct Wrong(pub(super) Vec<&'static str>);

impl Wrong {
    pub(super) fn when(mut self, is_wrong: bool, code: &'static str) -> Self {
        if is_wrong {
            self.0.push(code);
        }
        self
    }

    pub(super) fn nothing(self) -> Result<(), Vec<&'static str>> {
        match self.0.is_empty() {
            true => Ok(()),
            false => Err(self.0),
        }
    }
}
