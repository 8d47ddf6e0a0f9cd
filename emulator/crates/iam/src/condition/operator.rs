//! The names of condition operators and what they are made of. Never compares anything.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

/// An operator: `ForAnyValue:StringNotLikeIfExists` is all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Operator {
    pub(crate) quantifier: Option<Quantifier>,
    pub(crate) test: Test,
    /// Of the …Not… operators: they hold where their counterparts do not.
    pub(crate) is_negated: bool,
    pub(crate) if_exists: bool,
}

/// How an operator speaks of the values of a multivalued key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantifier {
    ForAllValues,
    ForAnyValue,
}

/// What is compared, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Test {
    StringEquals,
    StringEqualsIgnoreCase,
    StringLike,
    Numeric(Order),
    Date(Order),
    Bool,
    BinaryEquals,
    IpAddress,
    /// `ArnEquals` and `ArnLike` are the same.
    ArnLike,
    Null,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Equals,
    LessThan,
    LessThanEquals,
    GreaterThan,
    GreaterThanEquals,
}

impl Operator {
    /// None if AWS knows no such operator. Case matters.
    pub(crate) fn read(name: &str) -> Option<Self> {
        let (quantifier, name) = if let Some(name) = name.strip_prefix("ForAllValues:") {
            (Some(Quantifier::ForAllValues), name)
        } else if let Some(name) = name.strip_prefix("ForAnyValue:") {
            (Some(Quantifier::ForAnyValue), name)
        } else {
            (None, name)
        };
        let (name, if_exists) = match name.strip_suffix("IfExists") {
            Some(name) => (name, true),
            None => (name, false),
        };
        let (_, test, is_negated) = *OPERATORS.iter().find(|(known, ..)| *known == name)?;
        if test == Test::Null && if_exists {
            return None;
        }
        Some(Self {
            quantifier,
            test,
            is_negated,
            if_exists,
        })
    }
}

impl Order {
    pub(super) fn holds<T: Ord>(self, left: &T, right: &T) -> bool {
        match self {
            Self::Equals => left == right,
            Self::LessThan => left < right,
            Self::LessThanEquals => left <= right,
            Self::GreaterThan => left > right,
            Self::GreaterThanEquals => left >= right,
        }
    }
}

const OPERATORS: [(&str, Test, bool); 27] = [
    ("StringEquals", Test::StringEquals, false),
    ("StringNotEquals", Test::StringEquals, true),
    (
        "StringEqualsIgnoreCase",
        Test::StringEqualsIgnoreCase,
        false,
    ),
    (
        "StringNotEqualsIgnoreCase",
        Test::StringEqualsIgnoreCase,
        true,
    ),
    ("StringLike", Test::StringLike, false),
    ("StringNotLike", Test::StringLike, true),
    ("NumericEquals", Test::Numeric(Order::Equals), false),
    ("NumericNotEquals", Test::Numeric(Order::Equals), true),
    ("NumericLessThan", Test::Numeric(Order::LessThan), false),
    (
        "NumericLessThanEquals",
        Test::Numeric(Order::LessThanEquals),
        false,
    ),
    (
        "NumericGreaterThan",
        Test::Numeric(Order::GreaterThan),
        false,
    ),
    (
        "NumericGreaterThanEquals",
        Test::Numeric(Order::GreaterThanEquals),
        false,
    ),
    ("DateEquals", Test::Date(Order::Equals), false),
    ("DateNotEquals", Test::Date(Order::Equals), true),
    ("DateLessThan", Test::Date(Order::LessThan), false),
    (
        "DateLessThanEquals",
        Test::Date(Order::LessThanEquals),
        false,
    ),
    ("DateGreaterThan", Test::Date(Order::GreaterThan), false),
    (
        "DateGreaterThanEquals",
        Test::Date(Order::GreaterThanEquals),
        false,
    ),
    ("Bool", Test::Bool, false),
    ("BinaryEquals", Test::BinaryEquals, false),
    ("IpAddress", Test::IpAddress, false),
    ("NotIpAddress", Test::IpAddress, true),
    ("ArnEquals", Test::ArnLike, false),
    ("ArnLike", Test::ArnLike, false),
    ("ArnNotEquals", Test::ArnLike, true),
    ("ArnNotLike", Test::ArnLike, true),
    ("Null", Test::Null, false),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_whole() {
        let operator = Operator::read("ForAnyValue:StringNotLikeIfExists").unwrap();
        assert_eq!(
            operator,
            Operator {
                quantifier: Some(Quantifier::ForAnyValue),
                test: Test::StringLike,
                is_negated: true,
                if_exists: true,
            }
        );
        for name in [
            "",
            "stringEquals",
            "StringEqualsIfexists",
            "NullIfExists",
            "ForAnyValue::Bool",
            "ForSomeValues:Bool",
            "IfExists",
            "BoolIfExistsIfExists",
            "ForAllValues:ForAnyValue:Bool",
        ] {
            assert_eq!(Operator::read(name), None, "{name}");
        }
    }
}
