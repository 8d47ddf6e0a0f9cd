//! A refusal as clients see it, before a protocol gives it its form.

use std::borrow::Cow;

use super::{Protocol, Violations};

/// Which member of an awsJson error body holds the message. AWS is not of one mind: modelled errors
/// of Secrets Manager, access denials and unreadable bodies have `Message`, violated constraints and
/// what is refused before them `message`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MessageMember {
    /// `Message`.
    Upper,
    /// `message`.
    Lower,
}

/// An error answer: code, HTTP status, message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The error code: `__type` in JSON, `Code` in XML.
    pub code: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// The message; some errors have none.
    pub message: Option<Cow<'static, str>>,
    /// Where awsJson puts the message.
    pub member: MessageMember,
}

impl Fault {
    /// An error that the service's model describes.
    pub fn modelled(
        code: &'static str,
        status: u16,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            code,
            status,
            message: Some(message.into()),
            member: MessageMember::Upper,
        }
    }

    /// An error of the layers in front of the service.
    pub fn framework(
        code: &'static str,
        status: u16,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            code,
            status,
            message: Some(message.into()),
            member: MessageMember::Lower,
        }
    }

    /// All violated constraints of an input, in one error.
    pub fn validation(protocol: Protocol, violations: &Violations) -> Self {
        Self::framework(validation_code(protocol), 400, violations.to_string())
    }

    /// One violated rule that has a text of its own.
    pub fn invalid(protocol: Protocol, message: impl Into<Cow<'static, str>>) -> Self {
        Self::framework(validation_code(protocol), 400, message)
    }

    /// Whether it is one of the two above, in awsQuery.
    pub fn is_validation_error(&self) -> bool {
        self.code == validation_code(Protocol::Query)
    }

    /// A body that cannot be read as the operation's input.
    pub fn malformed(protocol: Protocol, message: impl Into<Cow<'static, str>>) -> Self {
        match protocol {
            Protocol::Json => Self::modelled("SerializationException", 400, message),
            Protocol::Query => Self::framework("MalformedInput", 400, message),
        }
    }

    /// An operation the service does not have. AWS sends no message in JSON.
    pub fn unknown_operation(protocol: Protocol, name: &str, version: &str) -> Self {
        match protocol {
            Protocol::Json => Self {
                code: "UnknownOperationException",
                status: 400,
                message: None,
                member: MessageMember::Lower,
            },
            Protocol::Query => Self::framework(
                "InvalidAction",
                400,
                format!("Could not find operation {name} for version {version}"),
            ),
        }
    }

    /// An operation that AWS has and this emulator does not have yet: said plainly, and never as a
    /// server error, which clients would retry.
    pub fn not_implemented(protocol: Protocol, service: &str, name: &str) -> Self {
        let code = match protocol {
            Protocol::Json => "UnknownOperationException",
            Protocol::Query => "InvalidAction",
        };
        Self::framework(
            code,
            400,
            format!("Sekisho does not implement {service}:{name} yet."),
        )
    }

    /// A member that AWS acts on and this emulator does not.
    pub fn unread(operation: &str, member: &str) -> Self {
        Self::framework(
            "ValidationError",
            400,
            format!("Sekisho does not implement {member} of {operation} yet."),
        )
    }

    /// A failure of ours. The cause is logged, not shown.
    pub fn internal(protocol: Protocol) -> Self {
        let code = match protocol {
            Protocol::Json => "InternalServiceError",
            Protocol::Query => "ServiceFailure",
        };
        Self::modelled(code, 500, "An error occurred on the server side.")
    }

    /// A denial by policy, with its sentence.
    pub fn access_denied(protocol: Protocol, sentence: String) -> Self {
        match protocol {
            Protocol::Json => Self::modelled("AccessDeniedException", 400, sentence),
            Protocol::Query => Self::modelled("AccessDenied", 403, sentence),
        }
    }
}

fn validation_code(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Json => "ValidationException",
        Protocol::Query => "ValidationError",
    }
}
