//! Whether the engines of AWS's language agree with AWS's documents and, where these are silent,
//! with each other. Prints who says what; never fails.

use std::fmt::Write as _;

use crate::aspen::Aspen;
use crate::cases::{self, Case};
use crate::iam_rs::IamRs;
use crate::question::{Engine, Outcome};
use crate::sekisho::Sekisho;

/// What an engine made of a case.
#[derive(PartialEq, Eq)]
enum Answer {
    Decided(Outcome),
    /// It does not read the policy, or fails on the question.
    Failed(String),
    /// It has no type for a value of the request.
    Inexpressible,
}

type Ask = fn(&Case) -> Answer;

/// Ours is the first.
const ENGINES: [(&str, Ask); 3] = [
    (Sekisho::NAME, ask::<Sekisho>),
    (IamRs::NAME, ask::<IamRs>),
    (Aspen::NAME, ask::<Aspen>),
];

/// How the cases of a topic went, engine by engine.
struct Tally {
    topic: String,
    cases: usize,
    differing: [usize; 3],
    inexpressible: [usize; 3],
}

pub fn run() {
    let (documented, open): (Vec<Case>, Vec<Case>) = cases::all()
        .into_iter()
        .partition(|case| case.documented.is_some());
    println!("## What the documents decide, where an engine differs from them\n");
    let documented = compare(&documented);
    println!("\n## What they leave open, where an engine differs from ours\n");
    let open = compare(&open);
    summary("differ from the documents", &documented, 0);
    summary("differ from ours where the documents are silent", &open, 1);
}

fn compare(cases: &[Case]) -> Vec<Tally> {
    let mut tallies: Vec<Tally> = Vec::new();
    for case in cases {
        let answers = ENGINES.map(|(_, ask)| ask(case));
        let measure = match case.documented {
            Some(outcome) => &Answer::Decided(outcome),
            None => &answers[0],
        };
        let differing = answers
            .each_ref()
            .map(|answer| answer != measure && *answer != Answer::Inexpressible);
        let inexpressible = answers
            .each_ref()
            .map(|answer| *answer == Answer::Inexpressible);
        if differing.contains(&true) {
            print(case, &answers, differing);
        }
        let known = tallies.iter().position(|tally| tally.topic == case.topic);
        let position = known.unwrap_or_else(|| {
            tallies.push(Tally::new(&case.topic));
            tallies.len() - 1
        });
        tallies[position].add(
            1,
            differing.map(usize::from),
            inexpressible.map(usize::from),
        );
    }
    tallies
}

fn ask<E: Engine>(case: &Case) -> Answer {
    let Some(request) = E::request(&case.question) else {
        return Answer::Inexpressible;
    };
    match E::read(&case.policy).and_then(|engine| engine.decide(&request)) {
        Ok(outcome) => Answer::Decided(outcome),
        Err(error) => Answer::Failed(error),
    }
}

fn print(case: &Case, answers: &[Answer], differing: [bool; 3]) {
    let question = &case.question;
    let facts: Vec<String> = question
        .facts
        .iter()
        .map(|(key, fact)| format!("{key} = {fact}"))
        .collect();
    println!("{}", case.topic);
    println!("  policy              {}", case.policy);
    println!(
        "  asked               {} on {}",
        question.action, question.resource
    );
    println!("  where               {}", facts.join(", "));
    if let Some(outcome) = case.documented {
        println!("  AWS's documents     {outcome}");
    }
    for (((name, _), answer), differs) in ENGINES.iter().zip(answers).zip(differing) {
        let words = match answer {
            Answer::Decided(outcome) => outcome.to_string(),
            Answer::Failed(error) => format!("fails: {error}"),
            Answer::Inexpressible => "cannot be asked".to_owned(),
        };
        println!("  {name:<20}{words}{}", if differs { "  <--" } else { "" });
    }
}

/// A table of the topics in which any engine differs, and of all cases. It leaves out as many
/// engines as are not compared.
fn summary(title: &str, tallies: &[Tally], left_out: usize) {
    let names = &ENGINES.map(|(name, _)| name)[left_out..];
    println!("\n| {title} | cases | {} |", names.join(" | "));
    println!("|---|--:|{}", "--:|".repeat(names.len()));
    let mut all = Tally::new("all");
    for tally in tallies {
        all.add(tally.cases, tally.differing, tally.inexpressible);
        if tally.differing != [0; 3] {
            println!("{}", tally.row(left_out));
        }
    }
    println!("{}", all.row(left_out));
}

impl Tally {
    fn new(topic: &str) -> Self {
        Self {
            topic: topic.to_owned(),
            cases: 0,
            differing: [0; 3],
            inexpressible: [0; 3],
        }
    }

    fn add(&mut self, cases: usize, differing: [usize; 3], inexpressible: [usize; 3]) {
        self.cases += cases;
        for engine in 0..ENGINES.len() {
            self.differing[engine] += differing[engine];
            self.inexpressible[engine] += inexpressible[engine];
        }
    }

    fn row(&self, left_out: usize) -> String {
        let mut row = format!("| {} | {} |", self.topic, self.cases);
        let engines = self.differing.iter().zip(self.inexpressible);
        for (differing, inexpressible) in engines.skip(left_out) {
            _ = match inexpressible {
                0 => write!(row, " {differing} |"),
                _ => write!(row, " {differing} ({inexpressible} cannot be asked) |"),
            };
        }
        row
    }
}
