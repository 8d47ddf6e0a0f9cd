//! What is asked: who, what, on which resource, under which circumstances.
//!
//! Borrowed throughout: a request is made for one decision and never kept.

use std::borrow::Cow;

use crate::{Caller, Principal};

/// One question to [`evaluate`](fn@crate::evaluate). An operation that demands several permissions asks several.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Who asks.
    pub principal: &'a Principal<'a>,
    /// As in `secretsmanager:GetSecretValue`: a service, a colon, a name.
    pub action: &'a str,
    /// On what.
    pub resource: Resource<'a>,
    /// The condition keys that have a value, principal's and resource's tags included.
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

impl Value<'_> {
    /// The values, one or many.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let values = match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Many(values) => values,
        };
        values.iter().map(Cow::as_ref)
    }
}

impl<'a> Context<'a> {
    /// No key has a value.
    pub const EMPTY: Context<'static> = Context {
        entries: Vec::new(),
    };

    /// The keys whose values follow from who asks and for what: `aws:PrincipalArn`,
    /// `aws:PrincipalAccount`, `aws:PrincipalType`, `aws:PrincipalIsAWSService`,
    /// `aws:PrincipalServiceName`, `aws:userid`, `aws:username`, `aws:ResourceAccount`.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable>
    pub fn of(principal: &Principal<'a>, resource: &Resource<'a>) -> Self {
        let mut context = Self::default();
        let mut set = |key: &'static str, value: Cow<'a, str>| {
            context.entries.push((key.into(), Value::One(value)));
        };
        let account = principal.account;
        let last_part = |arn: &'a str| arn.rsplit('/').next().unwrap_or_default();
        let kind = match principal.caller {
            Caller::Root => {
                // The one ARN that nobody has at hand. Its partition is the resource's.
                let partition = resource.arn.and_then(|arn| arn.split(':').nth(1));
                let partition = partition.unwrap_or("aws");
                let arn = format!("arn:{partition}:iam::{account}:root");
                set("aws:PrincipalArn", arn.into());
                set("aws:userid", account.into());
                Some("Account")
            }
            Caller::User { arn, id } => {
                set("aws:PrincipalArn", arn.into());
                set("aws:userid", id.into());
                set("aws:username", last_part(arn).into());
                Some("User")
            }
            Caller::Role {
                role_arn,
                session_arn,
                id,
            } => {
                set("aws:PrincipalArn", role_arn.into());
                let session = last_part(session_arn);
                set("aws:userid", format!("{id}:{session}").into());
                Some("AssumedRole")
            }
            Caller::FederatedUser { arn, .. } => {
                set("aws:PrincipalArn", arn.into());
                let name = last_part(arn);
                set("aws:userid", format!("{account}:{name}").into());
                Some("FederatedUser")
            }
            Caller::Service { name } => {
                set("aws:PrincipalServiceName", name.into());
                None
            }
            Caller::Provider { .. } => None,
            Caller::Anonymous => {
                set("aws:userid", "anonymous".into());
                Some("Anonymous")
            }
        };
        if let Some(kind) = kind {
            set("aws:PrincipalType", kind.into());
        }
        if !account.is_empty() {
            set("aws:PrincipalAccount", account.into());
        }
        if principal.caller != Caller::Anonymous {
            let is_service = matches!(principal.caller, Caller::Service { .. });
            let is_service = if is_service { "true" } else { "false" };
            set("aws:PrincipalIsAWSService", is_service.into());
        }
        if resource.arn.is_some() {
            set("aws:ResourceAccount", resource.account.into());
        }
        context
    }

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

    /// Takes a key's value away, so that it is absent.
    pub fn remove(&mut self, key: &str) {
        self.entries
            .retain(|(known, _)| !known.eq_ignore_ascii_case(key));
    }

    /// The value of a key, whatever its case.
    pub fn value(&self, key: &str) -> Option<&Value<'a>> {
        self.entries
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(key))
            .map(|(_, v)| v)
    }

    /// The value of a pair of the encryption context.
    pub(crate) fn encryption_context(&self, key: &str) -> Option<&str> {
        const PREFIX: &str = "kms:EncryptionContext:";
        let names = |known: &str| {
            let parts = known.split_at_checked(PREFIX.len());
            parts.is_some_and(|(prefix, name)| {
                prefix.eq_ignore_ascii_case(PREFIX) && name.eq_ignore_ascii_case(key)
            })
        };
        let (_, value) = self.entries.iter().find(|(known, _)| names(known))?;
        value.iter().next()
    }

    /// All keys and values, in the order of insertion.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value<'a>)> {
        self.entries
            .iter()
            .map(|(key, value)| (key.as_ref(), value))
    }
}
