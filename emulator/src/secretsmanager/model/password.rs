//! Random passwords: which characters, how many, and at least one of each kind. Randomness is given.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html>

use crate::sensitive::Sensitive;

/// The kinds of characters, in the order of the API's members.
const NUMBERS: &[u8] = b"0123456789";
const PUNCTUATION: &[u8] = b"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
const UPPERCASE: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LOWERCASE: &[u8] = b"abcdefghijklmnopqrstuvwxyz";
const SPACE: &[u8] = b" ";

/// What a password is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alphabet {
    /// Kinds that have characters left.
    kinds: Vec<Vec<u8>>,
}

/// The kinds that a password may have.
#[derive(Debug, Clone, Copy)]
pub struct Kinds {
    /// `0` to `9`.
    pub numbers: bool,
    /// The printable characters of ASCII that are none of the others.
    pub punctuation: bool,
    /// `A` to `Z`.
    pub uppercase: bool,
    /// `a` to `z`.
    pub lowercase: bool,
    /// The space.
    pub space: bool,
}

impl Kinds {
    /// How many kinds there are.
    pub fn count(self) -> usize {
        let Self {
            numbers,
            punctuation,
            uppercase,
            lowercase,
            space,
        } = self;
        let kinds = [numbers, punctuation, uppercase, lowercase, space];
        kinds.into_iter().filter(|kind| *kind).count()
    }
}

impl Alphabet {
    /// The characters of some kinds without those excluded one by one.
    pub fn new(kinds: Kinds, excluded: &str) -> Self {
        let of = |is_included: bool, characters: &[u8]| -> Vec<u8> {
            let left = characters.iter().filter(|_| is_included);
            left.filter(|byte| !excluded.as_bytes().contains(byte))
                .copied()
                .collect()
        };
        let kinds = [
            of(kinds.numbers, NUMBERS),
            of(kinds.punctuation, PUNCTUATION),
            of(kinds.uppercase, UPPERCASE),
            of(kinds.lowercase, LOWERCASE),
            of(kinds.space, SPACE),
        ];
        Self {
            kinds: kinds.into_iter().filter(|kind| !kind.is_empty()).collect(),
        }
    }

    /// How many kinds there are.
    pub fn kinds(&self) -> usize {
        self.kinds.len()
    }

    /// A password. With `requires_each` it has a character of each kind, and must be long enough for
    /// that; an alphabet without characters makes an empty one.
    pub fn password(
        &self,
        length: usize,
        requires_each: bool,
        random: impl FnMut(&mut [u8]),
    ) -> Sensitive<String> {
        let mut dice = Dice { random };
        let all = self.kinds.concat();
        if all.is_empty() {
            return Sensitive::new(String::new());
        }
        let required = self.kinds.iter().filter(|_| requires_each).take(length);
        let mut password: Vec<u8> = Vec::with_capacity(length);
        password.extend(required.map(|kind| kind[dice.below(kind.len())]));
        while password.len() < length {
            password.push(all[dice.below(all.len())]);
        }
        // The required ones stand anywhere: Fisher and Yates.
        for last in (1..password.len()).rev() {
            password.swap(last, dice.below(last + 1));
        }
        // ASCII throughout, and no copy is left behind.
        Sensitive::new(String::from_utf8(password).unwrap_or_default())
    }
}

struct Dice<R> {
    random: R,
}

impl<R: FnMut(&mut [u8])> Dice<R> {
    /// A number below a bound of at most 65,536, each as likely as any other.
    fn below(&mut self, bound: usize) -> usize {
        let fair = (1 << 16) / bound * bound;
        loop {
            let mut bytes = [0; 2];
            (self.random)(&mut bytes);
            let number = usize::from(u16::from_le_bytes(bytes));
            if number < fair {
                return number % bound;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same numbers every time.
    fn random(seed: u64) -> impl FnMut(&mut [u8]) {
        let mut state = seed | 1;
        move |out| {
            for byte in out {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                *byte = (state >> 24) as u8;
            }
        }
    }

    #[test]
    fn punctuation_is_all_that_is_left_of_ascii() {
        let rest = (0x21..0x7f_u8).filter(|byte| !byte.is_ascii_alphanumeric());
        assert!(rest.eq(PUNCTUATION.iter().copied()));
    }

    proptest! {
        #[test]
        fn of_the_length_and_the_kinds_asked_for(
            included in any::<[bool; 5]>(),
            excluded in "[ -~]{0,20}",
            length in 5_usize..200,
            requires_each in any::<bool>(),
            seed in any::<u64>(),
        ) {
            let [numbers, punctuation, uppercase, lowercase, space] = included;
            let kinds = Kinds { numbers, punctuation, uppercase, lowercase, space };
            let alphabet = Alphabet::new(kinds, &excluded);
            let password = alphabet.password(length, requires_each, random(seed));
            let password = password.expose();
            if alphabet.kinds() == 0 {
                prop_assert!(password.is_empty());
                return Ok(());
            }
            prop_assert_eq!(password.len(), length);
            let all = alphabet.kinds.concat();
            prop_assert!(password.bytes().all(|byte| all.contains(&byte)));
            prop_assert!(!password.contains(|c| excluded.contains(c)));
            if requires_each {
                let has = |kind: &Vec<u8>| password.bytes().any(|byte| kind.contains(&byte));
                prop_assert!(alphabet.kinds.iter().all(has));
            }
        }
    }

    #[test]
    fn every_character_comes_up_anywhere() {
        let kinds = Kinds {
            numbers: true,
            punctuation: false,
            uppercase: false,
            lowercase: true,
            space: true,
        };
        let alphabet = Alphabet::new(kinds, "");
        let mut random = random(7);
        let mut first = std::collections::BTreeSet::new();
        for _ in 0..2_000 {
            let password = alphabet.password(4, true, &mut random);
            first.insert(password.expose().as_bytes()[0]);
        }
        assert_eq!(first.len(), 37);
    }
}
