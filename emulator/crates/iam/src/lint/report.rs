//! Collects findings as they are made and puts them in the order of the text.
//!
//! Checks know byte offsets only; lines, columns and paths are found here, for all findings in one
//! pass. Never keeps more than [`MAX_FINDINGS`], and says when there were more.

use std::ops::Range;

use super::codes::{self, Code};
use super::effort::Effort;
use super::model::Text;
use super::{Finding, Path, Severity, Step};
use crate::document::Span;
use crate::json::{Data, Lines, Value};

/// More than anyone reads, and few enough to find the place of each.
const MAX_FINDINGS: usize = 1_000;

pub(super) struct Report<'a> {
    text: &'a str,
    found: Vec<Found>,
    is_full: bool,
    /// What may still be spent on comparisons.
    pub(super) effort: Effort,
}

struct Found {
    code: &'static Code,
    severity: Severity,
    message: String,
    bytes: Range<usize>,
}

impl<'a> Report<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            found: Vec::new(),
            is_full: false,
            effort: Effort::default(),
        }
    }

    pub(super) fn has_error(&self) -> bool {
        self.found
            .iter()
            .any(|found| found.severity == Severity::Error)
    }

    pub(super) fn add(&mut self, code: &'static Code, bytes: Range<usize>, message: String) {
        self.push(code, code.severity, bytes, message);
    }

    /// Like [`Self::add`], for what AWS refuses to save.
    pub(super) fn refuse(&mut self, code: &'static Code, bytes: Range<usize>, message: String) {
        self.push(code, Severity::Error, bytes, message);
    }

    /// The place of a part of a text; the whole if it is written with escapes.
    pub(super) fn within(&self, text: &Text<'_>, part: Range<usize>) -> Range<usize> {
        let start = text.bytes.start + 1;
        let written = self.text.get(start..text.bytes.end.saturating_sub(1));
        if written == Some(text.text) {
            start + part.start..start + part.end
        } else {
            text.bytes.clone()
        }
    }

    /// `root` is None if the text is not JSON.
    pub(super) fn finish(mut self, root: Option<&Value<'_>>) -> Vec<Finding> {
        if self.is_full || self.effort.is_spent() {
            let end = self.text.len();
            let message = "The policy is too large to be checked completely; there may be more \
                           findings. Split it, and check the parts.";
            self.found.push(Found {
                code: &codes::LINT_INCOMPLETE,
                severity: codes::LINT_INCOMPLETE.severity,
                message: message.to_owned(),
                bytes: end..end,
            });
        }
        self.found
            .sort_by_key(|found| (found.bytes.start, found.bytes.end, found.code.name));
        let (mut starts, mut ends) = (Lines::new(self.text), Lines::new(self.text));
        let mut findings: Vec<Finding> = self
            .found
            .into_iter()
            .map(|found| Finding {
                severity: found.severity,
                code: found.code,
                message: found.message,
                span: Span {
                    start: starts.position(found.bytes.start),
                    end: Default::default(),
                },
                path: root
                    .map(|root| path(root, &found.bytes))
                    .unwrap_or_default(),
                bytes: found.bytes,
            })
            .collect();
        // Ends do not ascend with their starts.
        let mut by_end: Vec<&mut Finding> = findings.iter_mut().collect();
        by_end.sort_by_key(|finding| finding.bytes.end);
        for finding in by_end {
            finding.span.end = ends.position(finding.bytes.end);
        }
        findings
    }

    fn push(
        &mut self,
        code: &'static Code,
        severity: Severity,
        bytes: Range<usize>,
        message: String,
    ) {
        if self.found.len() < MAX_FINDINGS {
            self.found.push(Found {
                code,
                severity,
                message,
                bytes,
            });
        } else {
            self.is_full = true;
        }
    }
}

/// The way to the smallest element that holds the place.
fn path(root: &Value<'_>, bytes: &Range<usize>) -> Path {
    let mut steps = Vec::new();
    let mut value = root;
    loop {
        // Elements stand in their order: the one that may hold the place is the last to begin
        // before it.
        let (next, step) = match &value.data {
            Data::Array(values) => {
                let at = values.partition_point(|value| value.start <= bytes.start);
                let Some((at, next)) = at.checked_sub(1).and_then(|at| Some((at, values.get(at)?)))
                else {
                    break;
                };
                (next, Step::Index(at))
            }
            Data::Object(members) => {
                let at = members.partition_point(|member| member.key_start <= bytes.start);
                let Some(member) = at.checked_sub(1).and_then(|at| members.get(at)) else {
                    break;
                };
                (&member.value, Step::Key(member.key.to_string()))
            }
            _ => break,
        };
        if bytes.start >= next.end || bytes.end > next.end {
            break;
        }
        steps.push(step);
        if bytes.start < next.start {
            break; // The key itself.
        }
        value = next;
    }
    Path(steps)
}
