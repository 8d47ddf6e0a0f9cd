//! A trace in words. Words are for people: programs read the fields.

use std::fmt;

use super::{
    Change, ConditionTrace, ElementTrace, LayerTrace, NearestMiss, Place, PolicyTrace,
    StatementTrace, Trace,
};
use crate::decision::Outcome;

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let outcome = match self.decision.outcome {
            Outcome::Allow => "allowed",
            Outcome::ImplicitDeny => "denied, because nothing allows it",
            Outcome::ExplicitDeny => "denied explicitly",
        };
        writeln!(f, "{outcome} (layer: {})", self.decision.layer)?;
        for layer in &self.layers {
            layer.fmt(f)?;
        }
        match &self.nearest_miss {
            Some(miss) => writeln!(f, "{miss}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for LayerTrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let says = match (self.denies(), self.allows()) {
            (true, _) => "denies",
            (false, true) => "allows",
            (false, false) => "is silent",
        };
        let must = if self.must_allow { ", must allow" } else { "" };
        writeln!(f, "  {} {says}{must}", self.layer)?;
        for (number, grant) in self.grants.iter().enumerate() {
            let applies = if grant.applies {
                "applies"
            } else {
                "does not apply"
            };
            writeln!(f, "    grant {number} {applies}")?;
        }
        self.policies.iter().try_for_each(|policy| policy.fmt(f))
    }
}

impl fmt::Display for PolicyTrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "    {}", self.name)?;
        for (number, statement) in self.statements.iter().enumerate() {
            write!(f, "      statement {number}")?;
            statement.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for StatementTrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(sid) = &self.sid {
            write!(f, " ({sid})")?;
        }
        let effect = self.effect.name();
        let applies = if self.applies {
            "applies"
        } else {
            "does not apply"
        };
        let start = self.span.start;
        writeln!(
            f,
            ", line {} column {}: {effect} {applies}",
            start.line, start.column
        )?;
        for element in self.missed_elements() {
            writeln!(f, "        {element}")?;
        }
        let is_of_note = |c: &&ConditionTrace| !c.holds || c.no_arn.is_some();
        for condition in self.conditions.iter().filter(is_of_note) {
            writeln!(f, "        {condition}")?;
        }
        Ok(())
    }
}

impl fmt::Display for ElementTrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let patterns = self.patterns.join(", ");
        let (name, request) = (self.name, &self.request);
        match (name.starts_with("Not"), self.fits) {
            (false, true) => write!(f, "{name} [{patterns}] names {request}")?,
            (false, false) => write!(f, "{name} [{patterns}] does not name {request}")?,
            (true, true) => write!(f, "{name} [{patterns}] leaves {request} in")?,
            (true, false) => write!(f, "{name} [{patterns}] leaves {request} out")?,
        }
        if !self.unresolved.is_empty() {
            write!(f, ": the request has no {}", self.unresolved.join(", "))?;
        }
        Ok(())
    }
}

impl fmt::Display for ConditionTrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operator,
            key,
            values,
            filled,
            request,
            unresolved,
            no_arn,
            holds,
        } = self;
        let shown = values
            .iter()
            .zip(filled)
            .map(|(value, filled)| match filled {
                Some(filled) if filled != value => format!("{value} = {filled}"),
                _ => value.clone(),
            });
        let shown: Vec<String> = shown.collect();
        let says = match (holds, no_arn) {
            (true, Some(_)) => "is taken to hold",
            (true, None) => "holds",
            (false, _) => "does not hold",
        };
        write!(
            f,
            "{operator} {key} [{}] {says}: the request has ",
            shown.join(", ")
        )?;
        match request {
            None => f.write_str("no such key")?,
            Some(values) => write!(f, "[{}]", values.join(", "))?,
        }
        if !unresolved.is_empty() {
            write!(f, " and no {}", unresolved.join(", "))?;
        }
        match no_arn {
            Some(text) => write!(
                f,
                ", and {text} is no ARN, so that it fails closed: an Allow does not apply, a Deny does"
            ),
            None => Ok(()),
        }
    }
}

impl fmt::Display for NearestMiss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let outcome = if self.allows { "allowed" } else { "denied" };
        write!(f, "It would be {outcome} if ")?;
        let place = self
            .place
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        match &self.change {
            Change::SetKey { key, value } => {
                write!(f, "the request had {key} = {value}, for {place}")
            }
            Change::RemoveKey { key } => write!(f, "the request had no {key}, for {place}"),
            Change::Resource(arn) => write!(f, "{place} covered the resource {arn}"),
            Change::Action(action) => write!(f, "{place} covered the action {action}"),
            Change::Principal(name) => write!(f, "{place} covered the principal {name}"),
            Change::DropCondition { operator, key } => {
                write!(f, "{place} did not have the condition {operator} on {key}")
            }
            Change::DropStatement => write!(f, "{place} were not there"),
            Change::AddStatement(layer) => {
                write!(f, "the {layer} layer had a statement that allows it")
            }
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "statement {} ", self.statement)?;
        if let Some(sid) = &self.sid {
            write!(f, "({sid}) ")?;
        }
        write!(f, "of {}", self.policy)
    }
}
