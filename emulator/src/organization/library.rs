//! The control policies of a configuration, each compiled once under its ARN.

use std::collections::HashMap;
use std::sync::Arc;

use sekisho_iam::lint::{Finding, Severity, lint};
use sekisho_iam::{Malformed, Named, Policy};
use serde::Serialize;

use super::config::{Config, Entry};
use super::kind::Type;
use super::nearest::did_you_mean;
use super::node::Place;
use super::{Invalid, ids};
use crate::account::AccountId;

/// How many more reasons a refusal gives, after the first.
const MAX_REASONS: usize = 4;

/// A policy of the configuration, as answers list it.
#[derive(Serialize)]
pub(super) struct Listed {
    /// Its name; the place of one that was written in place.
    name: String,
    #[serde(rename = "type")]
    kind: &'static str,
    arn: String,
}

/// The policies there are.
pub(super) struct Library<'c> {
    config: &'c Config,
    scp_full_access: Arc<Named>,
    rcp_full_access: Arc<Named>,
    /// Those that are attached somewhere.
    used: HashMap<&'c str, (Type, Arc<Named>)>,
    listed: Vec<Listed>,
    notes: Vec<String>,
}

impl<'c> Library<'c> {
    pub(super) fn new(config: &'c Config) -> Result<Self, Invalid> {
        for (name, _) in &config.policies.0 {
            if [Type::Scp, Type::Rcp]
                .iter()
                .any(|kind| kind.full_access() == name)
            {
                let at = Place::root().key("policies").key(name);
                return Err(at.invalid("AWS has a policy of this name; choose another one."));
            }
        }
        Ok(Self {
            config,
            scp_full_access: of_aws(Type::Scp)?,
            rcp_full_access: of_aws(Type::Rcp)?,
            used: HashMap::new(),
            listed: Vec::new(),
            notes: Vec::new(),
        })
    }

    /// AWS's own policy that allows everything.
    pub(super) fn full_access(&self, kind: Type) -> Arc<Named> {
        match kind {
            Type::Scp => self.scp_full_access.clone(),
            Type::Rcp => self.rcp_full_access.clone(),
        }
    }

    /// The policy that is meant by an entry.
    pub(super) fn find(
        &mut self,
        entry: &'c Entry,
        kind: Type,
        at: &Place,
    ) -> Result<Arc<Named>, Invalid> {
        let name = match entry {
            Entry::Document(document) => {
                return self.compile(at.as_str(), document.get(), kind, at);
            }
            Entry::Name(name) => name.as_str(),
        };
        if name == kind.full_access() {
            return Ok(self.full_access(kind));
        }
        if let Some((used, policy)) = self.used.get(name)
            && *used == kind
        {
            return Ok(policy.clone());
        }
        let named = &self.config.policies.0;
        let Some((name, document)) = named.iter().find(|(known, _)| known == name) else {
            return Err(self.unknown(name, kind, at));
        };
        let place = Place::root().key("policies").key(name);
        let policy = self.compile(name, document.get(), kind, &place);
        let policy = policy.map_err(|invalid| Invalid {
            message: format!("{} It is attached at {}.", invalid.message, at.as_str()),
            ..invalid
        })?;
        self.used.insert(name, (kind, policy.clone()));
        Ok(policy)
    }

    /// Checks what is attached nowhere, and gives the policies and what there is to say of them.
    pub(super) fn finish(mut self) -> Result<(Vec<Listed>, Vec<String>), Invalid> {
        for (name, document) in &self.config.policies.0 {
            if self.used.contains_key(name.as_str()) {
                continue;
            }
            let at = Place::root().key("policies").key(name);
            let text = document.get();
            // Only resource control policies speak of principals.
            let kind = match text.contains("\"Principal\"") {
                true => Type::Rcp,
                false => Type::Scp,
            };
            self.compile(name, text, kind, &at)?;
            let note = format!("{}: This policy is attached nowhere.", at.as_str());
            self.notes.push(note);
        }
        Ok((self.listed, self.notes))
    }

    fn unknown(&self, name: &str, kind: Type, at: &Place) -> Invalid {
        for other in [Type::Scp, Type::Rcp] {
            if other != kind && other.full_access() == name {
                return at.invalid(format!("{name} stands in {} only.", other.key()));
            }
        }
        let named = self.config.policies.0.iter().map(|(name, _)| name.as_str());
        let hint = did_you_mean(name, named.chain([kind.full_access()]));
        at.invalid(format!(
            "There is no policy {name:?} in policies, and AWS has none of this name{hint}"
        ))
    }

    /// Compiles a policy under the ARN that its name gives it.
    fn compile(
        &mut self,
        name: &str,
        text: &str,
        kind: Type,
        at: &Place,
    ) -> Result<Arc<Named>, Invalid> {
        let (size, longest) = (size(text), kind.longest());
        if size > longest {
            let message = format!("The policy has {size} characters; {longest} are allowed.");
            return Err(at.invalid(message));
        }
        let mut findings = lint(text, kind.kind());
        findings.retain(|finding| finding.severity == Severity::Error && !is_about_size(finding));
        let policy = match Policy::parse(text, kind.kind()) {
            Ok(policy) if !findings.iter().any(refuses) => policy,
            Ok(_) => {
                // The engine would read it, AWS would not save it.
                findings.retain(refuses);
                return Err(refused(&Malformed::PolicyType, &findings, at));
            }
            Err(malformed) => return Err(refused(&malformed, &findings, at)),
        };
        self.notes.extend(findings.iter().map(|finding| {
            let place = at.within(&finding.path.to_string());
            format!("{}: {}", place.as_str(), finding.message)
        }));
        let arn = self.arn(name, kind);
        self.listed.push(Listed {
            name: name.to_owned(),
            kind: kind.name(),
            arn: arn.clone(),
        });
        Ok(Arc::new(Named { name: arn, policy }))
    }

    fn arn(&self, name: &str, kind: Type) -> String {
        let organization = self.config.id.as_deref().unwrap_or_default();
        let owner = self.config.management.unwrap_or(AccountId::DEFAULT);
        let (kind, id) = (
            kind.in_arn(),
            ids::policy(organization, kind.in_arn(), name),
        );
        format!("arn:aws:organizations::{owner}:policy/{organization}/{kind}/{id}")
    }
}

/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_available-policies.html>
fn of_aws(kind: Type) -> Result<Arc<Named>, Invalid> {
    let name = kind.full_access();
    let policy = Policy::parse(kind.full_access_text(), kind.kind());
    let policy = policy.map_err(|error| Place::root().invalid(format!("{name}: {error}")))?;
    let name = format!(
        "arn:aws:organizations::aws:policy/{}/p-{name}",
        kind.in_arn()
    );
    Ok(Arc::new(Named { name, policy }))
}

/// AWS's one sentence, and the linter's reasons with their places: that of the first is the place.
fn refused(malformed: &Malformed, findings: &[Finding], at: &Place) -> Invalid {
    let Some((first, others)) = findings.split_first() else {
        return at.invalid(malformed.to_string());
    };
    let mut message = format!("{malformed} {}", first.message);
    for finding in others.iter().take(MAX_REASONS) {
        let place = at.within(&finding.path.to_string());
        message += &format!(" {}: {}", place.as_str(), finding.message);
    }
    at.within(&first.path.to_string()).invalid(message)
}

fn is_about_size(finding: &Finding) -> bool {
    finding.code.name.starts_with("POLICY_SIZE_")
}

/// Whether it is why AWS does not save the policy: not all that is an error of a policy is.
fn refuses(finding: &Finding) -> bool {
    finding.severity > finding.code.severity || finding.code.name.starts_with("RCP_SYNTAX_ERROR_")
}

/// The length of a policy, but for white space between its elements. AWS counts that as well, if it
/// is sent; here it is the configuration's, and AWS's console leaves it out.
fn size(text: &str) -> usize {
    let (mut is_quoted, mut is_escaped, mut count) = (false, false, 0);
    for character in text.chars() {
        count += usize::from(is_quoted || !character.is_ascii_whitespace());
        if character == '"' && !is_escaped {
            is_quoted = !is_quoted;
        }
        is_escaped = is_quoted && character == '\\' && !is_escaped;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_counts_within_quotes_alone() {
        for (text, expected) in [
            ("{ \"a\" :\n\t1 }", 7),
            (r#"{"a b": " "}"#, 11),
            (r#"{"\" ": "\\" }"#, 12),
            ("", 0),
        ] {
            assert_eq!(size(text), expected, "{text}");
        }
    }
}
