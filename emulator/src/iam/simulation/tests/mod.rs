//! Simulations without a server. The expectations are what AWS's simulator was recorded to answer in
//! September 2026, where nothing else is said.

mod decisions;
mod inputs;
mod layers;
mod values;

use serde_json::{Map, Value, json};

use super::{Level, Settings};
use crate::account::AccountId;
use crate::iam::paging::Paging;
use crate::wire::Fault;

const A: &str = "arn:aws:s3:::stackd-simulation/a";
const B: &str = "arn:aws:s3:::stackd-simulation/b";
const USER: &str = "arn:aws:iam::123456789012:user/simulation/ann";

const ALLOW: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}"#;
const ALLOW_OTHER: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"*"}]}"#;
const ALLOW_ALL: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
const DENY: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:GetObject","Resource":"*"}]}"#;

/// A policy that allows to get objects under a condition.
fn allow_if(condition: &str) -> String {
    statement("Allow", "*", condition)
}

fn statement(effect: &str, resource: &str, condition: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"{effect}","Action":"s3:GetObject","Resource":"{resource}","Condition":{condition}}}]}}"#
    )
}

/// The answer to a custom simulation of `s3:GetObject`, or what else the input names.
fn answer(input: &Value) -> Result<Value, String> {
    let mut whole = json!({"PolicyInputList": [], "ActionNames": ["s3:GetObject"]});
    let whole = whole.as_object_mut().unwrap();
    whole.extend(input.as_object().unwrap().clone());
    simulate(whole).map_err(|fault| fault.message.unwrap().into_owned())
}

fn simulate(input: &Map<String, Value>) -> Result<Value, Fault> {
    let read = || Value::Object(input.clone());
    let settings: Settings = serde_json::from_value(read()).unwrap();
    let paging: Paging = serde_json::from_value(read()).unwrap();
    let levels = input.get("OrderedOrganizationPolicyInputList").cloned();
    let levels: Vec<Level> = serde_json::from_value(levels.unwrap_or(json!([]))).unwrap();
    let account = AccountId::parse("123456789012").unwrap();
    let simulation = settings.custom(account, &levels)?;
    let output = simulation.page(&settings.action_names, &paging)?;
    Ok(serde_json::to_value(output).unwrap())
}

/// The one result of a simulation.
fn result(input: &Value) -> Value {
    let mut answer = answer(input).unwrap();
    let results = answer["EvaluationResults"]["member"]
        .as_array_mut()
        .unwrap();
    assert_eq!(results.len(), 1);
    results.remove(0)
}

/// Decision, the policies whose statements matched, and the keys that are missing.
fn told(result: &Value) -> (String, Vec<String>, Vec<String>) {
    let decision = result
        .get("EvalDecision")
        .or(result.get("EvalResourceDecision"));
    let list = |name: &str, part: fn(&Value) -> &Value| {
        let members = result.get(name).and_then(|list| list["member"].as_array());
        let text = |item: &Value| part(item).as_str().unwrap().to_owned();
        members.into_iter().flatten().map(text).collect()
    };
    (
        decision.unwrap().as_str().unwrap().to_owned(),
        list("MatchedStatements", |item| &item["SourcePolicyId"]),
        list("MissingContextValues", |item| item),
    )
}

/// As [`told`] gives it.
fn telling(
    decision: &str,
    matched: &[&str],
    missing: &[&str],
) -> (String, Vec<String>, Vec<String>) {
    let owned = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
    (decision.to_owned(), owned(matched), owned(missing))
}

/// The decisions on the resources, in their order.
fn by_resource(result: &Value) -> Vec<(String, Vec<String>, Vec<String>)> {
    let results = result["ResourceSpecificResults"]["member"].as_array();
    results.unwrap().iter().map(told).collect()
}

fn entry(key: &str, values: &[&str], kind: &str) -> Value {
    json!([{"ContextKeyName": key, "ContextKeyValues": values, "ContextKeyType": kind}])
}
