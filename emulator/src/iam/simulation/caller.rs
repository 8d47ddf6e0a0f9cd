//! Who is simulated: a user, group or role, or nobody in particular.

use std::borrow::Cow;

use sekisho_iam::{Caller, Context, Principal, Value};

use crate::account::AccountId;

/// What an ARN of IAM can name that policies are attached to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::iam) enum EntityKind {
    User,
    Group,
    Role,
}

impl EntityKind {
    /// As ARNs and policy identifiers have it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Group => "group",
            Self::Role => "role",
        }
    }
}

/// The ARN of a user, group or role, taken apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::iam) struct EntityArn<'a> {
    pub(super) kind: EntityKind,
    pub(super) account: AccountId,
    /// Without the path.
    pub(super) name: &'a str,
}

impl<'a> EntityArn<'a> {
    /// None for any other text.
    pub(super) fn parse(arn: &'a str) -> Option<Self> {
        let (account, resource) = of_iam(arn)?;
        let (kind, path_and_name) = resource.split_once('/')?;
        let kind = [EntityKind::User, EntityKind::Group, EntityKind::Role]
            .into_iter()
            .find(|known| known.name() == kind)?;
        let name = path_and_name.rsplit('/').next()?;
        (!name.is_empty()).then_some(Self {
            kind,
            account,
            name,
        })
    }
}

/// The account in an ARN of IAM, whatever it names.
pub(super) fn account_of(arn: &str) -> Option<AccountId> {
    of_iam(arn).map(|(account, _)| account)
}

/// Account and resource of an ARN of IAM.
fn of_iam(arn: &str) -> Option<(AccountId, &str)> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", partition, "iam", "", account, resource] = parts[..] else {
        return None;
    };
    let is_whole = !partition.is_empty() && !resource.is_empty();
    let account = AccountId::parse(account)?;
    is_whole.then_some((account, resource))
}

/// The simulated caller.
pub(super) struct Subject {
    pub(super) account: AccountId,
    /// None if nobody was named.
    pub(super) entity: Option<(EntityKind, String)>,
}

/// What AWS gives `aws:userid` where nobody is named.
const NOBODY: &str = "STUB_PRINCIPAL_FOR_POLICY_SIMULATOR";

impl Subject {
    /// As the engine knows it. Groups call nobody, but a simulation may be theirs.
    pub(super) fn principal(&self) -> Principal<'_> {
        let arn = self.arn().unwrap_or_default();
        let caller = match self.entity {
            Some((EntityKind::Role, _)) => Caller::Role {
                role_arn: arn,
                session_arn: arn,
                id: arn,
            },
            _ => Caller::User { arn, id: arn },
        };
        Principal {
            account: self.account.as_str(),
            caller,
        }
    }

    /// The context keys that the simulator fills in. Of a unique id it knows nothing.
    pub(super) fn context(&self) -> Context<'static> {
        let mut context = Context::default();
        let mut set = |key: &'static str, value: &str| {
            context.insert(key, Value::One(Cow::Owned(value.to_owned())));
        };
        set("aws:PrincipalAccount", self.account.as_str());
        set("aws:userid", self.arn().unwrap_or(NOBODY));
        if let Some((kind, arn)) = &self.entity {
            set("aws:PrincipalArn", arn);
            let name = arn.rsplit('/').next().unwrap_or_default();
            if *kind == EntityKind::User {
                set("aws:username", name);
            }
        }
        context
    }

    fn arn(&self) -> Option<&str> {
        self.entity.as_ref().map(|(_, arn)| arn.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_by_their_arns() {
        let parsed = |arn| {
            let EntityArn {
                kind,
                account,
                name,
            } = EntityArn::parse(arn)?;
            Some(format!("{} {account} {name}", kind.name()))
        };
        for (arn, expected) in [
            (
                "arn:aws:iam::111122223333:user/a",
                Some("user 111122223333 a"),
            ),
            (
                "arn:aws-cn:iam::111122223333:group/x/y/g",
                Some("group 111122223333 g"),
            ),
            (
                "arn:aws:iam::111122223333:role/r",
                Some("role 111122223333 r"),
            ),
            ("arn:aws:iam::111122223333:root", None),
            ("arn:aws:iam::111122223333:policy/p", None),
            ("arn:aws:iam::111122223333:user/", None),
            ("arn:aws:iam::1111:user/a", None),
            ("arn::iam::111122223333:user/a", None),
            ("arn:aws:sts::111122223333:assumed-role/r/s", None),
            ("not-an-arn-but-long-enough", None),
        ] {
            assert_eq!(parsed(arn).as_deref(), expected, "{arn}");
        }
    }
}
