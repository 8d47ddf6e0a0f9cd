//! The policies of a secret: the texts that AWS gives back, and the form in which they decide.
//! <https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html>

use std::sync::Arc;

use sekisho_iam::document::Document;
use sekisho_iam::{Kind, Malformed, Named, Policy};

use super::policy_text::AsAwsPrints;
use super::replication::FullName;
use super::secret::Secret;
use crate::iam::BoundPrincipals;
use crate::store::Transaction;

/// The name of the policy that AWS attaches to a copy of another account's secret.
pub const CROSS_ACCOUNT_POLICY: &str = "cross-account-replication";

/// A policy of a secret.
#[derive(Clone)]
pub struct SecretPolicy {
    /// The document, re-serialized as AWS does it.
    text: Box<str>,
    document: Document,
    principals: BoundPrincipals,
}

/// The policies of a secret together. Nobody but AWS changes the second.
pub struct SecretPolicies {
    default: Option<SecretPolicy>,
    cross_account: Option<SecretPolicy>,
    compiled: Arc<Named>,
}

impl SecretPolicy {
    /// Reads a policy as it is put on a secret.
    pub fn read(text: &str) -> Result<Self, Malformed> {
        let document = Document::read(text, Kind::Resource)?;
        let text = AsAwsPrints(&document).to_string().into();
        Ok(Self {
            text,
            document,
            principals: BoundPrincipals::default(),
        })
    }

    /// The same, of whom it names known by their unique ids.
    pub(crate) fn bound_to(self, principals: BoundPrincipals) -> Self {
        Self { principals, ..self }
    }

    /// The text as it is shown: with the ids of those who are gone in place of their names.
    pub(crate) fn shown(&self, tx: &Transaction<'_>, partition: &str) -> String {
        match self.principals.shown(tx, partition, &self.document) {
            Some(changed) => AsAwsPrints(&changed).to_string(),
            None => self.text.to_string(),
        }
    }

    /// The document as it was sent, for checks that need to know more than it says.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// What AWS attaches to a copy of another account's secret. Its text is not published; this is
    /// what it must say, so that the account can link the two.
    pub fn of_copy(primary: &FullName) -> Result<Self, Malformed> {
        let (partition, account) = (primary.scope.partition(), primary.scope.account);
        let text = format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"AWS":"arn:{partition}:iam::{account}:root"}},"Action":"secretsmanager:AcceptCrossAccountReplication","Resource":"*"}}]}}"#
        );
        Self::read(&text)
    }
}

impl SecretPolicies {
    fn new(
        default: Option<SecretPolicy>,
        cross_account: Option<SecretPolicy>,
    ) -> Result<Option<Arc<Self>>, Malformed> {
        let mut documents = [&default, &cross_account].into_iter().flatten();
        let Some(first) = documents.next() else {
            return Ok(None);
        };
        let bound = |policy: &SecretPolicy| policy.principals.bind(&policy.document);
        let mut joined = bound(first);
        joined
            .statements
            .extend(documents.flat_map(|policy| bound(policy).statements));
        let compiled = Arc::new(Named {
            name: "resource policy".to_owned(),
            policy: Policy::parse(&joined.to_string(), Kind::Resource)?,
        });
        Ok(Some(Arc::new(Self {
            default,
            cross_account,
            compiled,
        })))
    }

    /// Ready to decide.
    pub fn compiled(&self) -> &Arc<Named> {
        &self.compiled
    }
}

impl Secret {
    /// The policy that was put on it.
    pub fn policy(&self) -> Option<&SecretPolicy> {
        self.policies.as_ref()?.default.as_ref()
    }

    /// The policy that AWS attached to it, as it is a copy of another account's secret.
    pub fn cross_account_policy(&self) -> Option<&SecretPolicy> {
        self.policies.as_ref()?.cross_account.as_ref()
    }

    /// Replaces the policy that was put on it.
    pub fn set_policy(&mut self, policy: Option<SecretPolicy>) -> Result<(), Malformed> {
        let cross_account = self.cross_account_policy().cloned();
        self.policies = SecretPolicies::new(policy, cross_account)?;
        Ok(())
    }

    /// Replaces the policy that AWS attached to it.
    pub fn set_cross_account_policy(
        &mut self,
        policy: Option<SecretPolicy>,
    ) -> Result<(), Malformed> {
        let default = self.policy().cloned();
        self.policies = SecretPolicies::new(default, policy)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{AccountId, Region, Scope};
    use crate::timestamp::Timestamp;

    #[test]
    fn two_policies_decide_as_one() {
        let scope = Scope {
            account: AccountId::DEFAULT,
            region: Region::us_east_1(),
        };
        let now = Timestamp::from_millis(0);
        let mut secret = Secret::new(&scope, "s", *b"AbCdEf", now);
        let own = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}}"#;
        let statements = |secret: &Secret| {
            let policies = secret.policies.as_ref()?;
            Some(policies.compiled().policy.statements().len())
        };
        secret
            .set_policy(Some(SecretPolicy::read(own).unwrap()))
            .unwrap();
        assert_eq!(statements(&secret), Some(1));
        let primary = FullName::of(&secret, &scope);
        let managed = SecretPolicy::of_copy(&primary).unwrap();
        secret.set_cross_account_policy(Some(managed)).unwrap();
        assert_eq!(statements(&secret), Some(2));
        secret.set_policy(None).unwrap();
        assert!(secret.policy().is_none() && secret.cross_account_policy().is_some());
        assert_eq!(statements(&secret), Some(1));
        secret.set_cross_account_policy(None).unwrap();
        assert_eq!(statements(&secret), None);
    }
}
