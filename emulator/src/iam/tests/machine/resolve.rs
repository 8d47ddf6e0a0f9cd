//! What stands for something in requests, and what it is when they are sent.

use serde_json::{Value, json};

use super::reference::{Entity, Kind, OF_AWS, Reference, of_aws};
use super::steps::ACCOUNTS;

const ABSENT_KEY: &str = "AKIAIOSFODNN7EXAMPLE";

/// A request's input with everything filled in, and documents as texts.
pub(super) fn resolve(reference: &Reference, account: &str, input: &Value) -> Value {
    let mut resolved = input.clone();
    fill(reference, account, &mut resolved);
    fill_own(reference, account, &mut resolved);
    for (member, value) in resolved.as_object_mut().into_iter().flatten() {
        let is_document = member.ends_with("Document") || member == "ResourcePolicy";
        if is_document && value.is_object() {
            *value = Value::from(value.to_string());
        }
    }
    resolved
}

fn fill(reference: &Reference, account: &str, value: &mut Value) {
    match value {
        Value::String(text) => match text.strip_prefix('$') {
            Some(words) if !words.starts_with("its ") => *text = named(reference, account, words),
            _ => {}
        },
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| fill(reference, account, item)),
        Value::Object(members) => members
            .values_mut()
            .for_each(|value| fill(reference, account, value)),
        _ => {}
    }
}

/// What belongs to the first that is named already.
fn fill_own(reference: &Reference, account: &str, input: &mut Value) {
    let known = Kind::ALL.into_iter().find_map(|kind| {
        let handle = input[kind.member()].as_str()?;
        reference.known(account, kind, handle)
    });
    for (_, value) in input.as_object_mut().into_iter().flatten() {
        let words = value.as_str().and_then(|text| text.strip_prefix("$its "));
        let Some((what, number)) = words.and_then(|words| words.split_once(' ')) else {
            continue;
        };
        let own = known.map_or_else(Vec::new, |entity| belongings(reference, entity, what));
        let own = match own.len() {
            0 => match what {
                "version" => "v9",
                "key" => ABSENT_KEY,
                "policy" => "arn:aws:iam::000000000000:policy/none",
                _ => "none",
            },
            count => &own[number.parse::<usize>().unwrap() % count],
        };
        *value = Value::from(own);
    }
}

fn belongings(reference: &Reference, entity: &Entity, what: &str) -> Vec<String> {
    let id = &entity.id;
    let name = |entity: &Entity| entity.name.clone();
    match what {
        "version" => entity
            .version_numbers()
            .map(|it| format!("v{it}"))
            .collect(),
        "key" => reference.keys_of(id).map(|(id, _)| id.clone()).collect(),
        "policy" => reference.attached_to(id).cloned().collect(),
        "inline" => reference
            .inline_of(id)
            .map(|(name, _)| name.to_lowercase())
            .collect(),
        "group" => reference.groups_of(id).map(name).collect(),
        "profile" => reference.profiles_of(id).map(name).collect(),
        _ => panic!("{what}"),
    }
}

/// One of a kind that there is.
pub(super) fn some<'a>(
    reference: &'a Reference,
    account: &str,
    kind: Kind,
    number: usize,
) -> Option<&'a Entity> {
    let all: Vec<&Entity> = reference.all(account, kind).collect();
    let at = number.checked_rem(all.len())?;
    Some(all[at])
}

fn named(reference: &Reference, account: &str, words: &str) -> String {
    let words: Vec<&str> = words.split(' ').collect();
    let number = |word: &str| word.parse::<usize>().unwrap();
    let nth = |prefixes: &[&str], number: usize, absent: &str| {
        let has_one = |id: &&String| prefixes.iter().any(|prefix| id.starts_with(prefix));
        let ids: Vec<&String> = reference.ids.iter().filter(has_one).collect();
        match ids.len() {
            0 => absent.to_owned(),
            count => ids[number % count].clone(),
        }
    };
    let kind = |title: &str| {
        Kind::ALL
            .into_iter()
            .find(|kind| kind.title() == title)
            .unwrap()
    };
    match words[..] {
        ["some", title, n] => {
            let one = some(reference, account, kind(title), number(n));
            // Policies are known by ARNs, in which case matters.
            match one.map(Entity::handle) {
                Some(name) if number(n) == 3 && !name.starts_with("arn:") => name.to_uppercase(),
                Some(handle) => handle,
                None if title == "Policy" => arn(reference, account, Kind::Policy, "none"),
                None => "none".to_owned(),
            }
        }
        ["known", title, at, n] => {
            let one = some(reference, ACCOUNTS[number(at)], kind(title), number(n));
            one.map_or("none".to_owned(), Entity::arn)
        }
        ["policy", name] => arn(reference, account, Kind::Policy, name),
        ["abroad", name] => {
            let other = ACCOUNTS[usize::from(account == ACCOUNTS[0])];
            arn(reference, other, Kind::Policy, name)
        }
        ["aws", n] => of_aws(OF_AWS[number(n) % OF_AWS.len()]),
        ["key", n] => nth(&["AKIA"], number(n), ABSENT_KEY),
        ["id", n] => nth(&["AIDA", "AROA"], number(n), "AIDAAAAAAAAAAAAAAAAAA"),
        ["root", n] => format!("arn:aws:iam::{}:root", ACCOUNTS[number(n)]),
        ["user", n, name] => arn(reference, ACCOUNTS[number(n)], Kind::User, name),
        ["role", n, name] => arn(reference, ACCOUNTS[number(n)], Kind::Role, name),
        ["statement", effect, action, length] => {
            let id = "x".repeat(number(length));
            let statement = json!({"Sid": id, "Effect": effect, "Action": action, "Resource": "*"});
            json!({"Version": "2012-10-17", "Statement": statement}).to_string()
        }
        // With a path that nothing has.
        ["stray", "user"] => format!("arn:aws:iam::{account}:user/stray/a"),
        ["stray", name] => format!("arn:aws:iam::{account}:policy/stray/{name}"),
        _ => panic!("{words:?}"),
    }
}

/// The ARN of what has a name, or would have if it were there.
pub(super) fn arn(reference: &Reference, account: &str, kind: Kind, name: &str) -> String {
    let word = match kind {
        Kind::User => "user",
        Kind::Role => "role",
        _ => "policy",
    };
    let known = reference.named(account, kind, name);
    known.map_or_else(
        || format!("arn:aws:iam::{account}:{word}/{name}"),
        |entity| entity.arn(),
    )
}
