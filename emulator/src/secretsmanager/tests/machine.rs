//! The emulator beside the reference: both are asked the same, and must answer the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::compare::{append, fits, plain, same};
use super::reference::{Answer, Ask, FUNCTION, Place, Reference, Refusal};
use super::steps::{ACCOUNTS, NAMES, REGIONS, Request, Step};
use super::wire::{self, block_on};
use super::{invariants, leaks};
use crate::store::unreliable::{Mishap, Unreliable};
use crate::store::{Memory, Revision, Store};
use crate::timestamp::Timestamp;
use crate::{Emulator, Mode};

/// 2026-01-02T03:04:05Z.
const START: i64 = 1_767_323_045;

/// What is wrong, in words.
pub(super) type Outcome = Result<(), String>;

/// There is hardly a page for each secret.
const MOST_PAGES: usize = 20;

pub(super) struct Machine {
    pub(super) store: Arc<Unreliable<Memory>>,
    emulator: Emulator,
    pub(super) reference: Reference,
    /// The last suffix of each secret, also of those that are gone.
    suffixes: BTreeMap<Place, String>,
    /// What was done, for whoever has to find out.
    pub(super) trace: Vec<String>,
    /// How often was looked at everything: lists are looked at in another order each time.
    looks: usize,
}

impl Machine {
    pub(super) fn new() -> Self {
        let store = Arc::new(Unreliable::new(Memory::new(), []));
        let emulator = Emulator::builder()
            .mode(Mode::Off)
            .store(store.clone())
            .seed_ids(7)
            .rotation_function(FUNCTION)
            .build();
        let mut machine = Self {
            store,
            emulator,
            reference: Reference::default(),
            suffixes: BTreeMap::new(),
            trace: Vec::new(),
            looks: 0,
        };
        machine.pass(START);
        machine
    }

    /// Runs a step, and looks at everything if anything changed.
    pub(super) fn run(&mut self, step: &Step, mishaps: &[Mishap]) -> Outcome {
        let before = self.head();
        match step {
            Step::Pass(seconds) => {
                self.trace.push(format!("{seconds} seconds pass"));
                self.pass(*seconds);
            }
            Step::Tick => self.tick(),
            Step::Ask(request) => {
                let ask = self.resolve(request);
                self.store.plan(mishaps.iter().copied());
                let answer = self.compare(&ask)?;
                let granted = answer.is_ok();
                let after = self.head();
                self.drain();
                if !granted && before != after {
                    return Err("a request that was refused wrote something".to_owned());
                }
                // What made a version has a token to be known by.
                let token = &ask.input["ClientRequestToken"];
                let made = answer.is_ok_and(|it| token.is_string() && it["VersionId"] == *token);
                if made && request.twice {
                    self.repeat(&ask)?;
                }
                if before == after {
                    return Ok(());
                }
            }
        }
        self.look().map(|_| ())
    }

    /// The end: everything is read, and what ran out is removed.
    pub(super) fn finish(&mut self) -> Outcome {
        self.read_all()?;
        self.tick();
        self.look().map(|_| ())
    }

    fn pass(&mut self, seconds: i64) {
        self.reference.now += seconds;
        self.reference.expire();
        let now = Timestamp::from_millis(self.reference.now * 1000);
        self.emulator.hold_clock(now);
    }

    fn tick(&mut self) {
        self.trace.push("tick".to_owned());
        block_on(self.emulator.tick());
        self.reference.untidy = false;
    }

    /// A repetition is granted again, and changes nothing that can be seen.
    fn repeat(&mut self, ask: &Ask) -> Outcome {
        let before = self.look()?;
        self.compare(ask)?
            .map_err(|refusal| format!("repeated: {refusal:?}"))?;
        self.looks -= 1;
        let after = self.look()?;
        match before == after {
            true => Ok(()),
            false => Err("a repetition changed something".to_owned()),
        }
    }

    /// Asks both, and compares what they say.
    fn compare(&mut self, ask: &Ask) -> Result<Answer, String> {
        let line = format!(
            "{} {} {} {}",
            ask.account, ask.region, ask.operation, ask.input
        );
        self.trace.push(line);
        let got = self.ask_pages(ask)?;
        // The suffix is the emulator's to choose.
        let suffix = |answer: &Value| Some(answer["ARN"].as_str()?.rsplit_once('-')?.1.to_owned());
        let fresh = got.as_ref().ok().and_then(suffix).unwrap_or_default();
        let mut wanted = self.reference.answer(ask, &fresh);
        wanted = wanted.map(plain);
        for (place, secret) in &self.reference.secrets {
            self.suffixes.insert(place.clone(), secret.suffix.clone());
        }
        let is_same = match (&got, &wanted) {
            (Ok(got), Ok(wanted)) => same(got, wanted),
            (Err(got), Err(wanted)) => {
                got.code == wanted.code && wanted.says.as_ref().is_none_or(|it| fits(&got.says, it))
            }
            _ => false,
        };
        match is_same {
            true => Ok(got),
            false => Err(format!(
                "{ask:?}\n  is answered {got:?}\n  and not {wanted:?}"
            )),
        }
    }

    /// All pages of a list as one; other answers as they are.
    fn ask_pages(&self, ask: &Ask) -> Result<Answer, String> {
        let mut ask = ask.clone();
        let mut whole: Option<Value> = None;
        for pages in 0.. {
            if pages > MOST_PAGES {
                return Err(format!("{ask:?} has pages without end"));
            }
            let page = match self.ask(&ask)? {
                Ok(page) => page,
                refused => return Ok(refused),
            };
            let next = page["NextToken"].as_str().map(str::to_owned);
            invariants::page_is_full(&ask.input, &page)?;
            match &mut whole {
                None => whole = Some(page),
                Some(whole) => append(whole, page),
            }
            match next {
                Some(next) => ask.input["NextToken"] = json!(next),
                None => break,
            }
        }
        let mut whole = whole.unwrap_or_default();
        if let Some(members) = whole.as_object_mut() {
            members.remove("NextToken");
        }
        invariants::nothing_is_listed_twice(&whole)?;
        Ok(Ok(plain(whole)))
    }

    fn ask(&self, ask: &Ask) -> Result<Answer, String> {
        let at = (ask.account, ask.region);
        let (status, answer) = wire::ask(&self.emulator, at, ask.operation, &ask.input);
        let text = |member: &str| answer[member].as_str().map(str::to_owned);
        match status {
            200 => Ok(Ok(answer)),
            400 => Ok(Err(Refusal {
                code: text("__type").unwrap_or_default(),
                says: text("Message").or(text("message")),
            })),
            status => Err(format!("{ask:?}\n  is answered {status}: {answer}")),
        }
    }

    /// Everything that can be seen without leaving a trace, and what the store holds.
    fn look(&mut self) -> Result<Vec<Value>, String> {
        self.looks += 1;
        let mut seen = Vec::new();
        let mut described = BTreeMap::new();
        for (account, region) in scopes() {
            for input in lists(self.looks) {
                seen.push(self.see(account, region, "ListSecrets", input)?);
            }
            for name in NAMES {
                let id = json!({"SecretId": name});
                let one = self.see(account, region, "DescribeSecret", id.clone())?;
                if one.is_null() {
                    continue;
                }
                for operation in [
                    "ListSecretVersionIds",
                    "GetResourcePolicy",
                    "ListResourcePolicies",
                ] {
                    seen.push(self.see(account, region, operation, id.clone())?);
                }
                let all = json!({"SecretId": name, "IncludeDeprecated": true, "MaxResults": 2});
                let versions = self.see(account, region, "ListSecretVersionIds", all)?;
                invariants::of_one(&one, &versions)?;
                seen.extend([one.clone(), versions]);
                described.insert((account, region, name), one);
            }
        }
        invariants::of_copies(&described)?;
        leaks::check(&*self.store, &self.reference)?;
        Ok(seen)
    }

    fn see(
        &mut self,
        account: &'static str,
        region: &'static str,
        operation: &'static str,
        input: Value,
    ) -> Result<Value, String> {
        let ask = Ask {
            account,
            region,
            operation,
            input,
        };
        let seen = self.compare(&ask)?;
        // What went well is not worth telling.
        self.trace.pop();
        Ok(seen.unwrap_or_default())
    }

    /// Reads every version by label and by id.
    fn read_all(&mut self) -> Outcome {
        let labels = ["AWSCURRENT", "AWSPREVIOUS", "AWSPENDING", "a", "b"];
        for (account, region) in scopes() {
            for name in NAMES {
                for label in labels {
                    let input = json!({"SecretId": name, "VersionStage": label});
                    self.see(account, region, "GetSecretValue", input)?;
                }
                for token in 1..=5 {
                    let input = json!({"SecretId": name, "VersionId": format!("{token:0>32}")});
                    self.see(account, region, "GetSecretValue", input)?;
                }
            }
        }
        Ok(())
    }

    /// Fills in what a request is about, and what there is.
    fn resolve(&self, request: &Request) -> Ask {
        let own = Place {
            account: request.account.to_owned(),
            region: request.region.to_owned(),
            name: request.name.to_owned(),
        };
        let known: Vec<&Place> = self.reference.secrets.keys().collect();
        let aimed = request.aim.filter(|_| !known.is_empty());
        let about = aimed.map_or(&own, |aim| known[aim % known.len()]);
        // Of those that are about copies in other accounts, most are about one that is there.
        let original = aimed.and_then(|aim| self.reference.original(aim));
        let about = match (request.operation, &original) {
            ("AssociateCrossAccountReplica" | "DisassociateCrossAccountReplica", Some(it)) => it,
            _ => about,
        };
        let other = |all: [&'static str; 2], one: &str| all[usize::from(all[0] == one)];
        let one = |all: [&'static str; 2], one: &str| all[usize::from(all[1] == one)];
        let (mine, here) = (one(ACCOUNTS, &about.account), one(REGIONS, &about.region));
        let label = request.input["VersionStage"].as_str().unwrap_or_default();
        let absent = "arn:aws:secretsmanager:{here}:{theirs}:secret:{name}-{suffix}";
        let named = [
            ("{holder}", self.reference.holder_of(about, label)),
            (
                "{version}",
                self.reference.version_of(about, aimed.unwrap_or(0)),
            ),
            ("{copy}", self.reference.copy_of(about)),
            ("{primary}", self.reference.one_abroad(about)),
        ];
        let mut text = request.input.to_string();
        for (braced, named) in named {
            text = text.replace(braced, named.as_deref().unwrap_or(absent));
        }
        let text = text
            .replace("{name}", &about.name)
            .replace("{mine}", mine)
            .replace("{theirs}", other(ACCOUNTS, mine))
            .replace("{here}", here)
            .replace("{there}", other(REGIONS, here));
        let mut input: Value = serde_json::from_str(&text).unwrap();
        self.fill_suffixes(&mut input);
        Ask {
            account: mine,
            region: here,
            operation: request.operation,
            input,
        }
    }

    fn fill_suffixes(&self, value: &mut Value) {
        match value {
            Value::String(text) if text.ends_with("-{suffix}") => {
                let place = text.trim_end_matches("-{suffix}").splitn(7, ':');
                let [_, _, _, region, account, _, name] = place.collect::<Vec<_>>()[..] else {
                    return;
                };
                let place = Place {
                    account: account.to_owned(),
                    region: region.to_owned(),
                    name: name.to_owned(),
                };
                let suffix = self.suffixes.get(&place).map_or("absent", String::as_str);
                *text = text.replace("{suffix}", suffix);
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.fill_suffixes(item)),
            Value::Object(members) => members.values_mut().for_each(|it| self.fill_suffixes(it)),
            _ => {}
        }
    }

    fn head(&self) -> Revision {
        block_on(self.store.head()).unwrap()
    }

    /// Uses up the mishaps that are left.
    fn drain(&self) {
        while block_on(self.store.commit(vec![], vec![])).is_err() {}
    }
}

fn scopes() -> impl Iterator<Item = (&'static str, &'static str)> {
    ACCOUNTS
        .into_iter()
        .flat_map(|account| REGIONS.map(|region| (account, region)))
}

/// Two lists: one in the order of creation, and one in another order each time.
fn lists(turn: usize) -> [Value; 2] {
    let by = [
        "name",
        "last-accessed-date",
        "last-changed-date",
        "created-date",
    ];
    let orders = ["asc", "desc"];
    [
        json!({"IncludePlannedDeletion": true, "MaxResults": 1}),
        json!({
            "SortBy": by[turn % 4],
            "SortOrder": orders[turn / 4 % 2],
            "IncludePlannedDeletion": (turn / 8).is_multiple_of(2),
            "MaxResults": 1 + turn / 16 % 3,
        }),
    ]
}
