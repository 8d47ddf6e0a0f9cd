"""The tutorial with the AWS CLI: root keeps a secret and makes a reader, the reader reads it."""

import base64
import json
import re

import pytest

from clients import Account, Home, Key, answer
from program import serving
from readers import APIKEYS, READ

PROFILE = ("--profile", "reader")


class Tutorial:
    """What the tutorial's commands answered, in their order."""

    def __init__(self, home):
        self.home = home
        self.secret = home.aws("secretsmanager", "create-secret", "--name", "APIKEYS", "--secret-string", APIKEYS)
        self.policy = home.aws("iam", "create-policy", "--policy-name", "ReadSecrets", "--policy-document", READ)
        self.user = home.aws("iam", "create-user", "--user-name", "reader")
        self.attached = home.aws(
            "iam", "attach-user-policy", "--user-name", "reader", "--policy-arn", self.policy["Policy"]["Arn"]
        )
        self.key = home.aws("iam", "create-access-key", "--user-name", "reader")["AccessKey"]
        settings = {
            "aws_access_key_id": self.key["AccessKeyId"],
            "aws_secret_access_key": self.key["SecretAccessKey"],
            "region": "us-east-1",
        }
        for setting, value in settings.items():
            home.aws("configure", "set", setting, value, *PROFILE, key=None)

    def read(self, secret_id):
        return self.home.aws("secretsmanager", "get-secret-value", "--secret-id", secret_id, *PROFILE, key=None)


@pytest.fixture(scope="module")
def tutorial(tmp_path_factory):
    directory = tmp_path_factory.mktemp("tutorial")
    with serving(directory / "server") as server:
        yield Tutorial(Home(directory / "home", server.url))


def test_root_creates_the_secret(tutorial):
    assert set(tutorial.secret) == {"ARN", "Name", "VersionId"}
    arn = r"arn:aws:secretsmanager:us-east-1:000000000000:secret:APIKEYS-[A-Za-z0-9]{6}"
    assert re.fullmatch(arn, tutorial.secret["ARN"])
    assert tutorial.secret["Name"] == "APIKEYS"
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", tutorial.secret["VersionId"])


def test_root_creates_the_policy(tutorial):
    policy = tutorial.policy["Policy"]
    assert policy["PolicyName"] == "ReadSecrets"
    assert policy["Arn"] == "arn:aws:iam::000000000000:policy/ReadSecrets"
    assert re.fullmatch(r"ANPA[A-Z0-9]{17}", policy["PolicyId"])
    assert (policy["Path"], policy["DefaultVersionId"], policy["AttachmentCount"]) == ("/", "v1", 0)
    assert policy["IsAttachable"] is True


def test_root_creates_the_user_and_attaches_the_policy(tutorial):
    user = tutorial.user["User"]
    assert (user["UserName"], user["Path"]) == ("reader", "/")
    assert user["Arn"] == "arn:aws:iam::000000000000:user/reader"
    assert re.fullmatch(r"AIDA[A-Z0-9]{17}", user["UserId"])
    assert tutorial.attached is None


def test_the_access_key_has_the_form_of_aws_and_says_its_account(tutorial):
    key = tutorial.key
    assert (key["UserName"], key["Status"]) == ("reader", "Active")
    assert re.fullmatch(r"AKIA[A-Z2-7]{16}", key["AccessKeyId"])
    assert re.fullmatch(r"[A-Za-z0-9/+]{40}", key["SecretAccessKey"])
    assert account_of(key["AccessKeyId"]) == "000000000000"


def test_an_access_key_of_another_account_says_that_account(root):
    other = Account(root.url, Key("111122223333", "test"))
    answer(other.iam.create_user, UserName="reader")
    issued = answer(other.iam.create_access_key, UserName="reader")["AccessKey"]
    assert account_of(issued["AccessKeyId"]) == "111122223333"


def test_the_reader_reads_by_full_arn(tutorial):
    read = tutorial.read(tutorial.secret["ARN"])
    created = read.pop("CreatedDate")
    assert read == {
        "ARN": tutorial.secret["ARN"],
        "Name": "APIKEYS",
        "VersionId": tutorial.secret["VersionId"],
        "SecretString": APIKEYS,
        "VersionStages": ["AWSCURRENT"],
    }
    assert json.loads(read["SecretString"]) == {"openai": "sk-one", "anthropic": "sk-two"}
    assert has_milliseconds(created)


def test_the_reader_reads_by_name_and_by_partial_arn(tutorial):
    by_arn = tutorial.read(tutorial.secret["ARN"])
    assert tutorial.read("APIKEYS") == by_arn
    assert tutorial.read(tutorial.secret["ARN"].rpartition("-")[0]) == by_arn


def has_milliseconds(timestamp):
    """Whether it is a number of seconds with at most three decimals, as AWS writes dates."""
    return isinstance(timestamp, int | float) and round(timestamp, 3) == timestamp


def account_of(access_key_id):
    """The account that AWS's access key ids hold: 40 bits after the prefix and one bit."""
    return f"{int.from_bytes(base64.b32decode(access_key_id[4:])[:6]) >> 7 & (1 << 40) - 1:012}"
