//! What happened: one line a request. Never holds an input, a value or a signature.

use http::StatusCode;

use crate::account::Scope;
use crate::authorization::{Made, Target};
use crate::caller::Caller;
use crate::environment::{Environment, Moment};
use crate::wire::Fault;

/// The log line of one request, filled in as its facts become known.
pub(crate) struct Line {
    began: Moment,
    request_id: String,
    operation: String,
    caller: String,
    account: String,
    region: String,
    resource: String,
    decision: String,
    error: &'static str,
}

impl Line {
    pub(crate) fn begin(environment: &Environment, request_id: &str) -> Self {
        Self {
            began: environment.moment(),
            request_id: request_id.to_owned(),
            operation: "-".to_owned(),
            caller: "-".to_owned(),
            account: "-".to_owned(),
            region: "-".to_owned(),
            resource: "-".to_owned(),
            decision: "-".to_owned(),
            error: "-",
        }
    }

    pub(crate) fn asked(&mut self, service: &str, operation: Option<&str>) {
        self.operation = format!("{service}:{}", operation.unwrap_or("-"));
    }

    pub(crate) fn sent_by(&mut self, caller: &Caller, scope: &Scope) {
        self.caller = caller.arn.clone();
        self.account = scope.account.to_string();
        self.region = scope.region.to_string();
    }

    /// The first denial, or else the last permission.
    pub(crate) fn decided(&mut self, made: &[Made]) {
        let Some(made) = made.iter().find(|made| made.denied.is_some()).or(made.last()) else { return };
        if let Target::Resource { shown, .. } = &made.demand.target {
            self.resource = shown.clone();
        }
        self.decision = match &made.denied {
            Some(sentence) => format!("denied: {sentence}"),
            None => "allowed".to_owned(),
        };
    }

    pub(crate) fn refused(&mut self, fault: &Fault) {
        self.error = fault.code;
    }

    pub(crate) fn end(self, environment: &Environment, status: StatusCode) {
        let Self { began, request_id, operation, caller, account, region, resource, decision, error } = self;
        let micros = environment.micros_since(began);
        let status = status.as_u16();
        tracing::info!(
            target: "sekisho::request",
            operation, caller, resource, decision, status, error, micros, account, region, request_id,
        );
    }
}
