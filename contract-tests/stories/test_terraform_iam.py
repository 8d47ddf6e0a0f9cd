"""What Terraform's AWS provider calls to start, and for its IAM resources, and what it checks in the answers."""

import json
from urllib.parse import unquote_plus

import pytest
from botocore import xform_name

from clients import Account, Key, Refusal, answer, refusal
from denials import ACCOUNT, session, user
from readers import READ, create_policy, new_key, new_user, policy
from roles import ASSUME, EVERYONE, assume, new_role, trust
from test_lifecycle import is_about

TAGS = [{"Key": "team", "Value": "red"}, {"Key": "stage", "Value": "test"}]
# Values that a decoder of forms would spoil if they were not encoded as AWS does it.
AWKWARD = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "Awkward",
                "Effect": "Allow",
                "Action": "secretsmanager:GetSecretValue",
                "Resource": "arn:aws:secretsmanager:*:*:secret:a+b/100%25 ?",
                "Condition": {"StringLike": {"aws:PrincipalTag/e+mail": "a+b@example.com %2B &=ü"}},
            }
        ],
    },
    ensure_ascii=False,
)


@pytest.fixture
def iam(root):
    return root.iam


def missing(call, **arguments):
    """That a call tells what Terraform takes for gone."""
    told = refusal(call, **arguments)
    assert (told.type, told.status) == ("NoSuchEntity", 404)
    return told.message


def tags(answered):
    return {tag["Key"]: tag["Value"] for tag in answered.get("Tags", [])}


def raw(account, operation, *path, **arguments):
    """A document as it is on the wire, read as Terraform reads it: as a value of a form."""
    seen = {}
    account.session.events.register_first(
        "before-parse.iam", lambda response_dict, **_: seen.update(response_dict), unique_id="raw"
    )
    answer(getattr(account.client("iam"), xform_name(operation)), **arguments)
    text = seen["body"].decode()
    for name in path:
        text = text.partition(f"<{name}>")[2].partition(f"</{name}>")[0]
    assert not set(text) & set('{}" +<>'), "not encoded"
    return unquote_plus(text)


# The provider's start.


def test_the_start_with_checked_credentials(root):
    for account in (root, new_user(root, "ann"), session_of(root)):
        told = answer(account.sts.get_caller_identity)
        _, partition, service, region, number, _ = told["Arn"].split(":", 5)
        assert (partition, region, number) == ("aws", "", told["Account"])
        assert service in ("iam", "sts")
        assert told["UserId"]


def session_of(root):
    """A session of a role that may everything."""
    role = new_role(root, "admin", allowed=policy("Allow", "*"))
    helper = new_user(root, "helper", create_policy(root, "Assume", policy("Allow", ASSUME)))
    return Account(root.url, assume(helper, role))


def test_the_start_without_checks_as_a_user(root):
    ann = new_user(root, "ann", create_policy(root, "Everything", policy("Allow", "*")))
    assert answer(ann.iam.get_user)["User"]["Arn"] == user("ann")
    assert answer(root.iam.get_user)["User"]["Arn"] == f"arn:aws:iam::{ACCOUNT}:root"


def test_the_start_without_checks_as_a_role(root):
    account = session_of(root)
    told = refusal(account.iam.get_user)
    sentence = "Must specify userName when calling with non-User credentials"
    assert told == Refusal("ValidationError", sentence, status=400)
    assert answer(account.sts.get_caller_identity)["Arn"] == session("admin")


def test_the_start_by_any_role(root):
    listed = answer(root.iam.list_roles, MaxItems=1)
    assert (listed["Roles"], listed["IsTruncated"], "Marker" in listed) == ([], False, False)
    arns = [new_role(root, name) for name in ("one", "two")]
    first = answer(root.iam.list_roles, MaxItems=1)
    assert first["IsTruncated"] is True
    second = answer(root.iam.list_roles, MaxItems=1, Marker=first["Marker"])
    assert (second["IsTruncated"], "Marker" in second) == (False, False)
    assert [page["Roles"][0]["Arn"] for page in (first, second)] == arns


# aws_iam_user and aws_iam_access_key


def test_a_user(root, iam):
    bound = create_policy(root, "Bound", READ)
    more = {"Path": "/", "Tags": TAGS, "PermissionsBoundary": bound}
    made = answer(iam.create_user, UserName="app", **more)["User"]
    told = answer(iam.get_user, UserName="app")["User"]
    assert (told["Arn"], told["UserName"], told["Path"], told["UserId"]) == (user("app"), "app", "/", made["UserId"])
    assert tags(told) == {"team": "red", "stage": "test"}
    assert told["PermissionsBoundary"]["PermissionsBoundaryArn"] == bound

    # Both are sent at every change.
    answer(iam.update_user, UserName="app", NewUserName="app", NewPath="/a/")
    answer(iam.update_user, UserName="app", NewUserName="web", NewPath="/a/")
    answer(iam.delete_user_permissions_boundary, UserName="web")
    answer(iam.untag_user, UserName="web", TagKeys=["stage"])
    answer(iam.tag_user, UserName="web", Tags=[{"Key": "team", "Value": "blue"}])
    told = answer(iam.get_user, UserName="web")["User"]
    assert (told["Arn"], told["UserId"], tags(told)) == (user("a/web"), made["UserId"], {"team": "blue"})
    assert "PermissionsBoundary" not in told

    answer(iam.create_group, GroupName="devs")
    answer(iam.add_user_to_group, GroupName="devs", UserName="web")
    key = new_key(root, "web")
    destroy_user(iam, "web")
    assert missing(iam.get_user, UserName="web") == "The user with name web cannot be found."
    assert missing(iam.delete_user, UserName="web") == "The user with name web cannot be found."
    assert refusal(Account(root.url, key).sts.get_caller_identity).type == "InvalidClientTokenId"


def destroy_user(iam, name):
    """With force_destroy: everything that a user might have is looked for first."""
    of = {"UserName": name}
    for group in pages(iam, "list_groups_for_user", "Groups", **of):
        answer(iam.remove_user_from_group, GroupName=group["GroupName"], **of)
    for key in pages(iam, "list_access_keys", "AccessKeyMetadata", **of):
        answer(iam.delete_access_key, AccessKeyId=key["AccessKeyId"], **of)
    assert pages(iam, "list_ssh_public_keys", "SSHPublicKeys", **of) == []
    devices = pages(iam, "list_virtual_mfa_devices", "VirtualMFADevices", AssignmentStatus="Assigned")
    assert devices == []
    assert pages(iam, "list_mfa_devices", "MFADevices", **of) == []
    assert missing(iam.delete_login_profile, **of) == f"Login Profile for User {name} cannot be found."
    assert pages(iam, "list_signing_certificates", "Certificates", **of) == []
    assert answer(iam.list_service_specific_credentials, **of)["ServiceSpecificCredentials"] == []
    answer(iam.delete_user, **of)


def pages(iam, operation, member, **arguments):
    """The entries of all pages; only the last has no marker."""
    found = []
    for page in iam.get_paginator(operation).paginate(**arguments, PaginationConfig={"PageSize": 1}):
        assert page["IsTruncated"] is ("Marker" in page)
        found += page[member]
    return found


def test_a_user_in_use(root, iam):
    ann = new_user(root, "ann", create_policy(root, "Read", READ))
    answer(iam.put_user_policy, UserName="ann", PolicyName="inline", PolicyDocument=READ)
    answer(iam.create_group, GroupName="devs")
    answer(iam.add_user_to_group, GroupName="devs", UserName="ann")
    for undo, arguments in [
        (iam.detach_user_policy, {"PolicyArn": f"arn:aws:iam::{ACCOUNT}:policy/Read"}),
        (iam.delete_user_policy, {"PolicyName": "inline"}),
        (iam.remove_user_from_group, {"GroupName": "devs"}),
        (iam.delete_access_key, {"AccessKeyId": ann.key.id}),
    ]:
        assert refusal(iam.delete_user, UserName="ann").type == "DeleteConflict"
        answer(undo, UserName="ann", **arguments)
    answer(iam.delete_user, UserName="ann")


def test_an_access_key(root, iam):
    answer(iam.create_user, UserName="app")
    made = answer(iam.create_access_key, UserName="app")["AccessKey"]
    assert set(made) == {"UserName", "AccessKeyId", "Status", "SecretAccessKey", "CreateDate"}
    [listed] = pages(iam, "list_access_keys", "AccessKeyMetadata", UserName="app")
    assert listed == {name: value for name, value in made.items() if name != "SecretAccessKey"}
    assert listed["Status"] == "Active"
    assert answer(iam.get_access_key_last_used, AccessKeyId=made["AccessKeyId"])["UserName"] == "app"
    answer(iam.update_access_key, UserName="app", AccessKeyId=made["AccessKeyId"], Status="Inactive")
    [listed] = pages(iam, "list_access_keys", "AccessKeyMetadata", UserName="app")
    assert listed["Status"] == "Inactive"
    delete = {"UserName": "app", "AccessKeyId": made["AccessKeyId"]}
    answer(iam.delete_access_key, **delete)
    sentence = f"The Access Key with id {made['AccessKeyId']} cannot be found."
    assert missing(iam.delete_access_key, **delete) == sentence


# Inline policies of users, roles and groups.


@pytest.mark.parametrize("kind", ["user", "role", "group"])
def test_an_inline_policy(root, iam, kind):
    {
        "user": lambda: answer(iam.create_user, UserName="owner"),
        "role": lambda: new_role(root, "owner", allowed=None),
        "group": lambda: answer(iam.create_group, GroupName="owner"),
    }[kind]()
    title = kind.title()
    of = {f"{title}Name": "owner", "PolicyName": "inline"}
    put, get, delete = (getattr(iam, f"{verb}_{kind}_policy") for verb in ("put", "get", "delete"))
    sentence = f"The {kind} policy with name inline cannot be found."
    assert missing(get, **of) == sentence
    for document in (READ, AWKWARD):
        answer(put, **of, PolicyDocument=document)
        assert answer(get, **of) == of | {"PolicyDocument": json.loads(document)}
        assert raw(root, f"Get{title}Policy", "PolicyDocument", **of) == document
    assert pages(iam, f"list_{kind}_policies", "PolicyNames", **{f"{title}Name": "owner"}) == ["inline"]
    answer(delete, **of)
    assert missing(delete, **of) == sentence


# aws_iam_policy


def test_a_policy(root, iam):
    sent = {"PolicyName": "Awkward", "Path": "/", "Description": "", "PolicyDocument": AWKWARD, "Tags": TAGS}
    arn = answer(iam.create_policy, **sent)["Policy"]["Arn"]
    assert arn == f"arn:aws:iam::{ACCOUNT}:policy/Awkward"
    told = answer(iam.get_policy, PolicyArn=arn)["Policy"]
    assert (told["PolicyName"], told["Path"], told.get("Description", "")) == ("Awkward", "/", "")
    assert (told["AttachmentCount"], told["DefaultVersionId"]) == (0, "v1")
    assert tags(told) == {"team": "red", "stage": "test"}
    version = {"PolicyArn": arn, "VersionId": "v1"}
    assert answer(iam.get_policy_version, **version)["PolicyVersion"]["Document"] == json.loads(AWKWARD)
    assert raw(root, "GetPolicyVersion", "Document", **version) == AWKWARD
    answer(iam.untag_policy, PolicyArn=arn, TagKeys=["stage"])
    answer(iam.tag_policy, PolicyArn=arn, Tags=[{"Key": "team", "Value": "blue"}])
    assert tags(answer(iam.get_policy, PolicyArn=arn)["Policy"]) == {"team": "blue"}
    answer(iam.delete_policy, PolicyArn=arn)
    assert missing(iam.get_policy, PolicyArn=arn) == f"Policy {arn} was not found."

    # It is replaced at every run if this is not told.
    described = answer(iam.create_policy, PolicyName="Told", Description="of ours", PolicyDocument=READ)
    told = answer(iam.get_policy, PolicyArn=described["Policy"]["Arn"])["Policy"]
    assert told["Description"] == "of ours"


def test_the_versions_of_a_policy(iam):
    arn = answer(iam.create_policy, PolicyName="Read", Description="", PolicyDocument=READ)["Policy"]["Arn"]

    def change(number):
        sent = policy("Allow", f"secretsmanager:Get{number}*")
        return refusal_or_version(iam, PolicyArn=arn, PolicyDocument=sent, SetAsDefault=True)

    assert [change(number) for number in range(4)] == ["v2", "v3", "v4", "v5"]
    sentence = (
        "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing "
        "version."
    )
    assert change(5) == Refusal("LimitExceeded", sentence, status=409)
    listed = pages(iam, "list_policy_versions", "Versions", PolicyArn=arn)
    assert [one["VersionId"] for one in listed if one["IsDefaultVersion"]] == ["v5"]
    oldest = min((one for one in listed if not one["IsDefaultVersion"]), key=lambda one: one["CreateDate"])
    answer(iam.delete_policy_version, PolicyArn=arn, VersionId=oldest["VersionId"])
    assert change(6) == "v6"
    # With a delay, it comes into force later.
    answer(iam.delete_policy_version, PolicyArn=arn, VersionId="v3")
    later = answer(iam.create_policy_version, PolicyArn=arn, PolicyDocument=READ, SetAsDefault=False)["PolicyVersion"]
    assert (later["VersionId"], later["IsDefaultVersion"]) == ("v7", False)
    answer(iam.set_default_policy_version, PolicyArn=arn, VersionId="v7")
    assert answer(iam.get_policy, PolicyArn=arn)["Policy"]["DefaultVersionId"] == "v7"

    in_use = "This policy has more than one version. Before you delete a policy, you must delete the policy's versions."
    told = refusal(iam.delete_policy, PolicyArn=arn)
    assert (told.type, told.message.startswith(in_use)) == ("DeleteConflict", True)
    told = refusal(iam.delete_policy_version, PolicyArn=arn, VersionId="v7")
    assert told == Refusal("DeleteConflict", "Cannot delete the default version of a policy.", status=409)
    for one in pages(iam, "list_policy_versions", "Versions", PolicyArn=arn):
        if not one["IsDefaultVersion"]:
            answer(iam.delete_policy_version, PolicyArn=arn, VersionId=one["VersionId"])
    answer(iam.delete_policy, PolicyArn=arn)


def refusal_or_version(iam, **arguments):
    """The version that was made, or why none was."""
    try:
        return iam.create_policy_version(**arguments)["PolicyVersion"]["VersionId"]
    except iam.exceptions.LimitExceededException:
        return refusal(iam.create_policy_version, **arguments)


# aws_iam_role


def test_a_role(root, iam):
    trusted = trust(EVERYONE, condition={"StringEquals": {"sts:ExternalId": "a+b@=,.:/-"}})
    sent = {"AssumeRolePolicyDocument": trusted, "MaxSessionDuration": 3600, "Path": "/", "Tags": TAGS}
    made = answer(iam.create_role, RoleName="app", Description="of ours", **sent)["Role"]
    assert (made["RoleName"], made["Arn"]) == ("app", f"arn:aws:iam::{ACCOUNT}:role/app")
    told = answer(iam.get_role, RoleName="app")["Role"]
    assert (told["MaxSessionDuration"], told["Description"], told["Path"]) == (3600, "of ours", "/")
    assert is_about(told["CreateDate"], made["CreateDate"])
    assert tags(told) == {"team": "red", "stage": "test"}
    assert told["AssumeRolePolicyDocument"] == json.loads(trusted)
    assert raw(root, "GetRole", "AssumeRolePolicyDocument", RoleName="app") == trusted
    assert pages(iam, "list_role_policies", "PolicyNames", RoleName="app") == []
    assert pages(iam, "list_attached_role_policies", "AttachedPolicies", RoleName="app") == []

    assert answer(iam.update_role_description, RoleName="app", Description="of all")["Role"]["RoleName"] == "app"
    answer(iam.update_role, RoleName="app", MaxSessionDuration=7200)
    answer(iam.update_assume_role_policy, RoleName="app", PolicyDocument=trust(EVERYONE))
    answer(iam.untag_role, RoleName="app", TagKeys=["stage"])
    told = answer(iam.get_role, RoleName="app")["Role"]
    assert (told["MaxSessionDuration"], told["Description"], tags(told)) == (7200, "of all", {"team": "red"})
    assert told["AssumeRolePolicyDocument"] == json.loads(trust(EVERYONE))

    attached = create_policy(root, "Read", READ)
    answer(iam.attach_role_policy, RoleName="app", PolicyArn=attached)
    answer(iam.put_role_policy, RoleName="app", PolicyName="inline", PolicyDocument=READ)
    answer(iam.create_instance_profile, InstanceProfileName="app")
    answer(iam.add_role_to_instance_profile, InstanceProfileName="app", RoleName="app")
    conflict = "Cannot delete entity, must "
    for undo, arguments, sentence in [
        (iam.detach_role_policy, {"PolicyArn": attached}, "detach all policies first."),
        (iam.delete_role_policy, {"PolicyName": "inline"}, "delete policies first."),
        (
            iam.remove_role_from_instance_profile,
            {"InstanceProfileName": "app"},
            "remove roles from instance profile first.",
        ),
    ]:
        told = refusal(iam.delete_role, RoleName="app")
        assert (told.type, told.status) == ("DeleteConflict", 409)
        [profile] = pages(iam, "list_instance_profiles_for_role", "InstanceProfiles", RoleName="app")
        assert profile["InstanceProfileName"] == "app"
        answer(undo, RoleName="app", **arguments)
        assert told.message.startswith(conflict), sentence
    assert pages(iam, "list_instance_profiles_for_role", "InstanceProfiles", RoleName="app") == []
    answer(iam.delete_role, RoleName="app")
    sentence = "The role with name app cannot be found."
    assert missing(iam.get_role, RoleName="app") == missing(iam.delete_role, RoleName="app") == sentence


def test_a_role_for_somebody_who_is_not_there(iam):
    """The provider tries again for two minutes if it finds these words."""
    arn = user("nobody")
    told = refusal(iam.create_role, RoleName="app", AssumeRolePolicyDocument=trust({"AWS": arn}))
    sentence = f'Invalid principal in policy: "AWS":"{arn}"'
    assert told == Refusal("MalformedPolicyDocument", sentence, status=400)
    answer(iam.create_user, UserName="nobody")
    answer(iam.create_role, RoleName="app", AssumeRolePolicyDocument=trust({"AWS": arn}))
    told = answer(iam.get_role, RoleName="app")["Role"]["AssumeRolePolicyDocument"]
    assert told["Statement"][0]["Principal"] == {"AWS": arn}


def test_a_role_for_a_service(iam):
    trusted = trust({"Service": "lambda.amazonaws.com"})
    answer(iam.create_role, RoleName="function", AssumeRolePolicyDocument=trusted)
    told = answer(iam.get_role, RoleName="function")["Role"]["AssumeRolePolicyDocument"]
    assert told == json.loads(trusted)


# The attachments.


@pytest.mark.parametrize("kind", ["user", "role", "group"])
def test_an_attachment(root, iam, kind):
    {
        "user": lambda: answer(iam.create_user, UserName="owner"),
        "role": lambda: new_role(root, "owner", allowed=None),
        "group": lambda: answer(iam.create_group, GroupName="owner"),
    }[kind]()
    name, arn = f"{kind.title()}Name", create_policy(root, "Read", READ)
    of = {name: "owner", "PolicyArn": arn}
    attach, detach = (getattr(iam, f"{verb}_{kind}_policy") for verb in ("attach", "detach"))
    answer(attach, **of)
    answer(attach, **of)
    listed = pages(iam, f"list_attached_{kind}_policies", "AttachedPolicies", **{name: "owner"})
    assert listed == [{"PolicyName": "Read", "PolicyArn": arn}]
    entities = answer(iam.list_entities_for_policy, PolicyArn=arn)
    found = {member: [one[f"{member[6:-1]}Name"] for one in entities[member]] for member in ENTITIES}
    assert found == {member: ["owner"] if member == f"Policy{kind.title()}s" else [] for member in ENTITIES}
    assert answer(iam.get_policy, PolicyArn=arn)["Policy"]["AttachmentCount"] == 1
    answer(detach, **of)
    assert missing(detach, **of) == f"Policy {arn} was not found."
    entities = answer(iam.list_entities_for_policy, PolicyArn=arn)
    assert [entities[member] for member in ENTITIES] == [[], [], []]


ENTITIES = ("PolicyUsers", "PolicyRoles", "PolicyGroups")


def test_what_cannot_be_attached(root, iam):
    new_role(root, "app", allowed=None)
    unknown = f"arn:aws:iam::{ACCOUNT}:policy/none"
    sentence = f"Policy {unknown} does not exist or is not attachable."
    assert missing(iam.attach_role_policy, RoleName="app", PolicyArn=unknown) == sentence
    told = refusal(iam.attach_role_policy, RoleName="app", PolicyArn="longpolicynamebutnoarn")
    assert told == Refusal("ValidationError", "ARN longpolicynamebutnoarn is not valid.", status=400)


# aws_iam_group


def test_a_group_and_its_members(iam):
    made = answer(iam.create_group, GroupName="devs", Path="/")["Group"]
    told = answer(iam.get_group, GroupName="devs")
    assert (told["Group"], told["Users"], told["IsTruncated"]) == (made, [], False)
    assert made["Arn"] == f"arn:aws:iam::{ACCOUNT}:group/devs"
    for name in ("ann", "bob"):
        answer(iam.create_user, UserName=name)
        answer(iam.add_user_to_group, GroupName="devs", UserName=name)
    members = pages(iam, "get_group", "Users", GroupName="devs")
    assert sorted(one["UserName"] for one in members) == ["ann", "bob"]
    [group] = pages(iam, "list_groups_for_user", "Groups", UserName="ann")
    assert group["GroupName"] == "devs"
    answer(iam.update_group, GroupName="devs", NewGroupName="team", NewPath="/a/")
    for name in ("ann", "ann", "bob"):
        answer(iam.remove_user_from_group, GroupName="team", UserName=name)
    answer(iam.delete_group, GroupName="team")
    sentence = "The group with name team cannot be found."
    assert missing(iam.get_group, GroupName="team") == missing(iam.delete_group, GroupName="team") == sentence


# aws_iam_openid_connect_provider


def test_an_identity_provider(iam):
    one, two, three = ("a" * 40, "b" * 40, "0123456789" * 4)
    sent = {
        "Url": "https://issuer.example.com/path",
        "ClientIDList": ["one"],
        "ThumbprintList": [two, one],
        "Tags": TAGS,
    }
    arn = answer(iam.create_open_id_connect_provider, **sent)["OpenIDConnectProviderArn"]
    assert arn == f"arn:aws:iam::{ACCOUNT}:oidc-provider/issuer.example.com/path"
    of = {"OpenIDConnectProviderArn": arn}
    told = answer(iam.get_open_id_connect_provider, **of)
    assert (told["Url"], told["ClientIDList"]) == ("issuer.example.com/path", ["one"])
    assert told["ThumbprintList"] == [two, one], "their order counts"
    assert tags(told) == {"team": "red", "stage": "test"}

    answer(iam.add_client_id_to_open_id_connect_provider, **of, ClientID="two")
    answer(iam.remove_client_id_from_open_id_connect_provider, **of, ClientID="one")
    answer(iam.update_open_id_connect_provider_thumbprint, **of, ThumbprintList=[three])
    answer(iam.untag_open_id_connect_provider, **of, TagKeys=["stage"])
    answer(iam.tag_open_id_connect_provider, **of, Tags=[{"Key": "team", "Value": "blue"}])
    told = answer(iam.get_open_id_connect_provider, **of)
    assert (told["ClientIDList"], told["ThumbprintList"]) == (["two"], [three])
    assert tags(told) == {"team": "blue"}
    assert answer(iam.list_open_id_connect_providers)["OpenIDConnectProviderList"] == [{"Arn": arn}]

    exists = "Provider with url https://issuer.example.com/path already exists."
    told = refusal(iam.create_open_id_connect_provider, **sent)
    assert told == Refusal("EntityAlreadyExists", exists, status=409)
    answer(iam.delete_open_id_connect_provider, **of)
    # AWS spells it so, and otherwise when it is asked for.
    gone = missing(iam.delete_open_id_connect_provider, **of)
    assert gone == f"OpenId connect Provider {arn} cannot be found."
    assert missing(iam.get_open_id_connect_provider, **of) == f"OpenIDConnect Provider not found for arn {arn}"


def test_an_identity_provider_without_thumbprints(iam):
    made = answer(iam.create_open_id_connect_provider, Url="https://issuer.example.com", ClientIDList=["one"])
    told = answer(iam.get_open_id_connect_provider, **made)
    assert (told["Url"], isinstance(told["ThumbprintList"], list)) == ("issuer.example.com", True)
