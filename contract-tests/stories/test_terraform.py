"""What Terraform's AWS provider calls for its Secrets Manager resources, and what it checks in the answers."""

import itertools
import json
import re

import pytest

from clients import Account, Refusal, answer, refusal
from program import serving
from test_lifecycle import MARKED, NOT_FOUND
from test_rotation import FUNCTION, OTHER, Function

TOKENS = itertools.count(20261128000000001)
ROOT_ARN = "arn:aws:iam::000000000000:root"
USER_ARN = "arn:aws:iam::000000000000:user/reader"
SCHEDULED = Refusal(
    "InvalidRequestException",
    "You can't create this secret because a secret with this name is already scheduled for deletion.",
    status=400,
)
# The fragments that the provider looks for in the errors of a version that is gone.
GONE = ("because it was marked for deletion", "because it was deleted")


def token():
    """The provider's own kind of token: no UUID, but as long as one."""
    made = f"terraform-{next(TOKENS):018}{0xABCDEF01:08x}"
    assert len(made) == 36
    return made


def policy(*principals, action="secretsmanager:GetSecretValue", sid="Read"):
    """As the provider sends it: compact, keys sorted."""
    statements = [
        {"Action": action, "Effect": "Allow", "Principal": {"AWS": principal}, "Resource": "*", "Sid": f"{sid}{number}"}
        for number, principal in enumerate(principals)
    ]
    return json.dumps({"Statement": statements, "Version": "2012-10-17"}, sort_keys=True, separators=(",", ":"))


def meaning(text):
    """A policy as the provider compares it: one item is as good as a list of it, and order does not count."""
    document = json.loads(text)
    assert isinstance(document["Statement"], list), "the provider fails on a bare statement"
    for one in document["Statement"]:
        principal = one["Principal"]["AWS"]
        if isinstance(principal, str):
            assert re.fullmatch(r"\*|\d{12}|arn:.*", principal), "else it waits two minutes for a better one"
        for key in ("Action", "Resource"):
            one[key] = sorted([one[key]] if isinstance(one[key], str) else one[key])
    return document | {"Statement": sorted(document["Statement"], key=lambda one: json.dumps(one, sort_keys=True))}


class Resource:
    """A client, and what all resources do with a secret."""

    def __init__(self, secrets, arn=None):
        self.secrets, self.arn = secrets, arn

    def found(self):
        """The secret, or None if it is gone: unknown, or with a date of deletion."""
        try:
            told = answer(self.secrets.describe_secret, SecretId=self.arn)
        except self.secrets.exceptions.ResourceNotFoundException:
            return None
        return None if "DeletedDate" in told else told


class Secret(Resource):
    """aws_secretsmanager_secret"""

    def create(self, name, description="", policy=None, **more):
        sent = {"ClientRequestToken": token(), "ForceOverwriteReplicaSecret": False}
        created = answer(self.secrets.create_secret, Name=name, Description=description, **sent, **more)
        self.arn = created["ARN"]
        assert "VersionId" not in created
        told = self.found()
        assert told is not None
        assert {"CreatedDate", "LastChangedDate"} <= set(told), "its data source fails without them"
        if policy:
            answer(self.secrets.put_resource_policy, SecretId=self.arn, ResourcePolicy=policy)
        return self.read()

    def read(self):
        """The state, as a plan compares it with what is written."""
        told = self.found()
        policy = answer(self.secrets.get_resource_policy, SecretId=self.arn)
        assert policy["ARN"] == told["ARN"] == self.arn
        assert "VersionIdsToStages" not in told, "a version that was made without a value"
        return {
            "name": told["Name"],
            "description": told.get("Description", ""),
            "kms_key_id": told.get("KmsKeyId"),
            "replicas": {(one["Region"], one["KmsKeyId"]) for one in told.get("ReplicationStatus", [])},
            "tags": {tag["Key"]: tag["Value"] for tag in told.get("Tags", [])},
            "policy": meaning(policy["ResourcePolicy"]) if "ResourcePolicy" in policy else None,
        }

    def change_replicas(self, removed, added):
        if removed:
            answer(self.secrets.remove_regions_from_replication, SecretId=self.arn, RemoveReplicaRegions=removed)
        if added:
            answer(
                self.secrets.replicate_secret_to_regions,
                SecretId=self.arn,
                AddReplicaRegions=added,
                ForceOverwriteReplicaSecret=False,
            )

    def update(self, **changed):
        updated = answer(self.secrets.update_secret, ClientRequestToken=token(), SecretId=self.arn, **changed)
        assert "VersionId" not in updated

    def change_tags(self, removed, added):
        if removed:
            answer(self.secrets.untag_resource, SecretId=self.arn, TagKeys=removed)
        if added:
            answer(self.secrets.tag_resource, SecretId=self.arn, Tags=added)

    def delete(self, days=30):
        replicas = [one["Region"] for one in self.found().get("ReplicationStatus", [])]
        self.change_replicas(replicas, [])
        window = {"RecoveryWindowInDays": days} if days else {"ForceDeleteWithoutRecovery": True}
        answer(self.secrets.delete_secret, SecretId=self.arn, **window)
        assert self.found() is None


class Version(Resource):
    """aws_secretsmanager_secret_version"""

    def create(self, **value):
        sent = token()
        put = answer(self.secrets.put_secret_value, ClientRequestToken=sent, SecretId=self.arn, **value)
        assert put["VersionId"] == sent
        self.id = sent
        return self.read()

    def read(self):
        told = answer(self.secrets.get_secret_value, SecretId=self.arn, VersionId=self.id)
        assert (told["ARN"], told["VersionId"]) == (self.arn, self.id)
        value = {key: told[key] for key in ("SecretString", "SecretBinary") if key in told}
        return value, set(told.get("VersionStages", []))

    def add_stage(self, stage):
        sent = {"VersionStage": stage, "MoveToVersionId": self.id}
        if stage == "AWSCURRENT":
            pages = versions(self.secrets, self.arn)
            [sent["RemoveFromVersionId"]] = [one["VersionId"] for one in pages if stage in one["VersionStages"]]
        answer(self.secrets.update_secret_version_stage, SecretId=self.arn, **sent)

    def remove_stage(self, stage):
        sent = {"VersionStage": stage, "RemoveFromVersionId": self.id}
        answer(self.secrets.update_secret_version_stage, SecretId=self.arn, **sent)

    def delete(self):
        """AWSCURRENT cannot be taken away, and stays; a second label would be waited for."""
        _, stages = self.read()
        for stage in stages - {"AWSCURRENT"}:
            self.remove_stage(stage)
        assert self.is_gone()

    def is_gone(self):
        try:
            _, stages = self.read()
        except self.secrets.exceptions.ResourceNotFoundException:
            return True
        except self.secrets.exceptions.InvalidRequestException as error:
            return any(fragment in error.response["Error"]["Message"] for fragment in GONE)
        return not stages or stages in ({"AWSCURRENT"}, {"AWSPREVIOUS"})


def versions(secrets, arn):
    """All pages of versions."""
    found, more = [], {}
    while True:
        page = answer(secrets.list_secret_version_ids, SecretId=arn, **more)
        found += page["Versions"]
        if "NextToken" not in page:
            return found
        more = {"NextToken": page["NextToken"]}


class Policy(Resource):
    """aws_secretsmanager_secret_policy"""

    def put(self, text, **more):
        put = answer(self.secrets.put_resource_policy, SecretId=self.arn, ResourcePolicy=text, **more)
        assert put["ARN"] == self.arn
        return self.read()

    def read(self):
        told = answer(self.secrets.get_resource_policy, SecretId=self.arn)
        return meaning(told["ResourcePolicy"]) if "ResourcePolicy" in told else None

    def delete(self):
        answer(self.secrets.delete_resource_policy, SecretId=self.arn)
        assert self.read() is None


class Rotation(Resource):
    """aws_secretsmanager_secret_rotation"""

    def put(self, function, rules):
        sent = token()
        answer(
            self.secrets.rotate_secret,
            ClientRequestToken=sent,
            SecretId=self.arn,
            RotateImmediately=True,
            RotationLambdaARN=function,
            RotationRules=rules,
        )
        Function(self.secrets, self.arn, sent).run()
        return self.read()

    def read(self):
        told = answer(self.secrets.describe_secret, SecretId=self.arn)
        if not told.get("RotationEnabled"):
            return None
        rules = told["RotationRules"]
        if "ScheduleExpression" in rules:
            rules.pop("AutomaticallyAfterDays", None)
        return told["RotationLambdaARN"], rules

    def delete(self):
        answer(self.secrets.cancel_rotate_secret, SecretId=self.arn)
        assert self.read() is None


@pytest.fixture
def secrets(tmp_path):
    with serving(tmp_path / "server", "--rotation-function", FUNCTION, "--rotation-function", OTHER) as server:
        root = Account(server.url)
        answer(root.iam.create_user, UserName="reader")
        yield root.secrets


BARE = {"name": "app", "description": "", "kms_key_id": None, "replicas": set(), "tags": {}, "policy": None}


def test_a_bare_secret(secrets):
    secret = Secret(secrets)
    assert secret.create("app") == BARE
    secret.update(Description="of ours")
    assert secret.read() == BARE | {"description": "of ours"}
    assert versions(secrets, secret.arn) == []
    secret.delete()
    # With a window it still is there, and its name cannot be had.
    assert "DeletedDate" in answer(secrets.describe_secret, SecretId=secret.arn)
    told = refusal(secrets.create_secret, Name="app", Description="", ClientRequestToken=token())
    assert told == SCHEDULED
    # Who looks for its policy takes this for gone.
    for call in (secrets.get_resource_policy, secrets.delete_resource_policy):
        assert refusal(call, SecretId=secret.arn) == MARKED


def test_a_secret_that_is_replaced_at_once(secrets):
    old, new = Secret(secrets), Secret(secrets)
    old.create("app")
    old.delete(days=0)
    assert new.create("app") == BARE
    assert new.arn != old.arn
    assert old.found() is None


def test_a_secret_with_everything(secrets):
    secret = Secret(secrets)
    own, theirs = {"Region": "eu-west-1", "KmsKeyId": "alias/theirs"}, {"Region": "eu-west-2"}
    attached = policy(ROOT_ARN, USER_ARN)
    state = secret.create(
        "app",
        "of ours",
        attached,
        KmsKeyId="alias/ours",
        Tags=[{"Key": "team", "Value": "red"}, {"Key": "stage", "Value": "test"}],
        AddReplicaRegions=[own],
    )
    assert state == {
        "name": "app",
        "description": "of ours",
        "kms_key_id": "alias/ours",
        "replicas": {("eu-west-1", "alias/theirs")},
        "tags": {"team": "red", "stage": "test"},
        "policy": meaning(attached),
    }
    attached = policy(USER_ARN, action=["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"])
    secret.change_replicas(["eu-west-1"], [theirs])
    secret.update(Description="", KmsKeyId="alias/other")
    answer(secrets.put_resource_policy, SecretId=secret.arn, ResourcePolicy=attached)
    secret.change_tags(["stage"], [{"Key": "team", "Value": "blue"}])
    changed = {
        "name": "app",
        "description": "",
        "kms_key_id": "alias/other",
        "replicas": {("eu-west-2", "alias/aws/secretsmanager")},
        "tags": {"team": "blue"},
        "policy": meaning(attached),
    }
    assert secret.read() == changed
    answer(secrets.delete_resource_policy, SecretId=secret.arn)
    assert secret.read() == changed | {"policy": None}
    secret.delete(days=7)


def test_a_version_that_is_replaced(secrets):
    arn = answer(secrets.create_secret, Name="app", Description="d", ClientRequestToken=token())["ARN"]
    old, new, third = (Version(secrets, arn) for _ in range(3))
    assert old.create(SecretString="one") == ({"SecretString": "one"}, {"AWSCURRENT"})
    # A value that has changed makes the provider delete first, then create.
    old.delete()
    assert new.create(SecretBinary=b"\x00\xff") == ({"SecretBinary": b"\x00\xff"}, {"AWSCURRENT"})
    assert old.read() == ({"SecretString": "one"}, {"AWSPREVIOUS"})
    assert third.create(SecretString="three")[1] == {"AWSCURRENT"}
    assert old.read() == ({"SecretString": "one"}, set())
    assert old.is_gone()
    assert answer(secrets.describe_secret, SecretId=arn)["Description"] == "d"
    answer(secrets.delete_secret, SecretId=arn, RecoveryWindowInDays=30)
    assert third.is_gone()
    answer(secrets.delete_secret, SecretId=arn, ForceDeleteWithoutRecovery=True)
    assert third.is_gone()


def test_the_stages_of_a_version(secrets):
    arn = answer(secrets.create_secret, Name="app", Description="", ClientRequestToken=token())["ARN"]
    first, second = Version(secrets, arn), Version(secrets, arn)
    assert first.create(SecretString="one", VersionStages=["AWSCURRENT", "blue"])[1] == {"AWSCURRENT", "blue"}
    assert second.create(SecretString="two")[1] == {"AWSCURRENT"}
    assert first.read()[1] == {"AWSPREVIOUS", "blue"}
    first.add_stage("green")
    first.remove_stage("blue")
    assert first.read()[1] == {"AWSPREVIOUS", "green"}
    first.add_stage("AWSCURRENT")
    assert (first.read()[1], second.read()[1]) == ({"AWSCURRENT", "green"}, {"AWSPREVIOUS"})
    first.delete()
    second.delete()
    assert (first.read()[1], second.read()[1]) == ({"AWSCURRENT"}, set())


def test_a_policy(secrets):
    arn = answer(secrets.create_secret, Name="app", Description="", ClientRequestToken=token())["ARN"]
    attached = Policy(secrets, arn)
    assert attached.read() is None
    one, two = policy(ROOT_ARN), policy(USER_ARN, "*")
    assert attached.put(one) == meaning(one)
    assert attached.put(two, BlockPublicPolicy=False) == meaning(two)
    told = refusal(secrets.put_resource_policy, SecretId=arn, ResourcePolicy=policy(USER_ARN + "2"))
    # The provider tries again for two minutes if it finds these words.
    sentence = "This resource policy contains an unsupported principal."
    assert told == Refusal("MalformedPolicyDocumentException", sentence, status=400)
    attached.delete()
    attached.delete()
    answer(secrets.delete_secret, SecretId=arn, ForceDeleteWithoutRecovery=True)
    assert refusal(secrets.get_resource_policy, SecretId=arn) == NOT_FOUND


def test_a_rotation(secrets):
    arn = answer(secrets.create_secret, Name="app", Description="", ClientRequestToken=token())["ARN"]
    Version(secrets, arn).create(SecretString="one")
    rotation = Rotation(secrets, arn)
    assert rotation.read() is None
    days, schedule = {"AutomaticallyAfterDays": 7}, {"ScheduleExpression": "cron(0 4 * * ? *)", "Duration": "3h"}
    assert rotation.put(FUNCTION, days) == (FUNCTION, days)
    assert rotation.put(OTHER, schedule) == (OTHER, schedule)
    rotation.delete()
    assert answer(secrets.get_secret_value, SecretId=arn)["SecretString"] != "one"


def test_what_data_sources_read(secrets):
    secret = Secret(secrets)
    secret.create("team/app", policy=policy(ROOT_ARN))
    Version(secrets, secret.arn).create(SecretString="one")
    for id in ("team/app", secret.arn, secret.arn.rpartition("-")[0]):
        told = answer(secrets.describe_secret, SecretId=id)
        assert told["ARN"] == secret.arn
        read = answer(secrets.get_secret_value, SecretId=id, VersionStage="AWSCURRENT")
        assert {"ARN", "SecretString", "VersionId", "VersionStages", "CreatedDate"} <= set(read)
    [entry] = answer(secrets.list_secrets, Filters=[{"Key": "name", "Values": ["team/"]}])["SecretList"]
    assert (entry["ARN"], entry["Name"]) == (secret.arn, "team/app")
    assert [one["VersionStages"] for one in versions(secrets, secret.arn)] == [["AWSCURRENT"]]
