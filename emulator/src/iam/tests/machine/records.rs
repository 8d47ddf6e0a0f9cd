//! What the store holds is what there is, and nothing else; and what belongs together says so at both
//! ends.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use super::asking::Outcome;
use super::reference::{Kind, Reference};

use crate::account::AccountId;
use crate::iam::model::{
    AccessKey, AccountAlias, AttachedTo, Group, GroupName, IdentityKind, IdentityPolicies,
    InstanceProfile, LoginProfile, ManagedPolicy, PrincipalId, PrincipalKind, Role, TakenAlias,
    User, fold,
};
use crate::store::{Direction, Key, Prefix, Record, Store, Stored};

/// Only the last page has fewer items than were asked for.
pub(super) fn page_is_full(asked: &Value, page: &Value) -> Outcome {
    let Some(most) = asked["MaxItems"].as_u64() else {
        return Ok(());
    };
    let lists = page.as_object().into_iter().flat_map(|it| it.values());
    let length: usize = lists.filter_map(Value::as_array).map(Vec::len).sum();
    let is_last = page["IsTruncated"] == "false";
    let fits = length as u64 == most || is_last && (length as u64) < most;
    ensure(fits && is_last == page["Marker"].is_null(), || {
        format!("a page of {length} for {asked}: {page}")
    })
}

/// Everything about users, groups, roles, instance profiles, policies and keys.
pub(super) fn check(store: &dyn Store, reference: &Reference) -> Outcome {
    let found = Records::of(store);
    found.are_those_of(reference)?;
    for (account, user) in &found.users {
        let holder = (IdentityKind::User, fold(&user.name));
        found.knows_holder(*account, &holder, &user.policies, user.boundary.as_ref())?;
        for id in &user.access_keys {
            let mut keys = found.keys.iter().map(|(_, key)| key);
            let is_there =
                keys.any(|key| (&key.id, key.account, &key.user) == (id, *account, &user.name));
            ensure(is_there, || format!("{} has not the key {id}", user.name))?;
        }
        for id in &user.groups {
            let mut groups = found.groups.iter().map(|(_, group)| group);
            let name = fold(&user.name);
            let is_member = groups.any(|it| it.id == *id && it.members.contains(&name));
            ensure(is_member, || format!("{} is not in {id}", user.name))?;
        }
        found.knows_principal(*account, PrincipalKind::User, &user.name, &user.id)?;
    }
    for (account, role) in &found.roles {
        let holder = (IdentityKind::Role, fold(&role.name));
        found.knows_holder(*account, &holder, &role.policies, role.boundary.as_ref())?;
        for name in &role.instance_profiles {
            let profile = record::<InstanceProfile>(store, &InstanceProfile::key(*account, name));
            let has_it = profile.is_some_and(|it| it.role == Some(fold(&role.name)));
            ensure(has_it, || format!("{name} has not the role {}", role.name))?;
        }
        found.knows_principal(*account, PrincipalKind::Role, &role.name, &role.id)?;
    }
    for (account, group) in &found.groups {
        let holder = (IdentityKind::Group, group.id.clone());
        found.knows_holder(*account, &holder, &group.policies, None)?;
        for name in &group.members {
            let user = record::<User>(store, &User::key(*account, name));
            let is_in_it = user.is_some_and(|user| user.groups.contains(&group.id));
            ensure(is_in_it, || format!("{name} is in {} alone", group.name))?;
        }
        let name = record::<GroupName>(store, &GroupName::key(*account, &group.name));
        let is_named = name.is_some_and(|name| name.0 == group.id);
        ensure(is_named, || format!("{} leads elsewhere", group.name))?;
    }
    for (account, profile) in &found.profiles {
        if let Some(name) = &profile.role {
            let role = record::<Role>(store, &Role::key(*account, name));
            let knows = |role: Arc<Role>| role.instance_profiles.contains(&fold(&profile.name));
            ensure(role.is_some_and(knows), || {
                format!("{name} does not know of {}", profile.name)
            })?;
        }
    }
    found.are_attached_at_both_ends(store)
}

/// All that IAM has stored, each with its account, where its key has that.
struct Records {
    users: Vec<(AccountId, Arc<User>)>,
    groups: Vec<(AccountId, Arc<Group>)>,
    roles: Vec<(AccountId, Arc<Role>)>,
    profiles: Vec<(AccountId, Arc<InstanceProfile>)>,
    attached: Vec<(Key, Arc<AttachedTo>)>,
    keys: Vec<(Key, Arc<AccessKey>)>,
    principals: Vec<(Key, Arc<PrincipalId>)>,
    found: BTreeSet<Key>,
}

impl Records {
    fn of(store: &dyn Store) -> Self {
        let mut found = BTreeSet::new();
        all::<GroupName>(store, &mut found);
        all::<ManagedPolicy>(store, &mut found);
        all::<LoginProfile>(store, &mut found);
        all::<AccountAlias>(store, &mut found);
        all::<TakenAlias>(store, &mut found);
        Self {
            users: by_account(all(store, &mut found)),
            groups: by_account(all(store, &mut found)),
            roles: by_account(all(store, &mut found)),
            profiles: by_account(all(store, &mut found)),
            attached: all(store, &mut found),
            keys: all(store, &mut found),
            principals: all(store, &mut found),
            found,
        }
    }

    /// The keys of all that there is, and no other.
    fn are_those_of(&self, reference: &Reference) -> Outcome {
        let account = |text: &str| AccountId::parse(text).unwrap();
        let mut wanted: BTreeSet<Key> = BTreeSet::new();
        for entity in reference.entities.values() {
            let (account, name, id) = (account(entity.account), &entity.name, &entity.id);
            wanted.insert(match entity.kind {
                Kind::User => User::key(account, name),
                Kind::Group => Group::key(account, id),
                Kind::Role => Role::key(account, name),
                Kind::Profile => InstanceProfile::key(account, name),
                Kind::Policy => ManagedPolicy::key(account, name),
            });
            match entity.kind {
                Kind::User | Kind::Role => wanted.insert(PrincipalId::key(id)),
                Kind::Group => wanted.insert(GroupName::key(account, name)),
                Kind::Profile | Kind::Policy => false,
            };
        }
        wanted.extend(reference.keys.keys().map(|id| AccessKey::key(id)));
        for user in reference.logins.keys() {
            let account = account(reference.entities[user].account);
            wanted.insert(LoginProfile::key(account, user));
        }
        for (owner, alias) in &reference.aliases {
            wanted.insert(AccountAlias::key(account(owner)));
            wanted.insert(TakenAlias::key(alias));
        }
        let attached = reference.attached.iter().map(|(holder, arn)| (holder, arn));
        for (holder, arn) in attached.chain(&reference.bounded) {
            let account = account(reference.entities[holder].account);
            wanted.insert(AttachedTo::key(account, arn));
        }
        if let Some(key) = wanted.difference(&self.found).next() {
            return Err(format!("{key} is not in the store"));
        }
        match self.found.difference(&wanted).next() {
            Some(key) => Err(format!("{key} is left in the store")),
            None => Ok(()),
        }
    }

    /// What is attached to a holder, and what bounds it, knows it.
    fn knows_holder(
        &self,
        account: AccountId,
        holder: &(IdentityKind, String),
        policies: &IdentityPolicies,
        boundary: Option<&String>,
    ) -> Outcome {
        let attached = |arn: &str| {
            let key = AttachedTo::key(account, arn);
            self.attached.iter().find(|(it, _)| *it == key)
        };
        for arn in &policies.attached {
            let knows = attached(arn).is_some_and(|(_, it)| it.identities.contains(holder));
            ensure(knows, || format!("{arn} does not know of {holder:?}"))?;
        }
        if let Some(arn) = boundary {
            let knows = attached(arn).is_some_and(|(_, it)| it.bounded.contains(holder));
            ensure(knows, || format!("{arn} does not bound {holder:?}"))?;
        }
        Ok(())
    }

    fn knows_principal(
        &self,
        account: AccountId,
        kind: PrincipalKind,
        name: &str,
        id: &str,
    ) -> Outcome {
        let key = PrincipalId::key(id);
        let mut principals = self.principals.iter();
        let known = principals.find(|(it, _)| *it == key);
        let is_right = known.is_some_and(|(_, it)| {
            (it.account, it.kind, it.name.as_str()) == (account, kind, &*fold(name))
        });
        ensure(is_right, || format!("{id} is not {name}'s"))
    }

    /// Whatever a policy says it is attached to has it attached.
    fn are_attached_at_both_ends(&self, store: &dyn Store) -> Outcome {
        for (key, attached) in &self.attached {
            let arn = key.last();
            let account = account_of(key);
            let holder = |(kind, name): &(IdentityKind, String)| {
                let (policies, boundary) = match kind {
                    IdentityKind::User => {
                        let user = record::<User>(store, &User::key(account, name))?;
                        (user.policies.clone(), user.boundary.clone())
                    }
                    IdentityKind::Role => {
                        let role = record::<Role>(store, &Role::key(account, name))?;
                        (role.policies.clone(), role.boundary.clone())
                    }
                    IdentityKind::Group => {
                        let group = record::<Group>(store, &Group::key(account, name))?;
                        (group.policies.clone(), None)
                    }
                };
                Some((policies.attached, boundary))
            };
            for it in &attached.identities {
                let has = holder(it).is_some_and(|(has, _)| has.iter().any(|it| it == arn));
                ensure(has, || format!("{arn} is not attached to {it:?}"))?;
            }
            for it in &attached.bounded {
                let is_bound = holder(it).is_some_and(|(_, by)| by.as_deref() == Some(arn));
                ensure(is_bound, || format!("{arn} is not the boundary of {it:?}"))?;
            }
        }
        Ok(())
    }
}

fn ensure(holds: bool, says: impl FnOnce() -> String) -> Outcome {
    if holds { Ok(()) } else { Err(says()) }
}

fn record<T: Record>(store: &dyn Store, key: &Key) -> Option<Arc<T>> {
    store.get(key)?.downcast()
}

/// All records of a kind; notes that they were found.
fn all<T: Stored>(store: &dyn Store, found: &mut BTreeSet<Key>) -> Vec<(Key, Arc<T>)> {
    let prefix = Prefix::new(T::KIND, &[]);
    let page = store.scan(&prefix, None, usize::MAX, Direction::Ascending);
    let records = page.entries.into_iter().map(|(key, entry)| {
        found.insert(key.clone());
        (key, entry.downcast().unwrap())
    });
    records.collect()
}

fn by_account<T>(records: Vec<(Key, Arc<T>)>) -> Vec<(AccountId, Arc<T>)> {
    let records = records.into_iter();
    records
        .map(|(key, record)| (account_of(&key), record))
        .collect()
}

fn account_of(key: &Key) -> AccountId {
    AccountId::parse(key.parts().nth(1).unwrap()).unwrap()
}
