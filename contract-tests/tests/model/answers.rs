//! Each operation of IAM and STS succeeds once, and its answer is held against the model.

use std::collections::{BTreeMap, BTreeSet};

use sekisho::timestamp::Timestamp;
use sekisho::{Emulator, Issuer};
use sekisho_contract::model;
use sekisho_contract::{Context, Credentials, Target};

use crate::{ask_as, row, services};

/// Operations that cannot succeed here, and why.
const EXEMPT: &[(&str, &str)] = &[(
    "sts DecodeAuthorizationMessage",
    "no service here encodes its messages",
)];

const POLICY: &str =
    r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
const TRUST: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow",
    "Principal":{"AWS":"arn:aws:iam::000000000000:user/a/u"},"Action":"sts:AssumeRole"}}"#;
const FEDERATED: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow",
    "Principal":{"Federated":"arn:aws:iam::000000000000:oidc-provider/issuer.example"},
    "Action":"sts:AssumeRoleWithWebIdentity"}}"#;
/// Keys of `https://issuer.example`, and a token for `c` that is good then. Whoever had the private
/// key has thrown it away.
const JWKS: &str = r#"{"keys":[{"kty":"EC","crv":"P-256","kid":"k","alg":"ES256","use":"sig",
    "x":"RfBJh_KIWP7_VZPY89-KzGbgqb2NBKCpZ9-_jYGj2Ik",
    "y":"sFj-KhKVrdtNcMDdhyxH-5g4bwypxYvmWExdFx8ItHQ"}]}"#;
const THEN: Timestamp = Timestamp::from_millis(1_764_374_460_000);
const TOKEN: &str = "eyJhbGciOiJFUzI1NiIsImtpZCI6ImsifQ.eyJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlIiwic3ViIjoic3V\
    iamVjdCIsImF1ZCI6ImMiLCJpYXQiOjE3NjQzNzQ0MDAsImV4cCI6MTc2NDM3ODAwMH0.CxkjgxcoBQUv-3dNkFjjk\
    rq-NAlIpRga62ISFD_cOwV-ow7w0AeiDOAoacpMkUHEGRZEkU46oCxKj9nraR95cg";
const TAG: &str = "Tags.member.1.Key=k&Tags.member.1.Value=v";

/// One call a line. What braces name is one of the texts above, or of the answers before; `as` the
/// user of whom there is a key by then.
const STORY: &str = "
iam CreatePolicy PolicyName=p&Path=/a/&Description=d&PolicyDocument={policy}&{tag}
iam CreatePolicy PolicyName=q&PolicyDocument={policy}
iam GetPolicy PolicyArn={p}
iam ListPolicies MaxItems=1
iam ListPolicies Scope=Local
iam CreatePolicyVersion PolicyArn={p}&PolicyDocument={policy}
iam SetDefaultPolicyVersion PolicyArn={p}&VersionId=v2
iam GetPolicyVersion PolicyArn={p}&VersionId=v1
iam ListPolicyVersions PolicyArn={p}&MaxItems=1
iam DeletePolicyVersion PolicyArn={p}&VersionId=v1
iam TagPolicy PolicyArn={p}&{tag}
iam ListPolicyTags PolicyArn={p}
iam UntagPolicy PolicyArn={p}&TagKeys.member.1=k
iam CreateUser UserName=u&Path=/a/&PermissionsBoundary={p}&{tag}
iam CreateUser UserName=w
iam TagUser UserName=u&Tags.member.1.Key=l&Tags.member.1.Value=
iam GetUser UserName=u
iam GetUser
iam ListUsers MaxItems=1
iam ListUserTags UserName=u&MaxItems=1
iam UntagUser UserName=u&TagKeys.member.1=l
iam PutUserPolicy UserName=u&PolicyName=i&PolicyDocument={policy}
iam GetUserPolicy UserName=u&PolicyName=i
iam ListUserPolicies UserName=u
iam AttachUserPolicy UserName=u&PolicyArn={p}
iam ListAttachedUserPolicies UserName=u
iam PutUserPermissionsBoundary UserName=w&PermissionsBoundary={p}
iam DeleteUserPermissionsBoundary UserName=w
iam CreateAccessKey UserName=u
iam ListAccessKeys UserName=u
iam GetAccessKeyLastUsed AccessKeyId={AccessKeyId}
iam UpdateAccessKey UserName=u&AccessKeyId={AccessKeyId}&Status=Inactive
iam DeleteAccessKey UserName=u&AccessKeyId={AccessKeyId}
iam CreateAccessKey UserName=u
iam UpdateUser UserName=w&NewUserName=v&NewPath=/b/
iam CreateGroup GroupName=g&Path=/a/
iam CreateGroup GroupName=h
iam AddUserToGroup GroupName=g&UserName=u
iam GetGroup GroupName=g
iam ListGroups MaxItems=1
iam ListGroupsForUser UserName=u
iam PutGroupPolicy GroupName=g&PolicyName=i&PolicyDocument={policy}
iam GetGroupPolicy GroupName=g&PolicyName=i
iam ListGroupPolicies GroupName=g
iam AttachGroupPolicy GroupName=g&PolicyArn={p}
iam ListAttachedGroupPolicies GroupName=g
iam UpdateGroup GroupName=h&NewGroupName=f&NewPath=/b/
iam CreateRole RoleName=r&Path=/a/&Description=d&MaxSessionDuration=7200&PermissionsBoundary={p}&AssumeRolePolicyDocument={trust}&{tag}
iam CreateRole RoleName=s&AssumeRolePolicyDocument={trust}
iam GetRole RoleName=r
iam ListRoles MaxItems=1
iam UpdateRole RoleName=s&Description=d
iam UpdateRoleDescription RoleName=s&Description=e
iam UpdateAssumeRolePolicy RoleName=s&PolicyDocument={trust}
iam TagRole RoleName=s&{tag}
iam ListRoleTags RoleName=s
iam UntagRole RoleName=s&TagKeys.member.1=k
iam PutRolePolicy RoleName=r&PolicyName=i&PolicyDocument={policy}
iam GetRolePolicy RoleName=r&PolicyName=i
iam ListRolePolicies RoleName=r
iam AttachRolePolicy RoleName=r&PolicyArn={p}
iam ListAttachedRolePolicies RoleName=r
iam PutRolePermissionsBoundary RoleName=s&PermissionsBoundary={p}
iam ListEntitiesForPolicy PolicyArn={p}
iam DeleteRolePermissionsBoundary RoleName=s
iam CreateInstanceProfile InstanceProfileName=n&Path=/a/&{tag}
iam AddRoleToInstanceProfile InstanceProfileName=n&RoleName=r
iam GetInstanceProfile InstanceProfileName=n
iam ListInstanceProfiles
iam ListInstanceProfilesForRole RoleName=r
iam TagInstanceProfile InstanceProfileName=n&{tag}
iam ListInstanceProfileTags InstanceProfileName=n
iam UntagInstanceProfile InstanceProfileName=n&TagKeys.member.1=k
iam CreateServiceLinkedRole AWSServiceName=elasticbeanstalk.amazonaws.com&Description=d
iam DeleteServiceLinkedRole RoleName={RoleName}
iam GetServiceLinkedRoleDeletionStatus DeletionTaskId={DeletionTaskId}
iam CreateOpenIDConnectProvider Url=https://issuer.example&ClientIDList.member.1=c&ThumbprintList.member.1={thumb}&{tag}
iam GetOpenIDConnectProvider OpenIDConnectProviderArn={OpenIDConnectProviderArn}
iam ListOpenIDConnectProviders
iam AddClientIDToOpenIDConnectProvider OpenIDConnectProviderArn={OpenIDConnectProviderArn}&ClientID=d
iam RemoveClientIDFromOpenIDConnectProvider OpenIDConnectProviderArn={OpenIDConnectProviderArn}&ClientID=d
iam UpdateOpenIDConnectProviderThumbprint OpenIDConnectProviderArn={OpenIDConnectProviderArn}&ThumbprintList.member.1={thumb}
iam TagOpenIDConnectProvider OpenIDConnectProviderArn={OpenIDConnectProviderArn}&{tag}
iam ListOpenIDConnectProviderTags OpenIDConnectProviderArn={OpenIDConnectProviderArn}
iam UntagOpenIDConnectProvider OpenIDConnectProviderArn={OpenIDConnectProviderArn}&TagKeys.member.1=k
iam CreateRole RoleName=x&AssumeRolePolicyDocument={federated}
sts AssumeRoleWithWebIdentity RoleArn=arn:aws:iam::000000000000:role/x&RoleSessionName=session&WebIdentityToken={token}
iam DeleteOpenIDConnectProvider OpenIDConnectProviderArn={OpenIDConnectProviderArn}
iam CreateLoginProfile UserName=u&Password=aB3!aB3!&PasswordResetRequired=true
iam GetLoginProfile UserName=u
iam UpdateLoginProfile UserName=u&Password=aB3!aB3!aB3!
iam DeleteLoginProfile UserName=u
iam CreateAccountAlias AccountAlias=alias
iam ListAccountAliases
iam DeleteAccountAlias AccountAlias=alias
iam UpdateAccountPasswordPolicy MinimumPasswordLength=8&MaxPasswordAge=90
iam GetAccountPasswordPolicy
iam DeleteAccountPasswordPolicy
iam GetAccountSummary
iam GetAccountAuthorizationDetails
iam GetAccountAuthorizationDetails MaxItems=1&Filter.member.1=User&Filter.member.2=Role
iam ListMFADevices UserName=u
iam ListVirtualMFADevices
iam ListSSHPublicKeys UserName=u
iam ListSigningCertificates UserName=u
iam ListServiceSpecificCredentials UserName=u
iam SimulateCustomPolicy PolicyInputList.member.1={policy}&ActionNames.member.1=iam:GetUser&PermissionsBoundaryPolicyInputList.member.1={policy}
iam SimulatePrincipalPolicy PolicySourceArn={user}&ActionNames.member.1=iam:GetUser&ResourceArns.member.1={user}&ResourceArns.member.2={p}
iam GetContextKeysForCustomPolicy PolicyInputList.member.1={policy}
iam GetContextKeysForPrincipalPolicy PolicySourceArn={user}
sts GetCallerIdentity
sts GetAccessKeyInfo AccessKeyId={AccessKeyId}
sts GetSessionToken DurationSeconds=900
sts GetSessionToken as
sts GetFederationToken as Name=fed&Policy={policy}&{tag}
sts AssumeRole as RoleArn={role}&RoleSessionName=session&Policy={policy}
sts GetCallerIdentity as
iam GetAccessKeyLastUsed AccessKeyId={AccessKeyId}
iam GetRole RoleName=r
iam GetUser as
iam RemoveRoleFromInstanceProfile InstanceProfileName=n&RoleName=r
iam DeleteInstanceProfile InstanceProfileName=n
iam DetachRolePolicy RoleName=r&PolicyArn={p}
iam DeleteRolePolicy RoleName=r&PolicyName=i
iam DeleteRole RoleName=r
iam DetachGroupPolicy GroupName=g&PolicyArn={p}
iam DeleteGroupPolicy GroupName=g&PolicyName=i
iam RemoveUserFromGroup GroupName=g&UserName=u
iam DeleteGroup GroupName=g
iam DetachUserPolicy UserName=u&PolicyArn={p}
iam DeleteUserPolicy UserName=u&PolicyName=i
iam DeleteAccessKey UserName=u&AccessKeyId={AccessKeyId}
iam DeleteUser UserName=u
iam DeletePolicy PolicyArn={q}
";

#[tokio::test]
async fn each_operation_succeeds_as_the_model_has_it() {
    let issuer = Issuer::with_jwks("https://issuer.example", JWKS).unwrap();
    let emulator = Emulator::builder().oidc_issuer(issuer).build();
    emulator.hold_clock(THEN);
    let c = Context::new(Target::emulator(emulator));
    let known = services().map(|(service, _)| (service, row(service).0));
    let (mut texts, mut user, mut succeeded) = (texts(), None, BTreeSet::new());
    for line in STORY.lines().filter(|line| !line.is_empty()) {
        let (call, form) =
            line.split_at(line.match_indices(' ').nth(1).map_or(line.len(), |it| it.0));
        let (service, name) = call.split_once(' ').unwrap();
        let service = if service == "iam" { "iam" } else { "sts" };
        let (who, form) = match form.trim_start().strip_prefix("as") {
            Some(form) => (user.as_ref().unwrap(), form),
            None => (c.target().root(), form),
        };
        let answer = ask_as(&c, who, service, name, &filled(form.trim_start(), &texts)).await;
        assert_eq!(answer.status, 200, "{line}: {}", answer.body);
        let part = |name: &str| answer.xml(name).unwrap();
        let told: &[&str] = match name {
            "CreateAccessKey" => {
                user = Some(Credentials::new(
                    part("AccessKeyId"),
                    part("SecretAccessKey"),
                ));
                &["AccessKeyId"]
            }
            "CreateServiceLinkedRole" => &["RoleName"],
            "DeleteServiceLinkedRole" => &["DeletionTaskId"],
            "CreateOpenIDConnectProvider" => &["OpenIDConnectProviderArn"],
            _ => &[],
        };
        texts.extend(told.iter().map(|name| (*name, part(name))));
        succeeded.insert(call);
    }
    let steps = c.recorder().steps();
    let offences: Vec<String> = steps.iter().flat_map(model::offences).collect();
    assert_eq!(offences, [""; 0]);
    let calls = known
        .iter()
        .flat_map(|(service, names)| names.iter().map(move |name| format!("{service} {name}")));
    let never: Vec<String> = calls
        .filter(|call| !succeeded.contains(call.as_str()))
        .filter(|call| !EXEMPT.iter().any(|(exempt, _)| exempt == call))
        .collect();
    assert_eq!(never, [""; 0], "put a call of it into the story");
}

fn texts() -> BTreeMap<&'static str, String> {
    BTreeMap::from([
        ("policy", POLICY.to_owned()),
        ("trust", TRUST.to_owned()),
        ("federated", FEDERATED.to_owned()),
        ("token", TOKEN.to_owned()),
        ("thumb", "a".repeat(40)),
        ("user", "arn:aws:iam::000000000000:user/a/u".to_owned()),
        ("role", "arn:aws:iam::000000000000:role/a/r".to_owned()),
        ("p", "arn:aws:iam::000000000000:policy/a/p".to_owned()),
        ("q", "arn:aws:iam::000000000000:policy/q".to_owned()),
    ])
}

/// The parameters of a form in which braces name texts.
fn filled(form: &str, texts: &BTreeMap<&str, String>) -> Vec<(String, String)> {
    let form = form.replace("{tag}", TAG);
    let parameters = form_urlencoded::parse(form.as_bytes()).map(|(name, value)| {
        let text = value.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
        let value = text.map_or_else(|| value.to_string(), |name| texts[name].clone());
        (name.into_owned(), value)
    });
    parameters.collect()
}
