//! What each operation demands: the action, the ARN that is matched, and how a denial names it.

use std::sync::Arc;

use sekisho_sigv4::SecretKey;
use serde_json::{Value, json};

use super::super::model::{AccessKey, Group, GroupName, IdentityPolicies, KeyStatus, User};
use super::super::*;
use crate::account::{AccountId, Region, Scope};
use crate::authorization::{Access, Circumstances, Demand, Rules, Target};
use crate::caller::Caller;
use crate::environment::Environment;
use crate::operation::{Call, Operation};
use crate::store::{Memory, Transaction};
use crate::timestamp::Timestamp;

const KEY: &str = "AKIAIOSFODNN7EXAMPLE";
const POLICY: &str = "arn:aws:iam::111122223333:policy/team/p";

/// An attempt of a user of path `/team/` that has an access key and no permission. There is a group
/// of that path as well.
fn attempt<T>(ask: impl FnOnce(&mut Call<'_>) -> T) -> T {
    let account = AccountId::parse("111122223333").unwrap();
    let alice = User {
        name: "Alice".to_owned(),
        path: "/team/".to_owned(),
        id: "AIDA".to_owned(),
        created: Timestamp::from_millis(0),
        tags: Vec::new(),
        policies: IdentityPolicies::default(),
        boundary: None,
        groups: Vec::new(),
        access_keys: vec![KEY.to_owned()],
    };
    let key = AccessKey {
        id: KEY.to_owned(),
        account,
        user: "Alice".to_owned(),
        secret: Arc::new(SecretKey::new("s")),
        status: KeyStatus::Active,
        created: Timestamp::from_millis(0),
        last_used: Arc::default(),
        caller: Arc::default(),
    };
    let (store, environment) = (Memory::new(), Environment::real());
    let caller = Caller::user(account, "aws", KEY, Arc::new(alice.clone()));
    let mut call = Call {
        scope: &Scope {
            account,
            region: Region::us_east_1(),
        },
        now: Timestamp::from_millis(0),
        tx: Transaction::new(&store),
        access: Access::new(
            &caller,
            Circumstances::default(),
            Timestamp::from_millis(0),
            Rules::default(),
        ),
        environment: &environment,
        functions: &[],
        voucher: None,
    };
    call.tx.put(User::key(account, "alice"), alice);
    call.tx.put(AccessKey::key(KEY), key);
    let devs = Group {
        name: "Devs".to_owned(),
        path: "/team/".to_owned(),
        id: "AGPA".to_owned(),
        created: Timestamp::from_millis(0),
        policies: IdentityPolicies::default(),
        members: Default::default(),
    };
    call.tx
        .put(GroupName::key(account, "devs"), GroupName(devs.id.clone()));
    call.tx.put(Group::key(account, "AGPA"), devs);
    ask(&mut call)
}

/// `action | ARN | as shown`, one line a demand.
pub(super) fn demands<O: Operation>(input: Value) -> String {
    let line = |demand: Demand| match demand.target {
        Target::Resource { arn, shown, .. } => format!("{} | {arn} | {shown}", demand.action),
        Target::None => demand.action.to_owned(),
    };
    let input = serde_json::from_value(input).unwrap();
    let demands = attempt(|call| O::demands(&input, call));
    demands.into_iter().map(line).collect::<Vec<_>>().join("\n")
}

/// AWS's sentence.
pub(super) fn denied<O: Operation>(input: Value) -> String {
    let input: O::Input = serde_json::from_value(input).unwrap();
    let refused = attempt(|call| {
        let demands = O::demands(&input, call);
        call.access
            .authorize(&mut call.tx, &input, demands, Protocol::Query)
            .map(drop)
    });
    refused.unwrap_err().message.unwrap().into_owned()
}

#[test]
fn denials_name_what_aws_names() {
    let alice = "User: arn:aws:iam::111122223333:user/team/Alice is not authorized to perform";
    assert_eq!(
        denied::<list_policies::ListPolicies>(json!({})),
        format!(
            "{alice}: iam:ListPolicies on resource: policy path / because no identity-based policy allows the iam:ListPolicies action"
        )
    );
    assert_eq!(
        denied::<create_access_key::CreateAccessKey>(json!({"UserName": "bob"})),
        format!(
            "{alice}: iam:CreateAccessKey on resource: user bob because no identity-based policy allows the iam:CreateAccessKey action"
        )
    );
}

#[test]
fn users_are_shown_by_name_and_matched_with_their_path() {
    let (alice, arn) = (
        json!({"UserName": "alice"}),
        "arn:aws:iam::111122223333:user/team/Alice",
    );
    assert_eq!(
        demands::<get_user::GetUser>(alice.clone()),
        format!("iam:GetUser | {arn} | user alice")
    );
    assert_eq!(
        demands::<get_user::GetUser>(json!({})),
        format!("iam:GetUser | {arn} | user Alice")
    );
    assert_eq!(
        demands::<delete_user::DeleteUser>(alice.clone()),
        format!("iam:DeleteUser | {arn} | user alice")
    );
    assert_eq!(
        demands::<create_access_key::CreateAccessKey>(json!({})),
        format!("iam:CreateAccessKey | {arn} | user Alice")
    );
    assert_eq!(
        demands::<get_access_key_last_used::GetAccessKeyLastUsed>(json!({"AccessKeyId": KEY})),
        format!("iam:GetAccessKeyLastUsed | {arn} | access key {KEY}")
    );
    assert_eq!(
        demands::<attach_policy::AttachPolicy<User>>(
            json!({"UserName": "alice", "PolicyArn": POLICY})
        ),
        format!("iam:AttachUserPolicy | {arn} | user alice")
    );
    assert_eq!(
        demands::<get_user::GetUser>(json!({"UserName": "nobody"})),
        "iam:GetUser | arn:aws:iam::111122223333:user/nobody | user nobody"
    );
}

#[test]
fn a_move_is_demanded_at_both_ends() {
    assert_eq!(
        demands::<update_user::UpdateUser>(json!({"UserName": "alice", "NewUserName": "bob"})),
        "iam:UpdateUser | arn:aws:iam::111122223333:user/team/Alice | user alice\n\
         iam:UpdateUser | arn:aws:iam::111122223333:user/team/bob | arn:aws:iam::111122223333:user/team/bob"
    );
}

#[test]
fn lists_are_shown_by_path() {
    let prefix = json!({"PathPrefix": "/team/"});
    assert_eq!(
        demands::<list_users::ListUsers>(json!({})),
        "iam:ListUsers | arn:aws:iam::111122223333:user/ | arn:aws:iam::111122223333:user/"
    );
    assert_eq!(
        demands::<list_policies::ListPolicies>(prefix),
        "iam:ListPolicies | arn:aws:iam::111122223333:policy/team/ | policy path /team/"
    );
}

#[test]
fn policies_are_shown_by_arn_and_new_ones_by_name() {
    assert_eq!(
        demands::<get_policy::GetPolicy>(json!({"PolicyArn": POLICY})),
        format!("iam:GetPolicy | {POLICY} | policy {POLICY}")
    );
    let tags = json!([{"Key": "a", "Value": "b"}]);
    assert_eq!(
        demands::<create_policy::CreatePolicy>(
            json!({"PolicyName": "p", "Path": "/team/", "PolicyDocument": "{}", "Tags": tags})
        ),
        format!("iam:CreatePolicy | {POLICY} | policy p\niam:TagPolicy | {POLICY} | policy p")
    );
}

#[test]
fn simulations_of_stored_policies_are_demanded_on_whose_they_are() {
    let arn = |path| format!("arn:aws:iam::111122223333:{path}");
    let stored = arn("user/team/Alice");
    for (sent, matched) in [
        ("user/elsewhere/alice", &*stored),
        ("user/nobody", "arn:aws:iam::111122223333:user/nobody"),
        ("root", "arn:aws:iam::111122223333:root"),
    ] {
        let sent = arn(sent);
        let input = json!({"PolicySourceArn": sent, "ActionNames": ["iam:GetUser"]});
        assert_eq!(
            demands::<simulate_principal_policy::SimulatePrincipalPolicy>(input.clone()),
            format!("iam:SimulatePrincipalPolicy | {matched} | {sent}")
        );
        assert_eq!(
            demands::<get_context_keys_for_principal_policy::GetContextKeysForPrincipalPolicy>(
                input
            ),
            format!("iam:GetContextKeysForPrincipalPolicy | {matched} | {sent}")
        );
    }
    let input = json!({"PolicyInputList": [], "ActionNames": ["iam:GetUser"]});
    assert_eq!(
        demands::<get_context_keys_for_custom_policy::GetContextKeysForCustomPolicy>(input.clone()),
        "iam:GetContextKeysForCustomPolicy"
    );
    assert_eq!(
        denied::<simulate_custom_policy::SimulateCustomPolicy>(input),
        "User: arn:aws:iam::111122223333:user/team/Alice is not authorized to perform: iam:SimulateCustomPolicy \
         on resource: * because no identity-based policy allows the iam:SimulateCustomPolicy action"
    );
}

#[test]
fn memberships_are_the_group_s_affair() {
    let (devs, arn) = (
        json!({"GroupName": "devs", "UserName": "alice"}),
        "arn:aws:iam::111122223333:group/team/Devs",
    );
    for (asked, action) in [
        (
            demands::<add_user_to_group::AddUserToGroup>(devs.clone()),
            "AddUserToGroup",
        ),
        (
            demands::<remove_user_from_group::RemoveUserFromGroup>(devs.clone()),
            "RemoveUserFromGroup",
        ),
        (demands::<get_group::GetGroup>(devs.clone()), "GetGroup"),
        (
            demands::<delete_group::DeleteGroup>(devs.clone()),
            "DeleteGroup",
        ),
    ] {
        assert_eq!(asked, format!("iam:{action} | {arn} | group devs"));
    }
    assert_eq!(
        demands::<list_groups_for_user::ListGroupsForUser>(devs),
        "iam:ListGroupsForUser | arn:aws:iam::111122223333:user/team/Alice | user alice"
    );
    assert_eq!(
        demands::<list_groups::ListGroups>(json!({})),
        "iam:ListGroups | arn:aws:iam::111122223333:group/ | arn:aws:iam::111122223333:group/"
    );
    assert_eq!(
        demands::<update_group::UpdateGroup>(json!({"GroupName": "devs", "NewPath": "/a/"})),
        format!(
            "iam:UpdateGroup | {arn} | group devs\n\
             iam:UpdateGroup | arn:aws:iam::111122223333:group/a/Devs | arn:aws:iam::111122223333:group/a/Devs"
        )
    );
}

#[test]
fn providers_are_shown_by_arn() {
    let arn = "arn:aws:iam::111122223333:oidc-provider/example.org";
    let tags = json!([{"Key": "a", "Value": "b"}]);
    assert_eq!(
        demands::<create_oidc_provider::CreateOidcProvider>(
            json!({"Url": "https://example.org", "Tags": tags})
        ),
        format!(
            "iam:CreateOpenIDConnectProvider | {arn} | {arn}\n\
             iam:TagOpenIDConnectProvider | {arn} | {arn}"
        )
    );
    assert_eq!(
        demands::<get_oidc_provider::GetOidcProvider>(json!({"OpenIDConnectProviderArn": arn})),
        format!("iam:GetOpenIDConnectProvider | {arn} | {arn}")
    );
    let all = "arn:aws:iam::111122223333:oidc-provider/*";
    assert_eq!(
        demands::<list_oidc_providers::ListOidcProviders>(json!({})),
        format!("iam:ListOpenIDConnectProviders | {all} | {all}")
    );
}

#[test]
fn what_is_the_account_s_has_no_resource() {
    type Details = get_account_authorization_details::GetAccountAuthorizationDetails;
    assert_eq!(
        demands::<Details>(json!({})),
        "iam:GetAccountAuthorizationDetails"
    );
    let alice = "User: arn:aws:iam::111122223333:user/team/Alice is not authorized to perform";
    assert_eq!(
        denied::<list_account_aliases::ListAccountAliases>(json!({})),
        format!(
            "{alice}: iam:ListAccountAliases on resource: * because no identity-based policy allows the iam:ListAccountAliases action"
        )
    );
    let named = json!({"UserName": "alice"});
    type OfMfa = ListCredentials<MfaDevices>;
    let arn = "arn:aws:iam::111122223333:user/team/Alice";
    assert_eq!(
        demands::<OfMfa>(named),
        format!("iam:ListMFADevices | {arn} | user alice")
    );
    assert_eq!(demands::<OfMfa>(json!({})), "iam:ListMFADevices");
    type OfSsh = ListCredentials<SshPublicKeys>;
    assert_eq!(
        demands::<OfSsh>(json!({})),
        format!("iam:ListSSHPublicKeys | {arn} | user Alice")
    );
    let devices = "arn:aws:iam::111122223333:mfa/";
    assert_eq!(
        demands::<list_virtual_mfa_devices::ListVirtualMfaDevices>(json!({})),
        format!("iam:ListVirtualMFADevices | {devices} | {devices}")
    );
}
