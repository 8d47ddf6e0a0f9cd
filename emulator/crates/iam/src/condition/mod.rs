//! Conditions: one operator over one key, compiled and compared with the request's context.
//!
//! Missing context is not a value: what each operator makes of an absent key is decided here and
//! nowhere else. Never allocates while comparing.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html>

pub(crate) mod base64;
pub(crate) mod date;
pub(crate) mod lower;
pub(crate) mod network;
mod number;
pub(crate) mod operator;

use crate::arn::is_arn;
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
    /// Not what the operator compares.
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
        self.operands.iter().map(|operand| operand.filled(context))
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

    /// Whether the request meets it. None where AWS cannot tell: it compares ARNs, and the policy's
    /// value is none. Then the statement fails closed.
    pub(crate) fn holds(&self, context: &Context<'_>) -> Option<bool> {
        // A multivalued key without values is absent.
        let value = context
            .value(&self.key)
            .filter(|value| !matches!(value, Value::Many(values) if values.is_empty()));
        if self.operator.test == Test::Null {
            return Some(self.null(value.is_none()));
        }
        match (self.operator.quantifier, value) {
            (None, None) => Some(self.holds_when_absent()),
            (None, Some(Value::One(value))) => self.passes(value, context),
            // Not even one of them, nor with a negated operator or with IfExists.
            (None, Some(Value::Many(_))) => Some(false),
            (Some(Quantifier::ForAllValues), None) => Some(true),
            (Some(Quantifier::ForAllValues), Some(value)) => {
                Some(!self.any(value, false, context)?)
            }
            (Some(Quantifier::ForAnyValue), None) => {
                Some(self.operator.if_exists && unknown::ANY_VALUE_IF_EXISTS_WHEN_ABSENT)
            }
            (Some(Quantifier::ForAnyValue), Some(value)) => self.any(value, true, context),
        }
    }

    /// The policy's value that is no ARN, with its variables filled in, where that is why nobody
    /// can tell.
    pub(crate) fn no_arn(&self, context: &Context<'_>) -> Option<String> {
        let value = context.value(&self.key)?;
        let is_none = |operand: &&Operand| {
            let mut values = value.iter();
            values.any(|value| {
                operand
                    .matches(self.operator.test, value, context)
                    .is_none()
            })
        };
        let operand = self.operands.iter().find(is_none);
        let operand = operand.filter(|_| self.holds(context).is_none())?;
        operand.filled(context)
    }

    /// Whether any value passes, or fails, as is sought.
    fn any(&self, value: &Value<'_>, passing: bool, context: &Context<'_>) -> Option<bool> {
        for value in value.iter() {
            if self.passes(value, context)? == passing {
                return Some(true);
            }
        }
        Some(false)
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
                .any(|operand| bool_of(operand.text()) == is_absent),
        }
    }

    /// One value of the request against all values of the policy, in their order: the first that
    /// matches decides. A value that is no ARN or no address passes no operator that compares such,
    /// be it negated or not. Without values in the policy a condition is never true.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-empty-array-condition>
    fn passes(&self, value: &str, context: &Context<'_>) -> Option<bool> {
        let Operator {
            test, is_negated, ..
        } = self.operator;
        let is_comparable = match test {
            Test::ArnLike => is_arn(value.bytes()),
            Test::IpAddress => network::address(value).is_some(),
            _ => true,
        };
        if self.operands.is_empty() || !is_comparable {
            return Some(false);
        }
        for operand in &self.operands {
            if operand.matches(test, value, context)? {
                return Some(!is_negated);
            }
        }
        Some(is_negated)
    }
}

impl Operand {
    fn new(test: Test, text: &str, has_variables: bool) -> Self {
        let unreadable = || Self::Unreadable(text.into());
        match test {
            Test::StringEquals | Test::StringEqualsIgnoreCase | Test::StringLike | Test::Bool => {
                Self::Template(Template::new(text, has_variables))
            }
            Test::ArnLike => {
                let template = Template::new(text, has_variables);
                if template.is_plain() && !reads(test, text) {
                    unreadable()
                } else {
                    Self::Template(template)
                }
            }
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

    /// With its variables filled in; None if one has no value.
    fn filled(&self, context: &Context<'_>) -> Option<String> {
        match self {
            Self::Template(template) => template.filled(context),
            other => Some(other.text().to_owned()),
        }
    }

    /// The positive comparison. A value that cannot be read as the operator's type matches nothing;
    /// only of ARNs AWS cannot tell then.
    fn matches(&self, test: Test, value: &str, context: &Context<'_>) -> Option<bool> {
        Some(match (test, self) {
            (Test::StringEquals, Self::Template(template)) => {
                template.equals(value, Case::Sensitive, context)
            }
            (Test::StringEqualsIgnoreCase, Self::Template(template)) => {
                template.equals(value, Case::Insensitive, context)
            }
            (Test::StringLike, Self::Template(template)) => template.is_like(value, context),
            (Test::ArnLike, Self::Template(template)) => {
                return match unknown::is_any_arn(template.text()) {
                    true => Some(true),
                    false => template.is_like_arn(value, context),
                };
            }
            (Test::ArnLike, _) => return None,
            (Test::Bool, Self::Template(template)) => {
                template.is_true(context) == Some(bool_of(value))
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
                network::address(value).is_some_and(|address| network.contains(address))
            }
            _ => false,
        })
    }
}

/// Whether a policy's value is one that the operator can compare with, as it is written.
pub(crate) fn reads(test: Test, value: &str) -> bool {
    match test {
        Test::Numeric(_) => Number::read(value).is_some(),
        Test::Date(_) => date::read(value).is_some(),
        Test::BinaryEquals => base64::is_base64(value),
        Test::IpAddress => Network::read(value).is_some(),
        Test::ArnLike => unknown::is_any_arn(value) || is_arn(value.bytes()),
        Test::Bool | Test::Null => true,
        Test::StringEquals | Test::StringEqualsIgnoreCase | Test::StringLike => true,
    }
}

/// A boolean is true if it says so, in whatever case, and otherwise false.
pub(crate) fn bool_of(text: &str) -> bool {
    text.eq_ignore_ascii_case("true")
}

#[cfg(test)]
mod tests;
