//! A policy compiled for deciding: patterns split, variables located, statements found by action
//! and resource.
//!
//! Never keeps the text it came from; what explanations show is put together from the parts.

use crate::arn::{Arn, ResourcePattern};
use crate::condition::Condition;
use crate::document::{self, Document, Element, Kind, PrincipalType, Span};
use crate::error::Malformed;
use crate::glob::{Case, Glob};
use crate::index::{ActionKeys, Index, Scope};
use crate::principal::{Grade, Pattern, Principals};
use crate::{Context, Principal};

/// A policy ready to be evaluated; by default one without statements, which no document can be.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    statements: Box<[Statement]>,
    /// Denies and allows apart: denies are looked for first, in every layer.
    denies: Index,
    allows: Index,
    reads_context: bool,
}

/// One statement of a policy.
#[derive(Debug, Clone)]
pub struct Statement {
    sid: Option<Box<str>>,
    effect: Effect,
    span: Span,
    pub(crate) principals: Option<Principals>,
    pub(crate) actions: Set<Glob>,
    /// None in a trust policy: the role itself.
    pub(crate) resources: Option<Set<ResourcePattern>>,
    pub(crate) conditions: Box<[Condition]>,
}

/// What a statement does where it applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Grants.
    Allow,
    /// Refuses, whatever else grants.
    Deny,
}

impl Effect {
    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::Deny => "Deny",
        }
    }
}

impl Policy {
    /// Reads, checks and compiles a policy. The text is not kept.
    ///
    /// # Errors
    /// What AWS answers if it refuses the policy.
    pub fn parse(text: &str, kind: Kind) -> Result<Self, Malformed> {
        Ok(Self::compile(&Document::read(text, kind)?, kind))
    }

    /// For documents that were read as policies of this kind, and not changed since: only then there
    /// is nothing in them that cannot be compiled.
    pub(crate) fn compile(document: &Document, kind: Kind) -> Self {
        let has_variables = document.has_variables();
        let statements: Box<[Statement]> = document
            .statements
            .iter()
            .map(|statement| Statement::compile(statement, kind, has_variables))
            .collect();
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
        let reads_context = statements.iter().any(|s| s.keys().next().is_some());
        Self {
            statements,
            denies,
            allows,
            reads_context,
        }
    }

    /// The statements in the order of the document.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// Whether a decision may depend on the request's context: whether there is a condition or a
    /// variable. Where no policy reads it, [`Context::EMPTY`] is as good as any.
    pub fn reads_context(&self) -> bool {
        self.reads_context
    }

    /// The first statement that denies.
    pub(crate) fn deny(&self, question: &Question<'_>) -> Option<u32> {
        self.denies
            .first(question.keys, question.resource.as_ref(), |number| {
                let statement = &self.statements[number as usize];
                statement.covers(question)
                    && statement.denies_caller(question)
                    && statement.is_met(question)
            })
    }

    /// The first statement that allows, however it names the caller.
    pub(crate) fn allow(&self, question: &Question<'_>) -> Option<u32> {
        self.allows
            .first(question.keys, question.resource.as_ref(), |number| {
                let statement = &self.statements[number as usize];
                statement.covers(question)
                    && statement.allows_caller(question)
                    && statement.is_met(question)
            })
    }

    /// The statement that allows and names the caller most closely; of equals the first.
    pub(crate) fn grant(&self, question: &Question<'_>) -> Option<(Grade, u32)> {
        let mut best: Option<(Grade, u32)> = None;
        let visit = |number| {
            let statement = &self.statements[number as usize];
            let grade = statement
                .grade(question)
                .filter(|_| statement.covers(question) && statement.is_met(question));
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

    /// Where it stood in the policy's text.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The condition keys that it reads, in conditions and in variables; perhaps more than once.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let of_resources = self
            .resources
            .iter()
            .flat_map(|resources| &resources.patterns)
            .flat_map(ResourcePattern::variables);
        let of_conditions = self
            .conditions
            .iter()
            .flat_map(|condition| std::iter::once(condition.key()).chain(condition.variables()));
        of_resources.chain(of_conditions)
    }

    fn compile(statement: &document::Statement, kind: Kind, has_variables: bool) -> Self {
        let principals = statement.principal.as_ref().map(|principal| Principals {
            negated: principal.is_negated,
            patterns: principal
                .values
                .iter()
                .map(|(kind, name)| compiled(*kind, name))
                .collect(),
        });
        let resource = |pattern: &String| ResourcePattern::new(pattern, kind, has_variables);
        let condition = |condition: &document::Condition| {
            let document::Condition {
                operator,
                key,
                values,
            } = condition;
            Condition::new(operator, key, values, has_variables)
        };
        Self {
            sid: statement.sid.as_deref().map(Into::into),
            effect: statement.effect,
            span: statement.span,
            principals,
            actions: statement
                .action
                .as_ref()
                .map_or_else(Set::nothing, |action| {
                    Set::new(action, |text| Glob::new(text))
                }),
            resources: match &statement.resource {
                Some(element) => Some(Set::new(element, resource)),
                None if kind == Kind::Trust => None,
                None => Some(Set::nothing()),
            },
            // Reading refuses operators that do not exist, unless they compare nothing.
            conditions: statement.conditions.iter().filter_map(condition).collect(),
        }
    }

    /// Resources first: the index has already found the action, and they tell statements apart.
    fn covers(&self, question: &Question<'_>) -> bool {
        self.covers_resource(question) && self.covers_action(question)
    }

    pub(crate) fn covers_action(&self, question: &Question<'_>) -> bool {
        self.actions
            .covers(|action| action.matches(question.action, Case::Insensitive))
    }

    pub(crate) fn covers_resource(&self, question: &Question<'_>) -> bool {
        let (arn, context) = (question.resource.as_ref(), question.context);
        self.resources
            .as_ref()
            .is_none_or(|resources| resources.covers(|resource| resource.matches(arn, context)))
    }

    /// Whether a statement that denies is about the caller.
    pub(crate) fn denies_caller(&self, question: &Question<'_>) -> bool {
        self.principals
            .as_ref()
            .is_none_or(|principals| principals.denies(question.principal, question.has_boundary))
    }

    /// Whether a statement that allows is about the caller.
    pub(crate) fn allows_caller(&self, question: &Question<'_>) -> bool {
        self.principals.is_none() || self.grade(question).is_some()
    }

    /// How closely a statement that allows names the caller. A statement without principals names
    /// nobody.
    pub(crate) fn grade(&self, question: &Question<'_>) -> Option<Grade> {
        self.principals.as_ref()?.allow_grade(question.principal)
    }

    pub(crate) fn is_met(&self, question: &Question<'_>) -> bool {
        let mut conditions = self.conditions.iter();
        conditions.all(|condition| self.heeds(condition, question.context))
    }

    /// Whether a condition of it lets the statement apply. Where nobody can tell it fails closed: what
    /// denies applies, what allows does not.
    pub(crate) fn heeds(&self, condition: &Condition, context: &Context<'_>) -> bool {
        let holds = condition.holds(context);
        holds.unwrap_or(self.effect == Effect::Deny)
    }
}

/// Forms that AWS does not know were refused on reading.
fn compiled(kind: PrincipalType, name: &str) -> Pattern {
    Pattern::new(kind, name).unwrap_or(Pattern::Nobody)
}

/// An element or its negation.
#[derive(Debug, Clone)]
pub(crate) struct Set<T> {
    pub(crate) negated: bool,
    pub(crate) patterns: Box<[T]>,
}

impl<T> Set<T> {
    fn new(element: &Element<String>, compile: impl Fn(&String) -> T) -> Self {
        Self {
            negated: element.is_negated,
            patterns: element.values.iter().map(compile).collect(),
        }
    }

    fn nothing() -> Self {
        Self {
            negated: false,
            patterns: Box::default(),
        }
    }

    /// The patterns, unless they are negated.
    fn stated(&self) -> Option<&[T]> {
        (!self.negated).then_some(&self.patterns)
    }

    pub(crate) fn covers(&self, matches: impl Fn(&T) -> bool) -> bool {
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
    pub(crate) context: &'a Context<'a>,
}
