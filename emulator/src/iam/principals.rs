//! Which principals exist, for policies that name them.

use super::model::User;
use crate::account::AccountId;
use crate::store::Transaction;

/// Whether a policy's principal of type `AWS` can be one. Accounts always exist, sessions come and
/// go, and a unique id stands for what may have existed; users must be there, and so must roles,
/// which there are none of. What exists is looked at and not relied on: it may go the next moment.
pub(crate) fn principal_exists(tx: &Transaction<'_>, partition: &str, name: &str) -> bool {
    let parts: Vec<&str> = name.splitn(6, ':').collect();
    let ["arn", named, service, "", account, resource] = parts[..] else {
        return true;
    };
    if named != partition {
        return false;
    }
    if service != "iam" {
        return true;
    }
    let Some(account) = AccountId::parse(account) else {
        return false;
    };
    match resource.split_once('/') {
        None => true,
        Some(("user", path_and_name)) => {
            let user = path_and_name.rsplit('/').next().unwrap_or_default();
            let user = tx.peek::<User>(&User::key(account, user));
            user.is_some_and(|user| user.arn(partition, account) == name)
        }
        Some(("role", _)) => false,
        Some(_) => true,
    }
}
