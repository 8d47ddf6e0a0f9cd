"""Permissions boundaries: what they keep from users and roles, whatever else is allowed."""

import pytest

from clients import Refusal, answer
from denials import ACCOUNT, denied, denied_by_query, explicit, implicit, session, user
from readers import APIKEYS, READ, create_policy, new_key, new_user, policy
from roles import EVERYONE, assume, document, new_role, statement, trust

GET, CREATE, LIST = (f"secretsmanager:{name}" for name in ("GetSecretValue", "CreateSecret", "ListSecrets"))
NO_BOUNDARY = "permissions boundary"


class World:
    """A secret, a boundary that lets only read, and Ann within it, who else might do everything."""

    def __init__(self, root):
        self.root = root
        answer(root.secrets.create_secret, Name="APIKEYS", SecretString=APIKEYS)
        self.boundary = create_policy(root, "OnlyRead", READ)
        self.everything = create_policy(root, "Everything", policy("Allow", "*"))
        answer(root.iam.create_user, UserName="ann", PermissionsBoundary=self.boundary)
        answer(root.iam.attach_user_policy, UserName="ann", PolicyArn=self.everything)
        self.ann = new_key(root, "ann")


@pytest.fixture
def world(root):
    return World(root)


def read(client, who):
    return client.call(who, "secretsmanager", "GetSecretValue", SecretId="APIKEYS")["SecretString"]


MINE = {"Name": "MINE", "SecretString": "x"}


def test_a_boundary_lets_through_what_it_allows_and_no_more(world, client):
    assert read(client, world.ann) == APIKEYS
    told = client.refused(world.ann, "secretsmanager", "CreateSecret", **MINE)
    assert told == denied(implicit(user("ann"), CREATE, "MINE", NO_BOUNDARY))
    # An action without a resource is told without one.
    told = client.refused(world.ann, "secretsmanager", "ListSecrets")
    assert told == denied(implicit(user("ann"), LIST, None, NO_BOUNDARY))
    told = client.refused(world.ann, "iam", "CreateUser", UserName="mine")
    assert told == denied_by_query(implicit(user("ann"), "iam:CreateUser", user("mine"), NO_BOUNDARY))
    # It binds its own user too.
    told = client.refused(world.ann, "iam", "DeleteUserPermissionsBoundary", UserName="ann")
    action = "iam:DeleteUserPermissionsBoundary"
    assert told == denied_by_query(implicit(user("ann"), action, "user ann", NO_BOUNDARY))


def test_a_boundary_gives_nothing(world, client):
    answer(world.root.iam.detach_user_policy, UserName="ann", PolicyArn=world.everything)
    told = client.refused(world.ann, "secretsmanager", "GetSecretValue", SecretId="APIKEYS")
    assert told == denied(implicit(user("ann"), GET, "APIKEYS"))


def test_a_boundary_denies(world, client):
    text = document(statement("Allow", "*", Resource="*"), statement("Deny", GET, Resource="*"))
    arn = create_policy(world.root, "NoReading", text)
    answer(world.root.iam.put_user_permissions_boundary, UserName="ann", PermissionsBoundary=arn)
    told = client.refused(world.ann, "secretsmanager", "GetSecretValue", SecretId="APIKEYS")
    assert told == denied(explicit(user("ann"), GET, "APIKEYS", "a permissions boundary"))
    assert client.call(world.ann, "secretsmanager", "CreateSecret", **MINE)["Name"] == "MINE"


def test_a_boundary_is_put_shown_and_taken_away(world, client):
    root, bob = world.root.key, new_user(world.root, "bob", world.everything)
    assert "PermissionsBoundary" not in client.call(root, "iam", "GetUser", UserName="bob")["User"]
    assert client.call(bob.key, "secretsmanager", "ListSecrets")["SecretList"]

    put = {"UserName": "bob", "PermissionsBoundary": world.boundary}
    assert client.call(root, "iam", "PutUserPermissionsBoundary", **put) == {}
    shown = client.call(root, "iam", "GetUser", UserName="bob")["User"]["PermissionsBoundary"]
    assert shown == {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": world.boundary}
    told = client.refused(bob.key, "secretsmanager", "ListSecrets")
    assert told == denied(implicit(user("bob"), LIST, None, NO_BOUNDARY))

    # Whoever bounds somebody is in use, if nowhere attached.
    described = answer(world.root.iam.get_policy, PolicyArn=world.boundary)["Policy"]
    assert (described["AttachmentCount"], described["PermissionsBoundaryUsageCount"]) == (0, 2)
    bound = {"PolicyArn": world.boundary, "PolicyUsageFilter": "PermissionsBoundary"}
    entities = answer(world.root.iam.list_entities_for_policy, **bound)
    assert [found["UserName"] for found in entities["PolicyUsers"]] == ["ann", "bob"]
    told = client.refused(root, "iam", "DeletePolicy", PolicyArn=world.boundary)
    assert told == Refusal("DeleteConflict", "Cannot delete a policy attached to entities.")

    assert client.call(root, "iam", "DeleteUserPermissionsBoundary", UserName="bob") == {}
    assert client.call(bob.key, "secretsmanager", "ListSecrets")["SecretList"]
    assert client.refused(root, "iam", "DeleteUserPermissionsBoundary", UserName="bob").type == "NoSuchEntity"


def test_what_cannot_be_a_boundary(world, boto):
    unknown = f"arn:aws:iam::{ACCOUNT}:policy/none"
    missing = Refusal("NoSuchEntity", f"Scope ARN: {unknown} does not exist or is not attachable.")
    no_policy = f"arn:aws:iam::{ACCOUNT}:user/ann"
    for operation, more in [
        ("PutUserPermissionsBoundary", {"UserName": "ann"}),
        ("CreateUser", {"UserName": "new"}),
        ("CreateRole", {"RoleName": "new", "AssumeRolePolicyDocument": trust(EVERYONE)}),
    ]:
        told = boto.refused(world.root.key, "iam", operation, PermissionsBoundary=unknown, **more)
        assert told == missing
        told = boto.refused(world.root.key, "iam", operation, PermissionsBoundary=no_policy, **more)
        assert told == Refusal("InvalidInput", f"ARN {no_policy} is not valid.")


def test_a_boundary_of_a_role(world, client):
    bob = new_user(world.root, "bob", world.everything)
    role = new_role(world.root, "bound", allowed=policy("Allow", "*"), PermissionsBoundary=world.boundary)
    key = assume(bob, role)
    assert read(client, key) == APIKEYS
    told = client.refused(key, "secretsmanager", "CreateSecret", **MINE)
    assert told == denied(implicit(session("bound"), CREATE, "MINE", NO_BOUNDARY))
    told = client.refused(key, "secretsmanager", "ListSecrets")
    assert told == denied(implicit(session("bound"), LIST, None, NO_BOUNDARY))
    # A session that exists is free when its role is.
    client.call(world.root.key, "iam", "DeleteRolePermissionsBoundary", RoleName="bound")
    assert client.call(key, "secretsmanager", "CreateSecret", **MINE)["Name"] == "MINE"
    again = {"RoleName": "bound", "PermissionsBoundary": world.boundary}
    client.call(world.root.key, "iam", "PutRolePermissionsBoundary", **again)
    shown = client.call(world.root.key, "iam", "GetRole", RoleName="bound")["Role"]["PermissionsBoundary"]
    assert shown["PermissionsBoundaryArn"] == world.boundary


@pytest.mark.parametrize("names", ["user", "account"])
def test_a_secret_s_policy_reaches_over_a_silent_boundary_by_the_user_s_name_alone(world, boto, names):
    put = "secretsmanager:PutSecretValue"
    principal = {"user": user("ann"), "account": f"arn:aws:iam::{ACCOUNT}:root"}[names]
    allow = document(statement("Allow", put, Principal={"AWS": principal}, Resource="*"))
    answer(world.root.secrets.put_resource_policy, SecretId="APIKEYS", ResourcePolicy=allow)
    sent = {"SecretId": "APIKEYS", "SecretString": "new"}
    if names == "user":
        boto.call(world.ann, "secretsmanager", "PutSecretValue", **sent)
        assert read(boto, world.ann) == "new"
    else:
        told = boto.refused(world.ann, "secretsmanager", "PutSecretValue", **sent)
        assert told == denied(implicit(user("ann"), put, "APIKEYS", NO_BOUNDARY))


def test_a_user_may_make_users_within_the_same_boundary_alone(world, boto):
    """What AWS calls delegation: the boundary of who is made is a condition."""
    condition = {"StringEquals": {"iam:PermissionsBoundary": world.boundary}}
    text = document(statement("Allow", "iam:CreateUser", condition, Resource="*"))
    chief = new_user(world.root, "chief", create_policy(world.root, "Delegate", text))
    told = boto.refused(chief.key, "iam", "CreateUser", UserName="free")
    assert told == denied_by_query(implicit(user("chief"), "iam:CreateUser", user("free")))
    made = boto.call(chief.key, "iam", "CreateUser", UserName="bound", PermissionsBoundary=world.boundary)
    assert made["User"]["PermissionsBoundary"]["PermissionsBoundaryArn"] == world.boundary
