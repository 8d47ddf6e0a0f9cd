//! The statements of the speed comparison, in IAM's language and in Cedar's.
//!
//! Each statement allows one action on one secret, as a team would have them: six of ten by a
//! prefix, three by an exact ARN, one by a pattern with a wildcard inside. The last one speaks of
//! the secret that is asked for.
//!
//! Cedar has no ARNs and no patterns over identifiers. An exact ARN becomes
//! `resource == Secret::"…"`, which is Cedar's own way; a pattern becomes `like` over an attribute
//! of the resource. `like` knows `*` but not `?`, so that the last pattern, `…-??????`, becomes the
//! wider `…-*`. `aws:PrincipalTag/NAME` becomes an attribute of the principal. A policy attached to
//! a user in IAM is one that holds for every principal here, in a set that is the user's alone.

use std::fmt::Write as _;

use crate::question::{Fact, Question};

pub const ACTION: &str = "secretsmanager:GetSecretValue";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum World {
    /// Statements differ in their resource.
    Plain,
    /// The same, and each has a condition on a tag of the principal.
    Conditions,
    /// All statements speak of all secrets and differ in their condition alone.
    ConditionsAlone,
}

struct Statement {
    resource: String,
    /// The tag and what it must be.
    tag: Option<(&'static str, String)>,
}

impl World {
    pub const ALL: [Self; 3] = [Self::Plain, Self::Conditions, Self::ConditionsAlone];

    pub fn title(self) -> &'static str {
        match self {
            Self::Plain => "No conditions",
            Self::Conditions => "One condition in each statement",
            Self::ConditionsAlone => "One condition in each statement, and nothing else differs",
        }
    }

    pub fn in_iam(self, size: usize) -> String {
        let statements: Vec<String> = self.statements(size).map(|s| s.in_iam()).collect();
        format!(
            r#"{{"Version":"2012-10-17","Statement":[{}]}}"#,
            statements.join(",")
        )
    }

    pub fn in_cedar(self, size: usize) -> String {
        self.statements(size).map(|s| s.in_cedar()).collect()
    }

    /// For what the last statement allows, or for what none does.
    pub fn question(self, size: usize, is_allowed: bool) -> Question {
        let last = size - 1;
        let tag = |name: &str, value| (format!("aws:PrincipalTag/{name}"), Fact::Text(value));
        let facts = match self {
            Self::Plain => Vec::new(),
            Self::Conditions => vec![tag("team", team(last))],
            Self::ConditionsAlone if is_allowed => vec![tag("service", service(last))],
            Self::ConditionsAlone => vec![tag("service", "other-service".to_owned())],
        };
        let other = "arn:aws:secretsmanager:us-east-1:111122223333:secret:team-77/other-service/database-AbCdEf";
        Question {
            action: ACTION.to_owned(),
            resource: if is_allowed || self == Self::ConditionsAlone {
                format!("{}-AbCdEf", secret(last))
            } else {
                other.to_owned()
            },
            facts,
        }
    }

    fn statements(self, size: usize) -> impl Iterator<Item = Statement> {
        (0..size).map(move |number| {
            let secret = secret(number);
            let resource = match number % 10 {
                _ if self == Self::ConditionsAlone => ALL_SECRETS.to_owned(),
                _ if number == size - 1 => format!("{secret}-??????"),
                0..6 => format!("{secret}-*"),
                6..9 => format!("{secret}-AbCdEf"),
                _ => secret.replacen("service", "*", 1),
            };
            let tag = match self {
                Self::Plain => None,
                Self::Conditions => Some(("team", team(number))),
                Self::ConditionsAlone => Some(("service", service(number))),
            };
            Statement { resource, tag }
        })
    }
}

impl Statement {
    fn in_iam(&self) -> String {
        let Self { resource, tag } = self;
        let mut text = format!(r#"{{"Effect":"Allow","Action":"{ACTION}","Resource":"{resource}""#);
        if let Some((name, value)) = tag {
            let condition = format!(r#"{{"aws:PrincipalTag/{name}":"{value}"}}"#);
            _ = write!(text, r#","Condition":{{"StringEquals":{condition}}}"#);
        }
        text + "}"
    }

    fn in_cedar(&self) -> String {
        let Self { resource, tag } = self;
        let (scope, pattern) = match resource.as_str() {
            ALL_SECRETS => ("resource is Secret".to_owned(), None),
            exact if !exact.contains(['*', '?']) => {
                (format!(r#"resource == Secret::"{exact}""#), None)
            }
            pattern => {
                let pattern = pattern.replace("??????", "*");
                let like = format!(r#"resource.arn like "{pattern}""#);
                ("resource is Secret".to_owned(), Some(like))
            }
        };
        let tag = tag
            .as_ref()
            .map(|(name, value)| format!(r#"principal.{name} == "{value}""#));
        let tests: Vec<String> = pattern.into_iter().chain(tag).collect();
        let mut text = format!(r#"permit (principal, action == Action::"{ACTION}", {scope})"#);
        if !tests.is_empty() {
            _ = write!(text, " when {{ {} }}", tests.join(" && "));
        }
        text + ";\n"
    }
}

const ALL_SECRETS: &str = "arn:aws:secretsmanager:us-east-1:111122223333:secret:*";

fn secret(number: usize) -> String {
    let (team, service) = (team(number), service(number));
    format!("arn:aws:secretsmanager:us-east-1:111122223333:secret:{team}/{service}/database")
}

fn team(number: usize) -> String {
    format!("team-{}", number % 20)
}

fn service(number: usize) -> String {
    format!("service-{number}")
}
