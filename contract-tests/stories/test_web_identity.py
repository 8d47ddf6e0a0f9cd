"""Roles for whoever brings a token of an issuer that the account knows: builds on GitHub, pods, operators."""

import base64
import copy
import json
import re
import time

import pytest

from clients import ROOT, Account, Key, Refusal, answer
from denials import ACCOUNT, denied, denied_by_query, implicit, session
from issuer import AUDIENCE, GITHUB, SUBJECT, Issuer, part, publishing
from program import serving
from readers import APIKEYS, READ
from roles import assume, document, new_role, statement, trust

HOST = GITHUB.removeprefix("https://")
PROVIDER = f"arn:aws:iam::{ACCOUNT}:oidc-provider/{HOST}"
WEB_IDENTITY = "sts:AssumeRoleWithWebIdentity"
MAIN = {"StringEquals": {f"{HOST}:aud": AUDIENCE}, "StringLike": {f"{HOST}:sub": "repo:acme/shop:*"}}
GET = "secretsmanager:GetSecretValue"
NOT_AUTHORIZED = denied_by_query(f"Not authorized to perform {WEB_IDENTITY}")


@pytest.fixture(scope="module")
def github():
    return Issuer()


@pytest.fixture(scope="module")
def another():
    """The same issuer with another key."""
    return Issuer(kid="two")


@pytest.fixture
def jwks(tmp_path, github):
    """The file that the server reads the issuer's keys from."""
    file = tmp_path / "jwks.json"
    file.write_text(github.jwks())
    return file


@pytest.fixture
def server(tmp_path, jwks):
    with serving(tmp_path / "server", "--oidc-jwks", f"{GITHUB}={jwks}") as server:
        yield server


def trusting(condition=MAIN, action=WEB_IDENTITY):
    """As GitHub's documentation has it."""
    return trust({"Federated": PROVIDER}, action, condition)


class World:
    """A secret, the issuer known to the account, and a role for builds of one repository."""

    def __init__(self, root):
        self.root = root
        answer(root.secrets.create_secret, Name="APIKEYS", SecretString=APIKEYS)
        provider = {"Url": GITHUB, "ClientIDList": [AUDIENCE]}
        made = answer(root.iam.create_open_id_connect_provider, **provider)
        assert made["OpenIDConnectProviderArn"] == PROVIDER
        self.role = new_role(root, "deploy", trusting(), READ)

    def sent(self, token, name="build-7"):
        return {"RoleArn": self.role, "RoleSessionName": name, "WebIdentityToken": token}


@pytest.fixture
def world(root):
    return World(root)


def assumed(client, sent, **more):
    """Nobody signs this: the token is all there is."""
    return client.call(None, "sts", "AssumeRoleWithWebIdentity", **sent, **more)


def refused(client, sent, **more):
    return client.refused(None, "sts", "AssumeRoleWithWebIdentity", **sent, **more)


def read(client, who):
    return client.call(who, "secretsmanager", "GetSecretValue", SecretId="APIKEYS")["SecretString"]


def test_a_token_is_enough(world, client, github):
    told = assumed(client, world.sent(github.token()))
    role_id = answer(world.root.iam.get_role, RoleName="deploy")["Role"]["RoleId"]
    build = session("deploy", "build-7")
    assert told["AssumedRoleUser"] == {"AssumedRoleId": f"{role_id}:build-7", "Arn": build}
    of_the_token = {"SubjectFromWebIdentityToken": SUBJECT, "Provider": PROVIDER, "Audience": AUDIENCE}
    assert {name: told[name] for name in of_the_token} == of_the_token
    key = Key.of(told)
    assert client.call(key, "sts", "GetCallerIdentity")["Arn"] == build
    assert read(client, key) == APIKEYS
    put = {"SecretId": "APIKEYS", "SecretString": "x"}
    told = client.refused(key, "secretsmanager", "PutSecretValue", **put)
    assert told == denied(implicit(build, "secretsmanager:PutSecretValue", "APIKEYS"))


def invalid(sentence):
    return Refusal("InvalidIdentityToken", sentence)


def test_a_wrong_audience(world, client, github):
    assert refused(client, world.sent(github.token(aud="other"))) == invalid("Incorrect token audience")
    # One that the account lists, but the role does not.
    add = {"OpenIDConnectProviderArn": PROVIDER, "ClientID": "other"}
    client.call(world.root.key, "iam", "AddClientIDToOpenIDConnectProvider", **add)
    assert refused(client, world.sent(github.token(aud="other"))) == NOT_AUTHORIZED


def test_a_wrong_subject(world, client, github):
    for subject in ("repo:acme/other:ref:refs/heads/main", "repo:acme/shop2:ref:refs/heads/main"):
        assert refused(client, world.sent(github.token(sub=subject))) == NOT_AUTHORIZED
    assert read(client, Key.of(assumed(client, world.sent(github.token(sub="repo:acme/shop:pull_request"))))) == APIKEYS


def test_a_wrong_issuer(world, client, github):
    other = "https://tokens.example.com"
    told = refused(client, world.sent(github.token(iss=other)))
    assert told == invalid(f"No OpenIDConnect provider found in your account for {other}")
    # An account may know an issuer whose keys nobody has.
    create = {"Url": other, "ClientIDList": [AUDIENCE]}
    client.call(world.root.key, "iam", "CreateOpenIDConnectProvider", **create)
    sentence = (
        "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity "
        "documentation for requirements"
    )
    assert refused(client, world.sent(github.token(iss=other))) == invalid(sentence)


def test_a_token_that_was_tampered_with(world, client, github):
    header, _, signature = github.token(sub="repo:acme/other:x").split(".")
    claims = json.loads(base64.urlsafe_b64decode(github.token().split(".")[1] + "=="))
    told = refused(client, world.sent(f"{header}.{part(claims)}.{signature}"))
    assert told.type == "InvalidIdentityToken"
    # Nor does one without a signature, or with one of somebody else.
    unsigned = f"{part({'typ': 'JWT', 'alg': 'none'})}.{part(claims)}."
    not_jwt = "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"
    assert refused(client, world.sent(unsigned)) == invalid(not_jwt)
    assert refused(client, world.sent("no token")) == invalid(not_jwt)


def test_a_key_of_somebody_else(world, boto, github, another):
    mallory = copy.copy(another)
    mallory.kid = github.kid
    assert refused(boto, world.sent(mallory.token())).type == "InvalidIdentityToken"
    assert read(boto, Key.of(assumed(boto, world.sent(github.token())))) == APIKEYS


def test_an_expired_token(world, client, github):
    now = int(time.time())
    expired = now - 3600
    told = refused(client, world.sent(github.token(iat=expired - 300, nbf=expired - 300, exp=expired)))
    sentence = r"Token expired: current date/time (\d+) must be before the expiration date/time (\d+)"
    [times] = re.findall(sentence, told.message)
    assert (told.type, int(times[1])) == ("ExpiredTokenException", expired)
    assert 0 <= int(times[0]) - now < 60
    # Clocks may differ by some minutes.
    assert assumed(client, world.sent(github.token(iat=now - 600, nbf=now - 600, exp=now - 60)))
    later = github.token(iat=now + 3600, nbf=now + 3600, exp=now + 7200)
    assert refused(client, world.sent(later)).type == "InvalidIdentityToken"


def test_a_role_that_is_missing_or_trusts_others(world, boto, github):
    sent = world.sent(github.token())
    assert refused(boto, sent | {"RoleArn": world.role.replace("deploy", "none")}) == NOT_AUTHORIZED
    others = new_role(world.root, "others")
    assert refused(boto, sent | {"RoleArn": others}) == NOT_AUTHORIZED


def test_a_session_policy_narrows(world, boto, github):
    narrow = document(statement("Allow", "secretsmanager:DescribeSecret", Resource="*"))
    key = Key.of(assumed(boto, world.sent(github.token()), Policy=narrow))
    told = boto.refused(key, "secretsmanager", "GetSecretValue", SecretId="APIKEYS")
    assert told == denied(implicit(session("deploy", "build-7"), GET, "APIKEYS", "session policy"))


def test_a_profile_and_a_file(world, client, home, github, tmp_path):
    """What the AWS SDKs do by themselves on a pod, or in a build, whose token lies in a file."""
    file = tmp_path / "token"
    settings = {"role_arn": world.role, "web_identity_token_file": file}
    home.configure(deploy=settings | {"role_session_name": "build-8"}, other=settings)
    file.write_text(github.token())
    assert client.call("deploy", "sts", "GetCallerIdentity")["Arn"] == session("deploy", "build-8")
    assert read(client, "deploy") == APIKEYS
    file.write_text(github.token(sub="repo:acme/other:x"))
    told = client.refused("other", "secretsmanager", "GetSecretValue", SecretId="APIKEYS")
    assert told == NOT_AUTHORIZED


@pytest.fixture
def pod(world, github, tmp_path):
    """The environment of a pod."""
    file = tmp_path / "token"
    file.write_text(github.token())
    name = {"AWS_ROLE_SESSION_NAME": "pod-1"}
    return {"AWS_WEB_IDENTITY_TOKEN_FILE": str(file), "AWS_ROLE_ARN": world.role} | name


def test_the_environment_of_a_pod_with_the_aws_cli(pod, home):
    assert home.aws("sts", "get-caller-identity", key=None, **pod)["Arn"] == session("deploy", "pod-1")
    value = home.aws("secretsmanager", "get-secret-value", "--secret-id", "APIKEYS", key=None, **pod)
    assert value["SecretString"] == APIKEYS


def test_the_environment_of_a_pod_with_boto3(pod, server, monkeypatch):
    for name, value in (pod | {"AWS_ENDPOINT_URL": server.url}).items():
        monkeypatch.setenv(name, value)
    inside = Account(server.url, key=None)
    assert answer(inside.sts.get_caller_identity)["Arn"] == session("deploy", "pod-1")
    assert answer(inside.secrets.get_secret_value, SecretId="APIKEYS")["SecretString"] == APIKEYS


def test_the_external_secrets_operator(world, boto, github):
    """Its service account's token, and from there the role of the store."""
    pods = {"StringEquals": {f"{HOST}:sub": "system:serviceaccount:shop:external-secrets"}}
    operator = new_role(world.root, "operator", trusting(pods), document(statement("Allow", "sts:*", Resource="*")))
    store = new_role(world.root, "store", trust({"AWS": operator}, ["sts:AssumeRole", "sts:TagSession"]), READ)
    token = github.token(sub="system:serviceaccount:shop:external-secrets")
    sent = world.sent(token, "external-secrets-provider-aws") | {"RoleArn": operator}
    key = Key.of(assumed(boto, sent))
    assert boto.call(key, "sts", "GetCallerIdentity")["Arn"] == session("operator", "external-secrets-provider-aws")
    more = {"ExternalId": "shop", "Tags": [{"Key": "shop", "Value": "1"}], "TransitiveTagKeys": ["shop"]}
    chained = assume(Account(world.root.url, key), store, "external-secrets-provider-aws", **more)
    value = boto.call(chained, "secretsmanager", "GetSecretValue", SecretId="APIKEYS", VersionStage="AWSCURRENT")
    assert value["SecretString"] == APIKEYS


def test_a_token_brings_session_tags(world, boto, github):
    tagging = [WEB_IDENTITY, "sts:TagSession"]
    own = {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}
    role = new_role(world.root, "team", trusting(action=tagging), document(statement("Allow", GET, own, Resource="*")))
    answer(world.root.secrets.tag_resource, SecretId="APIKEYS", Tags=[{"Key": "team", "Value": "red"}])

    def sent(team):
        tags = {"https://aws.amazon.com/tags": {"principal_tags": {"team": [team]}}}
        return world.sent(github.token(**tags)) | {"RoleArn": role}

    assert read(boto, Key.of(assumed(boto, sent("red")))) == APIKEYS
    key = Key.of(assumed(boto, sent("blue")))
    told = boto.refused(key, "secretsmanager", "GetSecretValue", SecretId="APIKEYS")
    assert told == denied(implicit(session("team", "build-7"), GET, "APIKEYS"))
    # The role must let its sessions be tagged.
    told = refused(boto, sent("red") | {"RoleArn": world.role})
    assert told == denied_by_query("Not authorized to perform sts:TagSession")


def test_keys_of_an_issuer_change_in_their_file(world, boto, github, another, jwks):
    assert refused(boto, world.sent(another.token())).type == "InvalidIdentityToken"
    jwks.write_text(another.jwks())
    assert assumed(boto, world.sent(another.token()))
    assert refused(boto, world.sent(github.token())).type == "InvalidIdentityToken"


@pytest.mark.parametrize("path", ["/jwks", "/.well-known/openid-configuration", ""])
def test_keys_of_an_issuer_are_fetched_from_loopback(tmp_path, boto, github, another, path):
    """Of a key set, of an OpenID configuration, or of an issuer that has one; kept, until a token names others."""
    with publishing(github) as publisher:
        where = f"{GITHUB}={publisher.url}{path}"
        with serving(tmp_path / "fetching", "--oidc-jwks", where) as server:
            boto.home.url = server.url
            world = World(Account(server.url))
            for _ in range(3):
                assert read(boto, Key.of(assumed(boto, world.sent(github.token())))) == APIKEYS
            assert publisher.asked == 1
            publisher.issuer = another
            assert assumed(boto, world.sent(another.token()))
            assert publisher.asked == 2
            assert refused(boto, world.sent(github.token())).type == "InvalidIdentityToken"


def test_an_issuer_that_is_not_there(world, boto, github):
    """Deleted from the account, it vouches for nobody, and whom it did vouch for stays."""
    key = Key.of(assumed(boto, world.sent(github.token())))
    answer(world.root.iam.delete_open_id_connect_provider, OpenIDConnectProviderArn=PROVIDER)
    told = refused(boto, world.sent(github.token()))
    assert told == invalid(f"No OpenIDConnect provider found in your account for {GITHUB}")
    assert read(boto, key) == APIKEYS


@pytest.mark.parametrize("level", ["info", "trace"])
def test_the_log_never_has_a_token(tmp_path, boto, github, jwks, level):
    with serving(tmp_path / "logging", "--log", level, "--oidc-jwks", f"{GITHUB}={jwks}") as server:
        boto.home.url = server.url
        world = World(Account(server.url))
        good, bad = github.token(), github.token(aud="other")
        key = Key.of(assumed(boto, world.sent(good)))
        assert read(boto, key) == APIKEYS
        refused(boto, world.sent(bad))
        wrong = Key(key.id, "wrong" * 8, key.token)
        assert boto.refused(wrong, "sts", "GetCallerIdentity").type == "SignatureDoesNotMatch"
        federated = Key.of(boto.call(ROOT, "sts", "GetFederationToken", Name="bob"))
        code, _ = server.stop()
        assert code == 0
        log = server.log()
    assert "sts:AssumeRoleWithWebIdentity" in log
    assert session("deploy", "build-7") in log
    for token in (good, bad):
        _, claims, signature = token.split(".")
        assert claims not in log and signature not in log
    for secret in (key.secret, key.token, key.token[:64], key.token[-64:], federated.secret, federated.token[:64]):
        assert secret not in log
