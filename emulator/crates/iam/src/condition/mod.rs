//! Conditions: one operator over one key, compiled and compared with the request's context.
//!
//! Missing context is not a value: what each operator makes of an absent key is decided here and
//! nowhere else. Never allocates while comparing.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html>

pub(crate) mod base64;
pub(crate) mod date;
pub(crate) mod network;
pub(crate) mod number;
pub(crate) mod operator;

use crate::glob::Case;
use crate::request::{Context, Value};
use crate::unknown;
use crate::variable::Template;
use network::Network;
use number::Number;
use operator::{Operator, Quantifier, Test};

/// A compiled condition.
#[derive(Debug, Clone)]
pub(crate) struct Condition {
    operator: Operator,
    /// As it is written.
    name: Box<str>,
    key: Box<str>,
    operands: Box<[Operand]>,
}

/// One value of a condition, read as its operator needs it.
#[derive(Debug, Clone)]
enum Operand {
    Template(Template),
    /// Read when it is compared, which costs nothing.
    Text(Box<str>),
    Date(Box<str>, date::Instant),
    Network(Box<str>, Network),
    /// Not what the operator compares: matches nothing.
    Unreadable(Box<str>),
}

impl Condition {
    /// Compiles a condition. `has_variables` is whether the policy's version has variables. None if
    /// there is no such operator.
    pub(crate) fn new(
        name: &str,
        key: &str,
        values: &[impl AsRef<str>],
        has_variables: bool,
    ) -> Option<Self> {
        let operator = Operator::read(name)?;
        Some(Self {
            operator,
            name: name.into(),
            key: key.into(),
            operands: values
                .iter()
                .map(|text| Operand::new(operator.test, text.as_ref(), has_variables))
                .collect(),
        })
    }

    /// The operator as it is written.
    pub(crate) fn operator(&self) -> &str {
        &self.name
    }

    /// The key as it is written.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// The values as they are written.
    pub(crate) fn values(&self) -> impl Iterator<Item = &str> {
        self.operands.iter().map(Operand::text)
    }

    /// The values with their variables filled in; None where one has no value.
    pub(crate) fn filled(&self, context: &Context<'_>) -> impl Iterator<Item = Option<String>> {
        self.operands.iter().map(|operand| match operand {
            Operand::Template(template) => template.filled(context),
            other => Some(other.text().to_owned()),
        })
    }

    /// The keys that its variables take their values from.
    pub(crate) fn variables(&self) -> impl Iterator<Item = &str> {
        self.operands
            .iter()
            .filter_map(|operand| match operand {
                Operand::Template(template) => Some(template.keys()),
                _ => None,
            })
            .flatten()
    }

    /// Those that give it no value.
    pub(crate) fn unresolved<'a>(
        &'a self,
        context: &'a Context<'_>,
    ) -> impl Iterator<Item = &'a str> {
        self.operands
            .iter()
            .filter_map(|operand| match operand {
                Operand::Template(template) => Some(template.unresolved(context)),
                _ => None,
            })
            .flatten()
    }

    /// Whether the request meets it.
    pub(crate) fn holds(&self, context: &Context<'_>) -> bool {
        // A multivalued key without values is absent.
        let value = context
            .value(&self.key)
            .filter(|value| !matches!(value, Value::Many(values) if values.is_empty()));
        if self.operator.test == Test::Null {
            return self.null(value.is_none());
        }
        let passes = |value: &str| self.passes(value, context);
        match (self.operator.quantifier, value) {
            (None, None) => self.holds_when_absent(),
            (None, Some(Value::One(value))) => passes(value),
            (None, Some(Value::Many(_))) => unknown::PLAIN_OPERATOR_MATCHES_MANY_VALUES,
            (Some(Quantifier::ForAllValues), None) => true,
            (Some(Quantifier::ForAllValues), Some(value)) => {
                is_null_set(value) || value.iter().all(passes)
            }
            (Some(Quantifier::ForAnyValue), None) => {
                self.operator.if_exists && unknown::ANY_VALUE_IF_EXISTS_WHEN_ABSENT
            }
            (Some(Quantifier::ForAnyValue), Some(value)) => value.iter().any(passes),
        }
    }

    fn holds_when_absent(&self) -> bool {
        self.operator.if_exists || self.operator.is_negated && !self.operands.is_empty()
    }

    /// `Null` asks for absence (`true`) or presence (`false`). With a set operator it says nothing:
    /// of all values always true, of any value always false.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-null-with-qualifier>
    fn null(&self, is_absent: bool) -> bool {
        match self.operator.quantifier {
            Some(Quantifier::ForAllValues) => true,
            Some(Quantifier::ForAnyValue) => false,
            None => self
                .operands
                .iter()
                .any(|operand| unknown::bool_of(operand.text()) == Some(is_absent)),
        }
    }

    /// One value of the request against all values of the policy: one of them for a positive
    /// operator, none for a negated one. Without values a condition is never true.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-empty-array-condition>
    fn passes(&self, value: &str, context: &Context<'_>) -> bool {
        let matches = |operand: &Operand| operand.matches(self.operator.test, value, context);
        !self.operands.is_empty() && self.operands.iter().any(matches) != self.operator.is_negated
    }
}

/// `ForAllValues` also holds for what AWS calls a null data set, such as an empty string.
fn is_null_set(value: &Value<'_>) -> bool {
    let mut values = value.iter();
    values.next() == Some("") && values.next().is_none()
}

impl Operand {
    fn new(test: Test, text: &str, has_variables: bool) -> Self {
        let unreadable = || Self::Unreadable(text.into());
        match test {
            Test::StringEquals
            | Test::StringEqualsIgnoreCase
            | Test::StringLike
            | Test::ArnLike
            | Test::Bool => Self::Template(Template::new(text, has_variables)),
            Test::Date(_) => {
                date::read(text).map_or_else(unreadable, |d| Self::Date(text.into(), d))
            }
            Test::IpAddress => {
                Network::read(text).map_or_else(unreadable, |n| Self::Network(text.into(), n))
            }
            Test::Numeric(_) | Test::BinaryEquals | Test::Null => Self::Text(text.into()),
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Template(template) => template.text(),
            Self::Text(text)
            | Self::Date(text, _)
            | Self::Network(text, _)
            | Self::Unreadable(text) => text,
        }
    }

    /// The positive comparison. A value that cannot be read as the operator's type matches nothing.
    fn matches(&self, test: Test, value: &str, context: &Context<'_>) -> bool {
        match (test, self) {
            (Test::StringEquals, Self::Template(template)) => {
                template.equals(value, Case::Sensitive, context)
            }
            (Test::StringEqualsIgnoreCase, Self::Template(template)) => {
                template.equals(value, Case::Insensitive, context)
            }
            (Test::StringLike, Self::Template(template)) => template.is_like(value, context),
            (Test::ArnLike, Self::Template(template)) => {
                let is_like = || template.is_like_arn(value, context);
                is_arn(value) && (unknown::is_any_arn(template.text()) || is_like())
            }
            (Test::Bool, Self::Template(template)) => {
                unknown::bool_of(value).is_some()
                    && template.equals(value, Case::Insensitive, context)
            }
            (Test::Numeric(order), Self::Text(bound)) => {
                let numbers = Number::read(value).zip(Number::read(bound));
                numbers.is_some_and(|(value, bound)| order.holds(&value, &bound))
            }
            (Test::Date(order), Self::Date(_, bound)) => {
                date::read(value).is_some_and(|value| order.holds(&value, bound))
            }
            (Test::BinaryEquals, Self::Text(bytes)) => base64::equal(value, bytes),
            (Test::IpAddress, Self::Network(_, network)) => {
                value.parse().is_ok_and(|address| network.contains(address))
            }
            _ => false,
        }
    }
}

fn is_arn(text: &str) -> bool {
    text.starts_with("arn:") && text.bytes().filter(|&byte| byte == b':').count() >= 5
}

#[cfg(test)]
mod tests;
