//! GetRandomPassword.

use serde_json::{Value, json};

use super::support::{call, fault, ok};
use crate::{Case, Context, Evidence};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "get_random_password/without_excluded_characters",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_get_random_exclude_characters_and_symbols",
        |c| Box::pin(without_excluded_characters(c)),
    ),
    Case::new(
        "get_random_password/by_default",
        Evidence::Documented,
        "API reference, GetRandomPassword",
        |c| Box::pin(by_default(c)),
    ),
    Case::new(
        "get_random_password/kinds",
        Evidence::Documented,
        "API reference, GetRandomPassword",
        |c| Box::pin(kinds(c)),
    ),
    Case::new(
        "get_random_password/too_short_for_the_kinds",
        Evidence::Recorded,
        "moto models.py, with the prefix of a client's error",
        |c| Box::pin(too_short_for_the_kinds(c)),
    ),
    Case::new(
        "get_random_password/too_long",
        Evidence::Recorded,
        "moto models.py, with the prefix of a client's error",
        |c| Box::pin(too_long(c)),
    ),
    Case::new(
        "get_random_password/nothing_left",
        Evidence::Inferred,
        "badmintoncryer/cdk-preflight rules/secretsmanager: AWS's texts, as CloudFormation passed them on",
        |c| Box::pin(nothing_left(c)),
    ),
    Case::new(
        "get_random_password/only_what_is_left",
        Evidence::Documented,
        "API reference, GetRandomPassword: RequireEachIncludedType",
        |c| Box::pin(only_what_is_left(c)),
    ),
];

async fn password(c: &Context, input: Value) -> String {
    let mut answer = ok(c, "GetRandomPassword", &input).await;
    let password = answer["RandomPassword"].take();
    assert_eq!(answer, json!({"RandomPassword": null}), "nothing else");
    password.as_str().unwrap().to_owned()
}

async fn without_excluded_characters(c: &Context) {
    let excluded = "xyzDje@?!.";
    let input = json!({"PasswordLength": 120, "ExcludeCharacters": excluded});
    let password = password(c, input).await;
    assert_eq!(password.len(), 120);
    assert!(
        !password.contains(|letter| excluded.contains(letter)),
        "{password}"
    );
}

async fn by_default(c: &Context) {
    let password = password(c, json!({})).await;
    assert_eq!(password.len(), 32);
    for has in [
        u8::is_ascii_digit,
        u8::is_ascii_punctuation,
        u8::is_ascii_uppercase,
        u8::is_ascii_lowercase,
    ] {
        assert!(password.as_bytes().iter().any(has), "{password}");
    }
    assert!(!password.contains(' '), "{password}");
    assert_ne!(password, self::password(c, json!({})).await);
}

async fn kinds(c: &Context) {
    let only = json!({
        "PasswordLength": 4, "ExcludeNumbers": true, "ExcludePunctuation": true,
        "ExcludeUppercase": true, "IncludeSpace": true,
    });
    let password = password(c, only).await;
    let is_either = |byte: u8| byte == b' ' || byte.is_ascii_lowercase();
    assert!(
        password.len() == 4 && password.bytes().all(is_either),
        "{password:?}"
    );
    assert!(password.contains(' '), "{password:?}");
    let short = json!({"PasswordLength": 1, "RequireEachIncludedType": false});
    assert_eq!(self::password(c, short).await.len(), 1);
}

async fn too_short_for_the_kinds(c: &Context) {
    let answer = call(c, "GetRandomPassword", &json!({"PasswordLength": 3})).await;
    let text = "Password length is too short based on the required types.";
    let expected = ("InvalidParameterException".to_owned(), text.to_owned());
    assert_eq!((answer.status, fault(&answer)), (400, expected));
}

async fn too_long(c: &Context) {
    let answer = call(c, "GetRandomPassword", &json!({"PasswordLength": 5000})).await;
    let text = "1 validation error detected: Value '5000' at 'passwordLength' failed to satisfy \
                constraint: Member must have value less than or equal to 4096";
    let expected = ("ValidationException".to_owned(), text.to_owned());
    assert_eq!((answer.status, fault(&answer)), (400, expected));
}

async fn nothing_left(c: &Context) {
    let none = "All characters have been excluded from selection.";
    let no_kind = "All characters of the desired type have been excluded.";
    let no_kinds = json!({
        "ExcludeNumbers": true, "ExcludePunctuation": true, "ExcludeUppercase": true,
        "ExcludeLowercase": true,
    });
    for (input, text) in [
        (no_kinds, none),
        (json!({"ExcludeCharacters": "0123456789"}), no_kind),
    ] {
        let answer = call(c, "GetRandomPassword", &input).await;
        let expected = ("InvalidParameterException".to_owned(), text.to_owned());
        assert_eq!(fault(&answer), expected, "{input}");
    }
}

async fn only_what_is_left(c: &Context) {
    let input = json!({
        "ExcludeCharacters": "0123456789", "RequireEachIncludedType": false, "ExcludePunctuation": true,
    });
    let password = password(c, input).await;
    let are_letters = password.bytes().all(|byte| byte.is_ascii_alphabetic());
    assert!(are_letters && password.len() == 32, "{password}");
}
