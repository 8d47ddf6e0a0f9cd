//! Resources by themselves: whether they are ARNs of a form that AWS knows.
//!
//! Of services outside [`crate::table`], only what holds for every ARN is judged. Never looks at
//! actions; whether the two fit is [`super::matching`]'s business.

use super::arn::Arn;
use super::codes::{self, Code};
use super::effort::Effort;
use super::model::{Grammar as _, Policy, ResourceEntry};
use super::report::Report;
use super::words;
use crate::arn::PARTITIONS;
use crate::glob::Case;
use crate::table::{self, ResourceType};
use crate::{Kind, unknown};

pub(super) fn check(policy: &Policy<'_>, report: &mut Report<'_>) {
    for entry in policy
        .statements
        .iter()
        .filter_map(|statement| statement.resource.as_ref())
        .flat_map(|list| &list.entries)
    {
        if let Some(fault) = fault(entry, policy.kind, &report.effort) {
            report.add(fault.code, entry.text.bytes.clone(), fault.message);
        }
    }
}

pub(super) struct Fault {
    code: &'static Code,
    message: String,
}

/// What keeps the resource from matching anything, or AWS from saving it.
pub(super) fn fault(entry: &ResourceEntry<'_>, kind: Kind, effort: &Effort) -> Option<Fault> {
    let text = entry.text.text;
    let fault = |code, message| Some(Fault { code, message });
    if text == "*" {
        return None;
    }
    let mut parts = text.splitn(6, ':');
    let parts = [(); 6].map(|()| parts.next());
    if parts[0] != Some("arn") {
        let message = format!("{text:?} is neither an ARN, which begins with arn:, nor \"*\".");
        return fault(&codes::INVALID_ARN_PREFIX, message);
    }
    let [
        _,
        Some(partition),
        Some(service),
        Some(region),
        Some(account),
        Some(resource),
    ] = parts
    else {
        let read = if unknown::completes_arn(text, kind) {
            "each missing part is read as \"*\""
        } else {
            "it matches nothing"
        };
        let message = format!(
            "{text} is shorter than an ARN; {read}. Write all of \
             arn:partition:service:region:account:resource."
        );
        return fault(&codes::MISSING_ARN_FIELD, message);
    };
    if entry.arn == Arn::Other {
        return None; // A variable before the fifth colon, which is reported as such.
    }
    let is_pattern = |part: &str| part.contains(['*', '?', '$']);
    if !is_pattern(partition) && !PARTITIONS.contains(&partition) {
        let message = format!(
            "{partition:?} is no partition of AWS; there are {}. Nearly always it is aws.",
            PARTITIONS.join(", ")
        );
        return fault(&codes::INVALID_PARTITION, message);
    }
    if kind.is_identity() && (service.contains(['*', '?']) || service.is_empty()) {
        let message = "IAM takes no wildcard for the service of an ARN. Write the service's name.";
        return fault(&codes::WILDCARD_IN_ARN_SERVICE, message.to_owned());
    }
    if service.bytes().any(|byte| byte.is_ascii_uppercase()) {
        let lower = service.to_ascii_lowercase();
        let message = format!("ARNs are case-sensitive, and {service} is written {lower} in them.");
        return fault(&codes::INVALID_ARN_SERVICE_CASE, message);
    }
    let near = Some(service).filter(|service| table::service(service).is_none());
    if let Some(near) = near.and_then(|service| words::near_service(service, effort)) {
        let message = format!("The service {service:?} is unknown here; did you mean {near}?");
        return fault(&codes::INVALID_SERVICE, message);
    }
    // Access points and the like do have a region, unlike buckets.
    let is_bucket = service == "s3"
        && ![
            "*",
            "accesspoint",
            "access-grants",
            "async-request",
            "job/",
            "storage-lens",
        ]
        .iter()
        .any(|kind| resource.starts_with(kind));
    if (service == "iam" || is_bucket) && !region.is_empty() {
        let message = format!("ARNs of {service} have no region. Write arn:aws:{service}::…");
        return fault(&codes::ARN_REGION_NOT_ALLOWED, message);
    }
    account_fault(service, account)
        .or_else(|| region_fault(service, region))
        .or_else(|| resource_fault(entry, service, resource, effort))
}

fn account_fault(service: &str, account: &str) -> Option<Fault> {
    let is_known = table::service(service).is_some();
    let is_number = account.bytes().all(|byte| byte.is_ascii_digit());
    if account.contains(['*', '?', '$']) || account.len() == 12 && is_number {
        return None;
    }
    if account.is_empty() {
        return is_known.then(|| Fault {
            code: &codes::MISSING_ARN_ACCOUNT,
            message: format!(
                "ARNs of {service} have an account, so this one matches nothing. Write its twelve \
                 digits, or \"*\"."
            ),
        });
    }
    // Managed policies and a few others belong to AWS itself.
    let is_aws = service == "iam" && account == "aws";
    (is_number || is_known && !is_aws).then(|| Fault {
        code: &codes::INVALID_ARN_ACCOUNT,
        message: format!("{account:?} is no account. An account's number has twelve digits."),
    })
}

fn region_fault(service: &str, region: &str) -> Option<Fault> {
    if !["kms", "secretsmanager"].contains(&service) || region.contains(['*', '?', '$']) {
        return None;
    }
    if region.is_empty() {
        return Some(Fault {
            code: &codes::MISSING_ARN_REGION,
            message: format!(
                "ARNs of {service} have a region, so this one matches nothing. Write it, or \"*\"."
            ),
        });
    }
    (!is_region(region)).then(|| Fault {
        code: &codes::INVALID_ARN_REGION,
        message: format!("{region:?} is no name of a region; one looks like eu-west-1."),
    })
}

/// Whether the text has the form of a region: eu-west-1, us-gov-east-1, eusc-de-east-1.
pub(super) fn is_region(text: &str) -> bool {
    let mut words = text.split('-').rev();
    let number = words.next().unwrap_or_default();
    let mut count = 0;
    let are_words = words.all(|word| {
        count += 1;
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase())
    });
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    are_words && count >= 2 && is_number
}

/// Whether the last part is one that some type of resource has.
fn resource_fault(
    entry: &ResourceEntry<'_>,
    service: &str,
    resource: &str,
    effort: &Effort,
) -> Option<Fault> {
    // Roles are resources of STS as well, under the ARNs of IAM.
    let services = [table::service(service)?, table::service("sts")?];
    let types = || services.iter().flat_map(|service| service.resource_types);
    let of_service = |known: &&ResourceType| known.arn.split(':').nth(2) == Some(service);
    let mut types = types().filter(of_service);
    if service == "iam" && resource == "report/*"
        || types
            .clone()
            .any(|known| entry.arn.overlaps(known.arn, effort))
    {
        return None;
    }
    let mut forms: Vec<_> = types.by_ref().map(|known| known.arn).collect();
    forms.sort_unstable();
    forms.dedup();
    let nearest = forms.iter().copied().find(|form| {
        let word = |text: &str| {
            text.split([':', '/'])
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase()
        };
        let last = form.splitn(6, ':').nth(5).unwrap_or_default();
        effort.overlaps(&word(resource), &word(last), Case::Insensitive)
    });
    let form = match nearest {
        Some(form) => format!("the form is {form}"),
        None => format!("its forms are {}", forms.join(", ")),
    };
    Some(Fault {
        code: &codes::INVALID_ARN_RESOURCE,
        message: format!("{} has no resources with such an ARN; {form}.", service),
    })
}
