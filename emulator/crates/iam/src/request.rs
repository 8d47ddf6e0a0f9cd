//! What is asked: who, what, on which resource, under which circumstances.
//!
//! Borrowed throughout: a request is made for one decision and never kept.

use std::borrow::Cow;

use crate::Principal;

/// One question to [`evaluate`](fn@crate::evaluate). An operation that demands several permissions asks several.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Who asks.
    pub principal: &'a Principal<'a>,
    /// As in `secretsmanager:GetSecretValue`: a service, a colon, a name.
    pub action: &'a str,
    /// On what.
    pub resource: Resource<'a>,
    /// The condition keys that have a value, principal's and resource's tags included. Not read
    /// yet, since no policy with conditions is accepted.
    pub context: &'a Context<'a>,
}

/// What an action is performed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resource<'a> {
    /// Its ARN. None for an action that has no resource, such as `secretsmanager:ListSecrets`:
    /// then only the pattern `*` matches.
    pub arn: Option<&'a str>,
    /// The 12-digit account that owns it; the caller's, if there is no resource.
    pub account: &'a str,
}

/// Condition keys and their values. Keys ignore case; a key that is absent has no value, which is
/// not the same as an empty one.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context<'a> {
    entries: Vec<(Cow<'a, str>, Value<'a>)>,
}

/// The value of a condition key. Whether a key is multivalued is a property of the key, not of the
/// number of values at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// Of a single-valued key.
    One(Cow<'a, str>),
    /// Of a multivalued key such as `aws:TagKeys`.
    Many(Vec<Cow<'a, str>>),
}

impl<'a> Context<'a> {
    /// No key has a value.
    pub const EMPTY: Context<'static> = Context {
        entries: Vec::new(),
    };

    /// Sets a key, replacing its value if it has one.
    pub fn insert(&mut self, key: impl Into<Cow<'a, str>>, value: Value<'a>) {
        let key = key.into();
        match self
            .entries
            .iter_mut()
            .find(|(known, _)| known.eq_ignore_ascii_case(&key))
        {
            Some((_, known)) => *known = value,
            None => self.entries.push((key, value)),
        }
    }

    /// The value of a key, whatever its case.
    pub fn value(&self, key: &str) -> Option<&Value<'a>> {
        self.entries
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(key))
            .map(|(_, v)| v)
    }

    /// All keys and values, in the order of insertion.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value<'a>)> {
        self.entries
            .iter()
            .map(|(key, value)| (key.as_ref(), value))
    }
}
