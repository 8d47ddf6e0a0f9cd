//! Names and paths. Names are unique without regard to case, but keep the case they were given.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>

/// A name as it is compared and found.
pub(crate) fn fold(name: &str) -> String {
    name.to_ascii_lowercase()
}

/// The characters IAM allows in names: `[\w+=,.@-]+`.
pub(crate) fn valid_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte))
}

/// `/`, or printable ASCII between slashes.
pub(crate) fn valid_path(path: &str) -> bool {
    let inner = path
        .strip_prefix('/')
        .and_then(|path| path.strip_suffix('/'));
    path == "/"
        || inner.is_some_and(|inner| {
            !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_graphic())
        })
}

/// The path of what is made without one.
pub(crate) fn root_path() -> String {
    "/".to_owned()
}

/// Any beginning of a path.
pub(crate) fn valid_path_prefix(prefix: &str) -> bool {
    prefix.starts_with('/') && prefix.bytes().all(|byte| (0x21..=0x7e).contains(&byte))
}

/// The path of a policy: names between slashes.
pub(crate) fn valid_policy_path(path: &str) -> bool {
    let inner = path
        .strip_prefix('/')
        .and_then(|path| path.strip_suffix('/'));
    path == "/" || inner.is_some_and(|inner| inner.split('/').all(valid_name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stand_between_slashes() {
        for (path, of_user, of_policy) in [
            ("/", true, true),
            ("/team/", true, true),
            ("/team/a=b/", true, true),
            ("/!/", true, false),
            ("/a//b/", true, false),
            ("//", false, false),
            ("/\u{7f}/", false, false),
            ("/team", false, false),
            ("team/", false, false),
            ("", false, false),
            ("/a b/", false, false),
        ] {
            assert_eq!(
                (valid_path(path), valid_policy_path(path)),
                (of_user, of_policy),
                "{path}"
            );
        }
    }
}
