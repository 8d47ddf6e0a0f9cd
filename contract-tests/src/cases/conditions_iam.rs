//! Conditions on IAM itself: who may tag, attach and change what.

use serde_json::json;

use super::support::Decision::{Allow, ExplicitDeny, ImplicitDeny};
use super::support::{
    allow_all, arn_of, assert_iam_decision, document, iam, managed_policy, query_error,
    query_fault, statement_if, tag_user,
};
use crate::{Case, Context, Evidence, Need, Raw};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "conditions_iam/tags_of_users",
        Evidence::Documented,
        "IAM user guide, controlling access during IAM tag requests",
        |c| Box::pin(tags_of_users(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions_iam/tags_of_policies",
        Evidence::Documented,
        "IAM user guide, controlling access during IAM tag requests",
        |c| Box::pin(tags_of_policies(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions_iam/only_this_policy_is_attached",
        Evidence::Documented,
        "IAM user guide, iam:PolicyARN",
        |c| Box::pin(only_this_policy_is_attached(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions_iam/users_with_a_tag",
        Evidence::Documented,
        "IAM user guide, controlling access to IAM resources by tags",
        |c| Box::pin(users_with_a_tag(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions_iam/a_user_s_own_keys",
        Evidence::Documented,
        "IAM user guide, allows users to manage their own credentials",
        |c| Box::pin(a_user_s_own_keys(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions_iam/users_are_made_with_a_tag",
        Evidence::Documented,
        "IAM user guide, controlling access during IAM tag requests",
        |c| Box::pin(users_are_made_with_a_tag(c)),
    )
    .needs(&[Need::Iam]),
];

/// Makes a user that calls are about; gives its name.
async fn other(c: &Context) -> String {
    let name = c.entity("other");
    c.iam("CreateUser", &[("UserName", &name)]).await;
    name
}

async fn tags_of_users(c: &Context) {
    let name = other(c).await;
    let shown = format!("user {name}");
    let keys = json!({"ForAllValues:StringEquals": {"aws:TagKeys": ["team", "cost"]}});
    let root = json!({"StringEquals": {"aws:RequestTag/team": "root"}});
    let who = c
        .user(
            "u",
            &document(&[
                statement_if("Allow", "iam:*agUser", &keys),
                statement_if("Deny", "iam:TagUser", &root),
            ]),
        )
        .await;
    for (key, value, decision) in [
        ("team", "red", Allow),
        ("team", "root", ExplicitDeny),
        ("colour", "red", ImplicitDeny),
    ] {
        let parameters = [
            ("UserName", &*name),
            ("Tags.member.1.Key", key),
            ("Tags.member.1.Value", value),
        ];
        let call = ("TagUser", &parameters[..]);
        assert_iam_decision(c, &who, call, &shown, decision).await;
    }
    let mixed = [
        ("UserName", &*name),
        ("Tags.member.1.Key", "team"),
        ("Tags.member.1.Value", "red"),
        ("Tags.member.2.Key", "colour"),
        ("Tags.member.2.Value", "red"),
    ];
    assert_iam_decision(c, &who, ("TagUser", &mixed), &shown, ImplicitDeny).await;
    for (key, decision) in [("colour", ImplicitDeny), ("team", Allow)] {
        let parameters = [("UserName", &*name), ("TagKeys.member.1", key)];
        let call = ("UntagUser", &parameters[..]);
        assert_iam_decision(c, &who, call, &shown, decision).await;
    }
}

async fn tags_of_policies(c: &Context) {
    let red = json!({"StringEquals": {"aws:RequestTag/team": "red"}});
    let team = json!({"ForAllValues:StringEquals": {"aws:TagKeys": "team"}});
    // Only users and roles have iam:ResourceTag too.
    let own = json!({"StringEquals": {"aws:ResourceTag/team": "red"}});
    let who = c
        .user(
            "u",
            &document(&[
                statement_if("Allow", "iam:CreatePolicy", &red),
                statement_if("Allow", "iam:TagPolicy", &red),
                statement_if("Allow", "iam:UntagPolicy", &team),
                statement_if("Allow", "iam:DeletePolicy", &own),
            ]),
        )
        .await;
    let (name, text) = (c.entity("p"), allow_all());
    let create = [("PolicyName", &*name), ("PolicyDocument", &*text)];
    let tag = |value| {
        let value = ("Tags.member.1.Value", value);
        [("Tags.member.1.Key", "team"), value]
    };
    let shown = format!("policy {name}");
    let bare = ("CreatePolicy", &create[..]);
    assert_iam_decision(c, &who, bare, &shown, ImplicitDeny).await;
    let tagged = [&create[..], &tag("red")].concat();
    assert_iam_decision(c, &who, ("CreatePolicy", &tagged), &shown, Allow).await;
    let arn = arn_of(c, &who).await;
    let arn = arn.replace(
        &format!("user/{}", c.entity("u")),
        &format!("policy/{name}"),
    );
    let (policy, shown) = (("PolicyArn", &*arn), format!("policy {arn}"));
    let blue = [&[policy][..], &tag("blue")].concat();
    assert_iam_decision(c, &who, ("TagPolicy", &blue), &shown, ImplicitDeny).await;
    let other = [policy, ("TagKeys.member.1", "colour")];
    assert_iam_decision(c, &who, ("UntagPolicy", &other), &shown, ImplicitDeny).await;
    let own = [policy, ("TagKeys.member.1", "team")];
    assert_iam_decision(c, &who, ("UntagPolicy", &own), &shown, Allow).await;
    let delete = ("DeletePolicy", &[policy][..]);
    assert_iam_decision(c, &who, delete, &shown, ImplicitDeny).await;
    c.iam("TagPolicy", &[&[policy][..], &tag("red")].concat())
        .await;
    assert_iam_decision(c, &who, delete, &shown, Allow).await;
}

async fn only_this_policy_is_attached(c: &Context) {
    let name = other(c).await;
    let shown = format!("user {name}");
    let this = managed_policy(c, &c.entity("this"), &allow_all()).await;
    let that = managed_policy(c, &c.entity("that"), &allow_all()).await;
    for (user, operator) in [("a", "ArnEquals"), ("b", "ArnLike"), ("c", "StringEquals")] {
        let only = json!({operator: {"iam:PolicyARN": this}});
        let attach = document(&[statement_if("Allow", "iam:*tachUserPolicy", &only)]);
        let who = c.user(user, &attach).await;
        for (action, arn, decision) in [
            ("AttachUserPolicy", &this, Allow),
            ("AttachUserPolicy", &that, ImplicitDeny),
            ("DetachUserPolicy", &this, Allow),
            ("DetachUserPolicy", &that, ImplicitDeny),
        ] {
            let parameters = [("UserName", &*name), ("PolicyArn", arn)];
            let call = (action, &parameters[..]);
            assert_iam_decision(c, &who, call, &shown, decision).await;
        }
    }
}

async fn users_with_a_tag(c: &Context) {
    let name = other(c).await;
    let shown = format!("user {name}");
    let call = ("GetUser", &[("UserName", &*name)][..]);
    for (user, key) in [("a", "iam:ResourceTag/team"), ("b", "aws:ResourceTag/team")] {
        let red = json!({"StringEquals": {key: "${aws:PrincipalTag/team}"}});
        let get = document(&[statement_if("Allow", "iam:GetUser", &red)]);
        let who = c.user(user, &get).await;
        tag_user(c, user, "team", "red").await;
        tag_user(c, "other", "team", "blue").await;
        assert_iam_decision(c, &who, call, &shown, ImplicitDeny).await;
        tag_user(c, "other", "team", "red").await;
        assert_iam_decision(c, &who, call, &shown, Allow).await;
    }
}

async fn a_user_s_own_keys(c: &Context) {
    let name = other(c).await;
    let own = json!({
        "Effect": "Allow",
        "Action": "iam:*AccessKey*",
        "Resource": "arn:aws:iam::*:user/${aws:username}",
    });
    let who = c.user("u", &document(&[own])).await;
    let (me, key) = (c.entity("u"), "CreateAccessKey");
    let (mine, others) = ([("UserName", &*me)], [("UserName", &*name)]);
    let shown = |name: &str| format!("user {name}");
    assert_iam_decision(c, &who, (key, &mine), &shown(&me), Allow).await;
    assert_iam_decision(c, &who, ("ListAccessKeys", &[]), &shown(&me), Allow).await;
    assert_iam_decision(c, &who, (key, &others), &shown(&name), ImplicitDeny).await;
}

async fn users_are_made_with_a_tag(c: &Context) {
    let red = json!({"StringEquals": {"aws:RequestTag/team": "red"}});
    let create = statement_if("Allow", "iam:CreateUser", &red);
    let tag = statement_if("Allow", "iam:TagUser", &red);
    let (made, untold) = (c.entity("made"), c.entity("untold"));
    let parameters = |name| {
        [
            ("UserName", name),
            ("Tags.member.1.Key", "team"),
            ("Tags.member.1.Value", "red"),
        ]
    };
    let who = c.user("u", &document(&[create.clone(), tag])).await;
    // What is made is shown by its ARN.
    let arn = arn_of(c, &who).await.replace(&c.entity("u"), &made);
    let bare = ("CreateUser", &[("UserName", &*made)][..]);
    assert_iam_decision(c, &who, bare, &arn, ImplicitDeny).await;
    let tagged = parameters(&*made);
    assert_iam_decision(c, &who, ("CreateUser", &tagged), &arn, Allow).await;
    // Making is not tagging.
    let who = c.user("v", &document(&[create])).await;
    let request = Raw::query("iam", "CreateUser", &parameters(&*untold));
    let answer = request.signed_by(&who).send(c).await;
    let (status, code, text) = query_fault(&answer);
    assert_eq!((status, &*code), (403, "AccessDenied"));
    assert!(text.contains(" iam:TagUser on resource: "), "{text}");
    let expected = format!("The user with name {untold} cannot be found.");
    let missing = iam(c, "GetUser", &[("UserName", &untold)]).await;
    assert_eq!(
        query_fault(&missing),
        query_error(404, "NoSuchEntity", &expected)
    );
}
