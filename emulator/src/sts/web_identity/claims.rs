//! What a token says: the claims every token must have, those that mean something to AWS, and all of
//! them as they came, which condition keys are made of.

use serde_json::{Map, Value};

use super::Refusal;

const TAGS: &str = "https://aws.amazon.com/tags";
const SOURCE_IDENTITY: &str = "https://aws.amazon.com/source_identity";
const ROLES: &str = "https://aws.amazon.com/roles";

const TEXT: &str = "a string";
const TEXTS: &str = "a string or a list of strings";

/// The claims of a token. Times are in seconds since the epoch.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Claims {
    /// `iss`.
    pub(crate) issuer: String,
    /// `sub`.
    pub(crate) subject: String,
    /// `aud`, which has at least one.
    pub(crate) audiences: Vec<String>,
    /// `azp`.
    pub(crate) authorized_party: Option<String>,
    /// `exp`.
    pub(crate) expires: i64,
    /// `iat`.
    pub(crate) issued: i64,
    /// `nbf`.
    pub(crate) not_before: Option<i64>,
    /// `amr`.
    pub(crate) amr: Vec<String>,
    /// Every claim, these among them.
    pub(crate) all: Map<String, Value>,
}

/// The session tags that a token asks for.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(crate) struct SessionTags {
    /// Keys with their values, in the order of the keys.
    pub(crate) tags: Vec<(String, String)>,
    /// The keys of the tags that stay when a role assumes the next.
    pub(crate) transitive_keys: Vec<String>,
}

impl Claims {
    pub(super) fn read(all: Map<String, Value>) -> Result<Self, Refusal> {
        Ok(Self {
            issuer: required("iss", text(&all, "iss")?)?,
            subject: required("sub", text(&all, "sub")?)?,
            audiences: required(
                "aud",
                texts(&all, "aud")?.filter(|audiences| !audiences.is_empty()),
            )?,
            authorized_party: text(&all, "azp")?,
            expires: required("exp", seconds(&all, "exp")?)?,
            issued: required("iat", seconds(&all, "iat")?)?,
            not_before: seconds(&all, "nbf")?,
            amr: texts(&all, "amr")?.unwrap_or_default(),
            all,
        })
    }

    /// The audience the token counts as one for, if the provider lists it: `azp` if it has that, as
    /// AWS's condition key `aud` does, else the first of `aud` that is listed.
    ///
    /// # Errors
    /// The provider lists none.
    pub(crate) fn audience(&self, client_ids: &[String]) -> Result<&str, Refusal> {
        let listed = |audience: &&String| client_ids.contains(audience);
        match &self.authorized_party {
            Some(party) => Some(party).filter(listed),
            None => self.audiences.iter().find(listed),
        }
        .map(String::as_str)
        .ok_or(Refusal::WrongAudience)
    }

    /// The session tags, in either of AWS's forms: nested in one claim, or a claim a tag.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html>
    ///
    /// # Errors
    /// A tag has not exactly one text as its value, or the claim is of another form.
    pub(crate) fn session_tags(&self) -> Result<SessionTags, Refusal> {
        let empty = Map::new();
        let nested = object(&self.all, TAGS, TAGS)?.unwrap_or(&empty);
        let path = format!("{TAGS}/principal_tags");
        let mut found = SessionTags::default();
        for (key, value) in object(nested, "principal_tags", &path)?.unwrap_or(&empty) {
            found.tag(key, value)?;
        }
        let prefix = format!("{path}/");
        for (name, value) in &self.all {
            if let Some(key) = name.strip_prefix(&prefix) {
                found.tag(key, value)?;
            }
        }
        let path = format!("{TAGS}/transitive_tag_keys");
        let flat = texts(&self.all, &path)?;
        let nested = texts_at(nested, "transitive_tag_keys", &path)?;
        found.transitive_keys = [nested, flat].into_iter().flatten().flatten().collect();
        Ok(found)
    }

    /// The source identity that the session is to have.
    ///
    /// # Errors
    /// The claim is no text.
    pub(crate) fn source_identity(&self) -> Result<Option<String>, Refusal> {
        text(&self.all, SOURCE_IDENTITY)
    }

    /// Whether the issuer names this role, by its ARN; none if it names no roles at all.
    ///
    /// # Errors
    /// It names others. No policy can allow it then.
    pub(crate) fn names_role(&self, arn: &str) -> Result<Option<bool>, Refusal> {
        match texts(&self.all, ROLES)? {
            None => Ok(None),
            Some(roles) if roles.iter().any(|role| role == arn) => Ok(Some(true)),
            Some(_) => Err(Refusal::RoleNotListed),
        }
    }
}

impl SessionTags {
    fn tag(&mut self, key: &str, value: &Value) -> Result<(), Refusal> {
        let value = match value {
            Value::Array(values) if values.len() == 1 => &values[0],
            value => value,
        };
        let Value::String(value) = value else {
            let claim = format!("{TAGS}/principal_tags/{key}");
            return Err(Refusal::InvalidClaim(
                claim,
                "a string or a list of one string",
            ));
        };
        self.tags.push((key.to_owned(), value.clone()));
        Ok(())
    }
}

fn required<T>(claim: &'static str, value: Option<T>) -> Result<T, Refusal> {
    value.ok_or(Refusal::MissingClaim(claim))
}

/// A claim that is null is one that is absent.
fn member<'a>(all: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    all.get(name).filter(|value| !value.is_null())
}

fn object<'a>(
    all: &'a Map<String, Value>,
    name: &str,
    path: &str,
) -> Result<Option<&'a Map<String, Value>>, Refusal> {
    match member(all, name) {
        None => Ok(None),
        Some(Value::Object(members)) => Ok(Some(members)),
        Some(_) => Err(invalid(path, "an object")),
    }
}

fn text(all: &Map<String, Value>, claim: &str) -> Result<Option<String>, Refusal> {
    match member(all, claim) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(invalid(claim, TEXT)),
    }
}

fn texts(all: &Map<String, Value>, claim: &str) -> Result<Option<Vec<String>>, Refusal> {
    texts_at(all, claim, claim)
}

fn texts_at(
    all: &Map<String, Value>,
    name: &str,
    path: &str,
) -> Result<Option<Vec<String>>, Refusal> {
    let one = |value: &Value| match value {
        Value::String(text) => Ok(text.clone()),
        _ => Err(invalid(path, TEXTS)),
    };
    match member(all, name) {
        None => Ok(None),
        Some(Value::Array(values)) => values.iter().map(one).collect::<Result<_, _>>().map(Some),
        Some(value) => one(value).map(|text| Some(vec![text])),
    }
}

/// AWS wants timestamps as integers, which JSON writes without a fraction.
fn seconds(all: &Map<String, Value>, claim: &str) -> Result<Option<i64>, Refusal> {
    match member(all, claim) {
        None => Ok(None),
        Some(value) => match value.as_i64() {
            Some(seconds) => Ok(Some(seconds)),
            None => Err(invalid(claim, "an integer")),
        },
    }
}

fn invalid(claim: &str, wanted: &'static str) -> Refusal {
    Refusal::InvalidClaim(claim.to_owned(), wanted)
}
