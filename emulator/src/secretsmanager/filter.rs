//! Filters of ListSecrets.
//! <https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_search-secret.html>

use serde::Deserialize;

use super::Error;
use super::model::Secret;
use crate::wire::{Member, Pattern, Shape};

/// A filter: a secret passes if one of the values matches what the key names. A value that begins
/// with `!` matches where the rest of it does not.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Filter {
    #[serde(default)]
    key: Option<Field>,
    #[serde(default)]
    values: Vec<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Field {
    Description,
    Name,
    TagKey,
    TagValue,
    PrimaryRegion,
    OwningService,
    All,
}

pub(super) const FILTERS: Member = Member::new(
    "Filters",
    Shape::List {
        of: &Shape::Structure(FILTER),
        min: 0,
        max: usize::MAX,
    },
);

/// The most filters of a request. The model has this limit, too, but AWS was seen to refuse more of
/// them as a service and not as a model.
const MAX_FILTERS: usize = 10;

/// Refuses more filters than there may be.
pub(super) fn check(filters: &[Filter]) -> Result<(), Error> {
    if filters.len() > MAX_FILTERS {
        Err(Error::TooManyFilters)
    } else {
        Ok(())
    }
}

const FILTER: &[Member] = &[
    Member::new(
        "Key",
        Shape::one_of(&[
            "description",
            "name",
            "tag-key",
            "tag-value",
            "primary-region",
            "owning-service",
            "all",
        ]),
    ),
    Member::new(
        "Values",
        Shape::List {
            of: &Shape::pattern(0, 512, VALUE),
            min: 1,
            max: 10,
        },
    ),
];

const VALUE: Pattern = Pattern {
    text: "^\\!?[a-zA-Z0-9 :_@\\/\\+\\=\\.\\-\\!]*$",
    matches: |text| {
        text.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b" :_@/+=.-!".contains(&byte))
    },
};

impl Filter {
    /// Whether a secret passes.
    pub(super) fn matches(&self, secret: &Secret) -> bool {
        // A filter without a key looks everywhere.
        let key = self.key.unwrap_or(Field::All);
        self.values
            .iter()
            .any(|value| match value.strip_prefix('!') {
                Some(value) => !key.matches(value, secret),
                None => key.matches(value, secret),
            })
    }
}

impl Filter {
    /// How the names that pass begin, if that is all the filter asks for. No beginning is that of
    /// another.
    pub(super) fn beginnings(&self) -> Option<Vec<&str>> {
        let values = || self.values.iter().map(String::as_str);
        let is_plain = |value: &str| !value.is_empty() && !value.starts_with('!');
        if !matches!(self.key, Some(Field::Name)) || !values().all(is_plain) {
            return None;
        }
        let mut beginnings: Vec<&str> = values().collect();
        beginnings.sort_unstable();
        beginnings.dedup_by(|next, kept| next.starts_with(*kept));
        Some(beginnings)
    }
}

impl Field {
    fn matches(self, value: &str, secret: &Secret) -> bool {
        let mut tags = secret.tags.iter().flatten();
        match self {
            Self::Name => secret.name().starts_with(value),
            Self::TagKey => tags.any(|tag| tag.key.starts_with(value)),
            Self::TagValue => tags.any(|tag| tag.value.starts_with(value)),
            Self::Description => every_word_begins_one(value, &secret.description),
            Self::PrimaryRegion => {
                let region = secret.primary_region();
                region.is_some_and(|region| region.as_str().starts_with(value))
            }
            // No service owns a secret here.
            Self::OwningService => false,
            Self::All => {
                let texts = tags.flat_map(|tag| [tag.key.as_str(), tag.value.as_str()]);
                begins_a_word(value, texts.chain([secret.name(), &*secret.description]))
            }
        }
    }
}

/// Word by word and without regard to case: each word of the value begins a word of the text.
fn every_word_begins_one(value: &str, text: &str) -> bool {
    let (value, text) = (value.to_lowercase(), text.to_lowercase());
    let mut words: Vec<&str> = text.split_whitespace().collect();
    words.sort_unstable();
    value.split_whitespace().all(|wanted| {
        let first = words.partition_point(|word| *word < wanted);
        words
            .get(first)
            .is_some_and(|word| word.starts_with(wanted))
    })
}

/// Whether every word of the value begins a word of one of the texts. Both are cut into words at
/// punctuation, at changes of case and between letters and digits.
fn begins_a_word<'a>(value: &str, texts: impl Iterator<Item = &'a str>) -> bool {
    let words: Vec<String> = texts.flat_map(lower_words).collect();
    let mut wanted = lower_words(value).into_iter().peekable();
    wanted.peek().is_some()
        && wanted.all(|wanted| words.iter().any(|word| word.starts_with(&wanted)))
}

fn lower_words(text: &str) -> Vec<String> {
    let runs = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|run| !run.is_empty());
    runs.flat_map(parts).map(str::to_lowercase).collect()
}

/// `COMPANYthings1` → `COMPAN`, `Ythings`, `1`: a run of capitals before a small letter leaves its
/// last capital to the next word.
fn parts(run: &str) -> Vec<&str> {
    let characters: Vec<(usize, char)> = run.char_indices().collect();
    let mut cuts = vec![0];
    for (index, &(at, character)) in characters.iter().enumerate().skip(1) {
        let (_, before) = characters[index - 1];
        let next_small = characters
            .get(index + 1)
            .is_some_and(|(_, next)| next.is_lowercase());
        let kind_changes = before.is_numeric() != character.is_numeric();
        let word_begins = character.is_uppercase() && (before.is_lowercase() || next_small);
        if kind_changes || word_begins {
            cuts.push(at);
        }
    }
    cuts.push(run.len());
    cuts.windows(2).map(|cut| &run[cut[0]..cut[1]]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_are_told_where_they_are_all() {
        let beginnings = |key: &str, values: &[&str]| {
            let filter: Filter =
                serde_json::from_value(serde_json::json!({"Key": key, "Values": values})).unwrap();
            let beginnings = filter.beginnings();
            beginnings.map(|them| them.into_iter().map(str::to_owned).collect::<Vec<_>>())
        };
        let told = beginnings("name", &["b", "ab", "a", "abc", "b"]);
        assert_eq!(told, Some(vec!["a".to_owned(), "b".to_owned()]));
        for values in [&["a", "!b"][..], &["", "a"]] {
            assert_eq!(beginnings("name", values), None);
        }
        assert_eq!(beginnings("all", &["a"]), None);
    }
}
