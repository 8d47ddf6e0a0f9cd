//! The names of condition operators. Never compares anything: operators are not evaluated yet.

pub(super) fn is_operator(name: &str) -> bool {
    let name = without_set_prefix(name);
    name == "Null" || OPERATORS.contains(&name.strip_suffix("IfExists").unwrap_or(name))
}

/// The operator after `ForAnyValue:` or `ForAllValues:`.
pub(super) fn without_set_prefix(operator: &str) -> &str {
    let mut prefixes = ["ForAnyValue:", "ForAllValues:"].iter();
    prefixes
        .find_map(|prefix| operator.strip_prefix(prefix))
        .unwrap_or(operator)
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
const OPERATORS: [&str; 26] = [
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringLike",
    "StringNotLike",
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericLessThanEquals",
    "NumericGreaterThan",
    "NumericGreaterThanEquals",
    "DateEquals",
    "DateNotEquals",
    "DateLessThan",
    "DateLessThanEquals",
    "DateGreaterThan",
    "DateGreaterThanEquals",
    "Bool",
    "BinaryEquals",
    "IpAddress",
    "NotIpAddress",
    "ArnEquals",
    "ArnLike",
    "ArnNotEquals",
    "ArnNotLike",
];
