//! What is worth trying, the likeliest first. Never tries anything.

use crate::trace::{ConditionTrace, StatementTrace};

/// A request is more easily changed than a policy, and a resource more likely mistaken than an
/// action.
pub(super) fn distance(trace: &StatementTrace) -> u8 {
    if trace.conditions.iter().any(|condition| !condition.holds) {
        0
    } else if trace
        .resource
        .as_ref()
        .is_some_and(|resource| !resource.fits)
    {
        1
    } else if !trace.action.fits {
        2
    } else {
        3
    }
}

/// How long a beginning the resource shares with what a statement names.
pub(super) fn likeness(trace: &StatementTrace, arn: &str) -> usize {
    let shared = |pattern: &String| {
        let pairs = pattern.bytes().zip(arn.bytes());
        pairs.take_while(|(a, b)| a == b).count()
    };
    let patterns = trace
        .resource
        .iter()
        .flat_map(|resource| &resource.patterns);
    patterns.map(shared).max().unwrap_or(0)
}

/// What a policy would name a resource by: a secret without the characters that nobody knows
/// beforehand.
pub(super) fn as_pattern(arn: &str) -> String {
    match arn.rsplit_once('-') {
        Some((name, suffix)) if arn.contains(":secretsmanager:") && suffix.len() == 6 => {
            format!("{name}-??????")
        }
        _ => arn.to_owned(),
    }
}

/// Values that may meet a condition, or fail it: the policy's own, plainer ones in the place of
/// patterns and ranges, numbers beside a bound.
pub(super) fn values(condition: &ConditionTrace) -> Vec<String> {
    let operator = condition.operator.as_str();
    let own = condition.filled.iter().flatten();
    if operator.contains("Bool") {
        return ["true", "false"].map(str::to_owned).into();
    }
    if operator.contains("Null") {
        return vec!["anything".to_owned()];
    }
    if operator.contains("Ip") {
        let first = own.filter_map(|range| range.split('/').next());
        // The last is an address that no network has.
        return first.chain(["192.0.2.1"]).map(str::to_owned).collect();
    }
    if operator.contains("Numeric") {
        let numbers = own.filter_map(|value| value.parse::<i64>().ok());
        let beside = |n: i64| [n, n.saturating_sub(1), n.saturating_add(1)];
        return numbers.flat_map(beside).map(|n| n.to_string()).collect();
    }
    if operator.contains("Like") || operator.contains("Arn") {
        return own
            .map(|value| value.replace('*', "").replace('?', "x"))
            .collect();
    }
    own.cloned().collect()
}
