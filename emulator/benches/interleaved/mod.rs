//! Ratios that say the same on any machine: everything runs in turn, round after round, so that
//! what disturbs one disturbs the others.

use std::time::{Duration, Instant};

use criterion::Criterion;

const ROUNDS: usize = 1001;
const CALLS: u32 = 50;

/// A name, and what is measured.
pub type Bench<'a> = (&'a str, &'a dyn Fn());

/// Criterion's own measurement of each, then a table of medians; the first is the measure of all.
pub fn run(title: &str, benches: &[Bench<'_>]) {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .configure_from_args();
    for (name, bench) in benches {
        criterion.bench_function(name, |b| b.iter(bench));
    }
    criterion.final_summary();
    report(title, benches, ROUNDS, CALLS);
}

/// A table of medians of so many rounds of so many calls; the first is the measure of all. Not in
/// a test run, nor under a profiler.
pub fn report(title: &str, benches: &[Bench<'_>], rounds: usize, calls: u32) {
    if !std::env::args().skip(1).eq(["--bench"]) {
        return;
    }
    let mut measured = vec![Vec::with_capacity(rounds); benches.len()];
    for _ in 0..rounds {
        for ((_, bench), times) in benches.iter().zip(&mut measured) {
            let start = Instant::now();
            (0..calls).for_each(|_| bench());
            times.push(start.elapsed().as_secs_f64() * 1e9 / f64::from(calls));
        }
    }
    println!("median of {rounds} interleaved rounds, {title}");
    for ((name, _), times) in benches.iter().zip(&measured) {
        let ratios = times
            .iter()
            .zip(&measured[0])
            .map(|(time, first)| time / first);
        println!(
            "{name:<20} {:>9.0} ns {:>7.2} x {}",
            median(times.iter().copied()),
            median(ratios),
            benches[0].0
        );
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
