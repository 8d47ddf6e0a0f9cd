//! The role that is to be assumed: found by its ARN, and asked about with its trust policy.

use std::sync::{Arc, LazyLock};

use sekisho_iam::{Decision, Denial, Layer, Named, Outcome, Policy, ResourceKind, ResourcePolicy};

use super::Error;
use crate::account::AccountId;
use crate::authorization::{Attributes, Target};
use crate::iam::model::Role;
use crate::operation::Call;
use crate::wire::{Fault, Protocol};

/// A role, existing or not, as an ARN names it.
pub(super) struct RoleArn<'a> {
    arn: &'a str,
    account: AccountId,
    name: &'a str,
}

/// Account and name of a role's ARN.
pub(super) fn parse(arn: &str) -> Result<RoleArn<'_>, Error> {
    let invalid = || Error::NotARole(arn.to_owned());
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", partition, "iam", "", account, resource] = parts[..] else {
        return Err(invalid());
    };
    let account = AccountId::parse(account).ok_or_else(invalid)?;
    let path_and_name = resource.strip_prefix("role/").ok_or_else(invalid)?;
    let name = path_and_name.rsplit('/').next().unwrap_or_default();
    if partition.is_empty() || name.is_empty() {
        return Err(invalid());
    }
    Ok(RoleArn { arn, account, name })
}

impl RoleArn<'_> {
    /// The account that the role belongs to.
    pub(super) fn account(&self) -> AccountId {
        self.account
    }

    /// The role, if it is there with the very path that the ARN has.
    pub(super) fn find(&self, call: &mut Call<'_>) -> Option<Arc<Role>> {
        let role = call.tx.get::<Role>(&Role::key(self.account, self.name))?;
        (role.arn(call.scope.partition(), self.account) == self.arn).then_some(role)
    }

    /// The role. Who asks for one that is not there has been denied already, unless nobody decides.
    pub(super) fn found(&self, call: &mut Call<'_>, action: &str) -> Result<Arc<Role>, Fault> {
        self.find(call).ok_or_else(|| {
            let denial = Denial {
                caller: &call.access.caller().arn,
                action,
                resource: Some(self.arn),
                decision: Decision {
                    outcome: Outcome::ImplicitDeny,
                    layer: Layer::Trust,
                    determining: None,
                },
                is_foreign: false,
                via: None,
                through_scp: false,
                policy_arn: None,
            };
            Fault::access_denied(Protocol::Query, denial.to_string())
        })
    }

    /// What IAM is asked about it. AWS does not tell a role that is not there from one that does not
    /// trust the caller: it trusts nobody.
    pub(super) fn target(&self, call: &mut Call<'_>) -> Target {
        let role = self.find(call);
        let attributes: Arc<dyn Attributes> = match role {
            Some(role) => Arc::new(Trusting(role)),
            None => Arc::new(NoRole),
        };
        Target::Resource {
            arn: self.arn.into(),
            shown: self.arn.to_owned(),
            account: self.account,
            attributes: Some(attributes),
        }
    }
}

/// A role with its trust policy, which counts where it is assumed and nowhere else.
struct Trusting(Arc<Role>);

impl Attributes for Trusting {
    fn tags(&self) -> Box<dyn Iterator<Item = (&str, &str)> + '_> {
        self.0.tags()
    }

    fn policy(&self) -> Option<ResourcePolicy<'_>> {
        Some(trust(&self.0.trust.policy))
    }
}

/// What is there in place of a role that is not: it trusts nobody.
struct NoRole;

impl Attributes for NoRole {
    fn tags(&self) -> Box<dyn Iterator<Item = (&str, &str)> + '_> {
        Box::new(std::iter::empty())
    }

    fn policy(&self) -> Option<ResourcePolicy<'_>> {
        static NOBODY: LazyLock<Named> = LazyLock::new(|| Named {
            name: "a role that does not exist".to_owned(),
            policy: Policy::default(),
        });
        Some(trust(&NOBODY))
    }
}

fn trust(policy: &Named) -> ResourcePolicy<'_> {
    ResourcePolicy {
        kind: ResourceKind::Trust,
        policy,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_of_roles() {
        let role = parse("arn:aws:iam::111122223333:role/team/app").unwrap();
        assert_eq!((role.account.as_str(), role.name), ("111122223333", "app"));
        for bad in [
            "nothing-valid-in-here",
            "arn::b:::something/test-role",
            "arn:a::::something/test-role",
            "arn:a:::something/test-role",
            "arn:a:a::aaaaaaaaaa:",
            "arn:aws:iam::111122223333:user/app",
            "arn:aws:iam::111122223333:role/",
            "arn::iam::111122223333:role/app",
        ] {
            let refused = parse(bad).map(drop);
            assert_eq!(refused, Err(Error::NotARole(bad.to_owned())), "{bad}");
        }
    }
}
