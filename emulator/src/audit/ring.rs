//! The last records, oldest first out.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use http::HeaderValue;
use uuid::Uuid;

use super::Record;

/// How many records are kept.
const CAPACITY: usize = 1024;

/// A bounded ring of records. Every request writes into it, so what they share is kept once:
/// memory that is gone through request by request would be cold each time.
#[derive(Default)]
pub(crate) struct Ring(Mutex<VecDeque<Record>>);

impl Ring {
    /// Keeps a record, in place of the oldest if there are too many.
    pub(crate) fn push(&self, mut record: Record, user_agent: Option<&HeaderValue>) {
        let user_agent = user_agent.and_then(|value| value.to_str().ok());
        let mut records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        record.user_agent = user_agent.map(|text| shared(&records, text));
        // Dropped outside the lock: a record may be the last to hold its policies.
        let oldest = if records.len() == CAPACITY {
            records.pop_front()
        } else {
            None
        };
        records.push_back(record);
        drop(records);
        drop(oldest);
    }

    /// The newest records, newest first.
    pub(crate) fn newest(&self, limit: usize) -> Vec<Record> {
        let records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        records.iter().rev().take(limit).cloned().collect()
    }

    /// The record of a request.
    pub(crate) fn find(&self, id: Uuid) -> Option<Record> {
        let records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        records
            .iter()
            .rev()
            .find(|record| record.request_id == id)
            .cloned()
    }
}

/// The user agent of the last request is most likely that of this one.
fn shared(records: &VecDeque<Record>, user_agent: &str) -> Arc<str> {
    match records.back().and_then(|last| last.user_agent.as_ref()) {
        Some(last) if **last == *user_agent => last.clone(),
        _ => user_agent.into(),
    }
}
