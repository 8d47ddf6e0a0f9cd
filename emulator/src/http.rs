//! The only file that knows sockets: a listener with limits, axum in front of the emulator, and an
//! end that lets open requests finish.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::response::Response;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use crate::emulator::Emulator;
use crate::gate::Gate;
use crate::service::Peer;
use crate::wire::{self, Fault, Protocol};

/// The largest body that is read; a value of Secrets Manager has at most 64 KiB.
const MAX_BODY: usize = 1 << 20;
/// The largest request line with headers.
const MAX_HEAD: usize = 16 << 10;
/// The most headers of a request. AWS's clients send about a dozen.
const MAX_HEADERS: usize = 100;
/// How long a request's head may take, and then its body.
const PATIENCE: Duration = Duration::from_secs(30);
/// The most connections open at once; others wait to be accepted.
const MAX_CONNECTIONS: usize = 4096;
/// How often what has fallen due is looked for.
const TICK: Duration = Duration::from_secs(60);
/// How long open requests may take to finish once the server is told to stop.
const GRACE: Duration = Duration::from_secs(5);

/// A server that listens and does not serve yet.
pub struct Server {
    emulator: Emulator,
    gate: Gate,
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
            listener: TcpListener::bind(address).await?,
        })
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
            listener,
        } = self;
        let (open, gate) = (GracefulShutdown::new(), Arc::new(gate));
        tokio::select! {
            () = accept(&listener, &emulator, &gate, &open) => {}
            () = ticks(&emulator) => {}
            () = stop => {}
        }
        drop(listener);
        if timeout(GRACE, open.shutdown()).await.is_err() {
            tracing::warn!("some connections did not finish and were cut off");
        }
    }
}

async fn accept(
    listener: &TcpListener,
    emulator: &Emulator,
    gate: &Arc<Gate>,
    open: &GracefulShutdown,
) {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_buf_size(MAX_HEAD)
        .max_headers(MAX_HEADERS);
    loop {
        let Ok(place) = places.clone().acquire_owned().await else {
            return;
        };
        let Some((stream, peer)) = next(listener).await else {
            continue;
        };
        let service = TowerToHyperService::new(router(emulator.clone(), gate.clone(), peer));
        let connection = open.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // What goes wrong on a connection is the client's affair: it left, or spoke no HTTP.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended badly");
            }
            drop(place);
        });
    }
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

/// The routes of one connection: all of them lead to the emulator, which does its own routing by
/// what AWS's protocols put into headers and bodies.
fn router(emulator: Emulator, gate: Arc<Gate>, peer: SocketAddr) -> Router {
    Router::new().fallback(move |mut request: Request| {
        let (emulator, gate) = (emulator.clone(), gate.clone());
        request.extensions_mut().insert(Peer(peer));
        async move { Ok::<_, Infallible>(answer(&emulator, &gate, request).await) }
    })
}

async fn answer(emulator: &Emulator, gate: &Gate, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if let Err(reason) = gate.check(&parts.headers) {
        return refusal("AccessDeniedException", 403, reason);
    }
    match timeout(PATIENCE, to_bytes(body, MAX_BODY)).await {
        Ok(Ok(body)) => emulator
            .handle(http::Request::from_parts(parts, body))
            .await
            .map(Body::from),
        Ok(Err(_)) => refusal(
            "RequestEntityTooLarge",
            413,
            "The request body is larger than 1 MiB, or broken off.",
        ),
        Err(_) => refusal(
            "RequestTimeout",
            408,
            "The request body did not arrive in time.",
        ),
    }
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
