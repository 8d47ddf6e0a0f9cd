//! From [`Document`] back to JSON. Prints a list of one as the value itself; never loses anything
//! that has an effect.

use std::fmt::{self, Write as _};

use super::{Condition, Document, Element, PrincipalType, Scalar, Statement, Version};

impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("{\n")?;
        if let Some(version) = self.version {
            writeln!(f, r#"  "Version": "{}","#, version.name())?;
        }
        if let Some(id) = &self.id {
            writeln!(f, r#"  "Id": {},"#, Quoted(id))?;
        }
        f.write_str("  \"Statement\": [")?;
        for (number, statement) in self.statements.iter().enumerate() {
            f.write_str(if number == 0 { "\n" } else { ",\n" })?;
            statement.fmt(f)?;
        }
        f.write_str("\n  ]\n}")
    }
}

impl Version {
    fn name(self) -> &'static str {
        match self {
            Self::V2008 => "2008-10-17",
            Self::V2012 => "2012-10-17",
        }
    }
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("    {\n")?;
        if let Some(sid) = &self.sid {
            writeln!(f, r#"      "Sid": {},"#, Quoted(sid))?;
        }
        let effect = self.effect.name();
        write!(f, r#"      "Effect": "{effect}""#)?;
        if let Some(principal) = &self.principal {
            write!(f, ",\n      \"{}Principal\": ", not(principal.is_negated))?;
            principals(f, &principal.values)?;
        }
        for (name, element) in [("Action", &self.action), ("Resource", &self.resource)] {
            if let Some(Element { is_negated, values }) = element {
                write!(f, ",\n      \"{}{name}\": ", not(*is_negated))?;
                list(f, values.iter().map(|value| Quoted(value)))?;
            }
        }
        if !self.conditions.is_empty() {
            f.write_str(",\n      \"Condition\": {")?;
            conditions(f, &self.conditions)?;
            f.write_str("\n      }")?;
        }
        f.write_str("\n    }")
    }
}

fn not(is_negated: bool) -> &'static str {
    if is_negated { "Not" } else { "" }
}

fn principals(f: &mut fmt::Formatter<'_>, principals: &[(PrincipalType, String)]) -> fmt::Result {
    if principals
        .iter()
        .any(|(kind, _)| *kind == PrincipalType::Star)
    {
        return f.write_str(r#""*""#);
    }
    f.write_char('{')?;
    let mut separator = "";
    for kind in [
        PrincipalType::Aws,
        PrincipalType::Service,
        PrincipalType::Federated,
        PrincipalType::CanonicalUser,
    ] {
        let mut names = principals
            .iter()
            .filter(|(known, _)| *known == kind)
            .peekable();
        if names.peek().is_some() {
            write!(f, r#"{separator}"{}": "#, kind.key())?;
            list(f, names.map(|(_, name)| Quoted(name)))?;
            separator = ", ";
        }
    }
    f.write_char('}')
}

/// An operator's keys stand together, wherever they stood; their order has no effect.
fn conditions(f: &mut fmt::Formatter<'_>, conditions: &[Condition]) -> fmt::Result {
    let mut separator = "\n";
    for (number, first) in conditions.iter().enumerate() {
        let operator = &first.operator;
        if conditions[..number]
            .iter()
            .any(|known| known.operator == *operator)
        {
            continue;
        }
        write!(f, "{separator}        {}: {{", Quoted(operator))?;
        separator = ",\n";
        let mut between = "";
        for condition in conditions.iter().filter(|c| c.operator == *operator) {
            write!(f, "{between}{}: ", Quoted(&condition.key))?;
            list(f, condition.values.iter())?;
            between = ", ";
        }
        f.write_char('}')?;
    }
    Ok(())
}

fn list(f: &mut fmt::Formatter<'_>, items: impl Iterator<Item = impl fmt::Display>) -> fmt::Result {
    let mut items = items.peekable();
    let first = items.next();
    if let (Some(only), None) = (&first, items.peek()) {
        return only.fmt(f);
    }
    f.write_char('[')?;
    for (number, item) in first.into_iter().chain(items).enumerate() {
        f.write_str(if number == 0 { "" } else { ", " })?;
        item.fmt(f)?;
    }
    f.write_char(']')
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_bare {
            f.write_str(&self.text)
        } else {
            Quoted(&self.text).fmt(f)
        }
    }
}

/// A JSON string.
pub(super) struct Quoted<'a>(pub(super) &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for character in self.0.chars() {
            match character {
                '"' | '\\' => write!(f, "\\{character}")?,
                control if control < ' ' => write!(f, "\\u{:04x}", u32::from(control))?,
                other => f.write_char(other)?,
            }
        }
        f.write_char('"')
    }
}
