//! What a request costs over what HTTP costs anyway: GetSecretValue, verified, authorized and
//! recorded, against an axum handler that reads the body and answers a constant of the same size.
//!
//! All servers are up at once, as processes of their own, and take turns of half a second in one
//! run; what counts are the medians of the ratios. CPU per request is the operating system's count
//! for the server's process, which is far steadier than throughput. The load comes from the same
//! machine, so absolute figures say little: it has a core for itself and never sleeps, and a
//! server has one worker.
//!
//! `cargo bench -p sekisho --bench floor`, with `ROUNDS`, `MILLIS`, `CONNECTIONS`, `SECRETS` and
//! `ONLY` (part of a line's name) from the environment. With `-- --in-process` it asks an emulator
//! in this process `REQUESTS` times, without HTTP: for profilers.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)]

mod load;
mod server;
mod sign;

use std::time::Duration;

use load::Load;
use server::Child;
use sign::{Key, Request};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.iter().position(|argument| argument == "--child") {
        Some(at) => server::run(&arguments[at + 1]),
        None if arguments.iter().any(|argument| argument == "--in-process") => {
            server::in_process(setting("REQUESTS", 200_000));
        }
        None => measure(),
    }
}

/// What the reader may do.
const POLICY: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["secretsmanager:GetSecretValue","secretsmanager:PutSecretValue"],"Resource":"*"}]}"#;

/// The same for one who must meet conditions, which have to be told the request's context.
const CONDITIONAL: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":"arn:aws:secretsmanager:*:*:secret:team/*","Condition":{"IpAddress":{"aws:SourceIp":"127.0.0.0/8"},"StringEquals":{"aws:PrincipalAccount":"${aws:ResourceAccount}"},"DateGreaterThan":{"aws:CurrentTime":"2020-01-01"}}}]}"#;

/// One line of the table: a server, and what is asked of it.
struct Mode {
    name: &'static str,
    child: usize,
    requests: Vec<Vec<u8>>,
}

fn measure() {
    let (rounds, millis) = (setting("ROUNDS", 24), setting("MILLIS", 500));
    let (connections, secrets) = (setting("CONNECTIONS", 64), setting("SECRETS", 1_000));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .event_interval(7)
        .enable_all()
        .build()
        .unwrap();
    let children = [
        Child::start("bare"),
        Child::start("sekisho"),
        Child::start(&format!("sekisho-{secrets}")),
    ];
    let only = std::env::var("ONLY").unwrap_or_default();
    let mut modes = runtime.block_on(modes(&children, secrets));
    modes.retain(|mode| mode.child == 0 || mode.name.contains(&only));
    let mut results: Vec<Vec<Load>> = modes.iter().map(|_| Vec::new()).collect();
    for _ in 0..rounds {
        for (mode, results) in modes.iter().zip(&mut results) {
            let child = &children[mode.child];
            let duration = Duration::from_millis(millis as u64);
            results.push(runtime.block_on(load::run(child, &mode.requests, connections, duration)));
        }
    }
    println!("{connections} connections, {rounds} rounds of {millis} ms, medians\n");
    println!("| | requests/s | against bare | server CPU per request | against bare | answers |");
    println!("|---|---|---|---|---|---|");
    for (mode, loads) in modes.iter().zip(&results) {
        let ratio = |of: fn(&Load) -> f64| {
            median(
                loads
                    .iter()
                    .zip(&results[0])
                    .map(|(load, bare)| of(load) / of(bare)),
            )
        };
        println!(
            "| {} | {:.0} | {:.2} | {:.1} us | {:.2} | {} |",
            mode.name,
            median(loads.iter().map(Load::throughput)),
            ratio(Load::throughput),
            median(loads.iter().map(Load::cpu)),
            ratio(Load::cpu),
            loads.last().map_or(0, |load| load.status),
        );
    }
    for (child, what) in children[1..].iter().zip(["1000", &secrets.to_string()]) {
        println!(
            "\n{:.1} MiB resident with {what} secrets",
            child.resident_mib()
        );
    }
}

async fn modes(children: &[Child; 3], secrets: usize) -> Vec<Mode> {
    let root = Key::new("test", "test");
    let mut readers = Vec::new();
    for child in &children[1..] {
        for name in ["reader", "nobody", "conditional"] {
            child
                .send(&Request::iam("CreateUser", &[("UserName", name)]), &root)
                .await;
        }
        for (name, policy) in [("reader", POLICY), ("conditional", CONDITIONAL)] {
            let parameters = [
                ("UserName", name),
                ("PolicyName", "p"),
                ("PolicyDocument", policy),
            ];
            child
                .send(&Request::iam("PutUserPolicy", &parameters), &root)
                .await;
        }
        readers.push((
            child.key("reader", &root).await,
            child.key("nobody", &root).await,
            child.key("conditional", &root).await,
        ));
    }
    let value = "x".repeat(90);
    let name = |index: usize| format!("team/secret-{index}");
    for index in 0..1_000 {
        let token = token(index);
        let input = serde_json::json!({"Name": name(index), "SecretString": value, "ClientRequestToken": token});
        children[1]
            .send(&Request::json("CreateSecret", &input.to_string()), &root)
            .await;
    }
    let signed = |child: &Child,
                  key: &Key,
                  operation: &str,
                  count: usize,
                  step: usize|
     -> Vec<Vec<u8>> {
        let body = |index: usize| match operation {
            "PutSecretValue" => {
                // The same token and value again and again: a repetition is checked like a write, and writes nothing.
                let token = token(index);
                serde_json::json!({"SecretId": name(index * step), "SecretString": value, "ClientRequestToken": token})
            }
            _ => serde_json::json!({"SecretId": name(index * step)}),
        };
        (0..count)
            .map(|index| {
                Request::json(operation, &body(index).to_string()).signed(key, &child.host)
            })
            .collect()
    };
    let (small, large) = (&children[1], &children[2]);
    let wrong = Key::new(&readers[0].0.id, "not the secret");
    let unknown = Key::new("AKIAQAAAAAAANOBODY77", "secret");
    let get = "GetSecretValue";
    vec![
        Mode {
            name: "bare axum",
            child: 0,
            requests: signed(&children[0], &readers[0].0, get, 1_000, 1),
        },
        Mode {
            name: "GetSecretValue",
            child: 1,
            requests: signed(small, &readers[0].0, get, 1_000, 1),
        },
        Mode {
            name: "GetSecretValue, many secrets",
            child: 2,
            requests: signed(
                large,
                &readers[1].0,
                get,
                1_000,
                secrets.div_ceil(1_000).max(1),
            ),
        },
        Mode {
            name: "GetSecretValue under conditions",
            child: 1,
            requests: signed(small, &readers[0].2, get, 1_000, 1),
        },
        Mode {
            name: "denied by policy",
            child: 1,
            requests: signed(small, &readers[0].1, get, 1_000, 1),
        },
        Mode {
            name: "wrong signature",
            child: 1,
            requests: signed(small, &wrong, get, 1_000, 1),
        },
        Mode {
            name: "unknown key",
            child: 1,
            requests: signed(small, &unknown, get, 1_000, 1),
        },
        Mode {
            name: "PutSecretValue, repeated",
            child: 1,
            requests: signed(small, &readers[0].0, "PutSecretValue", 1_000, 1),
        },
    ]
}

/// The token of a request that makes a version: a UUID, as clients send.
fn token(index: usize) -> String {
    format!("00000000-0000-4000-8000-{index:0>12}")
}

fn setting(name: &str, default: usize) -> usize {
    std::env::var(name)
        .ok()
        .and_then(|value| value.parse().ok())
        .unwrap_or(default)
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
