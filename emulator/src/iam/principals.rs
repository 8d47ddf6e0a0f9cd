//! The users and roles that policies name. A policy keeps their unique ids: one that is deleted and
//! made again under the same name is another, and the policy then shows the id that is left.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use sekisho_iam::document::{Document, PrincipalType};

use super::model::{PrincipalId, PrincipalKind, Role, User};
use crate::account::AccountId;
use crate::store::Transaction;

/// The users and roles that a document names, each with its unique id.
#[derive(Clone, Default)]
pub(crate) struct BoundPrincipals(Box<[Bound]>);

#[derive(Clone)]
struct Bound {
    /// As the document names it.
    named: Box<str>,
    /// `AIDA…` or `AROA…`.
    id: Box<str>,
}

/// A principal that a document names and that does not exist.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct UnknownPrincipal(pub(crate) String);

impl BoundPrincipals {
    /// Finds everyone whom a document names. Accounts always exist, and sessions come and go; users
    /// and roles must be there. What exists is looked at and not relied on: it may go the next moment.
    pub(crate) fn of(
        tx: &Transaction<'_>,
        partition: &str,
        document: &Document,
    ) -> Result<Self, UnknownPrincipal> {
        let principals = document.statements.iter().flat_map(|s| &s.principal);
        let named = principals
            .flat_map(|principal| &principal.values)
            .filter(|(kind, _)| *kind == PrincipalType::Aws)
            .map(|(_, name)| name);
        let mut bound: Vec<Bound> = Vec::new();
        for name in named {
            if bound.iter().any(|known| *known.named == **name) {
                continue;
            }
            match look_up(tx, partition, name) {
                Found::Id(id) => bound.push(Bound {
                    named: name.as_str().into(),
                    id: id.into(),
                }),
                Found::Other => {}
                Found::Nobody => return Err(UnknownPrincipal(name.clone())),
            }
        }
        Ok(Self(bound.into()))
    }

    /// The document with ids in place of names, to decide by.
    pub(crate) fn bind(&self, document: &Document) -> Document {
        self.replace(document, |bound| Some(&bound.id))
    }

    /// The document with the ARNs that they have now, and the ids of those who are gone. None if
    /// that is what it says already.
    pub(crate) fn shown(
        &self,
        tx: &Transaction<'_>,
        partition: &str,
        document: &Document,
    ) -> Option<Document> {
        let now: Vec<String> = self
            .0
            .iter()
            .map(|bound| {
                arn_of_id(tx, partition, &bound.id).unwrap_or_else(|| bound.id.to_string())
            })
            .collect();
        let mut pairs = self.0.iter().zip(&now);
        if pairs.all(|(bound, now)| *bound.named == **now) {
            return None;
        }
        let mut replaced = document.clone();
        replace(&mut replaced, |name| {
            let at = self.0.iter().position(|bound| *bound.named == *name)?;
            now.get(at).map(String::as_str)
        });
        Some(replaced)
    }

    fn replace(
        &self,
        document: &Document,
        by: impl for<'b> Fn(&'b Bound) -> Option<&'b str>,
    ) -> Document {
        let mut replaced = document.clone();
        replace(&mut replaced, |name| {
            self.0
                .iter()
                .find(|bound| *bound.named == *name)
                .and_then(&by)
        });
        replaced
    }
}

fn replace<'b>(document: &mut Document, by: impl Fn(&str) -> Option<&'b str>) {
    let principals = document
        .statements
        .iter_mut()
        .flat_map(|s| &mut s.principal);
    for (kind, name) in principals.flat_map(|principal| &mut principal.values) {
        if let Some(other) = by(name).filter(|_| *kind == PrincipalType::Aws) {
            *name = other.to_owned();
        }
    }
}

enum Found {
    /// A user or role.
    Id(String),
    /// Something else that is none to look for: an account, a session, everyone.
    Other,
    Nobody,
}

fn look_up(tx: &Transaction<'_>, partition: &str, name: &str) -> Found {
    let found = |id: Option<String>| id.map_or(Found::Nobody, Found::Id);
    let parts: Vec<&str> = name.splitn(6, ':').collect();
    let ["arn", named, service, "", account, resource] = parts[..] else {
        let is_id = name.starts_with("AIDA") || name.starts_with("AROA");
        return match tx.peek::<PrincipalId>(&PrincipalId::key(name)) {
            None if is_id => Found::Nobody,
            None => Found::Other,
            Some(_) => Found::Id(name.to_owned()),
        };
    };
    let account = AccountId::parse(account).filter(|_| named == partition);
    let Some(account) = account else {
        return Found::Nobody;
    };
    if service != "iam" {
        return Found::Other;
    }
    match resource.split_once('/') {
        Some(("user", path_and_name)) => {
            let user = tx.peek::<User>(&User::key(account, last(path_and_name)));
            let user = user.filter(|user| user.arn(partition, account) == name);
            found(user.map(|user| user.id.clone()))
        }
        Some(("role", path_and_name)) => {
            let role = tx.peek::<Role>(&Role::key(account, last(path_and_name)));
            let role = role.filter(|role| role.arn(partition, account) == name);
            found(role.map(|role| role.id.clone()))
        }
        _ => Found::Other,
    }
}

/// The ARN of the user or role that has a unique id.
fn arn_of_id(tx: &Transaction<'_>, partition: &str, id: &str) -> Option<String> {
    let PrincipalId {
        account,
        kind,
        name,
    } = &*tx.peek::<PrincipalId>(&PrincipalId::key(id))?;
    match kind {
        PrincipalKind::User => {
            let user = tx.peek::<User>(&User::key(*account, name))?;
            (user.id == id).then(|| user.arn(partition, *account))
        }
        PrincipalKind::Role => {
            let role = tx.peek::<Role>(&Role::key(*account, name))?;
            (role.id == id).then(|| role.arn(partition, *account))
        }
    }
}

fn last(path_and_name: &str) -> &str {
    path_and_name.rsplit('/').next().unwrap_or_default()
}
