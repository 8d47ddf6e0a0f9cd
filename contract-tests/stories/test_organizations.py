"""Organizations: what control policies keep from accounts, whoever is in them and whatever they may."""

import json
import re
import urllib.error
import urllib.request

import pytest

from clients import Account, Key, answer
from denials import denied, denied_by_query, explicit, implicit, session, user
from readers import new_user, policy
from roles import assume, document, new_role, statement, trust

MANAGEMENT, MEMBER, STRANGER = "111122223333", "444455556666", "777788889999"
GET, DELETE = "secretsmanager:GetSecretValue", "secretsmanager:DeleteSecret"
SCP, RCP = "service control policy", "resource control policy"
NONE = {"message": "There is no organization. PUT makes one."}
# Nobody of another organization, whatever a secret's policy says.
OURS_ONLY = document(
    statement(
        "Deny",
        "secretsmanager:*",
        {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
        Principal="*",
        Resource="*",
    )
)


class Organization:
    """The server's organization, put as curl puts it."""

    def __init__(self, server):
        self.url = f"{server.url}/_sekisho/organization"

    def put(self, expected=200, content_type="application/json", **organization):
        return self._send("PUT", expected, json.dumps(organization).encode(), content_type)

    def show(self, expected=200):
        return self._send("GET", expected)

    def delete(self, expected=200):
        return self._send("DELETE", expected)

    def denies(self, who, action, resource, kind):
        """AWS's sentence where the only control policy of the organization denies: it is named."""
        [policy] = self.show()["policies"]
        of_kind = f"policy/o-[a-z0-9]{{10,32}}/{kind.replace(' ', '_')}/p-[0-9a-zA-Z_]{{8,128}}"
        assert re.fullmatch(f"arn:aws:organizations::{MANAGEMENT}:{of_kind}", policy["arn"])
        return explicit(who, action, resource, f"a {kind}: {policy['arn']}")

    def _send(self, method, expected, body=None, content_type="application/json"):
        headers = {"Content-Type": content_type}
        request = urllib.request.Request(self.url, data=body, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=5) as response:
                status, text = response.status, response.read()
        except urllib.error.HTTPError as error:
            with error:
                status, text = error.code, error.read()
        assert status == expected, text
        return json.loads(text)


class World:
    """A secret in each account, its root, and a user there who may everything."""

    def __init__(self, url):
        self.url = url
        self.roots = {account: Account(url, Key(account, "test")) for account in (MANAGEMENT, MEMBER, STRANGER)}
        for root in self.roots.values():
            answer(root.secrets.create_secret, Name="S", SecretString="ours", KmsKeyId="alias/ours")
        self.users = {account: self.new_user(account, "ann") for account in self.roots}

    def new_user(self, account, name):
        made = new_user(self.roots[account], name)
        put = {"UserName": name, "PolicyName": "everything", "PolicyDocument": policy("Allow", "*")}
        answer(self.roots[account].iam.put_user_policy, **put)
        return made.key

    def arn(self, account):
        return answer(self.roots[account].secrets.describe_secret, SecretId="S")["ARN"]


@pytest.fixture
def organization(server):
    return Organization(server)


@pytest.fixture
def world(server):
    return World(server.url)


def read(client, who, name="S"):
    return client.call(who, "secretsmanager", "GetSecretValue", SecretId=name)["SecretString"]


def not_read(client, who, name="S"):
    return client.refused(who, "secretsmanager", "GetSecretValue", SecretId=name)


def root_arn(account):
    return f"arn:aws:iam::{account}:root"


KEEP = json.loads(policy("Deny", "secretsmanager:DeleteSecret"))


def test_a_service_control_policy_denies_even_the_root_user(organization, world, client):
    prod = {"accounts": [MEMBER], "scps": ["FullAWSAccess", "keep"]}
    organization.put(management=MANAGEMENT, policies={"keep": KEEP}, units={"prod": prod})
    for who, arn in [(world.users[MEMBER], user("ann", MEMBER)), (Key(MEMBER, "test"), root_arn(MEMBER))]:
        assert read(client, who) == "ours"
        told = client.refused(who, "secretsmanager", "DeleteSecret", SecretId="S")
        assert told == denied(organization.denies(arn, DELETE, "S", SCP))
    role = new_role(world.roots[MEMBER], "admin", trust({"AWS": MEMBER}), policy("Allow", "*"))
    key = assume(Account(world.url, world.users[MEMBER]), role)
    told = client.refused(key, "secretsmanager", "DeleteSecret", SecretId="S")
    assert told == denied(organization.denies(session("admin", account=MEMBER), DELETE, "S", SCP))
    # Who is not in that unit, or in none, is not bound.
    assert client.call(world.users[STRANGER], "secretsmanager", "DeleteSecret", SecretId="S")["Name"] == "S"


def test_a_list_of_what_is_allowed(organization, world, client):
    services = json.loads(policy("Allow", "sts:*", "iam:*"))
    organization.put(units={"prod": {"accounts": [MEMBER], "scps": [services]}})
    for who, arn in [(world.users[MEMBER], user("ann", MEMBER)), (Key(MEMBER, "test"), root_arn(MEMBER))]:
        assert not_read(client, who) == denied(implicit(arn, GET, "S", SCP))
        told = client.refused(who, "secretsmanager", "ListSecrets")
        assert told == denied(implicit(arn, "secretsmanager:ListSecrets", None, SCP))
        assert client.call(who, "iam", "ListUsers")["Users"]


def test_every_level_must_allow(organization, world, boto):
    reading, everything = json.loads(policy("Allow", "secretsmanager:Get*")), "FullAWSAccess"
    for root, unit, account, action in [
        ([everything], [reading], [everything], None),
        ([reading], [everything], [everything], None),
        ([everything], [everything], [reading], None),
        ([everything], [everything], [], GET),
        ([everything], [], [everything], GET),
        ([], [everything], [everything], GET),
    ]:
        organization.put(
            root={"scps": root},
            units={"prod": {"scps": unit, "units": {"shop": {"accounts": [MEMBER]}}}},
            accounts={MEMBER: {"scps": account}},
        )
        if action is None:
            assert read(boto, world.users[MEMBER]) == "ours"
            told = boto.refused(world.users[MEMBER], "secretsmanager", "ListSecrets")
            assert told == denied(implicit(user("ann", MEMBER), "secretsmanager:ListSecrets", None, SCP))
        else:
            assert not_read(boto, world.users[MEMBER]) == denied(implicit(user("ann", MEMBER), action, "S", SCP))


def test_control_policies_give_nothing(organization, world, boto):
    organization.put(root={"accounts": [MEMBER]})
    answer(world.roots[MEMBER].iam.delete_user_policy, UserName="ann", PolicyName="everything")
    assert not_read(boto, world.users[MEMBER]) == denied(implicit(user("ann", MEMBER), GET, "S"))


def test_the_management_account_is_not_bound(organization, world, client):
    deny = json.loads(policy("Deny", "secretsmanager:*", "iam:*"))
    root = {"accounts": [MANAGEMENT, MEMBER], "scps": ["FullAWSAccess", deny]}
    organization.put(management=MANAGEMENT, root=root)
    for who in (world.users[MANAGEMENT], Key(MANAGEMENT, "test")):
        assert read(client, who) == "ours"
    assert not_read(client, world.users[MEMBER]) == denied(organization.denies(user("ann", MEMBER), GET, "S", SCP))
    told = client.refused(world.users[MEMBER], "iam", "CreateUser", UserName="new")
    sentence = organization.denies(user("ann", MEMBER), "iam:CreateUser", user("new", MEMBER), SCP)
    assert told == denied_by_query(sentence)


def test_a_resource_control_policy_keeps_strangers_out(organization, world, client):
    share = document(statement("Allow", GET, Principal="*", Resource="*"))
    answer(world.roots[MEMBER].secrets.put_resource_policy, SecretId="S", ResourcePolicy=share)
    arn, stranger = world.arn(MEMBER), world.users[STRANGER]
    assert read(client, stranger, arn) == "ours"
    organization.put(
        id="o-a1b2c3d4e5",
        management=MANAGEMENT,
        policies={"ours-only": json.loads(OURS_ONLY)},
        root={"accounts": [MANAGEMENT], "rcps": ["ours-only"]},
        units={"prod": {"accounts": [MEMBER]}},
    )
    told = not_read(client, stranger, arn)
    assert told == denied(organization.denies(user("ann", STRANGER), GET, arn, RCP))
    for account in (MANAGEMENT, MEMBER):
        assert read(client, world.users[account], arn) == "ours"


def test_a_resource_control_policy_binds_the_account_s_own(organization, world, client):
    deny = json.loads(document(statement("Deny", GET, Principal="*", Resource="*")))
    organization.put(management=MANAGEMENT, root={"accounts": [MANAGEMENT, MEMBER], "rcps": [deny]})
    for who, arn in [(world.users[MEMBER], user("ann", MEMBER)), (Key(MEMBER, "test"), root_arn(MEMBER))]:
        assert not_read(client, who) == denied(organization.denies(arn, GET, "S", RCP))
        assert client.call(who, "secretsmanager", "DescribeSecret", SecretId="S")["Name"] == "S"
    # But what belongs to the management account.
    assert read(client, world.users[MANAGEMENT]) == "ours"


def test_policies_know_the_organization_and_the_path_to_an_account(organization, world, boto):
    organization.put(id="o-a1b2c3d4e5", root={"id": "r-ab12"}, units={"prod": {"accounts": [MEMBER]}})
    path = organization.show()["accounts"][MEMBER]["path"]
    assert path.startswith("o-a1b2c3d4e5/r-ab12/ou-ab12-")
    secrets, arn = world.roots[STRANGER].secrets, world.arn(STRANGER)
    for condition, is_met in [
        ({"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}, True),
        ({"StringEquals": {"aws:PrincipalOrgID": "o-z9y8x7w6v5"}}, False),
        ({"ForAnyValue:StringEquals": {"aws:PrincipalOrgPaths": path}}, True),
        ({"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/*"}}, True),
        ({"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-cd34/*"}}, False),
    ]:
        allow = document(statement("Allow", GET, condition, Principal="*", Resource="*"))
        answer(secrets.put_resource_policy, SecretId="S", ResourcePolicy=allow)
        if is_met:
            assert read(boto, world.users[MEMBER], arn) == "ours"
        else:
            told = not_read(boto, world.users[MEMBER], arn)
            assert told == denied(implicit(user("ann", MEMBER), GET, arn, "resource-based policy"))
        told = not_read(boto, world.users[MANAGEMENT], arn)
        assert told == denied(implicit(user("ann", MANAGEMENT), GET, arn, "resource-based policy"))


def test_the_organization_is_shown_put_again_and_taken_away(organization, world, client):
    assert organization.show(expected=404) == NONE
    put = {
        "management": MANAGEMENT,
        "policies": {"keep": KEEP},
        "root": {"accounts": [MANAGEMENT]},
        "units": {"prod": {"scps": ["FullAWSAccess", "keep"], "units": {"shop": {"accounts": [MEMBER]}}}},
    }
    answered = organization.put(**put)
    shown = organization.show()
    assert shown == answered
    known = shown["organization"]
    assert (known["management"], known["policies"]) == (MANAGEMENT, {"keep": KEEP})
    assert known["units"]["prod"]["scps"] == ["FullAWSAccess", "keep"]
    assert known["units"]["prod"]["units"]["shop"]["accounts"] == [MEMBER]
    path = shown["accounts"][MEMBER]["path"]
    units = [known["units"]["prod"]["id"], known["units"]["prod"]["units"]["shop"]["id"]]
    assert path == "/".join([known["id"], known["root"]["id"], *units, ""])
    # What was shown can be put, and nothing changes.
    assert organization.put(**known) == shown

    refused = denied(organization.denies(user("ann", MEMBER), DELETE, "S", SCP))
    delete = {"service": "secretsmanager", "operation": "DeleteSecret", "SecretId": "S"}
    assert client.refused(world.users[MEMBER], **delete) == refused
    organization.delete()
    assert client.call(world.users[MEMBER], **delete)["Name"] == "S"
    assert organization.show(expected=404) == organization.delete(expected=404) == NONE


def test_what_is_no_organization_changes_nothing(organization, world, boto):
    keeping = {"accounts": [MEMBER], "scps": ["FullAWSAccess", "keep"]}
    organization.put(management=MANAGEMENT, policies={"keep": KEEP}, root=keeping)
    before = organization.show()
    for place, wrong in [
        ("root.scps[0]", {"policies": {"keep": KEEP}, "root": {"scps": ["kep"]}}),
        ("unit", {"unit": {}}),
        ("root.accounts[0]", {"root": {"accounts": ["12"]}}),
    ]:
        told = organization.put(expected=400, **wrong)
        assert (told["at"], told["message"].startswith(f"{place}: ")) == (place, True)
    # A page in a browser cannot send what is taken.
    organization.put(expected=415, content_type="text/plain")
    assert organization.show() == before
    told = boto.refused(world.users[MEMBER], "secretsmanager", "DeleteSecret", SecretId="S")
    assert told == denied(organization.denies(user("ann", MEMBER), DELETE, "S", SCP))
