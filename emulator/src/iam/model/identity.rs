//! What users, groups and roles have in common: the policies that give them rights.

use std::collections::BTreeMap;
use std::sync::Arc;

use sekisho_iam::Named;

/// The policies of a user, group or role.
#[derive(Clone, Default)]
pub(crate) struct IdentityPolicies {
    /// Inline policies by name.
    pub inline: BTreeMap<String, InlinePolicy>,
    /// ARNs of the managed policies attached, oldest first.
    pub attached: Vec<String>,
}

impl IdentityPolicies {
    /// The inline policy of a name, in whatever case.
    pub(crate) fn inline(&self, name: &str) -> Option<&InlinePolicy> {
        self.inline.get(&self.spelling(name)?)
    }

    /// Sets an inline policy. One that is there already keeps the spelling of its name.
    pub(crate) fn set_inline(&mut self, name: &str, policy: InlinePolicy) {
        let name = self.spelling(name).unwrap_or_else(|| name.to_owned());
        self.inline.insert(name, policy);
    }

    /// Takes an inline policy away; gives whether it was there.
    pub(crate) fn remove_inline(&mut self, name: &str) -> bool {
        let name = self.spelling(name);
        name.is_some_and(|name| self.inline.remove(&name).is_some())
    }

    /// How long the inline policies are together, as quotas count it: white space is free.
    pub(crate) fn inline_size(&self) -> usize {
        let documents = self.inline.values().map(|inline| &inline.document);
        documents.map(|document| size(document)).sum()
    }

    fn spelling(&self, name: &str) -> Option<String> {
        let mut names = self.inline.keys();
        names
            .find(|known| known.eq_ignore_ascii_case(name))
            .cloned()
    }
}

/// The length of a policy as quotas count it.
pub(crate) fn size(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// A policy that is part of its user, group or role.
#[derive(Clone)]
pub(crate) struct InlinePolicy {
    /// The text, as it was given.
    pub document: Arc<str>,
    /// The same, compiled.
    pub policy: Arc<Named>,
}

/// The kinds of what managed policies are attached to, sorted as their words are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum IdentityKind {
    /// A group.
    Group,
    /// A role.
    Role,
    /// A user.
    User,
}

impl IdentityKind {
    /// As messages call it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Group => "group",
            Self::Role => "role",
        }
    }

    /// As filters and names of quotas call it.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::Group => "Group",
            Self::Role => "Role",
        }
    }
}
