//! The load: some connections, each of which asks again as soon as it has an answer.

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::LocalSet;

use crate::server::Child;

/// What one turn came to.
pub struct Load {
    requests: u64,
    seconds: f64,
    cpu_seconds: f64,
    pub status: u16,
}

impl Load {
    pub fn throughput(&self) -> f64 {
        self.requests as f64 / self.seconds
    }

    /// Microseconds of the server's CPU for each request.
    pub fn cpu(&self) -> f64 {
        self.cpu_seconds * 1e6 / self.requests as f64
    }
}

pub async fn run(
    child: &Child,
    requests: &[Vec<u8>],
    connections: usize,
    duration: Duration,
) -> Load {
    let (done, status) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
    let requests: Rc<[Vec<u8>]> = requests.into();
    let (began, cpu) = (Instant::now(), child.cpu_seconds());
    let tasks = LocalSet::new();
    for connection in 0..connections {
        let (done, status, requests, host) = (
            done.clone(),
            status.clone(),
            requests.clone(),
            child.host.clone(),
        );
        tasks.spawn_local(async move {
            let mut stream = TcpStream::connect(&host).await.unwrap();
            stream.set_nodelay(true).unwrap();
            let (mut buffer, mut next) = (Vec::with_capacity(4096), connection * 13);
            while began.elapsed() < duration {
                stream
                    .write_all(&requests[next % requests.len()])
                    .await
                    .unwrap();
                status.set(read_answer(&mut stream, &mut buffer).await.0);
                done.set(done.get() + 1);
                next += 1;
            }
        });
    }
    // The load never sleeps, or the server that keeps it waiting would be charged with waking it.
    tasks.spawn_local(async move {
        while began.elapsed() < duration {
            tokio::task::yield_now().await;
        }
    });
    tasks.await;
    Load {
        requests: done.get(),
        seconds: began.elapsed().as_secs_f64(),
        cpu_seconds: child.cpu_seconds() - cpu,
        status: status.get(),
    }
}

/// Reads one answer; the text of its body only if it is not a success.
pub async fn read_answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> (u16, String) {
    buffer.clear();
    loop {
        assert_ne!(
            stream.read_buf(buffer).await.unwrap(),
            0,
            "the server hung up"
        );
        let Some(head) = buffer.windows(4).position(|window| window == b"\r\n\r\n") else {
            continue;
        };
        let text = std::str::from_utf8(&buffer[..head]).unwrap();
        let length = text.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length")
                .then(|| value.trim().parse::<usize>().unwrap())
        });
        let end = head + 4 + length.unwrap_or(0);
        if buffer.len() >= end {
            let status = text[9..12].parse().unwrap();
            return (
                status,
                String::from_utf8_lossy(&buffer[head + 4..end]).into_owned(),
            );
        }
    }
}
