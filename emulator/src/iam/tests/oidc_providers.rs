//! OpenID Connect providers: made, changed, tagged, deleted.

use std::sync::Arc;

use super::{Client, all};
use crate::account::AccountId;
use crate::iam::oidc_provider;
use crate::store::{Memory, Transaction};

const ARN: &str = "arn:aws:iam::000000000000:oidc-provider/example.org/realm";
const PROVIDER: (&str, &str) = ("OpenIDConnectProviderArn", ARN);
const URL: (&str, &str) = ("Url", "https://example.org/realm");

/// Forty times the same.
fn thumbprint(digit: &str) -> String {
    digit.repeat(40)
}

impl Client {
    async fn provider(&self) {
        self.ok("CreateOpenIDConnectProvider", &[URL]).await;
    }

    /// A list of the provider.
    async fn listed(&self, list: &str) -> Vec<String> {
        let shown = self.ok("GetOpenIDConnectProvider", &[PROVIDER]).await;
        let inside = all(&shown, list);
        inside
            .first()
            .map_or_else(Vec::new, |xml| all(xml, "member"))
    }
}

#[tokio::test]
async fn a_provider_lives_and_is_gone() {
    let iam = Client::new();
    let (a, b) = (thumbprint("a"), thumbprint("b"));
    let made = iam
        .ok(
            "CreateOpenIDConnectProvider",
            &[
                URL,
                ("ClientIDList.member.1", "sts.amazonaws.com"),
                ("ThumbprintList.member.1", &b),
                ("ThumbprintList.member.2", &a),
            ],
        )
        .await;
    assert_eq!(all(&made, "OpenIDConnectProviderArn"), [ARN]);
    assert!(!made.contains("Tags"), "{made}");
    let shown = iam.ok("GetOpenIDConnectProvider", &[PROVIDER]).await;
    assert_eq!(all(&shown, "Url"), ["example.org/realm"]);
    assert!(shown.contains("<Tags/>"), "{shown}");
    assert_eq!(all(&shown, "CreateDate").len(), 1);
    assert_eq!(iam.listed("ClientIDList").await, ["sts.amazonaws.com"]);
    assert_eq!(iam.listed("ThumbprintList").await, [b, a]);
    assert_eq!(
        iam.refused("CreateOpenIDConnectProvider", &[URL]).await,
        "409 EntityAlreadyExists: Provider with url https://example.org/realm already exists."
    );
    assert_eq!(
        iam.read("ListOpenIDConnectProviders", &[], "Arn").await,
        [ARN]
    );

    iam.ok("DeleteOpenIDConnectProvider", &[PROVIDER]).await;
    assert_eq!(
        iam.refused("DeleteOpenIDConnectProvider", &[PROVIDER])
            .await,
        format!("404 NoSuchEntity: OpenId connect Provider {ARN} cannot be found.")
    );
    let list = iam.ok("ListOpenIDConnectProviders", &[]).await;
    assert!(list.contains("<OpenIDConnectProviderList/>"), "{list}");
    let client = ("ClientID", "c");
    let tag = [("Tags.member.1.Key", "k"), ("Tags.member.1.Value", "v")];
    let thumbprints = ("ThumbprintList", "");
    for (action, more) in [
        ("GetOpenIDConnectProvider", vec![]),
        ("AddClientIDToOpenIDConnectProvider", vec![client]),
        ("RemoveClientIDFromOpenIDConnectProvider", vec![client]),
        ("UpdateOpenIDConnectProviderThumbprint", vec![thumbprints]),
        ("TagOpenIDConnectProvider", tag.to_vec()),
        (
            "UntagOpenIDConnectProvider",
            vec![("TagKeys.member.1", "k")],
        ),
        ("ListOpenIDConnectProviderTags", vec![]),
    ] {
        let refused = iam.refused(action, &[vec![PROVIDER], more].concat()).await;
        let expected = format!("404 NoSuchEntity: OpenIDConnect Provider not found for arn {ARN}");
        assert_eq!(refused, expected, "{action}");
    }
}

#[tokio::test]
async fn issuers_are_not_mixed_up() {
    let iam = Client::new();
    for url in [
        "https://example.org",
        "https://example.org/",
        "https://example.org/realm",
    ] {
        iam.ok("CreateOpenIDConnectProvider", &[("Url", url)]).await;
    }
    assert_eq!(
        iam.read("ListOpenIDConnectProviders", &[], "Arn").await,
        ["", "/", "/realm"]
            .map(|path| format!("arn:aws:iam::000000000000:oidc-provider/example.org{path}"))
    );
    for arn in [
        "arn:aws:iam::000000000000:oidc-provider/example.org/realms",
        "arn:aws:iam::000000000000:role/example.org",
        "arn:aws-cn:iam::000000000000:oidc-provider/example.org",
        "arn:aws:iam::111122223333:oidc-provider/example.org",
    ] {
        assert_eq!(
            iam.refused(
                "GetOpenIDConnectProvider",
                &[("OpenIDConnectProviderArn", arn)]
            )
            .await,
            format!("404 NoSuchEntity: OpenIDConnect Provider not found for arn {arn}")
        );
    }
    assert_eq!(
        iam.refused(
            "GetOpenIDConnectProvider",
            &[("OpenIDConnectProviderArn", "https://example.org/realm")]
        )
        .await,
        "400 ValidationError: Invalid ARN:  Could not be parsed!"
    );
}

#[tokio::test]
async fn tokens_find_the_provider_of_their_issuer() {
    let store = Arc::new(Memory::new());
    let iam = Client::over(store.clone());
    iam.provider().await;
    let mut tx = Transaction::new(&*store);
    let mut find = |account: &str, issuer: &str| {
        let account = AccountId::parse(account).unwrap();
        let provider = oidc_provider(&mut tx, account, issuer)?;
        Some(provider.arn("aws", account))
    };
    let own = "000000000000";
    assert_eq!(find(own, URL.1).as_deref(), Some(ARN));
    for (account, issuer) in [
        (own, "example.org/realm"),
        (own, "http://example.org/realm"),
        (own, "https://example.org/realm/"),
        (own, "https://example.org/Realm"),
        ("111122223333", URL.1),
    ] {
        assert_eq!(find(account, issuer), None, "{account} {issuer}");
    }
}

#[tokio::test]
async fn client_ids_are_added_and_removed() {
    let iam = Client::new();
    iam.provider().await;
    let add = "AddClientIDToOpenIDConnectProvider";
    let remove = "RemoveClientIDFromOpenIDConnectProvider";
    for client in ["b", "a", "b"] {
        iam.ok(add, &[PROVIDER, ("ClientID", client)]).await;
    }
    assert_eq!(iam.listed("ClientIDList").await, ["b", "a"]);
    for client in ["b", "b", "unknown"] {
        iam.ok(remove, &[PROVIDER, ("ClientID", client)]).await;
    }
    assert_eq!(iam.listed("ClientIDList").await, ["a"]);
    for number in 0..99 {
        iam.ok(add, &[PROVIDER, ("ClientID", &number.to_string())])
            .await;
    }
    iam.ok(add, &[PROVIDER, ("ClientID", "a")]).await;
    assert_eq!(
        iam.refused(add, &[PROVIDER, ("ClientID", "one more")])
            .await,
        "409 LimitExceeded: Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100"
    );
    assert_eq!(iam.listed("ClientIDList").await.len(), 100);
}

#[tokio::test]
async fn thumbprints_are_replaced_in_the_order_given() {
    let iam = Client::new();
    iam.provider().await;
    assert!(iam.listed("ThumbprintList").await.is_empty());
    let update = "UpdateOpenIDConnectProviderThumbprint";
    let (c, d) = (thumbprint("c"), thumbprint("d"));
    let both = [
        PROVIDER,
        ("ThumbprintList.member.1", &*d),
        ("ThumbprintList.member.2", &*c),
    ];
    iam.ok(update, &both).await;
    assert_eq!(iam.listed("ThumbprintList").await, [&*d, &*c]);
    iam.ok(update, &both[..2]).await;
    assert_eq!(iam.listed("ThumbprintList").await, [&*d]);
    let names: Vec<String> = (1..=6)
        .map(|n| format!("ThumbprintList.member.{n}"))
        .collect();
    let six: Vec<(&str, &str)> = names.iter().map(|name| (&**name, &*c)).collect();
    let too_many = "400 InvalidInput: Thumbprint list must contain fewer than 5 entries.";
    let refused = iam
        .refused(update, &[vec![PROVIDER], six.clone()].concat())
        .await;
    assert_eq!(refused, too_many);
    let five = [vec![PROVIDER], six[..5].to_vec()].concat();
    iam.ok(update, &five).await;
    let other = ("Url", "https://example.net");
    let create = "CreateOpenIDConnectProvider";
    let refused = iam.refused(create, &[vec![other], six].concat()).await;
    assert_eq!(refused, too_many);
}

#[tokio::test]
async fn limits_are_told_together() {
    let iam = Client::new();
    let long = "b".repeat(256);
    assert_eq!(
        iam.refused(
            "CreateOpenIDConnectProvider",
            &[
                ("Url", &long),
                ("ThumbprintList.member.1", &"b".repeat(41)),
                ("ClientIDList.member.1", &long)
            ]
        )
        .await,
        "400 ValidationError: 3 validation errors detected: \
         Value at 'clientIDList' failed to satisfy constraint: Member must satisfy constraint: \
         [Member must have length less than or equal to 255, Member must have length greater than or equal to 1]; \
         Value at 'thumbprintList' failed to satisfy constraint: Member must satisfy constraint: \
         [Member must have length less than or equal to 40, Member must have length greater than or equal to 40]; \
         Value at 'url' failed to satisfy constraint: Member must have length less than or equal to 255"
    );
    for url in ["example.org", "http://example.org", "https://example.org:1"] {
        assert_eq!(
            iam.refused("CreateOpenIDConnectProvider", &[("Url", url)])
                .await,
            "400 ValidationError: Invalid Open ID Connect Provider URL"
        );
    }
    let names: Vec<String> = (1..=101)
        .map(|n| format!("ClientIDList.member.{n}"))
        .collect();
    let clients = names.iter().map(|name| (&**name, &name[20..]));
    let clients: Vec<(&str, &str)> = [URL].into_iter().chain(clients).collect();
    assert_eq!(
        iam.refused("CreateOpenIDConnectProvider", &clients).await,
        "409 LimitExceeded: Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100"
    );
    iam.ok("CreateOpenIDConnectProvider", &clients[..101]).await;
}

#[tokio::test]
async fn tags_tell_case_apart() {
    let iam = Client::new();
    let create = [
        URL,
        ("Tags.member.1.Key", "Team"),
        ("Tags.member.1.Value", "a"),
        ("Tags.member.2.Key", "team"),
        ("Tags.member.2.Value", "b"),
    ];
    let made = iam.ok("CreateOpenIDConnectProvider", &create).await;
    assert_eq!(all(&made, "Key"), ["Team", "team"]);
    let change = [
        PROVIDER,
        ("Tags.member.1.Key", "team"),
        ("Tags.member.1.Value", "c"),
        ("Tags.member.2.Key", "x"),
        ("Tags.member.2.Value", ""),
    ];
    iam.ok("TagOpenIDConnectProvider", &change).await;
    let untag = [
        PROVIDER,
        ("TagKeys.member.1", "TEAM"),
        ("TagKeys.member.2", "x"),
    ];
    iam.ok("UntagOpenIDConnectProvider", &untag).await;
    let list = "ListOpenIDConnectProviderTags";
    let listed = iam.ok(list, &[PROVIDER]).await;
    assert_eq!(all(&listed, "Key"), ["Team", "team"]);
    assert_eq!(all(&listed, "Value"), ["a", "c"]);
    let page = [PROVIDER, ("MaxItems", "1")];
    assert_eq!(iam.read(list, &page, "Key").await, ["Team"]);
    let twice = [
        PROVIDER,
        change[1],
        change[2],
        ("Tags.member.2.Key", "team"),
        change[4],
    ];
    assert_eq!(
        iam.refused("TagOpenIDConnectProvider", &twice).await,
        "400 InvalidInput: Duplicate tag keys found."
    );
}
