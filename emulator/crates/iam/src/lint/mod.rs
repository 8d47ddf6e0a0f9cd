//! What is wrong with a policy, or probably not meant: findings in the manner of Access Analyzer's
//! ValidatePolicy, from one policy alone.
//!
//! [`Policy::parse`](crate::Policy::parse) stops at the first fault, with AWS's words. The linter
//! goes on, points at every place, and also reports what AWS saves without a word: actions that
//! never match their resource, conditions that never hold, secrets named without their suffix.
//! It never decides a request, never looks up principals or resources, and never claims that
//! a service outside [`crate::table`] does not exist.
//!
//! [`codes`] has the table of all kinds of findings. Texts of any kind may be given: nothing panics,
//! and the time is bounded. Where a policy is so large that comparisons had to be left out, a finding
//! says so.

use std::fmt;
use std::ops::Range;

use crate::Kind;
use crate::document::{Document, Span};

pub mod codes;
pub use codes::Code;

// From the text to statements, and from findings to places in the text.
mod model;
mod report;
mod syntax;

// The checks, by theme.
mod actions;
mod addresses;
mod conditions;
mod control;
mod document;
mod exposure;
mod matching;
mod passing;
mod presence;
mod principals;
mod reach;
mod resources;
mod secrets;
mod trust;
mod values;
mod variables;

// What they have in common.
mod arn;
mod effort;
mod words;

/// Reports what is wrong with a policy of this kind, in the order of the text.
///
/// ```
/// use sekisho_iam::{Kind, lint::{Severity, lint}};
///
/// let policy = r#"{"Version": "2012-10-17", "Statement": {
///     "Effect": "Allow",
///     "Action": "secretsmanager:GetSecretValues",
///     "Resource": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db"}}"#;
/// let findings = lint(policy, Kind::Identity);
/// assert_eq!(findings.len(), 2);
/// assert_eq!(findings[0].code.name, "INVALID_ACTION");
/// assert_eq!(findings[0].severity, Severity::Error);
/// assert_eq!(findings[0].path.to_string(), "Statement.Action");
/// assert_eq!(findings[0].span.start.line, 3);
/// assert!(findings[0].message.contains("did you mean secretsmanager:GetSecretValue?"));
/// assert_eq!(findings[1].code.name, "SECRET_ARN_WITHOUT_SUFFIX");
/// ```
pub fn lint(text: &str, kind: Kind) -> Vec<Finding> {
    let mut report = report::Report::new(text);
    if !document::is_in_bounds(text, kind, &mut report) {
        return report.finish(None);
    }
    let Some(root) = syntax::parse(text, &mut report) else {
        return report.finish(None);
    };
    let policy = syntax::read(&root, kind, &mut report);
    for check in [
        document::check,
        actions::check,
        resources::check,
        secrets::check,
        matching::check,
        passing::check,
        control::check,
        principals::check,
        exposure::check,
        trust::check,
        conditions::check,
        presence::check,
        values::check,
        variables::check,
        reach::check,
    ] {
        check(&policy, &mut report);
    }
    // Whatever the checks overlook, what cannot be saved is never called clean.
    if !report.has_error()
        && let Err(malformed) = Document::read(text, kind)
    {
        let message = format!("AWS refuses to save this policy: {malformed}");
        report.add(&codes::POLICY_REFUSED, root.start..root.end, message);
    }
    report.finish(Some(&root))
}

/// Whether a policy lets in everyone, whatever the account: what Secrets Manager calls public access.
/// Statements are judged one by one; what a Deny takes back still counts.
pub fn is_public(text: &str, kind: Kind) -> bool {
    let open = [&codes::BROAD_ACCESS, &codes::ALLOW_WITH_NOTPRINCIPAL];
    let findings = lint(text, kind);
    findings
        .iter()
        .any(|finding| open.iter().any(|code| code.name == finding.code.name))
}

/// Something to look at in a policy. [`Display`](fmt::Display) prints it on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The code's, but never less than [`Severity::Error`] where AWS refuses to save the policy.
    pub severity: Severity,
    /// What kind of finding it is.
    pub code: &'static Code,
    /// What is wrong in this policy, and what to do about it.
    pub message: String,
    /// Where it stands.
    pub span: Span,
    /// The same in bytes.
    pub bytes: Range<usize>,
    /// The element it stands in.
    pub path: Path,
}

/// How much a finding matters. Access Analyzer's four types, the gravest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Could be written better; the meaning stays.
    Suggestion,
    /// Probably does not do what is meant.
    Warning,
    /// Allows more than is probably meant.
    SecurityWarning,
    /// Not a valid policy, or a part of it has no effect.
    Error,
}

/// The way from the root of the document to an element:
/// `Statement[0].Condition.StringLike.aws:PrincipalArn`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Path(Vec<Step>);

/// A step of a [`Path`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Into the value of an object's member.
    Key(String),
    /// Into an array, counted from 0.
    Index(usize),
}

impl Severity {
    /// As Access Analyzer writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Suggestion => "SUGGESTION",
            Self::Warning => "WARNING",
            Self::SecurityWarning => "SECURITY_WARNING",
            Self::Error => "ERROR",
        }
    }
}

impl Path {
    /// From the root on.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = self.span.start;
        let (severity, code, message) = (self.severity, self.code.name, &self.message);
        write!(
            f,
            "{}:{}: {severity} {code}: {message}",
            start.line, start.column
        )
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_plain =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-' | b'_');
        for (at, step) in self.0.iter().enumerate() {
            match step {
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Key(key) if !key.is_empty() && key.bytes().all(is_plain) => {
                    let dot = if at == 0 { "" } else { "." };
                    write!(f, "{dot}{key}")?;
                }
                Step::Key(key) => write!(f, "[{key:?}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
