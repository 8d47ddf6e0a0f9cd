//! A policy compiled for deciding: patterns split, statements found by action.
//!
//! Never keeps the text it came from, and never holds a statement it cannot evaluate completely.

use crate::arn::{Arn, ResourcePattern};
use crate::document::{self, Document, PrincipalType, Version};
use crate::error::Unsupported;
use crate::glob::{Case, Glob};
use crate::index::{ActionKeys, Index, Scope};
use crate::principal::{Grade, Pattern, Principals};
use crate::{Error, Kind, Principal};

/// A policy ready to be evaluated.
#[derive(Debug, Clone)]
pub struct Policy {
    statements: Box<[Statement]>,
    /// Denies and allows apart: denies are looked for first, in every layer.
    denies: Index,
    allows: Index,
}

/// One statement of a policy.
#[derive(Debug, Clone)]
pub struct Statement {
    sid: Option<Box<str>>,
    effect: Effect,
    principals: Option<Principals>,
    actions: Set<Glob>,
    /// None in a trust policy: the role itself.
    resources: Option<Set<ResourcePattern>>,
}

/// What a statement does where it applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Grants.
    Allow,
    /// Refuses, whatever else grants.
    Deny,
}

impl Policy {
    /// Reads, checks and compiles a policy. The text is not kept.
    ///
    /// # Errors
    /// [`Error::Malformed`] with AWS's message if AWS refuses the policy; only if it does not,
    /// [`Error::Unsupported`] if the policy says something that is not evaluated yet.
    pub fn parse(text: &str, kind: Kind) -> Result<Self, Error> {
        Ok(Self::compile(document::parse(text, kind)?, kind)?)
    }

    /// The statements in the order of the document.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    fn compile(document: Document, kind: Kind) -> Result<Self, Unsupported> {
        let version = document.version;
        let numbered = document.statements.into_iter().enumerate();
        let statements = numbered
            .map(|(number, statement)| Statement::compile(number, statement, version, kind))
            .collect::<Result<Box<[_]>, _>>()?;
        let index_of = |effect| {
            Index::new(
                (0..)
                    .zip(&statements)
                    .filter(|(_, s)| s.effect == effect)
                    .map(|(number, s)| Scope {
                        number,
                        actions: s.actions.stated(),
                        resources: s.resources.as_ref().and_then(Set::stated),
                    }),
            )
        };
        let (denies, allows) = (index_of(Effect::Deny), index_of(Effect::Allow));
        Ok(Self {
            statements,
            denies,
            allows,
        })
    }

    /// The first statement that denies.
    pub(crate) fn deny(&self, question: &Question<'_>) -> Option<u32> {
        self.denies
            .first(question.keys, question.resource.as_ref(), |number| {
                let statement = &self.statements[number as usize];
                let names_caller = |principals: &Principals| {
                    principals.denies(question.principal, question.has_boundary)
                };
                statement.covers(question) && statement.principals.as_ref().is_none_or(names_caller)
            })
    }

    /// The first statement that allows, however it names the caller.
    pub(crate) fn allow(&self, question: &Question<'_>) -> Option<u32> {
        self.allows
            .first(question.keys, question.resource.as_ref(), |number| {
                let statement = &self.statements[number as usize];
                let names_caller =
                    |principals: &Principals| principals.allow_grade(question.principal).is_some();
                statement.covers(question) && statement.principals.as_ref().is_none_or(names_caller)
            })
    }

    /// The statement that allows and names the caller most closely; of equals the first.
    pub(crate) fn grant(&self, question: &Question<'_>) -> Option<(Grade, u32)> {
        let mut best: Option<(Grade, u32)> = None;
        let visit = |number| {
            let statement = &self.statements[number as usize];
            // A policy without principals is no resource policy and grants nothing to anyone.
            let grade = statement.principals.as_ref().and_then(|principals| {
                principals
                    .allow_grade(question.principal)
                    .filter(|_| statement.covers(question))
            });
            let Some(grade) = grade else { return };
            let is_better = |(known, at)| grade > known || grade == known && number < at;
            if best.is_none_or(is_better) {
                best = Some((grade, number));
            }
        };
        self.allows
            .each(question.keys, question.resource.as_ref(), visit);
        best
    }
}

impl Statement {
    /// The statement's `Sid`.
    pub fn sid(&self) -> Option<&str> {
        self.sid.as_deref()
    }

    /// The statement's effect.
    pub fn effect(&self) -> Effect {
        self.effect
    }

    fn compile(
        number: usize,
        statement: document::Statement,
        version: Version,
        kind: Kind,
    ) -> Result<Self, Unsupported> {
        let unsupported = |element, what| {
            let sid = statement.sid.clone().filter(|sid| !sid.is_empty());
            Err(Unsupported {
                statement: sid.unwrap_or(number.to_string()),
                element,
                what,
            })
        };
        if let Some(condition) = statement.conditions.first() {
            let what = format!("{} on {}", condition.operator, condition.key);
            return unsupported("Condition", what);
        }
        if let Some(resource) = statement
            .resource
            .as_ref()
            .filter(|_| version == Version::V2012)
            && let Some(pattern) = resource
                .values
                .iter()
                .find(|pattern| pattern.contains("${"))
        {
            let element = if resource.negated {
                "NotResource"
            } else {
                "Resource"
            };
            return unsupported(element, pattern.clone());
        }
        let principals = statement.principal.map(|principal| Principals {
            negated: principal.negated,
            patterns: principal
                .values
                .iter()
                .map(|(kind, name)| compiled(*kind, name))
                .collect(),
        });
        let (negated, actions) = statement.action.map_or((false, Vec::new()), |action| {
            (action.negated, action.values)
        });
        Ok(Self {
            sid: statement.sid.map(String::into_boxed_str),
            effect: statement.effect,
            principals,
            actions: Set {
                negated,
                patterns: actions.iter().map(|a| Glob::new(a)).collect(),
            },
            resources: statement.resource.map(|resource| Set {
                negated: resource.negated,
                patterns: resource
                    .values
                    .iter()
                    .map(|pattern| ResourcePattern::new(pattern, kind))
                    .collect(),
            }),
        })
    }

    /// Resources first: the index has already found the action, and they tell statements apart.
    fn covers(&self, question: &Question<'_>) -> bool {
        self.resources.as_ref().is_none_or(|resources| {
            resources.covers(|resource| resource.matches(question.resource.as_ref()))
        }) && self
            .actions
            .covers(|action| action.matches(question.action, Case::Insensitive))
    }
}

/// Forms that AWS does not know were refused on reading.
fn compiled(kind: PrincipalType, name: &str) -> Pattern {
    Pattern::new(kind, name).unwrap_or(Pattern::Nobody)
}

/// An element or its negation.
#[derive(Debug, Clone)]
struct Set<T> {
    negated: bool,
    patterns: Box<[T]>,
}

impl<T> Set<T> {
    /// The patterns, unless they are negated.
    fn stated(&self) -> Option<&[T]> {
        (!self.negated).then_some(&self.patterns)
    }

    fn covers(&self, matches: impl Fn(&T) -> bool) -> bool {
        self.patterns.iter().any(matches) != self.negated
    }
}

/// A request, taken apart once for all policies.
#[derive(Debug)]
pub(crate) struct Question<'a> {
    pub(crate) principal: &'a Principal<'a>,
    /// Whether a permissions boundary is set, whatever it says.
    pub(crate) has_boundary: bool,
    pub(crate) action: &'a str,
    pub(crate) keys: ActionKeys,
    pub(crate) resource: Option<Arn<'a>>,
}
