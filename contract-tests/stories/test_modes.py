"""What --auth changes, and what the log says of each request: the decision, never a secret."""

import json
import urllib.request
import uuid

import pytest

from clients import Account, Key, Refusal, answer, refusal
from denials import denied_by_query, session, unexplained, user
from program import serving
from readers import APIKEYS, READER_ARN, new_reader, new_user, policy
from roles import ASSUME, assume, new_role, trust

DENIED = (
    f"User: {READER_ARN} is not authorized to perform: secretsmanager:CreateSecret on resource: MINE "
    "because no identity-based policy allows the secretsmanager:CreateSecret action"
)


def unsigned(server, operation, **body):
    """A request that no client signed, as curl sends it."""
    request = urllib.request.Request(
        server.url,
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"secretsmanager.{operation}"},
    )
    with urllib.request.urlopen(request, timeout=5) as response:
        return json.load(response)


def test_off_takes_an_unsigned_request_for_roots(tmp_path):
    with serving(tmp_path / "server", "--auth", "off") as server:
        token = str(uuid.uuid4())
        created = unsigned(server, "CreateSecret", Name="S", SecretString="one", ClientRequestToken=token)
        assert created["ARN"].startswith("arn:aws:secretsmanager:us-east-1:000000000000:secret:S-")
        assert unsigned(server, "GetSecretValue", SecretId="S")["SecretString"] == "one"
        # It is the account of test/test, and a signature that is wrong is no worse than none.
        anyone = Account(server.url, Key("test", "not-the-secret"))
        assert answer(anyone.secrets.get_secret_value, SecretId="S")["SecretString"] == "one"


def test_audit_lets_denied_calls_through_and_logs_them(tmp_path):
    with serving(tmp_path / "server", "--auth", "audit") as server:
        root = Account(server.url)
        reader, _ = new_reader(root)
        answer(reader.secrets.create_secret, Name="MINE", SecretString="x")
        assert answer(root.secrets.get_secret_value, SecretId="MINE")["SecretString"] == "x"
        [line] = [line for line in server.requests() if "secretsmanager:CreateSecret" in line]
        assert DENIED in line
        assert "status=200" in line


def test_audit_still_verifies_signatures(tmp_path):
    with serving(tmp_path / "server", "--auth", "audit") as server:
        told = refusal(Account(server.url, Key("test", "wrong")).secrets.list_secrets)
        assert (told.type, told.status) == ("InvalidSignatureException", 400)


@pytest.mark.parametrize("mode", ["audit", "off"])
def test_roles_are_taken_on_by_anybody_if_they_are_there(tmp_path, mode):
    with serving(tmp_path / "server", "--auth", mode) as server:
        root = Account(server.url)
        answer(root.secrets.create_secret, Name="S", SecretString="one")
        role = new_role(root, "closed", trust({"Service": "lambda.amazonaws.com"}), policy("Deny", "*"))
        ann = new_user(root, "ann")
        inside = Account(server.url, assume(ann, role))
        assert answer(inside.sts.get_caller_identity)["Arn"] == session("closed")
        assert answer(inside.secrets.get_secret_value, SecretId="S")["SecretString"] == "one"
        missing = role.replace("closed", "none")
        told = refusal(ann.sts.assume_role, RoleArn=missing, RoleSessionName="session")
        assert told == denied_by_query(unexplained(user("ann"), ASSUME, missing), status=403)


def test_the_log_has_a_line_for_each_request_with_its_decision(server, root):
    reader, _ = new_reader(root)
    answer(root.secrets.create_secret, Name="APIKEYS", SecretString=APIKEYS)
    before = len(server.requests())
    answer(reader.secrets.get_secret_value, SecretId="APIKEYS")
    told = refusal(reader.secrets.create_secret, Name="MINE", SecretString="x")
    assert told == Refusal("AccessDeniedException", DENIED, status=400)
    allowed, denied = server.requests()[before:]
    for expected in ("secretsmanager:GetSecretValue", READER_ARN, "APIKEYS", "allowed", "status=200"):
        assert expected in allowed
    for expected in ("secretsmanager:CreateSecret", READER_ARN, "MINE", DENIED, "status=400", "AccessDeniedException"):
        assert expected in denied


@pytest.mark.parametrize("level", ["info", "trace"])
def test_the_log_never_has_a_secret(tmp_path, level):
    with serving(tmp_path / "server", "--log", level) as server:
        root = Account(server.url)
        reader, _ = new_reader(root)
        answer(root.secrets.create_secret, Name="S", SecretString="never-logged-1")
        answer(root.secrets.create_secret, Name="B", SecretBinary=b"never-logged-2")
        answer(root.secrets.put_secret_value, SecretId="S", SecretString="never-logged-3")
        answer(reader.secrets.get_secret_value, SecretId="S")
        refusal(reader.secrets.create_secret, Name="MINE", SecretString="never-logged-4")
        refusal(Account(server.url, Key(reader.key.id, "never-logged-5")).secrets.list_secrets)
        refusal(root.secrets.put_secret_value, SecretId="NONE", SecretString="never-logged-6")
        code, _ = server.stop()
        assert code == 0
        log = server.log()
    assert "secretsmanager:PutSecretValue" in log
    for secret in ("never-logged", "bmV2ZXItbG9nZ2Vk", reader.key.secret, "Signature="):
        assert secret not in log


def test_the_log_can_be_silenced(tmp_path):
    with serving(tmp_path / "server", "--log", "off") as server:
        answer(Account(server.url).secrets.list_secrets)
        server.stop()
        assert server.log() == ""
