//! A policy as far as it could be read: what is missing or of the wrong shape is left out, and was
//! reported by [`super::syntax`].
//!
//! Never decides what a finding is; the checks read this and nothing else.

use std::ops::Range;

use super::arn::Arn;
use super::effort::Effort;
use crate::condition::bool_of;
use crate::condition::operator::{Operator, Quantifier, Test};
use crate::document::PrincipalType;
use crate::glob::{Case, Glob};
use crate::table::{self, Action};
use crate::unknown;
use crate::{Effect, Kind};

pub(super) struct Policy<'a> {
    pub(super) kind: Kind,
    /// Whether `${…}` is a variable.
    pub(super) has_variables: bool,
    pub(super) statements: Vec<Statement<'a>>,
}

pub(super) struct Statement<'a> {
    pub(super) bytes: Range<usize>,
    pub(super) sid: Option<Text<'a>>,
    pub(super) effect: Option<Effect>,
    pub(super) principal: Option<Principals<'a>>,
    pub(super) action: Option<List<ActionEntry<'a>>>,
    pub(super) resource: Option<List<ResourceEntry<'a>>>,
    pub(super) conditions: Vec<Condition<'a>>,
    /// Whether nothing was left out, so that the statement can be compared with others.
    pub(super) is_whole: bool,
}

/// A string of the document and where it stands, quotes included.
#[derive(Debug, Clone)]
pub(super) struct Text<'a> {
    pub(super) text: &'a str,
    pub(super) bytes: Range<usize>,
}

/// `Action` or `NotAction`, `Resource` or `NotResource`.
pub(super) struct List<T> {
    pub(super) is_negated: bool,
    pub(super) bytes: Range<usize>,
    pub(super) entries: Vec<T>,
}

pub(super) struct ActionEntry<'a> {
    pub(super) text: Text<'a>,
    pub(super) meaning: Meaning,
}

/// What an action can match.
pub(super) enum Meaning {
    /// These and no others; none if there is no such action.
    Known(Vec<&'static Action>),
    /// Actions of services that the table does not know, perhaps among others.
    Open,
}

pub(super) struct ResourceEntry<'a> {
    pub(super) text: Text<'a>,
    pub(super) arn: Arn<'a>,
}

/// `Principal` or `NotPrincipal`. `"*"` is read as `{"AWS": "*"}`.
pub(super) struct Principals<'a> {
    pub(super) is_negated: bool,
    pub(super) bytes: Range<usize>,
    /// Whether it is the string `"*"`.
    pub(super) is_bare: bool,
    pub(super) entries: Vec<(PrincipalType, Text<'a>)>,
}

/// One operator over one key. The operator is known.
pub(super) struct Condition<'a> {
    pub(super) operator: Operator,
    pub(super) operator_text: Text<'a>,
    pub(super) key: Text<'a>,
    /// Where the value or the list of values stands.
    pub(super) bytes: Range<usize>,
    pub(super) values: Vec<Scalar<'a>>,
}

/// A condition's value as its text.
pub(super) struct Scalar<'a> {
    pub(super) text: Text<'a>,
    pub(super) json: Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Json {
    String,
    Number,
    Bool,
}

impl Statement<'_> {
    pub(super) fn allows(&self) -> bool {
        self.effect == Some(Effect::Allow)
    }

    pub(super) fn denies(&self) -> bool {
        self.effect == Some(Effect::Deny)
    }

    /// The entries of `Action`; none of a `NotAction`.
    pub(super) fn stated_actions(&self) -> &[ActionEntry<'_>] {
        match &self.action {
            Some(list) if !list.is_negated => &list.entries,
            _ => &[],
        }
    }

    /// The entries of `Resource`; none of a `NotResource`.
    pub(super) fn stated_resources(&self) -> &[ResourceEntry<'_>] {
        match &self.resource {
            Some(list) if !list.is_negated => &list.entries,
            _ => &[],
        }
    }

    /// Whether the statement applies to the action, its other elements aside.
    pub(super) fn names(&self, action: &str, effort: &Effort) -> bool {
        self.action.as_ref().is_some_and(|list| {
            let mut entries = list.entries.iter();
            entries.any(|entry| entry.matches(action, effort)) != list.is_negated
        })
    }
}

impl ActionEntry<'_> {
    pub(super) fn matches(&self, action: &str, effort: &Effort) -> bool {
        let text = self.text.text;
        effort.spend(text.len()) && Glob::new(text).matches(action, Case::Insensitive)
    }

    /// The actions it stands for, if the table knows them all and there are any.
    pub(super) fn known(&self) -> Option<&[&'static Action]> {
        match &self.meaning {
            Meaning::Known(actions) if !actions.is_empty() => Some(actions),
            _ => None,
        }
    }
}

impl Meaning {
    pub(super) fn of(text: &str, effort: &Effort) -> Self {
        let known = text
            .split_once(':')
            .and_then(|(prefix, name)| Some((table::service(prefix)?, name)));
        let Some((service, name)) = known else {
            return Self::Open;
        };
        if !name.contains(['*', '?']) {
            return Self::Known(table::action(text).into_iter().collect());
        }
        if !effort.spend(service.actions.len() * text.len()) {
            return Self::Open;
        }
        let glob = Glob::new(text);
        let matches = |action: &&Action| glob.matches(action.name, Case::Insensitive);
        Self::Known(service.actions.iter().filter(matches).collect())
    }
}

impl Principals<'_> {
    /// Whether everyone is listed.
    pub(super) fn has_everyone(&self) -> bool {
        let mut entries = self.entries.iter();
        entries.any(|(key, text)| *key == PrincipalType::Aws && text.text == "*")
    }
}

impl Condition<'_> {
    pub(super) fn is_over(&self, key: &str) -> bool {
        self.key.text.eq_ignore_ascii_case(key)
    }

    /// Whether it can only hold if the key is there.
    pub(super) fn needs_key(&self) -> bool {
        self.holds_without_key() == Some(false)
    }

    /// Whether it holds when the key is absent; None if its values disagree or are none.
    pub(super) fn holds_without_key(&self) -> Option<bool> {
        let operator = &self.operator;
        if operator.quantifier == Some(Quantifier::ForAnyValue) {
            return Some(operator.if_exists && unknown::ANY_VALUE_IF_EXISTS_WHEN_ABSENT);
        }
        if operator.if_exists || operator.quantifier == Some(Quantifier::ForAllValues) {
            return Some(true);
        }
        if operator.test != Test::Null {
            return Some(operator.is_negated);
        }
        match &self.values[..] {
            [value] => Some(bool_of(value.text.text)),
            _ => None,
        }
    }
}

/// What the kinds of policies have in common and what not. New kinds are taken for policies of
/// resources.
pub(super) trait Grammar {
    /// Of users, groups, roles and sessions.
    fn is_identity(&self) -> bool;
    fn is_trust(&self) -> bool;
    /// Attached to something, and saying who may do what with it.
    fn is_resource(&self) -> bool;
    /// As in "an identity policy".
    fn noun(&self) -> &'static str;
}

impl Grammar for Kind {
    fn is_identity(&self) -> bool {
        matches!(self, Self::Identity | Self::Session)
    }

    fn is_trust(&self) -> bool {
        *self == Self::Trust
    }

    fn is_resource(&self) -> bool {
        !self.is_identity() && !matches!(self, Self::Trust | Self::Scp | Self::Rcp)
    }

    fn noun(&self) -> &'static str {
        match self {
            Self::Identity => "an identity policy",
            Self::Session => "a session policy",
            Self::Trust => "a trust policy",
            Self::Scp => "a service control policy",
            Self::Rcp => "a resource control policy",
            Self::Key => "a key policy",
            _ => "a resource policy",
        }
    }
}
