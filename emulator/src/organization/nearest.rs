//! What somebody probably meant who wrote a name that does not exist.

/// Longer names are not compared.
const LONGEST: usize = 128;

/// "; did you mean X?" with the nearest of the candidates, or a full stop.
pub(super) fn did_you_mean<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> String {
    // One edit for each three letters, and letters of the wrong case are no edit.
    let limit = (word.chars().count() / 3).clamp(1, 4);
    candidates
        .into_iter()
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map_or_else(
            || ".".to_owned(),
            |(_, name)| format!("; did you mean {name:?}?"),
        )
}

/// Letters to insert, leave out, or replace.
fn distance(a: &str, b: &str) -> usize {
    let [a, b] = [a, b].map(|text| text.to_lowercase().chars().collect::<Vec<_>>());
    if a.len().max(b.len()) > LONGEST {
        return usize::MAX;
    }
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let replaced = last[j] + usize::from(from != to);
            row.push(replaced.min(last[j + 1] + 1).min(row[j] + 1));
        }
        last = row;
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table() {
        for (word, expected) in [
            ("scp", "; did you mean \"scps\"?"),
            ("Accounts", "; did you mean \"accounts\"?"),
            ("acounts", "; did you mean \"accounts\"?"),
            ("ous", "."),
            ("", "."),
            (&*"accounts".repeat(99), "."),
        ] {
            let known = ["accounts", "scps", "rcps", "units"];
            assert_eq!(did_you_mean(word, known), expected, "{word}");
        }
    }
}
