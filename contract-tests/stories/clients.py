"""The real clients: the AWS CLI and boto3, each with a home of its own. Never mocks either."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import boto3
import pytest
from botocore.exceptions import ClientError

from program import bare_environment

REGION = "us-east-1"
VENV = Path(sys.executable).parent
CLI_ERROR = re.compile(r"\nAn error occurred \((\w+)\) when calling the (\w+) operation: (.*)\n", re.DOTALL)


@dataclass(frozen=True)
class Key:
    """An access key."""

    id: str
    secret: str


ROOT = Key("test", "test")


@dataclass(frozen=True)
class Refusal:
    """What a client was told instead of an answer. The CLI knows no status, boto3 no exit code."""

    type: str
    message: str
    status: int | None = None
    operation: str | None = None
    exit_code: int | None = None


class Home:
    """A home directory, and the AWS CLI run in it against one server."""

    def __init__(self, directory, url):
        directory.mkdir(parents=True, exist_ok=True)
        self.directory = directory
        self.url = url

    def files(self):
        """Where the clients look in this home, and that they look nowhere else."""
        return {
            "AWS_CONFIG_FILE": str(self.directory / ".aws" / "config"),
            "AWS_SHARED_CREDENTIALS_FILE": str(self.directory / ".aws" / "credentials"),
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def environment(self, key):
        """A shell's environment; without a key the profile that a command names is used."""
        environment = bare_environment(self.directory) | self.files()
        environment |= {"AWS_ENDPOINT_URL": self.url, "AWS_DEFAULT_REGION": REGION}
        environment["PATH"] = f"{VENV}{os.pathsep}{environment['PATH']}"
        if key is not None:
            environment |= {"AWS_ACCESS_KEY_ID": key.id, "AWS_SECRET_ACCESS_KEY": key.secret}
        return environment

    def aws(self, *arguments, key=ROOT):
        """The parsed output of a command that must succeed; None if it prints nothing."""
        done = self._run(arguments, key)
        assert done.returncode == 0, f"aws {' '.join(arguments)}: exit code {done.returncode}\n{done.stderr}"
        assert done.stderr == ""
        return json.loads(done.stdout) if done.stdout.strip() else None

    def aws_refused(self, *arguments, key=ROOT):
        """What a command that must fail was told."""
        done = self._run(arguments, key)
        assert done.returncode != 0, f"aws {' '.join(arguments)} was not refused: {done.stdout}"
        assert done.stdout == ""
        told = CLI_ERROR.fullmatch(done.stderr)
        assert told, f"no service's error: {done.stderr}"
        return Refusal(told[1], told[3], operation=told[2], exit_code=done.returncode)

    def _run(self, arguments, key):
        command = [VENV / "aws", *arguments]
        environment = self.environment(key)
        return subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60
        )


class Account:
    """boto3 with one access key against one server."""

    def __init__(self, url, key=ROOT, region=REGION):
        self.key = key
        self.session = boto3.Session(key.id, key.secret, region_name=region)
        self.url = url

    def client(self, service, **config):
        return self.session.client(service, endpoint_url=self.url, **config)

    @property
    def secrets(self):
        return self._lasting("secretsmanager")

    @property
    def iam(self):
        return self._lasting("iam")

    @property
    def sts(self):
        return self._lasting("sts")

    def _lasting(self, service):
        clients = self.__dict__.setdefault("_clients", {})
        return clients.get(service) or clients.setdefault(service, self.client(service))


def refusal(call, **arguments):
    """What boto3 was told by a call that must fail."""
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    response = caught.value.response
    error, metadata = response["Error"], response["ResponseMetadata"]
    return Refusal(error["Code"], error["Message"], status=metadata["HTTPStatusCode"])


def answer(call, **arguments):
    """What boto3 was answered, without what describes the transport."""
    answered = call(**arguments)
    assert answered.pop("ResponseMetadata")["HTTPStatusCode"] == 200
    return answered
