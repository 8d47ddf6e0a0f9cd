//! What has a unique id, and what it is called where.

/// What has a unique id.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in super::super) enum Kind {
    User,
    Group,
    Role,
    Profile,
    Policy,
}

impl Kind {
    /// `Policy` last: it is part of the names of operations on the policies of others.
    pub(in super::super) const ALL: [Self; 5] = [
        Self::User,
        Self::Group,
        Self::Role,
        Self::Profile,
        Self::Policy,
    ];

    /// As operations and members call it.
    pub(in super::super) fn title(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::Group => "Group",
            Self::Role => "Role",
            Self::Profile => "InstanceProfile",
            Self::Policy => "Policy",
        }
    }

    /// As ARNs call it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Group => "group",
            Self::Role => "role",
            Self::Profile => "instance-profile",
            Self::Policy => "policy",
        }
    }

    pub(super) fn prefix(self) -> &'static str {
        match self {
            Self::User => "AIDA",
            Self::Group => "AGPA",
            Self::Role => "AROA",
            Self::Profile => "AIPA",
            Self::Policy => "ANPA",
        }
    }

    /// The member that names it.
    pub(in super::super) fn member(self) -> String {
        match self {
            Self::Policy => "PolicyArn".to_owned(),
            _ => format!("{}Name", self.title()),
        }
    }
}
