//! The account: its alias, passwords, summary and details.

use super::support::{
    allow_all, arn_of, denied, iam_as, iam_refused, managed_policy, no_such_entity, policy,
    query_error, query_fault, texts,
};
use crate::{Case, Context, Evidence, Need};

const STACKD: &str = "stackd account_reporting.json (recorded 2026)";
const DETAILS: &str = "GetAccountAuthorizationDetails";
const STRONG: (&str, &str) = ("Password", "Correct-Horse-1-Battery");

pub(super) const CASES: &[Case] = &[
    Case::new(
        "iam_account/alias_is_replaced",
        Evidence::Recorded,
        "floci-io/floci#2103, seen on AWS; awslabs/aws-deployment-framework#465",
        |c| Box::pin(alias_is_replaced(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_account/password_policy",
        Evidence::Recorded,
        "localstack test_iam_account_password_policy.py (aws-validated snapshots of 2026)",
        |c| Box::pin(password_policy(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_account/login_profiles",
        Evidence::Recorded,
        "localstack test_iam_users.py (aws-validated snapshots of 2026)",
        |c| Box::pin(login_profiles(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_account/weak_passwords",
        Evidence::Recorded,
        "Password does not conform to the account password policy., pasted more than once",
        |c| Box::pin(weak_passwords(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_account/other_credentials",
        Evidence::Recorded,
        "localstack test_iam_mfa.py, test_iam_ssh_public_keys.py, test_iam_signing_certificates.py",
        |c| Box::pin(other_credentials(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_account/summary",
        Evidence::Recorded,
        "localstack test_iam_account_summary.py (aws-validated snapshots of 2026)",
        |c| Box::pin(summary(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_account/details_of_a_user",
        Evidence::Recorded,
        "localstack test_iam_account_authorization_details.py (aws-validated snapshots of 2026)",
        |c| Box::pin(details_of_a_user(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_account/details_refused",
        Evidence::Recorded,
        STACKD,
        |c| Box::pin(details_refused(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_account/denials_name_the_account_by_a_star",
        Evidence::Recorded,
        "ministryofjustice/modernisation-platform#1676; stackd root_access.json (recorded 2026)",
        |c| Box::pin(denials_name_the_account_by_a_star(c)),
    )
    .needs(&[Need::Iam]),
];

async fn alias_is_replaced(c: &Context) {
    let (one, two) = (c.entity("one"), c.entity("two"));
    let alias = |alias| [("AccountAlias", alias)];
    let aliases = async || {
        let listed = c.iam("ListAccountAliases", &[]).await;
        texts(&listed, "member")
    };
    c.iam("CreateAccountAlias", &alias(&*one)).await;
    assert_eq!(aliases().await, [&*one]);
    let text = format!("The account alias {one} already exists.");
    assert_eq!(
        iam_refused(c, "CreateAccountAlias", &alias(&*one)).await,
        query_error(409, "EntityAlreadyExists", &text)
    );
    c.iam("CreateAccountAlias", &alias(&*two)).await;
    assert_eq!(aliases().await, [&*two]);
    let (status, code, _) = iam_refused(c, "DeleteAccountAlias", &alias(&*one)).await;
    assert_eq!((status, &*code), (404, "NoSuchEntity"));
    c.iam("DeleteAccountAlias", &alias(&*two)).await;
    assert!(aliases().await.is_empty());
}

async fn password_policy(c: &Context) {
    c.iam("UpdateAccountPasswordPolicy", &[]).await;
    let shown = c.iam("GetAccountPasswordPolicy", &[]).await;
    let inside = shown.xml("PasswordPolicy").unwrap();
    for (member, value) in [
        ("MinimumPasswordLength", "6"),
        ("RequireSymbols", "false"),
        ("RequireNumbers", "false"),
        ("RequireUppercaseCharacters", "false"),
        ("RequireLowercaseCharacters", "false"),
        ("AllowUsersToChangePassword", "false"),
        ("ExpirePasswords", "false"),
    ] {
        assert_eq!(shown.xml(member).as_deref(), Some(value), "{member}");
    }
    assert_eq!(inside.matches("</").count(), 7, "{inside}");
    c.iam("DeleteAccountPasswordPolicy", &[]).await;
    let account = arn_of(c, c.target().root()).await;
    let account = account.split(':').nth(4).unwrap();
    let text = format!("The Password Policy with domain name {account} cannot be found.");
    assert_eq!(
        iam_refused(c, "GetAccountPasswordPolicy", &[]).await,
        no_such_entity(&text)
    );
    let text = "The account policy with name PasswordPolicy cannot be found.";
    assert_eq!(
        iam_refused(c, "DeleteAccountPasswordPolicy", &[]).await,
        no_such_entity(text)
    );
}

async fn login_profiles(c: &Context) {
    let name = c.entity("u");
    let user = ("UserName", &*name);
    let unknown = no_such_entity(&format!("The user with name {name} cannot be found."));
    let create = [user, STRONG];
    for (action, parameters) in [
        ("CreateLoginProfile", &create[..]),
        ("DeleteLoginProfile", &create[..1]),
    ] {
        assert_eq!(iam_refused(c, action, parameters).await, unknown);
    }
    c.iam("CreateUser", &[user]).await;
    let made = c.iam("CreateLoginProfile", &create).await;
    let flag = "PasswordResetRequired";
    assert_eq!(made.xml(flag).as_deref(), Some("false"));
    let text = format!("Login Profile for user {name} already exists.");
    assert_eq!(
        iam_refused(c, "CreateLoginProfile", &create).await,
        query_error(409, "EntityAlreadyExists", &text)
    );
    c.iam("UpdateLoginProfile", &[user, (flag, "true")]).await;
    let shown = c.iam("GetLoginProfile", &[user]).await;
    assert_eq!(shown.xml(flag).as_deref(), Some("true"));
    let text = "Cannot delete entity, must delete login profile first.";
    assert_eq!(
        iam_refused(c, "DeleteUser", &[user]).await,
        query_error(409, "DeleteConflict", text)
    );
    c.iam("DeleteLoginProfile", &[user]).await;
    let text = format!("Login Profile for User {name} cannot be found.");
    for action in ["GetLoginProfile", "DeleteLoginProfile"] {
        let refused = iam_refused(c, action, &[user]).await;
        assert_eq!(refused, no_such_entity(&text), "{action}");
    }
    c.iam("DeleteUser", &[user]).await;
}

async fn weak_passwords(c: &Context) {
    let name = c.entity("u");
    let user = ("UserName", &*name);
    c.iam("CreateUser", &[user]).await;
    let weak = [user, ("Password", "weak")];
    let text = "Password does not conform to the account password policy.";
    assert_eq!(
        iam_refused(c, "CreateLoginProfile", &weak).await,
        query_error(400, "PasswordPolicyViolation", text)
    );
    c.iam("CreateLoginProfile", &[user, STRONG]).await;
}

async fn other_credentials(c: &Context) {
    let name = c.entity("u");
    let user = [("UserName", &*name)];
    let unknown = no_such_entity(&format!("The user with name {name} cannot be found."));
    let lists = [
        ("ListMFADevices", "MFADevices"),
        ("ListSSHPublicKeys", "SSHPublicKeys"),
        ("ListSigningCertificates", "Certificates"),
        (
            "ListServiceSpecificCredentials",
            "ServiceSpecificCredentials",
        ),
    ];
    for (action, _) in lists {
        assert_eq!(iam_refused(c, action, &user).await, unknown, "{action}");
    }
    c.iam("CreateUser", &user).await;
    for (action, list) in lists {
        let answer = c.iam(action, &user).await;
        let empty = format!("<{list}/><IsTruncated>false</IsTruncated>");
        assert!(answer.body.contains(&empty), "{}", answer.body);
    }
    let marker = [("Marker", "invalid")];
    assert_eq!(
        iam_refused(c, "ListVirtualMFADevices", &marker).await,
        query_error(400, "ValidationError", "Invalid Marker.")
    );
}

async fn summary(c: &Context) {
    let answer = c.iam("GetAccountSummary", &[]).await;
    assert_eq!(texts(&answer, "entry").len(), 34);
    for (key, value) in [
        ("UsersQuota", "5000"),
        ("GroupsQuota", "300"),
        ("GroupsPerUserQuota", "10"),
        ("PolicySizeQuota", "6144"),
        ("VersionsPerPolicyQuota", "5"),
        ("GlobalEndpointTokenVersion", "1"),
    ] {
        let entry = format!("<entry><key>{key}</key><value>{value}</value></entry>");
        assert!(answer.body.contains(&entry), "{}", answer.body);
    }
}

async fn details_of_a_user(c: &Context) {
    let (user, group, document) = (c.entity("u"), c.entity("g"), allow_all());
    let arn = managed_policy(c, &c.entity("p"), &document).await;
    c.iam("CreateUser", &[("UserName", &user)]).await;
    c.iam("CreateGroup", &[("GroupName", &group)]).await;
    let member = [("UserName", &*user), ("GroupName", &*group)];
    c.iam("AddUserToGroup", &member).await;
    let attached = [member[0], ("PolicyArn", &*arn)];
    c.iam("AttachUserPolicy", &attached).await;
    let inline = [
        member[0],
        ("PolicyName", "in"),
        ("PolicyDocument", &*document),
    ];
    c.iam("PutUserPolicy", &inline).await;
    let mut parameters = vec![("Filter.member.1", "User"), ("MaxItems", "1000")];
    let answer = c.iam(DETAILS, &parameters).await;
    for empty in ["Policies", "RoleDetailList", "GroupDetailList"] {
        assert!(answer.body.contains(&format!("<{empty}/>")), "{empty}");
    }
    let name = format!("<UserName>{user}</UserName>");
    let (_, mine) = answer.body.split_once(&name).expect("the user is there");
    let (mine, _) = mine.split_once("<RoleDetailList/>").unwrap();
    for part in [
        format!("<GroupList><member>{group}</member></GroupList>"),
        format!("<PolicyArn>{arn}</PolicyArn>"),
        "<PolicyName>in</PolicyName><PolicyDocument>%7B%22Statement%22%3A%5B%7B".to_owned(),
        "<Tags/>".to_owned(),
    ] {
        assert!(mine.contains(&part), "{part}: {mine}");
    }
    parameters[0].1 = "LocalManagedPolicy";
    let answer = c.iam(DETAILS, &parameters).await;
    assert!(texts(&answer, "Arn").contains(&arn), "{}", answer.body);
    assert!(
        answer
            .body
            .contains("<PolicyVersionList><member><Document>%7B")
    );
}

async fn details_refused(c: &Context) {
    let filter = |kind| ("Filter.member.1", kind);
    let invalid = |text: &str| query_error(400, "ValidationError", text);
    for unknown in ["Unknown", "user"] {
        assert_eq!(
            iam_refused(c, DETAILS, &[filter(unknown)]).await,
            invalid(
                "1 validation error detected: Value at 'filter' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [LocalManagedPolicy, User, AWSManagedPolicy, Role, Group]]"
            )
        );
    }
    let marker = [filter("User"), ("Marker", "not-an-aws-marker")];
    assert_eq!(
        iam_refused(c, DETAILS, &marker).await,
        invalid("Marker and Filter do not match")
    );
    assert_eq!(
        iam_refused(c, DETAILS, &[("MaxItems", "1001")]).await,
        invalid(
            "1 validation error detected: Value at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 1000"
        )
    );
}

async fn denials_name_the_account_by_a_star(c: &Context) {
    let own = policy(&[("Allow", "iam:*", "arn:aws:iam::*:user/*")]);
    let who = c.user("u", &own).await;
    for action in ["ListAccountAliases", "GetAccountSummary", DETAILS] {
        let answer = iam_as(c, &who, action, &[]).await;
        let (_, text) = denied(c, &who, &format!("iam:{action}"), Some("*")).await;
        let expected = query_error(403, "AccessDenied", &text);
        assert_eq!(query_fault(&answer), expected);
    }
}
