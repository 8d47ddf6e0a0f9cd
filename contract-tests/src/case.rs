//! A case: what it proves, and how that is known.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use crate::Context;

/// One expectation, written once, run on any target.
pub struct Case {
    /// Operation and what is proven: `get_secret_value/unknown_secret`.
    pub name: &'static str,
    /// How the expectation is known.
    pub evidence: Evidence,
    /// Where it is written down.
    pub source: &'static str,
    /// What the target must offer.
    pub needs: &'static [Need],
    /// The case itself. It panics where the target differs.
    pub run: Run,
}

/// The body of a case.
pub type Run = for<'a> fn(&'a Context) -> Pin<Box<dyn Future<Output = ()> + 'a>>;

impl Case {
    /// A case that needs nothing but Secrets Manager.
    pub const fn new(
        name: &'static str,
        evidence: Evidence,
        source: &'static str,
        run: Run,
    ) -> Self {
        Self {
            name,
            evidence,
            source,
            needs: &[],
            run,
        }
    }

    /// The same, on targets that offer this.
    pub const fn needs(mut self, needs: &'static [Need]) -> Self {
        self.needs = needs;
        self
    }
}

/// How sure an expectation is, from the surest down.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Evidence {
    /// Recorded on AWS.
    Recorded,
    /// Stated by AWS's documentation or model.
    Documented,
    /// Derived from either.
    Inferred,
    /// A rule of good behaviour: what no server may do, such as failing on odd input.
    Sound,
}

/// What a case demands of its target.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    /// IAM users and policies can be made, and are enforced.
    Iam,
    /// The emulated time can be held, so that days go by.
    Clock,
    /// There is [a function](crate::rotation_function) that rotates secrets.
    RotationFunction,
}

impl Need {
    /// Whether only an emulator in this process offers it.
    pub fn is_in_process(&self) -> bool {
        matches!(self, Self::Clock | Self::RotationFunction)
    }
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Iam => "IAM administration",
            Self::Clock => "a clock that can be held",
            Self::RotationFunction => "a rotation function",
        })
    }
}
