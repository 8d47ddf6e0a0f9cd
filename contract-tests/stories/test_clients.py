"""The clients as they come, straight and through a proxy: what a signature covers, and what it does not."""

import json
import shutil
import subprocess
import urllib.error
import urllib.request
from datetime import datetime, timedelta, timezone
from pathlib import Path

import botocore.auth
import pytest

from clients import ROOT, VENV, Account, Home, Refusal, answer, refusal
from proxy import proxying
from test_credentials import MISMATCH

NAME = "app/prod/db_pass+word=1.2@x"
VALUE = '{"密码":"pässwörd ☃ 🔑"}'
ROOT_ARN = "arn:aws:iam::000000000000:root"
NODE = shutil.which("node")
MODULES = VENV.parent / "js" / "node_modules"
# Reads a list of [client, command, input], and prints what each is answered, up to the first refusal.
SCRIPT = """
const kits = {secrets: require("@aws-sdk/client-secrets-manager"), sts: require("@aws-sdk/client-sts")};
const clients = {secrets: new kits.secrets.SecretsManagerClient({}), sts: new kits.sts.STSClient({})};
(async () => {
  for (const [kit, command, input] of JSON.parse(process.argv[1])) {
    try {
      const {$metadata, ...answer} = await clients[kit].send(new kits[kit][command + "Command"](input));
      console.log(JSON.stringify(answer));
    } catch (error) {
      console.log(JSON.stringify({type: error.name, message: error.message, status: error.$metadata?.httpStatusCode}));
      process.exit(1);
    }
  }
})();
"""


class JavaScript:
    """The AWS SDK for JavaScript, in a home of its own."""

    def __init__(self, directory, url):
        if NODE is None:
            pytest.skip("there is no node")
        if not (MODULES / "@aws-sdk" / "client-secrets-manager").is_dir():
            pytest.skip(f"no AWS SDK for JavaScript in {MODULES}: run bash .ci/test")
        self.environment = Home(directory, url).environment(ROOT) | {"NODE_PATH": str(MODULES)}
        self.environment["AWS_REGION"] = self.environment["AWS_DEFAULT_REGION"]

    def run(self, *calls):
        """The exit code, and what was printed."""
        return self._node("-e", SCRIPT, json.dumps(calls))

    def told(self, script, *arguments):
        """What a script beside this file prints that must succeed."""
        code, [printed] = self._node(Path(__file__).with_name(script), *arguments)
        assert code == 0
        return printed

    def _node(self, *arguments):
        command = [NODE, "--no-warnings", *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=60)
        assert done.stderr == ""
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def told_by_boto3(directory, url):
    root = Account(url)
    answer(root.secrets.create_secret, Name=NAME, SecretString=VALUE)
    value = answer(root.secrets.get_secret_value, SecretId=NAME)
    return value["SecretString"], answer(root.sts.get_caller_identity)["Arn"]


def told_by_the_cli(directory, url):
    home = Home(directory, url)
    home.aws("secretsmanager", "create-secret", "--name", NAME, "--secret-string", VALUE)
    value = home.aws("secretsmanager", "get-secret-value", "--secret-id", NAME)
    return value["SecretString"], home.aws("sts", "get-caller-identity")["Arn"]


def told_by_javascript(directory, url):
    create = ["secrets", "CreateSecret", {"Name": NAME, "SecretString": VALUE}]
    get = ["secrets", "GetSecretValue", {"SecretId": NAME}]
    code, told = JavaScript(directory, url).run(create, get, ["sts", "GetCallerIdentity", {}])
    assert code == 0, told
    return told[1]["SecretString"], told[2]["Arn"]


TOLD_BY = {"boto3": told_by_boto3, "cli": told_by_the_cli, "javascript": told_by_javascript}


@pytest.mark.parametrize("client", TOLD_BY)
def test_a_client_is_served_directly(tmp_path, server, client):
    assert TOLD_BY[client](tmp_path / "home", server.url) == (VALUE, ROOT_ARN)


@pytest.mark.parametrize("client", TOLD_BY)
def test_a_client_is_served_through_a_proxy(tmp_path, server, client):
    with proxying(server) as proxy:
        assert TOLD_BY[client](tmp_path / "home", proxy.url) == (VALUE, ROOT_ARN)
        assert proxy.passed == 3
    assert len(server.requests()) == 3


def refused_by_boto3(directory, url):
    told = refusal(Account(url).secrets.list_secrets)
    return told.type, told.message


def refused_by_the_cli(directory, url):
    told = Home(directory, url).aws_refused("secretsmanager", "list-secrets")
    return told.type, told.message


def refused_by_javascript(directory, url):
    code, [told] = JavaScript(directory, url).run(["secrets", "ListSecrets", {}])
    assert (code, told["status"]) == (1, 400)
    return told["type"], told["message"]


REFUSED_BY = {"boto3": refused_by_boto3, "cli": refused_by_the_cli, "javascript": refused_by_javascript}


@pytest.mark.parametrize("client", REFUSED_BY)
def test_a_proxy_may_not_rewrite_the_host(tmp_path, server, client):
    rewritten = f"127.0.0.1:{server.port}"
    with proxying(server, host=rewritten) as proxy:
        kind, message = REFUSED_BY[client](tmp_path / "home", proxy.url)
        assert proxy.passed == 1
    assert kind == "InvalidSignatureException"
    assert message.startswith(MISMATCH)
    # It shows the host that arrived, beside which the sender can lay the one that was meant.
    assert f"\nhost:{rewritten}\n" in message
    assert proxy.url.removeprefix("http://") not in message


def test_a_proxy_may_not_rewrite_the_host_of_a_form(server):
    with proxying(server, host=f"localhost:{server.port}") as proxy:
        told = refusal(Account(proxy.url).iam.list_users)
    assert told == Refusal("SignatureDoesNotMatch", MISMATCH, status=403)


def presigned(url):
    """Where anybody can ask for some minutes who made it."""
    sts = Account(url).sts
    return sts.generate_presigned_url("get_caller_identity", ExpiresIn=60, HttpMethod="GET")


def fetch(url):
    """The status and the text of an answer, of whatever kind."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_a_presigned_identity_needs_no_client(server):
    status, text = fetch(presigned(server.url))
    assert status == 200
    assert f"<Arn>{ROOT_ARN}</Arn>" in text


def test_a_presigned_identity_goes_through_a_proxy(server):
    with proxying(server) as proxy:
        status, text = fetch(presigned(proxy.url))
        assert proxy.passed == 1
    assert (status, f"<Arn>{ROOT_ARN}</Arn>" in text) == (200, True)


# STS gives fifteen minutes, whatever ExpiresIn says: EKS relies on it.
@pytest.mark.parametrize(("minutes", "expected"), [(14, 200), (16, 403)])
def test_a_presigned_identity_expires(server, monkeypatch, minutes, expected):
    then = datetime.now(timezone.utc) - timedelta(minutes=minutes)
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda *_, **__: then.replace(tzinfo=None))
    status, text = fetch(presigned(server.url))
    assert status == expected
    assert ("Signature expired" in text) == (expected == 403)


def test_a_presigned_identity_may_not_be_changed(server):
    url = presigned(server.url)
    for changed in (f"{url}&a=b", url.replace("X-Amz-Expires=60", "X-Amz-Expires=61"), url[:-1] + "g"):
        status, text = fetch(changed)
        assert (status, "<Code>SignatureDoesNotMatch</Code>" in text) == (403, True), changed
