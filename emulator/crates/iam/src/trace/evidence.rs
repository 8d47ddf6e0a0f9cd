//! What the layers say, from statements already looked at; and what they would say if one thing
//! were different.

use super::{LayerTrace, StatementTrace, placed};
use crate::decision::{Determining, Layer};
use crate::evaluate::{Evidence, Flow, ResourceGrant, layer_of};
use crate::policy::Effect;
use crate::principal::Grade;

/// The statements of all layers.
pub(super) struct Seen<'a> {
    flow: &'a Flow<'a>,
    layers: &'a [LayerTrace],
    hypothesis: Hypothesis,
}

/// Something that is not so, to see what would follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hypothesis {
    /// All is as it is.
    Nothing,
    /// A statement applies, and names the caller exactly if it names anyone.
    Applies(Layer, Determining),
    /// A statement does not apply.
    DoesNot(Layer, Determining),
    /// A layer has one more statement, which allows the caller exactly this.
    Allows(Layer),
}

/// Where a statement would be that is not there.
const NOWHERE: Determining = Determining {
    policy: u32::MAX,
    statement: 0,
};

impl<'a> Seen<'a> {
    pub(super) fn new(flow: &'a Flow<'a>, layers: &'a [LayerTrace]) -> Self {
        let hypothesis = Hypothesis::Nothing;
        Self {
            flow,
            layers,
            hypothesis,
        }
    }

    /// The same statements, if something were different.
    pub(super) fn supposing(&self, hypothesis: Hypothesis) -> Self {
        Self {
            hypothesis,
            ..*self
        }
    }

    /// The statements of a layer that apply, with their effects, in order.
    fn applying(&self, layer: Layer) -> impl Iterator<Item = (Determining, &'a StatementTrace)> {
        let hypothesis = self.hypothesis;
        placed(self.layers, layer).filter(move |(at, trace)| match hypothesis {
            Hypothesis::Applies(l, a) if (l, a) == (layer, *at) => true,
            Hypothesis::DoesNot(l, a) if (l, a) == (layer, *at) => false,
            _ => trace.applies,
        })
    }

    fn first(&self, layer: Layer, effect: Effect) -> Option<Determining> {
        let mut applying = self.applying(layer);
        applying
            .find(|(_, trace)| trace.effect == effect)
            .map(|(at, _)| at)
    }
}

impl Evidence for Seen<'_> {
    fn deny(&self, layer: Layer) -> Option<Determining> {
        self.first(layer, Effect::Deny)
    }

    fn allow(&self, layer: Layer) -> Option<Determining> {
        let allowed = self.hypothesis == Hypothesis::Allows(layer);
        self.first(layer, Effect::Allow)
            .or(allowed.then_some(NOWHERE))
    }

    fn levels_allow(&self) -> bool {
        let layers = self.layers.iter().filter(|trace| trace.layer == Layer::Scp);
        let levels: Vec<Option<u32>> = layers
            .flat_map(|trace| &trace.policies)
            .map(|policy| policy.level)
            .collect();
        // One statement more can only mend one level.
        let mut mended = usize::from(self.hypothesis == Hypothesis::Allows(Layer::Scp));
        (0..).zip(self.flow.policies.scp).all(|(level, _)| {
            let allows = self.applying(Layer::Scp).any(|(at, trace)| {
                trace.effect == Effect::Allow && levels[at.policy as usize] == Some(level)
            });
            let is_mended = !allows && mended > 0;
            mended -= usize::from(is_mended);
            allows || is_mended
        })
    }

    fn grant(&self) -> Option<ResourceGrant> {
        let resource = self.flow.policies.resource?;
        let layer = layer_of(resource.kind);
        let from_policy = self
            .applying(layer)
            .filter(|(_, trace)| trace.effect == Effect::Allow && trace.principal.is_some())
            .map(|(by, trace)| {
                let grade = trace.grade.unwrap_or(Grade::Caller);
                ResourceGrant { grade, layer, by }
            });
        let supposed = (self.hypothesis == Hypothesis::Allows(layer)).then_some(ResourceGrant {
            grade: Grade::Caller,
            layer,
            by: NOWHERE,
        });
        let grants = self
            .layers
            .iter()
            .filter(|trace| trace.layer == Layer::Grant);
        let grants = grants.flat_map(|trace| (0..).zip(&trace.grants));
        let from_grants = grants.filter_map(|(policy, trace)| {
            let by = Determining {
                policy,
                statement: 0,
            };
            Some(ResourceGrant {
                grade: trace.grade?,
                layer: Layer::Grant,
                by,
            })
        });
        from_policy
            .chain(supposed)
            .chain(from_grants)
            .fold(None, ResourceGrant::closer)
    }
}
