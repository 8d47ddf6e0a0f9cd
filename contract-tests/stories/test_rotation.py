"""Rotation, the part of the Lambda function played with boto3 as AWS's own rotation functions play it."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from clients import Account, Refusal, answer, refusal
from program import serving
from readers import create_policy, new_user, policy
from test_lifecycle import is_about

FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:rotate"
OTHER = FUNCTION.replace("rotate", "other")
RULES = {"AutomaticallyAfterDays": 30}
MAY = ("DescribeSecret", "GetSecretValue", "PutSecretValue", "UpdateSecretVersionStage")
CANNOT_INVOKE = Refusal(
    "AccessDeniedException",
    "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to "
    "the principal secretsmanager.amazonaws.com.",
    status=400,
)


class Function:
    """What a rotation function does between being called and having answered."""

    def __init__(self, secrets, arn, token):
        self.secrets, self.arn, self.token = secrets, arn, token
        self.pending = {"SecretId": arn, "VersionId": token, "VersionStage": "AWSPENDING"}

    def check(self):
        told = answer(self.secrets.describe_secret, SecretId=self.arn)
        assert told["RotationEnabled"] is True
        assert told["VersionIdsToStages"][self.token] == ["AWSPENDING"]

    def create_secret(self):
        answer(self.secrets.get_secret_value, SecretId=self.arn, VersionStage="AWSCURRENT")
        told = refusal(self.secrets.get_secret_value, **self.pending)
        assert told.type == "ResourceNotFoundException"
        made = {"SecretString": f"made in {self.token}", "VersionStages": ["AWSPENDING"]}
        put = answer(self.secrets.put_secret_value, SecretId=self.arn, ClientRequestToken=self.token, **made)
        assert (put["VersionId"], put["VersionStages"]) == (self.token, ["AWSPENDING"])

    def test_secret(self):
        assert answer(self.secrets.get_secret_value, **self.pending)["SecretString"] == f"made in {self.token}"

    def finish_secret(self):
        stages = answer(self.secrets.describe_secret, SecretId=self.arn)["VersionIdsToStages"]
        [current] = [version for version, labels in stages.items() if "AWSCURRENT" in labels]
        move = {"VersionStage": "AWSCURRENT", "MoveToVersionId": self.token, "RemoveFromVersionId": current}
        answer(self.secrets.update_secret_version_stage, SecretId=self.arn, **move)

    def run(self):
        self.check()
        self.create_secret()
        self.test_secret()
        self.finish_secret()


class Secret:
    """A secret with a value, and who rotates it."""

    def __init__(self, server):
        self.root = Account(server.url)
        self.secrets = self.root.secrets
        self.arn = answer(self.secrets.create_secret, Name="S", SecretString="one")["ARN"]
        document = policy("Allow", *(f"secretsmanager:{action}" for action in MAY), resource=self.arn)
        self.role = new_user(self.root, "rotator", create_policy(self.root, "Rotate", document))

    def rotate(self, **how):
        token = str(uuid.uuid4())
        rotated = answer(self.secrets.rotate_secret, SecretId="S", ClientRequestToken=token, **how)
        assert rotated == {"ARN": self.arn, "Name": "S", "VersionId": token}
        return Function(self.role.secrets, self.arn, token)

    def rotate_refused(self, **how):
        return refusal(self.secrets.rotate_secret, SecretId="S", **how)

    def shown(self):
        return answer(self.secrets.describe_secret, SecretId="S")

    def value(self, **which):
        return answer(self.secrets.get_secret_value, SecretId="S", **which)["SecretString"]


@pytest.fixture
def secret(tmp_path):
    with serving(tmp_path / "server", "--rotation-function", FUNCTION, "--rotation-function", OTHER) as server:
        yield Secret(server)


def last_seconds(days):
    """The last second of the day, so many days from now; two if the day may have ended since."""
    then = datetime.now(UTC) + timedelta(days=days)
    return [day.replace(hour=23, minute=59, second=59, microsecond=0) for day in (then, then - timedelta(minutes=1))]


def test_a_secret_is_rotated_from_beginning_to_end(secret):
    function = secret.rotate(RotationLambdaARN=FUNCTION, RotationRules=RULES)
    begun = secret.shown()
    assert (begun["RotationLambdaARN"], begun["RotationRules"]) == (FUNCTION, RULES)
    assert begun["NextRotationDate"] in last_seconds(30)
    assert "LastRotatedDate" not in begun
    # The version is there, and has no value yet.
    listed = answer(secret.secrets.list_secret_version_ids, SecretId="S")["Versions"]
    assert [version["VersionStages"] for version in listed] == [["AWSCURRENT"]]
    told = secret.rotate_refused()
    sentence = "A previous rotation isn't complete. That rotation will be reattempted."
    assert told == Refusal("InvalidRequestException", sentence, status=400)
    assert secret.value() == "one"

    function.run()
    assert secret.value() == f"made in {function.token}"
    assert secret.value(VersionStage="AWSPREVIOUS") == "one"
    ended = secret.shown()
    assert is_about(ended["LastRotatedDate"], datetime.now(UTC))
    assert ended["NextRotationDate"] in last_seconds(30)
    assert set(ended["VersionIdsToStages"][function.token]) == {"AWSCURRENT", "AWSPENDING"}
    [entry] = answer(secret.secrets.list_secrets)["SecretList"]
    for member in ("RotationEnabled", "RotationLambdaARN", "RotationRules", "LastRotatedDate", "NextRotationDate"):
        assert entry[member] == ended[member]

    again = secret.rotate()  # as it was set up
    again.run()
    assert secret.value() == f"made in {again.token}"
    assert secret.value(VersionStage="AWSPREVIOUS") == f"made in {function.token}"


def test_a_rotation_that_is_cancelled_keeps_what_it_has_made(secret):
    function = secret.rotate(RotationLambdaARN=FUNCTION, RotationRules=RULES)
    function.create_secret()
    assert answer(secret.secrets.cancel_rotate_secret, SecretId="S") == {"ARN": secret.arn, "Name": "S"}
    shown = secret.shown()
    assert (shown["RotationEnabled"], shown["RotationLambdaARN"], shown["RotationRules"]) == (False, FUNCTION, RULES)
    assert "NextRotationDate" not in shown
    assert shown["VersionIdsToStages"][function.token] == ["AWSPENDING"]
    assert secret.value() == "one"


def test_a_rotation_may_be_planned_only(secret):
    rules = {"ScheduleExpression": "rate(10 days)", "Duration": "3h"}
    answer(
        secret.secrets.rotate_secret,
        SecretId="S",
        RotationLambdaARN=OTHER,
        RotationRules=rules,
        RotateImmediately=False,
    )
    shown = secret.shown()
    assert (shown["RotationEnabled"], shown["RotationLambdaARN"]) == (True, OTHER)
    assert shown["RotationRules"] == rules | {"AutomaticallyAfterDays": 10}
    assert shown["NextRotationDate"] > datetime.now(UTC)
    assert "LastRotatedDate" not in shown
    assert list(shown["VersionIdsToStages"].values()) == [["AWSCURRENT"]]


def test_a_function_that_was_not_named_cannot_be_invoked(secret):
    unknown = FUNCTION.replace("rotate", "unknown")
    assert secret.rotate_refused(RotationLambdaARN=unknown, RotationRules=RULES) == CANNOT_INVOKE
    assert "RotationEnabled" not in secret.shown()


def test_a_bad_schedule_is_refused(secret):
    for rules, sentence in [
        ({"ScheduleExpression": "rate(5 weeks)"}, "Invalid schedule expression."),
        (
            RULES | {"ScheduleExpression": "rate(5 days)"},
            "You cannot specify both rotation frequency and schedule expression together.",
        ),
    ]:
        told = secret.rotate_refused(RotationLambdaARN=FUNCTION, RotationRules=rules)
        assert told == Refusal("InvalidParameterException", sentence, status=400)
    assert "RotationEnabled" not in secret.shown()


def test_functions_may_be_named_by_the_environment(tmp_path):
    with serving(tmp_path / "server", SEKISHO_ROTATION_FUNCTION=f"{FUNCTION},{OTHER}") as server:
        secret = Secret(server)
        secret.rotate(RotationLambdaARN=OTHER, RotationRules=RULES).run()
        secret.rotate(RotationLambdaARN=FUNCTION).run()
        assert secret.shown()["RotationLambdaARN"] == FUNCTION


def test_without_functions_none_can_be_invoked(server):
    assert Secret(server).rotate_refused(RotationLambdaARN=FUNCTION, RotationRules=RULES) == CANNOT_INVOKE
