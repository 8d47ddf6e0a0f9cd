#![doc = include_str!("codes.md")]

use super::Severity;

/// A kind of finding.
#[derive(Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Code {
    /// In the spelling of Access Analyzer's issue codes.
    pub name: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What it means, in one sentence.
    pub meaning: &'static str,
}

/// Finds a code by its name.
///
/// ```
/// let code = sekisho_iam::lint::codes::find("MISSING_VERSION").expect("is a code");
/// assert_eq!(code.severity, sekisho_iam::lint::Severity::Warning);
/// ```
pub fn find(name: &str) -> Option<&'static Code> {
    ALL.iter().copied().find(|code| code.name == name)
}

macro_rules! codes {
    ($($name:ident, $severity:ident, $meaning:literal;)*) => {
        $(pub(super) static $name: Code = Code {
            name: stringify!($name),
            severity: Severity::$severity,
            meaning: $meaning,
        };)*

        /// All codes, in the order of the table.
        pub static ALL: &[&Code] = &[$(&$name),*];
    };
}

codes! {
    // The document.
    JSON_SYNTAX_ERROR, Error, "The text is not JSON.";
    DATA_TYPE_MISMATCH, Error, "A value is of the wrong JSON type.";
    DUPLICATE_ELEMENT, Error, "An element stands twice in one object.";
    INVALID_POLICY_ELEMENT, Error, "The policy language has no such element.";
    INVALID_VERSION, Error, "There is no such version, or this kind of policy does not take it.";
    MISSING_VERSION, Warning, "Without a version, the policy is read in the language of 2008.";
    MISSING_STATEMENT, Error, "The policy has no statement.";
    UNSUPPORTED_CHARACTER, Error, "IAM takes no policy with this character.";
    POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA, Error, "Longer than a managed policy may be.";
    POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA, Error, "Longer than the policy of a resource may be.";
    POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA, Error, "Longer than a trust policy may be by default.";
    POLICY_SIZE_EXCEEDS_SCP_QUOTA, Error, "Longer than a service control policy may be.";
    POLICY_SIZE_EXCEEDS_RCP_QUOTA, Error, "Longer than a resource control policy may be.";
    POLICY_REFUSED, Error, "AWS refuses to save the policy, and no other finding says why.";
    LINT_INCOMPLETE, Suggestion, "The policy is too large for all checks.";
    // The statement.
    MISSING_EFFECT, Error, "A statement has no effect.";
    INVALID_EFFECT, Error, "An effect is neither Allow nor Deny.";
    UNSUPPORTED_ELEMENT_COMBINATION, Error, "An element and its negation are in one statement.";
    EMPTY_SID_VALUE, Suggestion, "A Sid is empty.";
    UNSUPPORTED_SID, Error, "A Sid has characters that this kind of policy does not take.";
    UNIQUE_SIDS_REQUIRED, Error, "Two statements have the same Sid, which this kind of policy does not take.";
    UNIQUE_SIDS_RECOMMENDED, Warning, "Two statements have the same Sid.";
    UNREACHABLE_STATEMENT, Warning, "What a statement allows, the policy denies.";
    STATEMENT_MATCHES_NOTHING, Error, "NotAction, NotResource or NotPrincipal is *, which leaves nothing.";
    REDUNDANT_STATEMENT, Suggestion, "Another statement says as much.";
    // Actions.
    MISSING_ACTION, Error, "A statement has no actions.";
    EMPTY_ARRAY_ACTION, Error, "A list of actions is empty.";
    INVALID_ACTION, Error, "The service has no such action.";
    INVALID_SERVICE_IN_ACTION, Error, "The service is probably misspelled.";
    UNSUPPORTED_ACTION_IN_POLICY, Error, "This kind of policy does not take the action.";
    WILDCARD_IN_SERVICE_NAME, Suggestion, "A wildcard stands for a part of a service's name.";
    REDUNDANT_ACTION, Suggestion, "Another entry of the list matches the action.";
    ACTION_NEVER_MATCHES_RESOURCE, Error, "The action does not act on any resource of the statement.";
    ACTION_WITHOUT_RESOURCE_NEEDS_STAR, Error, "The action has no resource, and only * matches that.";
    PASS_ROLE_WITH_STAR_IN_RESOURCE, SecurityWarning, "iam:PassRole is allowed for all roles.";
    PASS_ROLE_WITH_NOTRESOURCE, SecurityWarning, "iam:PassRole is allowed for all roles but some.";
    PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE, SecurityWarning, "A wildcard allows iam:PassRole for all roles.";
    PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOTRESOURCE, SecurityWarning, "A wildcard allows iam:PassRole for all roles but some.";
    PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOTACTION, SecurityWarning, "NotAction leaves iam:PassRole allowed for all roles.";
    PASS_ROLE_WITH_NOTACTION_AND_NOTRESOURCE, SecurityWarning, "NotAction leaves iam:PassRole allowed for all roles but some.";
    CREATE_SLR_WITH_STAR_IN_RESOURCE, Warning, "Service-linked roles of all services may be created.";
    CREATE_SLR_WITH_NOTRESOURCE, Warning, "Service-linked roles of all services but some may be created.";
    CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE, Warning, "A wildcard allows creating any service-linked role.";
    CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOTRESOURCE, Warning, "A wildcard allows creating nearly any service-linked role.";
    CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOTACTION, Warning, "NotAction leaves creating any service-linked role allowed.";
    CREATE_SLR_WITH_NOTACTION_AND_NOTRESOURCE, Warning, "NotAction leaves creating nearly any service-linked role allowed.";
    // Resources.
    MISSING_RESOURCE, Error, "A statement has no resources.";
    EMPTY_ARRAY_RESOURCE, Error, "A list of resources is empty.";
    ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE, Error, "A trust policy has no resources.";
    INVALID_ARN_PREFIX, Error, "A resource is neither an ARN nor *.";
    MISSING_ARN_FIELD, Error, "An ARN has fewer than six parts.";
    INVALID_PARTITION, Error, "AWS has no such partition.";
    WILDCARD_IN_ARN_SERVICE, Error, "IAM takes no wildcard for the service of an ARN.";
    INVALID_SERVICE, Error, "The service of an ARN is probably misspelled.";
    INVALID_ARN_SERVICE_CASE, Error, "The service of an ARN has upper-case letters.";
    ARN_REGION_NOT_ALLOWED, Error, "ARNs of the service have no region.";
    INVALID_ARN_REGION, Error, "The region of an ARN is not one.";
    MISSING_ARN_REGION, Error, "The ARN lacks its region.";
    INVALID_ARN_ACCOUNT, Error, "The account of an ARN is not one.";
    MISSING_ARN_ACCOUNT, Error, "The ARN lacks its account.";
    INVALID_ARN_RESOURCE, Error, "The service has no resources with such an ARN.";
    RESOURCE_NEVER_MATCHES_ACTION, Warning, "No action of the statement acts on the resource.";
    REDUNDANT_RESOURCE, Suggestion, "Another entry of the list matches the resource.";
    SECRET_ARN_WITHOUT_SUFFIX, Warning, "The ARN lacks the six characters behind a secret's name.";
    SECRET_ARN_SUFFIX_DOUBTFUL, Suggestion, "The last part of a secret's name stands where its suffix should.";
    SECRET_ARN_SUFFIX_TOO_WIDE, Suggestion, "A * for a secret's suffix matches other secrets, too.";
    // Principals.
    MISSING_PRINCIPAL, Error, "A statement has no principal.";
    EMPTY_OBJECT_PRINCIPAL, Error, "No principal is listed.";
    EMPTY_ARRAY_PRINCIPAL, Error, "A list of principals is empty.";
    UNSUPPORTED_PRINCIPAL, Error, "An identity policy has no principal.";
    SCP_SYNTAX_ERROR_PRINCIPAL, Error, "A service control policy has no principal.";
    RCP_SYNTAX_ERROR_PRINCIPAL, Error, "A resource control policy names everyone.";
    RCP_SYNTAX_ERROR_ALLOW, Error, "A resource control policy does not allow.";
    RCP_SYNTAX_ERROR_ACTION, Error, "Resource control policies do not apply to the service.";
    RCP_SYNTAX_ERROR_NOTACTION, Error, "A resource control policy has no NotAction.";
    ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL, Error, "A trust policy has no NotPrincipal.";
    ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL, Error, "A trust policy does not take * alone.";
    INVALID_PRINCIPAL_FORMAT, Error, "A principal is not of a form that AWS knows.";
    INVALID_PRINCIPAL_KEY, Error, "There is no such kind of principal here.";
    UNSUPPORTED_WILDCARD_IN_PRINCIPAL, Error, "A wildcard is a part of a principal.";
    INVALID_SERVICE_PRINCIPAL_FORMAT, Error, "A service principal is not of the form of one.";
    FEDERATED_PRINCIPAL_NOT_SUPPORTED, Error, "Only trust policies know identity providers.";
    INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY, Error, "An identity provider is not of the form of one.";
    MISMATCHED_ACTION_FOR_PRINCIPAL, Error, "The action is for another kind of principal.";
    INVALID_ROLE_REFERENCE, Warning, "A role is named by its id, which its ARN turns into when it is deleted.";
    INVALID_USER_REFERENCE, Warning, "A user is named by its id, which its ARN turns into when it is deleted.";
    REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY, Suggestion, "The role of a session is listed as well.";
    ALLOW_WITH_NOTPRINCIPAL, SecurityWarning, "Everyone is allowed who is not listed.";
    DENY_WITH_INCOMPLETE_NOTPRINCIPAL, Warning, "NotPrincipal denies whom it is meant to spare.";
    BROAD_ACCESS, SecurityWarning, "Everyone is allowed, and no condition narrows that.";
    RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL, SecurityWarning, "A service is allowed on anyone's behalf.";
    MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL, SecurityWarning, "Users of any application of the provider may assume the role.";
    MISSING_GITHUB_REPO_CONDITION_KEY, SecurityWarning, "Any repository on GitHub may assume the role.";
    // Conditions.
    INVALID_CONDITION_OPERATOR, Error, "There is no such condition operator.";
    NULL_WITH_IF_EXISTS, Error, "Null has no IfExists.";
    NULL_WITH_QUALIFIER, Suggestion, "Null with a set qualifier always holds, or never.";
    EMPTY_OBJECT_CONDITION, Suggestion, "A condition is empty and always holds.";
    EMPTY_ARRAY_CONDITION, Suggestion, "A condition has no values and never holds.";
    EMPTY_ARRAY_CONDITION_IFEXISTS, Suggestion, "A condition has no values and holds where the key is absent.";
    EMPTY_ARRAY_CONDITION_FORALLVALUES, Suggestion, "A condition has no values and holds where the key is absent.";
    EMPTY_ARRAY_CONDITION_FORANYVALUE, Suggestion, "A condition has no values and never holds.";
    DUPLICATE_KEYS_WITH_DIFFERENT_CASE, Error, "Two condition keys differ in case only.";
    INVALID_CONDITION_KEY_FORMAT, Error, "A condition key has no prefix.";
    INVALID_GLOBAL_CONDITION_KEY, Error, "There is no such global condition key.";
    INVALID_SERVICE_CONDITION_KEY, Error, "The service has no such condition key.";
    MISSING_TAG_KEY_IN_CONDITION, Error, "A condition key lacks the name of the tag.";
    UNSUPPORTED_ACTION_FOR_CONDITION_KEY, Error, "Requests for an action of the statement never have the key.";
    VERSION_STAGE_ABSENT_BY_DEFAULT, Warning, "A read of the current version does not have the key.";
    MFA_ABSENT_WITH_ACCESS_KEYS, Warning, "Requests with access keys do not say that they lack MFA.";
    MISSING_QUALIFIER, Error, "A key of several values needs ForAllValues or ForAnyValue.";
    FORALLVALUES_WITH_SINGLE_VALUED_KEY, SecurityWarning, "ForAllValues also holds without the key.";
    ALLOW_FORALLVALUES_WITHOUT_NULL_CHECK, Warning, "ForAllValues allows also without the key.";
    // Values.
    INVALID_CONDITION_DATA_TYPE, Error, "The values of a condition are of different JSON types.";
    INVALID_CONDITION_MULTIPLE_BOOLEAN, Error, "A boolean condition has several values.";
    REDUNDANT_CONDITION_VALUE_NUM, Suggestion, "Of several bounds only one counts.";
    WILDCARD_WITHOUT_LIKE_OPERATOR, Warning, "A wildcard is a plain character to the operator.";
    TYPE_MISMATCH, Warning, "The operator is not for the type of the key.";
    TYPE_MISMATCH_ARN, Warning, "A value is no ARN.";
    TYPE_MISMATCH_BINARY, Warning, "A value is not Base64.";
    TYPE_MISMATCH_BOOLEAN, Warning, "A value is neither true nor false.";
    TYPE_MISMATCH_DATE, Warning, "A value is no date.";
    TYPE_MISMATCH_IP_RANGE, Warning, "A value is no IP address or range.";
    TYPE_MISMATCH_NUMBER, Warning, "A value is no number.";
    IMPROVE_IP_RANGE, Suggestion, "A range has bits that do not count.";
    PRIVATE_IP_ADDRESS, Error, "aws:SourceIp is never private.";
    PRIVATE_IP_ADDRESS_SUBSET, Suggestion, "aws:SourceIp is never private, as some of the values are.";
    PRIVATE_NOTIPADDRESS, Error, "aws:SourceIp is never private, so the condition always holds.";
    PRIVATE_NOTIPADDRESS_SUBSET, Suggestion, "aws:SourceIp is never private, as some of the exceptions are.";
    INVALID_REGION, Error, "A value is no region.";
    INVALID_VPC_FORMAT, Error, "A value is no id of a VPC.";
    INVALID_VPCE_FORMAT, Error, "A value is no id of a VPC endpoint.";
    // Variables.
    VARIABLE_UNSUPPORTED_IN_VERSION, Error, "The version has no variables.";
    VARIABLE_UNSUPPORTED_IN_ELEMENT, Error, "The element has no variables.";
    VARIABLE_IN_ARN_PREFIX, Error, "A variable stands before the fifth colon of an ARN.";
    INVALID_VARIABLE_FOR_OPERATOR, Error, "The operator takes no variables.";
    INVALID_VARIABLE, Error, "There is no such variable.";
    VARIABLE_NEVER_RESOLVES, Warning, "The variable never has a value here.";
    MISSING_BRACE_IN_VARIABLE, Error, "A variable is not closed.";
    MISSING_QUOTE_IN_VARIABLE, Error, "The default of a variable is not in single quotes.";
    UNSUPPORTED_SPACE_IN_VARIABLE, Error, "The name of a variable has a space.";
    EMPTY_VARIABLE, Error, "A variable has no name.";
}
