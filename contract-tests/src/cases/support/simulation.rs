//! Simulations: policies, a call, and what its answer tells.

use crate::{Case, Context, Evidence, Need};

/// A case that AWS was seen to answer so.
pub(in crate::cases) const fn simulated_case(
    name: &'static str,
    source: &'static str,
    run: crate::case::Run,
) -> Case {
    Case::new(name, Evidence::Recorded, source, run).needs(&[Need::Iam])
}

/// Where simulations were recorded.
pub(in crate::cases) const SIMULATIONS: &str =
    "radkawar/stackd testdata/aws/iam/simulation.json, recorded on AWS in September 2026";

/// Two resources.
pub(in crate::cases) const OBJECT: &str = "arn:aws:s3:::stackd-simulation/a";
pub(in crate::cases) const OTHER_OBJECT: &str = "arn:aws:s3:::stackd-simulation/b";
pub(in crate::cases) const ALLOW_GET: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}"#;
pub(in crate::cases) const ALLOW_PUT: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"*"}]}"#;
pub(in crate::cases) const ALLOW_EVERYTHING: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
pub(in crate::cases) const DENY_GET: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:GetObject","Resource":"*"}]}"#;

/// A policy that allows to get objects under a condition.
pub(in crate::cases) fn gets_if(condition: &str) -> String {
    ALLOW_GET.replace("\"*\"}", &format!("\"*\",\"Condition\":{condition}}}"))
}

/// The contents of all elements of a name.
pub(in crate::cases) fn elements(xml: &str, tag: &str) -> Vec<String> {
    let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
    let inside = |part: &str| Some(part.split_once(&close)?.0.to_owned());
    xml.split(&open).skip(1).filter_map(inside).collect()
}

/// The same in the order of their letters, each once: AWS has no order for some.
pub(in crate::cases) fn element_set(xml: &str, tag: &str) -> Vec<String> {
    let mut all = elements(xml, tag);
    all.sort_unstable();
    all.dedup();
    all
}

/// Simulates `s3:GetObject` for these policies; gives the answer.
pub(in crate::cases) async fn simulate(
    c: &Context,
    policies: &[&str],
    others: &[(&str, &str)],
) -> String {
    let names: Vec<String> = (1..=policies.len())
        .map(|number| format!("PolicyInputList.member.{number}"))
        .collect();
    let mut parameters: Vec<(&str, &str)> = names
        .iter()
        .map(String::as_str)
        .zip(policies.iter().copied())
        .collect();
    if policies.is_empty() {
        parameters.push(("PolicyInputList", ""));
    }
    if !others
        .iter()
        .any(|(name, _)| name.starts_with("ActionNames"))
    {
        parameters.push(("ActionNames.member.1", "s3:GetObject"));
    }
    parameters.extend(others);
    c.iam("SimulateCustomPolicy", &parameters).await.body
}

/// The decision on an action as a whole, and whose statements matched.
pub(in crate::cases) fn told(xml: &str) -> (Vec<String>, Vec<String>) {
    (
        elements(xml, "EvalDecision"),
        element_set(xml, "SourcePolicyId"),
    )
}

pub(in crate::cases) fn telling(decision: &str, matched: &[&str]) -> (Vec<String>, Vec<String>) {
    let matched = matched.iter().map(|id| (*id).to_owned());
    (vec![decision.to_owned()], matched.collect())
}
