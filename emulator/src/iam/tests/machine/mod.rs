//! IAM against a reference: random requests to its operations, in random order, by the root users of
//! two accounts, and what the holders of keys and sessions can do meanwhile. After each of them both
//! must look the same, and what is stored must fit together.
//!
//! `PROPTEST_CASES=2000 cargo test --lib iam::tests::machine` runs for minutes.

mod asking;
mod compare;
mod deeds;
mod look;
mod race;
mod raze;
mod records;
mod reference;
mod requests;
mod resolve;
mod rival;
mod run;
mod steps;
mod values;
mod wire;

use proptest::prelude::*;

use run::Machine;
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
    #![proptest_config(config(30))]
    #[test]
    fn iam_is_as_the_reference(steps in steps(false)) {
        run(&steps)?;
    }
}

proptest! {
    #![proptest_config(config(20))]
    #[test]
    fn lost_races_and_lost_answers_are_not_seen(steps in steps(true)) {
        run(&steps)?;
    }
}
