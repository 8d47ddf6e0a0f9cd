//! Trust policies on their way into the store: checked as AWS checks them, beyond their grammar and
//! the users and roles that they name.
//!
//! Whether an identity provider exists is never asked: AWS is not known to refuse one that does not,
//! and says so where somebody comes with its token.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use std::sync::Arc;

use sekisho_iam::document::PrincipalType;

use super::Error;
use super::model::{TrustPolicy, size};
use crate::account::AccountId;
use crate::operation::Call;

/// The longest trust policy, in characters that are no white space.
const MAX_TRUST: usize = 2048;

/// Reads a trust policy, and binds it to the users and roles that there are now.
pub(super) fn read(call: &Call<'_>, text: &str) -> Result<Arc<TrustPolicy>, Error> {
    if size(text) > MAX_TRUST {
        return Err(Error::Quota("ACLSizePerRole", MAX_TRUST));
    }
    let partition = call.scope.partition();
    let trust = TrustPolicy::read(&call.tx, partition, text)?;
    for (kind, name) in trust.principals() {
        match kind {
            PrincipalType::Service if !is_service(name) => {
                let text = format!(r#"Invalid principal in policy: "SERVICE":"{name}""#);
                return Err(Error::Malformed(text));
            }
            PrincipalType::Federated if !is_domain(name) && !is_provider(partition, name) => {
                let text = "Federated principals must be valid domain names or SAML metadata ARNs";
                return Err(Error::Malformed(text.to_owned()));
            }
            _ => {}
        }
    }
    Ok(Arc::new(trust))
}

/// AWS knows its services; here, whatever is named as they are is one.
fn is_service(name: &str) -> bool {
    let endings = [".amazonaws.com", ".amazonaws.com.cn"];
    let service = endings.iter().find_map(|ending| name.strip_suffix(ending));
    service.is_some_and(|service| service.split('.').all(is_label))
}

fn is_domain(name: &str) -> bool {
    name.contains('.') && name.split('.').all(is_label)
}

fn is_label(text: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    !text.is_empty() && text.bytes().all(is_inner)
}

/// The ARN of an identity provider, be it OpenID Connect or SAML.
fn is_provider(partition: &str, name: &str) -> bool {
    let parts: Vec<&str> = name.splitn(6, ':').collect();
    let ["arn", named, "iam", "", account, resource] = parts[..] else {
        return false;
    };
    let provider = ["oidc-provider/", "saml-provider/"]
        .iter()
        .find_map(|kind| resource.strip_prefix(kind));
    named == partition
        && AccountId::parse(account).is_some()
        && provider.is_some_and(|provider| !provider.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_have_names_of_awss() {
        for name in [
            "ec2.amazonaws.com",
            "ops.apigateway.amazonaws.com",
            "lambda.us-east-1.amazonaws.com",
            "ec2.amazonaws.com.cn",
        ] {
            assert!(is_service(name), "{name}");
        }
        for name in [
            "",
            "not-a-service",
            "ec2",
            "amazonaws.com",
            ".amazonaws.com",
            "ec2..amazonaws.com",
            "ec2.amazonaws.com.evil.com",
            "ec2.amazonaws.org",
        ] {
            assert!(!is_service(name), "{name}");
        }
    }

    #[test]
    fn providers_are_domains_or_arns() {
        for name in ["cognito-identity.amazonaws.com", "accounts.google.com"] {
            assert!(is_domain(name), "{name}");
        }
        for name in ["", "google", "https://accounts.google.com", "a..b", "a.b/c"] {
            assert!(!is_domain(name), "{name}");
        }
        for (name, is_one) in [
            ("arn:aws:iam::111122223333:oidc-provider/h/p", true),
            ("arn:aws:iam::111122223333:saml-provider/ADFS", true),
            ("arn:aws-cn:iam::111122223333:saml-provider/ADFS", false),
            ("arn:aws:iam::111122223333:oidc-provider/", false),
            ("arn:aws:iam::1:oidc-provider/h", false),
            ("arn:aws:iam//111122223333:oidc-provider/h", false),
            ("arn:aws:iam::111122223333:role/r", false),
        ] {
            assert_eq!(is_provider("aws", name), is_one, "{name}");
        }
    }
}
