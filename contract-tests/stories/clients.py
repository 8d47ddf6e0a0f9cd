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
from botocore import xform_name
from botocore.exceptions import ClientError

from program import bare_environment

REGION = "us-east-1"
VENV = Path(sys.executable).parent
CLI_ERROR = re.compile(r"\nAn error occurred \((\w+)\) when calling the (\w+) operation: (.*)\n", re.DOTALL)


@dataclass(frozen=True)
class Key:
    """An access key; a temporary one comes with a token."""

    id: str
    secret: str
    token: str | None = None

    @classmethod
    def of(cls, answered):
        """The temporary key in an answer of STS."""
        credentials = answered["Credentials"]
        return cls(credentials["AccessKeyId"], credentials["SecretAccessKey"], credentials["SessionToken"])


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

    def configure(self, **profiles):
        """Writes the configuration file: of each profile its settings."""
        lines = []
        for name, settings in profiles.items():
            settings = {"region": REGION, "endpoint_url": self.url} | settings
            lines += [f"[profile {name}]", *(f"{setting} = {value}" for setting, value in settings.items())]
        file = Path(self.files()["AWS_CONFIG_FILE"])
        file.parent.mkdir(exist_ok=True)
        file.write_text("\n".join(lines))

    def environment(self, key):
        """A shell's environment; without a key the profile that a command names is used."""
        environment = bare_environment(self.directory) | self.files()
        environment |= {"AWS_ENDPOINT_URL": self.url, "AWS_DEFAULT_REGION": REGION}
        environment["PATH"] = f"{VENV}{os.pathsep}{environment['PATH']}"
        if key is not None:
            environment |= {"AWS_ACCESS_KEY_ID": key.id, "AWS_SECRET_ACCESS_KEY": key.secret}
            if key.token is not None:
                environment["AWS_SESSION_TOKEN"] = key.token
        return environment

    def aws(self, *arguments, key=ROOT, **variables):
        """The parsed output of a command that must succeed; None if it prints nothing."""
        done = self._run(arguments, key, variables)
        assert done.returncode == 0, f"aws {' '.join(arguments)}: exit code {done.returncode}\n{done.stderr}"
        assert done.stderr == ""
        return json.loads(done.stdout) if done.stdout.strip() else None

    def aws_refused(self, *arguments, key=ROOT, **variables):
        """What a command that must fail was told."""
        done = self._run(arguments, key, variables)
        assert done.returncode != 0, f"aws {' '.join(arguments)} was not refused: {done.stdout}"
        assert done.stdout == ""
        told = CLI_ERROR.fullmatch(done.stderr)
        assert told, f"no service's error: {done.stderr}"
        return Refusal(told[1], told[3], operation=told[2], exit_code=done.returncode)

    def _run(self, arguments, key, variables):
        command = [VENV / "aws", *arguments]
        environment = self.environment(key) | variables
        return subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60
        )


class Account:
    """boto3 against one server, with one access key, or else with what it finds in a profile or around it."""

    def __init__(self, url, key=ROOT, region=REGION, profile=None):
        self.key = key
        key = (key.id, key.secret, key.token) if key else ()
        self.session = boto3.Session(*key, region_name=region, profile_name=profile)
        self.url = url

    def client(self, service, **config):
        return self.session.client(service, endpoint_url=self.url, **config)

    @property
    def secrets(self):
        return self.lasting("secretsmanager")

    @property
    def iam(self):
        return self.lasting("iam")

    @property
    def sts(self):
        return self.lasting("sts")

    def lasting(self, service):
        """One client of a service for all calls."""
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


class Boto3:
    """Of two ways to tell a story: with boto3. Whoever calls is a key, a profile, or None."""

    def __init__(self, home):
        self.home = home
        self.accounts = {}

    def call(self, who, service, operation, **arguments):
        """What a call that must succeed is answered."""
        return answer(self._method(who, service, operation), **arguments)

    def refused(self, who, service, operation, **arguments):
        """What a call that must fail is told."""
        told = refusal(self._method(who, service, operation), **arguments)
        return Refusal(told.type, told.message)

    def _method(self, who, service, operation):
        if who not in self.accounts:
            of = {"key": None, "profile": who} if isinstance(who, str) else {"key": who}
            self.accounts[who] = Account(self.home.url, **of)
        return getattr(self.accounts[who].lasting(service), xform_name(operation))


class Cli:
    """Of two ways to tell a story: with the AWS CLI, by commands that mean the same calls."""

    def __init__(self, home):
        self.home = home

    def call(self, who, service, operation, **arguments):
        """What a command that must succeed prints."""
        command, key = self._command(who, service, operation, arguments)
        return self.home.aws(*command, key=key) or {}

    def refused(self, who, service, operation, **arguments):
        """What a command that must fail is told."""
        command, key = self._command(who, service, operation, arguments)
        told = self.home.aws_refused(*command, key=key)
        return Refusal(told.type, told.message)

    def _command(self, who, service, operation, arguments):
        command = [service, xform_name(operation, "-")]
        for name, value in arguments.items():
            command.append(f"--{xform_name(name, '-')}")
            if value is not True:
                command.append(value if isinstance(value, str) else json.dumps(value))
        return (command + ["--profile", who], None) if isinstance(who, str) else (command, who)
