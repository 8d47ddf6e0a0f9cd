//! Deciding demands for one caller: gathers the policies that apply, asks the engine, and keeps
//! what was decided.

use std::ops::Deref;
use std::sync::Arc;

use sekisho_iam::{Context, Decision, Layer, Named, Policies, Request, Resource, evaluate};

use super::demand::{Demand, Target};
use super::sentence::sentence;
use crate::caller::{Caller, Principal};
use crate::iam::model::{ManagedPolicy, User};
use crate::store::Transaction;
use crate::wire::{Fault, Protocol};

/// How much a decision counts for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Mode {
    /// Everything is verified; what is denied is refused.
    #[default]
    Enforce,
    /// Everything is verified; what is denied is recorded and let through.
    Audit,
    /// Nothing is verified and nothing denied.
    Off,
}

/// Proof that an input was authorized. Only this module can make one, and operations take nothing
/// else, so authorization cannot be forgotten.
pub struct Authorized<'a, I>(&'a I);

impl<I> Deref for Authorized<'_, I> {
    type Target = I;

    fn deref(&self) -> &I {
        self.0
    }
}

/// The rights of one caller during one attempt at an operation.
pub struct Access<'a> {
    caller: &'a Caller,
    mode: Mode,
    made: Vec<Made>,
}

/// A decision that was made, with the policies it was made on: these may be gone when somebody
/// asks for its reasons.
#[derive(Clone)]
pub struct Made {
    /// What was demanded.
    pub demand: Demand,
    /// What the engine said.
    pub decision: Decision,
    policies: Arc<[Arc<Named>]>,
}

impl Made {
    /// Whether it was a denial.
    pub fn is_denied(&self) -> bool {
        !self.decision.is_allowed()
    }

    /// AWS's sentence, if it was a denial.
    pub fn sentence(&self, caller_arn: &str) -> Option<String> {
        self.is_denied()
            .then(|| sentence(caller_arn, &self.demand, &self.decision))
    }

    /// The policy and the statement in it that decided; none where the absence of one did.
    pub fn determining(&self) -> Option<(&Named, usize)> {
        let determining = self
            .decision
            .determining
            .filter(|_| self.decision.layer == Layer::Identity)?;
        let policy = self.policies.get(determining.policy as usize)?;
        Some((policy, determining.statement as usize))
    }
}

impl<'a> Access<'a> {
    pub(crate) fn new(caller: &'a Caller, mode: Mode) -> Self {
        Self {
            caller,
            mode,
            made: Vec::new(),
        }
    }

    /// Who asks.
    pub fn caller(&self) -> &'a Caller {
        self.caller
    }

    /// What has been decided, handed over to the record.
    pub(crate) fn take_made(&mut self) -> Vec<Made> {
        std::mem::take(&mut self.made)
    }

    /// Decides each demand alone, in order; the first that is denied is the refusal.
    pub(crate) fn authorize<'i, I>(
        &mut self,
        tx: &mut Transaction<'_>,
        input: &'i I,
        demands: Vec<Demand>,
        protocol: Protocol,
    ) -> Result<Authorized<'i, I>, Fault> {
        if self.mode == Mode::Off {
            return Ok(Authorized(input));
        }
        let policies = identity_policies(tx, self.caller);
        for demand in demands {
            let decision = self.decide(&policies, &demand);
            let made = Made {
                demand,
                decision,
                policies: policies.clone(),
            };
            let refused = made
                .sentence(&self.caller.arn)
                .filter(|_| self.mode == Mode::Enforce);
            self.made.push(made);
            if let Some(sentence) = refused {
                return Err(Fault::access_denied(protocol, sentence));
            }
        }
        Ok(Authorized(input))
    }

    fn decide(&self, policies: &[Arc<Named>], demand: &Demand) -> Decision {
        let principal = self.caller.to_engine();
        let resource = match &demand.target {
            Target::None => Resource {
                arn: None,
                account: self.caller.account.as_str(),
            },
            Target::Resource { arn, account, .. } => Resource {
                arn: Some(arn),
                account: account.as_str(),
            },
        };
        let request = Request {
            principal: &principal,
            action: demand.action,
            resource,
            context: &Context::EMPTY,
        };
        evaluate(
            &request,
            &Policies {
                identity: policies,
                ..Policies::default()
            },
        )
    }
}

/// Everything attached to a caller: inline policies first, then managed ones. Read through the
/// transaction, so that a write relies on the policies that allowed it.
fn identity_policies(tx: &mut Transaction<'_>, caller: &Caller) -> Arc<[Arc<Named>]> {
    let Principal::User {
        user: known,
        key,
        inline,
    } = &caller.principal
    else {
        return Arc::default();
    };
    // The user as of this attempt: deleted meanwhile, it has no policies any more.
    let Some(user) = tx.get::<User>(key).filter(|user| user.id == known.id) else {
        return Arc::default();
    };
    if Arc::ptr_eq(&user, known) && user.attached.is_empty() {
        return inline.clone();
    }
    let mut policies: Vec<Arc<Named>> = Vec::with_capacity(user.inline.len() + user.attached.len());
    policies.extend(user.inline.values().map(|inline| inline.policy.clone()));
    for arn in &user.attached {
        let managed = ManagedPolicy::key_of_arn(arn).and_then(|key| tx.get::<ManagedPolicy>(&key));
        policies.extend(managed.map(|managed| managed.default_version().policy.clone()));
    }
    policies.into()
}
