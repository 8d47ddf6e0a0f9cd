//! What no page of AWS's says and nobody has recorded: each choice once, with what speaks for it.
//!
//! Everything here is a guess, and no test against AWS asserts it. A recorded answer of AWS's
//! replaces the entry and its use.

use crate::decision::Layer;

/// Which layer a denial names when several are at fault: the first of these. Explicit denials go
/// before implicit ones.
///
/// An endpoint's policy was seen to be named before an identity's; the rest is the order in which
/// AWS describes evaluation.
pub(crate) const NAMED_FIRST: [Layer; 8] = [
    Layer::Scp,
    Layer::Rcp,
    Layer::Endpoint,
    Layer::Resource,
    Layer::Trust,
    Layer::Identity,
    Layer::Boundary,
    Layer::Session,
];

/// A plain operator over a multivalued key matches nothing, negated or not. Access Analyzer calls
/// such a condition an error; nobody has measured it.
pub(crate) const PLAIN_OPERATOR_MATCHES_MANY_VALUES: bool = false;

/// `ForAnyValue:…IfExists` over an absent key: false, as without the suffix. The authors of another
/// engine, who test against AWS, say that the suffix is ignored there.
pub(crate) const ANY_VALUE_IF_EXISTS_WHEN_ABSENT: bool = false;

/// Condition values of `Bool` are compared whatever their case.
pub(crate) fn bool_of(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

/// Under an ARN operator the value `*` matches every ARN; any other value that is no complete ARN
/// matches none, unlike in `Resource`, where missing parts are filled in.
pub(crate) fn is_any_arn(value: &str) -> bool {
    value == "*"
}

/// What KMS says of a key policy that is not well formed. No sample was found; KMS shares the parser
/// of trust policies, S3 and DynamoDB, but wraps its words.
pub(crate) const KEY_POLICY_SYNTAX: &str = "Policy contains a syntax error.";

/// Which subjects of GitHub's tokens AWS takes for all of them, in a trust policy.
pub(crate) fn is_any_workflow(subject: &str) -> bool {
    matches!(subject, "" | "*" | "repo:*")
}

/// Whether AWS reads `arn:aws:s3` as `arn:aws:s3:*:*:*`: in the policies of identities always, in
/// those of resources and endpoints if it has a wildcard, in service control policies if it ends in
/// one, in resource control policies never. Another engine, tested against AWS, does so.
pub(crate) fn completes_arn(pattern: &str, kind: crate::Kind) -> bool {
    match kind {
        crate::Kind::Identity | crate::Kind::Trust => true,
        crate::Kind::Resource | crate::Kind::Key => pattern.contains(['*', '?']),
        crate::Kind::Scp => pattern.ends_with('*'),
        crate::Kind::Rcp => false,
    }
}

// Where there is nothing to name, the choice is written where it is made:
// - that the service of an action has a wildcard is noticed where its characters are looked at
//   (document/identity.rs);
// - of several bad resources the one that sorts first is named, and of several statements' the first
//   statement's; legacy parsing looks at resources whatever the format of others; the principal of an
//   identity policy and the characters of its `Sid`s are looked at where they are looked at
//   (document/identity.rs);
// - a trust policy with `NotAction` is refused as one with other actions; its actions may end in a
//   wildcard (document/other.rs);
// - a refused AssumeRole tells a reason only if a policy of the caller denies it (sentence.rs);
// - `1e3` is no number (condition/number.rs);
// - a variable before the fifth colon of a `Resource`, where AWS documents that there can be none,
//   is plain text (arn.rs);
// - text that a variable or its default fills in is literal, and an unclosed `${` is plain text
//   (variable.rs);
// - a negated operator holds over a value that is not of its type (condition/mod.rs).
