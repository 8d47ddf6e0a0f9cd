//! AWS's sentence for a denial. Words, nothing else.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html>

use sekisho_iam::{Decision, Layer, Outcome};

use super::demand::{Demand, Target};

/// Who may not do what to what, and which kind of policy is to blame.
pub(super) fn sentence(caller_arn: &str, demand: &Demand, decision: &Decision) -> String {
    let action = demand.action;
    let on = match &demand.target {
        Target::None => String::new(),
        Target::Resource { shown, .. } => format!(" on resource: {shown}"),
    };
    let (article, layer) = words(decision.layer);
    let because = if decision.outcome == Outcome::ExplicitDeny {
        format!("with an explicit deny in {article} {layer}")
    } else {
        format!("because no {layer} allows the {action} action")
    };
    format!("User: {caller_arn} is not authorized to perform: {action}{on} {because}")
}

fn words(layer: Layer) -> (&'static str, &'static str) {
    match layer {
        Layer::Identity => ("an", "identity-based policy"),
        // Grants and root only ever allow.
        Layer::Resource | Layer::Grant | Layer::Root => ("a", "resource-based policy"),
        Layer::Boundary => ("a", "permissions boundary"),
        Layer::Session => ("a", "session policy"),
        Layer::Scp => ("a", "service control policy"),
        Layer::Rcp => ("a", "resource control policy"),
        Layer::Endpoint => ("a", "VPC endpoint policy"),
        Layer::Trust => ("the", "role trust policy"),
    }
}
