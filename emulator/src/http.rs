//! The only file that knows sockets: a listener with limits, axum in front of the emulator, and an
//! end that lets open requests finish.

use std::future::{Future, poll_fn};
use std::io;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::handler::HandlerWithoutStateExt;
use axum::response::Response;
use bytes::Bytes;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{sleep, timeout};

use crate::emulator::Emulator;
use crate::gate::Gate;
use crate::wire::{self, Fault, Protocol};

/// What a server puts up with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Bytes of a body; a value of Secrets Manager has at most 64 KiB.
    pub body: usize,
    /// Bytes of a request line with headers; hyper takes no less than 8 KiB.
    pub head: usize,
    /// Headers of a request. AWS's clients send about a dozen.
    pub headers: usize,
    /// How long a request's head may take, and then its body.
    pub patience: Duration,
    /// Connections open at once; others wait to be accepted.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 1 << 20,
            head: 16 << 10,
            headers: 100,
            patience: Duration::from_secs(30),
            connections: 4096,
        }
    }
}

/// How often what has fallen due is looked for.
const TICK: Duration = Duration::from_secs(60);
/// How long open requests may take to finish once the server is told to stop.
const GRACE: Duration = Duration::from_secs(5);

/// A server that listens and does not serve yet.
pub struct Server {
    emulator: Emulator,
    gate: Gate,
    limits: Limits,
    listener: TcpListener,
}

impl Server {
    /// Takes the address. Port 0 takes any free one.
    ///
    /// # Errors
    /// The address is taken or not ours.
    pub async fn bind(emulator: Emulator, gate: Gate, address: SocketAddr) -> io::Result<Self> {
        Ok(Self {
            emulator,
            gate,
            limits: Limits::default(),
            listener: TcpListener::bind(address).await?,
        })
    }

    /// Other limits than the usual ones.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Where it listens.
    ///
    /// # Errors
    /// The operating system does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `stop` is done, then until open requests are, or for a few seconds.
    pub async fn serve(self, stop: impl Future<Output = ()>) {
        let Self {
            emulator,
            gate,
            limits,
            listener,
        } = self;
        let door = Arc::new(Door {
            emulator,
            gate,
            limits,
            stopping: AtomicBool::new(false),
        });
        let places = Arc::new(Semaphore::new(limits.connections));
        let (stopping, told) = watch::channel(());
        tokio::select! {
            () = accept(&listener, &door, &places, &told) => {}
            () = ticks(&door.emulator) => {}
            () = stop => {}
        }
        door.stopping.store(true, Ordering::Relaxed);
        drop((listener, stopping));
        // All places are free again once every connection has ended.
        let all = u32::try_from(limits.connections).unwrap_or(u32::MAX);
        if timeout(GRACE, places.acquire_many(all)).await.is_err() {
            tracing::warn!("some connections did not finish and were cut off");
        }
    }
}

/// What every connection shares.
struct Door {
    emulator: Emulator,
    gate: Gate,
    limits: Limits,
    stopping: AtomicBool,
}

async fn accept(
    listener: &TcpListener,
    door: &Arc<Door>,
    places: &Arc<Semaphore>,
    stop: &watch::Receiver<()>,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(door.limits.patience)
        .max_buf_size(door.limits.head)
        .max_headers(door.limits.headers);
    loop {
        let Ok(place) = places.clone().acquire_owned().await else {
            return;
        };
        if let Some((stream, peer)) = next(listener).await {
            let (http, door, stop) = (http.clone(), door.clone(), stop.clone());
            tokio::spawn(serve(http, stream, peer, door, stop, place));
        }
    }
}

/// Serves one connection: whatever it asks leads to the emulator, which does its own routing by
/// what AWS's protocols put into headers and bodies.
async fn serve(
    http: http1::Builder,
    stream: TcpStream,
    peer: SocketAddr,
    door: Arc<Door>,
    mut stop: watch::Receiver<()>,
    place: OwnedSemaphorePermit,
) {
    let leaving = door.clone();
    let answer = move |request: Request| {
        let door = door.clone();
        async move { door.answer(peer, request).await }
    };
    let service = TowerToHyperService::new(answer.into_service());
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service));
    let mut stopped = pin!(async { while stop.changed().await.is_ok() {} });
    let (mut heard, mut told) = (false, false);
    let ended = poll_fn(|context| {
        // Heard once, the wish to stop wakes this task; until then it costs requests nothing.
        if !told && (!heard || leaving.stopping.load(Ordering::Relaxed)) {
            heard = true;
            told = stopped.as_mut().poll(context).is_ready();
            if told {
                connection.as_mut().graceful_shutdown();
            }
        }
        connection.as_mut().poll(context)
    });
    // What goes wrong on a connection is the client's affair: it left, or spoke no HTTP.
    if let Err(error) = ended.await {
        tracing::debug!(%error, "a connection ended badly");
    }
    drop(place);
}

/// The next connection. Errors of a single one, or too many open files, must not stop the server.
async fn next(listener: &TcpListener) -> Option<(TcpStream, SocketAddr)> {
    match listener.accept().await {
        Ok((stream, peer)) => {
            let _ = stream.set_nodelay(true);
            Some((stream, peer))
        }
        Err(error) => {
            tracing::warn!(%error, "a connection could not be accepted");
            sleep(Duration::from_millis(50)).await;
            None
        }
    }
}

async fn ticks(emulator: &Emulator) {
    loop {
        sleep(TICK).await;
        emulator.tick().await;
    }
}

impl Door {
    async fn answer(&self, peer: SocketAddr, request: Request) -> Response {
        let (parts, body) = request.into_parts();
        if let Err(reason) = self.gate.check(&parts.headers) {
            return refusal("AccessDeniedException", 403, reason);
        }
        let body = match self.body(body).await {
            Some(Ok(body)) => body,
            Some(Err(_)) => {
                return refusal(
                    "RequestEntityTooLarge",
                    413,
                    "The request body is too large, or broken off.",
                );
            }
            None => {
                return refusal(
                    "RequestTimeout",
                    408,
                    "The request body did not arrive in time.",
                );
            }
        };
        let answer = self.emulator.answer(peer, &parts, &body);
        match caught(answer).await {
            Some(answer) => answer.map(Body::from),
            None => refusal(
                "InternalServiceError",
                500,
                "An error occurred on the server side.",
            ),
        }
    }

    /// The whole body, or none if it takes too long. Most bodies are there already, and need no
    /// timer.
    async fn body(&self, body: Body) -> Option<Result<Bytes, axum::Error>> {
        let mut reading = pin!(to_bytes(body, self.limits.body));
        match poll_fn(|context| Poll::Ready(reading.as_mut().poll(context))).await {
            Poll::Ready(body) => Some(body),
            Poll::Pending => timeout(self.limits.patience, reading).await.ok(),
        }
    }
}

/// None if the future panics, which the panic hook has reported by then. The state is whole all the
/// same: only commits change it, and they are all or nothing.
async fn caught<F: Future>(future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    poll_fn(
        |context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
            Ok(poll) => poll.map(Some),
            Err(_) => Poll::Ready(None),
        },
    )
    .await
}

/// A refusal before anything is known of the request. The connection is of no use afterwards.
fn refusal(code: &'static str, status: u16, reason: &'static str) -> Response {
    let fault = Fault::framework(code, status, reason);
    let mut response = wire::refusal(Protocol::Json, "", "", &fault).map(Body::from);
    response.headers_mut().insert(
        http::header::CONNECTION,
        http::HeaderValue::from_static("close"),
    );
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn panics_are_caught() {
        assert_eq!(caught(async { 1 }).await, Some(1));
        assert_eq!(
            caught(async {
                if true {
                    panic!("on purpose")
                }
            })
            .await,
            None
        );
    }
}
