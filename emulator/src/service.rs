//! The walk of a request, whole: wire → authentication → operation (authorization inside) → store
//! → wire. No detail lives here.

use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use http::request::Parts;
use http::uri::Scheme;
use http::{Response, header};
use sekisho_sigv4 as sigv4;
use uuid::Uuid;

use crate::audit::{Record, Ring};
use crate::authentication::{self, Authenticated, Keys};
use crate::authorization::{Access, Circumstances, Mode, Rules};
use crate::environment::Environment;
use crate::issuers::Issuers;
use crate::operation::{Attempt, Call, Entry as Known, Table};
use crate::store::{CommitError, Entry, Store, Transaction, Write};
use crate::sts::web_identity::Outcome;
use crate::wire::route::{Asked, Endpoint, Foreign, route};
use crate::wire::{self, Fault, Protocol, Reply};
use crate::{control, iam, secretsmanager, sts};

/// The services, in the order in which tables and docs list them.
pub static TABLES: [&Table; 3] = [&secretsmanager::TABLE, &iam::TABLE, &sts::TABLE];
static ENDPOINTS: [&Endpoint; 3] = [
    &secretsmanager::TABLE.endpoint,
    &iam::TABLE.endpoint,
    &sts::TABLE.endpoint,
];

/// How often an operation is tried while others change what it relies on.
const ATTEMPTS: usize = 16;

/// One emulated AWS.
pub(crate) struct Service {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) environment: Environment,
    pub(crate) keys: Keys,
    pub(crate) rules: Rules,
    pub(crate) records: Ring,
    /// The ARNs of the rotation functions that exist.
    pub(crate) functions: Vec<String>,
    /// Whose web identity tokens can be verified.
    pub(crate) issuers: Issuers,
    pub(crate) control: control::Permit,
}

impl Service {
    /// Answers one request, whatever it is. `peer` is where it came from, if not in-process.
    pub(crate) async fn handle(
        &self,
        peer: Option<SocketAddr>,
        parts: &Parts,
        body: &Bytes,
    ) -> Response<Bytes> {
        if control::is_ours(parts.uri.path()) {
            return control::handle(self, parts, body).await;
        }
        let around = circumstances(peer, parts);
        let id = self.environment.uuid();
        let mut buffer = Uuid::encode_buffer();
        let request_id = &*id.hyphenated().encode_lower(&mut buffer);
        let mut record = Record::begin(&self.environment, id, &around);
        let query = parts.uri.query().unwrap_or_default();
        let response = match route(
            &ENDPOINTS,
            &parts.method,
            parts.uri.path(),
            query,
            &parts.headers,
            body,
        ) {
            Err(foreign) => {
                let fault = not_ours(&foreign);
                record.refused(&fault);
                wire::refusal(foreign.protocol, "", request_id, &fault)
            }
            Ok(asked) => {
                let headers = authentication::headers(&parts.headers);
                let signed = sigv4::Request {
                    method: parts.method.as_str(),
                    path: parts.uri.path(),
                    query,
                    headers: &headers,
                    authority: parts.uri.authority().map(http::uri::Authority::as_str),
                    body,
                };
                let reply = Reply::new(ENDPOINTS[asked.endpoint], request_id, &parts.headers);
                match self
                    .answer(&asked, &signed, around, body, &reply, &mut record)
                    .await
                {
                    Ok(answer) => reply.answer(answer),
                    Err(fault) => {
                        record.refused(&fault);
                        reply.refusal(&fault)
                    }
                }
            }
        };
        record.end(&self.environment, response.status().as_u16());
        record.log();
        self.records
            .push(record, parts.headers.get(header::USER_AGENT));
        response
    }

    async fn answer(
        &self,
        asked: &Asked,
        signed: &sigv4::Request<'_>,
        around: Circumstances<'_>,
        body: &Bytes,
        reply: &Reply<'_>,
        record: &mut Record,
    ) -> Result<Vec<u8>, Fault> {
        let table = TABLES[asked.endpoint];
        let operation = table.find(asked.operation.as_deref()).inspect_err(|_| {
            record.asked(table.endpoint.name, asked.operation.as_deref());
        })?;
        record.found(table.endpoint.name, operation.name);
        let (sender, input, voucher) = if operation.is_signed {
            let sender = self.sender(table, operation, signed)?;
            record.sent_by(&sender.caller, &sender.scope.region);
            let input = (operation.read)(body, &asked.parameters, table.endpoint.protocol)?;
            (sender, input, None)
        } else {
            let input = (operation.read)(body, &asked.parameters, table.endpoint.protocol)?;
            let (sender, voucher) = self.vouched(&*input, table.endpoint.protocol).await?;
            record.sent_by(&sender.caller, &sender.scope.region);
            (sender, input, Some(voucher))
        };
        let around = Circumstances {
            region: Some(sender.scope.region),
            ..around
        };
        for _ in 0..ATTEMPTS {
            let now = self.environment.now();
            let mut call = Call {
                scope: &sender.scope,
                now,
                tx: Transaction::new(&*self.store),
                access: Access::new(&sender.caller, around, now, self.rules),
                environment: &self.environment,
                functions: &self.functions,
                voucher: voucher.as_ref(),
            };
            let outcome = input.run(&mut call, reply);
            record.decided(call.access.take_made());
            let answer = outcome?;
            let (checks, writes) = call.tx.finish();
            if writes.is_empty() {
                return Ok(answer);
            }
            match self.store.commit(checks, writes.clone()).await {
                Ok(_) => return Ok(answer),
                Err(CommitError::Unknown) if applied(&*self.store, &writes) => return Ok(answer),
                Err(CommitError::Conflict(_) | CommitError::Unknown) => {}
                Err(CommitError::Unavailable(reason)) => {
                    tracing::error!(
                        request_id = reply.request_id,
                        reason,
                        "the store refused a commit"
                    );
                    return Err(Fault::internal(table.endpoint.protocol));
                }
            }
        }
        tracing::error!(
            request_id = reply.request_id,
            "gave up after {ATTEMPTS} attempts: others kept changing the same items"
        );
        Err(Fault::internal(table.endpoint.protocol))
    }
}

impl Service {
    /// Whoever has signed a request, if that reaches the operation.
    fn sender(
        &self,
        table: &Table,
        operation: &Known,
        signed: &sigv4::Request<'_>,
    ) -> Result<Authenticated, Fault> {
        if self.rules.mode == Mode::Off {
            return Ok(authentication::assume(&*self.store, &self.keys, signed));
        }
        let sender = authentication::authenticate(
            &*self.store,
            &self.keys,
            &self.environment,
            &table.endpoint,
            signed,
        )?;
        authentication::check_reach(&sender.caller, table.endpoint.name, operation.name)?;
        Ok(sender)
    }

    /// Whomever a token vouches for, and what became of the token.
    async fn vouched(
        &self,
        input: &dyn Attempt,
        protocol: Protocol,
    ) -> Result<(Authenticated, Outcome), Fault> {
        let identity = input
            .web_identity()
            .ok_or_else(|| Fault::internal(protocol))?;
        let voucher = identity.verify(&self.issuers, &self.environment).await;
        let sender = Authenticated {
            caller: voucher.caller,
            scope: voucher.scope,
        };
        Ok((sender, voucher.outcome))
    }
}

/// How a request came. Whoever ends TLS in front of the emulator says so in `X-Forwarded-Proto`.
fn circumstances(peer: Option<SocketAddr>, parts: &Parts) -> Circumstances<'_> {
    let text = |name: &str| {
        parts
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    Circumstances {
        region: None,
        source: peer.map(|peer| peer.ip()),
        is_secure: parts.uri.scheme() == Some(&Scheme::HTTPS)
            || text("x-forwarded-proto") == Some("https"),
        user_agent: text("user-agent"),
        referer: text("referer"),
    }
}

/// Whether a commit of unknown outcome took effect: its very records are what is stored now.
fn applied(store: &dyn Store, writes: &[Write]) -> bool {
    let stands = |write: &Write| match (write, store.get(write.key())) {
        (Write::Put(_, record), Some(Entry { record: stored, .. })) => Arc::ptr_eq(record, &stored),
        // A mark goes with a record that tells.
        (Write::Mark(_), _) | (Write::Delete(_), None) => true,
        _ => false,
    };
    writes.iter().all(stands)
}

/// The answer to a request for a service that is not emulated. One `AWS_ENDPOINT_URL` sends every
/// service here, so this must say plainly what happened, and not as a retryable server error.
fn not_ours(foreign: &Foreign) -> Fault {
    let served = ENDPOINTS.map(|endpoint| endpoint.name).join(", ");
    let message = match &foreign.service {
        Some(service) => format!("Sekisho serves {served}; it does not serve {service}."),
        None => format!("Sekisho serves {served}; this request names no service."),
    };
    Fault::framework("UnknownOperationException", 400, message)
}

#[cfg(test)]
mod tests;
