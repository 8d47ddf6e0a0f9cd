//! The emulator beside the reference: both are asked the same, and must answer the same.

use std::collections::BTreeSet;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use serde_json::{Value, json};

use super::asking::{Got, Outcome, ask_pages, credentials, same};
use super::reference::{Ask, Deed, Kind, OF_AWS, Reference, VALUE, of_aws};
use super::resolve::{resolve, some};
use super::rival::Contested;
use super::steps::{ACCOUNTS, Step};
use super::wire::{self, Credentials, SIGNED_AT, block_on};
use super::{look, raze, records};
use crate::store::unreliable::Mishap;
use crate::store::{Key, Revision, Store, Watch};
use crate::timestamp::Timestamp;
use crate::{Emulator, Mode};

/// 2026-01-02T03:04:05Z.
const START: i64 = 1_767_323_045;

/// Whether a request was granted, or the code that it was refused with.
type Granted = Result<(), String>;

pub(super) struct Machine {
    pub(super) store: Arc<Contested>,
    /// Takes the root users at their word.
    pub(super) open: Emulator,
    /// Of the same state: verifies and decides.
    pub(super) strict: Emulator,
    pub(super) reference: Reference,
    /// What the emulator has issued, be it good still or not.
    pub(super) held: Vec<Credentials>,
    watch: Watch,
    /// Everything that was ever written.
    written: BTreeSet<Key>,
    /// What was done, for whoever has to find out.
    pub(super) trace: Vec<String>,
    /// How often was looked: at other lists each time, in other pages.
    looks: usize,
    emulators: u64,
    /// Whether everything is being deleted.
    is_ending: bool,
}

impl Machine {
    pub(super) fn new() -> Self {
        let store = Arc::new(Contested::new());
        let watch = store.watch(Revision::default()).unwrap();
        let mut machine = Self {
            open: emulator(&store, Mode::Off, 0),
            strict: emulator(&store, Mode::Enforce, 1),
            store,
            reference: Reference::default(),
            held: Vec::new(),
            watch,
            written: BTreeSet::new(),
            trace: Vec::new(),
            looks: 0,
            emulators: 2,
            is_ending: false,
        };
        machine.pass(START);
        for account in ACCOUNTS {
            let token = "0".repeat(32);
            let input = json!({"Name": "s", "SecretString": VALUE, "ClientRequestToken": token});
            let root = Credentials::of_root(account);
            let (open, service) = (&machine.open, "secretsmanager");
            let (status, _) = wire::ask(open, &root, service, "CreateSecret", &input);
            assert_eq!(status, 200);
        }
        machine
    }

    /// Runs a step, and looks at what it was about if anything changed.
    pub(super) fn run(&mut self, step: &Step, mishaps: &[Mishap]) -> Outcome {
        // Of two requests at once that do the same, a lost answer leaves nothing to tell whose deed it
        // was: both are told that it is done.
        let is_race = matches!(step, Step::Race { .. });
        let mishaps = mishaps.iter().copied();
        let told = mishaps.filter(|mishap| !is_race || *mishap == Mishap::Conflict);
        self.store.plan(told);
        match step {
            Step::Pass(seconds) => {
                self.trace.push(format!("{seconds} seconds pass"));
                self.pass(*seconds);
            }
            Step::Restart => self.restart(),
            Step::Ask {
                account,
                operation,
                input,
            } => {
                let ask = self.resolved(account, operation, input);
                self.change(&ask)?.ok();
            }
            Step::Race {
                account,
                first,
                rival,
            } => {
                let [first, rival] = [first, rival]
                    .map(|(operation, input)| self.resolved(account, operation, input));
                self.race(&first, &rival)?;
            }
            Step::Raze {
                account,
                kind,
                name,
                again,
            } => {
                let one = some(&self.reference, account, *kind, *name);
                let anew = one.map(|it| (it.name.clone(), raze::again(&self.reference, it)));
                if let Some((name, making)) = anew {
                    self.raze(account, *kind, &name)?;
                    if let (true, Some((operation, input))) = (*again, making) {
                        let ask = self.resolved(account, &operation, &input);
                        self.change(&ask)?.ok();
                    }
                }
            }
            Step::Do {
                key,
                deed,
                role,
                may,
            } => {
                let role = self.role_for(*key, *role, *may);
                self.act(*key, *deed, &role)?;
            }
        }
        self.drain();
        Ok(())
    }

    /// The end: everything is looked at, then everything is deleted, and nothing is left.
    pub(super) fn finish(&mut self) -> Outcome {
        for account in ACCOUNTS {
            for turn in 0..6 {
                self.looks = turn;
                self.look_at_lists(account)?;
            }
            for arn in OF_AWS.map(of_aws) {
                let reference = &self.reference;
                let uses = reference.attachments(account, &arn);
                if uses + reference.uses_as_boundary(account, &arn) > 0 {
                    self.look_at_policy_of_aws(account, &arn)?;
                }
            }
            for kind in Kind::ALL {
                let handles: Vec<_> = self.reference.all(account, kind).collect();
                let handles: Vec<_> = handles.into_iter().map(|it| it.handle()).collect();
                for handle in handles {
                    self.look_at(account, kind, &handle)?;
                }
            }
        }
        for key in 0..self.held.len() {
            self.act(key, Deed::Identify, "")?;
        }
        self.delete_all()
    }

    fn delete_all(&mut self) -> Outcome {
        self.trace.push("the end".to_owned());
        self.is_ending = true;
        for account in ACCOUNTS {
            for kind in Kind::ALL {
                let all = self.reference.all(account, kind);
                let names: Vec<String> = all.map(|it| it.name.clone()).collect();
                for name in names {
                    self.raze(account, kind, &name)?;
                }
            }
            if let Some(alias) = self.reference.aliases.get(account) {
                let ask = Ask {
                    account,
                    operation: "DeleteAccountAlias".to_owned(),
                    input: json!({"AccountAlias": alias}),
                };
                self.change(&ask)?.ok();
            }
        }
        for key in 0..self.held.len() {
            self.act(key, Deed::Identify, "")?;
        }
        let is_left = |key: &&Key| {
            let is_of_iam = key
                .parts()
                .next()
                .is_some_and(|kind| kind.starts_with("iam-"));
            is_of_iam && self.store.get(key).is_some()
        };
        match self.written.iter().find(is_left) {
            Some(key) => Err(format!("{key} is left in the store")),
            None => Ok(()),
        }
    }

    fn pass(&mut self, seconds: i64) {
        self.reference.now += seconds;
        let now = Timestamp::from_millis(self.reference.now * 1000);
        for emulator in [&self.open, &self.strict] {
            emulator.hold_clock(now);
            emulator.hold_signature_clock(SIGNED_AT);
        }
    }

    /// Ids are not repeated: nobody begins twice with the same seed on the same store.
    fn restart(&mut self) {
        self.trace.push("restart".to_owned());
        self.open = emulator(&self.store, Mode::Off, self.emulators);
        self.strict = emulator(&self.store, Mode::Enforce, self.emulators + 1);
        self.emulators += 2;
        self.pass(0);
    }

    /// Everything is taken from what has a name, one by one, and then it is deleted.
    fn raze(&mut self, account: &'static str, kind: Kind, name: &str) -> Outcome {
        for (operation, input) in raze::requests(&self.reference, account, kind, name) {
            let ask = Ask {
                account,
                operation,
                input,
            };
            if let Err(code) = self.change(&ask)? {
                return Err(format!("{ask:?} is refused: {code:?}"));
            }
        }
        Ok(())
    }

    fn resolved(&self, account: &'static str, operation: &str, input: &Value) -> Ask {
        Ask {
            account,
            operation: operation.to_owned(),
            input: resolve(&self.reference, account, input),
        }
    }

    /// Sends a request of the root user, and looks at what it was about.
    fn change(&mut self, ask: &Ask) -> Result<Granted, String> {
        let before = self.head();
        let answer = self.compare(ask)?;
        let after = self.head();
        match answer.is_ok() {
            false if before != after => {
                return Err("a request that was refused wrote something".to_owned());
            }
            _ if before == after => return Ok(answer),
            _ => {}
        }
        self.drain();
        self.check_records()?;
        if !self.is_ending {
            self.look_around(ask)?;
        }
        Ok(answer)
    }

    /// Looks at what a request was about, and at the lists.
    pub(super) fn look_around(&mut self, ask: &Ask) -> Outcome {
        for kind in Kind::ALL {
            let title = kind.title();
            let new_name = format!("New{title}Name");
            let made = format!("{title}Name");
            for member in [
                kind.member(),
                new_name,
                made,
                "PermissionsBoundary".to_owned(),
            ] {
                let Some(handle) = ask.input[&member].as_str() else {
                    continue;
                };
                if handle.starts_with("arn:") == (kind == Kind::Policy) {
                    self.look_at(ask.account, kind, handle)?;
                }
            }
        }
        self.looks += 1;
        for account in ACCOUNTS {
            self.look_at_lists(account)?;
        }
        Ok(())
    }

    fn look_at(&mut self, account: &'static str, kind: Kind, handle: &str) -> Outcome {
        if handle.starts_with("arn:aws:iam::aws:") {
            return self.look_at_policy_of_aws(account, handle);
        }
        let turn = self.looks;
        for (operation, input) in look::about(&self.reference, account, kind, handle, turn) {
            self.see(account, operation, input)?;
        }
        Ok(())
    }

    fn look_at_lists(&mut self, account: &'static str) -> Outcome {
        for (operation, input) in look::lists(self.looks) {
            self.see(account, operation, input)?;
        }
        Ok(())
    }

    /// How often it is used, and by whom.
    fn look_at_policy_of_aws(&mut self, account: &'static str, arn: &str) -> Outcome {
        let named = json!({"PolicyArn": arn});
        let root = Credentials::of_root(account);
        let (_, shown) = wire::ask(&self.open, &root, "iam", "GetPolicy", &named);
        let policy = &shown["GetPolicyResult"]["Policy"];
        for (member, count) in [
            ("AttachmentCount", self.reference.attachments(account, arn)),
            (
                "PermissionsBoundaryUsageCount",
                self.reference.uses_as_boundary(account, arn),
            ),
        ] {
            if policy[member] != json!(count.to_string()) {
                return Err(format!(
                    "{member} of {arn} in {account} is not {count}: {shown}"
                ));
            }
        }
        let operation = "ListEntitiesForPolicy".to_owned();
        self.see(account, operation, json!({"PolicyArn": arn, "MaxItems": 2}))
    }

    fn see(&mut self, account: &'static str, operation: String, input: Value) -> Outcome {
        let ask = Ask {
            account,
            operation,
            input,
        };
        self.compare(&ask)?.ok();
        // What went well is not worth telling.
        self.trace.pop();
        Ok(())
    }

    /// Asks both, and compares what they say.
    fn compare(&mut self, ask: &Ask) -> Result<Granted, String> {
        let line = format!("{} {} {}", ask.account, ask.operation, ask.input);
        self.trace.push(line);
        let got = ask_pages(&self.open, ask)?;
        let wanted = self.reference.answer(ask, &got.clone().unwrap_or_default());
        same(&format!("{ask:?}"), &got, wanted)?;
        self.hold(ask, &got);
        Ok(got.map(drop))
    }

    /// Keeps a key that was issued.
    pub(super) fn hold(&mut self, ask: &Ask, got: &Got) {
        let key = got.as_ref().map(|got| &got["AccessKey"]);
        if let ("CreateAccessKey", Ok(key)) = (ask.operation.as_str(), key) {
            self.held.push(credentials(key));
        }
    }

    pub(super) fn check_records(&mut self) -> Outcome {
        let mut context = Context::from_waker(Waker::noop());
        while let Poll::Ready(commit) = pin!(self.watch.next()).poll(&mut context) {
            let commit = commit.map_err(|lagged| lagged.to_string())?;
            self.written
                .extend(commit.writes.iter().map(|it| it.key().clone()));
        }
        records::check(&*self.store, &self.reference)
    }

    fn head(&self) -> Revision {
        block_on(self.store.head()).unwrap()
    }

    /// Uses up the mishaps that are left.
    pub(super) fn drain(&self) {
        while block_on(self.store.commit(vec![], vec![])).is_err() {}
    }
}

fn emulator(store: &Arc<Contested>, mode: Mode, seed: u64) -> Emulator {
    let builder = Emulator::builder().mode(mode).seed_ids(seed);
    builder.store(store.clone()).build()
}
