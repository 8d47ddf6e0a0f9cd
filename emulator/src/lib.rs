//! An offline AWS Secrets Manager that says no the way AWS does, and tells you why.
//!
//! # In your tests
//!
//! ```
//! # #[cfg(feature = "sdk")] {
//! use sekisho::Emulator;
//!
//! let emulator = Emulator::builder().build();
//! let http_client = emulator.http_client(); // for aws_sdk_secretsmanager::Config::builder()
//! # }
//! ```
//!
//! An emulator is a value: no port, no thread, no timer, no global state. Thousands live in one
//! process. The features are `sdk` (the HTTP client above), `server` (sockets: [`http`]) and `cli`
//! (the program); without them the library opens no socket and stays light.
//!
//! # The map: a request from top to bottom
//!
//! 1. **`http`** reads a request off a socket, or **`in_process`** takes it from the AWS SDK.
//! 2. **`service`** is the page to read first: it is the walk below, without detail. What is ours
//!    (`/_sekisho/…`) goes to **`control`**.
//! 3. **`wire`** finds the service and the operation, and turns bytes into a typed input: awsJson
//!    for Secrets Manager, awsQuery for IAM and STS. The limits of AWS's models are declared as
//!    data (`wire::Member`) and reported in AWS's one error for all of them.
//! 4. **`authentication`** turns an access key id and a signature into a `Caller`, with
//!    `sekisho-sigv4`.
//! 5. **`operation`** is what every operation looks like: it states what it *demands* of IAM, and
//!    then *runs*.
//! 6. **`authorization`** decides each demand with `sekisho-iam`, and says AWS's sentence. `run`
//!    takes an `Authorized` input, which only this module can make.
//! 7. **`secretsmanager`**, **`iam`**, **`sts`** hold the operations, one file each, and under
//!    `model` the rules that need no server. `mod.rs` of each is its table. **`organization`** holds
//!    the accounts and control policies that `control` is given.
//! 8. **`store`** commits what the operation wrote, if what it read is unchanged; otherwise the
//!    walk begins again at 5, and everything is decided anew.
//! 9. **`audit`** keeps the record of the request, which **`control`** shows, and writes its line;
//!    **`background`** does what falls due without a caller.
//!
//! To add an operation: a file in its service's folder, shaped as its neighbours are, a line in
//! the table of `mod.rs`, and a case in `contract-tests`.
//!
//! # Architecture invariants
//!
//! They say what is absent; a test in `contract-tests/tests/tidy.rs` looks for it.
//!
//! - `sekisho-iam` and `sekisho-sigv4` know no IO, no clock, no async and no logger.
//! - An operation knows no HTTP and no signature, evaluates no policy, and has no clock but the
//!   one it is given.
//! - `wire` knows no operation, no store, no policy. `store` knows no service.
//! - Only `environment` reads time or randomness. Only `http` listens, and `gate` judges headers;
//!   only `issuers` connects, and to loopback alone.
//! - The emulator links no AWS SDK, but for `aws-smithy-*` behind feature `sdk`.
//! - A type that holds secret bytes derives neither `Debug`, `Serialize` nor `PartialEq`.

pub mod account;
mod audit;
mod authentication;
mod authorization;
mod background;
mod caller;
mod control;
mod emulator;
mod environment;
#[cfg(any(test, feature = "fuzz"))]
#[doc(hidden)]
pub mod fuzz;
mod iam;
mod issuers;
#[cfg(test)]
mod model_check;
mod operation;
mod organization;
mod secretsmanager;
mod sensitive;
mod service;
pub mod store;
mod sts;
mod tag;
pub mod timestamp;
mod wire;

pub use authorization::Mode;
pub use control::Permit;
pub use emulator::{Builder, Emulator};
#[cfg(feature = "server")]
pub use gate::Gate;
pub use issuers::{InvalidIssuer, Issuer};
pub use organization::OrganizationError;

#[cfg(feature = "server")]
mod gate;
#[cfg(feature = "server")]
pub mod http;
#[cfg(feature = "sdk")]
mod in_process;

/// The table of operations in Markdown, as the README shows it.
pub fn operations_markdown() -> String {
    operation::markdown(&service::TABLES)
}
