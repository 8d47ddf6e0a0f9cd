//! Runs every case as a test of its own. See the crate's documentation for targets.

use libtest_mimic::{Arguments, Failed, Trial};
use sekisho_contract::{Case, Context, Target, cases};

fn main() {
    let trials = cases::all()
        .map(|case| Trial::test(case.name, move || run(case)))
        .collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
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
    outcome.map_err(|_| {
        let steps: Vec<String> = recorder
            .steps()
            .iter()
            .map(|step| format!("\n  {step}"))
            .collect();
        format!(
            "{} ({:?}: {}){}",
            case.name,
            case.evidence,
            case.source,
            steps.concat()
        )
        .into()
    })
}
