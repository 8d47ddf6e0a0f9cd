//! AWS's sentence for a denial, all its variants in one place. Words, nothing else: status, code and
//! encoding are the protocol's business.
//!
//! Never says more than AWS does; the reasons that AWS keeps to itself are in
//! [`explain`](fn@crate::explain).
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html>

use std::fmt;

use crate::decision::{Decision, Layer, Outcome};

/// What a sentence about a denial needs to know. [`Display`](fmt::Display) writes the sentence; it
/// means nothing for a decision that allows.
#[derive(Debug, Clone, Copy)]
pub struct Denial<'a> {
    /// The caller's ARN: the user's, the session's, the account's `root`.
    pub caller: &'a str,
    /// The action in the service's own spelling.
    pub action: &'a str,
    /// The resource as the service shows it, often not its ARN but what the caller sent. None for
    /// an action without a resource.
    pub resource: Option<&'a str>,
    /// What was decided.
    pub decision: Decision,
    /// Caller and resource belong to different accounts, or the resource does not exist.
    pub is_foreign: bool,
    /// The service that asked on the caller's behalf, such as `secretsmanager` of KMS.
    pub via: Option<&'a str>,
    /// A VPC endpoint policy denies because of a service control policy. AWS documents the sentence;
    /// nobody has recorded it.
    pub through_scp: bool,
    /// The ARN of the policy that denies, for the suffix that AWS adds since 2025 within an
    /// account or organization. None leaves it out; so does a denial that is not explicit.
    pub policy_arn: Option<&'a str>,
}

impl fmt::Display for Denial<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (service, name) = self.action.split_once(':').unwrap_or((self.action, ""));
        match (service, name) {
            ("kms", _) if self.via.is_some() => f.write_str("Access to KMS is not allowed"),
            ("sts", "AssumeRoleWithWebIdentity" | "AssumeRoleWithSAML") => {
                write!(f, "Not authorized to perform {}", self.action)
            }
            ("sts", "TagSession" | "SetSourceIdentity") if self.is_provider() => {
                write!(f, "Not authorized to perform {}", self.action)
            }
            ("sts", "AssumeRole") if self.is_root() => {
                f.write_str("Roles may not be assumed by root accounts.")
            }
            _ => {
                let Self { caller, action, .. } = self;
                write!(f, "User: {caller} is not authorized to perform: {action}")?;
                self.object(f, service, name)
            }
        }
    }
}

impl Denial<'_> {
    fn is_root(&self) -> bool {
        self.caller.ends_with(":root")
    }

    /// Whether an identity provider vouches for whoever asks: nobody that could be named.
    fn is_provider(&self) -> bool {
        let resource = self.caller.splitn(6, ':').nth(5).unwrap_or_default();
        resource.starts_with("oidc-provider/") || resource.starts_with("saml-provider/")
    }

    /// On what, and why.
    fn object(&self, f: &mut fmt::Formatter<'_>, service: &str, name: &str) -> fmt::Result {
        let is_explicit = self.decision.outcome == Outcome::ExplicitDeny;
        let by_resource = self.decision.layer == Layer::Resource;
        match (service, self.resource) {
            // To strangers KMS does not tell a key that is missing from one that is closed.
            ("kms", Some(_)) if by_resource && self.is_foreign => {
                return self.closed_key(f, "this resource");
            }
            ("kms", None) if by_resource && name == "Decrypt" => {
                return self.closed_key(f, "the resource associated with this ciphertext");
            }
            ("kms" | "iam", None) => f.write_str(" on resource: *")?,
            ("s3", Some(resource)) => write!(f, " on resource: \"{resource}\"")?,
            (_, Some(resource)) => write!(f, " on resource: {resource}")?,
            (_, None) => {}
        }
        let role_call = ["AssumeRole", "TagSession", "SetSourceIdentity"].contains(&name);
        let is_told = is_explicit && matches!(self.decision.layer, Layer::Identity | Layer::Rcp);
        if service == "sts" && (role_call && !is_told || name == "AssumeRoot") {
            return Ok(());
        }
        let (article, policy) = words(self.decision.layer);
        if !is_explicit {
            return write!(f, " because no {policy} allows the {} action", self.action);
        }
        write!(f, " with an explicit deny in {article} {policy}")?;
        if self.through_scp {
            f.write_str(" transitively through a service control policy")?;
        }
        match self.policy_arn {
            Some(arn) => write!(f, ": {arn}"),
            None => Ok(()),
        }
    }

    fn closed_key(&self, f: &mut fmt::Formatter<'_>, what: &str) -> fmt::Result {
        write!(
            f,
            " on {what} because the resource does not exist in this Region, no resource-based \
             policies allow access, or a resource-based policy explicitly denies access"
        )
    }
}

fn words(layer: Layer) -> (&'static str, &'static str) {
    match layer {
        Layer::Identity => ("an", "identity-based policy"),
        // Grants and root only ever allow.
        Layer::Resource | Layer::Grant | Layer::Root => ("a", "resource-based policy"),
        Layer::Boundary => ("a", "permissions boundary"),
        Layer::Session => ("a", "session policy"),
        Layer::Scp => ("a", "service control policy"),
        Layer::Rcp => ("a", "resource control policy"),
        Layer::Endpoint => ("a", "VPC endpoint policy"),
        Layer::Trust => ("the", "role trust policy"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Layer::{Boundary, Endpoint, Identity, Rcp, Resource, Scp, Session, Trust};

    const USER: &str = "arn:aws:iam::111122223333:user/ann";
    const ROOT: &str = "arn:aws:iam::111122223333:root";
    const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/k";
    const ROLE: &str = "arn:aws:iam::111122223333:role/r";
    const RCP: &str = "arn:aws:organizations::444455556666:policy/o-a1b2c3d4e5/resource_control_policy/p-12345678";

    fn denial<'a>(action: &'a str, resource: Option<&'a str>, layer: Layer) -> Denial<'a> {
        Denial {
            caller: USER,
            action,
            resource,
            decision: Decision {
                outcome: Outcome::ImplicitDeny,
                layer,
                determining: None,
            },
            is_foreign: false,
            via: None,
            through_scp: false,
            policy_arn: None,
        }
    }

    fn explicit(denial: Denial<'_>) -> Denial<'_> {
        let decision = Decision {
            outcome: Outcome::ExplicitDeny,
            ..denial.decision
        };
        Denial { decision, ..denial }
    }

    /// The end of the sentence, after what they all begin with.
    #[track_caller]
    fn says(denial: Denial<'_>, expected: &str) {
        let sentence = denial.to_string();
        let begin = format!("User: {USER} is not authorized to perform: ");
        assert_eq!(sentence.strip_prefix(&begin).unwrap_or(&sentence), expected);
    }

    #[test]
    fn the_general_form() {
        const GET: &str = "secretsmanager:GetSecretValue";
        for (layer, implicit, explicitly) in [
            (
                Identity,
                "identity-based policy",
                "an identity-based policy",
            ),
            (Resource, "resource-based policy", "a resource-based policy"),
            (Boundary, "permissions boundary", "a permissions boundary"),
            (Session, "session policy", "a session policy"),
            (Scp, "service control policy", "a service control policy"),
            (Rcp, "resource control policy", "a resource control policy"),
            (Endpoint, "VPC endpoint policy", "a VPC endpoint policy"),
        ] {
            let denial = denial(GET, Some("db"), layer);
            says(
                denial,
                &format!("{GET} on resource: db because no {implicit} allows the {GET} action"),
            );
            says(
                explicit(denial),
                &format!("{GET} on resource: db with an explicit deny in {explicitly}"),
            );
        }
        let through_scp = Denial {
            through_scp: true,
            ..explicit(denial(GET, Some("db"), Endpoint))
        };
        says(
            through_scp,
            &format!(
                "{GET} on resource: db with an explicit deny in a VPC endpoint policy transitively through a service control policy"
            ),
        );
        says(
            denial("secretsmanager:ListSecrets", None, Identity),
            "secretsmanager:ListSecrets because no identity-based policy allows the secretsmanager:ListSecrets action",
        );
    }

    #[test]
    fn the_arn_of_the_policy_follows_an_explicit_deny() {
        let arn = Some("arn:aws:iam::111122223333:policy/p");
        let named = |denial: Denial<'static>| Denial {
            policy_arn: arn,
            ..denial
        };
        says(
            named(explicit(denial("iam:GetUser", Some("user bob"), Boundary))),
            "iam:GetUser on resource: user bob with an explicit deny in a permissions boundary: arn:aws:iam::111122223333:policy/p",
        );
        says(
            named(denial("iam:GetUser", Some("user bob"), Boundary)),
            "iam:GetUser on resource: user bob because no permissions boundary allows the iam:GetUser action",
        );
    }

    #[test]
    fn the_forms_of_other_services() {
        says(
            denial("s3:GetObject", Some("arn:aws:s3:::b/k"), Identity),
            r#"s3:GetObject on resource: "arn:aws:s3:::b/k" because no identity-based policy allows the s3:GetObject action"#,
        );
        says(
            denial("kms:ListKeys", None, Identity),
            "kms:ListKeys on resource: * because no identity-based policy allows the kms:ListKeys action",
        );
        says(
            denial("iam:ListAccountAliases", None, Identity),
            "iam:ListAccountAliases on resource: * because no identity-based policy allows the iam:ListAccountAliases action",
        );
        says(
            denial("kms:DescribeKey", Some(KEY), Resource),
            &format!(
                "kms:DescribeKey on resource: {KEY} because no resource-based policy allows the kms:DescribeKey action"
            ),
        );
        const CLOSED: &str = "because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access";
        let foreign = Denial {
            is_foreign: true,
            ..denial("kms:Encrypt", Some(KEY), Resource)
        };
        says(foreign, &format!("kms:Encrypt on this resource {CLOSED}"));
        says(
            explicit(foreign),
            &format!("kms:Encrypt on this resource {CLOSED}"),
        );
        says(
            denial("kms:Decrypt", None, Resource),
            &format!("kms:Decrypt on the resource associated with this ciphertext {CLOSED}"),
        );
        let via = Denial {
            via: Some("secretsmanager"),
            ..denial("kms:Decrypt", Some(KEY), Identity)
        };
        says(via, "Access to KMS is not allowed");
    }

    #[test]
    fn the_forms_of_sts() {
        let role = |layer| denial("sts:AssumeRole", Some(ROLE), layer);
        let bare = format!("sts:AssumeRole on resource: {ROLE}");
        says(role(Trust), &bare);
        says(explicit(role(Trust)), &bare);
        says(role(Identity), &bare);
        says(
            explicit(role(Identity)),
            &format!("{bare} with an explicit deny in an identity-based policy"),
        );
        says(
            Denial {
                policy_arn: Some(RCP),
                ..explicit(role(Rcp))
            },
            &format!("{bare} with an explicit deny in a resource control policy: {RCP}"),
        );
        says(
            explicit(denial("sts:AssumeRoot", Some(ROOT), Identity)),
            &format!("sts:AssumeRoot on resource: {ROOT}"),
        );
        says(
            denial("sts:TagSession", Some(ROLE), Trust),
            &format!("sts:TagSession on resource: {ROLE}"),
        );
        says(
            denial("sts:AssumeRoleWithWebIdentity", Some(ROLE), Trust),
            "Not authorized to perform sts:AssumeRoleWithWebIdentity",
        );
        let root = Denial {
            caller: ROOT,
            ..role(Trust)
        };
        says(root, "Roles may not be assumed by root accounts.");
    }
}
