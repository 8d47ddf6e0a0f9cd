//! The servers, each in a process of its own: this program, started again.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use axum::Router;
use axum::body::Bytes;
use sekisho::{Emulator, Gate, http::Server};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::load::read_answer;
use crate::sign::{Key, Request};

/// The length of an answer to GetSecretValue here.
const ANSWER: usize = 330;

/// A server in a process of its own, which ends with this value.
pub struct Child {
    process: std::process::Child,
    pub host: String,
}

impl Child {
    pub fn start(what: &str) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--child", what])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut host = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut host)
            .unwrap();
        Self {
            process,
            host: host.trim().to_owned(),
        }
    }

    /// CPU seconds used so far, in user space and in the kernel, counted to the nanosecond.
    pub fn cpu_seconds(&self) -> f64 {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.process.id())).unwrap();
        let nanos: u64 = tasks
            .map(|task| {
                let stat = std::fs::read_to_string(task.unwrap().path().join("schedstat")).unwrap();
                stat.split_whitespace()
                    .next()
                    .unwrap()
                    .parse::<u64>()
                    .unwrap()
            })
            .sum();
        nanos as f64 / 1e9
    }

    /// Memory in use, in MiB.
    pub fn resident_mib(&self) -> f64 {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        let line = status
            .lines()
            .find(|line| line.starts_with("VmRSS:"))
            .unwrap();
        line.split_whitespace()
            .nth(1)
            .unwrap()
            .parse::<f64>()
            .unwrap()
            / 1024.0
    }

    pub async fn send(&self, request: &Request, key: &Key) -> String {
        let mut stream = TcpStream::connect(&self.host).await.unwrap();
        stream
            .write_all(&request.signed(key, &self.host))
            .await
            .unwrap();
        let (status, text) = read_answer(&mut stream, &mut Vec::new()).await;
        assert_eq!(status, 200, "{text}");
        text
    }

    pub async fn key(&self, user: &str, root: &Key) -> Key {
        let answer = self
            .send(
                &Request::iam("CreateAccessKey", &[("UserName", user)]),
                root,
            )
            .await;
        key_in(&answer)
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What a child does: `bare`, `sekisho`, or `sekisho-N` with N secrets made before it serves.
pub fn run(what: &str) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        // One core for the server, the other for the load.
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        match what.strip_prefix("sekisho") {
            Some(count) => sekisho(count.trim_start_matches('-').parse().unwrap_or(0)).await,
            None => bare().await,
        }
    });
}

async fn bare() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("{}", listener.local_addr().unwrap());
    let answer = Bytes::from(vec![b'x'; ANSWER]);
    let router = Router::new().fallback(move |body: Bytes| {
        let answer = answer.clone();
        async move {
            std::hint::black_box(body);
            answer
        }
    });
    axum::serve(listener, router).await.unwrap();
}

async fn sekisho(count: usize) {
    let emulator = Emulator::builder().build();
    for index in 0..count {
        create(&emulator, index).await;
    }
    let server = Server::bind(
        emulator,
        Gate::guarded(vec![], vec![]),
        "127.0.0.1:0".parse().unwrap(),
    )
    .await
    .unwrap();
    println!("{}", server.address().unwrap());
    server.serve(std::future::pending()).await;
}

async fn create(emulator: &Emulator, index: usize) {
    let token = crate::token(index);
    let value = "x".repeat(90);
    let name = format!("team/secret-{index}");
    let input =
        serde_json::json!({"Name": name, "SecretString": value, "ClientRequestToken": token});
    let request = Request::json("CreateSecret", &input.to_string());
    ask(emulator, &request, &Key::new("test", "test")).await;
}

/// Asks an emulator in this process.
async fn ask(emulator: &Emulator, request: &Request, key: &Key) -> String {
    let answer = emulator.handle(request.parsed(key)).await;
    assert_eq!(answer.status(), 200);
    String::from_utf8_lossy(answer.body()).into_owned()
}

/// The same request, again and again.
pub fn in_process(requests: usize) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let (emulator, root) = (Emulator::builder().build(), Key::new("test", "test"));
        create(&emulator, 0).await;
        ask(
            &emulator,
            &Request::iam("CreateUser", &[("UserName", "reader")]),
            &root,
        )
        .await;
        let policy = crate::POLICY;
        let parameters = [
            ("UserName", "reader"),
            ("PolicyName", "p"),
            ("PolicyDocument", policy),
        ];
        ask(
            &emulator,
            &Request::iam("PutUserPolicy", &parameters),
            &root,
        )
        .await;
        let answer = ask(
            &emulator,
            &Request::iam("CreateAccessKey", &[("UserName", "reader")]),
            &root,
        )
        .await;
        let key = key_in(&answer);
        let get = Request::json("GetSecretValue", r#"{"SecretId":"team/secret-0"}"#);
        let request = get.parsed(&key);
        let began = std::time::Instant::now();
        for _ in 0..requests {
            let answer = emulator.handle(request.clone()).await;
            assert_eq!(answer.status(), 200);
        }
        println!(
            "{} ns a request in-process",
            began.elapsed().as_nanos() / requests as u128
        );
        let began = std::time::Instant::now();
        for _ in 0..requests {
            std::hint::black_box(request.clone());
        }
        println!(
            "{} ns of them to copy the request",
            began.elapsed().as_nanos() / requests as u128
        );
    });
}

fn key_in(answer: &str) -> Key {
    let part = |name: &str| {
        let (_, rest) = answer.split_once(&format!("<{name}>")).unwrap();
        rest.split_once('<').unwrap().0.to_owned()
    };
    Key {
        id: part("AccessKeyId"),
        secret: part("SecretAccessKey"),
    }
}
