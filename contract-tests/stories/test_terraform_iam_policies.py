"""What Terraform's AWS provider calls for policies, roles and attachments, and what it checks in the answers."""

import json

import pytest

from clients import Refusal, answer, refusal
from denials import ACCOUNT, user
from readers import READ, create_policy, policy
from roles import EVERYONE, new_role, trust
from terraform import AWKWARD, TAGS, missing, new_owner, pages, raw, tags
from test_lifecycle import is_about


@pytest.fixture
def iam(root):
    return root.iam


# Inline policies of users, roles and groups.


@pytest.mark.parametrize("kind", ["user", "role", "group"])
def test_an_inline_policy(root, iam, kind):
    owner = new_owner(root, kind)
    of = owner | {"PolicyName": "inline"}
    put, get, delete = (getattr(iam, f"{verb}_{kind}_policy") for verb in ("put", "get", "delete"))
    sentence = f"The {kind} policy with name inline cannot be found."
    assert missing(get, **of) == sentence
    for document in (READ, AWKWARD):
        answer(put, **of, PolicyDocument=document)
        assert answer(get, **of) == of | {"PolicyDocument": json.loads(document)}
        assert raw(root, f"Get{kind.title()}Policy", "PolicyDocument", **of) == document
    assert pages(iam, f"list_{kind}_policies", "PolicyNames", **owner) == ["inline"]
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

    assert pages(iam, "list_instance_profiles_for_role", "InstanceProfiles", RoleName="app") == []
    answer(iam.delete_role, RoleName="app")
    sentence = "The role with name app cannot be found."
    assert missing(iam.get_role, RoleName="app") == missing(iam.delete_role, RoleName="app") == sentence


def test_a_role_in_use(root, iam):
    arn = create_policy(root, "Read", READ)
    new_role(root, "app", allowed=None)
    answer(iam.create_instance_profile, InstanceProfileName="app")
    inline, profile = {"PolicyName": "inline"}, {"InstanceProfileName": "app"}
    for use, arguments, undo, sent, must in [
        (iam.attach_role_policy, {"PolicyArn": arn}, iam.detach_role_policy, {"PolicyArn": arn}, "detach all policies"),
        (iam.put_role_policy, inline | {"PolicyDocument": READ}, iam.delete_role_policy, inline, "delete policies"),
        (
            iam.add_role_to_instance_profile,
            profile,
            iam.remove_role_from_instance_profile,
            profile,
            "remove roles from instance profile",
        ),
    ]:
        answer(use, RoleName="app", **arguments)
        told = refusal(iam.delete_role, RoleName="app")
        assert told == Refusal("DeleteConflict", f"Cannot delete entity, must {must} first.", status=409)
        # The provider looks for profiles at every destruction.
        profiles = pages(iam, "list_instance_profiles_for_role", "InstanceProfiles", RoleName="app")
        assert [one["InstanceProfileName"] for one in profiles] == (["app"] if arguments is profile else [])
        answer(undo, RoleName="app", **sent)
    answer(iam.delete_role, RoleName="app")


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
    owner, arn = new_owner(root, kind), create_policy(root, "Read", READ)
    of = owner | {"PolicyArn": arn}
    attach, detach = (getattr(iam, f"{verb}_{kind}_policy") for verb in ("attach", "detach"))
    answer(attach, **of)
    answer(attach, **of)
    listed = pages(iam, f"list_attached_{kind}_policies", "AttachedPolicies", **owner)
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
