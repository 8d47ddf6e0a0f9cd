//! OpenID Connect providers: what is missing, in the way, too many or malformed.

use super::support::{
    denied, iam_as, iam_refused, no_such_entity, policy, query_error, query_fault, texts,
};
use crate::{Case, Context, Evidence, Need};

const LOCALSTACK: &str = "localstack test_iam_oidc.py (aws-validated snapshots of 2026)";
const CREATE: &str = "CreateOpenIDConnectProvider";

pub(super) const CASES: &[Case] = &[
    Case::new(
        "iam_oidc/provider_exists",
        Evidence::Recorded,
        LOCALSTACK,
        |c| Box::pin(provider_exists(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_oidc/unknown_provider",
        Evidence::Recorded,
        LOCALSTACK,
        |c| Box::pin(unknown_provider(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_oidc/a_provider_as_it_is_shown",
        Evidence::Recorded,
        LOCALSTACK,
        |c| Box::pin(a_provider_as_it_is_shown(c)),
    )
    .needs(&[Need::Iam]),
    Case::new("iam_oidc/limits", Evidence::Recorded, LOCALSTACK, |c| {
        Box::pin(limits(c))
    })
    .needs(&[Need::Iam]),
    Case::new("iam_oidc/tags", Evidence::Recorded, LOCALSTACK, |c| {
        Box::pin(tags(c))
    })
    .needs(&[Need::Iam]),
    Case::new(
        "iam_oidc/tags_tell_case_apart",
        Evidence::Recorded,
        "stackd resource_inputs.json (recorded 2026)",
        |c| Box::pin(tags_tell_case_apart(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_oidc/client_ids_are_a_set",
        Evidence::Documented,
        "API reference, AddClientIDToOpenIDConnectProvider, RemoveClientIDFromOpenIDConnectProvider",
        |c| Box::pin(client_ids_are_a_set(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_oidc/a_slash_at_the_end_is_kept",
        Evidence::Recorded,
        "mozilla's role trust policies for auth.mozilla.auth0.com/",
        |c| Box::pin(a_slash_at_the_end_is_kept(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_oidc/denials_name_providers_by_arn",
        Evidence::Recorded,
        "antonputra/tutorials#196; a denial of iam:ListOpenIDConnectProviders, pasted",
        |c| Box::pin(denials_name_providers_by_arn(c)),
    )
    .needs(&[Need::Iam]),
];

/// The URL of an issuer of this case's own.
fn issuer(c: &Context, name: &str) -> String {
    format!("https://{}.example.com", c.entity(name))
}

/// Makes a provider; gives its ARN.
async fn provider(c: &Context, url: &str) -> String {
    let made = c.iam(CREATE, &[("Url", url)]).await;
    made.xml("OpenIDConnectProviderArn").unwrap()
}

fn named(arn: &str) -> (&'static str, &str) {
    ("OpenIDConnectProviderArn", arn)
}

async fn provider_exists(c: &Context) {
    let url = issuer(c, "p");
    provider(c, &url).await;
    let text = format!("Provider with url {url} already exists.");
    assert_eq!(
        iam_refused(c, CREATE, &[("Url", &url)]).await,
        query_error(409, "EntityAlreadyExists", &text)
    );
}

async fn unknown_provider(c: &Context) {
    let arn = provider(c, &issuer(c, "p")).await;
    c.iam("DeleteOpenIDConnectProvider", &[named(&arn)]).await;
    let text = format!("OpenIDConnect Provider not found for arn {arn}");
    assert_eq!(
        iam_refused(c, "GetOpenIDConnectProvider", &[named(&arn)]).await,
        no_such_entity(&text)
    );
    let text = format!("OpenId connect Provider {arn} cannot be found.");
    assert_eq!(
        iam_refused(c, "DeleteOpenIDConnectProvider", &[named(&arn)]).await,
        no_such_entity(&text)
    );
}

async fn a_provider_as_it_is_shown(c: &Context) {
    let (url, thumbprint) = (issuer(c, "p"), "b".repeat(40));
    let parameters = [
        ("Url", &*url),
        ("ThumbprintList.member.1", &*thumbprint),
        ("ClientIDList.member.1", "client-id-1"),
    ];
    let made = c.iam(CREATE, &parameters).await;
    let arn = made.xml("OpenIDConnectProviderArn").unwrap();
    let host = url.strip_prefix("https://").unwrap();
    assert!(arn.ends_with(&format!(":oidc-provider/{host}")), "{arn}");
    let shown = c.iam("GetOpenIDConnectProvider", &[named(&arn)]).await;
    assert_eq!(shown.xml("Url").as_deref(), Some(host));
    for (list, member) in [
        ("ClientIDList", "client-id-1"),
        ("ThumbprintList", &*thumbprint),
    ] {
        let expected = format!("<{list}><member>{member}</member></{list}>");
        assert!(shown.body.contains(&expected), "{}", shown.body);
    }
    assert!(shown.body.contains("<Tags/>"), "{}", shown.body);
    let listed = c.iam("ListOpenIDConnectProviders", &[]).await;
    assert!(texts(&listed, "Arn").contains(&arn), "{}", listed.body);
}

async fn limits(c: &Context) {
    let (url, long) = (issuer(c, "p"), "b".repeat(256));
    let several = [
        ("Url", &*long),
        ("ThumbprintList.member.1", &long[..41]),
        ("ClientIDList.member.1", &*long),
    ];
    let text = "3 validation errors detected: \
        Value at 'clientIDList' failed to satisfy constraint: Member must satisfy constraint: \
        [Member must have length less than or equal to 255, Member must have length greater than or equal to 1]; \
        Value at 'thumbprintList' failed to satisfy constraint: Member must satisfy constraint: \
        [Member must have length less than or equal to 40, Member must have length greater than or equal to 40]; \
        Value at 'url' failed to satisfy constraint: Member must have length less than or equal to 255";
    assert_eq!(
        iam_refused(c, CREATE, &several).await,
        query_error(400, "ValidationError", text)
    );
    let text = "Invalid Open ID Connect Provider URL";
    assert_eq!(
        iam_refused(c, CREATE, &[("Url", "example.org")]).await,
        query_error(400, "ValidationError", text)
    );
    let of = |list: &str, count: usize, value: fn(usize) -> String| {
        let members = (1..=count).map(|n| (format!("{list}.member.{n}"), value(n)));
        members.collect::<Vec<_>>()
    };
    let refused = async |list: Vec<(String, String)>| {
        let list = list.iter().map(|(name, value)| (&**name, &**value));
        let parameters: Vec<(&str, &str)> = [("Url", &*url)].into_iter().chain(list).collect();
        iam_refused(c, CREATE, &parameters).await
    };
    let text = "Thumbprint list must contain fewer than 5 entries.";
    assert_eq!(
        refused(of("ThumbprintList", 6, |n| n.to_string().repeat(40))).await,
        query_error(400, "InvalidInput", text)
    );
    let text = "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100";
    assert_eq!(
        refused(of("ClientIDList", 101, |n| n.to_string())).await,
        query_error(409, "LimitExceeded", text)
    );
    provider(c, &url).await;
}

/// Fifty tags, from a number on.
fn fifty(from: usize) -> Vec<(String, String)> {
    let tag = |n: usize| {
        [
            (format!("Tags.member.{n}.Key"), format!("k{}", from + n)),
            (format!("Tags.member.{n}.Value"), "v".to_owned()),
        ]
    };
    (1..=50).flat_map(tag).collect()
}

async fn tags(c: &Context) {
    let arn = provider(c, &issuer(c, "p")).await;
    let tag = |from: usize| {
        let tags = fifty(from).into_iter();
        let named = [("OpenIDConnectProviderArn".to_owned(), arn.clone())];
        named.into_iter().chain(tags).collect::<Vec<_>>()
    };
    let tags = tag(100);
    let borrowed: Vec<(&str, &str)> = tags.iter().map(|(k, v)| (&**k, &**v)).collect();
    c.iam("TagOpenIDConnectProvider", &borrowed).await;
    let list = "ListOpenIDConnectProviderTags";
    let page = c.iam(list, &[named(&arn), ("MaxItems", "40")]).await;
    let marker = page.xml("Marker").unwrap();
    let rest = c.iam(list, &[named(&arn), ("Marker", &marker)]).await;
    let counts = [&page, &rest].map(|page| texts(page, "Key").len());
    assert_eq!(counts, [40, 10]);
    let more = tag(200);
    let borrowed: Vec<(&str, &str)> = more[..3].iter().map(|(k, v)| (&**k, &**v)).collect();
    let text = "The number of tags has reached the maximum limit.";
    assert_eq!(
        iam_refused(c, "TagOpenIDConnectProvider", &borrowed).await,
        query_error(409, "LimitExceeded", text)
    );
}

async fn tags_tell_case_apart(c: &Context) {
    let arn = provider(c, &issuer(c, "p")).await;
    let tags = [
        named(&arn),
        ("Tags.member.1.Key", "Team"),
        ("Tags.member.1.Value", "a"),
        ("Tags.member.2.Key", "team"),
        ("Tags.member.2.Value", "b"),
    ];
    c.iam("TagOpenIDConnectProvider", &tags).await;
    let untag = [named(&arn), ("TagKeys.member.1", "TEAM")];
    c.iam("UntagOpenIDConnectProvider", &untag).await;
    let shown = c.iam("GetOpenIDConnectProvider", &[named(&arn)]).await;
    assert_eq!(texts(&shown, "Key").len(), 2, "{}", shown.body);
}

async fn client_ids_are_a_set(c: &Context) {
    let arn = provider(c, &issuer(c, "p")).await;
    let client = [named(&arn), ("ClientID", "app")];
    let ids = async || {
        let shown = c.iam("GetOpenIDConnectProvider", &[named(&arn)]).await;
        texts(&shown, "member")
    };
    for _ in 0..2 {
        c.iam("AddClientIDToOpenIDConnectProvider", &client).await;
        assert_eq!(ids().await, ["app"]);
    }
    for _ in 0..2 {
        c.iam("RemoveClientIDFromOpenIDConnectProvider", &client)
            .await;
        assert!(ids().await.is_empty());
    }
}

async fn a_slash_at_the_end_is_kept(c: &Context) {
    let url = issuer(c, "p");
    let (plain, closed) = (
        provider(c, &url).await,
        provider(c, &format!("{url}/")).await,
    );
    assert_eq!(closed, format!("{plain}/"));
}

async fn denials_name_providers_by_arn(c: &Context) {
    let who = c.user("u", &policy(&[("Allow", "s3:*", "*")])).await;
    let (url, mine) = (issuer(c, "p"), provider(c, &issuer(c, "q")).await);
    let (front, _) = mine.split_once("/").unwrap();
    let made = format!("{front}/{}", url.strip_prefix("https://").unwrap());
    for (action, parameters, shown) in [
        (CREATE, vec![("Url", &*url)], made),
        ("ListOpenIDConnectProviders", vec![], format!("{front}/*")),
    ] {
        let answer = iam_as(c, &who, action, &parameters).await;
        let (_, text) = denied(c, &who, &format!("iam:{action}"), Some(&shown)).await;
        let expected = query_error(403, "AccessDenied", &text);
        assert_eq!(query_fault(&answer), expected);
    }
}
