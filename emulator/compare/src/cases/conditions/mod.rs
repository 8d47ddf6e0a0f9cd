//! Conditions: an operator and, for each row, the policy's values as JSON, the request's value
//! (several are parted by spaces, none if the key is absent), and whether it holds.
//!
//! Several values of a policy are alternatives for a positive operator; a negated operator holds if
//! none of them matches. An absent key makes negated operators and `…IfExists` hold, and no other.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html>

mod open;
mod text;
mod typed;

/// Of one operator.
pub type Rows<T> = (&'static str, &'static [Row<T>]);
pub type Row<T> = (&'static str, Option<&'static str>, T);

/// All of which the documents say whether they hold.
pub fn documented() -> impl Iterator<Item = (&'static str, Row<bool>)> {
    let operators = text::ROWS.iter().chain(typed::ROWS);
    operators.flat_map(|(operator, rows)| rows.iter().map(move |row| (*operator, *row)))
}

/// All of which they do not.
pub fn open() -> impl Iterator<Item = (&'static str, Row<()>)> {
    let operators = open::ROWS.iter();
    operators.flat_map(|(operator, rows)| rows.iter().map(move |row| (*operator, *row)))
}
