//! Environment variables. One that begins with `SEKISHO_` and means nothing is a mistake, and said
//! to be one, rather than silently ignored.

/// The variables that flags read.
const KNOWN: &[&str] = &[
    "SEKISHO_ALLOW_HOST",
    "SEKISHO_ALLOW_ORIGIN",
    "SEKISHO_AUTH",
    "SEKISHO_BIND",
    "SEKISHO_CONTROL_TOKEN",
    "SEKISHO_DEFAULT_CREDENTIALS",
    "SEKISHO_LOG",
    "SEKISHO_OIDC_JWKS",
    "SEKISHO_PORT",
    "SEKISHO_READY_FILE",
    "SEKISHO_ROTATION_FUNCTION",
];

/// Refuses unknown variables.
pub fn check() -> Result<(), String> {
    let names = std::env::vars_os().map(|(name, _)| name.to_string_lossy().into_owned());
    match names
        .filter(|name| name.starts_with("SEKISHO_"))
        .find(|name| !KNOWN.contains(&name.as_str()))
    {
        Some(unknown) => Err(format!(
            "unknown environment variable {unknown}; known are {}",
            KNOWN.join(", ")
        )),
        None => Ok(()),
    }
}
