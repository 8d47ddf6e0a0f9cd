//! What an operation demands of IAM.

use std::borrow::Cow;
use std::sync::Arc;

use sekisho_iam::{ResourcePolicy, table};

use crate::account::AccountId;

/// One permission that the caller needs, and the condition keys that the request adds to it.
#[derive(Clone)]
pub struct Demand {
    /// The action, such as `secretsmanager:GetSecretValue`.
    pub action: &'static str,
    /// What it is done to.
    pub target: Target,
    pub(super) keys: Vec<(Cow<'static, str>, Values)>,
}

/// The values of a condition key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Values {
    One(String),
    Many(Vec<String>),
}

/// The resource of a demand.
#[derive(Clone)]
pub enum Target {
    /// The action knows no resource.
    None,
    /// A resource.
    Resource {
        /// The ARN that policies are matched against.
        arn: Arc<str>,
        /// How AWS's sentence names it: often not the ARN, but what the caller typed.
        shown: String,
        /// The account that owns it.
        account: AccountId,
        /// What else policies know of it, if it exists and there is anything to know.
        attributes: Option<Arc<dyn Attributes>>,
    },
}

/// What policies know of a resource beside its ARN.
pub trait Attributes: Send + Sync {
    /// Its tags, key and value.
    fn tags(&self) -> Box<dyn Iterator<Item = (&str, &str)> + '_>;

    /// Condition keys of its own, with their values.
    fn keys(&self) -> Vec<(&'static str, &str)> {
        Vec::new()
    }

    /// Its own policy.
    fn policy(&self) -> Option<ResourcePolicy<'_>> {
        None
    }
}

impl Demand {
    /// An action on something.
    pub fn on(action: &'static str, target: Target) -> Self {
        Self {
            action,
            target,
            keys: Vec::new(),
        }
    }

    /// The policy of the resource.
    pub(super) fn resource_policy(&self) -> Option<ResourcePolicy<'_>> {
        match &self.target {
            Target::Resource { attributes, .. } => attributes.as_ref()?.policy(),
            Target::None => None,
        }
    }

    /// How many bytes it has that a request has brought.
    pub fn weight(&self) -> usize {
        let shown = match &self.target {
            Target::None => 0,
            Target::Resource { arn, shown, .. } => arn.len() + shown.len(),
        };
        let of = |(key, values): &(Cow<'static, str>, Values)| {
            key.len()
                + match values {
                    Values::One(value) => value.len(),
                    Values::Many(values) => values.iter().map(String::len).sum(),
                }
        };
        shown + self.keys.iter().map(of).sum::<usize>()
    }

    /// An action that has no resource: only `Resource: "*"` allows it.
    pub fn without_resource(action: &'static str) -> Self {
        Self::on(action, Target::None)
    }

    /// This demand, and the same request's demands of other actions on the same resource, where they
    /// apply.
    pub fn and<const N: usize>(self, others: [(bool, &'static str); N]) -> Vec<Self> {
        let others = others.into_iter().filter(|(applies, _)| *applies);
        let others: Vec<Self> = others
            .map(|(_, action)| Self {
                action,
                ..self.clone()
            })
            .collect();
        [vec![self], others].concat()
    }

    /// A condition key that the request gives a value, if it does. A parameter that was not sent
    /// has no value, whatever its default.
    pub fn with<V: ToString>(mut self, key: &'static str, value: Option<V>) -> Self {
        debug_assert!(table::key(key).is_some(), "{key} is no key of AWS's");
        if let Some(value) = value {
            self.keys.push((key.into(), Values::One(value.to_string())));
        }
        self
    }

    /// A multivalued condition key, if there are values.
    pub fn with_all<V: Into<String>>(
        mut self,
        key: &'static str,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        debug_assert!(
            table::key(key).is_some_and(|key| key.is_multivalued),
            "{key}"
        );
        let values: Vec<String> = values.into_iter().map(Into::into).collect();
        if !values.is_empty() {
            self.keys.push((key.into(), Values::Many(values)));
        }
        self
    }

    /// The tags that the request carries: `aws:RequestTag/…` and `aws:TagKeys`.
    pub fn with_tags<'t>(mut self, tags: impl Iterator<Item = (&'t str, &'t str)> + Clone) -> Self {
        for (key, value) in tags.clone() {
            let value = Values::One(value.to_owned());
            self.keys
                .push((format!("aws:RequestTag/{key}").into(), value));
        }
        self.with_all("aws:TagKeys", tags.map(|(key, _)| key))
    }

    /// The tags that a resource is made with: they count as the request's and as the resource's.
    pub fn creating<'t>(self, tags: impl Iterator<Item = (&'t str, &'t str)> + Clone) -> Self {
        let (service, _) = self.action.split_once(':').unwrap_or_default();
        let mut demand = self.with_tags(tags.clone());
        for (key, value) in tags {
            for prefix in ["aws", service] {
                let key = format!("{prefix}:ResourceTag/{key}").into();
                demand.keys.push((key, Values::One(value.to_owned())));
            }
        }
        demand
    }
}
