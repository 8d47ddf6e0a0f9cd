//! Runs every case as a test of its own. See the crate's documentation for targets.

use libtest_mimic::{Arguments, Failed, Trial};
use sekisho_contract::{Case, Context, Need, Target, cases, model};

fn main() {
    let is_in_process = Target::from_env().as_emulator().is_some();
    let is_possible = |case: &Case| is_in_process || !case.needs.iter().any(Need::is_in_process);
    let trial = |case: &'static Case| {
        Trial::test(case.name, move || run(case)).with_ignored_flag(!is_possible(case))
    };
    libtest_mimic::run(&Arguments::from_args(), cases::all().map(trial).collect()).exit();
}

fn run(case: &'static Case) -> Result<(), Failed> {
    let context = Context::new(Target::from_env());
    let recorder = context.recorder().clone();
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        runtime.block_on((case.run)(&context));
    }));
    let steps = recorder.steps();
    let failure = |what: &str, lines: Vec<String>| {
        let (name, evidence, source) = (case.name, case.evidence, case.source);
        let lines: Vec<String> = lines.iter().map(|line| format!("\n  {line}")).collect();
        format!("{name} ({evidence:?}: {source}){what}{}", lines.concat()).into()
    };
    if outcome.is_err() {
        return Err(failure("", steps.iter().map(ToString::to_string).collect()));
    }
    // Whatever a case is about, all answers to it are of AWS's model.
    let offences: Vec<String> = steps.iter().flat_map(model::offences).collect();
    if offences.is_empty() {
        Ok(())
    } else {
        Err(failure(": not as AWS's model has it", offences))
    }
}
