"""Two teams under one policy: tags decide who reads and makes what, and the server tells why not."""

import json
import urllib.request

import pytest
from botocore.exceptions import ClientError

from clients import Account, answer, refusal
from denials import denied, explicit, implicit, user
from proxy import proxying
from readers import create_policy, new_user

MY_TEAM = "${aws:PrincipalTag/team}"
OWN_TEAM = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "ReadOwn",
                "Effect": "Allow",
                "Action": ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
                "Resource": "*",
                "Condition": {"StringEquals": {"secretsmanager:ResourceTag/team": MY_TEAM}},
            },
            {
                "Sid": "MakeOwn",
                "Effect": "Allow",
                "Action": ["secretsmanager:CreateSecret", "secretsmanager:TagResource"],
                "Resource": "*",
                "Condition": {"StringEquals": {"aws:RequestTag/team": MY_TEAM}},
            },
            {
                "Sid": "NoneUntagged",
                "Effect": "Deny",
                "Action": "secretsmanager:CreateSecret",
                "Resource": "*",
                "Condition": {"Null": {"aws:RequestTag/team": "true"}},
            },
        ],
    }
)


# Who, a secret of their team, and one of the other.
MEMBERS = [("ann", "red/db", "blue/db"), ("bob", "blue/db", "red/db")]


class Teams:
    """A secret and a member of each team, and a secret that is no team's."""

    def __init__(self, root):
        self.root = root
        self.policy = create_policy(root, "OwnTeam", OWN_TEAM)
        self.members = {"ann": self.member("ann", "red"), "bob": self.member("bob", "blue")}
        self.ann = self.members["ann"]
        self.secret("red/db", team("red"))
        self.secret("blue/db", team("blue"))
        self.secret("shared", [])

    def member(self, name, of):
        account = new_user(self.root, name, self.policy)
        answer(self.root.iam.tag_user, UserName=name, Tags=team(of))
        return account

    def secret(self, name, tags):
        answer(self.root.secrets.create_secret, Name=name, SecretString=f"value of {name}", Tags=tags)


def team(name):
    return [{"Key": "team", "Value": name}]


@pytest.fixture
def teams(root):
    return Teams(root)


def silent(name, action, resource=None):
    """The sentence of an implicit denial; conditions do not change it."""
    return implicit(user(name), f"secretsmanager:{action}", resource)


def denies(name, action, resource):
    """The sentence of an explicit denial."""
    return explicit(user(name), f"secretsmanager:{action}", resource)


def test_each_reads_the_secrets_of_their_team_with_boto3(teams):
    for name, own, foreign in MEMBERS:
        assert answer(teams.members[name].secrets.get_secret_value, SecretId=own)["SecretString"] == f"value of {own}"
        for other in (foreign, "shared"):
            told = refusal(teams.members[name].secrets.get_secret_value, SecretId=other)
            assert told == denied(silent(name, "GetSecretValue", other), status=400)


def test_each_reads_the_secrets_of_their_team_with_the_aws_cli(teams, home):
    read = ("secretsmanager", "get-secret-value", "--secret-id")
    for name, own, foreign in MEMBERS:
        assert home.aws(*read, own, key=teams.members[name].key)["SecretString"] == f"value of {own}"
        told = home.aws_refused(*read, foreign, key=teams.members[name].key)
        expected = silent(name, "GetSecretValue", foreign)
        assert told == denied(expected, operation="GetSecretValue", exit_code=255)


def test_a_list_shows_all_teams_secrets_so_nobody_has_it(teams):
    assert refusal(teams.ann.secrets.list_secrets) == denied(silent("ann", "ListSecrets"), status=400)


def test_who_changes_teams_reads_the_other_team_s_secrets(teams):
    answer(teams.root.iam.tag_user, UserName="ann", Tags=team("blue"))
    assert answer(teams.ann.secrets.get_secret_value, SecretId="blue/db")["SecretString"] == "value of blue/db"
    assert refusal(teams.ann.secrets.get_secret_value, SecretId="red/db") == denied(
        silent("ann", "GetSecretValue", "red/db"), status=400
    )
    answer(teams.root.iam.untag_user, UserName="ann", TagKeys=["team"])
    assert refusal(teams.ann.secrets.get_secret_value, SecretId="blue/db") == denied(
        silent("ann", "GetSecretValue", "blue/db"), status=400
    )


def test_a_secret_is_made_with_the_team_s_tag_or_not_at_all(teams, home):
    create = teams.ann.secrets.create_secret
    bare = refusal(create, Name="new", SecretString="x")
    assert bare == denied(denies("ann", "CreateSecret", "new"), status=400)
    assert refusal(create, Name="new", SecretString="x", Tags=team("blue")) == denied(
        silent("ann", "CreateSecret", "new"), status=400
    )
    named = ("secretsmanager", "create-secret", "--name", "new", "--secret-string", "x")
    told = home.aws_refused(*named, key=teams.ann.key)
    expected = denies("ann", "CreateSecret", "new")
    assert told == denied(expected, operation="CreateSecret", exit_code=255)
    made = home.aws(*named, "--tags", "Key=team,Value=red", key=teams.ann.key)
    assert made["Name"] == "new"
    assert answer(teams.ann.secrets.get_secret_value, SecretId="new")["SecretString"] == "x"


def explained(server, request_id):
    """What the server knows of a request: who asked, and why it was decided so."""
    with urllib.request.urlopen(f"{server.url}/_sekisho/requests/{request_id}?explain", timeout=5) as response:
        return json.load(response)


def test_the_server_tells_why_a_call_was_denied(server, teams):
    with pytest.raises(ClientError) as caught:
        teams.ann.secrets.get_secret_value(SecretId="blue/db")
    record = explained(server, caught.value.response["ResponseMetadata"]["RequestId"])
    assert (record["caller"], record["outcome"]) == ("arn:aws:iam::000000000000:user/ann", "denied")
    [decision] = record["decisions"]
    assert decision["message"] == silent("ann", "GetSecretValue", "blue/db")
    [layer] = decision["layers"]
    [policy] = layer["policies"]
    assert (layer["layer"], layer["says"], policy["policy"]) == ("identity", "nothing", teams.policy)
    read_own = policy["statements"][0]
    assert (read_own["sid"], read_own["effect"], read_own["applies"]) == ("ReadOwn", "Allow", False)
    [miss] = read_own["misses"]
    assert miss == {
        "element": "Condition",
        "operator": "StringEquals",
        "key": "secretsmanager:ResourceTag/team",
        "policy": [MY_TEAM],
        "filled": ["red"],
        "request": ["blue"],
        "unresolved": [],
    }
    assert decision["nearest_miss"] == (
        "It would be allowed if the request had secretsmanager:ResourceTag/team = red, "
        f"for statement 0 (ReadOwn) of {teams.policy}"
    )


def test_the_server_still_tells_why_when_the_policy_is_gone(server, teams):
    with pytest.raises(ClientError) as caught:
        teams.ann.secrets.create_secret(Name="new", SecretString="x")
    request_id = caught.value.response["ResponseMetadata"]["RequestId"]
    before = explained(server, request_id)
    [decision] = before["decisions"]
    assert (decision["decision"], decision["sid"]) == ("explicit deny", "NoneUntagged")
    [met] = decision["layers"][0]["policies"][0]["statements"][2]["met"]
    assert (met["operator"], met["key"], met["request"]) == ("Null", "aws:RequestTag/team", None)
    # The reasons are those of the moment, whatever becomes of the policy.
    for name in teams.members:
        answer(teams.root.iam.detach_user_policy, UserName=name, PolicyArn=teams.policy)
    answer(teams.root.iam.delete_policy, PolicyArn=teams.policy)
    assert explained(server, request_id) == before


def deny(operator, key, value):
    """Everything is allowed, unless the condition is met."""
    allow = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    unless = allow | {"Effect": "Deny", "Condition": {operator: {key: value}}}
    return json.dumps({"Version": "2012-10-17", "Statement": [allow, unless]})


def test_plain_http_is_refused_but_not_from_behind_a_proxy_that_ends_tls(server, root):
    answer(root.secrets.create_secret, Name="S", SecretString="x")
    document = deny("Bool", "aws:SecureTransport", "false")
    caller = new_user(root, "user", create_policy(root, "OnlyTLS", document))
    told = refusal(caller.secrets.get_secret_value, SecretId="S")
    assert told == denied(denies("user", "GetSecretValue", "S"), status=400)
    with proxying(server) as proxy:
        behind = Account(proxy.url, caller.key)
        assert answer(behind.secrets.get_secret_value, SecretId="S")["SecretString"] == "x"


@pytest.mark.parametrize(
    ("networks", "is_denied"), [(["127.0.0.0/8", "::1/128"], False), (["203.0.113.0/24", "2001:db8::/32"], True)]
)
def test_a_call_counts_as_coming_from_this_machine(root, networks, is_denied):
    answer(root.secrets.create_secret, Name="S", SecretString="x")
    document = deny("NotIpAddress", "aws:SourceIp", networks)
    caller = new_user(root, "user", create_policy(root, "OnlyFromHere", document))
    if is_denied:
        told = refusal(caller.secrets.get_secret_value, SecretId="S")
        assert told == denied(denies("user", "GetSecretValue", "S"), status=400)
    else:
        assert answer(caller.secrets.get_secret_value, SecretId="S")["SecretString"] == "x"
