//! Policies on their way into the store: checked as AWS checks them, and compiled once.

use std::sync::Arc;

use sekisho_iam::{Kind, Named, Policy};

use super::Error;
use super::model::{InlinePolicy, size};

/// The longest managed policy, in characters that are no white space.
const MAX_MANAGED: usize = 6144;

const TOO_LONG: Error = Error::Quota("PolicySize", MAX_MANAGED);

/// Compiles an identity policy under the name that explanations will call it by.
pub(super) fn compile(name: String, text: &str) -> Result<Arc<Named>, Error> {
    let policy = Policy::parse(text, Kind::Identity)
        .map_err(|malformed| Error::Malformed(malformed.to_string()))?;
    Ok(Arc::new(Named { name, policy }))
}

/// Compiles a managed policy; its ARN is its name.
pub(super) fn compile_managed(arn: &str, text: &str) -> Result<Arc<Named>, Error> {
    if size(text) > MAX_MANAGED {
        return Err(TOO_LONG);
    }
    compile(arn.to_owned(), text)
}

/// An inline policy of a name.
pub(super) fn inline(name: &str, text: &str) -> Result<InlinePolicy, Error> {
    Ok(InlinePolicy {
        document: text.into(),
        policy: compile(format!("inline:{name}"), text)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_are_compiled_under_their_name() {
        let text = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:GetUser","Resource":"*"}}"#;
        assert_eq!(
            compile("inline:p".to_owned(), text).unwrap().name,
            "inline:p"
        );
    }

    #[test]
    fn refusals_are_in_awss_words() {
        let text =
            r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"iam:GetUser"}}"#;
        let of_aws = compile("inline:p".to_owned(), text).map(drop);
        assert_eq!(
            of_aws,
            Err(Error::Malformed(
                "Policy statement must contain resources.".to_owned()
            ))
        );
    }

    #[test]
    fn white_space_is_free() {
        assert_eq!(size("{ \"a\":\n\t1 }"), 7);
        let long = format!("{}{}", "x".repeat(MAX_MANAGED + 1), " ".repeat(9));
        assert_eq!(compile_managed("arn", &long).map(drop), Err(TOO_LONG));
    }
}
