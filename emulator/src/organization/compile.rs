//! From a configuration to what binds each account, level by level.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::quality::RandomState;
use sekisho_iam::{Effect, Level, Named as Policy};

use super::config::{Attached, Config, Entry, Named, Target};
use super::kind::Type;
use super::library::{Library, Listed};
use super::node::Place;
use super::{Invalid, Member};
use crate::account::AccountId;

/// More than anyone reads.
const MAX_NOTES: usize = 100;

type Members = HashMap<AccountId, Member, RandomState>;

/// Compiles a configuration that has all its ids: its accounts, its policies, and notes.
pub(super) fn compile(config: &Config) -> Result<(Members, Vec<Listed>, Vec<String>), Invalid> {
    let own = config.accounts.0.iter();
    let own = own.filter_map(|(account, own)| Some((AccountId::parse(account)?, own)));
    let mut walk = Walk {
        management: config.management,
        own: own.collect(),
        library: Library::new(config)?,
        members: HashMap::default(),
        places: HashMap::new(),
        notes: Vec::new(),
    };
    let at = Place::root().key("root");
    let above = Levels {
        path: format!("{}/", config.id.as_deref().unwrap_or_default()),
        ..Levels::default()
    };
    let root = walk.target(&config.root, &at, &above)?;
    walk.units(&config.units, &Place::root().key("units"), &root)?;
    if let Some(management) = config.management
        && !walk.members.contains_key(&management)
    {
        walk.member(management, &Place::root().key("management"), &root)?;
    }
    for (account, _) in &config.accounts.0 {
        if !AccountId::parse(account).is_some_and(|id| walk.members.contains_key(&id)) {
            let at = Place::root().key("accounts").key(account);
            let message = "This account is in no unit; list it in root.accounts or in a unit's.";
            return Err(at.invalid(message));
        }
    }
    let (listed, of_policies) = walk.library.finish()?;
    let mut notes = [walk.notes, of_policies].concat();
    if notes.len() > MAX_NOTES {
        let more = notes.len() - MAX_NOTES;
        notes.truncate(MAX_NOTES);
        notes.push(format!("And {more} more notes of this kind."));
    }
    Ok((walk.members, listed, notes))
}

struct Walk<'c> {
    management: Option<AccountId>,
    own: HashMap<AccountId, &'c Attached>,
    library: Library<'c>,
    members: Members,
    /// Where each account stands.
    places: HashMap<AccountId, Place>,
    notes: Vec<String>,
}

/// What binds everything below a point.
#[derive(Clone, Default)]
struct Levels {
    path: String,
    scps: Vec<Level>,
    rcps: Vec<Level>,
}

impl<'c> Walk<'c> {
    /// The root or a unit, with its accounts.
    fn target(
        &mut self,
        target: &'c Target,
        at: &Place,
        above: &Levels,
    ) -> Result<Levels, Invalid> {
        let mut here = self.attach(&target.attached, at, above)?;
        here.path += target.id.as_deref().unwrap_or_default();
        here.path.push('/');
        let accounts = at.key("accounts");
        for (number, account) in target.accounts.iter().enumerate() {
            self.member(*account, &accounts.index(number), &here)?;
        }
        Ok(here)
    }

    fn units(
        &mut self,
        units: &'c Named<Target>,
        at: &Place,
        above: &Levels,
    ) -> Result<(), Invalid> {
        for (name, unit) in &units.0 {
            let at = at.key(name);
            let here = self.target(unit, &at, above)?;
            self.units(&unit.units, &at.key("units"), &here)?;
        }
        Ok(())
    }

    fn member(&mut self, account: AccountId, at: &Place, above: &Levels) -> Result<(), Invalid> {
        if let Some(first) = self.places.insert(account, at.clone()) {
            let message = format!("{account} stands at {} already.", first.as_str());
            return Err(at.invalid(message));
        }
        let nothing: &'c Attached = const {
            &Attached {
                scps: None,
                rcps: None,
            }
        };
        let own = self.own.get(&account).copied().unwrap_or(nothing);
        let at = Place::root().key("accounts").key(account.as_str());
        let is_bound = self.management != Some(account);
        let before = self.notes.len();
        let mut here = self.attach(own, &at, above)?;
        if !is_bound {
            self.notes.truncate(before);
            (here.scps, here.rcps) = (Vec::new(), Vec::new());
            if own.scps.is_some() || own.rcps.is_some() {
                let at = at.as_str();
                let note = format!("{at}: Control policies do not bind the management account.");
                self.notes.push(note);
            }
        }
        let Levels { path, scps, rcps } = here;
        self.members.insert(account, Member { path, scps, rcps });
        Ok(())
    }

    /// One level more.
    fn attach(
        &mut self,
        attached: &'c Attached,
        at: &Place,
        above: &Levels,
    ) -> Result<Levels, Invalid> {
        let mut here = above.clone();
        let scps = match &attached.scps {
            None => vec![self.library.full_access(Type::Scp)],
            Some(entries) => self.policies(entries, Type::Scp, &at.key(Type::Scp.key()))?,
        };
        if !scps.iter().any(|named| allows(named)) {
            let note = "No policy here allows anything, so all is denied in every account below. \
                        List FullAWSAccess as well.";
            let at = at.key(Type::Scp.key());
            self.notes.push(format!("{}: {note}", at.as_str()));
        }
        here.scps.push(Level { policies: scps });
        let entries = attached.rcps.as_deref().unwrap_or_default();
        let rcps = self.policies(entries, Type::Rcp, &at.key(Type::Rcp.key()))?;
        here.rcps.push(Level { policies: rcps });
        Ok(here)
    }

    /// The policies of a list. `RCPFullAWSAccess` is attached whether it is listed or not.
    fn policies(
        &mut self,
        entries: &'c [Entry],
        kind: Type,
        at: &Place,
    ) -> Result<Vec<Arc<Policy>>, Invalid> {
        let mut policies = Vec::new();
        for (number, entry) in entries.iter().enumerate() {
            let at = at.index(number);
            let policy = self.library.find(entry, kind, &at)?;
            if policies.iter().any(|known| Arc::ptr_eq(known, &policy)) {
                return Err(at.invalid("This policy stands in the list already."));
            }
            policies.push(policy);
        }
        let full_access = self.library.full_access(kind);
        if kind == Type::Rcp
            && !policies
                .iter()
                .any(|known| Arc::ptr_eq(known, &full_access))
        {
            policies.insert(0, full_access);
        }
        let most = kind.most_attached();
        if policies.len() > most {
            let counted = match kind {
                Type::Scp => "",
                Type::Rcp => ", of which RCPFullAWSAccess is one",
            };
            let message = format!("At most {most} policies can be attached here{counted}.");
            return Err(at.invalid(message));
        }
        Ok(policies)
    }
}

fn allows(named: &Policy) -> bool {
    let mut statements = named.policy.statements().iter();
    statements.any(|statement| statement.effect() == Effect::Allow)
}
