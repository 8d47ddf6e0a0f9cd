//! The server at its socket: what it puts up with, and what not. Nothing that a client sends makes
//! it hang, fail, or stop serving others.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used)]

use std::net::SocketAddr;
use std::time::Duration;

use sekisho::http::{Limits, Server};
use sekisho::{Emulator, Gate, Mode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    server: JoinHandle<()>,
}

/// A server in mode `off`, with little patience.
async fn start(gate: Gate) -> Running {
    let limits = Limits {
        patience: Duration::from_millis(300),
        connections: 8,
        ..Limits::default()
    };
    start_with(gate, limits).await
}

async fn start_with(gate: Gate, limits: Limits) -> Running {
    let emulator = Emulator::builder().mode(Mode::Off).build();
    let address = "127.0.0.1:0".parse().unwrap();
    let server = Server::bind(emulator, gate, address)
        .await
        .unwrap()
        .limits(limits);
    let address = server.address().unwrap();
    let (stop, stopped) = oneshot::channel();
    let server = tokio::spawn(async move {
        server
            .serve(async {
                let _ = stopped.await;
            })
            .await;
    });
    Running {
        address,
        stop,
        server,
    }
}

/// Sends bytes and reads until the server hangs up or says nothing more for a while.
async fn talk(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // The server may refuse and hang up before everything is sent.
    let _ = stream.write_all(bytes).await;
    hear(&mut stream).await
}

async fn hear(stream: &mut TcpStream) -> String {
    let mut heard = Vec::new();
    while let Ok(Ok(1..)) = timeout(Duration::from_millis(200), stream.read_buf(&mut heard)).await {
    }
    String::from_utf8_lossy(&heard).into_owned()
}

fn post(headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: secretsmanager.ListSecrets\r\n\
         {headers}Content-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

fn status(answer: &str) -> u16 {
    answer
        .get(9..12)
        .and_then(|status| status.parse().ok())
        .unwrap_or(0)
}

#[tokio::test]
async fn odd_requests_are_refused_and_others_are_served() {
    let running = start(Gate::open()).await;
    let long_header = format!("X-Long: {}\r\n", "x".repeat(20_000));
    let many_headers: String = (0..200).map(|n| format!("X-{n}: y\r\n")).collect();
    let chunked = "POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: secretsmanager.ListSecrets\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (what, bytes, expected) in [
        ("a good one", post("", "{}"), 200),
        (
            "garbage",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n".to_vec(),
            400,
        ),
        ("a head too long", post(&long_header, "{}"), 431),
        ("too many headers", post(&many_headers, "{}"), 431),
        (
            "a body too large",
            post("", &"x".repeat((1 << 20) + 1)),
            413,
        ),
        ("two lengths", post("Content-Length: 7\r\n", "{}"), 400),
        (
            "a bad length",
            b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n".to_vec(),
            400,
        ),
        ("no HTTP version", b"POST /\r\n\r\n".to_vec(), 400),
        (
            "chunks",
            format!("{chunked}2\r\n{{}}\r\n0\r\n\r\n").into_bytes(),
            200,
        ),
        (
            "broken chunks",
            format!("{chunked}zz\r\n").into_bytes(),
            413,
        ),
    ] {
        assert_eq!(
            status(&talk(running.address, &bytes).await),
            expected,
            "{what}"
        );
        assert_eq!(
            status(&talk(running.address, &post("", "{}")).await),
            200,
            "after {what}"
        );
    }
}

#[tokio::test]
async fn slow_senders_are_cut_off() {
    let running = start(Gate::open()).await;
    for (what, part) in [
        ("half a head", &b"POST / HTTP/1.1\r\nHost: loc"[..]),
        (
            "half a body",
            b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{",
        ),
    ] {
        let mut stream = TcpStream::connect(running.address).await.unwrap();
        stream.write_all(part).await.unwrap();
        let began = tokio::time::Instant::now();
        let mut rest = Vec::new();
        timeout(Duration::from_secs(5), stream.read_to_end(&mut rest))
            .await
            .expect(what)
            .unwrap();
        assert!(
            began.elapsed() >= Duration::from_millis(250),
            "{what}: too impatient"
        );
    }
}

#[tokio::test]
async fn idle_connections_do_not_keep_others_out() {
    let running = start(Gate::open()).await;
    let mut idle = Vec::new();
    for _ in 0..8 {
        idle.push(TcpStream::connect(running.address).await.unwrap());
    }
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    stream
        .write_all(&post("Connection: close\r\n", "{}"))
        .await
        .unwrap();
    let mut answer = String::new();
    let answered = stream.read_to_string(&mut answer);
    timeout(Duration::from_secs(5), answered)
        .await
        .expect("a place becomes free")
        .unwrap();
    assert_eq!(status(&answer), 200);
}

#[tokio::test]
async fn one_connection_carries_many_requests() {
    let running = start(Gate::open()).await;
    let requests = [
        post("", "{}"),
        post("", "{\"MaxResults\":0}"),
        post("", "{}"),
    ]
    .concat();
    let heard = talk(running.address, &requests).await;
    let statuses: Vec<&str> = heard
        .split("HTTP/1.1 ")
        .skip(1)
        .map(|answer| &answer[..3])
        .collect();
    assert_eq!(statuses, ["200", "400", "200"]);
}

#[tokio::test]
async fn web_pages_cannot_use_default_credentials() {
    let running = start(Gate::guarded(vec![], vec![])).await;
    assert_eq!(status(&talk(running.address, &post("", "{}")).await), 200);
    let page = talk(
        running.address,
        &post("Origin: https://example.com\r\n", "{}"),
    )
    .await;
    assert_eq!(status(&page), 403);
    assert!(page.contains("--allow-origin"), "{page}");
    let rebound = b"GET /_sekisho/requests HTTP/1.1\r\nHost: attacker.example\r\n\r\n";
    assert_eq!(status(&talk(running.address, rebound).await), 403);
}

#[tokio::test]
async fn stopping_finishes_what_is_open() {
    let running = start(Gate::open()).await;
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    let request = post("", "{}");
    let (head, tail) = request.split_at(request.len() - 1);
    stream.write_all(head).await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    running.stop.send(()).unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    stream.write_all(tail).await.unwrap();
    assert_eq!(status(&hear(&mut stream).await), 200);
    timeout(Duration::from_secs(3), running.server)
        .await
        .expect("it stops")
        .unwrap();
    assert!(
        TcpStream::connect(running.address).await.is_err(),
        "the port is free"
    );
}

#[tokio::test]
async fn stopping_lets_idle_connections_go() {
    let running = start_with(Gate::open(), Limits::default()).await;
    let mut used = TcpStream::connect(running.address).await.unwrap();
    used.write_all(&post("", "{}")).await.unwrap();
    assert_eq!(status(&hear(&mut used).await), 200);
    let mut fresh = TcpStream::connect(running.address).await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    running.stop.send(()).unwrap();
    // Less than the grace that a stop allows.
    timeout(Duration::from_secs(3), running.server)
        .await
        .expect("it stops")
        .unwrap();
    for stream in [&mut used, &mut fresh] {
        assert_eq!(stream.read(&mut [0; 1]).await.unwrap(), 0, "it hung up");
    }
}

#[tokio::test]
async fn records_tell_what_was_decided() {
    let emulator = Emulator::builder().mode(Mode::Off).build();
    let get = |path: &str| http::Request::get(path).body(bytes::Bytes::new()).unwrap();
    let missing = "/?Action=GetUser&Version=2010-05-08&UserName=nobody";
    let refused = emulator.handle(get(missing)).await;
    let id = refused.headers()["x-amzn-requestid"]
        .to_str()
        .unwrap()
        .to_owned();
    let record = emulator
        .handle(get(&format!("/_sekisho/requests/{id}")))
        .await;
    let record: serde_json::Value = serde_json::from_slice(record.body()).unwrap();
    assert_eq!(record["operation"], "GetUser");
    assert_eq!(record["status"], 404);
    assert_eq!(record["error"], "NoSuchEntity");
    let all = emulator.handle(get("/_sekisho/requests?limit=5")).await;
    let all: serde_json::Value = serde_json::from_slice(all.body()).unwrap();
    assert_eq!(all["requests"][0]["request_id"], id.as_str());
    assert_eq!(
        emulator
            .handle(get("/_sekisho/requests/nonsense"))
            .await
            .status(),
        404
    );
}
