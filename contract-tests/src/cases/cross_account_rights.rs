//! Which copies in other accounts there can be, and whose permission they need.

use serde_json::json;

use super::support::{
    KEY, OTHER, account, arn_of, fails, made_with, merge, ok, ok_as, pair, policy, token,
};
use crate::{Case, Context, Evidence, Need};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "cross_account_replicas/what_a_copy_cannot_be_made_with",
        Evidence::Documented,
        "API model, CreateSecret: CrossAccountPrimaryARN",
        |c| Box::pin(what_a_copy_cannot_be_made_with(c)),
    ),
    Case::new(
        "cross_account_replicas/one_copy_of_this_secret",
        Evidence::Documented,
        "API model, AssociateCrossAccountReplica: its conditions and errors",
        |c| Box::pin(one_copy_of_this_secret(c)),
    ),
    Case::new(
        "cross_account_replicas/accepted_on_the_copy",
        Evidence::Documented,
        "user guide, cross-account replication: required permissions",
        |c| Box::pin(accepted_on_the_copy(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "cross_account_replicas/making_one_puts_a_policy",
        Evidence::Documented,
        "API model, CreateSecret: CrossAccountPrimaryARN needs secretsmanager:PutResourcePolicy",
        |c| Box::pin(making_one_puts_a_policy(c)),
    )
    .needs(&[Need::Iam]),
];

async fn what_a_copy_cannot_be_made_with(c: &Context) {
    let arn = made_with(
        c,
        c.target().root(),
        &c.name("primary"),
        json!({"KmsKeyId": KEY}),
    )
    .await;
    let elsewhere = arn.replacen(c.target().region(), "eu-west-1", 1);
    let regions = json!([{"Region": "eu-west-1"}]);
    for members in [
        json!({"SecretString": "v"}),
        json!({"SecretBinary": "dg=="}),
        json!({"Description": "d"}),
        json!({"AddReplicaRegions": regions}),
        json!({"KmsKeyId": null}),
        json!({"KmsKeyId": "alias/aws/secretsmanager"}),
        json!({"CrossAccountPrimaryARN": elsewhere}),
        json!({"CrossAccountPrimaryARN": arn.replacen("000000000000", OTHER, 1)}),
    ] {
        let name = c.name("copy");
        let mut input = json!({
            "Name": name, "CrossAccountPrimaryARN": arn, "KmsKeyId": KEY, "ClientRequestToken": token(),
        });
        merge(&mut input, members.clone());
        let (code, _) = fails(c, &account(OTHER), "CreateSecret", &input).await;
        assert_eq!(code, "InvalidParameterException", "{members}");
    }
}

async fn one_copy_of_this_secret(c: &Context) {
    let pair = pair(c).await;
    let root = c.target().root();
    let associate = "AssociateCrossAccountReplica";
    // Within an organization, if nothing is said; and accounts here have none.
    let refusal = fails(c, root, associate, &pair.both()).await;
    assert_eq!(refusal.0, "InvalidRequestException");
    let other = made_with(c, root, &c.name("other"), json!({"KmsKeyId": KEY})).await;
    let mut input = pair.association();
    input["SecretId"] = other.into();
    let refusal = fails(c, root, associate, &input).await;
    assert_eq!(
        refusal.0, "InvalidParameterException",
        "a copy of another secret"
    );
    ok(c, associate, &pair.association()).await;
    let third = account("777788889999");
    let members =
        json!({"CrossAccountPrimaryARN": pair.arn, "KmsKeyId": KEY, "SecretString": null});
    let more = made_with(c, &third, &c.name("more"), members).await;
    let mut input = pair.association();
    input["CrossAccountReplicaARN"] = more.into();
    assert_eq!(
        fails(c, root, associate, &input).await.0,
        "LimitExceededException"
    );
}

/// The caller needs rights on both sides; the policy that the copy was made with gives the other
/// half of those on the copy.
async fn accepted_on_the_copy(c: &Context) {
    let pair = pair(c).await;
    let [associate, get, accept] = [
        "AssociateCrossAccountReplica",
        "GetSecretValue",
        "AcceptCrossAccountReplication",
    ]
    .map(|name| format!("secretsmanager:{name}"));
    let rights = [&associate, &get, &accept];
    for missing in 0..3 {
        let given = rights
            .iter()
            .enumerate()
            .filter(|(number, _)| *number != missing);
        let given: Vec<&str> = given.map(|(_, action)| action.as_str()).collect();
        let who = c
            .user(
                &format!("u{missing}"),
                &policy(&[("Allow", &given.join(" "), "*")]),
            )
            .await;
        let (code, text) =
            fails(c, &who, "AssociateCrossAccountReplica", &pair.association()).await;
        let user = arn_of(c, &who).await;
        let shown = if missing == 2 {
            &pair.copy_arn
        } else {
            &pair.name
        };
        let action = rights[missing];
        let start =
            format!("User: {user} is not authorized to perform: {action} on resource: {shown} ");
        assert!(
            code == "AccessDeniedException" && text.starts_with(&start),
            "{text}"
        );
    }
    let all = format!("{associate} {get} {accept}");
    let who = c.user("all", &policy(&[("Allow", &all, "*")])).await;
    ok_as(c, &who, "AssociateCrossAccountReplica", &pair.association()).await;
}

async fn making_one_puts_a_policy(c: &Context) {
    let arn = made_with(
        c,
        &account(OTHER),
        &c.name("primary"),
        json!({"KmsKeyId": KEY}),
    )
    .await;
    let create = "secretsmanager:CreateSecret";
    let input = json!({
        "Name": c.name("copy"), "CrossAccountPrimaryARN": arn, "KmsKeyId": KEY, "ClientRequestToken": token(),
    });
    let who = c.user("u", &policy(&[("Allow", create, "*")])).await;
    let (code, text) = fails(c, &who, "CreateSecret", &input).await;
    assert_eq!(code, "AccessDeniedException");
    assert!(
        text.contains("to perform: secretsmanager:PutResourcePolicy on resource: "),
        "{text}"
    );
    let both = format!("{create} secretsmanager:PutResourcePolicy");
    let who = c.user("both", &policy(&[("Allow", &both, "*")])).await;
    ok_as(c, &who, "CreateSecret", &input).await;
}
