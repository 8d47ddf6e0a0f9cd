//! Who may do what, as far as policies are made of here: an effect, an action or all of them, and all
//! resources.

use serde_json::{Value, json};

use super::policies::is_of_aws;
use super::principals::names;
use super::show::View;
use super::{Answer, DENIED, Entity, INVALID, Kind, Reference, of_aws};

/// Temporary credentials: of a role, or of a user itself.
#[derive(Clone)]
pub(super) struct Session {
    pub(super) of: String,
    name: String,
    expires: i64,
}

/// Something that the holder of a key does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in super::super) enum Deed {
    /// Asks who it is.
    Identify,
    /// Asks for temporary credentials of its own.
    AskForSession,
    /// Assumes a role.
    Assume,
    /// Reads the secret of its account.
    Read,
    /// Looks at itself.
    LookAtItself,
}

impl Deed {
    /// The service, and the operation.
    pub(in super::super) fn operation(self) -> (&'static str, &'static str) {
        match self {
            Self::Identify => ("sts", "GetCallerIdentity"),
            Self::AskForSession => ("sts", "GetSessionToken"),
            Self::Assume => ("sts", "AssumeRole"),
            Self::Read => ("secretsmanager", "GetSecretValue"),
            Self::LookAtItself => ("iam", "GetUser"),
        }
    }
}

/// The value of all secrets.
pub(in super::super) const VALUE: &str = "hunter2";

impl Reference {
    /// What the holder of a key is answered, who calls its session `name`.
    pub(in super::super) fn answer_holder(
        &mut self,
        key: &str,
        deed: Deed,
        role: &str,
        name: &str,
        got: &Value,
    ) -> Answer {
        let (service, _) = deed.operation();
        let caller = self.caller(key, service)?;
        self.note_use(key, service);
        let session = self.sessions.get(key).cloned();
        let is_role = caller.kind == Kind::Role;
        match deed {
            Deed::Identify => {
                let (arn, id) = match &session {
                    Some(session) if is_role => caller.in_session(&session.name),
                    _ => (caller.arn(), caller.id.clone()),
                };
                Ok(json!({"Arn": arn, "UserId": id, "Account": caller.account}))
            }
            Deed::AskForSession if session.is_some() => Err(vec![DENIED]),
            Deed::AskForSession => {
                self.begin(&caller.id, "", 43_200, got)?;
                Ok(Value::Null)
            }
            Deed::Assume => {
                let role = self.entities.values().find(|it| it.arn() == role).cloned();
                let role = role.filter(|role| self.may_assume(key, role));
                let role = role.ok_or(vec![DENIED])?;
                self.begin(&role.id, name, 3600, got)?;
                let (arn, id) = role.in_session(name);
                Ok(json!({"AssumedRoleUser": {"Arn": arn, "AssumedRoleId": id}}))
            }
            Deed::Read => {
                let policy = self.secrets.get(caller.account);
                let action = "secretsmanager:GetSecretValue";
                match self.may(&caller, action, caller.account, policy, false) {
                    true => Ok(json!({"SecretString": VALUE})),
                    false => Err(vec!["AccessDeniedException"]),
                }
            }
            // Temporary credentials of users cannot call IAM, and roles are no users.
            Deed::LookAtItself if session.is_some() && !is_role => Err(vec![UNKNOWN_KEY]),
            Deed::LookAtItself => {
                let may = self.may(&caller, "iam:GetUser", caller.account, None, false);
                match may {
                    false => Err(vec![DENIED, INVALID]),
                    true if is_role => Err(vec![INVALID]),
                    true => Ok(json!({"User": self.view(&caller.id, View::Whole)})),
                }
            }
        }
    }

    /// Whether the holder of a key may assume a role.
    pub(in super::super) fn may_assume(&self, key: &str, role: &Entity) -> bool {
        let (action, trust) = ("sts:AssumeRole", Some(&role.trust));
        let caller = self.caller(key, "sts");
        caller.is_ok_and(|caller| self.may(&caller, action, role.account, trust, true))
    }

    /// The user or role behind a key, if the key is good.
    fn caller(&self, key: &str, service: &str) -> Result<Entity, Vec<&'static str>> {
        let (unknown, expired) = match service {
            "secretsmanager" => ("UnrecognizedClientException", "ExpiredTokenException"),
            _ => (UNKNOWN_KEY, "ExpiredToken"),
        };
        let active = self.keys.get(key).filter(|key| key.is_active);
        let session = self.sessions.get(key);
        let holder = active.map(|key| &key.user).or(session.map(|it| &it.of));
        let caller = holder.and_then(|id| self.entities.get(id));
        match session.is_some_and(|it| it.expires <= self.now) {
            true if caller.is_none() => Err(vec![unknown, expired]),
            true => Err(vec![expired]),
            false => caller.cloned().ok_or(vec![unknown]),
        }
    }

    fn note_use(&mut self, key: &str, service: &'static str) {
        let now = self.now;
        if let Some(key) = self.keys.get_mut(key) {
            key.used = Some((now, service));
        }
        let session = self.sessions.get(key);
        if let Some(role) = session.and_then(|it| self.entities.get_mut(&it.of)) {
            role.used = Some(now);
        }
    }

    /// Temporary credentials that the emulator has issued.
    fn begin(
        &mut self,
        of: &str,
        name: &str,
        seconds: i64,
        got: &Value,
    ) -> Result<(), Vec<&'static str>> {
        let key = got["Credentials"]["AccessKeyId"].as_str();
        let is_fresh = |key: &&str| !self.sessions.contains_key(*key) && key.starts_with("ASIA");
        let key = key.filter(is_fresh).ok_or(vec!["AFreshId"])?.to_owned();
        let session = Session {
            of: of.to_owned(),
            name: name.to_owned(),
            expires: self.now + seconds,
        };
        self.sessions.insert(key, session);
        Ok(())
    }

    /// Whether a user or role may do something to what is in an account and may have a policy of its
    /// own. A role trusts nobody but whom its trust policy names.
    fn may(
        &self,
        caller: &Entity,
        action: &str,
        account: &str,
        policy: Option<&Value>,
        is_trust: bool,
    ) -> bool {
        let own = self.identity_policies(&caller.id);
        let has = |texts: &[Value], effect: &str| texts.iter().any(|it| says(it, effect, action));
        let boundary = self.bounded.get(&caller.id);
        let boundary = boundary.map(|arn| self.managed(caller.account, arn));
        let is_within = |effect: &str| boundary.as_ref().map(|it| says(it, effect, action));
        let by = |effect: &str, names_it: bool| {
            let policy = policy.filter(|it| says(it, effect, action));
            let named: Vec<&str> = policy.map(names).unwrap_or_default();
            let root = format!("arn:aws:iam::{}:root", caller.account);
            named.iter().any(|name| match names_it {
                true => *name == caller.id,
                false => *name == root || *name == caller.account,
            })
        };
        let is_denied = has(&own, "Deny")
            || is_within("Deny") == Some(true)
            || by("Deny", true)
            || by("Deny", false);
        let in_bounds = is_within("Allow") != Some(false);
        let is_allowed = has(&own, "Allow") && in_bounds;
        let (is_named, account_is) = (by("Allow", true), by("Allow", false));
        !is_denied
            && match (caller.account == account, caller.kind) {
                (false, _) => is_allowed && (is_named || account_is),
                (true, Kind::User) if is_named => true,
                (true, _) if is_named && in_bounds => true,
                (true, _) => is_allowed && (account_is || !is_trust),
            }
    }

    /// What a user or role has, a user also through its groups.
    fn identity_policies(&self, id: &str) -> Vec<Value> {
        let groups = self.groups_of(id).map(|group| group.id.as_str());
        let holders = groups.chain([id]);
        let of = |holder: &str| {
            let account = self.entities[holder].account;
            let managed = self.attached_to(holder);
            let managed = managed.map(move |arn| self.managed(account, arn));
            let inline = self.inline_of(holder);
            let inline = inline.map(|(_, text)| serde_json::from_str(text).unwrap());
            managed.chain(inline).collect::<Vec<Value>>()
        };
        holders.flat_map(of).collect()
    }

    /// The version in force of a managed policy.
    fn managed(&self, account: &str, arn: &str) -> Value {
        if is_of_aws(arn) {
            let all = |effect: &str| json!({"Statement": {"Effect": effect, "Action": "*"}});
            return match arn {
                _ if arn == of_aws("AWSDenyAll") => all("Deny"),
                _ if arn == of_aws("AdministratorAccess") => all("Allow"),
                _ => Value::Null,
            };
        }
        let policy = self.policy(account, arn).unwrap();
        serde_json::from_str(policy.text(policy.default)).unwrap()
    }
}

const UNKNOWN_KEY: &str = "InvalidClientTokenId";

/// Whether the one statement of a policy has an effect on an action.
fn says(policy: &Value, effect: &str, action: &str) -> bool {
    let statement = &policy["Statement"];
    let named = statement["Action"].as_str().unwrap_or_default();
    statement["Effect"] == effect && (named == "*" || named == action)
}

impl Entity {
    /// ARN and id of a session of a role.
    fn in_session(&self, name: &str) -> (String, String) {
        let Self {
            account,
            name: role,
            id,
            ..
        } = self;
        let arn = format!("arn:aws:sts::{account}:assumed-role/{role}/{name}");
        (arn, format!("{id}:{name}"))
    }
}
