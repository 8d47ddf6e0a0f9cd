//! What a verification costs beside one bare SHA-256 of its canonical request: a ratio says the same on any machine.

// Benches measure time, print, and should panic at what fails.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    missing_docs
)]

mod sample;

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Criterion;
use sample::{SECRET, Sample};
use sekisho_sigv4::SecretKey;
use sha2::{Digest, Sha256};

const ROUNDS: usize = 1001;
const CALLS: u32 = 50;

fn main() {
    let (boto3, hostile) = (Sample::boto3(), Sample::hostile());
    let (key, stranger) = (SecretKey::new(SECRET), SecretKey::new("another"));
    let bare = || {
        black_box(Sha256::digest(black_box(boto3.canonical.as_bytes())));
    };
    let cached = || boto3.verify(&key).unwrap();
    let derived = || boto3.verify(&SecretKey::new(SECRET)).unwrap();
    let refused = || drop(boto3.verify(&stranger).unwrap_err());
    let worst = || hostile.verify(&key).unwrap();
    let benches: [(&str, &dyn Fn()); 5] = [
        ("bare SHA-256", &bare),
        ("key cached", &cached),
        ("key derived", &derived),
        ("wrong signature", &refused),
        ("worst accepted", &worst),
    ];

    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .configure_from_args();
    for (name, bench) in benches {
        criterion.bench_function(name, |b| b.iter(bench));
    }
    criterion.final_summary();
    // Not in a test run, nor under a profiler.
    if std::env::args().skip(1).eq(["--bench"]) {
        report(&benches, boto3.canonical.len());
    }
}

/// Runs all in turn, round after round, so that what disturbs one disturbs the others; the first is the measure.
fn report(benches: &[(&str, &dyn Fn())], length: usize) {
    let mut rounds = vec![Vec::with_capacity(ROUNDS); benches.len()];
    for _ in 0..ROUNDS {
        for ((_, bench), times) in benches.iter().zip(&mut rounds) {
            let start = Instant::now();
            (0..CALLS).for_each(|_| bench());
            times.push(start.elapsed().as_secs_f64() * 1e9 / f64::from(CALLS));
        }
    }
    println!("median of {ROUNDS} interleaved rounds, canonical request of {length} bytes");
    for ((name, _), times) in benches.iter().zip(&rounds) {
        let ratios = times.iter().zip(&rounds[0]).map(|(time, bare)| time / bare);
        println!(
            "{name:<16} {:>9.0} ns {:>7.2} x bare SHA-256",
            median(times.iter().copied()),
            median(ratios)
        );
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
