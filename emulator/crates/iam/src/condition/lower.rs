//! Lower case as Java makes it, which is how AWS compares texts without case: character by character,
//! but a capital sigma that ends a word becomes the letter for the end of words.
//!
//! Never folds: `ß` is not `SS`, and `ς` is not `σ`. Never allocates.

use std::char::ToLowercase;

/// The characters in lower case.
pub(crate) fn lower_case<T: Iterator<Item = char> + Clone>(text: T) -> impl Iterator<Item = char> {
    Lower {
        rest: text,
        current: None,
        is_within_word: false,
    }
}

struct Lower<T> {
    rest: T,
    /// What the last character became, as far as it is not told yet.
    current: Option<ToLowercase>,
    /// Whether a letter stands before, with no end of a word after it.
    is_within_word: bool,
}

impl<T: Iterator<Item = char> + Clone> Iterator for Lower<T> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        if let Some(character) = self.current.as_mut().and_then(Iterator::next) {
            return Some(character);
        }
        let character = self.rest.next()?;
        let is_final = character == 'Σ' && self.is_within_word && {
            let mut after = self.rest.clone().skip_while(|c| is_within_words(*c));
            !after.next().is_some_and(has_case)
        };
        if has_case(character) {
            self.is_within_word = true;
        } else if !is_within_words(character) {
            self.is_within_word = false;
        }
        if is_final {
            return Some('ς');
        }
        let mut lower = character.to_lowercase();
        let first = lower.next();
        self.current = Some(lower);
        first
    }
}

fn has_case(character: char) -> bool {
    character.is_lowercase()
        || character.is_uppercase()
        // Such as the one letter `ǅ`.
        || character.to_lowercase().next() != Some(character)
}

/// Marks on letters, and what may stand between the letters of one word.
fn is_within_words(character: char) -> bool {
    matches!(
        character,
        '\'' | '.' | ':' | '\u{ad}' | '·' | '\u{300}'..='\u{36f}' | '‘' | '’' | '․' | '‧'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn equal(a: &str, b: &str) -> bool {
        lower_case(a.chars()).eq(lower_case(b.chars()))
    }

    #[test]
    fn as_recorded() {
        for (a, b, expected) in [
            ("prod", "PrOd", true),
            ("É", "é", true),
            ("K", "\u{212a}", true),
            ("ß", "ẞ", true),
            ("Σ", "σ", true),
            ("ΟΣ", "ος", true),
            ("ΟΣΑ", "οσα", true),
            ("ΟΣ", "οσ", false),
            ("Σ", "ς", false),
            ("I", "ı", false),
            ("i", "İ", false),
            ("s", "ſ", false),
            ("ß", "SS", false),
        ] {
            assert_eq!(equal(a, b), expected, "{a} and {b}");
            assert_eq!(equal(b, a), expected, "{b} and {a}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_standard_library(text in "[ΑΣσςbDǅİ1 .'\u{301}]{0,8}") {
            prop_assert_eq!(lower_case(text.chars()).collect::<String>(), text.to_lowercase());
        }
    }
}
