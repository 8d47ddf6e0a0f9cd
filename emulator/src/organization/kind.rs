//! The two types of control policies, and in what they differ. Knows no policy.

use sekisho_iam::Kind;

/// Service and resource control policies: what differs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Scp,
    Rcp,
}

impl Type {
    /// The key of the configuration under which such policies are attached.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Scp => "scps",
            Self::Rcp => "rcps",
        }
    }

    /// The policy of AWS's own that allows everything.
    pub(super) fn full_access(self) -> &'static str {
        match self {
            Self::Scp => "FullAWSAccess",
            Self::Rcp => "RCPFullAWSAccess",
        }
    }

    /// How many may be attached to the root, a unit or an account. `RCPFullAWSAccess` counts.
    /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
    pub(super) fn most_attached(self) -> usize {
        match self {
            Self::Scp => 10,
            Self::Rcp => 5,
        }
    }

    /// How long one may be: AWS raised it for service control policies, from 5,120.
    /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
    pub(super) fn longest(self) -> usize {
        match self {
            Self::Scp => 10_240,
            Self::Rcp => 5_120,
        }
    }

    pub(super) fn kind(self) -> Kind {
        match self {
            Self::Scp => Kind::Scp,
            Self::Rcp => Kind::Rcp,
        }
    }

    pub(super) fn in_arn(self) -> &'static str {
        match self {
            Self::Scp => "service_control_policy",
            Self::Rcp => "resource_control_policy",
        }
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_PolicySummary.html>
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Scp => "SERVICE_CONTROL_POLICY",
            Self::Rcp => "RESOURCE_CONTROL_POLICY",
        }
    }

    pub(super) fn full_access_text(self) -> &'static str {
        match self {
            Self::Scp => {
                r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#
            }
            Self::Rcp => {
                r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}"#
            }
        }
    }
}
