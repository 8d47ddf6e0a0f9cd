//! AssumeRole: who may, for how long, under which name.

use serde_json::{Value, json};

use super::support::{
    account_of, arn_of, assume, assumer, policy, query_error, query_fault, role_of, secrets_role,
    sts, trust, trusting, try_assume, user_arn,
};
use crate::{Case, Context, Credentials, Evidence, Need};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "sts/assume_role/who_is_named_needs_no_policy",
        Evidence::Documented,
        "API reference of AssumeRole: a user of the same account whom the trust policy names",
        |c| Box::pin(who_is_named_needs_no_policy(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "sts/assume_role/an_account_that_is_trusted_decides_itself",
        Evidence::Documented,
        "API reference of AssumeRole: a trusted account delegates",
        |c| Box::pin(an_account_that_is_trusted_decides_itself(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "sts/assume_role/no_role_reads_like_no_trust",
        Evidence::Recorded,
        "common in public reports: the sentence without a reason, also for a role that is missing",
        |c| Box::pin(no_role_reads_like_no_trust(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "sts/assume_role/external_id",
        Evidence::Documented,
        "user guide: third parties and their external id",
        |c| Box::pin(external_id(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "sts/assume_role/root_may_not",
        Evidence::Recorded,
        "public reports: Roles may not be assumed by root accounts.",
        |c| Box::pin(root_may_not(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "sts/assume_role/names_and_arns",
        Evidence::Recorded,
        "localstack test_sts.py (aws-validated snapshots)",
        |c| Box::pin(names_and_arns(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "sts/assume_role/durations",
        Evidence::Recorded,
        "coinbase/assume-role#24; API reference of AssumeRole",
        |c| Box::pin(durations(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "sts/assume_role/who_the_session_is",
        Evidence::Documented,
        "API reference of GetCallerIdentity; paths are not part of a session's ARN",
        |c| Box::pin(who_the_session_is(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "sts/assume_role/who_was_made_again_is_a_stranger",
        Evidence::Documented,
        "user guide: principals are kept by unique id; hashicorp/terraform-provider-aws#29496",
        |c| Box::pin(who_was_made_again_is_a_stranger(c)),
    )
    .needs(&[Need::Iam]),
];

/// AWS's refusal, which tells no reason.
async fn refused(
    c: &Context,
    who: &Credentials,
    action: &str,
    role: &str,
) -> (u16, String, String) {
    let who = arn_of(c, who).await;
    let text = format!("User: {who} is not authorized to perform: {action} on resource: {role}");
    query_error(403, "AccessDenied", &text)
}

async fn who_is_named_needs_no_policy(c: &Context) {
    let nothing = policy(&[("Deny", "s3:*", "*")]);
    let [ann, bob] = [c.user("ann", &nothing).await, c.user("bob", &nothing).await];
    let trust = trusting(&json!({"AWS": user_arn(c, &c.entity("ann")).await}));
    let arn = role_of(c, c.target().root(), &c.entity("R"), &trust, None).await;
    assume(c, &ann, &arn, &[]).await;
    let told = try_assume(c, &bob, &arn, &[]).await;
    assert_eq!(
        query_fault(&told),
        refused(c, &bob, "sts:AssumeRole", &arn).await
    );
}

async fn an_account_that_is_trusted_decides_itself(c: &Context) {
    let (_, arn) = secrets_role(c, "R").await;
    let (_, may) = assumer(c, "may").await;
    let may_not = c.user("may-not", &policy(&[("Allow", "s3:*", "*")])).await;
    let never = policy(&[("Allow", "*", "*"), ("Deny", "sts:AssumeRole", "*")]);
    let never = c.user("never", &never).await;
    assume(c, &may, &arn, &[]).await;
    let told = try_assume(c, &may_not, &arn, &[]).await;
    assert_eq!(
        query_fault(&told),
        refused(c, &may_not, "sts:AssumeRole", &arn).await
    );
    let told = try_assume(c, &never, &arn, &[]).await;
    assert_eq!(
        (told.status, told.xml("Code").as_deref()),
        (403, Some("AccessDenied"))
    );
}

async fn no_role_reads_like_no_trust(c: &Context) {
    let (_, who) = assumer(c, "who").await;
    let arn = format!(
        "arn:aws:iam::{}:role/{}",
        account_of(c).await,
        c.entity("none")
    );
    let told = try_assume(c, &who, &arn, &[]).await;
    assert_eq!(
        query_fault(&told),
        refused(c, &who, "sts:AssumeRole", &arn).await
    );
}

async fn external_id(c: &Context) {
    let (_, who) = assumer(c, "who").await;
    let condition = json!({"StringEquals": {"sts:ExternalId": "shibboleth"}});
    let trust = trust(&json!({"AWS": account_of(c).await}), &condition);
    let arn = role_of(c, c.target().root(), &c.entity("R"), &trust, None).await;
    assume(c, &who, &arn, &[("ExternalId", "shibboleth")]).await;
    for wrong in [&[("ExternalId", "sibboleth")][..], &[]] {
        let told = try_assume(c, &who, &arn, wrong).await;
        assert_eq!(
            query_fault(&told),
            refused(c, &who, "sts:AssumeRole", &arn).await
        );
    }
}

async fn root_may_not(c: &Context) {
    let (_, arn) = secrets_role(c, "R").await;
    let told = try_assume(c, c.target().root(), &arn, &[]).await;
    let expected = query_error(
        403,
        "AccessDenied",
        "Roles may not be assumed by root accounts.",
    );
    assert_eq!(query_fault(&told), expected);
}

async fn names_and_arns(c: &Context) {
    let (_, who) = assumer(c, "who").await;
    for arn in [
        "nothing-valid-in-here",
        "arn::b:::something/test-role",
        "arn:a::::something/test-role",
        "arn:a:::something/test-role",
        "arn:a:a::aaaaaaaaaa:",
    ] {
        let told = try_assume(c, &who, arn, &[]).await;
        let expected = query_error(400, "ValidationError", &format!("{arn} is invalid"));
        assert_eq!(query_fault(&told), expected);
    }
    let arn = "arn:aws:iam::000000000000:role/R";
    let long = "s".repeat(65);
    for (name, rule) in [
        (
            "Session1:2",
            r"satisfy regular expression pattern: [\w+=,.@-]*",
        ),
        (&long, "have length less than or equal to 64"),
    ] {
        let parameters = [("RoleArn", arn), ("RoleSessionName", name)];
        let told = sts(c, &who, "AssumeRole", &parameters).await;
        let text = format!(
            "1 validation error detected: Value '{name}' at 'roleSessionName' failed to satisfy constraint: Member must {rule}"
        );
        assert_eq!(
            query_fault(&told),
            query_error(400, "ValidationError", &text)
        );
    }
}

async fn durations(c: &Context) {
    let (name, arn) = secrets_role(c, "R").await;
    let (_, who) = assumer(c, "who").await;
    let may = policy(&[("Allow", "sts:AssumeRole", "*")]);
    let put = [
        ("RoleName", &*name),
        ("PolicyName", "more"),
        ("PolicyDocument", &may),
    ];
    c.iam("PutRolePolicy", &put).await;
    let invalid = |text: &str| query_error(400, "ValidationError", text);
    let told = try_assume(c, &who, &arn, &[("DurationSeconds", "3601")]).await;
    let expected =
        invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    assert_eq!(query_fault(&told), expected);
    c.iam(
        "UpdateRole",
        &[("RoleName", &name), ("MaxSessionDuration", "7200")],
    )
    .await;
    let session = assume(c, &who, &arn, &[("DurationSeconds", "7200")]).await;
    let told = try_assume(c, &session, &arn, &[("DurationSeconds", "3601")]).await;
    let expected = invalid(
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    );
    assert_eq!(query_fault(&told), expected);
    assume(c, &session, &arn, &[]).await;
    let told = try_assume(c, &who, &arn, &[("DurationSeconds", "899")]).await;
    assert_eq!(told.xml("Code").as_deref(), Some("ValidationError"));
}

async fn who_the_session_is(c: &Context) {
    let (_, who) = assumer(c, "who").await;
    let (account, name) = (account_of(c).await, c.entity("R"));
    let parameters = [
        ("RoleName", &*name),
        ("Path", "/team/"),
        (
            "AssumeRolePolicyDocument",
            &trusting(&json!({"AWS": account})),
        ),
    ];
    let made = c.iam("CreateRole", &parameters).await;
    let (arn, id) = (made.xml("Arn").unwrap(), made.xml("RoleId").unwrap());
    assert_eq!(arn, format!("arn:aws:iam::{account}:role/team/{name}"));
    let answer = try_assume(c, &who, &arn, &[]).await;
    let session_arn = format!("arn:aws:sts::{account}:assumed-role/{name}/session");
    assert_eq!(answer.xml("Arn").unwrap(), session_arn);
    assert_eq!(
        answer.xml("AssumedRoleId").unwrap(),
        format!("{id}:session")
    );
    assert!(answer.xml("AccessKeyId").unwrap().starts_with("ASIA"));
    let session = super::support::credentials(&answer);
    let known = sts(c, &session, "GetCallerIdentity", &[]).await;
    let shown = ["Arn", "UserId", "Account"].map(|element| known.xml(element).unwrap());
    assert_eq!(
        shown,
        [session_arn, format!("{id}:session"), account.clone()]
    );
    // The path is part of the role's ARN: without it there is no such role.
    let bare = format!("arn:aws:iam::{account}:role/{name}");
    let told = try_assume(c, &who, &bare, &[]).await;
    assert_eq!(
        query_fault(&told),
        refused(c, &who, "sts:AssumeRole", &bare).await
    );
}

async fn who_was_made_again_is_a_stranger(c: &Context) {
    let nothing = policy(&[("Deny", "s3:*", "*")]);
    let ann = c.user("ann", &nothing).await;
    let name = c.entity("ann");
    let made = c.iam("GetUser", &[("UserName", &name)]).await;
    let (ann_arn, id) = (made.xml("Arn").unwrap(), made.xml("UserId").unwrap());
    let trust = trusting(&json!({"AWS": ann_arn}));
    let role_name = c.entity("R");
    let arn = role_of(c, c.target().root(), &role_name, &trust, None).await;
    assume(c, &ann, &arn, &[]).await;
    let shown = async || {
        let role = c.iam("GetRole", &[("RoleName", &role_name)]).await;
        let document = role.xml("AssumeRolePolicyDocument").unwrap();
        let form = format!("document={document}");
        let (_, text) = form_urlencoded::parse(form.as_bytes()).next().unwrap();
        let document: Value = serde_json::from_str(&text).unwrap();
        document["Statement"][0]["Principal"].clone()
    };
    assert_eq!(shown().await, json!({"AWS": ann_arn}));
    let key = ann.access_key_id.as_str();
    c.iam(
        "DeleteAccessKey",
        &[("UserName", &name), ("AccessKeyId", key)],
    )
    .await;
    c.iam(
        "DeleteUserPolicy",
        &[("UserName", &name), ("PolicyName", "inline")],
    )
    .await;
    c.iam("DeleteUser", &[("UserName", &name)]).await;
    assert_eq!(shown().await, json!({"AWS": id}));
    let again = c.user("ann", &nothing).await;
    assert_eq!(shown().await, json!({"AWS": id}));
    let told = try_assume(c, &again, &arn, &[]).await;
    assert_eq!(
        query_fault(&told),
        refused(c, &again, "sts:AssumeRole", &arn).await
    );
    let unknown = trusting(&json!({"AWS": id}));
    let update = [("RoleName", &*role_name), ("PolicyDocument", &unknown)];
    let told = super::support::iam_refused(c, "UpdateAssumeRolePolicy", &update).await;
    let text = format!("Invalid principal in policy: \"AWS\":\"{id}\"");
    assert_eq!(told, query_error(400, "MalformedPolicyDocument", &text));
}
