//! What the checks against references have in common.

use proptest::prelude::ProptestConfig;

/// Few enough cases for every day; the environment can ask for more.
pub(crate) fn config(cases: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    let asked = std::env::var_os("PROPTEST_CASES").map(|_| default.cases);
    ProptestConfig {
        cases: asked.unwrap_or(cases),
        failure_persistence: None,
        max_shrink_time: 60_000,
        ..default
    }
}
