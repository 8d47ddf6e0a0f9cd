"""Roles: who takes them on, what they may do then, and when that ends."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError

from clients import Account, Key, Refusal, answer, refusal
from denials import ACCOUNT, denied, denied_by_query, explicit, implicit, session, unexplained, user
from readers import APIKEYS, create_policy, new_user, policy
from roles import ASSUME, assume, delete_role, document, new_role, statement, trust
from test_conditions import explained
from test_credentials import INVALID
from test_lifecycle import is_about

GET, DESCRIBE = "secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"
# With a token, the sentence of IAM and STS has no full stop.
NO_SESSION = Refusal("UnrecognizedClientException", INVALID)
NO_SESSION_OF_STS = Refusal("InvalidClientTokenId", INVALID.removesuffix("."))


class World:
    """A secret, a role that reads it, and Ann, who may take on any role and nothing else."""

    def __init__(self, root):
        self.root = root
        self.secret = answer(root.secrets.create_secret, Name="APIKEYS", SecretString=APIKEYS)["ARN"]
        self.role = new_role(root, "reader", allowed=policy("Allow", GET, DESCRIBE))
        self.ann = new_user(root, "ann", create_policy(root, "AssumeRoles", policy("Allow", ASSUME)))


@pytest.fixture
def world(root):
    return World(root)


@pytest.fixture
def profiles(world, home):
    """Writes profiles that take on roles, each as Ann unless another source is said."""

    def write(**roles):
        ann = {"aws_access_key_id": world.ann.key.id, "aws_secret_access_key": world.ann.key.secret}
        home.configure(ann=ann, **{name: {"source_profile": "ann"} | role for name, role in roles.items()})

    return write


def read(client, who, name="APIKEYS"):
    return client.call(who, "secretsmanager", "GetSecretValue", SecretId=name)["SecretString"]


def refused(client, who, operation="GetSecretValue", **more):
    return client.refused(who, "secretsmanager", operation, SecretId="APIKEYS", **more)


def not_assumed(world, action=ASSUME, who=None, role=None):
    """AWS's refusal of a role, which does not tell a role that is missing from one that trusts others."""
    return denied_by_query(unexplained(who or user("ann"), action, role or world.role))


def test_a_session_has_what_its_role_has(world, client):
    sent = {"RoleArn": world.role, "RoleSessionName": "morning"}
    assumed = client.call(world.ann.key, "sts", "AssumeRole", **sent)
    role_id = answer(world.root.iam.get_role, RoleName="reader")["Role"]["RoleId"]
    morning = session("reader", "morning")
    assert assumed["AssumedRoleUser"] == {"AssumedRoleId": f"{role_id}:morning", "Arn": morning}
    expires = assumed["Credentials"]["Expiration"]
    expires = datetime.fromisoformat(expires) if isinstance(expires, str) else expires
    assert is_about(expires, datetime.now(UTC) + timedelta(hours=1))
    key = Key.of(assumed)
    assert re.fullmatch(r"ASIA[A-Z2-7]{16}", key.id)
    identity = {"UserId": f"{role_id}:morning", "Account": ACCOUNT, "Arn": morning}
    assert client.call(key, "sts", "GetCallerIdentity") == identity

    assert read(client, key) == APIKEYS
    put = "secretsmanager:PutSecretValue"
    assert refused(client, key, "PutSecretValue", SecretString="x") == denied(implicit(morning, put, "APIKEYS"))
    # Ann herself has only the right to become another.
    assert refused(client, world.ann.key) == denied(implicit(user("ann"), GET, "APIKEYS"))


def test_a_profile_takes_on_a_role(world, client, profiles):
    profiles(evening={"role_arn": world.role, "role_session_name": "evening"})
    assert client.call("evening", "sts", "GetCallerIdentity")["Arn"] == session("reader", "evening")
    assert read(client, "evening") == APIKEYS
    put = "secretsmanager:PutSecretValue"
    told = refused(client, "evening", "PutSecretValue", SecretString="x")
    assert told == denied(implicit(session("reader", "evening"), put, "APIKEYS"))


def test_a_session_policy_narrows_its_role(world, client):
    only_describe = policy("Allow", DESCRIBE)
    key = assume(world.ann, world.role, Policy=only_describe)
    assert client.call(key, "secretsmanager", "DescribeSecret", SecretId="APIKEYS")["Name"] == "APIKEYS"
    assert refused(client, key) == denied(implicit(session("reader"), GET, "APIKEYS", "session policy"))


def test_a_session_policy_denies(world, client):
    all_but_reading = document(statement("Allow", "*", Resource="*"), statement("Deny", GET, Resource=world.secret))
    key = assume(world.ann, world.role, Policy=all_but_reading)
    assert client.call(key, "secretsmanager", "DescribeSecret", SecretId="APIKEYS")["Name"] == "APIKEYS"
    assert refused(client, key) == denied(explicit(session("reader"), GET, "APIKEYS", "a session policy"))
    # And it gives nothing that the role does not have.
    put = "secretsmanager:PutSecretValue"
    told = refused(client, key, "PutSecretValue", SecretString="x")
    assert told == denied(implicit(session("reader"), put, "APIKEYS"))


def test_a_managed_session_policy_counts_as_it_is_now(world, boto):
    arn = create_policy(world.root, "Narrow", policy("Allow", GET))
    key = assume(world.ann, world.role, PolicyArns=[{"arn": arn}])
    assert read(boto, key) == APIKEYS
    changed = policy("Deny", GET)
    answer(world.root.iam.create_policy_version, PolicyArn=arn, PolicyDocument=changed, SetAsDefault=True)
    assert refused(boto, key) == denied(explicit(session("reader"), GET, "APIKEYS", "a session policy"))


def test_what_changes_in_a_role_changes_in_its_sessions(world, boto):
    key = assume(world.ann, world.role)
    assert read(boto, key) == APIKEYS
    put = {"RoleName": "reader", "PolicyName": "allowed"}
    answer(world.root.iam.put_role_policy, **put, PolicyDocument=policy("Allow", DESCRIBE))
    assert refused(boto, key) == denied(implicit(session("reader"), GET, "APIKEYS"))
    # Whom it trusts is asked at the door only.
    answer(world.root.iam.put_role_policy, **put, PolicyDocument=policy("Allow", GET))
    nobody_else = trust({"AWS": user("ann")}, condition={"StringEquals": {"sts:ExternalId": "none"}})
    answer(world.root.iam.update_assume_role_policy, RoleName="reader", PolicyDocument=nobody_else)
    assert read(boto, key) == APIKEYS
    sent = {"RoleArn": world.role, "RoleSessionName": "again"}
    assert boto.refused(world.ann.key, "sts", "AssumeRole", **sent) == not_assumed(world)


def test_a_role_of_a_role(world, client, profiles):
    first = new_role(world.root, "first", trust({"AWS": user("ann")}), policy("Allow", ASSUME))
    second = new_role(world.root, "second", trust({"AWS": first}))
    profiles(
        first={"role_arn": first, "role_session_name": "one"},
        second={"role_arn": second, "role_session_name": "two", "source_profile": "first"},
        short={"role_arn": second},
        missing={"role_arn": second.replace("second", "none")},
    )
    assert client.call("second", "sts", "GetCallerIdentity")["Arn"] == session("second", "two")
    assert read(client, "second") == APIKEYS
    # It trusts the first role and nobody who might become it; a missing one reads the same.
    assert refused(client, "short") == not_assumed(world, role=second)
    assert refused(client, "missing") == not_assumed(world, role=second.replace("second", "none"))

    key = assume(world.ann, first, "one")
    sent = {"RoleArn": second, "RoleSessionName": "two", "DurationSeconds": 3601}
    told = client.refused(key, "sts", "AssumeRole", **sent)
    sentence = "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."
    assert told == Refusal("ValidationError", sentence)


def test_an_external_id(world, client, profiles):
    condition = {"StringEquals": {"sts:ExternalId": "shibboleth"}}
    role = new_role(world.root, "partner", trust({"AWS": user("ann")}, condition=condition))
    profiles(
        right={"role_arn": role, "role_session_name": "call", "external_id": "shibboleth"},
        wrong={"role_arn": role, "external_id": "sibboleth"},
        none={"role_arn": role},
    )
    assert read(client, "right") == APIKEYS
    assert client.call("right", "sts", "GetCallerIdentity")["Arn"] == session("partner", "call")
    for profile in ("wrong", "none"):
        assert refused(client, profile) == not_assumed(world, role=role)


def test_who_is_named_needs_no_permission_and_who_is_not_needs_it(world, boto):
    bob = new_user(world.root, "bob")
    named = new_role(world.root, "named", trust({"AWS": user("bob")}))
    sent = {"RoleArn": named, "RoleSessionName": "session"}
    assert read(boto, Key.of(boto.call(bob.key, "sts", "AssumeRole", **sent))) == APIKEYS
    assert boto.refused(world.ann.key, "sts", "AssumeRole", **sent) == not_assumed(world, role=named)
    told = boto.refused(bob.key, "sts", "AssumeRole", **sent | {"RoleArn": world.role})
    assert told == not_assumed(world, who=user("bob"))
    told = boto.refused(world.root.key, "sts", "AssumeRole", **sent)
    assert told == denied_by_query("Roles may not be assumed by root accounts.")


def test_a_deleted_role_ends_its_sessions_and_its_successor_does_not_revive_them(world, client, profiles):
    key = assume(world.ann, world.role)
    profiles(reader={"role_arn": world.role, "role_session_name": "session"})
    assert read(client, key) == read(client, "reader") == APIKEYS
    conflict = "Cannot delete entity, must delete policies first."
    told = client.refused(world.root.key, "iam", "DeleteRole", RoleName="reader")
    assert told == Refusal("DeleteConflict", conflict)
    old_id = answer(world.root.iam.get_role, RoleName="reader")["Role"]["RoleId"]
    delete_role(world.root, "reader")

    # The profile's client has kept its session.
    for who in (key, "reader"):
        assert refused(client, who) == NO_SESSION
        assert client.refused(who, "sts", "GetCallerIdentity") == NO_SESSION_OF_STS
        assert client.refused(who, "iam", "ListUsers") == NO_SESSION_OF_STS
    sent = {"RoleArn": world.role, "RoleSessionName": "session"}
    assert client.refused(world.ann.key, "sts", "AssumeRole", **sent) == not_assumed(world)

    assert new_role(world.root, "reader") == world.role
    assert refused(client, key) == NO_SESSION
    assert client.refused(key, "sts", "GetCallerIdentity") == NO_SESSION_OF_STS
    again = client.call(world.ann.key, "sts", "AssumeRole", **sent)
    assert again["AssumedRoleUser"]["Arn"] == session("reader")
    assert again["AssumedRoleUser"]["AssumedRoleId"] != f"{old_id}:session"
    assert read(client, Key.of(again)) == APIKEYS


def test_a_secret_s_policy_names_a_role_and_not_its_successor(world, root):
    named = new_role(root, "named", allowed=policy("Allow", DESCRIBE))
    allow = document(statement("Allow", GET, Principal={"AWS": named}, Resource="*"))
    answer(root.secrets.put_resource_policy, SecretId="APIKEYS", ResourcePolicy=allow)
    key = assume(world.ann, named)
    assert answer(Account(root.url, key).secrets.get_secret_value, SecretId="APIKEYS")["SecretString"] == APIKEYS
    role_id = answer(root.iam.get_role, RoleName="named")["Role"]["RoleId"]
    assert principal(root) == {"AWS": named}

    delete_role(root, "named")
    assert principal(root) == {"AWS": role_id}
    new_role(root, "named", allowed=policy("Allow", DESCRIBE))
    assert principal(root) == {"AWS": role_id}
    told = refusal(Account(root.url, assume(world.ann, named)).secrets.get_secret_value, SecretId="APIKEYS")
    assert told == denied(implicit(session("named"), GET, "APIKEYS"), status=400)


def principal(root):
    """Whom the secret's policy names."""
    shown = answer(root.secrets.get_resource_policy, SecretId="APIKEYS")["ResourcePolicy"]
    return json.loads(shown)["Statement"][0]["Principal"]


def test_temporary_keys_need_their_very_token(world, boto):
    one, other = assume(world.ann, world.role), assume(world.ann, world.role)
    assert refused(boto, Key(one.id, one.secret)) == NO_SESSION
    assert refused(boto, Key(one.id, one.secret, other.token)) == NO_SESSION
    assert refused(boto, Key(one.id, one.secret, "no token at all")) == NO_SESSION
    # Nor does a token make a temporary key of one that lasts.
    assert refused(boto, Key(world.ann.key.id, world.ann.key.secret, one.token)) == NO_SESSION
    assert read(boto, one) == read(boto, other) == APIKEYS


def test_no_session_is_longer_than_its_role_allows(world, boto):
    sent = {"RoleArn": world.role, "RoleSessionName": "long", "DurationSeconds": 7200}
    told = boto.refused(world.ann.key, "sts", "AssumeRole", **sent)
    sentence = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
    assert told == Refusal("ValidationError", sentence)
    answer(world.root.iam.update_role, RoleName="reader", MaxSessionDuration=7200)
    expires = boto.call(world.ann.key, "sts", "AssumeRole", **sent)["Credentials"]["Expiration"]
    expires = datetime.fromisoformat(expires) if isinstance(expires, str) else expires
    assert is_about(expires, datetime.now(UTC) + timedelta(hours=2))
    told = boto.refused(world.ann.key, "sts", "AssumeRole", **sent | {"RoleArn": "nothing-valid-in-here"})
    assert told == Refusal("ValidationError", "nothing-valid-in-here is invalid")


def test_a_role_allows_what_all_its_policies_allow(world, boto):
    managed = create_policy(world.root, "Describe", policy("Allow", DESCRIBE))
    role = new_role(world.root, "both", allowed=policy("Allow", GET))
    key = assume(world.ann, role)
    assert refused(boto, key, "DescribeSecret") == denied(implicit(session("both"), DESCRIBE, "APIKEYS"))
    answer(world.root.iam.attach_role_policy, RoleName="both", PolicyArn=managed)
    assert boto.call(key, "secretsmanager", "DescribeSecret", SecretId="APIKEYS")["Name"] == "APIKEYS"
    assert read(boto, key) == APIKEYS
    # AWS's own policies are there too.
    power = new_role(world.root, "power", allowed=None)
    readonly = "arn:aws:iam::aws:policy/SecretsManagerReadWrite"
    answer(world.root.iam.attach_role_policy, RoleName="power", PolicyArn=readonly)
    key = assume(world.ann, power)
    assert boto.call(key, "secretsmanager", "PutSecretValue", SecretId="APIKEYS", SecretString="new")
    assert read(boto, key) == "new"


def test_a_role_is_found_by_its_whole_path(world, boto):
    arn = new_role(world.root, "deep", Path="/team/app/")
    assert arn == f"arn:aws:iam::{ACCOUNT}:role/team/app/deep"
    sent = {"RoleArn": arn, "RoleSessionName": "session"}
    assumed = boto.call(world.ann.key, "sts", "AssumeRole", **sent)
    assert assumed["AssumedRoleUser"]["Arn"] == session("deep")
    bare = f"arn:aws:iam::{ACCOUNT}:role/deep"
    told = boto.refused(world.ann.key, "sts", "AssumeRole", **sent | {"RoleArn": bare})
    assert told == not_assumed(world, role=bare)


def test_the_server_tells_why_a_role_was_refused(server, world, root):
    """Which AWS keeps to itself."""
    condition = {"StringEquals": {"sts:ExternalId": "shibboleth"}}
    role = new_role(root, "partner", trust({"AWS": user("ann")}, condition=condition))
    with pytest.raises(ClientError) as caught:
        world.ann.sts.assume_role(RoleArn=role, RoleSessionName="session", ExternalId="sibboleth")
    record = explained(server, caught.value.response["ResponseMetadata"]["RequestId"])
    assert (record["caller"], record["outcome"]) == (user("ann"), "denied")
    [decision] = record["decisions"]
    assert (decision["action"], decision["layer"]) == (ASSUME, "trust")
    assert decision["message"] == unexplained(user("ann"), ASSUME, role)
    told = {layer["layer"]: layer for layer in decision["layers"]}
    assert (told["identity"]["says"], told["trust"]["says"]) == ("allow", "nothing")
    [miss] = told["trust"]["policies"][0]["statements"][0]["misses"]
    assert (miss["key"], miss["policy"], miss["request"]) == ("sts:ExternalId", ["shibboleth"], ["sibboleth"])


def test_the_server_tells_which_layer_of_a_session_is_silent(server, world, root):
    key = assume(world.ann, world.role, Policy=policy("Allow", DESCRIBE))
    with pytest.raises(ClientError) as caught:
        Account(root.url, key).secrets.get_secret_value(SecretId="APIKEYS")
    record = explained(server, caught.value.response["ResponseMetadata"]["RequestId"])
    assert (record["caller"], record["access_key_id"]) == (session("reader"), key.id)
    [decision] = record["decisions"]
    assert (decision["decision"], decision["layer"]) == ("implicit deny", "session")
    assert {layer["layer"]: layer["says"] for layer in decision["layers"]} == {
        "identity": "allow",
        "session": "nothing",
    }
    assert decision["context"]["aws:PrincipalArn"] == world.role
