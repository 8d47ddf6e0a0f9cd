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

/// `ForAnyValue:…IfExists` over an absent key: false, as without the suffix. The authors of another
/// engine, who test against AWS, say that the suffix is ignored there.
pub(crate) const ANY_VALUE_IF_EXISTS_WHEN_ABSENT: bool = false;

/// Under an ARN operator the value `*` matches every ARN. That IAM saves it is recorded, and that
/// other values without six parts are no ARNs, unlike in `Resource`, where missing parts are filled in.
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
        crate::Kind::Identity | crate::Kind::Session | crate::Kind::Trust => true,
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
// - a refused AssumeRole tells a reason only if a policy of the caller or a resource control policy
//   denies it; the latter is recorded (sentence.rs);
// - what is asked of an identity policy is asked of a session policy, in the same words, but for the
//   types of values; the policies of resources and control policies may have values of any type
//   (document/identity.rs);
// - numbers are what Java's `BigDecimal` reads: `.5`, and exponents as long as they fit into 32 bits;
//   `1.`, `1e0` and `1e9999` are recorded (condition/number.rs);
// - a condition of which AWS cannot tell whether it holds does not outweigh another that fails, and of
//   a set the values are gone through in their order (condition/mod.rs, policy.rs);
// - an IPv6 range with a colon too many, which IAM saves, is read as without it; in requests only
//   mapped addresses have dots (condition/network.rs);
// - which characters do not end a word, as far as a sigma behind them is concerned
//   (condition/lower.rs);
// - a default stands in for a key that can have several values where it is absent (variable.rs);
// - a variable before the fifth colon of a `Resource`, where AWS documents that there can be none,
//   is plain text (arn.rs);
// - text that a variable or its default fills in is literal, and an unclosed `${` is plain text
//   (variable.rs).
