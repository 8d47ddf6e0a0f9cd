//! Simulations of what is stored for a principal, and who may ask for them.

use super::support::{
    ALLOW_GET, SIMULATIONS, elements, iam_refused, managed_policy, no_such_entity, query_error,
    query_fault, role, simulated_case,
};
use crate::{Case, Context, Raw};

const DENIED: &str = "aws-containers/amazon-ecs-exec-checker#70; sentences of IAM seen in 2026";

pub(super) const CASES: &[Case] = &[
    simulated_case(
        "simulation_principals/policies_of_a_user",
        SIMULATIONS,
        |c| Box::pin(policies_of_a_user(c)),
    ),
    simulated_case(
        "simulation_principals/the_groups_of_a_user",
        SIMULATIONS,
        |c| Box::pin(the_groups_of_a_user(c)),
    ),
    simulated_case(
        "simulation_principals/a_role_and_its_boundary",
        SIMULATIONS,
        |c| Box::pin(a_role_and_its_boundary(c)),
    ),
    simulated_case(
        "simulation_principals/principals_that_are_none",
        SIMULATIONS,
        |c| Box::pin(principals_that_are_none(c)),
    ),
    simulated_case("simulation_principals/denied", DENIED, |c| {
        Box::pin(denied(c))
    }),
];

async fn policies_of_a_user(c: &Context) {
    let (name, policy) = (c.entity("u"), c.entity("p"));
    let made = c
        .iam(
            "CreateUser",
            &[("UserName", &name), ("Path", "/simulation/")],
        )
        .await;
    let arn = made.xml("Arn").unwrap();
    let managed = ALLOW_GET.replace("GetObject", "DeleteObject");
    let parameters = [("PolicyName", &*policy), ("PolicyDocument", &*managed)];
    let managed = c.iam("CreatePolicy", &parameters).await.xml("Arn").unwrap();
    let user = ("UserName", &*name);
    c.iam("AttachUserPolicy", &[user, ("PolicyArn", &managed)])
        .await;
    let inline = [
        user,
        ("PolicyName", "Inline"),
        ("PolicyDocument", ALLOW_GET),
    ];
    c.iam("PutUserPolicy", &inline).await;
    let id = format!("user_{name}_Inline");
    let (yes, no) = ("allowed", "implicitDeny");
    let ask = |exclusion: Option<(&'static str, String)>, arn: String| async move {
        let mut parameters = vec![
            ("PolicySourceArn", arn.as_str()),
            ("ActionNames.member.1", "s3:GetObject"),
            ("ActionNames.member.2", "s3:DeleteObject"),
            ("ActionNames.member.3", "s3:PutObject"),
        ];
        parameters.extend(
            exclusion
                .as_ref()
                .map(|(member, value)| (*member, value.as_str())),
        );
        let xml = c.iam("SimulatePrincipalPolicy", &parameters).await.body;
        (
            elements(&xml, "EvalDecision"),
            elements(&xml, "SourcePolicyId"),
        )
    };
    let (decisions, ids) = ask(None, arn.clone()).await;
    assert_eq!(decisions, [yes, yes, no]);
    assert_eq!(ids, [&*id, &*policy]);
    // A wrong path does not matter.
    let elsewhere = arn.replace("/simulation/", "/elsewhere/");
    assert_eq!(ask(None, elsewhere).await.0, [yes, yes, no]);
    let (by_type, by_arn) = (
        "PolicyExclusionList.member.1.PolicyType",
        "PolicyExclusionList.member.1.PolicyArn",
    );
    for (exclusion, decisions) in [
        ((by_type, "inline"), [no, yes, no]),
        ((by_type, "user-managed"), [yes, no, no]),
        ((by_type, "rcp"), [yes, yes, no]),
        ((by_arn, &*managed), [yes, no, no]),
    ] {
        let (member, value) = exclusion;
        let (told, _) = ask(Some((member, value.to_owned())), arn.clone()).await;
        assert_eq!(told, decisions, "{exclusion:?}");
    }
}

async fn the_groups_of_a_user(c: &Context) {
    let (name, group) = (c.entity("u"), c.entity("g"));
    let (user, of_group) = (("UserName", &*name), ("GroupName", &*group));
    let made = c.iam("CreateUser", &[user]).await;
    let group_arn = c.iam("CreateGroup", &[of_group]).await.xml("Arn").unwrap();
    let inline = [
        of_group,
        ("PolicyName", "Inline"),
        ("PolicyDocument", ALLOW_GET),
    ];
    c.iam("PutGroupPolicy", &inline).await;
    let ask = async |arn: &str| {
        let parameters = [
            ("PolicySourceArn", arn),
            ("ActionNames.member.1", "s3:GetObject"),
        ];
        let xml = c.iam("SimulatePrincipalPolicy", &parameters).await.body;
        let decisions = elements(&xml, "EvalDecision");
        (decisions, elements(&xml, "SourcePolicyId"))
    };
    let arn = made.xml("Arn").unwrap();
    let id = format!("group_{group}_Inline");
    let allowed = (vec!["allowed".to_owned()], vec![id]);
    assert_eq!(ask(&arn).await.0, ["implicitDeny"]);
    c.iam("AddUserToGroup", &[user, of_group]).await;
    assert_eq!(ask(&arn).await, allowed);
    assert_eq!(ask(&group_arn).await, allowed);
    c.iam("RemoveUserFromGroup", &[user, of_group]).await;
    assert_eq!(ask(&arn).await.0, ["implicitDeny"]);
}

async fn a_role_and_its_boundary(c: &Context) {
    let name = role(c, "r").await;
    let named = ("RoleName", &*name);
    let arn = c.iam("GetRole", &[named]).await.xml("Arn").unwrap();
    let inline = [
        named,
        ("PolicyName", "Inline"),
        ("PolicyDocument", ALLOW_GET),
    ];
    c.iam("PutRolePolicy", &inline).await;
    let ask = async || {
        let parameters = [
            ("PolicySourceArn", &*arn),
            ("ActionNames.member.1", "s3:GetObject"),
        ];
        let xml = c.iam("SimulatePrincipalPolicy", &parameters).await.body;
        let tags = [
            "EvalDecision",
            "SourcePolicyId",
            "AllowedByPermissionsBoundary",
        ];
        tags.map(|tag| elements(&xml, tag).concat())
    };
    let id = format!("role_{name}_Inline");
    assert_eq!(ask().await, ["allowed", &id, ""]);
    let document = ALLOW_GET.replace("GetObject", "PutObject");
    for (document, decision, within) in [
        (&*document, "implicitDeny", "false"),
        (ALLOW_GET, "allowed", "true"),
    ] {
        let boundary = managed_policy(c, &c.entity(decision), document).await;
        let bound = [named, ("PermissionsBoundary", &boundary)];
        c.iam("PutRolePermissionsBoundary", &bound).await;
        let [told, _, told_within] = ask().await;
        assert_eq!([&*told, &*told_within], [decision, within]);
    }
}

async fn principals_that_are_none(c: &Context) {
    let name = c.entity("u");
    let made = c.iam("CreateUser", &[("UserName", &name)]).await;
    let arn = made.xml("Arn").unwrap();
    let account = arn.split(':').nth(4).unwrap();
    let action = ("ActionNames.member.1", "s3:GetObject");
    let missing = format!("{arn}-missing");
    let parameters = [("PolicySourceArn", &*missing), action];
    assert_eq!(
        iam_refused(c, "SimulatePrincipalPolicy", &parameters).await,
        no_such_entity("Unable to retrieve specified IAM entity.")
    );
    let foreign = arn.replace(account, "999999999999");
    let of_another = format!(
        "Invalid Policy Source Arn: caller's account {account} does not have access to policies in account 999999999999."
    );
    let root = format!("arn:aws:iam::{account}:root");
    let session = format!("arn:aws:sts::{account}:assumed-role/fictional/session");
    for (source, text) in [
        (&*foreign, of_another),
        (
            &root,
            format!("Invalid ARN provided in the request: {root}"),
        ),
        (
            &session,
            format!("Invalid ARN provided in the request: {session}"),
        ),
    ] {
        let parameters = [("PolicySourceArn", source), action];
        let refused = iam_refused(c, "SimulatePrincipalPolicy", &parameters).await;
        assert_eq!(refused, query_error(400, "InvalidInput", &text));
    }
}

async fn denied(c: &Context) {
    let nobody = c.user("u", ALLOW_GET).await;
    let name = c.entity("u");
    let arn = c
        .iam("GetUser", &[("UserName", &name)])
        .await
        .xml("Arn")
        .unwrap();
    let action = ("ActionNames.member.1", "s3:GetObject");
    for (operation, parameters, resource) in [
        (
            "SimulateCustomPolicy",
            [("PolicyInputList.member.1", ALLOW_GET), action],
            "*",
        ),
        (
            "SimulatePrincipalPolicy",
            [("PolicySourceArn", &*arn), action],
            &*arn,
        ),
        (
            "GetContextKeysForCustomPolicy",
            [("PolicyInputList.member.1", ALLOW_GET), action],
            "*",
        ),
        (
            "GetContextKeysForPrincipalPolicy",
            [("PolicySourceArn", &*arn), action],
            &*arn,
        ),
    ] {
        let request = Raw::query("iam", operation, &parameters).signed_by(&nobody);
        let text = format!(
            "User: {arn} is not authorized to perform: iam:{operation} on resource: {resource} because no \
             identity-based policy allows the iam:{operation} action"
        );
        let expected = query_error(403, "AccessDenied", &text);
        assert_eq!(query_fault(&request.send(c).await), expected);
    }
}
