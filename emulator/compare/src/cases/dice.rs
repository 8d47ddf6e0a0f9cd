//! Chance that is the same on every run, patterns that nearly match, and the definition of a match.

/// The definition of a pattern.
pub fn glob(pattern: &str, text: &str) -> bool {
    matches(&chars(pattern), &chars(text))
}

fn matches(pattern: &[char], text: &[char]) -> bool {
    match (pattern, text) {
        ([], []) => true,
        (['*', rest @ ..], _) => {
            matches(rest, text) || (!text.is_empty() && matches(pattern, &text[1..]))
        }
        (['?', rest @ ..], [_, tail @ ..]) => matches(rest, tail),
        ([a, rest @ ..], [b, tail @ ..]) => a == b && matches(rest, tail),
        _ => false,
    }
}

fn chars(text: &str) -> Vec<char> {
    text.chars().collect()
}

/// SplitMix64.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (bits ^ (bits >> 31)) % bound
    }

    pub fn one<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len() as u64) as usize]
    }

    pub fn number(&mut self) -> i64 {
        *self.one(&[-10, -2, -1, 0, 1, 2, 9, 10, 11, 100])
    }

    pub fn text(&mut self, letters: &str, most: u64) -> String {
        let letters = chars(letters);
        (0..1 + self.below(most))
            .map(|_| *self.one(&letters))
            .collect()
    }

    /// The text with wildcards in place of some of it, and now and then a wrong letter.
    pub fn pattern(&mut self, text: &str, letters: &str) -> String {
        let letters = chars(letters);
        let mut pattern = String::new();
        let mut rest = text.chars();
        while let Some(letter) = rest.next() {
            match self.below(12) {
                0 | 1 => {
                    pattern.push('*');
                    for _ in 0..self.below(5) {
                        rest.next();
                    }
                }
                2 => pattern.push('?'),
                3 => pattern.push(*self.one(&letters)),
                _ => pattern.push(letter),
            }
        }
        if self.below(4) == 0 {
            pattern.push('*');
        }
        pattern
    }
}
