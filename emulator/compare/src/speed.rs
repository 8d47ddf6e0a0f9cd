//! What a decision costs in each engine, beside ours on as many statements and ours on one.
//!
//! Everything is read beforehand; only the decision is measured. The engines take turns, round after
//! round, so that what disturbs one disturbs the others: ratios say more than times.

use std::hint::black_box;
use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::aspen::Aspen;
use crate::cedar::Cedar;
use crate::iam_rs::IamRs;
use crate::question::{Engine, Outcome, Question};
use crate::sekisho::Sekisho;
use crate::world::World;

const SIZES: [usize; 5] = [1, 10, 100, 1_000, 10_000];
const ROUNDS: usize = 30;
/// How long one batch takes at least, unless one decision takes longer.
const BATCH: Duration = Duration::from_millis(5);

type Decide<'q> = Box<dyn Fn() + 'q>;

pub fn run() {
    let others = [Cedar::NAME, IamRs::NAME, Aspen::NAME];
    for world in World::ALL {
        println!("\n### {}\n", world.title());
        println!(
            "| statements | asked | {} | beside one statement | {} |",
            Sekisho::NAME,
            others.join(" | ")
        );
        println!("|--:|---|--:|--:|{}", "--:|".repeat(others.len()));
        for size in SIZES {
            for row in rows(world, size) {
                println!("{row}");
            }
        }
    }
}

/// Two rows of the table: what is allowed, and what is not.
fn rows(world: World, size: usize) -> [String; 2] {
    let (iam, cedar) = (world.in_iam(size), world.in_cedar(size));
    let small: Rc<Sekisho> = read(&world.in_iam(1));
    let ours: Rc<Sekisho> = read(&iam);
    let cedar: Rc<Cedar> = read(&cedar);
    let iam_rs: Rc<IamRs> = read(&iam);
    let aspen: Rc<Aspen> = read(&iam);
    let asked = [true, false].map(|allowed| {
        (
            world.question(1, allowed),
            world.question(size, allowed),
            allowed,
        )
    });
    let decisions: Vec<Decide<'_>> = asked
        .iter()
        .flat_map(|(one, question, allowed)| {
            [
                decision(&small, one, *allowed),
                decision(&ours, question, *allowed),
                decision(&cedar, question, *allowed),
                decision(&iam_rs, question, *allowed),
                decision(&aspen, question, *allowed),
            ]
        })
        .collect();
    let times = measure(&decisions);
    let (allowed, denied) = times.split_at(times.len() / 2);
    [("allowed", allowed), ("implicitly denied", denied)].map(|(asked, times)| {
        let [small, ours, others @ ..] = times else {
            unreachable!("two of ours and the others");
        };
        let time = median(ours.iter().copied());
        let others: Vec<String> = others
            .iter()
            .map(|other| figure(ratio(other, ours)))
            .collect();
        format!(
            "| {} | {asked} | {} ns | {} | {} |",
            grouped(size),
            grouped(time as usize),
            figure(ratio(ours, small)),
            others.join(" | ")
        )
    })
}

fn read<E: Engine>(policy: &str) -> Rc<E> {
    match E::read(policy) {
        Ok(engine) => Rc::new(engine),
        Err(error) => panic!("{} refuses the policy: {error}", E::NAME),
    }
}

fn decision<'q, E: Engine + 'q>(
    engine: &Rc<E>,
    question: &'q Question,
    is_allowed: bool,
) -> Decide<'q> {
    let engine = Rc::clone(engine);
    let request = E::request(question).expect("the question has text only");
    let expected = Ok(if is_allowed {
        Outcome::Allowed
    } else {
        Outcome::ImplicitlyDenied
    });
    Box::new(move || {
        let outcome = engine.decide(black_box(&request));
        assert_eq!(outcome, expected, "{}", E::NAME);
    })
}

/// The nanoseconds of one decision, of each of them in each round.
fn measure(decisions: &[Decide<'_>]) -> Vec<Vec<f64>> {
    let calls: Vec<u32> = decisions.iter().map(calls_of_a_batch).collect();
    let mut times = vec![Vec::with_capacity(ROUNDS); decisions.len()];
    for _ in 0..ROUNDS {
        for ((decide, calls), times) in decisions.iter().zip(&calls).zip(&mut times) {
            times.push(batch(decide, *calls).as_secs_f64() * 1e9 / f64::from(*calls));
        }
    }
    times
}

/// Found once, before the rounds; warms up as well.
fn calls_of_a_batch(decide: &Decide<'_>) -> u32 {
    let mut calls = 1;
    while batch(decide, calls) < BATCH {
        calls *= 2;
    }
    calls
}

fn batch(decide: &Decide<'_>, calls: u32) -> Duration {
    let start = Instant::now();
    (0..calls).for_each(|_| decide());
    start.elapsed()
}

/// The median of the ratios within each round.
fn ratio(times: &[f64], measure: &[f64]) -> f64 {
    median(times.iter().zip(measure).map(|(a, b)| a / b))
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn figure(ratio: f64) -> String {
    if ratio < 9.95 {
        format!("{ratio:.1}")
    } else {
        grouped(ratio.round() as usize)
    }
}

/// `12,345`
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let (first, rest) = digits.split_at((digits.len() - 1) % 3 + 1);
    rest.as_bytes()
        .chunks(3)
        .fold(first.to_owned(), |text, three| {
            text + "," + &String::from_utf8_lossy(three)
        })
}
