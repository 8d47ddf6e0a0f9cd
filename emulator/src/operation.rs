//! The shape of an operation, and the tables that services make of them. A table yields dispatch,
//! the list of actions, and the table of the README.

use bytes::Bytes;
use sekisho_iam::table;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::account::Scope;
use crate::authorization::{Access, Authorized, Demand};
use crate::environment::Environment;
use crate::store::Transaction;
use crate::sts::web_identity::{Outcome, WebIdentity};
use crate::timestamp::Timestamp;
use crate::wire::route::Endpoint;
use crate::wire::{Fault, Member, Protocol, Reply, aws_json, aws_query};

/// An operation of a service. Reads top to bottom in a file of its own; knows no HTTP, evaluates
/// no policy, and has no clock but the one it is given.
pub trait Operation: Send + Sync + 'static {
    /// The name in requests and, behind the service's prefix, in policies.
    const NAME: &'static str;
    /// The input's members with their limits, as the model has them.
    const MEMBERS: &'static [Member];
    /// Members that AWS acts on and this operation would pass over: a request with one is refused.
    const UNREAD: &'static [&'static str] = &[];
    /// The input, once its members are checked.
    type Input: DeserializeOwned + Send + Sync;
    /// The output.
    type Output: Serialize;
    /// The service's errors.
    type Error: Into<Fault>;

    /// Whether requests must be signed.
    const IS_SIGNED: bool = true;

    /// The token that says who asks, where requests are not signed.
    fn web_identity(_input: &Self::Input) -> Option<WebIdentity<'_>> {
        None
    }

    /// What can be refused before anything is looked up. When a caller is told, the error decides:
    /// in awsQuery a `ValidationError` comes before the caller is authorized, and all else after,
    /// so what is a `ValidationError` is checked first; in awsJson everything comes after.
    fn check(_input: &Self::Input) -> Result<(), Self::Error> {
        Ok(())
    }

    /// What the caller must be allowed to do; each demand is decided alone, in this order.
    fn demands(input: &Self::Input, call: &mut Call<'_>) -> Vec<Demand>;

    /// What the operation does, once it is allowed. Runs again from `demands` when its commit
    /// loses a race, so it changes nothing but the transaction.
    fn run(
        input: Authorized<'_, Self::Input>,
        call: &mut Call<'_>,
    ) -> Result<Self::Output, Self::Error>;
}

/// One attempt at an operation: where, when, on what, and with whose rights.
pub struct Call<'a> {
    /// The account and region addressed.
    pub scope: &'a Scope,
    /// The instant at which everything in this attempt happens.
    pub now: Timestamp,
    /// Reads and writes.
    pub tx: Transaction<'a>,
    /// The caller, and decisions about what the caller may do.
    pub access: Access<'a>,
    /// Ids and entropy.
    pub environment: &'a Environment,
    /// The ARNs of the rotation functions that exist.
    pub functions: &'a [String],
    /// What became of the token, where one takes the place of a signature.
    pub(crate) voucher: Option<&'a Outcome>,
}

/// The operations of a service.
pub struct Table {
    /// What the service is called on the wire.
    pub endpoint: Endpoint,
    /// What it does, one line an operation, by name.
    pub operations: &'static [Entry],
    /// Operations that AWS has and this emulator has not yet.
    pub missing: &'static [&'static str],
}

impl Table {
    /// The entry of an operation, or AWS's refusal.
    pub fn find(&self, name: Option<&str>) -> Result<&'static Entry, Fault> {
        let Endpoint {
            protocol,
            version,
            name: service,
            ..
        } = self.endpoint;
        let Some(name) = name else {
            return Err(match protocol {
                Protocol::Json => Fault::unknown_operation(protocol, "", version),
                Protocol::Query => Fault::framework(
                    "MissingAction",
                    400,
                    "The request must contain the parameter Action.",
                ),
            });
        };
        match self.operations.iter().find(|entry| entry.name == name) {
            Some(entry) => Ok(entry),
            None if self.missing.contains(&name) => {
                Err(Fault::not_implemented(protocol, service, name))
            }
            None => Err(Fault::unknown_operation(protocol, name, version)),
        }
    }
}

/// An operation with its types erased.
pub struct Entry {
    /// The operation's name.
    pub name: &'static str,
    /// Whether requests must be signed.
    pub(crate) is_signed: bool,
    /// Reads its input.
    pub(crate) read: Reader,
}

/// Reads a body, or parameters, into an input.
type Reader = fn(&Bytes, &aws_query::Parameters, Protocol) -> Result<Box<dyn Attempt>, Fault>;

impl Entry {
    /// The line of an operation in a table.
    pub const fn of<O: Operation>() -> Self {
        Self {
            name: O::NAME,
            is_signed: O::IS_SIGNED,
            read: read::<O>,
        }
    }
}

/// An input that has been read, ready to be tried as often as it takes.
pub(crate) trait Attempt: Send + Sync {
    /// The token that says who asks, where requests are not signed.
    fn web_identity(&self) -> Option<WebIdentity<'_>> {
        None
    }

    /// Decides, runs, and writes the answer's body. Nothing is committed here.
    fn run(&self, call: &mut Call<'_>, reply: &Reply<'_>) -> Result<Vec<u8>, Fault>;
}

fn read<O: Operation>(
    body: &Bytes,
    parameters: &aws_query::Parameters,
    protocol: Protocol,
) -> Result<Box<dyn Attempt>, Fault> {
    let reading = match protocol {
        Protocol::Query => {
            if let Some(unread) = O::UNREAD.iter().find(|name| parameters.have(name)) {
                return Err(Fault::unread(O::NAME, unread));
            }
            Reading::<O>::of(parameters.read(O::MEMBERS)?)
        }
        Protocol::Json => match aws_json::read(O::MEMBERS, body)? {
            aws_json::Read::Sound(input) => Reading::of(input),
            aws_json::Read::Violating { input, fault } => {
                return Ok(Box::new(Violating::<O> { input, fault }));
            }
        },
    };
    match reading.refusal {
        Some(fault) if protocol == Protocol::Query && fault.is_validation_error() => Err(fault),
        _ => Ok(Box::new(reading)),
    }
}

/// The most bytes of demands that a record may keep of an input that is refused anyway.
const MOST_TO_JUDGE: usize = 16 * 1024;

/// An input that violates no constraint.
struct Reading<O: Operation> {
    input: O::Input,
    /// Of which the caller hears once authorized.
    refusal: Option<Fault>,
}

impl<O: Operation> Reading<O> {
    fn of(input: O::Input) -> Self {
        let refusal = O::check(&input).err().map(Into::into);
        Self { input, refusal }
    }
}

impl<O: Operation> Attempt for Reading<O> {
    fn web_identity(&self) -> Option<WebIdentity<'_>> {
        O::web_identity(&self.input)
    }

    fn run(&self, call: &mut Call<'_>, reply: &Reply<'_>) -> Result<Vec<u8>, Fault> {
        let demands = O::demands(&self.input, call);
        let authorized =
            call.access
                .authorize(&mut call.tx, &self.input, demands, reply.endpoint.protocol)?;
        if let Some(fault) = &self.refusal {
            return Err(fault.clone());
        }
        let output = O::run(authorized, call).map_err(Into::into)?;
        reply.body(O::NAME, &output)
    }
}

/// An input that violates constraints. A caller who is not allowed the operation is not told so:
/// in awsJson, AWS asks IAM before it judges an input.
struct Violating<O: Operation> {
    input: Option<O::Input>,
    fault: Fault,
}

impl<O: Operation> Attempt for Violating<O> {
    fn run(&self, call: &mut Call<'_>, reply: &Reply<'_>) -> Result<Vec<u8>, Fault> {
        let demands = self.input.as_ref().map(|input| O::demands(input, call));
        let are_short = |demands: &Vec<Demand>| {
            demands.iter().map(Demand::weight).sum::<usize>() <= MOST_TO_JUDGE
        };
        // Without what it names, nothing is known of what it is about.
        let demands = demands.filter(are_short).unwrap_or_else(|| {
            let action = table::action(&format!("{}:{}", reply.endpoint.name, O::NAME));
            debug_assert!(action.is_some(), "{} is no action of the table", O::NAME);
            let demand = action.map(|action| Demand::without_resource(action.name));
            demand.into_iter().collect()
        });
        call.access
            .authorize(&mut call.tx, &(), demands, reply.endpoint.protocol)?;
        Err(self.fault.clone())
    }
}

/// How many missing operations a table names; more are counted.
const NAMED_AT_MOST: usize = 20;

/// The Markdown table of operations, as the README shows it.
pub fn markdown(tables: &[&Table]) -> String {
    let mut text = String::from("| service | implemented | not yet |\n|---|---|---|\n");
    for table in tables {
        let done: Vec<&str> = table.operations.iter().map(|entry| entry.name).collect();
        let missing = match table.missing.len() {
            0 => "–".to_owned(),
            1..=NAMED_AT_MOST => table.missing.join(", "),
            many => format!("{many} others"),
        };
        text.push_str(&format!(
            "| `{}` | {} | {missing} |\n",
            table.endpoint.name,
            done.join(", ")
        ));
    }
    text
}

#[cfg(test)]
mod tests;
