//! Organizations. An input is the text of a configuration.

use bytes::Bytes;
use http::{HeaderValue, Method, Request, header};
use serde_json::Value;

use super::world::{World, send};
use crate::account::AccountId;
use crate::environment::Environment;
use crate::organization::Organization;
use crate::{Emulator, Mode};

/// Every policy is looked at by the linter; so the time is bounded.
const LONGEST: usize = 64 << 10;

/// What is taken can be shown, and put again without a change; what is refused changes nothing, and
/// says why. Each account that is bound has as many levels of the one type as of the other.
pub fn organization(data: &[u8]) {
    if data.len() > LONGEST {
        return;
    }
    let world = World::new();
    let emulator = world.emulator(Mode::Enforce);
    let before = world.head();
    let (status, answer) = call(&emulator, Method::PUT, data);
    if status != 200 {
        let message = answer["message"].as_str().unwrap_or_default();
        assert!(status == 400 && !message.is_empty(), "{status} {answer}");
        assert_eq!(world.head(), before);
        assert_eq!(call(&emulator, Method::GET, b"").0, 404);
        return;
    }
    assert!(world.head() > before);
    assert_eq!(call(&emulator, Method::GET, b""), (200, answer.clone()));
    let shown = answer["organization"].to_string();
    assert_eq!(
        call(&emulator, Method::PUT, shown.as_bytes()),
        (200, answer.clone())
    );
    let text = std::str::from_utf8(data).unwrap_or_default();
    binds(text, &answer);
    assert_eq!(call(&emulator, Method::DELETE, b"").0, 200);
    assert_eq!(call(&emulator, Method::GET, b"").0, 404);
}

fn binds(text: &str, answer: &Value) {
    let organization = match Organization::read(text, None, &Environment::with_seeded_ids(0)) {
        Ok(organization) => organization,
        Err(error) => panic!("taken, then refused: {error}"),
    };
    let accounts = answer["accounts"].as_object();
    for (account, shown) in accounts.into_iter().flatten() {
        let account = AccountId::parse(account).unwrap_or(AccountId::DEFAULT);
        let scps = organization.scps_of(account);
        let rcps = organization.rcps_of(account);
        assert_eq!(scps.len(), rcps.len(), "{account}");
        // The root, five units and the account are the most, root and account the least.
        let is_management = shown["is_management"] == true;
        assert_eq!(scps.is_empty(), is_management, "{account}");
        assert!(is_management || (2..=7).contains(&scps.len()), "{account}");
        assert!(rcps.iter().all(|level| !level.policies.is_empty()));
        let path = organization.path_of(account).unwrap_or_default();
        assert!(path.starts_with("o-") && path.ends_with('/'), "{path}");
        assert!(is_management || path.matches('/').count() == scps.len());
    }
}

fn call(emulator: &Emulator, method: Method, body: &[u8]) -> (u16, Value) {
    let mut request = Request::new(Bytes::copy_from_slice(body));
    *request.method_mut() = method;
    *request.uri_mut() = http::Uri::from_static("/_sekisho/organization");
    request.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    let response = send(emulator, request);
    let answer = serde_json::from_slice(response.body()).unwrap_or_default();
    (response.status().as_u16(), answer)
}
