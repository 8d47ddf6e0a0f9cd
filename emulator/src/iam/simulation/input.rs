//! The members that both simulations share, and what a simulation is made of them.

use std::sync::Arc;

use sekisho_iam::document::Document;
use sekisho_iam::{Kind, Named, Policy, simulation as engine};
use serde::Deserialize;

use super::caller::{EntityArn, Subject, account_of};
use super::context::{self, Entry};
use super::{Error, Invalid, Simulation, Source, SourceType, Sourced, resource};
use crate::account::AccountId;

/// What both simulations take.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::iam) struct Settings {
    #[serde(default)]
    policy_input_list: Vec<String>,
    #[serde(default)]
    permissions_boundary_policy_input_list: Vec<String>,
    pub(in crate::iam) action_names: Vec<String>,
    #[serde(default)]
    resource_arns: Vec<String>,
    resource_policy: Option<String>,
    resource_owner: Option<String>,
    caller_arn: Option<String>,
    #[serde(default)]
    context_entries: Vec<Entry>,
    resource_handling_option: Option<String>,
}

/// The service control policies of one level of an organization.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::iam) struct Level {
    #[serde(default)]
    service_control_policy_input_list: Vec<String>,
}

/// Policies that are given as texts.
fn identity(texts: &[String]) -> Result<Vec<Sourced>, Invalid> {
    let read = |(number, text): (usize, &String)| {
        let policy = engine::policy(text).map_err(|_| Invalid::Policy(number))?;
        let id = format!("PolicyInputList.{number}");
        Ok(Sourced::input(&id, SourceType::Identity, text, policy))
    };
    (1..).zip(texts).map(read).collect()
}

impl Settings {
    /// A simulation of the policies that were given alone, in an organization if there are levels.
    pub(in crate::iam) fn custom(
        &self,
        account: AccountId,
        levels: &[Level],
    ) -> Result<Simulation, Error> {
        let mut simulation = self.simulation(account, None)?;
        let levels = (1..).zip(levels).map(|(number, level)| level.read(number));
        let levels: Vec<_> = levels.collect::<Result<_, Invalid>>()?;
        simulation.controls = (!levels.is_empty()).then_some(levels);
        Ok(simulation)
    }

    /// A simulation of what is stored for a principal, and of the policies that were given.
    pub(in crate::iam) fn of_principal(
        &self,
        account: AccountId,
        source: Source,
    ) -> Result<Simulation, Error> {
        let mut simulation = self.simulation(account, Some(&source))?;
        simulation.identity.splice(0..0, source.policies);
        simulation.boundary = simulation.boundary.or(source.boundary);
        simulation.controls = source.controls;
        simulation.note_missing();
        Ok(simulation)
    }

    fn simulation(&self, account: AccountId, source: Option<&Source>) -> Result<Simulation, Error> {
        if self.resource_handling_option.is_some() {
            return Err(Error::Unsupported("ResourceHandlingOption"));
        }
        let resources = match &self.resource_arns[..] {
            [] => vec!["*".to_owned()],
            given => given.to_vec(),
        };
        resources
            .iter()
            .try_for_each(|name| resource::check(name))?;
        let given = context::entries(&self.context_entries)?;
        let caller = self.caller(account, source)?;
        let owner = self.owner(&caller)?;
        let mut context = caller.context();
        for (key, value) in given.iter() {
            context.insert(key.to_owned(), value.clone());
        }
        let mut simulation = Simulation {
            identity: identity(&self.policy_input_list)?,
            boundary: self.boundary()?,
            resource: self.resource(&caller, &resources)?,
            controls: None,
            caller,
            owner,
            context,
            given,
            missing: Vec::new(),
            resources,
        };
        simulation.note_missing();
        Ok(simulation)
    }

    fn caller(&self, account: AccountId, source: Option<&Source>) -> Result<Subject, Invalid> {
        if let Some(arn) = &self.caller_arn {
            let EntityArn { kind, account, .. } = EntityArn::parse(arn).ok_or(Invalid::Caller)?;
            let entity = Some((kind, arn.clone()));
            return Ok(Subject { account, entity });
        }
        let entity = source.map(|source| (source.kind, source.arn.clone()));
        Ok(Subject { account, entity })
    }

    fn owner(&self, caller: &Subject) -> Result<AccountId, Invalid> {
        match &self.resource_owner {
            None => Ok(caller.account),
            Some(arn) => account_of(arn).ok_or_else(|| Invalid::Owner(arn.clone())),
        }
    }

    fn boundary(&self) -> Result<Option<Sourced>, Invalid> {
        match &self.permissions_boundary_policy_input_list[..] {
            [] => Ok(None),
            [text] => {
                let policy = engine::policy(text).map_err(|_| Invalid::Boundary)?;
                let id = "PermissionsBoundaryPolicyInputList.1";
                Ok(Some(Sourced::input(id, SourceType::Boundary, text, policy)))
            }
            _ => Err(Invalid::TooManyBoundaries),
        }
    }

    /// The policy that all resources have: of what has no ARN nobody has one, and it says of which
    /// ARNs it speaks.
    fn resource(&self, caller: &Subject, resources: &[String]) -> Result<Option<Sourced>, Invalid> {
        let Some(text) = &self.resource_policy else {
            return Ok(None);
        };
        if caller.entity.is_none() {
            return Err(Invalid::NoCaller);
        }
        if resources.iter().any(|name| name == "*") {
            return Err(Invalid::NoResource);
        }
        let invalid = |_| Invalid::ResourcePolicy;
        let policy = Policy::parse(text, Kind::Resource).map_err(invalid)?;
        let document = Document::read(text, Kind::Resource).map_err(invalid)?;
        let elements = document.statements.iter().flat_map(|it| &it.resource);
        if elements.flat_map(|it| &it.values).any(|name| name == "*") {
            return Err(Invalid::Resource("*".to_owned()));
        }
        let id = "ResourcePolicy";
        Ok(Some(Sourced::input(id, SourceType::Resource, text, policy)))
    }
}

impl Simulation {
    /// Gathers the keys that the policies name and that were not given. That the simulator knows a
    /// value itself does not count.
    fn note_missing(&mut self) {
        let mut missing = Vec::<String>::new();
        for key in self.sources().flat_map(|source| &source.keys) {
            let is_escape = ["*", "?", "$"].contains(&key.as_str());
            if !is_escape && self.given.value(key).is_none() && !missing.contains(key) {
                missing.push(key.clone());
            }
        }
        self.missing = missing;
    }
}

impl Level {
    fn read(&self, number: usize) -> Result<Vec<Arc<Named>>, Invalid> {
        if self.service_control_policy_input_list.is_empty() {
            return Err(Invalid::EmptyLevel(number));
        }
        let read = |text: &String| {
            let policy = Policy::parse(text, Kind::Scp).map_err(|_| Invalid::Control(number))?;
            let name = format!("OrderedOrganizationPolicyInputList.{number}");
            Ok(Arc::new(Named { name, policy }))
        };
        self.service_control_policy_input_list
            .iter()
            .map(read)
            .collect()
    }
}

/// The context keys of policies that are given as texts: of each policy its own, so that a key may
/// come twice.
pub(in crate::iam) fn keys(texts: &[String]) -> Result<Vec<String>, Invalid> {
    let read = |(number, text): (usize, &String)| {
        let keys = engine::keys(text);
        keys.ok_or(Invalid::Policy(number))
    };
    let keys: Vec<Vec<String>> = (1..).zip(texts).map(read).collect::<Result<_, _>>()?;
    Ok(keys.concat())
}
