//! The account: its alias, its password policy, how much there is in it, and all of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::model::{IdentityPolicies, PolicyUsage, Role, Tag, TrustPolicy};
use super::{ALLOW, Client, all};
use crate::account::{AccountId, Region};
use crate::iam::model::AttachedTo;
use crate::store::{Memory, Store, Transaction};
use crate::timestamp::Timestamp;

const ADMIN: &str = "arn:aws:iam::aws:policy/AdministratorAccess";
/// `{"Version"`, as documents begin.
const DOCUMENT: &str = "%7B%22Version%22%3A%222012-10-17%22%2C";

#[tokio::test]
async fn an_account_has_one_alias_and_no_other_account_has_it() {
    let iam = Client::new();
    let other = iam.as_holder_of("111122223333");
    let aliases = async |who: &Client| {
        let list = who.ok("ListAccountAliases", &[]).await;
        let inside = all(&list, "AccountAliases");
        inside
            .first()
            .map_or_else(Vec::new, |xml| all(xml, "member"))
    };
    let (first, second) = (("AccountAlias", "first-1"), ("AccountAlias", "second"));
    assert!(aliases(&iam).await.is_empty());
    iam.ok("CreateAccountAlias", &[first]).await;
    assert_eq!(aliases(&iam).await, ["first-1"]);
    for who in [&iam, &other] {
        assert_eq!(
            who.refused("CreateAccountAlias", &[first]).await,
            "409 EntityAlreadyExists: The account alias first-1 already exists."
        );
    }
    // Another takes its place, and it is free.
    iam.ok("CreateAccountAlias", &[second]).await;
    other.ok("CreateAccountAlias", &[first]).await;
    assert_eq!(
        (aliases(&iam).await, aliases(&other).await),
        (vec!["second".to_owned()], vec!["first-1".to_owned()])
    );
    assert_eq!(
        iam.refused("DeleteAccountAlias", &[first]).await,
        "404 NoSuchEntity: The account alias first-1 cannot be found."
    );
    iam.ok("DeleteAccountAlias", &[second]).await;
    assert!(aliases(&iam).await.is_empty());
    let deleted = iam.refused("DeleteAccountAlias", &[second]).await;
    assert!(deleted.starts_with("404 NoSuchEntity"), "{deleted}");
    other.ok("CreateAccountAlias", &[second]).await;
    for action in ["CreateAccountAlias", "DeleteAccountAlias"] {
        assert_eq!(
            iam.refused(action, &[("AccountAlias", "no--way")]).await,
            r"400 ValidationError: 1 validation error detected: Value at 'accountAlias' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$"
        );
    }
}

#[tokio::test]
async fn a_password_policy_is_set_whole() {
    let iam = Client::new();
    let none =
        "404 NoSuchEntity: The Password Policy with domain name 000000000000 cannot be found.";
    assert_eq!(iam.refused("GetAccountPasswordPolicy", &[]).await, none);
    assert_eq!(
        iam.refused("DeleteAccountPasswordPolicy", &[]).await,
        "404 NoSuchEntity: The account policy with name PasswordPolicy cannot be found."
    );
    let shown = async || {
        let policy = iam.read("GetAccountPasswordPolicy", &[], "PasswordPolicy");
        policy.await.remove(0)
    };
    iam.ok(
        "UpdateAccountPasswordPolicy",
        &[
            ("MinimumPasswordLength", "10"),
            ("RequireNumbers", "true"),
            ("MaxPasswordAge", "60"),
            ("PasswordReusePrevention", "3"),
            ("HardExpiry", "true"),
        ],
    )
    .await;
    let policy = shown().await;
    for (tag, value) in [
        ("MinimumPasswordLength", "10"),
        ("RequireNumbers", "true"),
        ("RequireSymbols", "false"),
        ("ExpirePasswords", "true"),
        ("MaxPasswordAge", "60"),
        ("PasswordReusePrevention", "3"),
        ("HardExpiry", "true"),
    ] {
        assert_eq!(all(&policy, tag), [value], "{tag}");
    }
    iam.ok("UpdateAccountPasswordPolicy", &[]).await;
    let policy = shown().await;
    assert_eq!(all(&policy, "MinimumPasswordLength"), ["6"]);
    assert_eq!(all(&policy, "ExpirePasswords"), ["false"]);
    for absent in ["MaxPasswordAge", "PasswordReusePrevention", "HardExpiry"] {
        assert!(!policy.contains(absent), "{policy}");
    }
    let too_much = [
        ("MinimumPasswordLength", "129"),
        ("PasswordReusePrevention", "25"),
        ("MaxPasswordAge", "1096"),
    ];
    assert_eq!(
        iam.refused("UpdateAccountPasswordPolicy", &too_much).await,
        "400 ValidationError: 3 validation errors detected: \
         Value at 'minimumPasswordLength' failed to satisfy constraint: Member must have value less than or equal to 128; \
         Value at 'passwordReusePrevention' failed to satisfy constraint: Member must have value less than or equal to 24; \
         Value at 'maxPasswordAge' failed to satisfy constraint: Member must have value less than or equal to 1095"
    );
    iam.ok("DeleteAccountPasswordPolicy", &[]).await;
    assert_eq!(iam.refused("GetAccountPasswordPolicy", &[]).await, none);
}

#[tokio::test]
async fn the_summary_counts_what_there_is() {
    let iam = Client::new();
    let summary = async || -> BTreeMap<String, u32> {
        let xml = iam.ok("GetAccountSummary", &[]).await;
        let number = |text: String| text.parse().unwrap();
        let values = all(&xml, "value").into_iter().map(number);
        all(&xml, "key").into_iter().zip(values).collect()
    };
    let before = summary().await;
    assert_eq!(before.len(), 34);
    assert_eq!(
        (before["Users"], before["UsersQuota"], before["GroupsQuota"]),
        (0, 5000, 300)
    );
    assert_eq!(before["RolePolicySizeQuota"], 10_240);
    for user in ["alice", "bob"] {
        iam.user(user).await;
        let attach = [("UserName", user), ("PolicyArn", ADMIN)];
        iam.ok("AttachUserPolicy", &attach).await;
    }
    iam.ok("CreateGroup", &[("GroupName", "devs")]).await;
    iam.policy("p").await;
    iam.ok(
        "CreateOpenIDConnectProvider",
        &[("Url", "https://example.org")],
    )
    .await;
    let expected = [
        ("Users", 2),
        ("Groups", 1),
        ("Policies", 1),
        ("PolicyVersionsInUse", 1),
        ("Providers", 1),
    ];
    let mut after = before.clone();
    for (key, count) in expected {
        *after.get_mut(key).unwrap() += count;
    }
    assert_eq!(summary().await, after);
}

/// A client of an account with a role, beside what is made through it.
async fn with_a_role() -> Client {
    let account = AccountId::DEFAULT;
    let trust = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"ec2.amazonaws.com"}}}"#;
    let store = Arc::new(Memory::new());
    let mut tx = Transaction::new(&*store);
    let role = Role {
        name: "Reader".to_owned(),
        path: "/team/".to_owned(),
        id: "AROA".to_owned(),
        created: Timestamp::from_millis(0),
        description: None,
        max_session: 3600,
        max_signin: None,
        service_linked: false,
        trust: Arc::new(TrustPolicy::read(&tx, "aws", trust).ok().unwrap()),
        tags: vec![Tag {
            key: "k".to_owned(),
            value: "v".to_owned(),
        }],
        policies: IdentityPolicies {
            attached: vec![ADMIN.to_owned()],
            ..IdentityPolicies::default()
        },
        boundary: None,
        instance_profiles: BTreeSet::new(),
        last_used: Arc::default(),
    };
    let region = Region::us_east_1();
    let used = Arc::clone(&role.last_used);
    used.record(Timestamp::from_millis(1_440_938_160_000), "iam", &region);
    let mut attached = AttachedTo::default();
    let reader = (super::super::model::IdentityKind::Role, "reader".to_owned());
    attached.of(PolicyUsage::Permissions).insert(reader);
    tx.put(Role::key(account, "reader"), role);
    tx.put(AttachedTo::key(account, ADMIN), attached);
    let (checks, writes) = tx.finish();
    store.commit(checks, writes).await.unwrap();
    Client::over(store)
}

const DETAILS: &str = "GetAccountAuthorizationDetails";

#[tokio::test]
async fn details_show_everything_attached() {
    let iam = with_a_role().await;
    let (alice, devs) = (("UserName", "Alice"), ("GroupName", "Devs"));
    let arn = iam.policy("p").await;
    iam.ok(
        "CreateUser",
        &[alice, ("Path", "/team/"), ("PermissionsBoundary", &arn)],
    )
    .await;
    iam.user("bob").await;
    iam.ok("CreateGroup", &[devs]).await;
    iam.ok("AddUserToGroup", &[alice, devs]).await;
    let inline = [("PolicyName", "in"), ("PolicyDocument", ALLOW)];
    iam.ok("PutUserPolicy", &[&[alice], &inline[..]].concat())
        .await;
    iam.ok("PutGroupPolicy", &[&[devs], &inline[..]].concat())
        .await;
    iam.ok("AttachGroupPolicy", &[devs, ("PolicyArn", &arn)])
        .await;

    let xml = iam.ok(DETAILS, &[]).await;
    let list = |name: &str| all(&xml, name).remove(0);
    let users = list("UserDetailList");
    assert_eq!(all(&users, "UserName"), ["Alice", "bob"]);
    assert_eq!(all(&users, "GroupList"), ["<member>Devs</member>"]);
    assert_eq!(all(&users, "PermissionsBoundaryArn"), [&*arn]);
    // Absent for bob, unlike the lists beside it.
    assert_eq!(all(&users, "UserPolicyList").len(), 1);
    assert_eq!(users.matches("<GroupList/>").count(), 1);
    assert_eq!(users.matches("<AttachedManagedPolicies/>").count(), 2);
    assert_eq!(users.matches("<Tags/>").count(), 2);
    let documents = all(&users, "PolicyDocument");
    assert!(documents[0].starts_with(DOCUMENT), "{documents:?}");

    let groups = list("GroupDetailList");
    assert_eq!(all(&groups, "GroupName"), ["Devs"]);
    assert_eq!(all(&groups, "PolicyName"), ["in", "p"]);
    assert_eq!(all(&groups, "PolicyArn"), [&*arn]);

    let roles = list("RoleDetailList");
    assert_eq!(
        all(&roles, "Arn"),
        ["arn:aws:iam::000000000000:role/team/Reader"]
    );
    let trust = all(&roles, "AssumeRolePolicyDocument");
    assert!(trust[0].starts_with(DOCUMENT), "{trust:?}");
    assert_eq!(all(&roles, "PolicyArn"), [ADMIN]);
    assert_eq!(all(&roles, "LastUsedDate"), ["2015-08-30T12:36:00Z"]);
    assert_eq!(all(&roles, "Region"), ["us-east-1"]);
    assert_eq!(all(&roles, "Key"), ["k"]);
    assert!(roles.contains("<InstanceProfileList/><RolePolicyList/>"));
    assert!(!roles.contains("MaxSessionDuration"), "{roles}");

    let policies = list("Policies");
    assert_eq!(all(&policies, "Arn"), [&*arn, ADMIN]);
    assert_eq!(all(&policies, "AttachmentCount"), ["1", "1"]);
    assert_eq!(all(&policies, "PermissionsBoundaryUsageCount"), ["1", "0"]);
    let documents = all(&policies, "Document");
    assert_eq!(documents.len(), 2);
    assert!(documents[0].starts_with(DOCUMENT), "{documents:?}");
    assert!(!policies.contains("Description") && !policies.contains("Tags"));
    let order = [
        "<Policies>",
        "<UserDetailList>",
        "<RoleDetailList>",
        "<GroupDetailList>",
    ];
    let places = order.map(|list| xml.find(list).unwrap());
    assert!(places.is_sorted(), "{xml}");
}

#[tokio::test]
async fn details_are_filtered() {
    let iam = with_a_role().await;
    iam.user("alice").await;
    iam.ok("CreateGroup", &[("GroupName", "devs")]).await;
    iam.policy("p").await;
    let shown = async |filter: &[(&str, &str)]| -> Vec<String> {
        let xml = iam.ok(DETAILS, filter).await;
        let lists = [
            "UserDetailList",
            "GroupDetailList",
            "RoleDetailList",
            "Policies",
        ];
        let inside = lists.iter().flat_map(|list| all(&xml, list));
        inside.flat_map(|list| all(&list, "Arn")).collect()
    };
    let own = |what: &str| format!("arn:aws:iam::000000000000:{what}");
    let (user, group) = (own("user/alice"), own("group/devs"));
    let (role, policy) = (own("role/team/Reader"), own("policy/p"));
    let everything = [&*user, &*group, &*role, &*policy, ADMIN];
    assert_eq!(shown(&[]).await, everything);
    for (kind, arn) in [
        ("User", everything[0]),
        ("Group", everything[1]),
        ("Role", everything[2]),
        ("LocalManagedPolicy", everything[3]),
        ("AWSManagedPolicy", everything[4]),
    ] {
        assert_eq!(shown(&[("Filter.member.1", kind)]).await, [arn]);
    }
    let two = [("Filter.member.1", "Role"), ("Filter.member.2", "User")];
    assert_eq!(shown(&two).await, [&*user, &*role]);
    let empty = iam.ok(DETAILS, &two[..1]).await;
    assert!(empty.contains("<Policies/><UserDetailList/>"), "{empty}");
    assert!(empty.contains("<GroupDetailList/><IsTruncated>"), "{empty}");
    for unknown in ["Unknown", "user"] {
        assert_eq!(
            iam.refused(DETAILS, &[("Filter.member.1", unknown)]).await,
            "400 ValidationError: 1 validation error detected: Value at 'filter' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [LocalManagedPolicy, User, AWSManagedPolicy, Role, Group]]"
        );
    }
}

#[tokio::test]
async fn details_come_in_pages_of_all_kinds_together() {
    let iam = with_a_role().await;
    for user in ["a", "b", "c"] {
        iam.user(user).await;
    }
    iam.ok("CreateGroup", &[("GroupName", "g")]).await;
    iam.policy("p").await;
    let mut seen: Vec<String> = Vec::new();
    let mut marker: Option<String> = None;
    let mut sizes = Vec::new();
    loop {
        let mut parameters = vec![("MaxItems", "2")];
        parameters.extend(marker.as_deref().map(|marker| ("Marker", marker)));
        let xml = iam.ok(DETAILS, &parameters).await;
        let before = seen.len();
        for list in [
            "UserDetailList",
            "GroupDetailList",
            "RoleDetailList",
            "Policies",
        ] {
            seen.extend(all(&xml, list).iter().flat_map(|list| all(list, "Arn")));
        }
        sizes.push(seen.len() - before);
        marker = all(&xml, "Marker").pop();
        assert_eq!(all(&xml, "IsTruncated"), [marker.is_some().to_string()]);
        if marker.is_none() {
            break;
        }
    }
    assert_eq!(sizes, [2, 2, 2, 1]);
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), 7);

    let users = ("Filter.member.1", "User");
    let first = iam.ok(DETAILS, &[users, ("MaxItems", "2")]).await;
    let marker = all(&first, "Marker").remove(0);
    let rest = iam.ok(DETAILS, &[users, ("Marker", &marker)]).await;
    assert_eq!(all(&rest, "UserName"), ["c"]);
    let other = ("Filter.member.1", "Group");
    for parameters in [
        vec![other, ("Marker", &*marker)],
        vec![("Marker", &*marker)],
        vec![users, ("Marker", "not-an-aws-marker")],
    ] {
        assert_eq!(
            iam.refused(DETAILS, &parameters).await,
            "400 ValidationError: Marker and Filter do not match"
        );
    }
}
