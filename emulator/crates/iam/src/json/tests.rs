//! The reader against serde_json, and what it adds.

use super::*;
use proptest::prelude::*;

fn as_serde(value: &Value<'_>) -> serde_json::Value {
    match &value.data {
        Data::Null => serde_json::Value::Null,
        Data::Bool(bool) => (*bool).into(),
        Data::Number(number) => serde_json::from_str(number).unwrap(),
        Data::String(string) => string.as_ref().into(),
        Data::Array(values) => values.iter().map(as_serde).collect(),
        Data::Object(members) => members
            .iter()
            .map(|m| (m.key.to_string(), as_serde(&m.value)))
            .collect(),
    }
}

/// Texts made of JSON's own pieces, mostly well formed.
fn json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        "-?(0|[1-9][0-9]{0,5})(\\.[0-9]{1,3})?",
        "\"([a-zé\\\\]|\\\\n|\\\\u00e9|\\\\ud83d\\\\ude00|\\\\ud83d){0,4}\"",
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4)
                .prop_map(|v| format!("[ {} ]", v.join(" , "))),
            prop::collection::vec(("[a-z]{1,4}", inner), 0..4).prop_map(|v| {
                let members: Vec<_> = v.iter().map(|(k, v)| format!("\"{k}\" :\n{v}")).collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    })
}

proptest! {
    #[test]
    fn reads_what_serde_reads(text in prop_oneof![json(), "[\\[\\]{}\",:0-9a-z.\\\\ -]{0,12}"]) {
        match (read(&text), serde_json::from_str::<serde_json::Value>(&text)) {
            (Ok(ours), Ok(theirs)) => prop_assert_eq!(as_serde(&ours), theirs),
            (Err(_), Err(_)) => {}
            (ours, theirs) => prop_assert!(false, "{:?} against {:?}", ours, theirs),
        }
    }

    #[test]
    fn never_panics(text in any::<String>()) {
        let _ = read(&text);
    }
}

#[test]
fn depth_is_limited() {
    assert!(read(&format!("{}{}", "[".repeat(32), "]".repeat(32))).is_ok());
    assert!(read(&format!("{}{}", "[".repeat(33), "]".repeat(33))).is_err());
    assert!(read(&"[".repeat(1_000_000)).is_err());
}

#[test]
fn equal_keys_are_both_there() {
    let value = read(r#"{"a":1,"a":2}"#).unwrap();
    assert!(matches!(value.data, Data::Object(members) if members.len() == 2));
}

#[test]
fn positions_count_from_one() {
    let position = |text, offset| {
        let Position { line, column } = super::position(text, offset);
        (line, column)
    };
    assert_eq!(position("{}", 2), (1, 3));
    assert_eq!(position("{\n é\"x\"}", 5), (2, 3));
    assert_eq!(position("{\n", 2), (2, 1));
    let mut lines = Lines::new("a\né\nb");
    let at = |line, column| Position { line, column };
    assert_eq!(
        [0, 2, 5].map(|offset| lines.position(offset)),
        [at(1, 1), at(2, 1), at(3, 1)]
    );
    assert_eq!(lines.position(1), at(1, 2), "going back is possible");
}
