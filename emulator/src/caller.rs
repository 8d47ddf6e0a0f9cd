//! Who makes a request, once that is proven.

use std::sync::{Arc, Mutex, PoisonError};

use sekisho_iam as iam_engine;

use crate::account::AccountId;
use crate::iam::model::{Role, User};
use crate::store::Key;
use crate::sts::{Session, Vouched};

/// A caller: a principal, and how the request reached us.
pub struct Caller {
    /// The principal's account.
    pub account: AccountId,
    /// The access key the request was signed with; empty for an unsigned one.
    pub access_key_id: String,
    /// What the principal is.
    pub principal: Principal,
    /// The principal's ARN, as AWS's sentences show it.
    pub arn: String,
    /// What temporary credentials were issued with; none where the key is valid for ever.
    pub(crate) session: Option<Arc<Session>>,
}

/// The kinds of principals that make requests.
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
    /// A session of a role, which is as it was when the request came in.
    Role {
        /// The role.
        role: Arc<Role>,
        /// Where it is kept.
        key: Key,
        /// The ARN of the role.
        arn: String,
    },
    /// A GetFederationToken session of a user, who is as it was when the request came in.
    FederatedUser {
        /// The user.
        user: Arc<User>,
        /// Where it is kept.
        key: Key,
        /// The ARN of the user.
        arn: String,
    },
    /// A GetFederationToken session of the root user, by the ARN of the latter.
    FederatedRoot(String),
    /// Someone whom an identity provider vouches for.
    Provider(Vouched),
}

impl Caller {
    /// The root of an account.
    pub fn root(account: AccountId, partition: &str, access_key_id: &str) -> Self {
        Self {
            account,
            access_key_id: access_key_id.to_owned(),
            principal: Principal::Root,
            arn: format!("arn:{partition}:iam::{account}:root"),
            session: None,
        }
    }

    /// A user of an account.
    pub fn user(account: AccountId, partition: &str, access_key_id: &str, user: Arc<User>) -> Self {
        let arn = user.arn(partition, account);
        let inline = user.policies.inline.values();
        let inline = inline.map(|inline| inline.policy.clone()).collect();
        Self {
            account,
            access_key_id: access_key_id.to_owned(),
            principal: Principal::User {
                key: User::key(account, &user.name),
                inline,
                user,
            },
            arn,
            session: None,
        }
    }

    /// A session of a role of an account.
    pub(crate) fn role(partition: &str, role: Arc<Role>, session: Arc<Session>) -> Self {
        let account = session.account;
        let name = &session.name;
        Self {
            account,
            access_key_id: session.access_key_id.clone(),
            arn: format!(
                "arn:{partition}:sts::{account}:assumed-role/{}/{name}",
                role.name
            ),
            principal: Principal::Role {
                key: Role::key(account, &role.name),
                arn: role.arn(partition, account),
                role,
            },
            session: Some(session),
        }
    }

    /// A GetFederationToken session of a user of an account.
    pub(crate) fn federated(partition: &str, user: Arc<User>, session: Arc<Session>) -> Self {
        let account = session.account;
        let name = &session.name;
        Self {
            account,
            access_key_id: session.access_key_id.clone(),
            arn: format!("arn:{partition}:sts::{account}:federated-user/{name}"),
            principal: Principal::FederatedUser {
                key: User::key(account, &user.name),
                arn: user.arn(partition, account),
                user,
            },
            session: Some(session),
        }
    }

    /// A GetFederationToken session of the root user of an account.
    pub(crate) fn federated_root(partition: &str, session: Arc<Session>) -> Self {
        let account = session.account;
        let name = &session.name;
        Self {
            account,
            access_key_id: session.access_key_id.clone(),
            arn: format!("arn:{partition}:sts::{account}:federated-user/{name}"),
            principal: Principal::FederatedRoot(format!("arn:{partition}:iam::{account}:root")),
            session: Some(session),
        }
    }

    /// Whoever an identity provider vouches for to an account.
    pub(crate) fn provider(account: AccountId, vouched: Vouched) -> Self {
        Self {
            account,
            access_key_id: String::new(),
            arn: vouched.provider.clone(),
            principal: Principal::Provider(vouched),
            session: None,
        }
    }

    /// The same with temporary credentials of its own.
    pub(crate) fn in_session(self, session: Arc<Session>) -> Self {
        Self {
            access_key_id: session.access_key_id.clone(),
            session: Some(session),
            ..self
        }
    }

    /// The id that GetCallerIdentity shows: the user's, the account's for root, the role's with the
    /// session's name.
    pub fn unique_id(&self) -> String {
        let name = self.session.as_deref().map_or("", |session| &session.name);
        match &self.principal {
            Principal::Root | Principal::Provider(_) => self.account.to_string(),
            Principal::User { user, .. } => user.id.clone(),
            Principal::Role { role, .. } => format!("{}:{name}", role.id),
            Principal::FederatedUser { .. } | Principal::FederatedRoot(_) => {
                format!("{}:{name}", self.account)
            }
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
            Principal::Role { role, arn, .. } => iam_engine::Caller::Role {
                role_arn: arn,
                session_arn: &self.arn,
                id: &role.id,
            },
            Principal::FederatedUser { user, arn, .. } => iam_engine::Caller::FederatedUser {
                arn: &self.arn,
                user_arn: arn,
                user_id: &user.id,
            },
            Principal::FederatedRoot(root) => iam_engine::Caller::FederatedUser {
                arn: &self.arn,
                user_arn: root,
                user_id: self.account.as_str(),
            },
            Principal::Provider(vouched) => {
                return iam_engine::Principal {
                    account: "",
                    caller: iam_engine::Caller::Provider {
                        name: &vouched.provider,
                    },
                };
            }
        };
        iam_engine::Principal {
            account: self.account.as_str(),
            caller,
        }
    }
}

/// The caller that a key was last used by, so that it is put together once and not at every
/// request. It serves as long as the record behind it is the very same.
#[derive(Default)]
pub(crate) struct LastCaller(Mutex<Option<Arc<Caller>>>);

impl LastCaller {
    /// The last caller if it fits in a partition, else one that is made.
    pub(crate) fn get_or_make(
        &self,
        partition: &str,
        fits: impl Fn(&Principal) -> bool,
        make: impl FnOnce() -> Caller,
    ) -> Arc<Caller> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = |caller: &&mut Arc<Caller>| {
            fits(&caller.principal) && partition_of(&caller.arn) == partition
        };
        if let Some(caller) = last.as_mut().filter(fits) {
            return caller.clone();
        }
        last.insert(Arc::new(make())).clone()
    }

    /// A user as a caller.
    pub(crate) fn of_user(
        &self,
        partition: &str,
        user: &Arc<User>,
        make: impl FnOnce() -> Caller,
    ) -> Arc<Caller> {
        let is_user = |principal: &Principal| matches!(principal, Principal::User { user: known, .. } | Principal::FederatedUser { user: known, .. } if Arc::ptr_eq(known, user));
        self.get_or_make(partition, is_user, make)
    }

    /// A role as a caller.
    pub(crate) fn of_role(
        &self,
        partition: &str,
        role: &Arc<Role>,
        make: impl FnOnce() -> Caller,
    ) -> Arc<Caller> {
        let is_role = |principal: &Principal| matches!(principal, Principal::Role { role: known, .. } if Arc::ptr_eq(known, role));
        self.get_or_make(partition, is_role, make)
    }
}

fn partition_of(arn: &str) -> &str {
    arn.split(':').nth(1).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iam::model::IdentityPolicies;
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
                policies: IdentityPolicies::default(),
                boundary: None,
                groups: Vec::new(),
                access_keys: Vec::new(),
            })
        };
        let last = LastCaller::default();
        let caller = |partition: &str, user: &Arc<User>| {
            last.of_user(partition, user, || {
                Caller::user(AccountId::DEFAULT, partition, "AKIAEXAMPLE", user.clone())
            })
        };
        let alice = user("alice");
        assert!(Arc::ptr_eq(&caller("aws", &alice), &caller("aws", &alice)));
        assert_eq!(
            caller("aws-cn", &alice).arn,
            "arn:aws-cn:iam::000000000000:user/alice"
        );
        assert_eq!(
            caller("aws-cn", &user("bob")).arn,
            "arn:aws-cn:iam::000000000000:user/bob"
        );
    }
}
