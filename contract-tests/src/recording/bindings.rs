//! Placeholders: stable names in a recording for what differs each time it is replayed.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// Where recordings have their copies.
const OTHER_REGION: &str = "us-east-2";

/// What placeholders stand for, as far as the replay has come.
#[derive(Clone, Default, Debug)]
pub struct Bindings(BTreeMap<String, String>);

impl Bindings {
    /// Gives a placeholder its value.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.insert(name.to_owned(), value.into());
    }

    /// What a placeholder stands for.
    pub fn get(&self, name: &str) -> Option<String> {
        if let Some(value) = self.0.get(name) {
            return Some(value.clone());
        }
        // The same secret in the region of its copy.
        if let Some(arn) = name.strip_suffix("_other") {
            let mut parts: Vec<&str> = self.0.get(arn)?.split(':').collect();
            *parts.get_mut(3)? = OTHER_REGION;
            return Some(parts.join(":"));
        }
        // An ARN without its hyphen and six characters still names the secret.
        let arn = self.0.get(name.strip_suffix("_partial")?)?;
        arn.get(..arn.len().checked_sub(7)?).map(str::to_owned)
    }

    /// Takes the value of a placeholder from an answer. Only ids of secrets and versions come from
    /// there, and no two of them are the same.
    pub fn bind(&mut self, name: &str, value: &str) -> Result<(), String> {
        let is_numbered = |prefix: &str| {
            name.strip_prefix(prefix)
                .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let fits = if is_numbered("arn") {
            self.is_arn(value)
        } else if is_numbered("v") {
            (32..=64).contains(&value.len())
        } else {
            return Err(format!("${name}, which nothing has bound"));
        };
        if !fits {
            return Err(format!("${name}, of its form"));
        }
        if let Some((other, _)) = self.0.iter().find(|(_, known)| *known == value) {
            return Err(format!("${name}, other than ${other}"));
        }
        self.set(name, value);
        Ok(())
    }

    fn is_arn(&self, value: &str) -> bool {
        let parts: Vec<&str> = value.splitn(7, ':').collect();
        let [_, _, "secretsmanager", _, _, "secret", resource] = &parts[..] else {
            return false;
        };
        let Some((name, suffix)) = resource.rsplit_once('-') else {
            return false;
        };
        let is_suffix =
            suffix.len() == 6 && suffix.bytes().all(|byte| byte.is_ascii_alphanumeric());
        is_suffix && self.get("name").is_none_or(|known| known == name)
    }

    /// A text with its placeholders replaced; `$$` is a dollar sign. An error names the placeholder
    /// that stands for nothing.
    pub fn fill(&self, text: &str) -> Result<String, String> {
        let (mut filled, mut rest) = (String::new(), text);
        while let Some((before, after)) = rest.split_once('$') {
            filled.push_str(before);
            let end = after
                .find(|letter: char| !matches!(letter, 'a'..='z' | '0'..='9' | '_'))
                .unwrap_or(after.len());
            let (name, behind) = after.split_at(end);
            if let Some(escaped) = after.strip_prefix('$') {
                filled.push('$');
                rest = escaped;
            } else if name.starts_with(|letter: char| letter.is_ascii_lowercase()) {
                let value = self.get(name);
                filled.push_str(&value.ok_or_else(|| format!("${name} is not bound"))?);
                rest = behind;
            } else {
                filled.push('$');
                rest = after;
            }
        }
        filled.push_str(rest);
        Ok(filled)
    }

    /// The same in every text of a request.
    pub fn fill_all(&self, input: &Map<String, Value>) -> Result<Map<String, Value>, String> {
        let member = |(name, value): (&String, &Value)| Ok((name.clone(), self.fill_value(value)?));
        input.iter().map(member).collect()
    }

    fn fill_value(&self, value: &Value) -> Result<Value, String> {
        Ok(match value {
            Value::String(text) => self.fill(text)?.into(),
            Value::Array(items) => {
                let items = items.iter().map(|item| self.fill_value(item));
                items.collect::<Result<Vec<_>, _>>()?.into()
            }
            Value::Object(members) => self.fill_all(members)?.into(),
            other => other.clone(),
        })
    }
}
