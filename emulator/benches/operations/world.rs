//! An emulator with some number of secrets, all made by CreateSecret.

use std::ops::Range;
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use sekisho::store::Memory;
use sekisho::{Emulator, Mode};
use serde_json::{Value, json};

use crate::sign::{Key, Request};

pub struct World {
    pub size: usize,
    /// Tokens of pages of 100, from all over the list.
    pub tokens: Vec<String>,
    emulator: Emulator,
    key: Key,
}

/// How many tokens are kept.
const TOKENS: usize = 100;

impl World {
    /// Makes the secrets, and prints what that took.
    pub async fn new(size: usize) -> Self {
        let (store, began, resident) = (Arc::new(Memory::new()), Instant::now(), resident());
        // Nobody needs to sign what another emulator, which verifies nothing, puts into the store.
        let maker = Emulator::builder()
            .mode(Mode::Off)
            .store(store.clone())
            .build();
        for index in 0..size {
            let token = format!("00000000-0000-4000-8000-{index:0>12}");
            let input = json!({"Name": name(index), "SecretString": "x".repeat(90), "ClientRequestToken": token});
            let request =
                http::Request::post("/").header("x-amz-target", "secretsmanager.CreateSecret");
            let answer = maker
                .handle(request.body(Bytes::from(input.to_string())).unwrap())
                .await;
            assert_eq!(answer.status(), 200);
        }
        println!(
            "{size} secrets in {:.1} s, {:.0} bytes each",
            began.elapsed().as_secs_f64(),
            (self::resident() - resident) / size as f64
        );
        let mut world = Self {
            size,
            tokens: Vec::new(),
            emulator: Emulator::builder().store(store).build(),
            key: Key::new("test", "test"),
        };
        world.tokens = world.all_tokens().await;
        let step = world.tokens.len().div_ceil(TOKENS).max(1);
        world.tokens = world.tokens.into_iter().step_by(step).collect();
        world
    }

    async fn all_tokens(&self) -> Vec<String> {
        let mut tokens = Vec::new();
        loop {
            let input = json!({"MaxResults": 100, "NextToken": tokens.last()});
            let answer = self
                .emulator
                .handle(self.request("ListSecrets", &input))
                .await;
            let answer: Value = serde_json::from_slice(answer.body()).unwrap();
            match answer["NextToken"].as_str() {
                Some(token) => tokens.push(token.to_owned()),
                None => return tokens,
            }
        }
    }

    /// The name of a secret: of turn after turn, all over the store.
    pub fn spread(&self, turn: usize) -> String {
        name(turn * STRIDE % self.size)
    }

    /// A name that is the beginning of no other.
    pub fn last(&self) -> String {
        name(self.size - 1)
    }

    pub fn request(&self, operation: &str, input: &Value) -> http::Request<Bytes> {
        Request::json(operation, &input.to_string()).parsed(&self.key)
    }

    /// Nanoseconds that some requests took.
    pub async fn ask(&self, requests: &[http::Request<Bytes>], turns: Range<usize>) -> f64 {
        let requests: Vec<_> = turns
            .map(|turn| requests[turn % requests.len()].clone())
            .collect();
        let began = Instant::now();
        for request in requests {
            let answer = self.emulator.handle(request).await;
            assert_eq!(answer.status(), 200, "{:?}", answer.body());
        }
        began.elapsed().as_secs_f64() * 1e9
    }

    /// Nanoseconds of a tick.
    pub async fn tick(&self) -> f64 {
        let began = Instant::now();
        self.emulator.tick().await;
        began.elapsed().as_secs_f64() * 1e9
    }
}

/// A prime that divides no number of secrets here.
const STRIDE: usize = 7_919;

fn name(index: usize) -> String {
    format!("team/secret-{index}")
}

/// Bytes of memory in use.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .unwrap();
    let kibibytes = line.split_whitespace().next().unwrap();
    kibibytes.parse::<f64>().unwrap() * 1024.0
}
