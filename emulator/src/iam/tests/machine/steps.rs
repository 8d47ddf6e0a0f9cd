//! Random steps. What requests are made of is so little that they meet: a few names, in either case,
//! for everything in two accounts.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::Union;
use serde_json::{Value, json};

use super::reference::{Deed, Kind};
use super::requests::{Request, changes, lists};
use super::values::trust;
use crate::store::unreliable::Mishap;

pub(super) const ACCOUNTS: [&str; 2] = ["000000000000", "111122223333"];

/// One thing that happens.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// So many seconds pass.
    Pass(i64),
    /// The emulator ends, and another begins on what was stored.
    Restart,
    /// A request of the root user of an account.
    Ask {
        account: &'static str,
        operation: String,
        input: Value,
    },
    /// A request of the root user of an account, and another that is answered while the first is about
    /// to be committed.
    Race {
        account: &'static str,
        first: (String, Value),
        rival: (String, Value),
    },
    /// One of a kind is stripped of all that it has, and deleted; and then perhaps made again under the
    /// same name.
    Raze {
        account: &'static str,
        kind: Kind,
        name: usize,
        again: bool,
    },
    /// The holder of one of the keys that were ever issued does something, with one of the roles that
    /// it may assume, or of all there are.
    Do {
        key: usize,
        deed: Deed,
        role: usize,
        may: bool,
    },
}

/// Steps, each with what goes wrong with its commits.
pub(super) fn steps(mishaps: bool) -> impl Strategy<Value = Vec<(Step, Vec<Mishap>)>> {
    let mishap = select(vec![
        Mishap::Conflict,
        Mishap::UnknownApplied,
        Mishap::UnknownLost,
    ]);
    let most = if mishaps { 3 } else { 0 };
    let mishaps = prop::collection::vec(mishap, 0..=most);
    let first = prop_oneof![
        16 => usual(),
        1 => many("AddUserToGroup", Kind::Group),
        1 => many("AttachUserPolicy", Kind::Policy),
        1 => many("AttachRolePolicy", Kind::Policy),
    ];
    let then = TOPICS.map(|topic| prop::collection::vec((step(topic), mishaps.clone()), 1..45));
    let then = Union::new(then);
    (first, then).prop_map(|(first, then)| {
        let first = first.into_iter().map(|step| (step, Vec::new()));
        first.chain(then).collect()
    })
}

/// What most requests of a case are about, by the names of operations. What takes several steps of the
/// same kind is seldom come by otherwise.
const TOPICS: [fn(&str) -> bool; 6] = [
    |_| true,
    |name| name.contains("PolicyVersion") || ["CreatePolicy", "DeletePolicy"].contains(&name),
    |name| name.contains("Policy") || name.contains("Boundary"),
    |name| {
        ["User", "Group", "Key", "Login"]
            .iter()
            .any(|it| name.contains(it))
    },
    |name| name.contains("Role") || name.contains("InstanceProfile"),
    |name| {
        ["Create", "Delete", "Update"]
            .iter()
            .any(|it| name.starts_with(it))
    },
];

fn step(topic: fn(&str) -> bool) -> BoxedStrategy<Step> {
    let seconds = select(vec![1, 1_800, 3_600, 12 * 3_600]);
    let kind =
        prop_oneof![1 => select(Kind::ALL.to_vec()), 2 => select(vec![Kind::User, Kind::Role])];
    let raze = (account(), kind, 0..4_usize, any::<bool>());
    let raze = raze.prop_map(|(account, kind, name, again)| Step::Raze {
        account,
        kind,
        name,
        again,
    });
    prop_oneof![
        30 => race(topic),
        3 => seconds.prop_map(Step::Pass),
        1 => Just(Step::Restart),
        7 => raze,
        20 => done(),
        44 => ask(change(topic)),
        4 => ask(lists()),
    ]
    .boxed()
}

/// Two requests, mostly about the same.
fn race(topic: fn(&str) -> bool) -> impl Strategy<Value = Step> {
    let parts = (account(), change(topic), change(topic), 0..5);
    parts.prop_map(|(account, first, mut rival, likeness)| {
        match likeness {
            0 => {}
            1 => rival = first.clone(),
            _ => {
                let members = rival.1.as_object_mut().into_iter().flatten();
                for (member, value) in members.filter(|(member, _)| !member.ends_with("Document")) {
                    let known = &first.1[member];
                    if !known.is_null() {
                        *value = known.clone();
                    }
                }
            }
        }
        Step::Race {
            account,
            first,
            rival,
        }
    })
}

fn change(topic: fn(&str) -> bool) -> Request {
    let (of_topic, others): (Vec<_>, Vec<_>) =
        changes().into_iter().partition(|it| topic(&it.operation));
    let weighted = of_topic
        .into_iter()
        .map(|it| (6 * it.weight, it.request))
        .chain(others.into_iter().map(|it| (it.weight, it.request)));
    Union::new_weighted(weighted.collect()).boxed()
}

fn done() -> impl Strategy<Value = Step> {
    let deed = prop_oneof![
        3 => Just(Deed::Identify),
        1 => Just(Deed::AskForSession),
        5 => Just(Deed::Assume),
        4 => Just(Deed::Read),
        1 => Just(Deed::LookAtItself),
    ];
    let parts = (0..12_usize, deed, 0..4_usize, prop::bool::weighted(0.7));
    parts.prop_map(|(key, deed, role, may)| Step::Do {
        key,
        deed,
        role,
        may,
    })
}

fn ask(request: Request) -> impl Strategy<Value = Step> {
    (account(), request).prop_map(|(account, (operation, input))| Step::Ask {
        account,
        operation,
        input,
    })
}

/// Some of what there usually is.
fn usual() -> BoxedStrategy<Vec<Step>> {
    let ask = |account: usize, operation: &str, input: Value| Step::Ask {
        account: ACCOUNTS[account],
        operation: operation.to_owned(),
        input,
    };
    let mut all = Vec::new();
    for here in 0..2 {
        let may = json!({"PolicyName": "a", "PolicyDocument": "$statement Allow * 0"});
        let attached = json!({"UserName": "a", "RoleName": "a", "PolicyArn": "$policy a"});
        all.extend([
            ask(here, "CreateUser", json!({"UserName": "a"})),
            ask(here, "CreateAccessKey", json!({"UserName": "a"})),
            ask(here, "CreatePolicy", may),
            ask(here, "AttachUserPolicy", attached.clone()),
        ]);
        for user in ["$user 0 a", "$user 1 a"] {
            let role = json!({"RoleName": "a", "AssumeRolePolicyDocument": trust(user)});
            all.push(ask(here, "CreateRole", role));
        }
        all.push(ask(here, "AttachRolePolicy", attached));
    }
    let profile = json!({"InstanceProfileName": "a", "RoleName": "a"});
    let group = json!({"GroupName": "a", "UserName": "a"});
    all.extend([
        ask(0, "CreateUser", json!({"UserName": "b"})),
        ask(0, "CreateAccessKey", json!({"UserName": "b"})),
        ask(0, "CreateGroup", json!({"GroupName": "a"})),
        ask(0, "AddUserToGroup", group),
        ask(
            0,
            "CreateInstanceProfile",
            json!({"InstanceProfileName": "a"}),
        ),
        ask(0, "AddRoleToInstanceProfile", profile),
    ]);
    let count = all.len();
    prop::sample::subsequence(all, count / 3..=count).boxed()
}

/// A user or role with as many as there may be and one more.
fn many(operation: &'static str, kind: Kind) -> BoxedStrategy<Vec<Step>> {
    let account = ACCOUNTS[0];
    let ask = move |operation: &str, input: Value| Step::Ask {
        account,
        operation: operation.to_owned(),
        input,
    };
    let mut steps = vec![
        ask("CreateUser", json!({"UserName": "a"})),
        ask(
            "CreateRole",
            json!({"RoleName": "a", "AssumeRolePolicyDocument": trust("$root 0")}),
        ),
    ];
    for number in 0..11 {
        let name = format!("g{number}");
        let input = match kind {
            Kind::Group => {
                steps.push(ask("CreateGroup", json!({"GroupName": name})));
                json!({"UserName": "a", "GroupName": name})
            }
            _ => json!({"UserName": "a", "RoleName": "a", "PolicyArn": format!("$aws {number}")}),
        };
        steps.push(ask(operation, input));
    }
    Just(steps).boxed()
}

fn account() -> impl Strategy<Value = &'static str> {
    prop_oneof![6 => Just(ACCOUNTS[0]), 1 => Just(ACCOUNTS[1])]
}
