"""Keys of users: changed for new ones, exchanged for temporary ones, and shown to others as a proof of who one is."""

import base64
import json
import re
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.signers import RequestSigner

from clients import REGION, Account, Key, Refusal, answer
from denials import ACCOUNT, denied, denied_by_query, explicit, implicit, session, user
from readers import APIKEYS, READ, create_policy, new_user, policy
from roles import ASSUME, new_role
from test_clients import fetch
from test_credentials import INVALID, UNKNOWN_KEY, UNKNOWN_KEY_OF_IAM
from test_lifecycle import is_about

GET = "secretsmanager:GetSecretValue"
OWN_KEYS = policy("Allow", "iam:*AccessKey*", GET, resource="*")


@pytest.fixture
def ann(root):
    """A user who reads a secret and looks after her own keys."""
    answer(root.secrets.create_secret, Name="APIKEYS", SecretString=APIKEYS)
    return new_user(root, "ann", create_policy(root, "OwnKeys", OWN_KEYS))


def read(client, who):
    return client.call(who, "secretsmanager", "GetSecretValue", SecretId="APIKEYS")["SecretString"]


def moment(value):
    """A date: boto3 has made one of it, the AWS CLI prints it."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def test_a_key_is_changed_for_a_new_one(ann, root, client):
    """As aws-vault does it: whose keys they are is not said."""
    old, of_ann = ann.key, {"UserName": "ann"}
    used = client.call(root.key, "iam", "GetAccessKeyLastUsed", AccessKeyId=old.id)
    assert used == of_ann | {"AccessKeyLastUsed": {"ServiceName": "N/A", "Region": "N/A"}}
    made = client.call(old, "iam", "CreateAccessKey")["AccessKey"]
    assert (made["UserName"], made["Status"]) == ("ann", "Active")
    new = Key(made["AccessKeyId"], made["SecretAccessKey"])
    assert read(client, old) == read(client, new) == APIKEYS
    told = client.refused(new, "iam", "CreateAccessKey")
    assert told == Refusal("LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2")

    client.call(new, "iam", "UpdateAccessKey", AccessKeyId=old.id, Status="Inactive")
    told = client.refused(old, "secretsmanager", "GetSecretValue", SecretId="APIKEYS")
    assert told == Refusal(UNKNOWN_KEY.type, UNKNOWN_KEY.message)
    listed = client.call(new, "iam", "ListAccessKeys")["AccessKeyMetadata"]
    statuses = {key["AccessKeyId"]: key["Status"] for key in listed}
    assert statuses == {old.id: "Inactive", new.id: "Active"}
    assert client.call(new, "iam", "DeleteAccessKey", AccessKeyId=old.id) == {}
    told = client.refused(old, "sts", "GetCallerIdentity")
    assert told == Refusal(UNKNOWN_KEY_OF_IAM.type, UNKNOWN_KEY_OF_IAM.message)
    told = client.refused(new, "iam", "DeleteAccessKey", AccessKeyId=old.id)
    assert told == Refusal("NoSuchEntity", f"The Access Key with id {old.id} cannot be found.")

    assert read(client, new) == APIKEYS
    used = client.call(root.key, "iam", "GetAccessKeyLastUsed", AccessKeyId=new.id)
    last = used["AccessKeyLastUsed"]
    assert (used["UserName"], last["ServiceName"], last["Region"]) == ("ann", "secretsmanager", REGION)
    assert is_about(moment(last["LastUsedDate"]), datetime.now(UTC))


def test_a_key_of_nobody_is_told_like_one_of_others(ann, root, boto):
    unknown = "AKIAIOSFODNN7EXAMPLE"
    told = boto.refused(root.key, "iam", "GetAccessKeyLastUsed", AccessKeyId=unknown)
    sentence = (
        f"User: arn:aws:iam::{ACCOUNT}:root is not authorized to perform iam:GetAccessKeyLastUsed "
        f"on resource: access key {unknown}"
    )
    assert told == denied_by_query(sentence)
    told = boto.refused(root.key, "iam", "UpdateAccessKey", UserName="ann", AccessKeyId=unknown, Status="Active")
    assert told == Refusal("NoSuchEntity", f"The Access Key with id {unknown} cannot be found.")


def test_whoever_is_not_a_user_says_whose_keys(ann, root, boto):
    role = new_role(root, "admin", allowed=policy("Allow", "*"))
    helper = new_user(root, "helper", create_policy(root, "Assume", policy("Allow", ASSUME)))
    sent = {"RoleArn": role, "RoleSessionName": "session"}
    key = Key.of(boto.call(helper.key, "sts", "AssumeRole", **sent))
    told = boto.refused(key, "iam", "DeleteAccessKey", AccessKeyId=ann.key.id)
    assert told == Refusal("ValidationError", "Must specify userName when calling with non-User credentials")
    assert boto.call(key, "iam", "DeleteAccessKey", UserName="ann", AccessKeyId=ann.key.id) == {}


def test_a_user_s_session_is_the_user(ann, root, client):
    """As aws-vault does it for every command."""
    told = client.call(ann.key, "sts", "GetSessionToken", DurationSeconds=3600)
    key = Key.of(told)
    assert re.fullmatch(r"ASIA[A-Z2-7]{16}", key.id)
    assert is_about(moment(told["Credentials"]["Expiration"]), datetime.now(UTC) + timedelta(hours=1))
    assert client.call(key, "sts", "GetCallerIdentity") == client.call(ann.key, "sts", "GetCallerIdentity")
    assert read(client, key) == APIKEYS
    put = {"SecretId": "APIKEYS", "SecretString": "x"}
    told = client.refused(key, "secretsmanager", "PutSecretValue", **put)
    assert told == denied(implicit(user("ann"), "secretsmanager:PutSecretValue", "APIKEYS"))
    # Without a device, IAM is out of its reach.
    told = client.refused(key, "iam", "ListAccessKeys")
    assert told == Refusal("InvalidClientTokenId", INVALID.removesuffix("."))
    told = client.refused(key, "sts", "GetSessionToken")
    assert told == denied_by_query("Cannot call GetSessionToken with session credentials")
    # It ends with the user, and its right with that of the user.
    answer(root.iam.detach_user_policy, UserName="ann", PolicyArn=f"arn:aws:iam::{ACCOUNT}:policy/OwnKeys")
    told = client.refused(key, "secretsmanager", "GetSecretValue", SecretId="APIKEYS")
    assert told == denied(implicit(user("ann"), GET, "APIKEYS"))
    answer(root.iam.delete_access_key, UserName="ann", AccessKeyId=ann.key.id)
    answer(root.iam.delete_user, UserName="ann")
    told = client.refused(key, "secretsmanager", "GetSecretValue", SecretId="APIKEYS")
    assert told == Refusal(UNKNOWN_KEY.type, UNKNOWN_KEY.message)


def test_somebody_whom_a_user_vouches_for(ann, root, client):
    """As aws-vault does it to sign in to the console."""
    everything = policy("Allow", "*")
    put = {"UserName": "ann", "PolicyName": "vouch", "PolicyDocument": policy("Allow", "sts:GetFederationToken")}
    answer(root.iam.put_user_policy, **put)
    told = client.call(ann.key, "sts", "GetFederationToken", Name="bob", Policy=everything, DurationSeconds=3600)
    bob = f"arn:aws:sts::{ACCOUNT}:federated-user/bob"
    assert told["FederatedUser"] == {"FederatedUserId": f"{ACCOUNT}:bob", "Arn": bob}
    assert is_about(moment(told["Credentials"]["Expiration"]), datetime.now(UTC) + timedelta(hours=1))
    key = Key.of(told)
    identity = {"UserId": f"{ACCOUNT}:bob", "Account": ACCOUNT, "Arn": bob}
    assert client.call(key, "sts", "GetCallerIdentity") == identity
    assert read(client, key) == APIKEYS
    # Both must allow: the user who vouches, and the policy that came along.
    put = {"SecretId": "APIKEYS", "SecretString": "x"}
    told = client.refused(key, "secretsmanager", "PutSecretValue", **put)
    assert told == denied(implicit(bob, "secretsmanager:PutSecretValue", "APIKEYS"))
    none = Key.of(client.call(ann.key, "sts", "GetFederationToken", Name="bob"))
    told = client.refused(none, "secretsmanager", "GetSecretValue", SecretId="APIKEYS")
    assert told == denied(implicit(bob, GET, "APIKEYS", "session policy"))
    told = client.refused(key, "sts", "GetFederationToken", Name="carl")
    assert told == denied_by_query("Cannot call GetFederationToken with session credentials")
    told = client.refused(key, "iam", "ListUsers")
    assert told == Refusal("InvalidClientTokenId", INVALID.removesuffix("."))


def test_who_may_nothing_still_learns_who_they_are(ann, root, client):
    """And gets a session of their own, which neither policy nor boundary withholds."""
    deny = {"UserName": "ann", "PolicyName": "nothing", "PolicyDocument": policy("Deny", "*")}
    answer(root.iam.put_user_policy, **deny)
    assert client.call(ann.key, "sts", "GetCallerIdentity")["Arn"] == user("ann")
    key = Key.of(client.call(ann.key, "sts", "GetSessionToken"))
    assert client.call(key, "sts", "GetCallerIdentity")["Arn"] == user("ann")
    told = client.refused(key, "secretsmanager", "GetSecretValue", SecretId="APIKEYS")
    assert told == denied(explicit(user("ann"), GET, "APIKEYS"))
    told = client.refused(ann.key, "sts", "GetFederationToken", Name="bob")
    bob = f"arn:aws:sts::{ACCOUNT}:federated-user/bob"
    assert told == denied_by_query(explicit(user("ann"), "sts:GetFederationToken", bob))


def test_who_may_not_ask_about_herself_learns_her_name_all_the_same(root, client):
    """aws-vault reads it in the sentence."""
    answer(root.iam.create_user, UserName="carl", Path="/team/shop/")
    issued = answer(root.iam.create_access_key, UserName="carl")["AccessKey"]
    key = Key(issued["AccessKeyId"], issued["SecretAccessKey"])
    told = client.refused(key, "iam", "GetUser")
    assert told == denied_by_query(implicit(user("team/shop/carl"), "iam:GetUser", "user carl"))


# EKS: a presigned request is the token, and the cluster's name a header that must be sent with it.
CLUSTER = {"x-k8s-aws-id": "shop"}


def presigned_by_the_cli(server, home, key):
    """What kubectl calls for a token."""
    credential = home.aws("eks", "get-token", "--cluster-name", "shop", key=key)
    assert credential["kind"] == "ExecCredential"
    encoded = credential["status"]["token"].removeprefix("k8s-aws-v1.")
    return base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()


def presigned_by_boto3(server, home, key):
    """What scripts do instead."""
    sts, session = (account := Account(server.url, key)).sts, account.session
    signer = RequestSigner(
        sts.meta.service_model.service_id, REGION, "sts", "v4", session.get_credentials(), session.events
    )
    request = {
        "method": "GET",
        "url": f"{server.url}/?Action=GetCallerIdentity&Version=2011-06-15",
        "body": {},
        "headers": CLUSTER,
        "context": {},
    }
    return signer.generate_presigned_url(request, region_name=REGION, expires_in=60, operation_name="")


PRESIGNED_BY = {"boto3": presigned_by_boto3, "cli": presigned_by_the_cli}


@pytest.mark.parametrize("client", PRESIGNED_BY)
def test_a_cluster_learns_who_presigned_a_token(server, home, ann, client):
    url = PRESIGNED_BY[client](server, home, ann.key)
    assert url.startswith(f"{server.url}/?") and "x-k8s-aws-id" in url
    status, text = fetch(urllib.request.Request(url, headers=CLUSTER))
    assert (status, f"<Arn>{user('ann')}</Arn>" in text) == (200, True), text
    # For another cluster, or without saying for which, it proves nothing.
    for headers in ({"x-k8s-aws-id": "other"}, {}):
        status, text = fetch(urllib.request.Request(url, headers=headers))
        assert (status in (400, 403), "<Arn>" in text) == (True, False), text


def test_a_cluster_asks_for_json(server, home, ann):
    """The authenticator of EKS reads no XML."""
    url = presigned_by_boto3(server, home, ann.key)
    status, text = fetch(urllib.request.Request(url, headers=CLUSTER | {"Accept": "application/json"}))
    assert status == 200
    answered = json.loads(text)["GetCallerIdentityResponse"]["GetCallerIdentityResult"]
    assert (answered["Account"], answered["Arn"]) == (ACCOUNT, user("ann"))


def test_a_cluster_learns_a_role(server, home, root, ann):
    role = new_role(root, "node", allowed=READ)
    answer(root.iam.put_user_policy, UserName="ann", PolicyName="assume", PolicyDocument=policy("Allow", ASSUME))
    sent = {"RoleArn": role, "RoleSessionName": "kubectl"}
    key = Key.of(answer(ann.sts.assume_role, **sent))
    for url in (presigned_by_boto3(server, home, key), presigned_by_the_cli(server, home, key)):
        status, text = fetch(urllib.request.Request(url, headers=CLUSTER))
        assert (status, f"<Arn>{session('node', 'kubectl')}</Arn>" in text) == (200, True), text
        # The authenticator reads no longer tokens.
        assert len(base64.urlsafe_b64encode(url.encode())) < 4096


# Vault: a signed request of which the client tells all parts, and Vault sends it.
FOR_VAULT = "vault.example.com"


def login(server, account):
    """The parts."""
    request = AWSRequest(
        "POST",
        server.url,
        data="Action=GetCallerIdentity&Version=2011-06-15",
        headers={
            "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
            "X-Vault-AWS-IAM-Server-ID": FOR_VAULT,
        },
    )
    SigV4Auth(account.session.get_credentials(), "sts", REGION).add_auth(request)
    return dict(request.headers), request.data.encode()


def test_a_vault_learns_who_logs_in(server, ann):
    headers, body = login(server, ann)
    assert "x-vault-aws-iam-server-id" in headers["Authorization"]

    def sent(**changed):
        return fetch(urllib.request.Request(server.url, data=body, headers=headers | changed))

    status, text = sent()
    assert (status, f"<Arn>{user('ann')}</Arn>" in text) == (200, True), text
    # A login for one vault is none for another.
    for changed in ({"X-Vault-AWS-IAM-Server-ID": "evil.example.com"}, {"X-Amz-Date": "20260101T000000Z"}):
        status, text = sent(**changed)
        assert (status, "<Code>SignatureDoesNotMatch</Code>" in text) == (403, True), text


def test_keys_without_a_user_prove_nothing(server, ann, root):
    headers, body = login(server, ann)
    answer(root.iam.delete_access_key, UserName="ann", AccessKeyId=ann.key.id)
    status, text = fetch(urllib.request.Request(server.url, data=body, headers=headers))
    assert (status, "<Code>InvalidClientTokenId</Code>" in text) == (403, True), text


def test_one_key_is_one_account(ann, client):
    """The CDK keeps it on disk."""
    identities = [client.call(ann.key, "sts", "GetCallerIdentity") for _ in range(2)]
    assert identities[0] == identities[1]
    assert (identities[0]["Account"], identities[0]["Arn"].split(":")[1]) == (ACCOUNT, "aws")
    assert client.call(ann.key, "sts", "GetCallerIdentity")["Arn"] == user("ann")
