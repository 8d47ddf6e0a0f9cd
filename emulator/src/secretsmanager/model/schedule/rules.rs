//! Rotation rules as requests and answers carry them, within the model's limits.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotationRulesType.html>

use serde::{Deserialize, Serialize};

use crate::wire::{Member, Pattern, Shape};

/// Rotation rules, unchecked. Members are in the model's order.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct RotationRules {
    /// Days from one rotation to the next; in answers, calculated from the expression.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub automatically_after_days: Option<i64>,
    /// How long a window lasts, such as `3h`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<Box<str>>,
    /// A `rate()` or `cron()` expression.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schedule_expression: Option<Box<str>>,
}

/// The member of RotateSecret.
pub const ROTATION_RULES: Member = Member::new("RotationRules", Shape::Structure(MEMBERS));

const MEMBERS: &[Member] = &[
    Member::integer("AutomaticallyAfterDays", 1, 1000),
    Member::new("Duration", Shape::pattern(2, 3, DURATION)),
    Member::new("ScheduleExpression", Shape::pattern(1, 256, EXPRESSION)),
];

const DURATION: Pattern = Pattern {
    text: "[0-9]+h",
    matches: |text| {
        text.strip_suffix('h').is_some_and(|digits| {
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        })
    },
};

const EXPRESSION: Pattern = Pattern {
    text: r"[0-9A-Za-z\(\)#\?\*\-\/, ]+",
    matches: |text| {
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"()#?*-/, ".contains(&byte);
        !text.is_empty() && text.bytes().all(is_allowed)
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_those_of_the_model() {
        for (text, duration, expression) in [
            ("3h", true, true),
            ("24h", true, true),
            ("h", false, true),
            ("3", false, true),
            ("3H", false, true),
            ("h3", false, true),
            ("cron(0 1,2 ? */2 MON-FRI#1 *)", false, true),
            ("", false, false),
            ("at(2026-01-01T00:00:00)", false, false),
            ("rate(4\thours)", false, false),
            ("é", false, false),
        ] {
            assert_eq!((DURATION.matches)(text), duration, "{text}");
            assert_eq!((EXPRESSION.matches)(text), expression, "{text}");
        }
    }
}
