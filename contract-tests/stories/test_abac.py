"""Access by tags: of users, of roles, of sessions, of secrets, and of what is asked for."""

import pytest

from clients import Key, Refusal, answer
from denials import denied, denied_by_query, explicit, implicit, session, unexplained, user
from readers import create_policy, new_user, policy
from roles import ASSUME, EVERYONE, assume, document, new_role, statement, trust
from test_conditions import OWN_TEAM, team

GET, CREATE = "secretsmanager:GetSecretValue", "secretsmanager:CreateSecret"
TAG_SESSION = "sts:TagSession"
READ_OWN = document(
    statement("Allow", GET, {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}, Resource="*")
)


class Teams:
    """A secret of each team, the role of a member, and Ann, who takes it on and may tag sessions."""

    def __init__(self, root):
        self.root = root
        for name in ("red", "blue"):
            answer(root.secrets.create_secret, Name=f"{name}/db", SecretString=name, Tags=team(name))
        self.role = new_role(root, "member", trust(EVERYONE, [ASSUME, TAG_SESSION]), OWN_TEAM, Tags=team("red"))
        self.ann = new_user(root, "ann", create_policy(root, "Assume", policy("Allow", ASSUME, TAG_SESSION)))


@pytest.fixture
def teams(root):
    return Teams(root)


def reads(client, who, arn, name):
    """That somebody reads the secret of their team, and not that of the other."""
    other = {"red": "blue", "blue": "red"}[name]
    assert read(client, who, name) == name
    assert not_read(client, who, other) == denied(implicit(arn, GET, f"{other}/db"))


def read(client, who, name):
    return client.call(who, "secretsmanager", "GetSecretValue", SecretId=f"{name}/db")["SecretString"]


def not_read(client, who, name):
    return client.refused(who, "secretsmanager", "GetSecretValue", SecretId=f"{name}/db")


def taken_on(client, teams, role=None, who=None, **more):
    """A session with what is sent beside role and name."""
    sent = {"RoleArn": role or teams.role, "RoleSessionName": "session"}
    return Key.of(client.call(who or teams.ann.key, "sts", "AssumeRole", **sent, **more))


def test_the_tag_of_a_user(teams, client):
    bob = new_user(teams.root, "bob", create_policy(teams.root, "ReadOwn", READ_OWN)).key
    root = teams.root.key
    # Without a tag, nothing is like it.
    for name in ("red", "blue"):
        assert not_read(client, bob, name) == denied(implicit(user("bob"), GET, f"{name}/db"))
    client.call(root, "iam", "TagUser", UserName="bob", Tags=team("blue"))
    reads(client, bob, user("bob"), "blue")
    assert client.call(root, "iam", "ListUserTags", UserName="bob")["Tags"] == team("blue")
    # Another tag on a secret moves it out of sight.
    client.call(root, "secretsmanager", "TagResource", SecretId="blue/db", Tags=team("red"))
    assert not_read(client, bob, "blue") == denied(implicit(user("bob"), GET, "blue/db"))


def test_the_tag_of_a_role(teams, boto):
    key = taken_on(boto, teams)
    reads(boto, key, session("member"), "red")
    boto.call(teams.root.key, "iam", "TagRole", RoleName="member", Tags=team("blue"))
    reads(boto, key, session("member"), "blue")
    boto.call(teams.root.key, "iam", "UntagRole", RoleName="member", TagKeys=["team"])
    assert not_read(boto, key, "blue") == denied(implicit(session("member"), GET, "blue/db"))


def test_the_tag_of_a_session_goes_before_its_role_s(teams, client):
    reads(client, taken_on(client, teams, Tags=team("blue")), session("member"), "blue")


def test_the_tag_of_a_user_does_not_follow_into_a_role(teams, boto):
    answer(teams.root.iam.tag_user, UserName="ann", Tags=team("blue"))
    reads(boto, taken_on(boto, teams), session("member"), "red")


def test_a_secret_is_made_with_the_session_s_tag_or_not_at_all(teams, client):
    key, new = taken_on(client, teams, Tags=team("blue")), {"Name": "new", "SecretString": "x"}
    member = session("member")
    told = client.refused(key, "secretsmanager", "CreateSecret", **new)
    assert told == denied(explicit(member, CREATE, "new"))
    told = client.refused(key, "secretsmanager", "CreateSecret", **new, Tags=team("red"))
    assert told == denied(implicit(member, CREATE, "new"))
    assert client.call(key, "secretsmanager", "CreateSecret", **new, Tags=team("blue"))["Name"] == "new"
    assert client.call(key, "secretsmanager", "GetSecretValue", SecretId="new")["SecretString"] == "x"


def test_only_some_tags_may_be_asked_for(teams, boto):
    condition = {"ForAllValues:StringEquals": {"aws:TagKeys": ["team", "stage"]}}
    create = statement("Allow", [CREATE, "secretsmanager:TagResource"], condition, Resource="*")
    bob = new_user(teams.root, "bob", create_policy(teams.root, "Create", document(create))).key
    owner = {"Key": "owner", "Value": "bob"}
    told = boto.refused(bob, "secretsmanager", "CreateSecret", Name="new", SecretString="x", Tags=[*team("red"), owner])
    assert told == denied(implicit(user("bob"), CREATE, "new"))
    made = boto.call(bob, "secretsmanager", "CreateSecret", Name="new", SecretString="x", Tags=team("red"))
    assert made["Name"] == "new"


@pytest.mark.parametrize("lacks", ["trust", "permission"])
def test_tagging_a_session_takes_both_sides(teams, client, lacks):
    bob = new_user(teams.root, "bob", create_policy(teams.root, "AssumeOnly", policy("Allow", ASSUME)))
    trusted = {"trust": trust(EVERYONE), "permission": trust(EVERYONE, [ASSUME, TAG_SESSION])}[lacks]
    role = new_role(teams.root, "other", trusted, OWN_TEAM)
    who, name = {"trust": (teams.ann.key, "ann"), "permission": (bob.key, "bob")}[lacks]
    taken_on(client, teams, role, who)
    sent = {"RoleArn": role, "RoleSessionName": "session", "Tags": team("red")}
    told = client.refused(who, "sts", "AssumeRole", **sent)
    assert told == denied_by_query(unexplained(user(name), TAG_SESSION, role))


def test_a_role_trusts_whoever_asks_for_the_right_tag(teams, client):
    """Each may be of their own team alone: the trust policy compares what is asked for with who asks."""
    own = {"StringEquals": {"aws:RequestTag/team": "${aws:PrincipalTag/team}"}}
    trusted = document(
        statement("Allow", ASSUME, Principal=EVERYONE), statement("Allow", TAG_SESSION, own, Principal=EVERYONE)
    )
    role = new_role(teams.root, "own", trusted, OWN_TEAM)
    answer(teams.root.iam.tag_user, UserName="ann", Tags=team("blue"))
    reads(client, taken_on(client, teams, role, Tags=team("blue")), session("own"), "blue")
    sent = {"RoleArn": role, "RoleSessionName": "session", "Tags": team("red")}
    told = client.refused(teams.ann.key, "sts", "AssumeRole", **sent)
    assert told == denied_by_query(unexplained(user("ann"), TAG_SESSION, role))


def test_a_transitive_tag_stays_from_role_to_role(teams, boto):
    """And cannot be changed on the way; one that is not transitive is left behind."""
    both = document(statement("Allow", [ASSUME, TAG_SESSION], Resource="*"))
    first = new_role(teams.root, "first", trust(EVERYONE, [ASSUME, TAG_SESSION]), both)
    stays = taken_on(boto, teams, first, Tags=team("blue"), TransitiveTagKeys=["team"])
    reads(boto, taken_on(boto, teams, who=stays), session("member"), "blue")
    sent = {"RoleArn": teams.role, "RoleSessionName": "session", "Tags": team("red")}
    sentence = (
        "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from "
        "the calling session."
    )
    assert boto.refused(stays, "sts", "AssumeRole", **sent) == Refusal("InvalidParameterValue", sentence)
    goes = taken_on(boto, teams, first, Tags=team("blue"))
    reads(boto, taken_on(boto, teams, who=goes), session("member"), "red")


def test_a_role_s_own_tag_decides_who_may_take_it_on(teams, boto):
    """iam:ResourceTag is the role's."""
    condition = {"StringEquals": {"iam:ResourceTag/team": "${aws:PrincipalTag/team}"}}
    may = document(statement("Allow", ASSUME, condition, Resource="*"))
    bob = new_user(teams.root, "bob", create_policy(teams.root, "AssumeOwn", may))
    answer(teams.root.iam.tag_user, UserName="bob", Tags=team("red"))
    reads(boto, assume(bob, teams.role), session("member"), "red")
    answer(teams.root.iam.tag_role, RoleName="member", Tags=team("blue"))
    told = boto.refused(bob.key, "sts", "AssumeRole", RoleArn=teams.role, RoleSessionName="session")
    assert told == denied_by_query(unexplained(user("bob"), ASSUME, teams.role))
