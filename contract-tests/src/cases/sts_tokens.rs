//! Temporary credentials on the wire, and those of users: GetSessionToken, GetFederationToken.

use serde_json::json;

use super::support::{
    account_of, arn_of, assume, assumer, credentials, error, fault, policy, query_error,
    query_fault, secrets_role, send, status, sts, target, trusting, wait_days,
};
use crate::{Case, Context, Credentials, Evidence, Need, Raw};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "sts/tokens/missing_foreign_garbled",
        Evidence::Recorded,
        "ministackorg/ministack#1745 (measured): refused as an unknown key",
        |c| Box::pin(missing_foreign_garbled(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "sts/tokens/expired",
        Evidence::Recorded,
        "cfn-sphere/cfn-sphere#55; aws/aws-sdk-java-v2#1649",
        |c| Box::pin(expired(c)),
    )
    .needs(&[Need::Iam, Need::Clock]),
    Case::new(
        "sts/tokens/a_users_session_is_the_user",
        Evidence::Recorded,
        "cloudyr/aws.iam#15; radkawar/stackd testdata/aws/sts/query_inputs.json",
        |c| Box::pin(a_users_session_is_the_user(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "sts/tokens/federated_users_have_what_their_policy_says",
        Evidence::Documented,
        "API reference of GetFederationToken; hashicorp/vault#4108",
        |c| Box::pin(federated_users_have_what_their_policy_says(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "sts/tokens/have_the_size_that_is_asked_for",
        Evidence::Documented,
        "the STS model since 2026: MinimumSessionTokenSize, SessionTokenSize",
        |c| Box::pin(have_the_size_that_is_asked_for(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "sts/tokens/access_keys_tell_their_account",
        Evidence::Documented,
        "API reference of GetAccessKeyInfo",
        |c| Box::pin(access_keys_tell_their_account(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "sts/tokens/nothing_is_encoded_here",
        Evidence::Documented,
        "API reference of DecodeAuthorizationMessage: InvalidAuthorizationMessageException",
        |c| Box::pin(nothing_is_encoded_here(c)),
    )
    .needs(&[Need::Iam]),
];

const INVALID: &str = "The security token included in the request is invalid.";

async fn session(c: &Context) -> Credentials {
    let (_, arn) = secrets_role(c, "R").await;
    let (_, who) = assumer(c, "who").await;
    assume(c, &who, &arn, &[]).await
}

async fn missing_foreign_garbled(c: &Context) {
    let (_, input) = target(c).await;
    let (_, arn) = secrets_role(c, "R").await;
    let (_, who) = assumer(c, "who").await;
    let [one, other] = [
        assume(c, &who, &arn, &[]).await,
        assume(c, &who, &arn, &[]).await,
    ];
    assert_eq!(status(c, &one, "GetSecretValue", &input).await, 200);
    let key = || Credentials::new(&*one.access_key_id, &*one.secret_access_key);
    let token = one.session_token.clone().unwrap();
    for wrong in [
        key(),
        key().with_token(other.session_token.clone().unwrap()),
        key().with_token(token.replacen(&token[..4], "AAAA", 1)),
        key().with_token("no token at all"),
        who.clone().with_token(token),
    ] {
        let told = fault(&send(c, &wrong, "GetSecretValue", &input).await);
        assert_eq!(told, error("UnrecognizedClientException", INVALID));
        let told = sts(c, &wrong, "GetCallerIdentity", &[]).await;
        // With a token, AWS's sentence has no full stop.
        let text = match wrong.session_token {
            Some(_) => INVALID.trim_end_matches('.'),
            None => INVALID,
        };
        assert_eq!(
            query_fault(&told),
            query_error(403, "InvalidClientTokenId", text)
        );
    }
}

async fn expired(c: &Context) {
    let (_, input) = target(c).await;
    let session = session(c).await;
    assert_eq!(status(c, &session, "GetSecretValue", &input).await, 200);
    wait_days(c, 3599.0 / 86_400.0);
    assert_eq!(status(c, &session, "GetSecretValue", &input).await, 200);
    wait_days(c, 2.0 / 86_400.0);
    const EXPIRED: &str = "The security token included in the request is expired";
    let told = fault(&send(c, &session, "GetSecretValue", &input).await);
    assert_eq!(told, error("ExpiredTokenException", EXPIRED));
    let told = sts(c, &session, "GetCallerIdentity", &[]).await;
    assert_eq!(
        query_fault(&told),
        query_error(403, "ExpiredToken", EXPIRED)
    );
}

async fn a_users_session_is_the_user(c: &Context) {
    let (_, input) = target(c).await;
    let user = c.user("ann", &policy(&[("Allow", "*", "*")])).await;
    let answer = sts(c, &user, "GetSessionToken", &[("DurationSeconds", "0900")]).await;
    let session = credentials(&answer);
    assert_eq!(arn_of(c, &session).await, arn_of(c, &user).await);
    assert_eq!(status(c, &session, "GetSecretValue", &input).await, 200);
    let told = Raw::query("iam", "ListUsers", &[])
        .signed_by(&session)
        .send(c)
        .await;
    let invalid = query_error(403, "InvalidClientTokenId", INVALID.trim_end_matches('.'));
    assert_eq!(query_fault(&told), invalid);
    for operation in ["GetSessionToken", "GetFederationToken"] {
        let told = sts(c, &session, operation, &[("Name", "bob")]).await;
        let text = format!("Cannot call {operation} with session credentials");
        assert_eq!(query_fault(&told), query_error(403, "AccessDenied", &text));
    }
    // It may assume roles, and for an hour at most.
    let (_, arn) = secrets_role(c, "R").await;
    c.iam(
        "UpdateRole",
        &[("RoleName", &c.entity("R")), ("MaxSessionDuration", "7200")],
    )
    .await;
    assume(c, &session, &arn, &[]).await;
    let told = super::support::try_assume(c, &session, &arn, &[("DurationSeconds", "7200")]).await;
    let text = "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.";
    assert_eq!(
        query_fault(&told),
        query_error(400, "ValidationError", text)
    );
    // A user without any permission may ask all the same.
    let nothing = c.user("bob", &policy(&[("Deny", "*", "*")])).await;
    credentials(&sts(c, &nothing, "GetSessionToken", &[]).await);
}

async fn have_the_size_that_is_asked_for(c: &Context) {
    let (_, role) = secrets_role(c, "R").await;
    let (_, who) = assumer(c, "who").await;
    let ann = c.user("ann", &policy(&[("Allow", "*", "*")])).await;
    let assumed = [("RoleArn", &*role), ("RoleSessionName", "run")];
    for (who, operation, input) in [
        (&who, "AssumeRole", &assumed[..]),
        (&ann, "GetSessionToken", &[]),
        (&ann, "GetFederationToken", &[("Name", "bob")]),
    ] {
        for least in [0, 4000, 4096] {
            let size = least.to_string();
            let input = [input, &[("MinimumSessionTokenSize", &*size)]].concat();
            let answer = sts(c, who, operation, &input).await;
            let session = credentials(&answer);
            let size = session.session_token.as_ref().map_or(0, String::len);
            assert!(size >= least, "{operation}: {size}");
            assert_eq!(answer.xml("SessionTokenSize"), Some(size.to_string()));
            arn_of(c, &session).await;
        }
        let input = [input, &[("MinimumSessionTokenSize", "4097")]].concat();
        assert_eq!(sts(c, who, operation, &input).await.status, 400);
    }
}

async fn federated_users_have_what_their_policy_says(c: &Context) {
    let (name, input) = target(c).await;
    let user = c.user("ann", &policy(&[("Allow", "*", "*")])).await;
    let reads = policy(&[("Allow", "secretsmanager:GetSecretValue", "*")]);
    let ask = [("Name", "bob"), ("Policy", &reads)];
    let answer = sts(c, &user, "GetFederationToken", &ask).await;
    let account = account_of(c).await;
    let arn = format!("arn:aws:sts::{account}:federated-user/bob");
    assert_eq!(answer.xml("Arn").as_deref(), Some(&*arn));
    assert_eq!(
        answer.xml("FederatedUserId"),
        Some(format!("{account}:bob"))
    );
    let bob = credentials(&answer);
    assert_eq!(arn_of(c, &bob).await, arn);
    assert_eq!(status(c, &bob, "GetSecretValue", &input).await, 200);
    let told = fault(&send(c, &bob, "DescribeSecret", &input).await);
    let text = format!(
        "User: {arn} is not authorized to perform: secretsmanager:DescribeSecret on resource: {name} because no session policy allows the secretsmanager:DescribeSecret action"
    );
    assert_eq!(told, error("AccessDeniedException", text));
    let none = credentials(&sts(c, &user, "GetFederationToken", &[("Name", "bob")]).await);
    assert_eq!(status(c, &none, "GetSecretValue", &input).await, 400);
    let document = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": arn}, "Action": "*", "Resource": "*"}]});
    let put = json!({"SecretId": name, "ResourcePolicy": document.to_string()});
    super::support::ok_as(c, c.target().root(), "PutResourcePolicy", &put).await;
    assert_eq!(status(c, &none, "GetSecretValue", &input).await, 200);
    let told = super::support::try_assume(c, &bob, &trusting(&json!("*")), &[]).await;
    assert_eq!(told.status, 403, "{}", told.body);
}

async fn access_keys_tell_their_account(c: &Context) {
    let session = session(c).await;
    let root = c.target().root();
    let account_of_key = async |id: &str| {
        let parameters = [("AccessKeyId", id)];
        sts(c, root, "GetAccessKeyInfo", &parameters)
            .await
            .xml("Account")
    };
    let own = account_of(c).await;
    assert_eq!(account_of_key(&session.access_key_id).await, Some(own));
    // Of any account, and whether there is such a key or not.
    let foreign = account_of_key("ASIAY34FZKBOKMUTVV7A").await;
    assert_eq!(foreign.as_deref(), Some("609629065308"));
    let nobody = c.user("nobody", &policy(&[("Allow", "s3:*", "*")])).await;
    let parameters = [("AccessKeyId", "ASIAY34FZKBOKMUTVV7A")];
    let told = sts(c, &nobody, "GetAccessKeyInfo", &parameters).await;
    assert_eq!(told.xml("Code").as_deref(), Some("AccessDenied"));
}

async fn nothing_is_encoded_here(c: &Context) {
    let parameters = [("EncodedMessage", "AAAA")];
    let told = sts(
        c,
        c.target().root(),
        "DecodeAuthorizationMessage",
        &parameters,
    )
    .await;
    assert_eq!(told.status, 400);
    let code = told.xml("Code");
    assert_eq!(
        code.as_deref(),
        Some("InvalidAuthorizationMessageException")
    );
}
