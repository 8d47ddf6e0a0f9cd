//! Rotation, whose functions are not run here either.

use serde_json::{Value, json};

use super::labels::{CURRENT, PENDING};
use super::refusals::{
    BAD_EXPRESSION, BAD_FUNCTION, CANNOT_INVOKE, DAYS_AND_EXPRESSION, INCOMPLETE, NO_FUNCTION,
    NO_TOKEN_TO_ROTATE,
};
use super::{Answer, Ask, DAY, Reference, Refusal, Secret};

/// The one function that exists; it is in `us-east-1`.
pub(in super::super) const FUNCTION: &str = "arn:aws:lambda:us-east-1:000000000000:function:rotate";

/// What RotateSecret and CancelRotateSecret have said.
#[derive(Clone, Default)]
pub(super) struct Rotation {
    pub(super) is_on: bool,
    pub(super) function: Option<String>,
    pub(super) rules: Option<Rules>,
    pub(super) last: Option<i64>,
    pub(super) next: Option<i64>,
    /// The version that is being made.
    running: Option<String>,
}

/// Days, as such or as `rate(N days)`.
#[derive(Clone)]
pub(super) struct Rules {
    pub(super) days: i64,
    pub(super) expression: Option<String>,
}

impl Rotation {
    /// The day so many days hence ends the window.
    fn plan(&mut self, now: i64) {
        let midnight = now - now % DAY;
        let rules = self.rules.as_ref();
        self.next = rules.map(|rules| midnight + (rules.days + 1) * DAY - 1);
    }

    pub(super) fn stop(&mut self) {
        self.is_on = false;
        self.next = None;
        self.running = None;
    }
}

impl Secret {
    /// Which version is current, and whether it has its value.
    pub(super) fn current(&self) -> Option<(String, bool)> {
        let current = self.holder(CURRENT)?;
        Some((current.id.clone(), current.value.is_some()))
    }

    /// A new current version ends the rotation that made it. One made by hand counts as a rotation for
    /// schedules in days.
    pub(super) fn note_current(&mut self, before: Option<(String, bool)>, now: i64) {
        let after = self.current();
        let Some(rotation) = self
            .rotation
            .as_mut()
            .filter(|it| it.is_on && after != before)
        else {
            return;
        };
        let has_ended = rotation.running.is_some() && rotation.running == after.map(|(id, _)| id);
        if has_ended {
            rotation.running = None;
            rotation.last = Some(now);
        }
        let rules = rotation.rules.as_ref();
        if has_ended || rules.is_some_and(|rules| rules.expression.is_none()) {
            rotation.plan(now);
        }
    }

    pub(super) fn rotation(&mut self) -> &mut Rotation {
        self.rotation.get_or_insert_default()
    }
}

impl Reference {
    /// A repetition while its version is pending changes nothing; what AWS does with a token that has
    /// made a version already is *Unknown*.
    pub(super) fn rotate(&mut self, ask: &Ask) -> Answer {
        let place = self.named(ask)?;
        let token = ask.text("ClientRequestToken");
        let token = token.ok_or_else(|| NO_TOKEN_TO_ROTATE.refusal())?;
        let place = self.writable(self.exists(place)?)?;
        let now = self.now;
        let secret = self.secret(&place);
        let known = secret.rotation.clone().unwrap_or_default();
        let function = ask.text("RotationLambdaARN").filter(|arn| !arn.is_empty());
        let function = function.map(str::to_owned).or(known.function);
        let function = function.ok_or_else(|| NO_FUNCTION.refusal())?;
        if !function.starts_with(&format!("arn:aws:lambda:{}:", place.region)) {
            return Err(BAD_FUNCTION.refusal());
        }
        if function != FUNCTION {
            return Err(CANNOT_INVOKE.refusal());
        }
        let rules = rules(&ask.input["RotationRules"])?;
        let answer = json!({
            "ARN": place.arn(&secret.suffix),
            "Name": place.name,
            "VersionId": token,
        });
        let pending = secret.holder_id(PENDING);
        if known.running.as_deref() == Some(token) && pending.as_deref() == Some(token) {
            return Ok(answer);
        }
        if pending.is_some() && pending != secret.holder_id(CURRENT) {
            return Err(INCOMPLETE.refusal());
        }
        let begins = ask.input["RotateImmediately"] != json!(false);
        let rotation = secret.rotation();
        rotation.is_on = true;
        rotation.function = Some(function);
        rotation.rules = rules.or(rotation.rules.take());
        rotation.running = begins.then(|| token.to_owned());
        rotation.plan(now);
        if begins {
            secret.announce(token, now);
        }
        secret.changed = now;
        Ok(answer)
    }

    pub(super) fn cancel_rotation(&mut self, ask: &Ask) -> Answer {
        let place = self.writable(self.found(ask)?)?;
        let now = self.now;
        let secret = self.secret(&place);
        secret.rotation().stop();
        secret.changed = now;
        Ok(json!({"ARN": place.arn(&secret.suffix), "Name": place.name}))
    }
}

fn rules(sent: &Value) -> Result<Option<Rules>, Refusal> {
    let days = sent["AutomaticallyAfterDays"].as_i64();
    let expression = sent["ScheduleExpression"].as_str();
    match (days, expression) {
        (None, None) => Ok(None),
        (Some(_), Some(_)) => Err(DAYS_AND_EXPRESSION.refusal()),
        (Some(days), None) => Ok(Some(Rules {
            days,
            expression: None,
        })),
        (None, Some(expression)) => {
            let days = expression.strip_prefix("rate(");
            let days = days.and_then(|it| it.strip_suffix(" days)")?.parse().ok());
            let days = days.ok_or_else(|| BAD_EXPRESSION.refusal())?;
            let expression = Some(expression.to_owned());
            Ok(Some(Rules { days, expression }))
        }
    }
}
