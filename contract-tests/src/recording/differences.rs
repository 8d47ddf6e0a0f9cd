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
        reason: "BatchGetSecretValue is not implemented yet",
        date: "2026-11-28",
        call: "BatchGetSecretValue",
        cases: &["secretsmanager/batch/unknown_secret"],
    },
    Known {
        reason: "GetResourcePolicy is not implemented yet",
        date: "2026-11-28",
        call: "GetResourcePolicy",
        cases: &["secretsmanager/deletion/get_policy"],
    },
    Known {
        reason: "PutResourcePolicy is not implemented yet",
        date: "2026-11-28",
        call: "PutResourcePolicy",
        cases: &[
            "secretsmanager/accounts/default_key",
            "secretsmanager/accounts/other_operations",
            "secretsmanager/policies/put_get_delete",
            "secretsmanager/policies/syntax",
        ],
    },
    Known {
        reason: "RotateSecret is not implemented yet",
        date: "2026-11-28",
        call: "RotateSecret",
        cases: &[
            "secretsmanager/rotation/days_and_schedule",
            "secretsmanager/rotation/first_without_function",
            "secretsmanager/rotation/function_unknown",
            "secretsmanager/rotation/not_immediately",
            "secretsmanager/rotation/pending_has_no_value",
            "secretsmanager/rotation/previous_not_complete",
            "secretsmanager/rotation/twice",
            "secretsmanager/rotation/with_function",
        ],
    },
    Known {
        reason: "UpdateSecret is not implemented yet",
        date: "2026-11-28",
        call: "UpdateSecret",
        cases: &[
            "secretsmanager/deletion/update",
            "secretsmanager/names/create_get_put_update_delete",
            "secretsmanager/names/hyphen_and_four",
            "secretsmanager/names/hyphen_six_and_hyphen",
            "secretsmanager/names/invalid_bracket_and_backslash",
            "secretsmanager/names/invalid_space_before",
            "secretsmanager/names/invalid_space_inside",
            "secretsmanager/names/invalid_wildcards",
            "secretsmanager/names/punctuation",
            "secretsmanager/tokens/none",
            "secretsmanager/tokens/same_update_other_value",
            "secretsmanager/tokens/same_update_same_value",
            "secretsmanager/update/description",
            "secretsmanager/values/binary_put_update_bytes",
            "secretsmanager/values/binary_put_update_more_text",
            "secretsmanager/values/binary_put_update_text",
            "secretsmanager/versions/update_moves_current_and_previous",
        ],
    },
    Known {
        reason: "UpdateSecretVersionStage is not implemented yet",
        date: "2026-11-28",
        call: "UpdateSecretVersionStage",
        cases: &[
            "secretsmanager/versions/custom_label_removed_keeps_previous",
            "secretsmanager/versions/custom_stages_1",
            "secretsmanager/versions/custom_stages_2",
            "secretsmanager/versions/move_current",
            "secretsmanager/versions/move_current_without_remove_from",
            "secretsmanager/versions/pending_cycle",
            "secretsmanager/versions/pending_then_current",
            "secretsmanager/versions/update_stage",
        ],
    },
    Known {
        reason: "there are no KMS keys yet",
        date: "2026-11-28",
        call: "CreateSecret",
        cases: &[
            "secretsmanager/keys/not_an_id",
            "secretsmanager/keys/other_region",
        ],
    },
    Known {
        reason: "there is no replication yet",
        date: "2026-11-28",
        call: "CreateSecret",
        cases: &[
            "secretsmanager/replication/delete_primary",
            "secretsmanager/replication/delete_replica",
            "secretsmanager/replication/own_region",
            "secretsmanager/replication/policy_of_replica",
        ],
    },
];

/// What is known of a case.
pub fn known(case: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.cases.contains(&case))
}
