//! The embedding API: an emulator in your process, with no port, no thread and no global state.

#[cfg(feature = "server")]
use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
#[cfg(feature = "server")]
use http::request::Parts;
use http::{Request, Response};

use crate::audit::Ring;
use crate::authentication::{Keys, Roots};
use crate::authorization::{Mode, Rules};
use crate::control::Permit;
use crate::environment::Environment;
use crate::issuers::{Issuer, Issuers};
use crate::organization::{self, OrganizationError};
use crate::service::Service;
use crate::store::{Memory, Store};
use crate::timestamp::Timestamp;

/// An emulated AWS. Clones share one state; it ends with the last of them.
#[derive(Clone)]
pub struct Emulator {
    service: Arc<Service>,
}

impl Emulator {
    /// An emulator in the making.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Answers one HTTP request, as a server would.
    pub async fn handle(&self, request: Request<Bytes>) -> Response<Bytes> {
        let (parts, body) = request.into_parts();
        self.service.handle(None, &parts, &body).await
    }

    /// The same for a server, which knows where the request came from.
    #[cfg(feature = "server")]
    pub(crate) async fn answer(
        &self,
        peer: SocketAddr,
        parts: &Parts,
        body: &Bytes,
    ) -> Response<Bytes> {
        self.service.handle(Some(peer), parts, body).await
    }

    /// The emulated time.
    pub fn now(&self) -> Timestamp {
        self.service.environment.now()
    }

    /// Holds the emulated time at an instant: deletion windows and dates follow it, the freshness
    /// of signatures does not.
    pub fn hold_clock(&self, at: Timestamp) {
        self.service.environment.hold_clock(at);
    }

    /// Holds the clock that signatures are judged by; for tests with recorded requests.
    pub fn hold_signature_clock(&self, at: Timestamp) {
        self.service.environment.hold_signature_clock(at);
    }

    /// Does what has fallen due, such as removing secrets whose recovery window has ended. A
    /// server calls this now and then; an answer never depends on it.
    pub async fn tick(&self) {
        crate::background::tick(&*self.service.store, &self.service.environment).await;
    }

    /// Puts an organization in place of the one there is, if any: its accounts, units and control
    /// policies, in the JSON that `PUT /_sekisho/organization` takes. Gives notes for people to
    /// read, on what is valid and probably not meant.
    ///
    /// ```
    /// # async fn example() -> Result<(), sekisho::OrganizationError> {
    /// let emulator = sekisho::Emulator::builder().build();
    /// let notes = emulator
    ///     .put_organization(r#"{"units": {"prod": {"accounts": ["444455556666"]}}}"#)
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The configuration is not valid, or the store does not take it; nothing has changed then.
    pub async fn put_organization(&self, json: &str) -> Result<Vec<String>, OrganizationError> {
        let (store, environment) = (&*self.service.store, &self.service.environment);
        let organization = organization::put(store, environment, json).await?;
        Ok(organization.notes().to_vec())
    }
}

/// See [`Emulator::builder`].
#[derive(Default)]
pub struct Builder {
    rules: Rules,
    no_default_credentials: bool,
    id_seed: Option<u64>,
    store: Option<Arc<dyn Store>>,
    control: Option<Permit>,
    functions: Vec<String>,
    issuers: Vec<Issuer>,
}

impl Builder {
    /// What decisions count for; [`Mode::Enforce`] if not said.
    pub fn mode(mut self, mode: Mode) -> Self {
        self.rules.mode = mode;
        self
    }

    /// Explicit denials end in the ARN of the managed policy that denies.
    pub fn naming_policies(mut self) -> Self {
        self.rules.names_policies = true;
        self
    }

    /// No `test`/`test`: only keys that IAM has issued work.
    pub fn without_default_credentials(mut self) -> Self {
        self.no_default_credentials = true;
        self
    }

    /// Ids that repeat from run to run: ARN suffixes, version ids, request ids, unique ids of IAM. Keys
    /// never repeat. For a store that begins empty: on one that an emulator of the same seed has filled,
    /// ids are given out again that something has already.
    pub fn seed_ids(mut self, seed: u64) -> Self {
        self.id_seed = Some(seed);
        self
    }

    /// Who may use `/_sekisho/…`, health aside; everybody if not said.
    pub fn control(mut self, permit: Permit) -> Self {
        self.control = Some(permit);
        self
    }

    /// A Lambda function that rotates secrets, by its ARN. It is not run: RotateSecret begins a
    /// rotation as if it had been invoked, and the caller takes its part. Of a function that was
    /// not named, RotateSecret says that it cannot be invoked.
    pub fn rotation_function(mut self, arn: impl Into<String>) -> Self {
        self.functions.push(arn.into());
        self
    }

    /// An issuer of web identity tokens, as IAM's OpenID Connect providers name them, with where its
    /// keys are: AssumeRoleWithWebIdentity asks nobody else for them. Of one that comes twice, the
    /// last one counts.
    pub fn oidc_issuer(mut self, issuer: Issuer) -> Self {
        self.issuers.push(issuer);
        self
    }

    /// The store that keeps the state; memory if not said.
    pub fn store(mut self, store: Arc<dyn Store>) -> Self {
        self.store = Some(store);
        self
    }

    /// Makes the emulator. It is ready at once.
    pub fn build(self) -> Emulator {
        let service = Service {
            store: self.store.unwrap_or_else(|| Arc::new(Memory::new())),
            environment: self
                .id_seed
                .map_or_else(Environment::real, Environment::with_seeded_ids),
            keys: Keys {
                roots: if self.no_default_credentials {
                    Roots::none()
                } else {
                    Roots::default_credentials()
                },
                sessions: Default::default(),
            },
            rules: self.rules,
            records: Ring::default(),
            functions: self.functions,
            issuers: Issuers::new(self.issuers),
            control: self.control.unwrap_or(Permit::Open),
        };
        Emulator {
            service: Arc::new(service),
        }
    }
}
