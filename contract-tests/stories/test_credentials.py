"""Requests that fail before any policy is asked: wrong, unknown, inactive and deleted keys, and none."""

import re

import pytest
from botocore import UNSIGNED
from botocore.config import Config

from clients import ROOT, Account, Key, Refusal, answer, refusal
from readers import APIKEYS, READER, READER_ARN, new_reader

MISMATCH = (
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
    "and signing method. Consult the service documentation for details."
)
INVALID = "The security token included in the request is invalid."
UNKNOWN_KEY = Refusal("UnrecognizedClientException", INVALID, status=400)
UNKNOWN_KEY_OF_IAM = Refusal("InvalidClientTokenId", INVALID, status=403)


@pytest.fixture
def reader(root):
    answer(root.secrets.create_secret, Name="APIKEYS", SecretString=APIKEYS)
    reader, _ = new_reader(root)
    return reader


def refusals(account):
    """What each service tells one account."""
    return (
        refusal(account.secrets.get_secret_value, SecretId="APIKEYS"),
        refusal(account.iam.list_users),
        refusal(account.sts.get_caller_identity),
    )


@pytest.mark.parametrize("of", ["root", "reader"])
def test_a_wrong_secret_key_is_a_wrong_signature(root, reader, of):
    key = {"root": ROOT, "reader": reader.key}[of]
    secrets, iam, sts = refusals(Account(root.url, Key(key.id, "wrong" * 8)))
    assert (secrets.type, secrets.status) == ("InvalidSignatureException", 400)
    canonical = "The Canonical String for this request should have been\n'POST\n/\n"
    assert secrets.message.startswith(f"{MISMATCH}\n\n{canonical}")
    assert reader.key.secret not in secrets.message
    assert iam == sts == Refusal("SignatureDoesNotMatch", MISMATCH, status=403)


def test_an_unknown_key_is_an_invalid_token(root, reader):
    told = refusals(Account(root.url, Key("AKIAIOSFODNN7EXAMPLE", reader.key.secret)))
    assert told == (UNKNOWN_KEY, UNKNOWN_KEY_OF_IAM, UNKNOWN_KEY_OF_IAM)


def test_an_inactive_key_is_refused_until_it_is_active_again(root, reader):
    status = {"UserName": READER, "AccessKeyId": reader.key.id}
    answer(root.iam.update_access_key, Status="Inactive", **status)
    assert refusals(reader) == (UNKNOWN_KEY, UNKNOWN_KEY_OF_IAM, UNKNOWN_KEY_OF_IAM)
    answer(root.iam.update_access_key, Status="Active", **status)
    assert answer(reader.secrets.get_secret_value, SecretId="APIKEYS")["SecretString"] == APIKEYS


def test_a_deleted_key_is_refused(root, reader):
    answer(root.iam.delete_access_key, UserName=READER, AccessKeyId=reader.key.id)
    assert refusals(reader) == (UNKNOWN_KEY, UNKNOWN_KEY_OF_IAM, UNKNOWN_KEY_OF_IAM)


def test_an_unsigned_request_lacks_a_token(root):
    unsigned = Config(signature_version=UNSIGNED)
    secrets = refusal(root.client("secretsmanager", config=unsigned).list_secrets)
    assert (secrets.type, secrets.message) == ("MissingAuthenticationTokenException", "Missing Authentication Token")
    iam = refusal(root.client("iam", config=unsigned).list_users)
    assert iam == Refusal("MissingAuthenticationToken", "Request is missing Authentication Token", status=403)


def test_everyone_may_ask_who_they_are(root, reader):
    assert answer(root.sts.get_caller_identity) == {
        "UserId": "000000000000",
        "Account": "000000000000",
        "Arn": "arn:aws:iam::000000000000:root",
    }
    user_id = answer(root.iam.get_user, UserName=READER)["User"]["UserId"]
    assert re.fullmatch(r"AIDA[A-Z0-9]{17}", user_id)
    identity = {"UserId": user_id, "Account": "000000000000", "Arn": READER_ARN}
    assert answer(reader.sts.get_caller_identity) == identity


def test_the_aws_cli_says_who_it_is_and_why_not(home, reader):
    identity = home.aws("sts", "get-caller-identity", key=reader.key)
    assert identity["Arn"] == READER_ARN
    told = home.aws_refused("sts", "get-caller-identity", key=Key(reader.key.id, "wrong"))
    assert told == Refusal("SignatureDoesNotMatch", MISMATCH, operation="GetCallerIdentity", exit_code=255)
