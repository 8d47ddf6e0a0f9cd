//! Why a web identity is refused, in AWS's words where they are known. The one place where they are
//! not: the texts marked as ours.

use crate::wire::Fault;

/// A refusal of AssumeRoleWithWebIdentity that comes before any policy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Refusal {
    /// No JWT, or one signed in a way that AWS does not take.
    NotJwt,
    /// A claim that every token must have.
    MissingClaim(&'static str),
    /// A claim of another form than AWS reads; the claim, and what it should be.
    InvalidClaim(String, &'static str),
    /// The account has no provider of this issuer.
    NoProvider(String),
    /// No key of the issuer fits the token, or the keys could not be had: AWS says the same of both.
    /// It is not known to say `IDPCommunicationError` of an OpenID Connect provider.
    NoKey,
    /// The key of the issuer did not sign this token.
    WrongSignature,
    /// Past its end; both in seconds since the epoch.
    Expired {
        /// The emulated time.
        now: i64,
        /// The claim `exp`.
        expires: i64,
    },
    /// Issued too long ago, whenever it ends; its age in seconds.
    TooOld(i64),
    /// Issued, or valid, only later.
    NotYetValid {
        /// The claim that says so, `iat` or `nbf`.
        claim: &'static str,
        /// The emulated time, in seconds since the epoch.
        now: i64,
        /// The claim's time.
        from: i64,
    },
    /// The provider does not list the token's audience.
    WrongAudience,
    /// The token lists roles, and not this one.
    RoleNotListed,
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotJwt => invalid(
                "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)",
            ),
            Refusal::MissingClaim(claim) => invalid(format!("Missing a required claim: {claim}")),
            Refusal::NoProvider(issuer) => invalid(format!(
                "No OpenIDConnect provider found in your account for {issuer}"
            )),
            // The gap is AWS's.
            Refusal::NoKey => invalid(
                "Couldn't retrieve verification key from your identity provider,  please reference \
                 AssumeRoleWithWebIdentity documentation for requirements",
            ),
            Refusal::WrongAudience => invalid("Incorrect token audience"),
            Refusal::RoleNotListed => invalid(
                "The target role ARN is not present in the roles claim of the identity token",
            ),
            // Answers of 2021 have no space before the second number; those since 2024 do.
            Refusal::Expired { now, expires } => expired(format!(
                "Token expired: current date/time {now} must be before the expiration date/time {expires}"
            )),
            Refusal::TooOld(age) => expired(format!("Token too old: {age}")),

            // Ours: what AWS says here is not known, the code alone is documented.
            Refusal::InvalidClaim(claim, wanted) => invalid(format!(
                "Invalid claim in the ID Token: {claim} must be {wanted}"
            )),
            Refusal::WrongSignature => {
                invalid("The signature of the ID Token provided is not valid")
            }
            Refusal::NotYetValid { claim, now, from } => invalid(format!(
                "Token not yet valid: current date/time {now} must not be before {claim} {from}"
            )),
        }
    }
}

type Text = std::borrow::Cow<'static, str>;

fn invalid(text: impl Into<Text>) -> Fault {
    Fault::modelled("InvalidIdentityToken", 400, text)
}

fn expired(text: impl Into<Text>) -> Fault {
    Fault::modelled("ExpiredTokenException", 400, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text() {
        let all = [
            Refusal::NotJwt,
            Refusal::MissingClaim("aud"),
            Refusal::InvalidClaim("exp".to_owned(), "an integer"),
            Refusal::NoProvider("https://token.actions.githubusercontent.com".to_owned()),
            Refusal::NoKey,
            Refusal::WrongSignature,
            Refusal::Expired {
                now: 1_731_098_245,
                expires: 1_731_095_240,
            },
            Refusal::TooOld(153_938),
            Refusal::NotYetValid {
                claim: "nbf",
                now: 1_731_098_245,
                from: 1_731_098_545,
            },
            Refusal::WrongAudience,
            Refusal::RoleNotListed,
        ];
        let printed = all.map(|refusal| {
            let Fault {
                code,
                status,
                message,
                ..
            } = refusal.into();
            format!("{status} {code}: {}", message.unwrap_or_default())
        });
        assert_eq!(printed, EVERY);
    }

    const EVERY: [&str; 11] = [
        "400 InvalidIdentityToken: The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)",
        "400 InvalidIdentityToken: Missing a required claim: aud",
        "400 InvalidIdentityToken: Invalid claim in the ID Token: exp must be an integer",
        "400 InvalidIdentityToken: No OpenIDConnect provider found in your account for https://token.actions.githubusercontent.com",
        "400 InvalidIdentityToken: Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
        "400 InvalidIdentityToken: The signature of the ID Token provided is not valid",
        "400 ExpiredTokenException: Token expired: current date/time 1731098245 must be before the expiration date/time 1731095240",
        "400 ExpiredTokenException: Token too old: 153938",
        "400 InvalidIdentityToken: Token not yet valid: current date/time 1731098245 must not be before nbf 1731098545",
        "400 InvalidIdentityToken: Incorrect token audience",
        "400 InvalidIdentityToken: The target role ARN is not present in the roles claim of the identity token",
    ];
}
