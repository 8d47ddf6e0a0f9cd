//! What IAM checks when an identity policy is saved, or a session policy passed, stage by stage. The
//! first stage that fails gives the message; syntax is the stage before these, but for bytes in Base64.
//!
//! Never checks that actions, services or condition keys exist: AWS saves unknown ones.

use std::collections::HashSet;

use super::{Condition, Document, Element, Kind, Statement, Version};
use crate::Malformed;
use crate::arn::PARTITIONS;
use crate::condition::operator::{Operator, Test};
use crate::condition::reads;

pub(super) fn check(document: Document, kind: Kind) -> Result<Document, Malformed> {
    let mut conditions = document.statements.iter().flat_map(|s| &s.conditions);
    if conditions.any(|c| test(c) == Some(Test::BinaryEquals) && !are_read(c)) {
        return Err(Malformed::Syntax);
    }
    if document.version != Some(Version::V2012) {
        return Err(Malformed::Version);
    }
    check_all_but_version(document, kind)
}

pub(super) fn check_all_but_version(document: Document, kind: Kind) -> Result<Document, Malformed> {
    let statements = &document.statements;
    statements
        .iter()
        .try_for_each(|s| legacy_parsing(s, kind))?;
    sids(statements)?;
    if statements
        .iter()
        .any(|statement| statement.principal.is_some())
    {
        return Err(Malformed::PrincipalNotAllowed);
    }
    if statements
        .iter()
        .any(|statement| is_empty(statement.action.as_ref()))
    {
        return Err(Malformed::NoActions);
    }
    if statements
        .iter()
        .any(|statement| is_empty(statement.resource.as_ref()))
    {
        return Err(Malformed::NoResources);
    }
    statements
        .iter()
        .filter_map(|s| s.resource.as_ref())
        .try_for_each(resource_formats)?;
    let actions = statements.iter().filter_map(|s| s.action.as_ref());
    actions
        .flat_map(|action| &action.values)
        .try_for_each(|action| action_format(action))?;
    Ok(document)
}

/// Numbers, dates, addresses and ARNs that are none are found here, but not in session policies: there
/// each request finds them out. A resource whose format is wrong anyway gets the more precise message
/// of the later stage.
fn legacy_parsing(statement: &Statement, kind: Kind) -> Result<(), Malformed> {
    let has_empty_parts = |resource: &String| {
        let colons = resource.bytes().filter(|&byte| byte == b':').count();
        let service = resource.split(':').nth(2);
        (resource.contains("::") && colons < 5 || service == Some(""))
            && resource_format(resource).is_ok()
    };
    let mut resources = statement
        .resource
        .iter()
        .flat_map(|resource| &resource.values);
    let mut conditions = statement.conditions.iter();
    if statement.effect_exact
        && conditions.all(|condition| kind == Kind::Session || are_read(condition))
        && !resources.any(has_empty_parts)
    {
        Ok(())
    } else {
        Err(Malformed::LegacyParsing)
    }
}

/// Whether the values are of the operator's type. A variable is not, as long as it is not filled in.
fn are_read(condition: &Condition) -> bool {
    test(condition).is_none_or(|test| {
        let mut values = condition.values.iter();
        values.all(|value| reads(test, &value.text))
    })
}

fn test(condition: &Condition) -> Option<Test> {
    Some(Operator::read(&condition.operator)?.test)
}

/// An empty `Sid` is as good as none.
fn sids(statements: &[Statement]) -> Result<(), Malformed> {
    let sids = || {
        statements
            .iter()
            .filter_map(|s| s.sid.as_deref())
            .filter(|s| !s.is_empty())
    };
    if !sids().all(|sid| sid.bytes().all(|byte| byte.is_ascii_alphanumeric())) {
        return Err(Malformed::SidCharacters);
    }
    let mut seen = HashSet::new();
    if sids().all(|sid| seen.insert(sid)) {
        Ok(())
    } else {
        Err(Malformed::SidNotUnique)
    }
}

fn is_empty(element: Option<&Element<String>>) -> bool {
    element.is_none_or(|element| element.values.is_empty())
}

/// Of several bad ones in a list, AWS names the one that sorts first.
fn resource_formats(element: &Element<String>) -> Result<(), Malformed> {
    let bad = element
        .values
        .iter()
        .filter(|resource| resource_format(resource).is_err())
        .min();
    bad.map_or(Ok(()), |resource| resource_format(resource))
}

fn resource_format(resource: &str) -> Result<(), Malformed> {
    if resource == "*" {
        return Ok(());
    }
    let mut parts = resource.splitn(6, ':').skip(1);
    let Some(partition) = parts.next() else {
        return Err(Malformed::ResourceNotArn(resource.to_owned()));
    };
    let [service, region, account, path] = [(); 4].map(|()| parts.next());
    if partition != "*" && !PARTITIONS.contains(&partition) {
        let [service, region, account, path] = [
            service.filter(|s| !s.is_empty() || region.is_some()),
            region,
            account,
            path,
        ]
        .map(|part| part.unwrap_or("*"));
        return Err(Malformed::Partition {
            partition: partition.to_owned(),
            resource: format!("arn:{partition}:{service}:{region}:{account}:{path}"),
        });
    }
    if service.is_none_or(|service| service.contains(['*', '?'])) {
        return Err(Malformed::ResourceVendor);
    }
    let has_region = region.is_some_and(|region| !region.is_empty());
    match service {
        Some("iam") if has_region => Err(Malformed::IamRegion(resource.to_owned())),
        Some("s3") if has_region && !path.is_some_and(is_regional_in_s3) => {
            Err(Malformed::Region(resource.to_owned()))
        }
        Some("iam") if !path.is_none_or(is_iam_path) => Err(Malformed::IamPath),
        _ => Ok(()),
    }
}

/// Buckets and objects have no region in their ARNs; these have.
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-resources-for-iam-policies>
fn is_regional_in_s3(path: &str) -> bool {
    const TYPES: [&str; 5] = [
        "accesspoint",
        "access-grants/",
        "job/",
        "storage-lens",
        "async-request/",
    ];
    TYPES.iter().any(|kind| path.starts_with(kind))
}

fn is_iam_path(path: &str) -> bool {
    const TYPES: [&str; 13] = [
        "user/",
        "federated-user/",
        "role/",
        "group/",
        "instance-profile/",
        "mfa/",
        "server-certificate/",
        "policy/",
        "sms-mfa/",
        "saml-provider/",
        "oidc-provider/",
        "report/",
        "access-report/",
    ];
    matches!(path, "*" | "root") || TYPES.iter().any(|kind| path.starts_with(kind))
}

fn action_format(action: &str) -> Result<(), Malformed> {
    if action == "*" {
        return Ok(());
    }
    let Some((vendor, name)) = action.split_once(':') else {
        return Err(Malformed::ActionWithoutVendor);
    };
    if name.contains(':') {
        return Err(Malformed::ActionColons);
    }
    if vendor.contains(['*', '?']) {
        return Err(Malformed::ActionVendorWildcard);
    }
    let is_vendor = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    if !vendor.bytes().all(is_vendor) {
        return Err(Malformed::ActionVendor(vendor.to_owned()));
    }
    Ok(())
}
