//! Lists of texts, whose items are judged together: one violation shows the list, and all rules for
//! its items. An item that is missed out violates them.

use serde_json::Value;

use super::{Place, Violations, summary, value_of};
use crate::wire::shape::Shape;

/// Judges the texts of a list.
pub(super) fn check(
    of: &Shape,
    items: &mut [Value],
    place: &Place<'_>,
    violations: &mut Violations,
) -> Result<(), String> {
    let mut of_items = Violations::new(violations.protocol);
    for item in items.iter_mut() {
        value_of(of, item, place, &mut of_items)?;
    }
    if !of_items.texts.is_empty() {
        let rules = rules(of).join(", ");
        place.violate(
            violations,
            &summary(items),
            format_args!("satisfy constraint: [{rules}]"),
        );
    }
    Ok(())
}

/// The rules for a text, in AWS's order.
fn rules(shape: &Shape) -> Vec<String> {
    let Shape::String {
        min,
        max,
        pattern,
        values,
        never_null,
    } = shape
    else {
        return Vec::new();
    };
    let mut rules = Vec::new();
    if *max < usize::MAX {
        rules.push(format!(
            "Member must have length less than or equal to {max}"
        ));
    }
    if *min > 0 || *max < usize::MAX {
        rules.push(format!(
            "Member must have length greater than or equal to {min}"
        ));
    }
    if let Some(pattern) = pattern {
        rules.push(format!(
            "Member must satisfy regular expression pattern: {}",
            pattern.text
        ));
    }
    if !values.is_empty() {
        rules.push(format!(
            "Member must satisfy enum value set: [{}]",
            values.join(", ")
        ));
    }
    // A text without any rule is refused only for being missed out.
    if *never_null || rules.is_empty() {
        rules.push("Member must not be null".to_owned());
    }
    rules
}
