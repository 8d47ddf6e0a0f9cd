//! Recordings that the emulator does not satisfy yet. One that it does must be taken off the list,
//! and one that differs earlier or later than the list says is a failure like any other.

/// Recordings that differ for one reason.
pub struct Known {
    /// Why.
    pub reason: &'static str,
    /// Since when.
    pub date: &'static str,
    /// The operation at which the answer differs.
    pub call: &'static str,
    /// Which recordings.
    pub cases: &'static [&'static str],
}

/// All of them.
pub const KNOWN: &[Known] = &[
    Known {
        reason: "there is no KMS yet: a key that is well named counts as one that exists",
        date: "2026-11-28",
        call: "CreateSecret",
        cases: &["secretsmanager/2026-09/kms/invalid_ids"],
    },
    Known {
        reason: "rotation functions are not run: none tests a copy of the value",
        date: "2026-11-28",
        call: "GetSecretValue",
        cases: &["secretsmanager/rotation/not_immediately"],
    },
    Known {
        reason: "AWS's text of 2020; since 2026-09 it tells more (2026-09/kms/invalid_ids)",
        date: "2026-11-28",
        call: "CreateSecret",
        cases: &["secretsmanager/keys/not_an_id"],
    },
];

/// What is known of a case.
pub fn known(case: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.cases.contains(&case))
}
