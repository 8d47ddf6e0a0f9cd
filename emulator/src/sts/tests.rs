//! AssumeRoleWithWebIdentity as a client sees it: no signature, a token, an answer.

use std::sync::Arc;

use bytes::Bytes;
use form_urlencoded::Serializer;
use http::{Request, header};
use serde_json::{Value, json};

use super::web_identity::sample::{self, ISSUER, NOW};
use crate::store::Memory;
use crate::timestamp::Timestamp;
use crate::{Emulator, Issuer, Mode};

const HOST: &str = "token.actions.githubusercontent.com";
const ACCOUNT: &str = "000000000000";

/// An emulator, and another on the same store that takes requests without a signature: for whoever
/// sets the world up.
struct World {
    emulator: Emulator,
    unguarded: Emulator,
}

impl World {
    /// A provider with an audience, and a role that trusts it under a condition.
    async fn new(condition: &Value) -> Self {
        let issuer = Issuer::with_jwks(ISSUER, &sample::jwks()).unwrap();
        let store = Arc::new(Memory::new());
        let builder = Emulator::builder().store(store.clone());
        let world = Self {
            emulator: builder.oidc_issuer(issuer).build(),
            unguarded: Emulator::builder().mode(Mode::Off).store(store).build(),
        };
        world.emulator.hold_clock(NOW);
        let provider = [
            ("Url", ISSUER),
            ("ClientIDList.member.1", "sts.amazonaws.com"),
        ];
        world.must("CreateOpenIDConnectProvider", &provider).await;
        let trust = json!({"Version": "2012-10-17", "Statement": {
            "Effect": "Allow", "Action": ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"],
            "Principal": {"Federated": format!("arn:aws:iam::{ACCOUNT}:oidc-provider/{HOST}")},
            "Condition": condition}});
        let trust = trust.to_string();
        let role = [("RoleName", "ci"), ("AssumeRolePolicyDocument", &*trust)];
        world.must("CreateRole", &role).await;
        world
    }

    async fn must(&self, action: &str, parameters: &[(&str, &str)]) {
        let (status, xml) = ask(&self.unguarded, "2010-05-08", action, parameters).await;
        assert_eq!(status, 200, "{xml}");
    }

    async fn assume(&self, role: &str, token: &str) -> (u16, String) {
        let role = format!("arn:aws:iam::{ACCOUNT}:role/{role}");
        let parameters = [
            ("RoleArn", &*role),
            ("RoleSessionName", "run"),
            ("WebIdentityToken", token),
        ];
        let action = "AssumeRoleWithWebIdentity";
        ask(&self.emulator, "2011-06-15", action, &parameters).await
    }

    /// Status, code and message of a refusal.
    async fn refused(&self, role: &str, token: &str) -> String {
        let (status, xml) = self.assume(role, token).await;
        let [code, message] = ["Code", "Message"].map(|element| text(&xml, element));
        format!("{status} {code}: {message}")
    }
}

async fn ask(
    emulator: &Emulator,
    version: &str,
    action: &str,
    parameters: &[(&str, &str)],
) -> (u16, String) {
    let form = Serializer::new(String::new())
        .append_pair("Action", action)
        .append_pair("Version", version)
        .extend_pairs(parameters)
        .finish();
    let request = Request::post("/");
    let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let request = request.body(Bytes::from(form)).unwrap();
    let answer = emulator.handle(request).await;
    let status = answer.status().as_u16();
    (
        status,
        String::from_utf8(answer.into_body().to_vec()).unwrap(),
    )
}

fn text(xml: &str, element: &str) -> String {
    let (_, rest) = xml.split_once(&format!("<{element}>")).unwrap_or(("", xml));
    rest.split('<').next().unwrap_or_default().to_owned()
}

fn narrowed() -> Value {
    json!({"StringEquals": {format!("{HOST}:aud"): "sts.amazonaws.com"},
           "StringLike": {format!("{HOST}:sub"): "repo:octo/repo:*"}})
}

/// A valid token with some claims replaced.
fn token(claims: Value) -> String {
    let mut all = sample::claims();
    for (claim, value) in claims.as_object().unwrap() {
        all[claim] = value.clone();
    }
    sample::token("RS256", &all)
}

#[tokio::test]
async fn who_is_vouched_for_gets_a_session() {
    let world = World::new(&narrowed()).await;
    let (status, xml) = world.assume("ci", &token(json!({}))).await;
    assert_eq!(status, 200, "{xml}");
    let shown = ["Arn", "SubjectFromWebIdentityToken", "Provider", "Audience"];
    let shown = shown.map(|element| text(&xml, element));
    let expected = [
        "arn:aws:sts::000000000000:assumed-role/ci/run",
        "repo:octo/repo:ref:refs/heads/main",
        "arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com",
        "sts.amazonaws.com",
    ];
    assert_eq!(shown, expected);
    assert!(text(&xml, "AccessKeyId").starts_with("ASIA"), "{xml}");
}

#[tokio::test]
async fn whom_the_role_does_not_trust_is_refused() {
    let world = World::new(&narrowed()).await;
    const REFUSED: &str =
        "403 AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity";
    let stranger = token(json!({"sub": "repo:other/repo:ref:refs/heads/main"}));
    assert_eq!(world.refused("ci", &stranger).await, REFUSED);
    assert_eq!(world.refused("none", &token(json!({}))).await, REFUSED);
    // Keys that AWS makes of GitHub's tokens decide, too.
    let condition = json!({"StringEquals": {format!("{HOST}:repository"): "octo/other"},
                           "StringLike": {format!("{HOST}:sub"): "repo:octo/*"}});
    let world = World::new(&condition).await;
    assert_eq!(world.refused("ci", &token(json!({}))).await, REFUSED);
    assert_eq!(
        world
            .assume("ci", &token(json!({"repository": "octo/other"})))
            .await
            .0,
        200
    );
}

#[tokio::test]
async fn a_token_that_is_not_good_is_told_so_before_any_policy() {
    let world = World::new(&narrowed()).await;
    let good = token(json!({}));
    let (head, _) = good.rsplit_once('.').unwrap();
    for (bad, told) in [
        (
            "no token".to_owned(),
            "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)",
        ),
        (
            format!("{head}.AAAA"),
            "The signature of the ID Token provided is not valid",
        ),
        (
            token(json!({"aud": "https://elsewhere.example.com"})),
            "Incorrect token audience",
        ),
        (
            token(json!({"iss": "https://elsewhere.example.com"})),
            "No OpenIDConnect provider found in your account for https://elsewhere.example.com",
        ),
    ] {
        let expected = format!("400 InvalidIdentityToken: {told}");
        assert_eq!(world.refused("ci", &bad).await, expected);
        assert_eq!(world.refused("none", &bad).await, expected, "as of no role");
    }
}

#[tokio::test]
async fn tokens_expire_by_the_emulated_clock() {
    let world = World::new(&narrowed()).await;
    let good = token(json!({}));
    let after = |seconds: i64| Timestamp::from_millis((1_768_017_300 + seconds) * 1000);
    world.emulator.hold_clock(after(299));
    assert_eq!(world.assume("ci", &good).await.0, 200);
    world.emulator.hold_clock(after(301));
    let told = world.refused("ci", &good).await;
    assert_eq!(
        told,
        "400 ExpiredTokenException: Token expired: current date/time 1768017601 must be before the expiration date/time 1768017300"
    );
}

#[tokio::test]
async fn session_tags_come_with_the_token() {
    let tags = json!({"https://aws.amazon.com/tags": {
        "principal_tags": {"team": ["red"]}, "transitive_tag_keys": ["team"]}});
    let condition = json!({"StringEquals": {"aws:RequestTag/team": "red"},
                           "StringLike": {format!("{HOST}:sub"): "repo:octo/*"}});
    let world = World::new(&condition).await;
    let (status, xml) = world.assume("ci", &token(tags)).await;
    assert_eq!(status, 200, "{xml}");
    assert_eq!(world.assume("ci", &token(json!({}))).await.0, 403);
}
