//! What reads cost as secrets grow in number, beside the same with few: asked in this process,
//! signed and verified, without sockets.
//!
//! All sizes are in memory at once and take turns, round after round, so that what disturbs one
//! disturbs the others; what counts are the medians of the ratios. Secrets are asked for all over
//! the store: ten of them are in the caches of the processor and a million are not, and here, where
//! nothing happens in between, that shows as it never does behind a socket.
//!
//! `cargo bench -p sekisho --bench operations`, with `ROUNDS`, `MOST` (the largest number of
//! secrets) and `ONLY` (part of a line's name) from the environment.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)]

#[path = "../floor/sign.rs"]
#[allow(dead_code)]
mod sign;
mod world;

use std::time::Instant;

use serde_json::{Value, json};
use tokio::runtime::Runtime;

use world::World;

fn main() {
    // `cargo test` runs benches, too.
    if !std::env::args().skip(1).eq(["--bench"]) {
        return;
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let most = setting("MOST", 1_000_000);
    let worlds: Vec<World> = [10, 1_000, 10_000, most]
        .into_iter()
        .map(|size| runtime.block_on(World::new(size)))
        .collect();
    println!(
        "\n| | {} | {} | {} | {} |\n|---|---|---|---|---|",
        worlds[0].size, worlds[1].size, worlds[2].size, worlds[3].size
    );
    let only = std::env::var("ONLY").unwrap_or_default();
    for line in LINES.iter().filter(|line| line.name.contains(&only)) {
        measure(&runtime, line, &worlds);
    }
}

/// A line of the table.
struct Line {
    name: &'static str,
    /// The smallest world in which it can be asked, the measure of the others.
    least: usize,
    /// How many calls a round has.
    calls: usize,
    ask: Ask,
}

enum Ask {
    /// An operation and its inputs in a world.
    Operation(&'static str, fn(&World) -> Vec<Value>),
    /// What a server does each minute without being asked.
    Tick,
}

const LINES: [Line; 14] = [
    line("GetSecretValue", 10, 50, "GetSecretValue", each),
    line("DescribeSecret", 10, 50, "DescribeSecret", each),
    line(
        "BatchGetSecretValue, 20 named",
        1_000,
        5,
        "BatchGetSecretValue",
        |world| {
            let ids = |turn: usize| -> Vec<String> {
                (0..20)
                    .map(|index| world.spread(turn * 20 + index))
                    .collect()
            };
            (0..50)
                .map(|turn| json!({"SecretIdList": ids(turn)}))
                .collect()
        },
    ),
    line(
        "BatchGetSecretValue, 20 by filter",
        1_000,
        5,
        "BatchGetSecretValue",
        |_| vec![json!({"Filters": [{"Key": "name", "Values": ["team/"]}]})],
    ),
    line("ListSecrets, page of 10", 10, 20, "ListSecrets", |_| {
        vec![json!({})]
    }),
    list("ListSecrets, page of 100", |_| {
        vec![json!({"MaxResults": 100})]
    }),
    list("the same, backwards", |_| {
        vec![json!({"MaxResults": 100, "SortOrder": "desc"})]
    }),
    list("the same, by name", |_| {
        vec![json!({"MaxResults": 100, "SortBy": "name"})]
    }),
    list("the same, by name backwards", |_| {
        vec![json!({"MaxResults": 100, "SortBy": "name", "SortOrder": "desc"})]
    }),
    list("the same, one in the middle", |world| {
        vec![json!({"MaxResults": 100, "NextToken": world.tokens[world.tokens.len() / 2]})]
    }),
    list("the same, pages all over", |world| {
        world
            .tokens
            .iter()
            .map(|token| json!({"MaxResults": 100, "NextToken": token}))
            .collect()
    }),
    line(
        "ListSecrets, by last change",
        1_000,
        1,
        "ListSecrets",
        |_| vec![json!({"MaxResults": 100, "SortBy": "last-changed-date"})],
    ),
    line(
        "ListSecrets, one passes the filter",
        1_000,
        1,
        "ListSecrets",
        |world| vec![json!({"Filters": [{"Key": "name", "Values": [world.last()]}]})],
    ),
    Line {
        name: "a tick with nothing due",
        least: 10,
        calls: 1,
        ask: Ask::Tick,
    },
];

const fn line(
    name: &'static str,
    least: usize,
    calls: usize,
    operation: &'static str,
    inputs: fn(&World) -> Vec<Value>,
) -> Line {
    Line {
        name,
        least,
        calls,
        ask: Ask::Operation(operation, inputs),
    }
}

const fn list(name: &'static str, inputs: fn(&World) -> Vec<Value>) -> Line {
    line(name, 1_000, 5, "ListSecrets", inputs)
}

/// One secret after the other, from all over the store.
fn each(world: &World) -> Vec<Value> {
    (0..1_000)
        .map(|turn| json!({"SecretId": world.spread(turn)}))
        .collect()
}

fn measure(runtime: &Runtime, line: &Line, worlds: &[World]) {
    let worlds: Vec<&World> = worlds
        .iter()
        .filter(|world| world.size >= line.least)
        .collect();
    let requests: Vec<_> = worlds
        .iter()
        .map(|world| match &line.ask {
            Ask::Operation(name, inputs) => inputs(world)
                .iter()
                .map(|input| world.request(name, input))
                .collect(),
            Ask::Tick => Vec::new(),
        })
        .collect();
    let mut times = vec![Vec::new(); worlds.len()];
    let (most, mut turn) = (setting("ROUNDS", 300), 0);
    let began = Instant::now();
    // What takes long is measured less often.
    while times[0].len() < most && (times[0].len() < 9 || began.elapsed().as_secs() < 20) {
        for ((world, requests), times) in worlds.iter().zip(&requests).zip(&mut times) {
            let turns = turn..turn + line.calls;
            let nanos = runtime.block_on(async {
                match line.ask {
                    Ask::Operation(..) => world.ask(requests, turns).await,
                    Ask::Tick => world.tick().await,
                }
            });
            times.push(nanos / line.calls as f64);
        }
        turn += line.calls;
    }
    print!("| {} {}", line.name, "| ".repeat(4 - worlds.len()));
    for (index, of_world) in times.iter().enumerate() {
        let ratio = median(
            of_world
                .iter()
                .zip(&times[0])
                .map(|(time, first)| time / first),
        );
        let micros = median(of_world.iter().copied()) / 1_000.0;
        match index {
            0 => print!("| 1.00 ({micros:.1} us) "),
            _ => print!("| {ratio:.2} ({micros:.1} us) "),
        }
    }
    println!("|");
}

fn setting(name: &str, default: usize) -> usize {
    let value = std::env::var(name).ok();
    value
        .and_then(|value| value.parse().ok())
        .unwrap_or(default)
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
