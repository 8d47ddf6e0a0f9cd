//! Forms that are meant to make the reader work, or fail.

use proptest::prelude::*;

use super::*;

#[test]
fn long_lists_are_refused_briefly() {
    for (most, step) in [(100_000, 1), (20_000, 10)] {
        let parameter = |index| format!("&Tags.member.{}.Key=", index * step);
        let form: String = (1..=most).map(parameter).collect();
        let fault = read(IAM, &form).unwrap_err();
        assert_eq!(fault.code, "ValidationError");
        let text = fault.message.unwrap();
        assert!(
            text.starts_with("10 validation errors detected: "),
            "{text}"
        );
        assert!(text.len() < 2000, "{}", text.len());
    }
    assert_malformed(
        "Tags.member.4000000000.Key=a",
        "Index 4000000000 is illegal",
    );
    assert_malformed(
        "TagKeys.member.214748369=a",
        "Excessively sparse input would skip 214,748,368 list elements",
    );
}

proptest! {
    /// Whatever is sent is read or refused, and makes no more of itself than a list of few gaps can.
    #[test]
    fn any_form_is_read_or_refused(
        parameters in prop::collection::vec((name(), r"[a-z \n]"), 0..40)
    ) {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(&parameters);
        match read(IAM, &form.finish()) {
            Ok(input) => {
                let items = input.as_object().into_iter().flat_map(|input| input.values());
                let items: usize = items.filter_map(Value::as_array).map(Vec::len).sum();
                prop_assert!(items <= 11 * parameters.len());
            }
            Err(fault) => {
                prop_assert!(["MalformedInput", "ValidationError"].contains(&fault.code));
                prop_assert!(fault.message.unwrap().len() < 4000);
            }
        }
    }
}

/// Names made of what matters to the reader.
fn name() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => prop::sample::select(vec![
            "Tags", "TagKeys", "ContextEntries", "ContextKeyValues", "Key", "Value", "MaxItems", "",
        ]),
        4 => Just("member"),
        6 => prop::sample::select(vec!["1", "2", "3", "01", "11", "12"]),
        1 => prop::sample::select(vec!["0", "-1", "+1", "one", "4000000000", "١"]),
    ];
    prop::collection::vec(part, 1..7).prop_map(|parts| parts.join("."))
}
