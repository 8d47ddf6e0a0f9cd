//! `Type`: the partner whose secret is held, which rotates it without a function.
//! <https://docs.aws.amazon.com/secretsmanager/latest/userguide/mes-partners.html>

use super::Error;
use crate::wire::Member;

pub(super) const TYPE: Member = Member::string("Type", 0, 256);

/// The partners that AWS's guide lists. It grows.
const TYPES: [&str; 17] = [
    "BigIDClientSecret",
    "CiscoSecurityPlatformApiKey",
    "ConfluentCloudApiKey",
    "DatabricksPAT",
    "DatabricksSPSecret",
    "DatadogAdminKey",
    "DatadogApiKey",
    "DatadogApplicationKey",
    "GitLabAccessToken",
    "JenkinsApiToken",
    "MongoDBAtlasDatabaseUser",
    "MongoDBAtlasServiceAccount",
    "NetskopeApiToken",
    "PaddleApiKey",
    "SalesforceClientSecret",
    "SnowflakeKeyPairAuthentication",
    "SnowflakePat",
];

/// The type that a secret is to have; none if it is an ordinary one.
pub(super) fn chosen(sent: Option<&str>) -> Result<Option<Box<str>>, Error> {
    match sent.filter(|sent| !sent.is_empty()) {
        None => Ok(None),
        Some(sent) if TYPES.contains(&sent) => Ok(Some(sent.into())),
        Some(sent) => Err(Error::UnknownType(sent.to_owned())),
    }
}
