//! Environment variables. One that begins with `SEKISHO_` and means nothing is a mistake, and said
//! to be one, rather than silently ignored.

use clap::Command;

/// Refuses variables that no flag reads.
pub fn check(command: &Command) -> Result<(), String> {
    let names = std::env::vars_os().map(|(name, _)| name.to_string_lossy().into_owned());
    let ours = names.filter(|name| name.starts_with("SEKISHO_"));
    let known = known(command);
    match ours.into_iter().find(|name| !known.contains(name)) {
        Some(unknown) => Err(format!(
            "unknown environment variable {unknown}; known are {}",
            known.join(", ")
        )),
        None => Ok(()),
    }
}

/// The variables that flags read.
fn known(command: &Command) -> Vec<String> {
    let variable = |argument: &clap::Arg| Some(argument.get_env()?.to_string_lossy().into_owned());
    let mut known: Vec<String> = command.get_arguments().filter_map(variable).collect();
    known.sort_unstable();
    known
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::super::Arguments;
    use super::*;

    #[test]
    fn flags_are_variables_too() {
        let known = known(&Arguments::command());
        for name in ["SEKISHO_PORT", "SEKISHO_POLICY_ARNS", "SEKISHO_OIDC_JWKS"] {
            assert!(known.iter().any(|known| known == name), "{name}: {known:?}");
        }
    }
}
