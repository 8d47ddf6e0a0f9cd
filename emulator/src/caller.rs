//! Who makes a request, once that is proven.

use std::sync::{Arc, Mutex, PoisonError};

use sekisho_iam as iam_engine;

use crate::account::AccountId;
use crate::iam::model::{AccessKey, User};
use crate::store::Key;

/// A caller: a principal, and how the request reached us.
pub struct Caller {
    /// The principal's account.
    pub account: AccountId,
    /// The access key the request was signed with; empty for an unsigned one in mode `off`.
    pub access_key_id: String,
    /// What the principal is.
    pub principal: Principal,
    /// The principal's ARN, as AWS's sentences show it.
    pub arn: String,
}

/// The kinds of principals that can hold an access key.
pub enum Principal {
    /// The root of the account.
    Root,
    /// An IAM user, as it was when the request came in.
    User {
        /// The user.
        user: Arc<User>,
        /// Where it is kept.
        key: Key,
        /// Its inline policies, in the form in which decisions take them.
        inline: Arc<[Arc<iam_engine::Named>]>,
    },
}

impl Caller {
    /// The root of an account.
    pub fn root(account: AccountId, partition: &str, access_key_id: &str) -> Self {
        let arn = format!("arn:{partition}:iam::{account}:root");
        Self {
            account,
            access_key_id: access_key_id.to_owned(),
            principal: Principal::Root,
            arn,
        }
    }

    /// A user of an account.
    pub fn user(account: AccountId, partition: &str, access_key_id: &str, user: Arc<User>) -> Self {
        let arn = user.arn(partition, account);
        let inline = user.inline.values().map(|inline| inline.policy.clone());
        Self {
            account,
            access_key_id: access_key_id.to_owned(),
            principal: Principal::User {
                key: User::key(account, &user.name),
                inline: inline.collect(),
                user,
            },
            arn,
        }
    }

    /// The unique id that GetCallerIdentity shows: the user's, or the account's for root.
    pub fn unique_id(&self) -> &str {
        match &self.principal {
            Principal::Root => self.account.as_str(),
            Principal::User { user, .. } => &user.id,
        }
    }

    /// The user, if the caller is one.
    pub fn as_user(&self) -> Option<&User> {
        match &self.principal {
            Principal::Root => None,
            Principal::User { user, .. } => Some(user),
        }
    }

    /// The caller as the policy engine knows it.
    pub(crate) fn to_engine(&self) -> iam_engine::Principal<'_> {
        let caller = match &self.principal {
            Principal::Root => iam_engine::Caller::Root,
            Principal::User { user, .. } => iam_engine::Caller::User {
                arn: &self.arn,
                id: &user.id,
            },
        };
        iam_engine::Principal {
            account: self.account.as_str(),
            caller,
        }
    }
}

/// The caller that a key was last used by, so that it is put together once and not at every
/// request. It serves as long as the user's record is the very same.
#[derive(Default)]
pub(crate) struct LastCaller(Mutex<Option<Arc<Caller>>>);

impl LastCaller {
    /// The user as a caller.
    pub(crate) fn of(&self, key: &AccessKey, partition: &str, user: Arc<User>) -> Arc<Caller> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = |caller: &&mut Arc<Caller>| match &caller.principal {
            Principal::User { user: known, .. } => {
                Arc::ptr_eq(known, &user) && partition_of(&caller.arn) == partition
            }
            Principal::Root => false,
        };
        if let Some(caller) = last.as_mut().filter(fits) {
            return caller.clone();
        }
        let caller = Arc::new(Caller::user(key.account, partition, &key.id, user));
        last.insert(caller).clone()
    }
}

fn partition_of(arn: &str) -> &str {
    arn.split(':').nth(1).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use sekisho_sigv4::SecretKey;

    use super::*;
    use crate::iam::model::KeyStatus;
    use crate::timestamp::Timestamp;

    #[test]
    fn a_changed_user_is_another_caller() {
        let user = |name: &str| {
            Arc::new(User {
                name: name.to_owned(),
                path: "/".to_owned(),
                id: "AIDAEXAMPLE".to_owned(),
                created: Timestamp::from_millis(0),
                tags: Vec::new(),
                inline: BTreeMap::new(),
                attached: Vec::new(),
                access_keys: Vec::new(),
            })
        };
        let key = AccessKey {
            id: "AKIAEXAMPLE".to_owned(),
            account: AccountId::DEFAULT,
            user: "alice".to_owned(),
            secret: Arc::new(SecretKey::new("s")),
            status: KeyStatus::Active,
            created: Timestamp::from_millis(0),
            last_used: Arc::default(),
            caller: Arc::default(),
        };
        let alice = user("alice");
        let first = key.caller.of(&key, "aws", alice.clone());
        assert!(Arc::ptr_eq(
            &first,
            &key.caller.of(&key, "aws", alice.clone())
        ));
        let china = key.caller.of(&key, "aws-cn", alice);
        assert_eq!(china.arn, "arn:aws-cn:iam::000000000000:user/alice");
        let renamed = key.caller.of(&key, "aws-cn", user("bob"));
        assert_eq!(renamed.arn, "arn:aws-cn:iam::000000000000:user/bob");
    }
}
