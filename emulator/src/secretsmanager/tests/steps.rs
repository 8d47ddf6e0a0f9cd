//! Random steps. What requests are made of is so little that they meet: three names, two regions, two
//! accounts, five tokens, four values. And most of them aim at a secret that there is: what stands in
//! braces in a request is filled in when it is sent.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::members::*;
use super::reference::FUNCTION;
use crate::store::unreliable::Mishap;

pub(super) const ACCOUNTS: [&str; 2] = ["000000000000", "111122223333"];
pub(super) const REGIONS: [&str; 2] = ["us-east-1", "eu-west-1"];
/// The last cannot be reached by an ARN without its six characters.
pub(super) const NAMES: [&str; 3] = ["a", "team/db", "x-abcdef"];

/// One thing that happens.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// So many seconds pass.
    Pass(i64),
    /// The background does what has fallen due.
    Tick,
    /// A request.
    Ask(Request),
}

#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) account: &'static str,
    pub(super) region: &'static str,
    pub(super) name: &'static str,
    /// Which of the secrets that there are it is about, in place of the one above.
    pub(super) aim: Option<usize>,
    pub(super) operation: &'static str,
    pub(super) input: Value,
    /// Whether it is sent again at once, if it is granted and has a token.
    pub(super) twice: bool,
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
    let first = prop::collection::vec((first(), mishaps.clone()), 1..4);
    let then = prop::collection::vec((step(), mishaps), 1..60);
    (first, then).prop_map(|(first, then)| first.into_iter().chain(then).collect())
}

fn step() -> impl Strategy<Value = Step> {
    const HOUR: i64 = 3_600;
    let seconds = select(vec![1, 5 * HOUR, 24 * HOUR, 8 * 24 * HOUR, 31 * 24 * HOUR]);
    prop_oneof![
        8 => seconds.prop_map(Step::Pass),
        4 => Just(Step::Tick),
        88 => request().prop_map(Step::Ask),
    ]
}

/// What there is from the beginning.
fn first() -> impl Strategy<Value = Step> {
    let input = both(
        member("Name", Just(json!("{name}"))),
        both(member("ClientRequestToken", token()), value()),
    );
    (account(), region(), name(), input).prop_map(|(account, region, name, input)| {
        Step::Ask(Request {
            account,
            region,
            name,
            aim: None,
            operation: "CreateSecret",
            input,
            twice: false,
        })
    })
}

fn account() -> impl Strategy<Value = &'static str> {
    prop_oneof![2 => Just(ACCOUNTS[0]), 1 => Just(ACCOUNTS[1])]
}

fn region() -> impl Strategy<Value = &'static str> {
    prop_oneof![2 => Just(REGIONS[0]), 1 => Just(REGIONS[1])]
}

fn request() -> impl Strategy<Value = Request> {
    let aim = prop_oneof![1 => Just(None), 19 => (0..12_usize).prop_map(Some)];
    let place = (account(), region(), name(), aim);
    let parts = (place, input(), prop::bool::weighted(0.2));
    parts.prop_map(
        |((account, region, name, aim), (operation, input), twice)| Request {
            account,
            region,
            name,
            // What is made is seldom what is there.
            aim: aim.filter(|aim| operation != "CreateSecret" || *aim == 0),
            operation,
            input,
            twice,
        },
    )
}

type Input = BoxedStrategy<(&'static str, Value)>;

fn input() -> impl Strategy<Value = (&'static str, Value)> {
    prop_oneof![
        9 => create(),
        12 => put(),
        6 => update(),
        10 => move_label(),
        10 => rotate(),
        3 => on_id("CancelRotateSecret", Just(json!({}))),
        6 => delete(),
        4 => on_id("RestoreSecret", Just(json!({}))),
        8 => replicate(),
        4 => on_id("RemoveRegionsFromReplication", member("RemoveReplicaRegions", regions())),
        5 => on_id("StopReplicationToReplica", Just(json!({}))),
        6 => copy_abroad(),
        8 => associate(),
        7 => on_id("DisassociateCrossAccountReplica", member("CrossAccountReplicaARN", abroad("{copy}"))),
        5 => on_id("TagResource", member("Tags", tags(1))),
        3 => on_id("UntagResource", member("TagKeys", tag_keys())),
        4 => put_policy(),
        2 => on_id("DeleteResourcePolicy", policy_name()),
        2 => on_id("GetResourcePolicy", policy_name()),
        1 => on_id("ListResourcePolicies", pages()),
        1 => on_id("ValidateResourcePolicy", policy()),
        8 => get(),
        3 => batch(),
        1 => on_id("DescribeSecret", Just(json!({}))),
        2 => on_id("ListSecretVersionIds", both(pages(), flag("IncludeDeprecated"))),
        3 => list(),
        1 => password(),
    ]
}

fn on_id(operation: &'static str, rest: impl Strategy<Value = Value> + 'static) -> Input {
    let input = both(member("SecretId", id()), rest);
    input.prop_map(move |input| (operation, input)).boxed()
}

fn create() -> Input {
    let first = both(
        member(
            "Name",
            prop_oneof![30 => name(), 1 => Just("no name")].prop_map(Value::from),
        ),
        both(with_token(), value_or_not()),
    );
    let more = both(
        both(
            sometimes(4, "Tags", tags(0)),
            sometimes(4, "KmsKeyId", key()),
        ),
        both(description(), kind()),
    );
    let copies = prop_oneof![2 => Just(json!({})), 1 => copies()];
    both(both(first, more), copies)
        .prop_map(|input| ("CreateSecret", input))
        .boxed()
}

fn copy_abroad() -> Input {
    let key = json!({"KmsKeyId": "alias/mine"});
    let rest = prop_oneof![10 => Just(key), 1 => Just(json!({})), 1 => value()];
    let primary = member("CrossAccountPrimaryARN", abroad("{primary}"));
    let own = both(member("Name", Just(json!("{name}"))), with_token());
    both(both(own, primary), rest)
        .prop_map(|input| ("CreateSecret", input))
        .boxed()
}

fn associate() -> Input {
    let restriction = one_of(&["NoRestriction"; 4].map(Value::from));
    let rest = both(
        sometimes(
            8,
            "ReplicationRoleARN",
            Just(json!("arn:aws:iam::000000000000:role/copies")),
        ),
        member(
            "ReplicaRestriction",
            prop_oneof![6 => restriction, 1 => Just(Value::Null)],
        ),
    );
    on_id(
        "AssociateCrossAccountReplica",
        both(member("CrossAccountReplicaARN", abroad("{copy}")), rest),
    )
}

fn put() -> Input {
    on_id(
        "PutSecretValue",
        both(both(with_token(), value_or_not()), labels()),
    )
}

fn update() -> Input {
    let value = prop_oneof![1 => Just(json!({})), 1 => value_or_not()];
    let rest = both(both(sometimes(2, "KmsKeyId", key()), description()), kind());
    on_id("UpdateSecret", both(both(with_token(), value), rest))
}

fn move_label() -> Input {
    let from = prop_oneof![3 => Just(json!("{holder}")), 1 => token()];
    let from = sometimes(2, "RemoveFromVersionId", from);
    let to = prop_oneof![1 => Just(Value::Null), 5 => Just(json!("{version}")), 1 => token()];
    let to = member("MoveToVersionId", to);
    on_id(
        "UpdateSecretVersionStage",
        both(member("VersionStage", label()), both(from, to)),
    )
}

fn rotate() -> Input {
    let function = prop_oneof![
        8 => Just(json!(FUNCTION)),
        1 => Just(json!("arn:aws:lambda:us-east-1:000000000000:function:none")),
        1 => Just(json!("nothing")),
        4 => Just(Value::Null),
    ];
    let rules = one_of(&[
        Value::Null,
        Value::Null,
        json!({"AutomaticallyAfterDays": 1}),
        json!({"AutomaticallyAfterDays": 30}),
        json!({"ScheduleExpression": "rate(10 days)"}),
        json!({"ScheduleExpression": "rate(10 weeks)"}),
        json!({"AutomaticallyAfterDays": 30, "ScheduleExpression": "rate(10 days)"}),
    ]);
    let rest = both(
        member("RotationLambdaARN", function),
        member("RotationRules", rules),
    );
    let rest = both(rest, flag("RotateImmediately"));
    on_id("RotateSecret", both(with_token(), rest))
}

fn delete() -> Input {
    let window = one_of(&[6, 7, 7, 7, 7, 10, 30, 31].map(Value::from));
    let how = prop_oneof![
        4 => Just(json!({"ForceDeleteWithoutRecovery": true})),
        6 => member("RecoveryWindowInDays", window),
        1 => Just(json!({"ForceDeleteWithoutRecovery": true, "RecoveryWindowInDays": 7})),
        1 => Just(json!({"ForceDeleteWithoutRecovery": false})),
    ];
    on_id("DeleteSecret", how)
}

fn replicate() -> Input {
    on_id("ReplicateSecretToRegions", copies())
}

fn put_policy() -> Input {
    let rest = both(policy_name(), flag("BlockPublicPolicy"));
    on_id("PutResourcePolicy", both(policy(), rest))
}

fn get() -> Input {
    let rest = both(
        sometimes(2, "VersionId", token()),
        sometimes(2, "VersionStage", label()),
    );
    on_id("GetSecretValue", rest)
}

fn filters() -> impl Strategy<Value = Value> + 'static {
    one_of(&[
        json!([{"Key": "name", "Values": ["a", "x"]}]),
        json!([{"Key": "name", "Values": ["!team/"]}]),
        json!([{"Key": "tag-key", "Values": ["k"]}, {"Key": "name", "Values": ["t", "a"]}]),
    ])
}

fn batch() -> Input {
    let ids = prop::collection::vec(id(), 1..4).prop_map(Value::from);
    let what = prop_oneof![
        3 => member("SecretIdList", ids),
        3 => both(member("Filters", filters()), pages()),
        1 => Just(json!({})),
    ];
    what.prop_map(|input| ("BatchGetSecretValue", input))
        .boxed()
}

fn list() -> Input {
    let by = [
        "created-date",
        "last-accessed-date",
        "last-changed-date",
        "name",
    ]
    .map(Value::from);
    let order = both(
        sometimes(2, "SortBy", one_of(&by)),
        sometimes(2, "SortOrder", one_of(&["asc", "desc"].map(Value::from))),
    );
    let what = both(
        sometimes(3, "Filters", filters()),
        flag("IncludePlannedDeletion"),
    );
    both(both(order, what), pages())
        .prop_map(|input| ("ListSecrets", input))
        .boxed()
}

fn password() -> Input {
    let kinds = [
        "ExcludeNumbers",
        "ExcludePunctuation",
        "ExcludeUppercase",
        "ExcludeLowercase",
    ];
    let rest = kinds.map(flag).into_iter().reduce(both);
    let rest = both(rest.unwrap(), flag("RequireEachIncludedType"));
    let length = sometimes(2, "PasswordLength", (1..6).prop_map(Value::from));
    both(both(rest, length), flag("IncludeSpace"))
        .prop_map(|input| ("GetRandomPassword", input))
        .boxed()
}
