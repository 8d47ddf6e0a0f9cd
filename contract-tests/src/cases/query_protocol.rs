//! The query protocol of IAM and STS on the wire.

use super::support::{arn_of, iam, policy, query_error, query_fault};
use crate::{Answer, Case, Context, Evidence, Need, Raw};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "query_protocol/envelope_of_an_answer",
        Evidence::Documented,
        "the query protocol as botocore reads it",
        |c| Box::pin(envelope_of_an_answer(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "query_protocol/no_output_no_result",
        Evidence::Documented,
        "the query protocol as botocore reads it",
        |c| Box::pin(no_output_no_result(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "query_protocol/envelope_of_an_error",
        Evidence::Recorded,
        "aws-azure-login#251; amazon-sp-api#218",
        |c| Box::pin(envelope_of_an_error(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "query_protocol/unknown_action",
        Evidence::Inferred,
        "other services of AWS with this protocol",
        |c| Box::pin(unknown_action(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "query_protocol/empty_list",
        Evidence::Documented,
        "the query protocol as botocore reads it",
        |c| Box::pin(empty_list(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "query_protocol/lists_of_structures",
        Evidence::Documented,
        "API reference, TagUser",
        |c| Box::pin(lists_of_structures(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "query_protocol/documents_are_percent_encoded",
        Evidence::Documented,
        "API reference, GetUserPolicy; RFC 3986",
        |c| Box::pin(documents_are_percent_encoded(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "query_protocol/markup_is_escaped",
        Evidence::Sound,
        "an answer is well-formed XML",
        |c| Box::pin(markup_is_escaped(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "query_protocol/get_caller_identity",
        Evidence::Documented,
        "API reference, GetCallerIdentity: not even a deny withholds it",
        |c| Box::pin(get_caller_identity(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "query_protocol/hostile_forms",
        Evidence::Sound,
        "input is refused, not failed on",
        |c| Box::pin(hostile_forms(c)),
    ),
];

const IAM: &str = "https://iam.amazonaws.com/doc/2010-05-08/";

fn assert_header(answer: &Answer) {
    let id = answer.header("x-amzn-requestid").unwrap_or_default();
    assert_eq!(
        answer.xml("RequestId").as_deref(),
        Some(id),
        "{}",
        answer.body
    );
    let kind = answer.header("content-type").unwrap_or_default();
    assert!(kind.starts_with("text/xml"), "{kind}");
}

/// The body without what stands between its elements.
fn packed(answer: &Answer) -> String {
    answer.body.lines().map(str::trim).collect()
}

async fn envelope_of_an_answer(c: &Context) {
    let answer = iam(c, "CreateUser", &[("UserName", &c.entity("u"))]).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_header(&answer);
    let body = packed(&answer);
    let start = format!("<CreateUserResponse xmlns=\"{IAM}\"><CreateUserResult><User>");
    let id = answer.xml("RequestId").unwrap();
    let end = format!(
        "</User></CreateUserResult><ResponseMetadata><RequestId>{id}</RequestId></ResponseMetadata></CreateUserResponse>"
    );
    assert!(body.contains(&start) && body.ends_with(&end), "{body}");
    let date = answer.xml("CreateDate").unwrap();
    assert!(
        date.len() == 20 && date.ends_with('Z') && date.contains('T'),
        "{date}"
    );
}

async fn no_output_no_result(c: &Context) {
    let name = c.entity("u");
    c.iam("CreateUser", &[("UserName", &name)]).await;
    let answer = iam(c, "DeleteUser", &[("UserName", &name)]).await;
    let start = format!("<DeleteUserResponse xmlns=\"{IAM}\"><ResponseMetadata><RequestId>");
    assert!(packed(&answer).contains(&start), "{}", answer.body);
    assert_header(&answer);
}

async fn envelope_of_an_error(c: &Context) {
    let name = c.entity("nobody");
    let answer = iam(c, "GetUser", &[("UserName", &name)]).await;
    assert_header(&answer);
    let id = answer.xml("RequestId").unwrap();
    let expected = format!(
        "<ErrorResponse xmlns=\"{IAM}\">\n  <Error>\n    <Type>Sender</Type>\n    <Code>NoSuchEntity</Code>\n    \
         <Message>The user with name {name} cannot be found.</Message>\n  </Error>\n  <RequestId>{id}</RequestId>\n</ErrorResponse>\n"
    );
    assert_eq!((answer.status, answer.body), (404, expected));
}

async fn unknown_action(c: &Context) {
    let answer = iam(c, "NoSuchAction", &[]).await;
    let text = "Could not find operation NoSuchAction for version 2010-05-08";
    assert_eq!(
        query_fault(&answer),
        query_error(400, "InvalidAction", text)
    );
}

async fn empty_list(c: &Context) {
    let name = c.entity("u");
    c.iam("CreateUser", &[("UserName", &name)]).await;
    let answer = iam(c, "ListUserPolicies", &[("UserName", &name)]).await;
    assert!(!answer.body.contains("<member>"), "{}", answer.body);
    assert!(answer.body.contains("<PolicyNames/>") || answer.xml("PolicyNames").is_some());
    assert_eq!(answer.xml("IsTruncated").as_deref(), Some("false"));
    assert_eq!(answer.xml("Marker"), None);
}

async fn lists_of_structures(c: &Context) {
    let name = c.entity("u");
    let tags = [
        ("UserName", &*name),
        ("Tags.member.1.Key", "team"),
        ("Tags.member.1.Value", "a b+c=d"),
        ("Tags.member.2.Key", "env"),
        ("Tags.member.2.Value", ""),
    ];
    c.iam("CreateUser", &tags).await;
    let answer = iam(c, "ListUserTags", &[("UserName", &name)]).await;
    let body = packed(&answer).replace("<Value/>", "<Value></Value>");
    for tag in [
        "<Key>team</Key><Value>a b+c=d</Value>",
        "<Key>env</Key><Value></Value>",
    ] {
        assert!(body.contains(&format!("<member>{tag}</member>")), "{body}");
    }
}

async fn documents_are_percent_encoded(c: &Context) {
    let name = c.entity("u");
    c.iam("CreateUser", &[("UserName", &name)]).await;
    let document = policy(&[(
        "Allow",
        "secretsmanager:Get*",
        "arn:aws:secretsmanager:*:*:secret:a+b é",
    )]);
    let document = document.replace(",\"", ",\n  \"");
    let policy = [
        ("UserName", &*name),
        ("PolicyName", "p"),
        ("PolicyDocument", &*document),
    ];
    c.iam("PutUserPolicy", &policy).await;
    let answer = iam(c, "GetUserPolicy", &policy[..2]).await;
    let encoded = answer.xml("PolicyDocument").unwrap();
    assert!(
        !encoded.contains([' ', '+', '\n', '{', '"', '/']),
        "{encoded}"
    );
    // A form reader decodes percent signs; without plus signs it does nothing else.
    let query = format!("d={encoded}");
    let (_, decoded) = form_urlencoded::parse(query.as_bytes()).next().unwrap();
    assert_eq!(decoded, document);
}

async fn markup_is_escaped(c: &Context) {
    let name = c.entity("u");
    let path = "/a&b/<c>/\"d'/";
    c.iam("CreateUser", &[("UserName", &name), ("Path", path)])
        .await;
    let answer = iam(c, "GetUser", &[("UserName", &name)]).await;
    assert_eq!(answer.xml("Path").as_deref(), Some(path));
    assert!(
        !answer.body.contains("<c>") && answer.body.contains("&amp;b"),
        "{}",
        answer.body
    );
}

async fn get_caller_identity(c: &Context) {
    let user = c.user("me", &policy(&[("Deny", "*", "*")])).await;
    let answer = Raw::query("sts", "GetCallerIdentity", &[])
        .signed_by(&user)
        .send(c)
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_header(&answer);
    let start = "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>";
    assert!(packed(&answer).contains(start), "{}", answer.body);
    let account = answer.xml("Account").unwrap();
    assert!(
        account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit()),
        "{account}"
    );
    let arn = format!("arn:aws:iam::{account}:user/{}", c.entity("me"));
    assert_eq!(arn_of(c, &user).await, arn);
    assert!(
        answer.xml("UserId").unwrap().starts_with("AIDA"),
        "{}",
        answer.body
    );
}

async fn hostile_forms(c: &Context) {
    let version = "Version=2010-05-08";
    let long = "x".repeat(100_000);
    let tag = |index| format!("Tags.member.{}.Key=k", index * 10);
    let many = (1..=20_000).map(tag).collect::<Vec<_>>().join("&");
    for body in [
        b"\xff\xfe".to_vec(),
        Vec::new(),
        format!("Action=&{version}").into_bytes(),
        format!("Action=%ff%fe&{version}").into_bytes(),
        format!("Action=GetUser&{version}&UserName=%ff").into_bytes(),
        format!("Action=GetUser&{version}&UserName=%zz%").into_bytes(),
        format!("Action=GetUser&{version}&UserName={long}").into_bytes(),
        format!("Action=CreateUser&{version}&UserName=a&Tags.member.4294967296.Key=k").into_bytes(),
        format!("Action=CreateUser&{version}&UserName=a&Tags.member.4000000000.Key=k").into_bytes(),
        format!("Action=CreateUser&{version}&UserName=a&{many}").into_bytes(),
        format!("Action=CreateUser&{version}&Tags.member.1=a").into_bytes(),
        format!("Action=ListUsers&{version}&MaxItems=99999999999999999999").into_bytes(),
        format!("Action=ListUsers&{version}&MaxItems=many&Marker=%00").into_bytes(),
        format!(
            "Action=CreatePolicy&{version}&PolicyName=p&PolicyDocument={}",
            "[".repeat(50_000)
        )
        .into_bytes(),
        format!("Action=GetUser&{version}{}", "&a=b".repeat(10_000)).into_bytes(),
    ] {
        let form = "application/x-www-form-urlencoded; charset=utf-8";
        let request = Raw::post("iam", body.clone()).header("content-type", form);
        let answer = request.signed_by(c.target().root()).send(c).await;
        assert!(
            answer.status < 500,
            "{} {}: {}",
            answer.status,
            answer.body,
            String::from_utf8_lossy(&body[..body.len().min(99)])
        );
    }
}
