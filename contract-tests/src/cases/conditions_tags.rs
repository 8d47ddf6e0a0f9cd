//! Access by tags and by policy variables: each team its own secrets, under one policy for all.

use serde_json::{Value, json};

use super::support::Decision::{Allow, ExplicitDeny, ImplicitDeny};
use super::support::{
    allow_if, anywhere, assert_decision, denied, deny_if, document, fault, secret, send, tag_user,
    tagged_secret,
};
use crate::{Case, Context, Evidence, Need};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "conditions_tags/each_team_its_own_secrets",
        Evidence::Documented,
        "Secrets Manager user guide, attribute-based access control",
        |c| Box::pin(each_team_its_own_secrets(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions_tags/no_tag_no_team",
        Evidence::Documented,
        "IAM user guide, policy variables: keys without value, default values",
        |c| Box::pin(no_tag_no_team(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions_tags/another_team_counts_at_once",
        Evidence::Sound,
        "a decision is made on what is stored, policies and tags alike",
        |c| Box::pin(another_team_counts_at_once(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions_tags/keys_ignore_case_values_do_not",
        Evidence::Documented,
        "IAM user guide, Condition: key names are not case-sensitive",
        |c| Box::pin(keys_ignore_case_values_do_not(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions_tags/secrets_under_the_user_s_name",
        Evidence::Documented,
        "IAM user guide, policy variables: aws:username in Resource",
        |c| Box::pin(secrets_under_the_user_s_name(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions_tags/untagged_is_not_made",
        Evidence::Recorded,
        "cachix/secretspec#133",
        |c| Box::pin(untagged_is_not_made(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions_tags/only_these_tag_keys",
        Evidence::Recorded,
        "cloud-custodian/cloud-custodian#11030",
        |c| Box::pin(only_these_tag_keys(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions_tags/made_with_tags_is_tagged",
        Evidence::Documented,
        "service authorization reference: aws:ResourceTag at CreateSecret",
        |c| Box::pin(made_with_tags_is_tagged(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions_tags/tagging_has_conditions_of_its_own",
        Evidence::Documented,
        "Secrets Manager user guide: tags at creation need secretsmanager:TagResource",
        |c| Box::pin(tagging_has_conditions_of_its_own(c)),
    )
    .needs(&[Need::Iam]),
];

const MY_TEAM: &str = "${aws:PrincipalTag/team}";
const GET: &str = "GetSecretValue";

/// CreateSecret with tags.
fn create(c: &Context, name: &str, tags: &[(&str, &str)]) -> Value {
    let tag = |(key, value): &(&str, &str)| json!({"Key": key, "Value": value});
    let tags: Vec<Value> = tags.iter().map(tag).collect();
    match &*tags {
        [] => json!({"Name": c.name(name)}),
        tags => json!({"Name": c.name(name), "Tags": tags}),
    }
}

async fn each_team_its_own_secrets(c: &Context) {
    let red = tagged_secret(c, "red", Some(("team", "red"))).await;
    let blue = tagged_secret(c, "blue", Some(("team", "blue"))).await;
    let untagged = tagged_secret(c, "untagged", None).await;
    let missing = json!({"SecretId": c.name("missing")});
    for (user, key) in [
        ("a", "aws:ResourceTag/team"),
        ("b", "secretsmanager:ResourceTag/team"),
    ] {
        let mine = allow_if(&json!({"StringEquals": {key: MY_TEAM}}));
        let who = c.user(user, &mine).await;
        tag_user(c, user, "team", "red").await;
        for (input, decision) in [
            (&red, Allow),
            (&blue, ImplicitDeny),
            (&untagged, ImplicitDeny),
            (&missing, ImplicitDeny),
        ] {
            assert_decision(c, &who, (GET, input), decision).await;
            assert_decision(c, &who, ("DescribeSecret", input), decision).await;
        }
        // A list is of no secret, so it has no tags.
        assert_decision(c, &who, ("ListSecrets", &json!({})), ImplicitDeny).await;
    }
}

async fn no_tag_no_team(c: &Context) {
    let literal = tagged_secret(c, "literal", Some(("team", "aws:PrincipalTag/team"))).await;
    let empty = tagged_secret(c, "empty", Some(("team", ""))).await;
    let all = tagged_secret(c, "all", Some(("team", "all"))).await;
    let key = "aws:ResourceTag/team";
    let plain = allow_if(&json!({"StringEquals": {key: MY_TEAM}}));
    let like = allow_if(&json!({"StringLike": {key: MY_TEAM}}));
    for (user, policy) in [("a", plain), ("b", like)] {
        let who = c.user(user, &policy).await;
        for input in [&literal, &empty, &all] {
            assert_decision(c, &who, (GET, input), ImplicitDeny).await;
        }
    }
    let or_all = json!({"StringEquals": {key: "${aws:PrincipalTag/team, 'all'}"}});
    let who = c.user("c", &allow_if(&or_all)).await;
    assert_decision(c, &who, (GET, &all), Allow).await;
    assert_decision(c, &who, (GET, &empty), ImplicitDeny).await;
    tag_user(c, "c", "team", "red").await;
    assert_decision(c, &who, (GET, &all), ImplicitDeny).await;
}

async fn another_team_counts_at_once(c: &Context) {
    let red = tagged_secret(c, "red", Some(("team", "red"))).await;
    let blue = tagged_secret(c, "blue", Some(("team", "blue"))).await;
    let mine = allow_if(&json!({"StringEquals": {"aws:ResourceTag/team": MY_TEAM}}));
    let who = c.user("u", &mine).await;
    for (team, of_red, of_blue) in [
        ("red", Allow, ImplicitDeny),
        ("blue", ImplicitDeny, Allow),
        ("green", ImplicitDeny, ImplicitDeny),
        ("red", Allow, ImplicitDeny),
    ] {
        tag_user(c, "u", "team", team).await;
        assert_decision(c, &who, (GET, &red), of_red).await;
        assert_decision(c, &who, (GET, &blue), of_blue).await;
    }
    let name = c.entity("u");
    let untag = [("UserName", &*name), ("TagKeys.member.1", "team")];
    c.iam("UntagUser", &untag).await;
    assert_decision(c, &who, (GET, &red), ImplicitDeny).await;
}

async fn keys_ignore_case_values_do_not(c: &Context) {
    let red = tagged_secret(c, "red", Some(("Team", "red"))).await;
    let upper = tagged_secret(c, "upper", Some(("Team", "Red"))).await;
    let mine = json!({"StringEquals": {"AWS:resourcetag/TEAM": "${aws:principaltag/tEaM}"}});
    let who = c.user("u", &allow_if(&mine)).await;
    tag_user(c, "u", "team", "red").await;
    assert_decision(c, &who, (GET, &red), Allow).await;
    assert_decision(c, &who, (GET, &upper), ImplicitDeny).await;
}

async fn secrets_under_the_user_s_name(c: &Context) {
    let mine = json!({
        "Effect": "Allow",
        "Action": "secretsmanager:*",
        "Resource": anywhere("${aws:username}/*"),
    });
    let who = c.user("ann", &document(&[mine])).await;
    // Another user's name may begin with hers.
    let (own, other) = (c.entity("ann/db"), c.entity("anna/db"));
    for name in [&own, &other] {
        secret(&c.root(), name, "v").await;
    }
    assert_decision(c, &who, (GET, &json!({"SecretId": own})), Allow).await;
    assert_decision(c, &who, (GET, &json!({"SecretId": other})), ImplicitDeny).await;
    let new = json!({"Name": c.entity("ann/new")});
    assert_decision(c, &who, ("CreateSecret", &new), Allow).await;
    let new = json!({"Name": c.entity("new")});
    assert_decision(c, &who, ("CreateSecret", &new), ImplicitDeny).await;
}

async fn untagged_is_not_made(c: &Context) {
    let untagged = deny_if(&json!({"Null": {"aws:RequestTag/team": "true"}}));
    let who = c.user("u", &untagged).await;
    let bare = create(c, "bare", &[]);
    let other = create(c, "other", &[("owner", "red")]);
    let tagged = create(c, "tagged", &[("owner", "red"), ("team", "red")]);
    assert_decision(c, &who, ("CreateSecret", &bare), ExplicitDeny).await;
    assert_decision(c, &who, ("CreateSecret", &other), ExplicitDeny).await;
    assert_decision(c, &who, ("CreateSecret", &tagged), Allow).await;
    // One's own team's tag only.
    let own = allow_if(&json!({"StringEquals": {"aws:RequestTag/team": MY_TEAM}}));
    let who = c.user("v", &own).await;
    tag_user(c, "v", "team", "red").await;
    let red = create(c, "red", &[("team", "red")]);
    let blue = create(c, "blue", &[("team", "blue")]);
    assert_decision(c, &who, ("CreateSecret", &red), Allow).await;
    assert_decision(c, &who, ("CreateSecret", &blue), ImplicitDeny).await;
    assert_decision(c, &who, ("CreateSecret", &bare), ImplicitDeny).await;
}

async fn only_these_tag_keys(c: &Context) {
    let all = json!({"ForAllValues:StringLike": {"aws:TagKeys": ["acme_*", "team"]}});
    let who = c.user("u", &allow_if(&all)).await;
    let ours = create(c, "ours", &[("acme_cost", "1"), ("team", "red")]);
    let foreign = create(c, "foreign", &[("acme_cost", "1"), ("app", "x")]);
    assert_decision(c, &who, ("CreateSecret", &ours), Allow).await;
    assert_decision(c, &who, ("CreateSecret", &foreign), ImplicitDeny).await;
    // Of no keys at all, all are among these: AWS's own warning about ForAllValues.
    let bare = create(c, "bare", &[]);
    assert_decision(c, &who, ("CreateSecret", &bare), Allow).await;
    let any = json!({"ForAnyValue:StringEquals": {"aws:TagKeys": "team"}});
    let who = c.user("v", &allow_if(&any)).await;
    let one = create(c, "one", &[("app", "x"), ("team", "red")]);
    let none = create(c, "none", &[("app", "x")]);
    assert_decision(c, &who, ("CreateSecret", &one), Allow).await;
    assert_decision(c, &who, ("CreateSecret", &none), ImplicitDeny).await;
    assert_decision(c, &who, ("CreateSecret", &bare), ImplicitDeny).await;
}

async fn made_with_tags_is_tagged(c: &Context) {
    for (user, key) in [
        ("a", "aws:ResourceTag/team"),
        ("b", "secretsmanager:ResourceTag/team"),
    ] {
        let red = allow_if(&json!({"StringEquals": {key: "red"}}));
        let who = c.user(user, &red).await;
        for (tags, decision) in [
            (&[][..], ImplicitDeny),
            (&[("team", "blue")], ImplicitDeny),
            (&[("team", "red")], Allow),
        ] {
            let made = create(c, user, tags);
            assert_decision(c, &who, ("CreateSecret", &made), decision).await;
        }
        let made = json!({"SecretId": c.name(user)});
        assert_decision(c, &who, ("DescribeSecret", &made), Allow).await;
    }
}

async fn tagging_has_conditions_of_its_own(c: &Context) {
    let allow =
        json!({"Effect": "Allow", "Action": "secretsmanager:CreateSecret", "Resource": "*"});
    let team = json!({
        "Effect": "Allow",
        "Action": "secretsmanager:TagResource",
        "Resource": "*",
        "Condition": {"StringEquals": {"aws:RequestTag/team": "red"}},
    });
    let who = c.user("u", &document(&[allow, team])).await;
    let red = create(c, "red", &[("team", "red")]);
    assert_decision(c, &who, ("CreateSecret", &red), Allow).await;
    let blue = create(c, "blue", &[("team", "blue")]);
    let answer = send(c, &who, "CreateSecret", &blue).await;
    let name = c.name("blue");
    let expected = denied(c, &who, "secretsmanager:TagResource", Some(&name)).await;
    assert_eq!(fault(&answer), expected);
}
