//! A decision's context and trace as JSON: every layer, policy and statement, and what of it did not fit.

use sekisho_iam::{
    ConditionTrace, Context, ElementTrace, LayerTrace, PolicyTrace, StatementTrace, Trace,
};
use serde_json::{Map, Value, json};

/// Adds the context and the trace to the JSON of their decision.
pub(super) fn add(decision: &mut Value, context: &Context<'_>, trace: &Trace) {
    decision["context"] = context
        .iter()
        .map(key)
        .collect::<Map<String, Value>>()
        .into();
    decision["layers"] = trace.layers.iter().map(layer).collect();
    if let Some(miss) = &trace.nearest_miss {
        decision["nearest_miss"] = miss.to_string().into();
    }
}

/// A condition key with its value, or a list of them if it can have several.
fn key((key, value): (&str, &sekisho_iam::Value<'_>)) -> (String, Value) {
    let value = match value {
        sekisho_iam::Value::One(value) => json!(value),
        sekisho_iam::Value::Many(values) => json!(values),
    };
    (key.to_owned(), value)
}

fn layer(layer: &LayerTrace) -> Value {
    let says = match (layer.denies(), layer.allows()) {
        (true, _) => "deny",
        (false, true) => "allow",
        (false, false) => "nothing",
    };
    let policies: Vec<Value> = layer.policies.iter().map(policy).collect();
    let grants: Vec<Value> = layer
        .grants
        .iter()
        .map(|grant| json!({"applies": grant.applies}))
        .collect();
    json!({
        "layer": layer.layer.name(),
        "must_allow": layer.must_allow,
        "says": says,
        "policies": policies,
        "grants": grants,
    })
}

fn policy(policy: &PolicyTrace) -> Value {
    let statements: Vec<Value> = policy.statements.iter().map(statement).collect();
    json!({"policy": policy.name, "level": policy.level, "statements": statements})
}

/// Elements that fit are left out: what is left is the reason.
fn statement(statement: &StatementTrace) -> Value {
    let elements = statement.missed_elements().map(element);
    let misses: Vec<Value> = elements
        .chain(statement.missed_conditions().map(condition))
        .collect();
    let met = statement.conditions.iter().filter(|c| c.holds);
    let met: Vec<Value> = met.map(condition).collect();
    let start = statement.span.start;
    json!({
        "sid": statement.sid,
        "line": start.line,
        "column": start.column,
        "effect": statement.effect.name(),
        "applies": statement.applies,
        "misses": misses,
        "met": met,
    })
}

fn element(element: &ElementTrace) -> Value {
    json!({
        "element": element.name,
        "policy": element.patterns,
        "request": element.request,
        "unresolved": element.unresolved,
    })
}

/// A key that is absent from the request is `null`. `filled` are the policy's values with their
/// variables filled in, if they have any.
fn condition(condition: &ConditionTrace) -> Value {
    let mut json = json!({
        "element": "Condition",
        "operator": condition.operator,
        "key": condition.key,
        "policy": condition.values,
        "request": condition.request,
        "unresolved": condition.unresolved,
    });
    // What AWS cannot judge, and the statement therefore fails closed by.
    if let Some(no_arn) = &condition.no_arn {
        json["no_arn"] = no_arn.as_str().into();
    }
    let filled = condition.filled.iter().map(Option::as_deref);
    if !filled
        .clone()
        .eq(condition.values.iter().map(|value| Some(value.as_str())))
    {
        json["filled"] = filled.collect();
    }
    json
}
