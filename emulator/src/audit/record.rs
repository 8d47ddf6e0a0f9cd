//! The facts of one request, gathered as they become known and formatted only when asked for.

use std::borrow::Cow;
use std::net::IpAddr;
use std::sync::Arc;

use sekisho_iam::Outcome;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::explain;
use crate::account::Region;
use crate::authorization::{Circumstances, Made, Target};
use crate::caller::Caller;
use crate::environment::{Environment, Moment};
use crate::timestamp::Timestamp;
use crate::wire::Fault;

/// One request.
#[derive(Clone)]
pub(crate) struct Record {
    pub(crate) request_id: Uuid,
    began: Moment,
    at: Timestamp,
    /// Where the request came from; none in-process.
    source: Option<IpAddr>,
    is_secure: bool,
    /// The `User-Agent` header, which many records share.
    pub(super) user_agent: Option<Arc<str>>,
    referer: Option<Box<str>>,
    service: &'static str,
    operation: Cow<'static, str>,
    caller: Option<Arc<Caller>>,
    region: Option<Region>,
    decisions: Vec<Made>,
    status: u16,
    error: Option<&'static str>,
    micros: u64,
}

/// No operation of AWS has a longer name.
const LONGEST_NAME: usize = 64;

impl Record {
    pub(crate) fn begin(
        environment: &Environment,
        request_id: Uuid,
        around: &Circumstances<'_>,
    ) -> Self {
        Self {
            request_id,
            began: environment.moment(),
            at: environment.now(),
            source: around.source,
            is_secure: around.is_secure,
            user_agent: None,
            referer: around.referer.map(Into::into),
            service: "-",
            operation: Cow::Borrowed("-"),
            caller: None,
            region: None,
            decisions: Vec::new(),
            status: 0,
            error: None,
            micros: 0,
        }
    }

    /// The client's word for what it wants. A name that it made up is kept, but not all of it.
    pub(crate) fn asked(&mut self, service: &'static str, operation: Option<&str>) {
        self.service = service;
        let short = |name: &str| name.chars().take(LONGEST_NAME).collect();
        self.operation = operation.map_or(Cow::Borrowed("-"), |name| Cow::Owned(short(name)));
    }

    /// An operation that is known.
    pub(crate) fn found(&mut self, service: &'static str, operation: &'static str) {
        (self.service, self.operation) = (service, Cow::Borrowed(operation));
    }

    pub(crate) fn sent_by(&mut self, caller: &Arc<Caller>, region: &Region) {
        (self.caller, self.region) = (Some(caller.clone()), Some(*region));
    }

    /// Of several attempts at an operation the last one counts.
    pub(crate) fn decided(&mut self, decisions: Vec<Made>) {
        self.decisions = decisions;
    }

    pub(crate) fn refused(&mut self, fault: &Fault) {
        self.error = Some(fault.code);
    }

    pub(crate) fn end(&mut self, environment: &Environment, status: u16) {
        self.status = status;
        self.micros = environment.micros_since(self.began);
    }

    /// Writes the log line, if anybody wants it.
    pub(crate) fn log(&self) {
        if !tracing::enabled!(target: "sekisho::request", tracing::Level::INFO) {
            return;
        }
        let first = self.telling();
        let decision = match first {
            None => "-".to_owned(),
            Some(made) => self
                .sentence(made)
                .map_or("allowed".to_owned(), |text| format!("denied: {text}")),
        };
        tracing::info!(
            target: "sekisho::request",
            operation = format_args!("{}:{}", self.service, self.operation),
            caller = self.caller_arn(),
            resource = first.map_or("-", shown),
            decision,
            status = self.status,
            error = self.error.unwrap_or("-"),
            micros = self.micros,
            region = self.region.as_ref().map_or("-", Region::as_str),
            access_key_id = self.caller.as_ref().map_or("-", |caller| &caller.access_key_id),
            request_id = %self.request_id,
        );
    }

    /// The record with all reasons for each decision.
    pub(crate) fn explained(&self) -> Value {
        let mut record = self.to_json();
        let around = Circumstances {
            region: self.region,
            source: self.source,
            is_secure: self.is_secure,
            user_agent: self.user_agent.as_deref(),
            referer: self.referer.as_deref(),
        };
        let decisions = record.get_mut("decisions").and_then(Value::as_array_mut);
        if let (Some(decisions), Some(caller)) = (decisions, &self.caller) {
            for (json, made) in decisions.iter_mut().zip(&self.decisions) {
                made.explain(caller, &around, |request, trace| {
                    explain::add(json, request.context, trace);
                });
            }
        }
        record
    }

    /// The record as a reader sees it.
    pub(crate) fn to_json(&self) -> Value {
        let caller = self.caller.as_deref();
        let outcome = match (self.telling(), self.error) {
            (Some(made), _) if made.is_denied() && self.error.is_some() => "denied",
            (_, Some(_)) => "failed",
            (_, None) => "succeeded",
        };
        let mut record = json!({
            "time": self.at.iso8601_millis(),
            "request_id": self.request_id.to_string(),
            "service": self.service,
            "operation": self.operation,
            "outcome": outcome,
            "status": self.status,
            "micros": self.micros,
        });
        if let Value::Object(record) = &mut record {
            put(
                record,
                "account",
                caller.map(|caller| caller.account.to_string()),
            );
            put(
                record,
                "region",
                self.region.as_ref().map(Region::to_string),
            );
            put(record, "caller", caller.map(|caller| caller.arn.clone()));
            put(
                record,
                "access_key_id",
                caller.map(|caller| caller.access_key_id.clone()),
            );
            put(record, "error", self.error);
            put(
                record,
                "source",
                self.source.map(|source| source.to_string()),
            );
            put(record, "user_agent", self.user_agent.as_deref());
            let decisions: Vec<Value> = self
                .decisions
                .iter()
                .map(|made| made_to_json(made, caller, self.sentence(made)))
                .collect();
            record.insert("decisions".to_owned(), decisions.into());
        }
        record
    }

    fn sentence(&self, made: &Made) -> Option<String> {
        made.sentence(self.caller.as_ref()?)
    }

    fn caller_arn(&self) -> &str {
        self.caller.as_ref().map_or("-", |caller| &caller.arn)
    }

    /// The decision that says most: the first denial, or else the last permission.
    fn telling(&self) -> Option<&Made> {
        self.decisions
            .iter()
            .find(|made| made.is_denied())
            .or(self.decisions.last())
    }
}

fn put(record: &mut Map<String, Value>, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        record.insert(name.to_owned(), value.into());
    }
}

fn shown(made: &Made) -> &str {
    match &made.demand.target {
        Target::None => "-",
        Target::Resource { shown, .. } => shown,
    }
}

fn made_to_json(made: &Made, caller: Option<&Caller>, sentence: Option<String>) -> Value {
    let outcome = match made.decision.outcome {
        Outcome::Allow => "allow",
        Outcome::ImplicitDeny => "implicit deny",
        Outcome::ExplicitDeny => "explicit deny",
    };
    let mut json = json!({"action": made.demand.action, "decision": outcome, "layer": made.decision.layer.name()});
    if let Value::Object(json) = &mut json {
        if let Target::Resource { arn, shown, .. } = &made.demand.target {
            put(json, "resource", Some(shown.as_str()));
            put(json, "arn", Some(&**arn));
        }
        if let Some((policy, statement)) = caller.and_then(|caller| made.determining(caller)) {
            put(json, "policy", Some(policy.name.as_str()));
            put(json, "statement", Some(statement));
            let sid = policy
                .policy
                .statements()
                .get(statement)
                .and_then(|statement| statement.sid());
            put(json, "sid", sid);
        }
        put(json, "message", sentence);
    }
    json
}
