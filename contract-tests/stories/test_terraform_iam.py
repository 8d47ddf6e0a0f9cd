"""What Terraform's AWS provider calls to start, and for its IAM resources, and what it checks in the answers."""

import pytest

from clients import Account, Refusal, answer, refusal
from denials import ACCOUNT, session, user
from readers import READ, create_policy, new_key, new_user, policy
from roles import ASSUME, assume, new_role
from terraform import TAGS, missing, pages, tags


@pytest.fixture
def iam(root):
    return root.iam


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
    assert (told["Url"], told["ClientIDList"]) == ("issuer.example.com", ["one"])
