//! Deciding demands for one caller: gathers the policies that apply, asks the engine, and keeps
//! what was decided.

use sekisho_iam::{
    Context, Decision, Denial, Layer, Level, Named, Request, Resource, Trace, evaluate, explain,
};
use std::ops::Deref;
use std::sync::Arc;

use super::attached::{Attached, attached};
use super::context::{Circumstances, context};
use super::demand::{Demand, Target};
use crate::caller::Caller;
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

/// A demand that was denied, in AWS's words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Denied {
    /// AWS's sentence.
    pub sentence: String,
}

/// The rights of one caller during one attempt at an operation.
pub struct Access<'a> {
    caller: &'a Caller,
    around: Circumstances<'a>,
    now: Timestamp,
    rules: Rules,
    /// What is attached to the caller, once it has been read.
    attached: Option<Attached>,
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
            policy_arn: self.policy_arn(caller),
        };
        self.is_denied().then(|| denial.to_string())
    }

    /// The ARN of the policy that decided, if denials shall name it: inline policies have none.
    /// Control policies are always named, as AWS was seen to do.
    fn policy_arn(&self, caller: &Caller) -> Option<&str> {
        let is_control = matches!(self.decision.layer, Layer::Scp | Layer::Rcp);
        let names = self.names_policies || is_control;
        let (policy, _) = self.determining(caller).filter(|_| names)?;
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
            tell(
                request,
                &explain(request, &self.attached.policies(caller, &self.demand)),
            );
        });
    }

    /// The policy and the statement in it that decided; none where the absence of one did.
    pub fn determining(&self, caller: &Caller) -> Option<(&Named, usize)> {
        let determining = self.decision.determining?;
        let at = determining.policy as usize;
        let policy = match self.decision.layer {
            Layer::Identity => self.attached.identity.get(at)?,
            Layer::Boundary => self.attached.boundary.as_deref()?,
            Layer::Session => self.attached.session.as_ref()?.get(at)?,
            Layer::Resource | Layer::Trust => self.demand.resource_policy()?.policy,
            Layer::Scp => at_level(self.attached.scps(caller), at)?,
            Layer::Rcp => at_level(self.attached.rcps(&self.demand), at)?,
            _ => return None,
        };
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
            attached: None,
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
        for demand in demands {
            self.allows(tx, demand)
                .map_err(|denied| Fault::access_denied(protocol, denied.sentence))?;
        }
        Ok(Authorized(input))
    }

    /// Decides a demand that an operation could not know before it ran.
    pub(crate) fn allows(
        &mut self,
        tx: &mut Transaction<'_>,
        demand: Demand,
    ) -> Result<(), Denied> {
        if self.rules.mode == Mode::Off {
            return Ok(());
        }
        let attached = self
            .attached
            .get_or_insert_with(|| attached(tx, self.caller))
            .clone();
        let made = Made {
            decision: self.decide(&attached, &demand),
            demand,
            attached,
            now: self.now,
            names_policies: self.rules.names_policies,
        };
        let sentence = made
            .sentence(self.caller)
            .filter(|_| self.rules.mode == Mode::Enforce);
        self.made.push(made);
        sentence.map_or(Ok(()), |sentence| Err(Denied { sentence }))
    }

    /// Whether a demand would be allowed, for questions of what would be; nothing is kept of it.
    pub(crate) fn would_allow(&mut self, tx: &mut Transaction<'_>, demand: &Demand) -> bool {
        if self.rules.mode == Mode::Off {
            return true;
        }
        let attached = self
            .attached
            .get_or_insert_with(|| attached(tx, self.caller))
            .clone();
        self.decide(&attached, demand).is_allowed()
    }

    fn decide(&self, attached: &Attached, demand: &Demand) -> Decision {
        // Most policies read no context, and then it need not be gathered.
        let reads_context = attached
            .all(self.caller, demand)
            .any(|named| named.policy.reads_context());
        let question = (demand, &self.around, self.now);
        with_request(self.caller, attached, question, reads_context, |request| {
            evaluate(request, &attached.policies(self.caller, demand))
        })
    }
}

/// The policy of a number, as decisions count those of all levels.
fn at_level(levels: &[Level], at: usize) -> Option<&Arc<Named>> {
    levels.iter().flat_map(|level| &level.policies).nth(at)
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
            (caller, attached),
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

#[cfg(test)]
mod tests;
