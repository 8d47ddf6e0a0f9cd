//! Who may do what to roles: denials, tags and boundaries.

use serde_json::json;

use super::support::Decision::{Allow, ImplicitDeny};
use super::support::{
    TRUST, allow_all, arn_of, assert_iam_decision, document, managed_policy, role, statement_if,
};
use crate::{Case, Context, Evidence, Need};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "iam_roles_decide/denials_name_roles",
        Evidence::Recorded,
        "aws/aws-cdk#27067; IAM API reference for ListRoles",
        |c| Box::pin(denials_name_roles(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_roles_decide/roles_with_a_boundary",
        Evidence::Documented,
        "IAM user guide, delegating responsibility to others using permissions boundaries",
        |c| Box::pin(roles_with_a_boundary(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_roles_decide/roles_are_made_with_a_tag",
        Evidence::Documented,
        "IAM user guide, controlling access during IAM tag requests",
        |c| Box::pin(roles_are_made_with_a_tag(c)),
    )
    .needs(&[Need::Iam]),
];

async fn denials_name_roles(c: &Context) {
    let elsewhere = document(&[statement_if("Allow", "s3:*", &json!({}))]);
    let who = c.user("u", &elsewhere).await;
    let name = role(c, "r").await;
    let get = [("RoleName", &*name)];
    let shown = format!("role {name}");
    assert_iam_decision(c, &who, ("GetRole", &get), &shown, ImplicitDeny).await;
    let user = arn_of(c, &who).await;
    let (root, _) = user.split_once(":user/").unwrap();
    let create = [
        get[0],
        ("AssumeRolePolicyDocument", TRUST),
        ("Path", "/team/"),
    ];
    let shown = format!("{root}:role/team/{name}");
    assert_iam_decision(c, &who, ("CreateRole", &create), &shown, ImplicitDeny).await;
    let shown = format!("{root}:role/");
    assert_iam_decision(c, &who, ("ListRoles", &[]), &shown, ImplicitDeny).await;
}

/// Whoever may only make and change roles that have a boundary.
async fn roles_with_a_boundary(c: &Context) {
    let (bare, name) = (role(c, "bare").await, c.entity("r"));
    let boundary = managed_policy(c, &c.entity("b"), &allow_all()).await;
    let other = managed_policy(c, &c.entity("p"), &allow_all()).await;
    let bounded = json!({"StringEquals": {"iam:PermissionsBoundary": boundary}});
    let actions = [
        "iam:CreateRole",
        "iam:AttachRolePolicy",
        "iam:PutRolePermissionsBoundary",
        "iam:UpdateAssumeRolePolicy",
        "iam:DeleteRolePermissionsBoundary",
    ];
    let statements = actions.map(|action| statement_if("Allow", action, &bounded));
    let who = c.user("u", &document(&statements)).await;
    let arn = c.iam("GetRole", &[("RoleName", &*bare)]).await.xml("Arn");
    let arn = arn.unwrap().replace(&bare, &name);

    let role = ("RoleName", &*name);
    let create = [role, ("AssumeRolePolicyDocument", TRUST)];
    assert_iam_decision(c, &who, ("CreateRole", &create), &arn, ImplicitDeny).await;
    let with = |arn| [&create[..], &[("PermissionsBoundary", arn)]].concat();
    let create = ("CreateRole", &with(&other)[..]);
    assert_iam_decision(c, &who, create, &arn, ImplicitDeny).await;
    let create = ("CreateRole", &with(&boundary)[..]);
    assert_iam_decision(c, &who, create, &arn, Allow).await;

    let calls = |name| {
        let role = ("RoleName", name);
        [
            ("AttachRolePolicy", [role, ("PolicyArn", &*other)]),
            ("UpdateAssumeRolePolicy", [role, ("PolicyDocument", TRUST)]),
        ]
    };
    for (name, decision) in [(&bare, ImplicitDeny), (&name, Allow)] {
        for (action, parameters) in calls(name) {
            let shown = format!("role {name}");
            let call = (action, &parameters[..]);
            assert_iam_decision(c, &who, call, &shown, decision).await;
        }
    }
    // To be given a boundary counts as having it.
    let shown = format!("role {bare}");
    for (arn, decision) in [(&other, ImplicitDeny), (&boundary, Allow)] {
        let put = [("RoleName", &*bare), ("PermissionsBoundary", arn)];
        let call = ("PutRolePermissionsBoundary", &put[..]);
        assert_iam_decision(c, &who, call, &shown, decision).await;
    }
    let delete = [("RoleName", &*bare)];
    let call = ("DeleteRolePermissionsBoundary", &delete[..]);
    assert_iam_decision(c, &who, call, &shown, Allow).await;
    assert_iam_decision(c, &who, call, &shown, ImplicitDeny).await;
}

async fn roles_are_made_with_a_tag(c: &Context) {
    let (bare, name) = (role(c, "bare").await, c.entity("r"));
    let red = json!({"StringEquals": {"aws:RequestTag/team": "red"}});
    let own = json!({"StringEquals": {"iam:ResourceTag/team": "red"}});
    let statements = [
        statement_if("Allow", "iam:CreateRole", &red),
        statement_if("Allow", "iam:TagRole", &red),
        statement_if("Allow", "iam:DeleteRole", &own),
    ];
    let who = c.user("u", &document(&statements)).await;
    let arn = c.iam("GetRole", &[("RoleName", &*bare)]).await.xml("Arn");
    let arn = arn.unwrap().replace(&bare, &name);
    for (tag, decision) in [("blue", ImplicitDeny), ("red", Allow)] {
        let create = [
            ("RoleName", &*name),
            ("AssumeRolePolicyDocument", TRUST),
            ("Tags.member.1.Key", "team"),
            ("Tags.member.1.Value", tag),
        ];
        let call = ("CreateRole", &create[..]);
        assert_iam_decision(c, &who, call, &arn, decision).await;
    }
    for (name, decision) in [(&bare, ImplicitDeny), (&name, Allow)] {
        let delete = [("RoleName", &**name)];
        let (call, shown) = (("DeleteRole", &delete[..]), format!("role {name}"));
        assert_iam_decision(c, &who, call, &shown, decision).await;
    }
}
