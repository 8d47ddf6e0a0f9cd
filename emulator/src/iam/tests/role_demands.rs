//! What operations on roles and instance profiles demand, and how denials name it.

use serde_json::json;

use super::super::*;
use super::demands::{demands, denied};

const ACCOUNT: &str = "arn:aws:iam::111122223333";

#[test]
fn roles_are_shown_by_name_and_new_ones_by_arn() {
    let role = json!({"RoleName": "r"});
    assert_eq!(
        demands::<get_role::GetRole>(role.clone()),
        format!("iam:GetRole | {ACCOUNT}:role/r | role r")
    );
    assert_eq!(
        demands::<delete_role::DeleteRole>(role),
        format!("iam:DeleteRole | {ACCOUNT}:role/r | role r")
    );
    let tags = json!([{"Key": "a", "Value": "b"}]);
    let new =
        json!({"RoleName": "r", "Path": "/team/", "AssumeRolePolicyDocument": "{}", "Tags": tags});
    let arn = format!("{ACCOUNT}:role/team/r");
    assert_eq!(
        demands::<create_role::CreateRole>(new),
        format!("iam:CreateRole | {arn} | {arn}\niam:TagRole | {arn} | {arn}")
    );
}

#[test]
fn lists_are_shown_by_path() {
    let arn = format!("{ACCOUNT}:role/");
    assert_eq!(
        demands::<list_roles::ListRoles>(json!({})),
        format!("iam:ListRoles | {arn} | {arn}")
    );
    let arn = format!("{ACCOUNT}:instance-profile/team/");
    assert_eq!(
        demands::<list_instance_profiles::ListInstanceProfiles>(json!({"PathPrefix": "/team/"})),
        format!("iam:ListInstanceProfiles | {arn} | {arn}")
    );
}

#[test]
fn a_role_is_passed_to_an_instance_profile() {
    let both = json!({"InstanceProfileName": "i", "RoleName": "r"});
    let role = format!("{ACCOUNT}:role/r");
    assert_eq!(
        demands::<add_role_to_instance_profile::AddRoleToInstanceProfile>(both.clone()),
        format!(
            "iam:AddRoleToInstanceProfile | {ACCOUNT}:instance-profile/i | instance profile i\n\
             iam:PassRole | {role} | {role}"
        )
    );
    assert_eq!(
        demands::<remove_role_from_instance_profile::RemoveRoleFromInstanceProfile>(both),
        format!(
            "iam:RemoveRoleFromInstanceProfile | {ACCOUNT}:instance-profile/i | instance profile i"
        )
    );
}

#[test]
fn denials_name_what_aws_names() {
    let denied_to = format!("User: {ACCOUNT}:user/team/Alice is not authorized to perform");
    assert_eq!(
        denied::<list_roles::ListRoles>(json!({})),
        format!(
            "{denied_to}: iam:ListRoles on resource: {ACCOUNT}:role/ because no identity-based policy allows the iam:ListRoles action"
        )
    );
    assert_eq!(
        denied::<get_instance_profile::GetInstanceProfile>(json!({"InstanceProfileName": "i"})),
        format!(
            "{denied_to}: iam:GetInstanceProfile on resource: instance profile i because no identity-based policy allows the iam:GetInstanceProfile action"
        )
    );
    let service = json!({"AWSServiceName": "rds.amazonaws.com"});
    assert_eq!(
        denied::<create_service_linked_role::CreateServiceLinkedRole>(service),
        format!(
            "{denied_to}: iam:CreateServiceLinkedRole on resource: {ACCOUNT}:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS because no identity-based policy allows the iam:CreateServiceLinkedRole action"
        )
    );
}

#[test]
fn a_deletion_is_matched_by_the_role_in_its_id() {
    let role = format!("{ACCOUNT}:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS");
    let task = "task/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS/6f1a";
    type Status = get_service_linked_role_deletion_status::GetServiceLinkedRoleDeletionStatus;
    assert_eq!(
        demands::<Status>(json!({"DeletionTaskId": task})),
        format!("iam:GetServiceLinkedRoleDeletionStatus | {role} | {role}")
    );
    assert_eq!(
        demands::<Status>(json!({"DeletionTaskId": "x"})),
        format!("iam:GetServiceLinkedRoleDeletionStatus | {ACCOUNT}:role/* | {ACCOUNT}:role/*")
    );
}
