//! Put and taken away, whatever the store does.

use super::*;
use crate::store::Memory;
use crate::store::unreliable::{Mishap, Unreliable};

async fn put(store: &Unreliable<Memory>, config: &Value) -> Result<String, OrganizationError> {
    let environment = Environment::real();
    let organization = super::super::put(store, &environment, &config.to_string()).await?;
    Ok(organization.id().to_owned())
}

fn store(mishaps: impl IntoIterator<Item = Mishap>) -> Unreliable<Memory> {
    Unreliable::new(Memory::new(), mishaps)
}

#[tokio::test]
async fn the_whole_is_replaced_and_the_id_stays() {
    let store = store([]);
    assert!(find(&store).is_none());
    let id = put(&store, &full()).await.unwrap();
    let config = json!({"root": {"accounts": [TWO]}});
    assert_eq!(put(&store, &config).await.unwrap(), id);
    let organization = find(&store).unwrap();
    assert!(!organization.has(account(ONE)) && organization.has(account(TWO)));
    let config = json!({"id": "o-zzzzzzzzzz"});
    assert_eq!(put(&store, &config).await.unwrap(), "o-zzzzzzzzzz");
}

#[tokio::test]
async fn what_is_not_valid_changes_nothing() {
    let store = store([]);
    let id = put(&store, &full()).await.unwrap();
    let error = put(&store, &json!({"unit": {}})).await.unwrap_err();
    assert!(
        error.to_string().starts_with("unit: There is no key"),
        "{error}"
    );
    assert!(matches!(error, OrganizationError::Invalid { at, .. } if at == "unit"));
    assert_eq!(find(&store).unwrap().id(), id);
    assert!(find(&store).unwrap().has(account(ONE)));
}

#[tokio::test]
async fn lost_races_and_answers_are_no_failures() {
    for mishaps in [
        vec![Mishap::Conflict; 3],
        vec![Mishap::UnknownLost; 3],
        vec![Mishap::UnknownApplied],
    ] {
        let store = store(mishaps.clone());
        let id = put(&store, &full()).await.unwrap();
        assert_eq!(find(&store).unwrap().id(), id, "{mishaps:?}");
        store.plan(mishaps.clone());
        assert!(remove(&store).await.unwrap(), "{mishaps:?}");
        assert!(find(&store).is_none());
    }
}

#[tokio::test]
async fn a_store_that_refuses_is_told() {
    let store = store([Mishap::Unavailable]);
    let error = put(&store, &full()).await.unwrap_err();
    assert!(matches!(
        error,
        OrganizationError::Store(CommitError::Unavailable(_))
    ));
    assert!(find(&store).is_none());
    store.plan(vec![Mishap::Conflict; 99]);
    let error = put(&store, &full()).await.unwrap_err();
    assert!(matches!(
        error,
        OrganizationError::Store(CommitError::Conflict(_))
    ));
    assert!(find(&store).is_none());
}

#[tokio::test]
async fn what_is_taken_away_is_gone() {
    let store = store([]);
    assert!(!remove(&store).await.unwrap());
    put(&store, &full()).await.unwrap();
    assert!(remove(&store).await.unwrap());
    assert!(find(&store).is_none());
    assert!(!remove(&store).await.unwrap());
}
