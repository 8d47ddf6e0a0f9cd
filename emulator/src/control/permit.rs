//! Who may use the control address.

use http::{HeaderMap, header};
use subtle::ConstantTimeEq;

use crate::sensitive::Sensitive;

/// Who may use `/_sekisho/…`; health is open to everybody.
#[derive(Default)]
pub enum Permit {
    /// Whoever can reach it: right for loopback and in-process.
    #[default]
    Open,
    /// Whoever sends `Authorization: Bearer TOKEN`.
    Token(Sensitive<String>),
    /// Nobody.
    Closed,
}

impl Permit {
    /// Whoever has this token.
    pub fn token(token: impl Into<String>) -> Self {
        Self::Token(Sensitive::new(token.into()))
    }

    pub(crate) fn allows(&self, headers: &HeaderMap) -> bool {
        match self {
            Self::Open => true,
            Self::Closed => false,
            Self::Token(token) => {
                let sent = headers
                    .get(header::AUTHORIZATION)
                    .map(|value| value.as_bytes());
                let sent = sent
                    .and_then(|value| value.strip_prefix(b"Bearer "))
                    .unwrap_or_default();
                sent.ct_eq(token.expose().as_bytes()).into()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_asked_for_to_the_letter() {
        let permit = Permit::token("s3cret");
        let sent = |value: &str| {
            permit.allows(
                &[(header::AUTHORIZATION, value.parse().unwrap())]
                    .into_iter()
                    .collect(),
            )
        };
        assert!(sent("Bearer s3cret"));
        for wrong in [
            "",
            "s3cret",
            "Bearer",
            "Bearer ",
            "Bearer s3cre",
            "Bearer s3crets",
            "bearer s3cret",
        ] {
            assert!(!sent(wrong), "{wrong}");
        }
        assert!(!permit.allows(&HeaderMap::new()));
        assert!(
            Permit::Open.allows(&HeaderMap::new()) && !Permit::Closed.allows(&HeaderMap::new())
        );
    }
}
