//! Replays every recording as a test of its own. See the crate's documentation for targets.

use std::fmt::Display;
use std::future::Future;

use libtest_mimic::{Arguments, Failed, Trial};
use sekisho::Emulator;
use sekisho_contract::cases;
use sekisho_contract::recording::differences::{KNOWN, known};
use sekisho_contract::recording::read::{self, Need};
use sekisho_contract::recording::replay::{self, replay};
use sekisho_contract::recording::{Recording, Report, facts, filters};
use sekisho_contract::{Target, rotation_function};

fn main() {
    let mut trials = vec![Trial::test("recordings/known_differences", || {
        the_list_names_recordings().map_err(Failed::from)
    })];
    trials.push(Trial::test("recordings/each_fact_names_its_tests", || {
        each_fact_names_its_tests().map_err(Failed::from)
    }));
    trials.extend(recordings().unwrap_or_else(|error| vec![unreadable("recordings", error)]));
    trials.extend(tables().unwrap_or_else(|error| vec![unreadable("filters", error)]));
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn recordings() -> Result<Vec<Trial>, String> {
    let trial = |case: String| match read::read(&case) {
        Ok(recording) => of_recording(case, recording),
        Err(error) => unreadable(&case, error),
    };
    Ok(read::cases()?.into_iter().map(trial).collect())
}

fn of_recording(case: String, recording: Recording) -> Trial {
    // No function can be registered at a server from here.
    let is_possible = is_in_process() || !recording.needs.contains(&Need::Lambda);
    let run = move |target| run(replay(&recording, target));
    trial(case, run, is_possible)
}

fn tables() -> Result<Vec<Trial>, String> {
    let mut trials = Vec::new();
    for table in filters::tables()? {
        for line in 0..table.answers.len() {
            let of_line = table.clone();
            let run = move |target| run(of_line.replay(line, target));
            trials.push(trial(table.case(line), run, true));
        }
    }
    Ok(trials)
}

/// The list is about this repository's emulator: a server may be another one, and is only asked for
/// what is on it with `--ignored`.
fn trial(
    case: String,
    run: impl FnOnce(Target) -> Result<(), Report> + Send + 'static,
    is_possible: bool,
) -> Trial {
    let known = known(&case);
    let is_ignored = !is_possible || known.is_some() && !is_in_process();
    let trial = Trial::test(case, move || {
        let outcome = run(target());
        match (outcome, known.filter(|_| is_in_process())) {
            (Ok(()), Some(known)) => Err(format!(
                "no longer differs: take it off the list in differences.rs ({})",
                known.reason
            )
            .into()),
            (Err(report), Some(known)) if report.call == known.call => Ok(()),
            (outcome, _) => outcome.map_err(|report| report.to_string().into()),
        }
    });
    trial.with_ignored_flag(is_ignored)
}

/// The endpoint that is named, or an emulator that knows the function of the recordings.
fn target() -> Target {
    match Target::from_env() {
        target if target.as_emulator().is_none() => target,
        target => {
            let function = rotation_function(target.region(), replay::ACCOUNT);
            Target::emulator(Emulator::builder().rotation_function(function).build())
        }
    }
}

fn is_in_process() -> bool {
    Target::from_env().as_emulator().is_some()
}

fn run<T>(replay: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(replay)
}

fn unreadable(name: &str, error: impl Display) -> Trial {
    let error = error.to_string();
    Trial::test(name.to_owned(), || Err(error.into()))
}

fn each_fact_names_its_tests() -> Result<(), String> {
    let recordings = read::cases()?;
    let cases: Vec<&str> = cases::all().map(|case| case.name).collect();
    facts::check(|name| cases.contains(&name) || recordings.iter().any(|known| known == name))
}

/// A name that is no recording's would be on the list for ever.
fn the_list_names_recordings() -> Result<(), String> {
    let mut cases = read::cases()?;
    for table in filters::tables()? {
        cases.extend((0..table.answers.len()).map(|line| table.case(line)));
    }
    let listed = || KNOWN.iter().flat_map(|known| known.cases);
    for name in listed() {
        if !cases.iter().any(|case| case == name) {
            return Err(format!("{name} is no recording"));
        }
        if listed().filter(|other| *other == name).count() > 1 {
            return Err(format!("{name} is listed twice"));
        }
    }
    Ok(())
}
