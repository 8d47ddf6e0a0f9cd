"""The program itself: its flags, its address, its health, its end."""

import json
import re
import signal
import socket
import subprocess
import tomllib
import urllib.request

import pytest

from clients import ROOT, Account, Key, answer
from program import REPOSITORY, run, serving, wait_for


def test_help_teaches(tmp_path):
    told = run("--help", home=tmp_path)
    assert (told.returncode, told.stderr) == (0, "")
    flags = ("--port", "--bind", "--auth", "--rotation-function", "--log", "--ready-file", "--version")
    for word in (*flags, "4566", "127.0.0.1", "enforce", "audit", "off", "test", "000000000000"):
        assert word in told.stdout, word
    # boto3 and the AWS CLI v1 know no AWS_REGION.
    assert "AWS_ENDPOINT_URL" in told.stdout
    assert "AWS_DEFAULT_REGION" in told.stdout
    assert "aws secretsmanager create-secret" in told.stdout


def test_version_is_that_of_the_workspace(tmp_path):
    workspace = tomllib.loads((REPOSITORY / "Cargo.toml").read_text())
    told = run("--version", home=tmp_path)
    expected = f"sekisho {workspace['workspace']['package']['version']}\n"
    assert (told.returncode, told.stdout, told.stderr) == (0, expected, "")


@pytest.mark.parametrize("arguments", [("--prot", "1"), ("serve", "--prot", "1")])
def test_an_unknown_flag_is_refused_by_name(tmp_path, arguments):
    told = run(*arguments, home=tmp_path)
    assert told.returncode != 0
    assert told.stdout == ""
    assert "--prot" in told.stderr


def test_an_unknown_variable_is_refused_by_name(tmp_path):
    told = run("--port", "0", home=tmp_path, SEKISHO_PROT="1")
    assert told.returncode != 0
    assert told.stdout == ""
    assert "SEKISHO_PROT" in told.stderr


BAD_VALUES = [("--auth", "maybe"), ("--port", "65536"), ("--bind", "nowhere"), ("--rotation-function", "rotate")]


@pytest.mark.parametrize("arguments", BAD_VALUES)
def test_a_bad_value_is_refused_by_flag(tmp_path, arguments):
    told = run(*arguments, home=tmp_path)
    assert told.returncode != 0
    assert arguments[0] in told.stderr
    assert arguments[1] in told.stderr


def test_a_taken_port_is_refused_by_number(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        told = run("--port", port, home=tmp_path)
    assert told.returncode != 0
    assert told.stdout == ""
    assert port in told.stderr
    assert "panicked" not in told.stderr


@pytest.mark.parametrize("arguments", [(), ("serve",)])
def test_the_address_is_the_first_line_and_in_the_ready_file(tmp_path, arguments):
    with serving(tmp_path / "server", *arguments) as server:
        # At once, without a second try: the file says that requests are answered.
        assert health(server)["version"]
        wait_for(server.output, "output", alive=server)
        assert server.output().splitlines()[0] == server.url
        assert re.fullmatch(r"http://127\.0\.0\.1:[1-9]\d*", server.url)
        assert server.ready_file.read_text() == f"{server.url}\n"


def test_what_the_greeting_says_works(server, home):
    wait_for(lambda: "create-secret" in server.output(), "the greeting", alive=server)
    commands = [line.strip() for line in server.output().splitlines() if line.startswith("  ")]
    environment = home.environment(key=None)
    for said in ("AWS_ENDPOINT_URL", "AWS_DEFAULT_REGION"):
        del environment[said]
    told = subprocess.run(
        ["bash", "-euc", "\n".join(commands)], env=environment, capture_output=True, text=True, timeout=60
    )
    assert (told.returncode, told.stderr) == (0, "")
    assert json.loads(told.stdout)["Name"] == "APIKEYS"


def health(server, path="/_sekisho/health"):
    with urllib.request.urlopen(f"{server.url}{path}", timeout=5) as response:
        assert response.status == 200
        return json.load(response)


def test_health_is_told_to_anyone(server):
    assert {"secretsmanager", "iam", "sts"} <= set(health(server)["services"])
    assert health(server, "/_localstack/health")["services"]["secretsmanager"] == "available"


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_at_once_and_without_a_fault(server, root, how):
    answer(root.secrets.list_secrets)  # boto3 keeps its connection open
    code, seconds = server.stop(how)
    assert code == 0
    assert seconds < 2


def test_it_finishes_an_open_request_before_it_stops(tmp_path):
    with serving(tmp_path / "server", "--auth", "off") as server:
        head = (
            "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-amz-json-1.1\r\n"
            "X-Amz-Target: secretsmanager.ListSecrets\r\nContent-Length: 2\r\nConnection: close\r\n"
            "Expect: 100-continue\r\n\r\n"
        )
        with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
            connection.sendall(head.encode())
            # Told to go on, so the request is known to be open.
            assert connection.recv(1024).startswith(b"HTTP/1.1 100 ")
            server.process.send_signal(signal.SIGTERM)
            wait_for(lambda: not listens(server.port), "the port to close")
            connection.sendall(b"{}")
            told = b"".join(iter(lambda: connection.recv(4096), b""))
        assert told.startswith(b"HTTP/1.1 200 ")
        assert told.endswith(b'{"SecretList":[]}')
        assert server.process.wait(5) == 0


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_nothing_is_kept_from_one_server_to_the_next(tmp_path):
    for number in range(2):
        with serving(tmp_path / str(number)) as server:
            account = Account(server.url)
            assert answer(account.secrets.list_secrets)["SecretList"] == []
            answer(account.secrets.create_secret, Name="S", SecretString="one")


def test_twelve_digits_are_an_account_of_its_own(server, root):
    accounts = {name: Account(server.url, Key(name, "test")) for name in ("111122223333", "444455556666")}
    for name, account in accounts.items():
        assert answer(account.sts.get_caller_identity)["Arn"] == f"arn:aws:iam::{name}:root"
        created = answer(account.secrets.create_secret, Name="S", SecretString=f"of {name}")
        assert created["ARN"].startswith(f"arn:aws:secretsmanager:us-east-1:{name}:secret:S-")
        answer(account.iam.create_user, UserName="someone")
    for name, account in accounts.items():
        assert answer(account.secrets.get_secret_value, SecretId="S")["SecretString"] == f"of {name}"
        [user] = answer(account.iam.list_users)["Users"]
        assert user["Arn"] == f"arn:aws:iam::{name}:user/someone"
    assert answer(root.secrets.list_secrets)["SecretList"] == []
    assert answer(root.iam.list_users)["Users"] == []


def test_the_zero_account_by_number_is_that_of_test(server, root):
    answer(root.secrets.create_secret, Name="S", SecretString="one")
    by_number = Account(server.url, Key("000000000000", ROOT.secret))
    assert answer(by_number.secrets.get_secret_value, SecretId="S")["SecretString"] == "one"
