//! The only place that reads time or randomness. Everything else is handed an `Environment`.

use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use data_encoding::BASE32_NOPAD;
use uuid::Uuid;

use crate::account::AccountId;
use crate::sensitive::Sensitive;
use crate::timestamp::Timestamp;

/// Clock, ids and entropy of one emulator.
pub struct Environment {
    clock: Clock,
    ids: Mutex<Source>,
}

impl Environment {
    /// The real clock and the operating system's randomness.
    pub fn real() -> Self {
        Self {
            clock: Clock::default(),
            ids: Mutex::new(Source::System {
                pool: Box::new([0; POOL]),
                used: POOL,
            }),
        }
    }

    /// As `real`, but with ids that repeat from run to run. Key material never does.
    pub fn with_seeded_ids(seed: u64) -> Self {
        Self {
            clock: Clock::default(),
            ids: Mutex::new(Source::Seeded(seed)),
        }
    }

    /// The emulated time: deletion windows, dates in answers and policies follow it.
    pub fn now(&self) -> Timestamp {
        let held = self.clock.held.load(Ordering::Relaxed);
        if held == RUNNING {
            wall_clock()
        } else {
            Timestamp::from_millis(held)
        }
    }

    /// The time that signatures are judged by. It follows the wall clock even while `now` is held,
    /// or every client would be refused once the emulated time has moved by a week.
    pub fn signature_time(&self) -> Timestamp {
        let held = self.clock.signatures.load(Ordering::Relaxed);
        if held == RUNNING {
            wall_clock()
        } else {
            Timestamp::from_millis(held)
        }
    }

    /// A point on the clock that never goes back; for durations only.
    #[allow(clippy::disallowed_methods)]
    pub fn moment(&self) -> Moment {
        Moment(Instant::now())
    }

    /// Microseconds since a moment.
    pub fn micros_since(&self, began: Moment) -> u64 {
        u64::try_from(
            self.moment()
                .0
                .saturating_duration_since(began.0)
                .as_micros(),
        )
        .unwrap_or(u64::MAX)
    }

    /// Holds the emulated time at an instant.
    pub fn hold_clock(&self, at: Timestamp) {
        self.clock.held.store(at.millis(), Ordering::Relaxed);
    }

    /// Holds the time that signatures are judged by; for tests with recorded requests.
    pub fn hold_signature_clock(&self, at: Timestamp) {
        self.clock.signatures.store(at.millis(), Ordering::Relaxed);
    }

    /// A fresh UUID, version 4: request ids and version ids.
    pub fn uuid(&self) -> Uuid {
        let mut bytes = [0; 16];
        self.fill_id(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    /// The six characters that end a secret's ARN: `[A-Za-z0-9]`.
    pub fn arn_suffix(&self) -> [u8; 6] {
        const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        let mut bytes = [0; 6];
        self.fill_id(&mut bytes);
        // The slight bias of the remainder does not matter: a suffix tells apart, it hides nothing.
        bytes.map(|byte| ALPHABET[usize::from(byte) % ALPHABET.len()])
    }

    /// A unique id of IAM, such as `AIDA…` (21 characters); it encodes the account as AWS's do.
    pub fn unique_id(&self, prefix: &str, account: AccountId) -> String {
        let mut tail = [0; 1];
        self.fill_id(&mut tail);
        let last = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[usize::from(tail[0] % 32)];
        format!(
            "{}{}",
            self.account_bound_id(prefix, account),
            char::from(last)
        )
    }

    /// An access key id, `AKIA` or `ASIA` and 16 characters, which encode the account.
    pub fn access_key_id(&self, prefix: &str, account: AccountId) -> String {
        self.account_bound_id(prefix, account)
    }

    /// A secret access key: 40 characters of `[A-Za-z0-9+/]`, always from the operating system.
    pub fn secret_access_key(&self) -> Sensitive<String> {
        let mut bytes = zeroize::Zeroizing::new([0; 30]);
        system_random(bytes.as_mut());
        Sensitive::new(data_encoding::BASE64.encode(bytes.as_ref()))
    }

    /// Random bytes that secrets are made of, always from the operating system.
    pub fn secret_bytes(&self, out: &mut [u8]) {
        system_random(out);
    }

    /// Ten bytes in base32: a set top bit, 40 bits of account, 7 random bits, four random bytes.
    fn account_bound_id(&self, prefix: &str, account: AccountId) -> String {
        let mut random = [0; 5];
        self.fill_id(&mut random);
        let head = (1 << 47) | (account.number() << 7) | u64::from(random[0] & 0x7f);
        let mut bytes = [0; 10];
        bytes[..6].copy_from_slice(&head.to_be_bytes()[2..]);
        bytes[6..].copy_from_slice(&random[1..]);
        format!("{prefix}{}", BASE32_NOPAD.encode(&bytes))
    }

    fn fill_id(&self, out: &mut [u8]) {
        self.ids
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .fill(out);
    }
}

/// See [`Environment::moment`].
#[derive(Clone, Copy, Debug)]
pub struct Moment(Instant);

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment")
            .field("now", &self.now())
            .finish_non_exhaustive()
    }
}

/// `RUNNING` while a clock follows the wall clock, else the instant it is held at.
struct Clock {
    held: AtomicI64,
    signatures: AtomicI64,
}

const RUNNING: i64 = i64::MIN;

impl Default for Clock {
    fn default() -> Self {
        Self {
            held: AtomicI64::new(RUNNING),
            signatures: AtomicI64::new(RUNNING),
        }
    }
}

/// Bytes taken from the operating system at once.
const POOL: usize = 4096;

/// Where ids come from. A pool spares a system call for each request id.
enum Source {
    System { pool: Box<[u8; POOL]>, used: usize },
    Seeded(u64),
}

impl Source {
    /// `out` is at most as long as the pool.
    fn fill(&mut self, out: &mut [u8]) {
        match self {
            Self::System { pool, used } => {
                if *used + out.len() > POOL {
                    system_random(pool.as_mut());
                    *used = 0;
                }
                out.copy_from_slice(&pool[*used..*used + out.len()]);
                *used += out.len();
            }
            Self::Seeded(state) => out.iter_mut().for_each(|byte| *byte = splitmix(state)),
        }
    }
}

/// SplitMix64, of which one byte is used: reproducible and well spread.
fn splitmix(state: &mut u64) -> u8 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z ^ (z >> 31)) as u8
}

/// An operating system without randomness can issue no key: there is nothing to go on with.
#[allow(clippy::expect_used)]
fn system_random(out: &mut [u8]) {
    getrandom::fill(out).expect("the operating system gives random bytes");
}

#[allow(clippy::disallowed_methods)]
fn wall_clock() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_encode_the_account_as_aws_does() {
        let environment = Environment::real();
        for (account, start, ninth) in [
            ("000000000000", "QAAAAAAA", 'A'..='P'),
            ("123456789012", "RZPUZDIK", 'A'..='P'),
            ("111122223333", "RTX3GSDS", 'Q'..='7'),
        ] {
            let account = AccountId::parse(account).unwrap();
            let id = environment.access_key_id("AKIA", account);
            assert_eq!(id.len(), 20);
            assert!(id[4..].starts_with(start), "{id}");
            let character = id.as_bytes()[12];
            let low = (b'A'..=b'P').contains(&character);
            assert_eq!(low, *ninth.start() == 'A', "{id}");
            assert_eq!(environment.unique_id("AIDA", account).len(), 21);
        }
    }

    #[test]
    fn seeded_ids_repeat_and_secrets_never_do() {
        let (a, b) = (
            Environment::with_seeded_ids(7),
            Environment::with_seeded_ids(7),
        );
        assert_eq!(a.uuid(), b.uuid());
        assert_eq!(a.arn_suffix(), b.arn_suffix());
        assert_ne!(
            a.secret_access_key().expose(),
            b.secret_access_key().expose()
        );
        assert_eq!(a.secret_access_key().expose().len(), 40);
    }

    #[test]
    fn held_time_stands_still_and_leaves_signatures_alone() {
        let environment = Environment::real();
        environment.hold_clock(Timestamp::from_millis(5));
        assert_eq!(environment.now(), Timestamp::from_millis(5));
        assert!(environment.signature_time() > Timestamp::from_millis(1_700_000_000_000));
    }
}
