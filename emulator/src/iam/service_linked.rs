//! The roles that AWS's services have in accounts: what they are called, and whom they trust. Those
//! of well-known services; one that is not here is as unknown as a mistyped one.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html>

use super::error::RoleError;

/// The longest name of a role.
const MAX_NAME: usize = 64;

/// Services without `.amazonaws.com`, and the names of their roles without `AWSServiceRoleFor`.
const SERVICES: &[(&str, &str)] = &[
    ("access-analyzer", "AccessAnalyzer"),
    ("acm", "CertificateManager"),
    ("autoscaling", "AutoScaling"),
    ("backup", "Backup"),
    ("batch", "Batch"),
    ("cks.kms", "KeyManagementServiceCustomKeyStores"),
    ("cloud9", "AWSCloud9"),
    ("cloudtrail", "CloudTrail"),
    ("config", "Config"),
    ("connect", "AmazonConnect"),
    (
        "dynamodb.application-autoscaling",
        "ApplicationAutoScaling_DynamoDBTable",
    ),
    ("ec2fleet", "EC2Fleet"),
    ("ecs", "ECS"),
    (
        "ecs.application-autoscaling",
        "ApplicationAutoScaling_ECSService",
    ),
    ("eks", "AmazonEKS"),
    ("eks-fargate", "AmazonEKSForFargate"),
    ("eks-nodegroup", "AmazonEKSNodegroup"),
    ("elasticache", "ElastiCache"),
    ("elasticbeanstalk", "ElasticBeanstalk"),
    ("elasticfilesystem", "AmazonElasticFileSystem"),
    ("elasticloadbalancing", "ElasticLoadBalancing"),
    ("es", "AmazonElasticsearchService"),
    ("guardduty", "AmazonGuardDuty"),
    ("kafka", "Kafka"),
    (
        "lambda.application-autoscaling",
        "ApplicationAutoScaling_LambdaConcurrency",
    ),
    ("lex", "LexBots"),
    ("lexv2", "LexV2Bots"),
    ("mq", "AmazonMQ"),
    ("mrk.kms", "KeyManagementServiceMultiRegionKeys"),
    ("opensearchservice", "AmazonOpenSearchService"),
    ("ops.apigateway", "APIGateway"),
    ("organizations", "Organizations"),
    ("pullthroughcache.ecr", "ECRPullThroughCache"),
    ("ram", "ResourceAccessManager"),
    ("rds", "RDS"),
    (
        "rds.application-autoscaling",
        "ApplicationAutoScaling_RDSCluster",
    ),
    ("redshift", "Redshift"),
    ("replication.ecr", "ECRReplication"),
    ("securityhub", "SecurityHub"),
    ("spot", "EC2Spot"),
    ("spotfleet", "EC2SpotFleet"),
    ("ssm", "AmazonSSM"),
    ("sso", "SSO"),
    ("support", "Support"),
    ("transitgateway", "VPCTransitGateway"),
    ("trustedadvisor", "TrustedAdvisor"),
    ("wafv2", "WAFV2Logging"),
];

/// The services of which an account can have several roles, told apart by a suffix.
const WITH_SUFFIX: [&str; 3] = ["autoscaling", "connect", "lexv2"];

/// The policies of such roles that ship with the emulator. The others have none here: what those
/// services do with their rights is not emulated.
const POLICIES: [(&str, &str); 2] = [
    (
        "cks.kms",
        "AWSKeyManagementServiceCustomKeyStoresServiceRolePolicy",
    ),
    (
        "mrk.kms",
        "AWSKeyManagementServiceMultiRegionKeysServiceRolePolicy",
    ),
];

/// The name of a service's role.
pub(super) fn name(service: &str, suffix: Option<&str>) -> Result<String, RoleError> {
    let unknown = || RoleError::UnknownService(service.to_owned());
    let short = short(service).ok_or_else(unknown)?;
    let mut known = SERVICES.iter();
    let (_, name) = known
        .find(|(known, _)| *known == short)
        .ok_or_else(unknown)?;
    let name = format!("AWSServiceRoleFor{name}");
    let Some(suffix) = suffix else {
        return Ok(name);
    };
    if !WITH_SUFFIX.contains(&short) {
        return Err(RoleError::NoCustomSuffix(service.to_owned()));
    }
    let name = format!("{name}_{suffix}");
    if name.len() > MAX_NAME {
        return Err(RoleError::SuffixTooLong(name));
    }
    Ok(name)
}

/// Where the roles of a service are.
pub(super) fn path(service: &str) -> String {
    format!("/aws-service-role/{service}/")
}

/// The trust policy of a service's role.
pub(super) fn trust_policy(service: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Action":["sts:AssumeRole"],"Effect":"Allow","Principal":{{"Service":["{service}"]}}}}]}}"#
    )
}

/// The ARN of the policy of a service's role, if it is known.
pub(super) fn policy(service: &str) -> Option<String> {
    let service = short(service)?;
    let (_, policy) = POLICIES.iter().find(|(known, _)| *known == service)?;
    Some(format!("arn:aws:iam::aws:policy/aws-service-role/{policy}"))
}

fn short(service: &str) -> Option<&str> {
    service.strip_suffix(".amazonaws.com")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iam::aws_managed;

    #[test]
    fn the_table_is_sorted_and_its_names_fit() {
        assert!(SERVICES.is_sorted());
        for (service, _) in SERVICES {
            let name = name(&format!("{service}.amazonaws.com"), None).unwrap();
            assert!(name.len() <= MAX_NAME, "{name}");
        }
    }

    #[test]
    fn the_policies_there_are_ship() {
        for (service, _) in POLICIES {
            let arn = policy(&format!("{service}.amazonaws.com")).unwrap();
            assert!(aws_managed::policy(&arn).is_some(), "{arn}");
        }
        assert_eq!(policy("rds.amazonaws.com"), None);
    }

    #[test]
    fn few_services_take_a_suffix() {
        assert_eq!(
            name("autoscaling.amazonaws.com", Some("a")).unwrap(),
            "AWSServiceRoleForAutoScaling_a"
        );
        assert_eq!(
            name("es.amazonaws.com", Some("a")),
            Err(RoleError::NoCustomSuffix("es.amazonaws.com".to_owned()))
        );
        let long = name("autoscaling.amazonaws.com", Some(&"a".repeat(36)));
        assert!(matches!(long, Err(RoleError::SuffixTooLong(_))), "{long:?}");
        for unknown in ["rds", "x.amazonaws.com", "RDS.amazonaws.com", ""] {
            let unknown_service = RoleError::UnknownService(unknown.to_owned());
            assert_eq!(name(unknown, None), Err(unknown_service));
        }
    }
}
