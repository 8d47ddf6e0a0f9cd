//! What Terraform's AWS provider asks of IAM, call by call, as it makes, reads, changes and destroys.

use super::support::{allow_all, iam_refused, query_error, texts};
use crate::{Answer, Case, Context, Evidence, Need};

const PROVIDER: &str = "hashicorp/terraform-provider-aws, internal/service/iam";

pub(super) const CASES: &[Case] = &[
    Case::new("iam_terraform/user", Evidence::Inferred, PROVIDER, |c| {
        Box::pin(user(c))
    })
    .needs(&[Need::Iam]),
    Case::new(
        "iam_terraform/access_key",
        Evidence::Inferred,
        PROVIDER,
        |c| Box::pin(access_key(c)),
    )
    .needs(&[Need::Iam]),
    Case::new("iam_terraform/group", Evidence::Inferred, PROVIDER, |c| {
        Box::pin(group(c))
    })
    .needs(&[Need::Iam]),
    Case::new(
        "iam_terraform/openid_connect_provider",
        Evidence::Inferred,
        PROVIDER,
        |c| Box::pin(openid_connect_provider(c)),
    )
    .needs(&[Need::Iam]),
    Case::new("iam_terraform/policy", Evidence::Inferred, PROVIDER, |c| {
        Box::pin(policy(c))
    })
    .needs(&[Need::Iam]),
    Case::new(
        "iam_terraform/policy_versions",
        Evidence::Inferred,
        PROVIDER,
        |c| Box::pin(policy_versions(c)),
    )
    .needs(&[Need::Iam]),
];

/// Destroying what is gone is no error to Terraform.
async fn is_gone(c: &Context, action: &str, parameters: &[(&str, &str)]) {
    let (status, code, _) = iam_refused(c, action, parameters).await;
    assert_eq!((status, &*code), (404, "NoSuchEntity"), "{action}");
}

fn first(answer: &Answer, element: &str) -> String {
    let text = answer.xml(element);
    text.unwrap_or_else(|| panic!("no {element}: {}", answer.body))
}

async fn user(c: &Context) {
    let name = c.entity("u");
    let user = ("UserName", &*name);
    let create = [
        user,
        ("Path", "/"),
        ("Tags.member.1.Key", "k"),
        ("Tags.member.1.Value", "v"),
    ];
    c.iam("CreateUser", &create).await;
    let read = c.iam("GetUser", &[user]).await;
    assert_eq!(
        ["Path", "Key", "Value"].map(|element| first(&read, element)),
        ["/", "k", "v"]
    );
    let update = [user, ("NewUserName", &*name), ("NewPath", "/a/")];
    c.iam("UpdateUser", &update).await;
    let read = c.iam("GetUser", &[user]).await;
    assert!(first(&read, "Arn").ends_with(&format!(":user/a/{name}")));

    // With force_destroy, whatever a user can have is looked for.
    for (action, parameters, list) in [
        ("ListGroupsForUser", vec![user], "Groups"),
        ("ListAccessKeys", vec![user], "AccessKeyMetadata"),
        ("ListSSHPublicKeys", vec![user], "SSHPublicKeys"),
        (
            "ListVirtualMFADevices",
            vec![("AssignmentStatus", "Assigned")],
            "VirtualMFADevices",
        ),
        ("ListMFADevices", vec![user], "MFADevices"),
        ("ListSigningCertificates", vec![user], "Certificates"),
        (
            "ListServiceSpecificCredentials",
            vec![user],
            "ServiceSpecificCredentials",
        ),
    ] {
        let listed = c.iam(action, &parameters).await;
        let empty = format!("<{list}/>");
        assert!(listed.body.contains(&empty), "{action}: {}", listed.body);
    }
    is_gone(c, "DeleteLoginProfile", &[user]).await;
    c.iam("DeleteUser", &[user]).await;
    is_gone(c, "DeleteUser", &[user]).await;
}

async fn access_key(c: &Context) {
    let name = c.entity("u");
    let user = ("UserName", &*name);
    c.iam("CreateUser", &[user]).await;
    let made = c.iam("CreateAccessKey", &[user]).await;
    let id = first(&made, "AccessKeyId");
    assert!(made.xml("SecretAccessKey").is_some());
    let listed = c.iam("ListAccessKeys", &[user]).await;
    for (element, value) in [("AccessKeyId", &*id), ("Status", "Active")] {
        assert_eq!(first(&listed, element), value);
    }
    assert_eq!(first(&listed, "CreateDate"), first(&made, "CreateDate"));
    let used = c.iam("GetAccessKeyLastUsed", &[("AccessKeyId", &id)]).await;
    assert_eq!(first(&used, "UserName"), name);
    let key = [user, ("AccessKeyId", &*id)];
    c.iam("DeleteAccessKey", &key).await;
    is_gone(c, "DeleteAccessKey", &key).await;
}

async fn group(c: &Context) {
    let (name, user) = (c.entity("g"), c.entity("u"));
    let group = ("GroupName", &*name);
    c.iam("CreateGroup", &[group, ("Path", "/")]).await;
    let read = c.iam("GetGroup", &[group]).await;
    assert!(first(&read, "Arn").ends_with(&format!(":group/{name}")));
    assert!(first(&read, "GroupId").starts_with("AGPA"));
    c.iam("CreateUser", &[("UserName", &user)]).await;
    let member = [group, ("UserName", &*user)];
    c.iam("AddUserToGroup", &member).await;
    let read = c.iam("GetGroup", &[group]).await;
    assert_eq!(texts(&read, "UserName"), [&*user]);
    let read = c.iam("ListGroupsForUser", &member[1..]).await;
    assert_eq!(texts(&read, "GroupName"), [&*name]);
    let renamed = c.entity("renamed");
    let update = [group, ("NewGroupName", &*renamed), ("NewPath", "/a/")];
    c.iam("UpdateGroup", &update).await;
    is_gone(c, "GetGroup", &[group]).await;
    let member = [("GroupName", &*renamed), ("UserName", &*user)];
    for _ in 0..2 {
        c.iam("RemoveUserFromGroup", &member).await;
    }
    c.iam("DeleteGroup", &member[..1]).await;
    is_gone(c, "DeleteGroup", &member[..1]).await;
}

async fn openid_connect_provider(c: &Context) {
    let host = format!("{}.example.com/p", c.entity("h"));
    let url = format!("https://{host}");
    let [a, b, z] = ["a", "b", "c"].map(|digit| digit.repeat(40));
    let create = [
        ("Url", &*url),
        ("ClientIDList.member.1", "app"),
        ("ThumbprintList.member.1", &*b),
        ("ThumbprintList.member.2", &*a),
    ];
    let made = c.iam("CreateOpenIDConnectProvider", &create).await;
    let arn = first(&made, "OpenIDConnectProviderArn");
    let provider = ("OpenIDConnectProviderArn", &*arn);
    let read = async |list: &str| {
        let read = c.iam("GetOpenIDConnectProvider", &[provider]).await;
        assert_eq!(first(&read, "Url"), host);
        first(&read, list)
    };
    let members = |of: &[&str]| -> String {
        let member = |text: &&str| format!("<member>{text}</member>");
        of.iter().map(member).collect()
    };
    assert_eq!(read("ThumbprintList").await, members(&[&b, &a]));
    let other = [provider, ("ClientID", "other")];
    c.iam("AddClientIDToOpenIDConnectProvider", &other).await;
    let client = [provider, ("ClientID", "app")];
    c.iam("RemoveClientIDFromOpenIDConnectProvider", &client)
        .await;
    assert_eq!(read("ClientIDList").await, members(&["other"]));
    let update = [provider, ("ThumbprintList.member.1", &*z)];
    c.iam("UpdateOpenIDConnectProviderThumbprint", &update)
        .await;
    assert_eq!(read("ThumbprintList").await, members(&[&z]));
    c.iam("DeleteOpenIDConnectProvider", &[provider]).await;
    is_gone(c, "DeleteOpenIDConnectProvider", &[provider]).await;
}

async fn policy(c: &Context) {
    let document = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/a+b%20c d"}]}"#;
    let name = c.entity("p");
    let create = [
        ("PolicyName", &*name),
        ("Path", "/"),
        ("Description", ""),
        ("PolicyDocument", document),
    ];
    let made = c.iam("CreatePolicy", &create).await;
    let arn = first(&made, "Arn");
    let read = c.iam("GetPolicy", &[("PolicyArn", &arn)]).await;
    assert_eq!(first(&read, "DefaultVersionId"), "v1");
    assert_eq!(read.xml("Description").unwrap_or_default(), "");
    assert!(read.body.contains("<Tags/>"), "{}", read.body);
    let version = [("PolicyArn", &*arn), ("VersionId", "v1")];
    let version = c.iam("GetPolicyVersion", &version).await;
    // Terraform decodes it as a form.
    let form = format!("document={}", first(&version, "Document"));
    let (_, decoded) = form_urlencoded::parse(form.as_bytes()).next().unwrap();
    assert_eq!(decoded, document);
    c.iam("DeletePolicy", &[("PolicyArn", &arn)]).await;
    is_gone(c, "GetPolicy", &[("PolicyArn", &arn)]).await;
}

async fn policy_versions(c: &Context) {
    let (name, document) = (c.entity("p"), allow_all());
    let create = [("PolicyName", &*name), ("PolicyDocument", &*document)];
    let arn = first(&c.iam("CreatePolicy", &create).await, "Arn");
    let policy = ("PolicyArn", &*arn);
    let next = [policy, create[1], ("SetAsDefault", "true")];
    for number in 2..=5 {
        let made = c.iam("CreatePolicyVersion", &next).await;
        assert_eq!(first(&made, "VersionId"), format!("v{number}"));
    }
    let text = "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.";
    assert_eq!(
        iam_refused(c, "CreatePolicyVersion", &next).await,
        query_error(409, "LimitExceeded", text)
    );
    let listed = c.iam("ListPolicyVersions", &[policy]).await;
    let versions = texts(&listed, "VersionId");
    let defaults = texts(&listed, "IsDefaultVersion");
    assert_eq!(versions, ["v5", "v4", "v3", "v2", "v1"]);
    assert_eq!(defaults, ["true", "false", "false", "false", "false"]);
    assert_eq!(texts(&listed, "CreateDate").len(), 5);
    for version in &versions[1..] {
        let version = [policy, ("VersionId", &**version)];
        c.iam("DeletePolicyVersion", &version).await;
    }
    c.iam("DeletePolicy", &[policy]).await;
    is_gone(c, "DeletePolicy", &[policy]).await;
}
