//! A small Secrets Manager, written from what AWS documents and was recorded to answer, apart from
//! the emulator: it keeps no copy up to date and no index, but looks at the primary, and sorts.
//! Requests and answers are JSON. Where AWS's behaviour is not known, it does as the emulator does;
//! such places are marked *Unknown*.

mod copies;
mod labels;
mod lists;
mod refusals;
mod rotation;
mod secrets;
mod show;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

pub(super) use refusals::Refusal;
use refusals::{ANY, NOT_FOUND};
pub(super) use rotation::FUNCTION;

/// What a request is answered.
pub(super) type Answer = Result<Value, Refusal>;

/// A request: by the root of an account, to a region.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    pub(super) account: &'static str,
    pub(super) region: &'static str,
    pub(super) operation: &'static str,
    pub(super) input: Value,
}

/// Where a secret is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Place {
    pub(super) account: String,
    pub(super) region: String,
    pub(super) name: String,
}

/// All that there is.
#[derive(Clone, Default)]
pub(super) struct Reference {
    /// Seconds since the epoch.
    pub(super) now: i64,
    pub(super) secrets: BTreeMap<Place, Secret>,
    /// Whether something has run out that the background has not removed yet.
    pub(super) untidy: bool,
    /// Six characters for an ARN to be made.
    fresh: String,
}

#[derive(Clone, Default)]
pub(super) struct Secret {
    pub(super) suffix: String,
    description: String,
    key: Option<String>,
    kind: Option<String>,
    tags: Option<Vec<(String, String)>>,
    pub(super) created: i64,
    changed: i64,
    /// The day of the last read.
    accessed: Option<i64>,
    pub(super) deletion: Option<Deletion>,
    pub(super) versions: Vec<Version>,
    policy: Option<Value>,
    rotation: Option<rotation::Rotation>,
    /// Its copies in other regions.
    copies: Vec<RegionCopy>,
    /// Its copy in another account, as far as it knows.
    lent: Option<AccountCopy>,
    /// What it is a copy of itself.
    of: Option<Original>,
    /// Of a copy: which versions it was sent, and when.
    arrived: BTreeMap<String, i64>,
}

#[derive(Clone)]
pub(super) struct Deletion {
    called: i64,
    pub(super) due: i64,
}

/// A version; without a value while a rotation is to bring it.
#[derive(Clone)]
pub(super) struct Version {
    pub(super) id: String,
    created: i64,
    /// `{"SecretString": …}` or `{"SecretBinary": …}`.
    pub(super) value: Option<Value>,
    pub(super) labels: BTreeSet<String>,
    /// The keys it is encrypted under, as they are shown.
    keys: Vec<String>,
    accessed: Option<i64>,
}

#[derive(Clone)]
struct RegionCopy {
    region: String,
    key: String,
    failure: Option<String>,
}

#[derive(Clone)]
struct AccountCopy {
    place: Place,
    suffix: String,
    role: Option<String>,
    is_detached: bool,
}

#[derive(Clone)]
struct Original {
    place: Place,
    suffix: String,
    link: Link,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    /// In another region: the copy is the primary but for its own key and dates.
    Region,
    /// In another account, not linked yet.
    Pending,
    /// In another account: values, labels and description are the primary's.
    Account,
    /// In another account, no longer linked.
    Detached,
}

const DAY: i64 = 86_400;

impl Reference {
    /// Answers a request. A request that is refused changes nothing.
    pub(super) fn answer(&mut self, ask: &Ask, fresh: &str) -> Answer {
        self.expire();
        self.fresh = fresh.to_owned();
        let before = self.clone();
        let answer = self.run(ask);
        match answer {
            Ok(_) => self.deliver(),
            Err(_) => *self = before,
        }
        answer
    }

    /// What has run out is gone at once, whether or not it was removed.
    pub(super) fn expire(&mut self) {
        let now = self.now;
        let before = self.secrets.len();
        self.secrets
            .retain(|_, secret| secret.deletion.as_ref().is_none_or(|it| it.due > now));
        self.untidy |= self.secrets.len() < before;
    }

    fn run(&mut self, ask: &Ask) -> Answer {
        match ask.operation {
            "AssociateCrossAccountReplica" => self.associate(ask),
            "BatchGetSecretValue" => self.batch_get(ask),
            "CancelRotateSecret" => self.cancel_rotation(ask),
            "CreateSecret" => self.create(ask),
            "DeleteResourcePolicy" => self.delete_policy(ask),
            "DeleteSecret" => self.delete(ask),
            "DescribeSecret" => self.describe(ask),
            "DisassociateCrossAccountReplica" => self.disassociate(ask),
            "GetRandomPassword" => password(ask),
            "GetResourcePolicy" => self.get_policy(ask),
            "GetSecretValue" => self.get_value(ask),
            "ListResourcePolicies" => self.list_policies(ask),
            "ListSecretVersionIds" => self.list_versions(ask),
            "ListSecrets" => Ok(self.list_secrets(ask)),
            "PutResourcePolicy" => self.put_policy(ask),
            "PutSecretValue" => self.put_value(ask),
            "RemoveRegionsFromReplication" => self.remove_regions(ask),
            "ReplicateSecretToRegions" => self.replicate(ask),
            "RestoreSecret" => self.restore(ask),
            "RotateSecret" => self.rotate(ask),
            "StopReplicationToReplica" => self.stop_replication(ask),
            "TagResource" => self.tag(ask),
            "UntagResource" => self.untag(ask),
            "UpdateSecret" => self.update(ask),
            "UpdateSecretVersionStage" => self.move_label(ask),
            "ValidateResourcePolicy" => self.validate_policy(ask),
            other => panic!("{other}"),
        }
    }

    /// The place that SecretId names, if it can name one here.
    fn named(&self, ask: &Ask) -> Result<Option<Place>, Refusal> {
        self.place(ask, ask.text("SecretId").unwrap_or_default())
    }

    /// A name, a full ARN, or an ARN without the six characters; if six stand behind the last hyphen,
    /// they are always taken for these. An ARN of another region is not found (*Unknown*).
    fn place(&self, ask: &Ask, id: &str) -> Result<Option<Place>, Refusal> {
        let Some(arn) = id.strip_prefix("arn:aws:secretsmanager:") else {
            check_name(id)?;
            return Ok(Some(ask.here(id)));
        };
        let parts: Vec<&str> = arn.splitn(4, ':').collect();
        let [region, account, "secret", rest] = parts[..] else {
            return Ok(None);
        };
        if region != ask.region {
            return Ok(None);
        }
        let (name, suffix) = match rest.rsplit_once('-') {
            Some((name, suffix)) if suffix.len() == 6 => (name, Some(suffix)),
            _ => (rest, None),
        };
        let place = Place {
            account: account.to_owned(),
            ..ask.here(name)
        };
        let fits = |secret: &Secret| suffix.is_none_or(|suffix| secret.suffix == suffix);
        Ok(self.secrets.get(&place).is_some_and(fits).then_some(place))
    }

    fn exists(&self, place: Option<Place>) -> Result<Place, Refusal> {
        place
            .filter(|place| self.secrets.contains_key(place))
            .ok_or_else(|| NOT_FOUND.refusal())
    }

    fn found(&self, ask: &Ask) -> Result<Place, Refusal> {
        self.exists(self.named(ask)?)
    }

    fn alive(&self, place: Place) -> Result<Place, Refusal> {
        match self.secrets[&place].deletion {
            Some(_) => Err(refusals::MARKED_FOR_DELETION.refusal()),
            None => Ok(place),
        }
    }

    /// What is said of a copy in another region is said where its primary is.
    fn governed(&self, place: Place) -> Result<Place, Refusal> {
        if self.is_region_copy(&place) {
            return Err(refusals::IS_REPLICA.refusal());
        }
        self.alive(place)
    }

    /// *Unknown* for copies in other accounts, which the same is said of.
    fn writable(&self, place: Place) -> Result<Place, Refusal> {
        if self.secrets[&place].of.is_some() {
            return Err(refusals::IS_REPLICA.refusal());
        }
        self.alive(place)
    }

    fn is_region_copy(&self, place: &Place) -> bool {
        let of = self.secrets[place].of.as_ref();
        of.is_some_and(|of| of.link == Link::Region)
    }

    fn secret(&mut self, place: &Place) -> &mut Secret {
        self.secrets.get_mut(place).unwrap()
    }

    /// Nobody outside the account can use the default key.
    fn check_key(&self, ask: &Ask, place: &Place) -> Result<(), Refusal> {
        let is_default = values::is_default(self.secrets[place].key.as_deref());
        if ask.account != place.account && is_default {
            return Err(refusals::DEFAULT_KEY_ABROAD.refusal());
        }
        Ok(())
    }
}

impl Place {
    pub(super) fn arn(&self, suffix: &str) -> String {
        let Self {
            account,
            region,
            name,
        } = self;
        format!("arn:aws:secretsmanager:{region}:{account}:secret:{name}-{suffix}")
    }
}

impl Ask {
    fn text(&self, member: &str) -> Option<&str> {
        self.input[member].as_str()
    }

    fn flag(&self, member: &str) -> bool {
        self.input[member] == json!(true)
    }

    fn texts(&self, member: &str) -> Vec<String> {
        let items = self.input[member].as_array().into_iter().flatten();
        items
            .filter_map(|it| Some(it.as_str()?.to_owned()))
            .collect()
    }

    /// Whether it names a secret of the region it is made to.
    fn is_of_its_region(&self) -> bool {
        let id = self.text("SecretId").unwrap_or_default();
        let region = id.strip_prefix("arn:aws:secretsmanager:");
        region.is_none_or(|rest| rest.starts_with(&format!("{}:", self.region)))
    }

    fn here(&self, name: &str) -> Place {
        Place {
            account: self.account.to_owned(),
            region: self.region.to_owned(),
            name: name.to_owned(),
        }
    }
}

fn check_name(name: &str) -> Result<(), Refusal> {
    let is_good = |c: char| c.is_ascii_alphanumeric() || "-/_+=.@!".contains(c);
    match name.chars().all(is_good) {
        true => Ok(()),
        false => Err(refusals::BAD_NAME.refusal()),
    }
}

/// A password is shown as so many asterisks.
fn password(ask: &Ask) -> Answer {
    let length = ask.input["PasswordLength"].as_u64().unwrap_or(32) as usize;
    let excluded = ["Numbers", "Punctuation", "Uppercase", "Lowercase"];
    let excluded = excluded
        .iter()
        .filter(|it| ask.flag(&format!("Exclude{it}")));
    let kinds = 4 - excluded.count() + usize::from(ask.flag("IncludeSpace"));
    if kinds == 0 {
        return Err(ANY.of("InvalidParameterException"));
    }
    if ask.input["RequireEachIncludedType"] != json!(false) && length < kinds {
        return Err(refusals::PASSWORD_TOO_SHORT.refusal());
    }
    Ok(json!({"RandomPassword": "*".repeat(length)}))
}
