"""The tutorial's last step with boto3: once with stored credentials, once with explicit keys."""

import json
from datetime import UTC, datetime, timedelta

import boto3
import pytest

from clients import Account, answer
from readers import APIKEYS, new_reader


@pytest.fixture
def secret(root):
    return answer(root.secrets.create_secret, Name="APIKEYS", SecretString=APIKEYS)


@pytest.fixture
def reader(root, secret):
    reader, _ = new_reader(root)
    return reader


def stored(home, key):
    """Keeps a key as the profile `reader`, in the two files that the AWS CLI would write."""
    directory = home.directory / ".aws"
    directory.mkdir()
    (directory / "config").write_text(f"[profile reader]\nregion = us-east-1\nendpoint_url = {home.url}\n")
    (directory / "credentials").write_text(
        f"[reader]\naws_access_key_id = {key.id}\naws_secret_access_key = {key.secret}\n"
    )


def expect_the_tutorial(read, secret):
    age = datetime.now(UTC) - read.pop("CreatedDate")
    assert timedelta(0) <= age < timedelta(minutes=1)
    assert read == secret | {"SecretString": APIKEYS, "VersionStages": ["AWSCURRENT"]}
    assert json.loads(read["SecretString"])["anthropic"] == "sk-two"


def test_with_stored_credentials(home, reader, secret):
    stored(home, reader.key)
    client = boto3.Session(profile_name="reader").client("secretsmanager")
    for secret_id in (secret["ARN"], "APIKEYS", secret["ARN"].rpartition("-")[0]):
        expect_the_tutorial(answer(client.get_secret_value, SecretId=secret_id), secret)


def test_with_explicit_keys(server, reader, secret):
    session = boto3.Session(
        aws_access_key_id=reader.key.id, aws_secret_access_key=reader.key.secret, region_name="us-east-1"
    )
    client = session.client("secretsmanager", endpoint_url=server.url)
    for secret_id in (secret["ARN"], "APIKEYS", secret["ARN"].rpartition("-")[0]):
        expect_the_tutorial(answer(client.get_secret_value, SecretId=secret_id), secret)


def test_dates_are_numbers_of_seconds_with_milliseconds(root, secret):
    """boto3 makes dates of them, so the number is looked for in the body itself."""
    bodies = []
    root.secrets.meta.events.register(
        "before-parse.secrets-manager.GetSecretValue", lambda response_dict, **_: bodies.append(response_dict["body"])
    )
    values = []
    for number in range(5):
        name = f"dated-{number}"
        answer(root.secrets.create_secret, Name=name, SecretString="value")
        answer(root.secrets.get_secret_value, SecretId=name)
        values.append(json.loads(bodies.pop())["CreatedDate"])
    assert all(round(value, 3) == value for value in values)
    # Five whole seconds in a row have odds of one to 10^15.
    assert any(value != int(value) for value in values)


def test_another_region_has_other_secrets(server, reader, secret):
    abroad = Account(server.url, reader.key, region="eu-west-1").secrets
    with pytest.raises(abroad.exceptions.ResourceNotFoundException):
        abroad.get_secret_value(SecretId="APIKEYS")
