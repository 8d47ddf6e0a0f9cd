//! CreateSecret, PutSecretValue, UpdateSecret, GetSecretValue, BatchGetSecretValue.

use serde_json::{Map, Value, json};

use super::labels::{CURRENT, PENDING, PREVIOUS};
use super::refusals::{
    ANY, BAD_KEY, BOTH_VALUES, EXISTS, NAME_TO_BE_DELETED, NO_TOKEN, NO_VALUE, TOKEN_IN_USE,
};
use super::secrets::tags_of;
use super::show::put_some;
use super::{Answer, Ask, DAY, Link, Original, Place, Reference, Refusal, Secret, check_name};

pub(super) const DEFAULT_KEY: &str = "alias/aws/secretsmanager";

pub(super) fn is_default(key: Option<&str>) -> bool {
    key.is_none_or(|key| key == DEFAULT_KEY)
}

/// What is wrong with the key of a secret that is there: of those that are sent here, one is no key,
/// and one is of `us-east-1`.
pub(super) fn wrong_with(key: &str, region: &str) -> Option<&'static str> {
    match key.strip_prefix("arn:aws:kms:") {
        Some(rest) if !rest.starts_with(region) => Some("Invalid arn us-east-1"),
        None if !key.starts_with("alias/") => Some("Invalid keyId…"),
        _ => None,
    }
}

/// As ListSecretVersionIds shows it (*Unknown* for an alias).
fn shown(key: Option<&str>, place: &Place) -> String {
    match key.filter(|key| !is_default(Some(key))) {
        None => "DefaultEncryptionKey".to_owned(),
        Some(alias) if alias.starts_with("alias/") => {
            format!("arn:aws:kms:{}:{}:{alias}", place.region, place.account)
        }
        Some(arn) => arn.to_owned(),
    }
}

/// The value that a request brings.
fn value_of(ask: &Ask) -> Result<Option<Value>, Refusal> {
    let of = |member: &str| Some((member.to_owned(), ask.input.get(member)?.clone()));
    match (of("SecretString"), of("SecretBinary")) {
        (Some(_), Some(_)) => Err(BOTH_VALUES.refusal()),
        (text, binary) => Ok(text
            .or(binary)
            .map(|it| Value::Object(Map::from_iter([it])))),
    }
}

/// A value needs a token; whether the rest of CreateSecret and UpdateSecret does is *unknown*.
fn check_token(ask: &Ask) -> Result<(), Refusal> {
    let has_value = ["SecretString", "SecretBinary"];
    let has_value = has_value.iter().any(|it| ask.input.get(it).is_some());
    match ask.text("ClientRequestToken") {
        None if has_value => Err(NO_TOKEN.refusal()),
        _ => Ok(()),
    }
}

impl Secret {
    /// How a copy, or a new value, shows the key that it is under.
    pub(super) fn shown_key(&self, place: &Place) -> String {
        shown(self.key.as_deref(), place)
    }

    /// Whether a token has made this very value; another value is refused.
    fn is_repeated(&self, place: &Place, token: &str, value: &Value) -> Result<bool, Refusal> {
        match self
            .version(token)
            .and_then(|version| version.value.as_ref())
        {
            None => Ok(false),
            Some(known) if known == value => Ok(true),
            Some(_) => Err(TOKEN_IN_USE.with(&[token, &place.arn(&self.suffix)])),
        }
    }

    fn bring(&mut self, place: &Place, token: &str, value: Value, labels: &[String], now: i64) {
        let before = self.current();
        let keys = vec![self.shown_key(place)];
        self.put(token, value, keys, labels, now);
        self.note_current(before, now);
        self.changed = now;
    }

    /// The versions in use are put under a new key, too.
    fn encrypt_anew(&mut self, place: &Place) {
        let key = self.shown_key(place);
        let in_use = [CURRENT, PENDING, PREVIOUS];
        for version in &mut self.versions {
            let is_used = in_use.iter().any(|label| version.labels.contains(*label));
            if is_used && version.value.is_some() && !version.keys.contains(&key) {
                version.keys.push(key.clone());
            }
        }
    }
}

impl Reference {
    /// The order of refusals behind the name's and the token's is *unknown*.
    pub(super) fn create(&mut self, ask: &Ask) -> Answer {
        let name = ask.text("Name").unwrap_or_default();
        check_name(name)?;
        let tags = tags_of(ask)?;
        check_token(ask)?;
        let value = value_of(ask)?;
        let (place, now) = (ask.here(name), self.now);
        let brought = ask.text("ClientRequestToken").zip(value);
        if let Some(known) = self.secrets.get(&place) {
            if known.deletion.is_some() {
                return Err(NAME_TO_BE_DELETED.refusal());
            }
            // A copy has its primary's values.
            let known = self.view(&place);
            return match brought {
                Some((token, value)) if known.is_repeated(&place, token, &value)? => Ok(json!({
                    "ARN": place.arn(&known.suffix), "Name": name, "VersionId": token,
                })),
                _ => Err(EXISTS.with(&[name])),
            };
        }
        let mut secret = Secret {
            suffix: self.fresh.clone(),
            description: ask.text("Description").unwrap_or_default().to_owned(),
            key: key_of(ask, &place)?,
            kind: kind_of(ask)?,
            tags,
            created: now,
            changed: now,
            ..Secret::default()
        };
        if let Some(arn) = ask.text("CrossAccountPrimaryARN") {
            secret.of = Some(pending_copy(ask, &place, &secret, arn)?);
        }
        let mut answer = json!({"ARN": place.arn(&secret.suffix), "Name": name});
        if let Some((token, value)) = brought {
            answer["VersionId"] = json!(token);
            secret.bring(&place, token, value, &[], now);
        }
        self.secrets.insert(place.clone(), secret);
        if ask.input.get("AddReplicaRegions").is_some() {
            answer["ReplicationStatus"] = self.copy_to_regions(ask, &place)?;
        }
        Ok(answer)
    }

    pub(super) fn put_value(&mut self, ask: &Ask) -> Answer {
        let place = self.named(ask)?;
        let token = ask.text("ClientRequestToken");
        let token = token.ok_or_else(|| NO_TOKEN.refusal())?;
        let place = self.writable(self.exists(place)?)?;
        let value = value_of(ask)?.ok_or_else(|| NO_VALUE.refusal())?;
        self.check_key(ask, &place)?;
        let (now, labels) = (self.now, ask.texts("VersionStages"));
        let secret = self.secret(&place);
        if !secret.is_repeated(&place, token, &value)? {
            secret.bring(&place, token, value, &labels, now);
        } else if !labels.is_empty() {
            // A repetition with further labels adds them, as was recorded.
            let (before, versions) = (secret.current(), secret.versions.clone());
            let keys = secret.version(token).map(|it| it.keys.clone());
            secret.put(token, value, keys.unwrap_or_default(), &labels, now);
            secret.note_current(before, now);
            let labels_of = |versions: &[super::Version]| {
                let labels = versions.iter().map(|it| it.labels.clone());
                labels.collect::<Vec<_>>()
            };
            if labels_of(&versions) != labels_of(&secret.versions) {
                secret.changed = now;
            }
        }
        let stages = secret.version(token).map(|it| it.labels.clone());
        let mut answer = json!({
            "ARN": place.arn(&secret.suffix), "Name": place.name, "VersionId": token,
        });
        put_some(
            &mut answer,
            "VersionStages",
            stages.filter(|it| !it.is_empty()),
        );
        Ok(answer)
    }

    pub(super) fn update(&mut self, ask: &Ask) -> Answer {
        let place = self.named(ask)?;
        check_token(ask)?;
        let place = self.exists(place)?;
        let others = ["SecretString", "SecretBinary", "Description", "Type"];
        let has_key_only = others.iter().all(|it| ask.input.get(it).is_none());
        let answer = json!({"ARN": place.arn(&self.secrets[&place].suffix), "Name": place.name});
        if self.secrets[&place].of.is_some() && has_key_only && ask.text("KmsKeyId").is_some() {
            self.change_key_of_copy(ask, &place)?;
            return Ok(answer);
        }
        let place = self.writable(place)?;
        let value = value_of(ask)?;
        let (now, may_use_key) = (self.now, self.check_key(ask, &place));
        let secret = self.secret(&place);
        if let Some(description) = ask.text("Description") {
            secret.description = description.to_owned();
        }
        if ask.text("KmsKeyId").is_some() {
            secret.key = key_of(ask, &place)?;
            secret.encrypt_anew(&place);
        }
        if ask.text("Type").is_some() {
            secret.kind = kind_of(ask)?;
        }
        secret.changed = now;
        let mut answer = answer;
        if let Some((token, value)) = ask.text("ClientRequestToken").zip(value) {
            may_use_key?;
            answer["VersionId"] = json!(token);
            if !secret.is_repeated(&place, token, &value)? {
                secret.bring(&place, token, value, &[], now);
            }
        }
        Ok(answer)
    }

    pub(super) fn get_value(&mut self, ask: &Ask) -> Answer {
        let place = self.alive(self.found(ask)?)?;
        self.read(ask, &place)
    }

    /// Notes the read with the secret and, but for a copy that has its primary's values, with the
    /// version.
    fn read(&mut self, ask: &Ask, place: &Place) -> Answer {
        self.check_key(ask, place)?;
        let view = self.view(place);
        let version = view.choose(ask.text("VersionId"), ask.text("VersionStage"))?;
        let mut answer = json!({
            "ARN": place.arn(&view.suffix),
            "Name": place.name,
            "VersionId": version.id,
            "CreatedDate": version.created,
        });
        let labels = Some(version.labels.clone()).filter(|it| !it.is_empty());
        put_some(&mut answer, "VersionStages", labels);
        for (member, value) in version.value.iter().filter_map(Value::as_object).flatten() {
            answer[member] = value.clone();
        }
        let day = Some(self.now - self.now % DAY);
        let secret = self.secret(place);
        secret.accessed = day;
        let read = secret.versions.iter_mut().find(|it| it.id == version.id);
        if let Some(read) = read {
            read.accessed = day;
        }
        Ok(answer)
    }

    /// Filters find what is listed without further ado. What cannot be read is told beside.
    pub(super) fn batch_get(&mut self, ask: &Ask) -> Answer {
        let by_filters = ask.input.get("Filters").is_some();
        let by_ids = ask.input.get("SecretIdList").is_some();
        if by_filters == by_ids || by_ids && ask.input.get("MaxResults").is_some() {
            return Err(ANY.of("InvalidParameterException"));
        }
        let ids = match by_ids {
            true => ask.texts("SecretIdList"),
            false => self.listed_arns(ask),
        };
        let (mut values, mut errors) = (Vec::new(), Vec::new());
        for id in ids {
            let one = Ask {
                input: json!({"SecretId": id}),
                ..ask.clone()
            };
            match self.get_value(&one) {
                Ok(value) => values.push(value),
                Err(Refusal { code, says }) => {
                    errors.push(json!({"SecretId": id, "ErrorCode": code, "Message": says}));
                }
            }
        }
        Ok(json!({"SecretValues": values, "Errors": errors}))
    }
}

/// The key that a secret is to have.
pub(super) fn key_of(ask: &Ask, place: &Place) -> Result<Option<String>, Refusal> {
    let key = ask.text("KmsKeyId").filter(|key| !key.is_empty());
    match key.and_then(|key| wrong_with(key, &place.region)) {
        Some(_) => Err(BAD_KEY.refusal()),
        None => Ok(key.map(str::to_owned)),
    }
}

/// Of the partners' types, one is sent here, and one that is none.
fn kind_of(ask: &Ask) -> Result<Option<String>, Refusal> {
    match ask.text("Type").filter(|kind| !kind.is_empty()) {
        Some("None") => Err(ANY.of("InvalidParameterException")),
        kind => Ok(kind.map(str::to_owned)),
    }
}

/// A copy of another account's secret is made under a key of one's own, and with nothing else.
fn pending_copy(ask: &Ask, copy: &Place, secret: &Secret, arn: &str) -> Result<Original, Refusal> {
    let refused = || ANY.of("InvalidParameterException");
    let others = [
        "SecretString",
        "SecretBinary",
        "Description",
        "AddReplicaRegions",
        "Type",
    ];
    let is_plain = others.iter().all(|it| ask.input.get(it).is_none());
    if !is_plain || is_default(secret.key.as_deref()) {
        return Err(refused());
    }
    let (place, suffix) = super::copies::abroad(copy, arn).ok_or_else(refused)?;
    Ok(Original {
        place,
        suffix,
        link: Link::Pending,
    })
}
