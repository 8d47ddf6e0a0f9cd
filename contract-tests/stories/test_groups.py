"""Groups: what they allow and deny their members, and that it ends with membership."""

import pytest

from clients import Refusal, answer, refusal
from denials import ACCOUNT, denied, explicit, implicit, user
from readers import APIKEYS, READ, create_policy, new_user, policy
from roles import document, statement, trust

GET, DESCRIBE = "secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"
GROUP_ARN = f"arn:aws:iam::{ACCOUNT}:group/readers"


class World:
    """A secret, a group that reads it, and Ann, who is nobody yet."""

    def __init__(self, root):
        self.root = root
        answer(root.secrets.create_secret, Name="APIKEYS", SecretString=APIKEYS)
        self.policy = create_policy(root, "ReadSecrets", READ)
        answer(root.iam.create_group, GroupName="readers")
        answer(root.iam.attach_group_policy, GroupName="readers", PolicyArn=self.policy)
        self.ann = new_user(root, "ann").key

    def join(self, group="readers"):
        answer(self.root.iam.add_user_to_group, GroupName=group, UserName="ann")


@pytest.fixture
def world(root):
    return World(root)


def read(client, who):
    return client.call(who, "secretsmanager", "GetSecretValue", SecretId="APIKEYS")["SecretString"]


def not_read(client, who):
    return client.refused(who, "secretsmanager", "GetSecretValue", SecretId="APIKEYS")


SILENT = denied(implicit(user("ann"), GET, "APIKEYS"))


def test_who_joins_may_and_who_leaves_may_not(world, client):
    root, member = world.root.key, {"GroupName": "readers", "UserName": "ann"}
    assert not_read(client, world.ann) == SILENT
    # Twice is as good as once.
    for _ in range(2):
        assert client.call(root, "iam", "AddUserToGroup", **member) == {}
    assert read(client, world.ann) == APIKEYS
    shown = client.call(root, "iam", "GetGroup", GroupName="readers")
    assert (shown["Group"]["Arn"], [one["UserName"] for one in shown["Users"]]) == (GROUP_ARN, ["ann"])
    [group] = client.call(root, "iam", "ListGroupsForUser", UserName="ann")["Groups"]
    assert group == shown["Group"]
    for _ in range(2):
        assert client.call(root, "iam", "RemoveUserFromGroup", **member) == {}
    assert not_read(client, world.ann) == SILENT
    assert client.call(root, "iam", "GetGroup", GroupName="readers")["Users"] == []


def test_what_a_group_is_given_its_members_have(world, boto):
    world.join()
    describe = {"service": "secretsmanager", "operation": "DescribeSecret", "SecretId": "APIKEYS"}
    assert boto.refused(world.ann, **describe) == denied(implicit(user("ann"), DESCRIBE, "APIKEYS"))
    inline = {"GroupName": "readers", "PolicyName": "describe"}
    boto.call(world.root.key, "iam", "PutGroupPolicy", **inline, PolicyDocument=policy("Allow", DESCRIBE))
    assert boto.call(world.ann, **describe)["Name"] == "APIKEYS"
    boto.call(world.root.key, "iam", "DetachGroupPolicy", GroupName="readers", PolicyArn=world.policy)
    assert not_read(boto, world.ann) == SILENT
    boto.call(world.root.key, "iam", "DeleteGroupPolicy", **inline)
    assert boto.refused(world.ann, **describe) == denied(implicit(user("ann"), DESCRIBE, "APIKEYS"))


def test_a_group_denies_what_everything_else_allows(world, client):
    world.join()
    answer(world.root.iam.attach_user_policy, UserName="ann", PolicyArn=world.policy)
    answer(world.root.iam.create_group, GroupName="suspended")
    put = {"GroupName": "suspended", "PolicyName": "nothing", "PolicyDocument": policy("Deny", "*")}
    answer(world.root.iam.put_group_policy, **put)
    assert read(client, world.ann) == APIKEYS
    world.join("suspended")
    assert not_read(client, world.ann) == denied(explicit(user("ann"), GET, "APIKEYS"))
    answer(world.root.iam.remove_user_from_group, GroupName="suspended", UserName="ann")
    assert read(client, world.ann) == APIKEYS


def test_a_group_and_its_members_keep_together_under_other_names(world, boto):
    world.join()
    answer(world.root.iam.update_group, GroupName="readers", NewGroupName="lectors", NewPath="/team/")
    answer(world.root.iam.update_user, UserName="ann", NewUserName="anna")
    assert read(boto, world.ann) == APIKEYS
    shown = answer(world.root.iam.get_group, GroupName="lectors")
    assert shown["Group"]["Arn"] == f"arn:aws:iam::{ACCOUNT}:group/team/lectors"
    assert [one["UserName"] for one in shown["Users"]] == ["anna"]
    [group] = answer(world.root.iam.list_groups_for_user, UserName="anna")["Groups"]
    assert group["GroupName"] == "lectors"
    told = refusal(world.root.iam.get_group, GroupName="readers")
    assert told == Refusal("NoSuchEntity", "The group with name readers cannot be found.", status=404)


def test_what_has_members_or_policies_stays(world, boto):
    world.join()
    delete = {"service": "iam", "operation": "DeleteGroup", "GroupName": "readers"}
    must = "Cannot delete entity, must"
    members = Refusal("DeleteConflict", f"{must} remove users from group first.")
    answer(world.root.iam.detach_group_policy, GroupName="readers", PolicyArn=world.policy)
    assert boto.refused(world.root.key, **delete) == members
    # Nor does a user go who belongs to it.
    answer(world.root.iam.delete_access_key, UserName="ann", AccessKeyId=world.ann.id)
    assert boto.refused(world.root.key, "iam", "DeleteUser", UserName="ann") == members
    answer(world.root.iam.remove_user_from_group, GroupName="readers", UserName="ann")
    assert boto.call(world.root.key, "iam", "DeleteUser", UserName="ann") == {}
    answer(world.root.iam.attach_group_policy, GroupName="readers", PolicyArn=world.policy)
    policies = Refusal("DeleteConflict", f"{must} detach all policies first.")
    assert boto.refused(world.root.key, **delete) == policies
    answer(world.root.iam.detach_group_policy, GroupName="readers", PolicyArn=world.policy)
    assert boto.call(world.root.key, **delete) == {}


def test_a_successor_of_a_user_is_no_member(world, boto):
    world.join()
    answer(world.root.iam.delete_access_key, UserName="ann", AccessKeyId=world.ann.id)
    answer(world.root.iam.remove_user_from_group, GroupName="readers", UserName="ann")
    answer(world.root.iam.delete_user, UserName="ann")
    again = new_user(world.root, "ann").key
    assert not_read(boto, again) == SILENT
    assert answer(world.root.iam.list_groups_for_user, UserName="ann")["Groups"] == []


def test_nobody_is_in_more_than_ten_groups(world, boto):
    for number in range(10):
        answer(world.root.iam.create_group, GroupName=f"g{number}")
        world.join(f"g{number}")
    told = boto.refused(world.root.key, "iam", "AddUserToGroup", GroupName="readers", UserName="ann")
    assert told == Refusal("LimitExceeded", "Cannot exceed quota for GroupsPerUser: 10")
    listed = answer(world.root.iam.list_groups_for_user, UserName="ann")["Groups"]
    assert sorted(group["GroupName"] for group in listed) == [f"g{number}" for number in range(10)]


def test_a_group_is_no_principal(world, boto):
    allow = document(statement("Allow", GET, Principal={"AWS": GROUP_ARN}, Resource="*"))
    told = boto.refused(world.root.key, "secretsmanager", "PutResourcePolicy", SecretId="APIKEYS", ResourcePolicy=allow)
    sentence = "This resource policy contains an unsupported principal."
    assert told == Refusal("MalformedPolicyDocumentException", sentence)
    role = {"RoleName": "role", "AssumeRolePolicyDocument": trust({"AWS": GROUP_ARN})}
    told = boto.refused(world.root.key, "iam", "CreateRole", **role)
    assert told == Refusal("MalformedPolicyDocument", f'Invalid principal in policy: "AWS":"{GROUP_ARN}"')


def test_groups_and_users_that_are_not_there(world, boto):
    root = world.root.key
    for operation in ("AddUserToGroup", "RemoveUserFromGroup"):
        # The user comes first.
        told = boto.refused(root, "iam", operation, GroupName="none", UserName="nobody")
        assert told == Refusal("NoSuchEntity", "The user with name nobody cannot be found.")
        told = boto.refused(root, "iam", operation, GroupName="none", UserName="ann")
        assert told == Refusal("NoSuchEntity", "The group with name none cannot be found.")
    told = boto.refused(root, "iam", "CreateGroup", GroupName="READERS")
    assert (told.type, "already exists." in told.message) == ("EntityAlreadyExists", True)
