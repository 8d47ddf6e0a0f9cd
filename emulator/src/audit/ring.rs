//! The last records, oldest first out.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use uuid::Uuid;

use super::Record;

/// How many records are kept.
const CAPACITY: usize = 1024;

/// A bounded ring of records.
#[derive(Default)]
pub(crate) struct Ring(Mutex<VecDeque<Arc<Record>>>);

impl Ring {
    /// Keeps a record, in place of the oldest if there are too many.
    pub(crate) fn push(&self, record: Arc<Record>) {
        let mut records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
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
    pub(crate) fn newest(&self, limit: usize) -> Vec<Arc<Record>> {
        let records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        records.iter().rev().take(limit).cloned().collect()
    }

    /// The record of a request.
    pub(crate) fn find(&self, id: Uuid) -> Option<Arc<Record>> {
        let records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        records
            .iter()
            .rev()
            .find(|record| record.request_id == id)
            .cloned()
    }
}
