//! Deciding demands for one caller: gathers the policies that apply, asks the engine, and keeps
//! what was decided.

use std::ops::Deref;
use std::sync::Arc;

use sekisho_iam::{
    Context, Decision, Denial, Layer, Named, Policies, Request, Resource, Trace, evaluate, explain,
};

use super::context::{Circumstances, context};
use super::demand::{Demand, Target};
use crate::caller::{Caller, Principal};
use crate::iam::model::{ManagedPolicy, User};
use crate::store::Transaction;
use crate::timestamp::Timestamp;
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

/// How an emulator decides and words what it decides.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Rules {
    /// What decisions count for.
    pub mode: Mode,
    /// Whether an explicit denial ends in the ARN of the managed policy that denies, as AWS began
    /// to write it in 2025. Secrets Manager was not seen to do so yet.
    pub names_policies: bool,
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
    around: Circumstances<'a>,
    now: Timestamp,
    rules: Rules,
    made: Vec<Made>,
}

/// A decision that was made, with all that it was made on: the policies may be gone when somebody
/// asks for its reasons.
#[derive(Clone)]
pub struct Made {
    /// What was demanded.
    pub demand: Demand,
    /// What the engine said.
    pub decision: Decision,
    attached: Attached,
    now: Timestamp,
    names_policies: bool,
}

impl Made {
    /// Whether it was a denial.
    pub fn is_denied(&self) -> bool {
        !self.decision.is_allowed()
    }

    /// AWS's sentence, if it was a denial.
    pub fn sentence(&self, caller: &Caller) -> Option<String> {
        let (resource, owner) = match &self.demand.target {
            Target::None => (None, caller.account),
            Target::Resource { shown, account, .. } => (Some(shown.as_str()), *account),
        };
        let denial = Denial {
            caller: &caller.arn,
            action: self.demand.action,
            resource,
            decision: self.decision,
            is_foreign: owner != caller.account,
            via: None,
            through_scp: false,
            policy_arn: self.policy_arn(),
        };
        self.is_denied().then(|| denial.to_string())
    }

    /// The ARN of the policy that decided, if denials shall name it: inline policies have none.
    fn policy_arn(&self) -> Option<&str> {
        let (policy, _) = self.determining().filter(|_| self.names_policies)?;
        Some(policy.name.as_str()).filter(|name| name.starts_with("arn:"))
    }

    /// The decision once more: what was asked, and all reasons.
    pub fn explain(
        &self,
        caller: &Caller,
        around: &Circumstances<'_>,
        tell: impl FnOnce(&Request<'_>, &Trace),
    ) {
        let question = (&self.demand, around, self.now);
        with_request(caller, &self.attached, question, true, |request| {
            tell(request, &explain(request, &self.attached.policies()));
        });
    }

    /// The policy and the statement in it that decided; none where the absence of one did.
    pub fn determining(&self) -> Option<(&Named, usize)> {
        let determining = self
            .decision
            .determining
            .filter(|_| self.decision.layer == Layer::Identity)?;
        let policy = self.attached.identity.get(determining.policy as usize)?;
        Some((policy, determining.statement as usize))
    }
}

impl<'a> Access<'a> {
    pub(crate) fn new(
        caller: &'a Caller,
        around: Circumstances<'a>,
        now: Timestamp,
        rules: Rules,
    ) -> Self {
        Self {
            caller,
            around,
            now,
            rules,
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
        if self.rules.mode == Mode::Off {
            return Ok(Authorized(input));
        }
        let attached = attached(tx, self.caller);
        for demand in demands {
            let decision = self.decide(&attached, &demand);
            let made = Made {
                demand,
                decision,
                attached: attached.clone(),
                now: self.now,
                names_policies: self.rules.names_policies,
            };
            let refused = made
                .sentence(self.caller)
                .filter(|_| self.rules.mode == Mode::Enforce);
            self.made.push(made);
            if let Some(sentence) = refused {
                return Err(Fault::access_denied(protocol, sentence));
            }
        }
        Ok(Authorized(input))
    }

    fn decide(&self, attached: &Attached, demand: &Demand) -> Decision {
        // Most policies read no context, and then it need not be gathered.
        let mut policies = attached.identity.iter();
        let reads_context = policies.any(|named| named.policy.reads_context());
        let question = (demand, &self.around, self.now);
        with_request(self.caller, attached, question, reads_context, |request| {
            evaluate(request, &attached.policies())
        })
    }
}

/// What is attached to a caller, as of one attempt.
#[derive(Clone, Default)]
struct Attached {
    /// Whose tags conditions may ask for.
    user: Option<Arc<User>>,
    identity: Arc<[Arc<Named>]>,
}

impl Attached {
    fn policies(&self) -> Policies<'_> {
        Policies {
            identity: &self.identity,
            ..Policies::default()
        }
    }
}

/// Puts a demand to the engine.
fn with_request<T>(
    caller: &Caller,
    attached: &Attached,
    (demand, around, now): (&Demand, &Circumstances<'_>, Timestamp),
    reads_context: bool,
    ask: impl FnOnce(&Request<'_>) -> T,
) -> T {
    let principal = caller.to_engine();
    let resource = match &demand.target {
        Target::None => Resource {
            arn: None,
            account: caller.account.as_str(),
        },
        Target::Resource { arn, account, .. } => Resource {
            arn: Some(arn),
            account: account.as_str(),
        },
    };
    let gathered;
    let context = if reads_context {
        gathered = context(
            attached.user.as_deref(),
            &principal,
            &resource,
            demand,
            around,
            now,
        );
        &gathered
    } else {
        &Context::EMPTY
    };
    ask(&Request {
        principal: &principal,
        action: demand.action,
        resource,
        context,
    })
}

/// Everything attached to a caller: inline policies first, then managed ones. Read through the
/// transaction, so that a write relies on the policies and tags that allowed it.
fn attached(tx: &mut Transaction<'_>, caller: &Caller) -> Attached {
    let Principal::User {
        user: known,
        key,
        inline,
    } = &caller.principal
    else {
        return Attached::default();
    };
    // The user as of this attempt: deleted meanwhile, it has no policies any more.
    let Some(user) = tx.get::<User>(key).filter(|user| user.id == known.id) else {
        return Attached::default();
    };
    let identity = if Arc::ptr_eq(&user, known) && user.attached.is_empty() {
        inline.clone()
    } else {
        let mut policies: Vec<Arc<Named>> =
            Vec::with_capacity(user.inline.len() + user.attached.len());
        policies.extend(user.inline.values().map(|inline| inline.policy.clone()));
        for arn in &user.attached {
            let managed =
                ManagedPolicy::key_of_arn(arn).and_then(|key| tx.get::<ManagedPolicy>(&key));
            // A policy that is attached cannot be deleted.
            debug_assert!(managed.is_some(), "{arn} is gone");
            policies.extend(managed.map(|managed| managed.default_version().policy.clone()));
        }
        policies.into()
    };
    Attached {
        user: Some(user),
        identity,
    }
}

#[cfg(test)]
mod tests;
