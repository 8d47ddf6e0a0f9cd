//! The emulator against a reference: random requests to all operations, in random order, by the roots
//! of two accounts in two regions, while days pass. After each of them both must look the same.
//!
//! `PROPTEST_CASES=5000 cargo test --lib secretsmanager::tests` runs for minutes.

mod compare;
mod found;
mod invariants;
mod leaks;
mod machine;
mod members;
mod reference;
mod steps;
mod wire;

use proptest::prelude::*;

use machine::Machine;
use steps::{Step, steps};

use crate::model_check::config;
use crate::store::unreliable::Mishap;

fn run(steps: &[(Step, Vec<Mishap>)]) -> Result<(), TestCaseError> {
    let mut machine = Machine::new();
    let mut outcome = Ok(());
    for (step, mishaps) in steps {
        outcome = outcome.and_then(|()| machine.run(step, mishaps));
    }
    let outcome = outcome.and_then(|()| machine.finish());
    let trace = machine.trace.join("\n  ");
    outcome.map_err(|wrong| TestCaseError::fail(format!("{wrong}\nafter\n  {trace}")))
}

proptest! {
    #![proptest_config(config(60))]
    #[test]
    fn the_emulator_is_as_the_reference(steps in steps(false)) {
        run(&steps)?;
    }
}

proptest! {
    #![proptest_config(config(30))]
    #[test]
    fn lost_races_and_lost_answers_are_not_seen(steps in steps(true)) {
        run(&steps)?;
    }
}
