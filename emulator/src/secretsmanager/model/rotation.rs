//! How a secret is rotated: the state that RotateSecret and CancelRotateSecret keep.
//! <https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html>

use std::sync::Arc;

use super::schedule::{RotationRules, Schedule};
use super::secret::Secret;
use super::stage::Stage;
use super::version_id::VersionId;
use super::versions::Versions;
use crate::timestamp::Timestamp;

/// The rotation of a secret, once that was ever spoken of.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Rotation {
    /// Whether it is on.
    pub is_enabled: bool,
    /// The ARN of the function that rotates.
    pub function: Option<Box<str>>,
    /// When it rotates, as was asked for.
    pub rules: Option<RotationRules>,
    /// The same as DescribeSecret shows them, with the days that they come to.
    pub shown_rules: Option<RotationRules>,
    /// When a rotation last ended.
    pub last_rotated: Option<Timestamp>,
    /// When the next one is to have begun at the latest.
    pub next: Option<Timestamp>,
    /// The version that a rotation is making.
    pub running: Option<VersionId>,
}

impl Rotation {
    /// The ARN of the function that rotates.
    pub fn function(&self) -> Option<&str> {
        self.function.as_deref()
    }

    /// Switches it off. A version that is being made stays, and so do function and rules.
    pub fn stop(&mut self) {
        self.is_enabled = false;
        self.next = None;
        self.running = None;
    }

    /// Switches it on, from now.
    pub fn start(&mut self, function: &str, rules: Option<&RotationRules>, now: Timestamp) {
        self.is_enabled = true;
        self.function = Some(function.into());
        if let Some(rules) = rules {
            self.rules = Some(rules.clone());
        }
        self.plan(now);
    }

    fn plan(&mut self, from: Timestamp) {
        let schedule = self
            .rules
            .as_ref()
            .and_then(|rules| Schedule::new(rules).ok());
        self.shown_rules = schedule.as_ref().map(|schedule| schedule.shown(from));
        self.next = schedule.and_then(|schedule| schedule.next_rotation_date(from));
    }
}

impl Secret {
    /// Changes the rotation.
    pub fn change_rotation(&mut self, change: impl FnOnce(&mut Rotation)) {
        let mut rotation = self.rotation.as_deref().cloned().unwrap_or_default();
        change(&mut rotation);
        self.rotation = Some(Arc::new(rotation));
    }

    /// A new value has become current: by the rotation that was making it, which has ended then, or
    /// by hand, which puts off the next rotation if they are counted in days.
    pub fn note_new_current(&mut self, before: &Versions, now: Timestamp) {
        let is_new = before.labelled(&Stage::Current) != self.versions.labelled(&Stage::Current);
        let current = self
            .versions
            .labelled(&Stage::Current)
            .map(|it| it.id.clone());
        let Some(rotation) = self
            .rotation
            .as_deref()
            .filter(|it| is_new && it.is_enabled)
        else {
            return;
        };
        let has_ended = rotation.running.is_some() && rotation.running == current;
        let is_put_off = rotation
            .rules
            .as_ref()
            .is_some_and(|rules| rules.automatically_after_days.is_some());
        self.change_rotation(|rotation| {
            if has_ended {
                rotation.running = None;
                rotation.last_rotated = Some(now);
            }
            if has_ended || is_put_off {
                rotation.plan(now);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{AccountId, Region, Scope};

    const FUNCTION: &str = "arn:aws:lambda:us-east-1:000000000000:function:f";

    fn at(day: i64) -> Timestamp {
        Timestamp::from_millis(0).plus_days(day)
    }

    /// A secret whose second version is being made by a rotation that began on day 0.
    fn rotating() -> Secret {
        let scope = Scope {
            account: AccountId::DEFAULT,
            region: Region::us_east_1(),
        };
        let rules = RotationRules {
            automatically_after_days: Some(30),
            duration: None,
            schedule_expression: None,
        };
        let mut secret = Secret::new(&scope, "s", *b"AbCdEf", at(0));
        secret.versions.put(&"1".into(), at(0), &[]).unwrap();
        secret.versions.announce(&"2".into(), at(0)).unwrap();
        secret.change_rotation(|rotation| {
            rotation.start(FUNCTION, Some(&rules), at(0));
            rotation.running = Some("2".into());
        });
        secret
    }

    fn dates(secret: &Secret) -> (Option<Timestamp>, Option<i64>) {
        let rotation = secret.rotation.as_deref().unwrap();
        let day = |next: Timestamp| next.millis() / 86_400_000;
        (rotation.last_rotated, rotation.next.map(day))
    }

    #[test]
    fn a_rotation_ends_when_its_version_is_current() {
        let mut secret = rotating();
        assert_eq!(dates(&secret), (None, Some(30)));
        let before = secret.versions.clone();
        let label = [Stage::Custom("a".into())];
        secret.versions.put(&"3".into(), at(1), &label).unwrap();
        secret.note_new_current(&before, at(1));
        assert_eq!(dates(&secret), (None, Some(30)), "nothing new is current");
        secret.versions.put(&"4".into(), at(1), &[]).unwrap();
        secret.note_new_current(&before, at(1));
        let put_off = (None, Some(31));
        assert_eq!(dates(&secret), put_off, "a value by hand puts it off");
        let (before, four, two) = (secret.versions.clone(), "4".into(), "2".into());
        let versions = &mut secret.versions;
        let moved = versions.move_stage(&Stage::Current, Some(&four), Some(&two));
        assert_eq!(moved, Ok(()));
        secret.note_new_current(&before, at(2));
        assert_eq!(dates(&secret), (Some(at(2)), Some(32)));
    }

    #[test]
    fn what_is_stopped_keeps_its_function_and_rules() {
        let mut secret = rotating();
        secret.change_rotation(Rotation::stop);
        let before = secret.versions.clone();
        secret.versions.put(&"3".into(), at(1), &[]).unwrap();
        secret.note_new_current(&before, at(1));
        assert_eq!(dates(&secret), (None, None));
        let rotation = secret.rotation.as_deref().unwrap();
        assert!(!rotation.is_enabled && rotation.function() == Some(FUNCTION));
        assert!(rotation.shown_rules.is_some());
    }
}
