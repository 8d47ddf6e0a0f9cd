//! The only file that knows sockets: a listener, axum in front of the emulator, and an end that
//! lets open requests finish.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;

use crate::emulator::Emulator;
use crate::wire::{self, Fault, Protocol};

/// The largest body that is read; a value of Secrets Manager has at most 64 KiB.
const MAX_BODY: usize = 1 << 20;

/// How often what has fallen due is looked for.
const TICK: Duration = Duration::from_secs(60);

/// How long open requests may take to finish once the server is told to stop.
const GRACE: Duration = Duration::from_secs(5);

/// A server that listens and does not serve yet.
pub struct Server {
    emulator: Emulator,
    listener: TcpListener,
}

impl Server {
    /// Takes the address. Port 0 takes any free one.
    pub async fn bind(emulator: Emulator, address: SocketAddr) -> io::Result<Self> {
        Ok(Self { emulator, listener: TcpListener::bind(address).await? })
    }

    /// Where it listens.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `stop` is done, then until open requests are, or for a few seconds.
    pub async fn serve(self, stop: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        let Self { emulator, listener } = self;
        let (stopping, mut stopped) = tokio::sync::watch::channel(false);
        let signal = async move {
            stop.await;
            let _ = stopping.send(true);
        };
        let server = axum::serve(listener, router(emulator.clone())).with_graceful_shutdown(signal);
        let out_of_patience = async {
            let _ = stopped.wait_for(|stopped| *stopped).await;
            tokio::time::sleep(GRACE).await;
        };
        tokio::select! {
            served = server => served,
            () = ticks(&emulator) => Ok(()),
            () = out_of_patience => {
                tracing::warn!("some connections did not finish and were cut off");
                Ok(())
            }
        }
    }
}

async fn ticks(emulator: &Emulator) {
    loop {
        tokio::time::sleep(TICK).await;
        emulator.tick().await;
    }
}

fn router(emulator: Emulator) -> Router {
    Router::new().fallback(move |request: Request| {
        let emulator = emulator.clone();
        async move { Ok::<_, Infallible>(answer(&emulator, request).await) }
    })
}

async fn answer(emulator: &Emulator, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        let fault = Fault::framework("RequestEntityTooLarge", 413, "The request body is too large or broken off.");
        return wire::refusal(Protocol::Json, "", "", &fault).map(Body::from).into_response();
    };
    emulator.handle(http::Request::from_parts(parts, body)).await.map(Body::from)
}
