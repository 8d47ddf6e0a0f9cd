//! Where a value stands, and what an error says of a value there.

use std::fmt;

use super::Violations;
use crate::wire::Pattern;

/// Where a value stands. The path is spelled out only when there is something to complain of.
pub(super) struct Place<'a> {
    pub(super) prefix: &'a str,
    pub(super) name: &'a str,
    pub(super) sensitive: bool,
}

impl Place<'_> {
    pub(super) fn violate(
        &self,
        violations: &mut Violations,
        shown: &str,
        rule: fmt::Arguments<'_>,
    ) {
        self.complain(violations, format_args!("'{shown}'"), rule);
    }

    pub(super) fn missing(&self, violations: &mut Violations) {
        self.complain(
            violations,
            format_args!("null"),
            format_args!("not be null"),
        );
    }

    fn complain(
        &self,
        violations: &mut Violations,
        shown: fmt::Arguments<'_>,
        rule: fmt::Arguments<'_>,
    ) {
        violations.push(|| {
            let path = path(self.prefix, self.name);
            let value = if self.sensitive {
                String::new()
            } else {
                format!("{shown} ")
            };
            format!("Value {value}at '{path}' failed to satisfy constraint: Member must {rule}")
        });
    }

    pub(super) fn length(
        &self,
        violations: &mut Violations,
        shown: &str,
        length: usize,
        min: usize,
        max: usize,
    ) {
        if length < min {
            self.violate(
                violations,
                shown,
                format_args!("have length greater than or equal to {min}"),
            );
        }
        if length > max {
            self.violate(
                violations,
                shown,
                format_args!("have length less than or equal to {max}"),
            );
        }
    }

    pub(super) fn pattern(
        &self,
        violations: &mut Violations,
        text: &str,
        pattern: Option<&Pattern>,
    ) {
        if let Some(pattern) = pattern.filter(|pattern| !(pattern.matches)(text)) {
            let rule = format_args!("satisfy regular expression pattern: {}", pattern.text);
            self.violate(violations, text, rule);
        }
    }
}

/// `SecretId` → `secretId`; items of lists → `tags.1.member.key`.
pub(super) fn path(prefix: &str, name: &str) -> String {
    let mut characters = name.chars();
    let first = characters.next().map(|c| c.to_ascii_lowercase());
    prefix.chars().chain(first).chain(characters).collect()
}
