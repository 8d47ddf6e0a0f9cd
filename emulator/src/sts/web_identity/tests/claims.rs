//! What a token must say, and what AWS makes of the rest.

use serde_json::{Value, json};

use super::super::Refusal;
use super::super::claims::SessionTags;
use super::super::sample::claims;
use super::of;

fn with(claim: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[claim] = value;
    claims
}

#[test]
fn five_claims_are_required() {
    for claim in ["iss", "sub", "aud", "exp", "iat"] {
        let mut without = claims();
        without.as_object_mut().unwrap().remove(claim);
        assert_eq!(of(&without).err(), Some(Refusal::MissingClaim(claim)));
        let refusal = of(&with(claim, Value::Null)).err();
        assert_eq!(refusal, Some(Refusal::MissingClaim(claim)));
    }
    assert_eq!(
        of(&with("aud", json!([]))).err(),
        Some(Refusal::MissingClaim("aud"))
    );
    for other in ["nbf", "azp", "amr"] {
        assert!(of(&with(other, Value::Null)).is_ok());
    }
    for none in [json!([]), json!(null), json!("x"), json!(1)] {
        assert_eq!(of(&none).err(), Some(Refusal::NotJwt));
    }
}

#[test]
fn claims_have_the_types_that_aws_reads() {
    let refused = |claim: &str, value, wanted| {
        let refusal = of(&with(claim, value)).err();
        assert_eq!(
            refusal,
            Some(Refusal::InvalidClaim(claim.to_owned(), wanted))
        );
    };
    for claim in ["iss", "sub", "azp"] {
        refused(claim, json!(1), "a string");
        refused(claim, json!(["x"]), "a string");
    }
    for claim in ["aud", "amr"] {
        refused(claim, json!({}), "a string or a list of strings");
        refused(claim, json!(["x", 1]), "a string or a list of strings");
    }
    for claim in ["exp", "iat", "nbf"] {
        for value in [
            json!("1768017300"),
            json!(1_768_017_300.5),
            json!(1e30),
            json!(u64::MAX),
            json!([]),
        ] {
            refused(claim, value, "an integer");
        }
    }
}

#[test]
fn one_audience_or_several() {
    let listed = ["sts.amazonaws.com".to_owned(), "other".to_owned()];
    let counts_for = |claims: &Value| {
        let verified = of(claims).unwrap();
        verified.audience(&listed).map(str::to_owned)
    };
    let wrong = || Err(Refusal::WrongAudience);
    assert_eq!(counts_for(&claims()), Ok(listed[0].clone()));
    assert_eq!(counts_for(&with("aud", json!("https://x"))), wrong());
    assert_eq!(
        counts_for(&with("aud", json!("STS.amazonaws.com"))),
        wrong()
    );
    let several = with("aud", json!(["https://x", "other", "sts.amazonaws.com"]));
    assert_eq!(counts_for(&several), Ok("other".to_owned()));
    // Whom a token was issued for is said by `azp` where there is one.
    assert_eq!(
        counts_for(&with("azp", json!("other"))),
        Ok("other".to_owned())
    );
    assert_eq!(counts_for(&with("azp", json!("https://x"))), wrong());
    let nobody = of(&claims()).unwrap();
    assert_eq!(nobody.audience(&[]), Err(Refusal::WrongAudience));
}

#[test]
fn session_tags_come_in_two_forms() {
    let nested = with(
        "https://aws.amazon.com/tags",
        json!({
            "principal_tags": { "Project": ["Automation"], "CostCenter": "987654" },
            "transitive_tag_keys": ["Project"],
        }),
    );
    let mut flat = with(
        "https://aws.amazon.com/tags/principal_tags/Project",
        json!("Automation"),
    );
    flat["https://aws.amazon.com/tags/principal_tags/CostCenter"] = json!(["987654"]);
    flat["https://aws.amazon.com/tags/transitive_tag_keys"] = json!("Project");
    let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    let expected = SessionTags {
        tags: vec![pair("CostCenter", "987654"), pair("Project", "Automation")],
        transitive_keys: vec!["Project".to_owned()],
    };
    for claims in [nested, flat] {
        assert_eq!(of(&claims).unwrap().session_tags(), Ok(expected.clone()));
    }
    assert_eq!(
        of(&claims()).unwrap().session_tags(),
        Ok(SessionTags::default())
    );
}

#[test]
fn session_tags_of_another_form_are_refused() {
    let refused = |value: Value, claim: &str| {
        let verified = of(&with("https://aws.amazon.com/tags", value)).unwrap();
        match verified.session_tags() {
            Err(Refusal::InvalidClaim(named, _)) => assert_eq!(named, claim),
            other => panic!("{other:?}"),
        }
    };
    refused(json!("x"), "https://aws.amazon.com/tags");
    refused(
        json!({ "principal_tags": [] }),
        "https://aws.amazon.com/tags/principal_tags",
    );
    for value in [
        json!([]),
        json!(["a", "b"]),
        json!(1),
        json!([1]),
        json!(null),
    ] {
        let tags = json!({ "principal_tags": { "Project": value } });
        refused(tags, "https://aws.amazon.com/tags/principal_tags/Project");
    }
    refused(
        json!({ "transitive_tag_keys": [1] }),
        "https://aws.amazon.com/tags/transitive_tag_keys",
    );
}

#[test]
fn source_identity_and_roles() {
    let claims = claims();
    let none = of(&claims).unwrap();
    assert_eq!(none.source_identity(), Ok(None));
    assert_eq!(
        none.names_role("arn:aws:iam::111122223333:role/a"),
        Ok(None)
    );

    let given = of(&with(
        "https://aws.amazon.com/source_identity",
        json!("Admin"),
    ))
    .unwrap();
    assert_eq!(given.source_identity(), Ok(Some("Admin".to_owned())));
    let bad = of(&with(
        "https://aws.amazon.com/source_identity",
        json!(["Admin"]),
    ))
    .unwrap();
    assert!(bad.source_identity().is_err());

    for roles in [
        json!("arn:aws:iam::111122223333:role/a"),
        json!(["x", "arn:aws:iam::111122223333:role/a"]),
    ] {
        let given = of(&with("https://aws.amazon.com/roles", roles)).unwrap();
        assert_eq!(
            given.names_role("arn:aws:iam::111122223333:role/a"),
            Ok(Some(true))
        );
        for other in [
            "arn:aws:iam::111122223333:role/b",
            "a",
            "arn:aws:iam::111122223333:role/*",
        ] {
            assert_eq!(given.names_role(other), Err(Refusal::RoleNotListed));
        }
    }
    let nobody = of(&with("https://aws.amazon.com/roles", json!([]))).unwrap();
    assert_eq!(nobody.names_role("a"), Err(Refusal::RoleNotListed));
}
