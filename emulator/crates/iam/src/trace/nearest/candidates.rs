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
/// patterns, numbers beside a bound.
pub(super) fn values(condition: &ConditionTrace) -> impl Iterator<Item = String> {
    let plain = condition.values.iter().filter(|value| !value.contains("${"));
    let values = plain.flat_map(|value| {
        let plain = value.replace('*', "").replace('?', "x");
        let address = value.split('/').next().unwrap_or_default();
        let number = value.parse::<i64>().ok();
        let beside = number
            .into_iter()
            .flat_map(|n| [n.saturating_sub(1), n.saturating_add(1)]);
        [value.clone(), plain, address.to_owned()]
            .into_iter()
            .chain(beside.map(|n| n.to_string()))
    });
    let words = ["true", "false"].map(str::to_owned);
    let fits_words = condition.operator.contains("Bool");
    values.chain(words.into_iter().filter(move |_| fits_words))
}
