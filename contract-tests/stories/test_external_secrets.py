"""What the external-secrets operator calls to push secrets and to fetch them, and what it checks in the answers."""

import json
import uuid

import pytest

from clients import Refusal, answer, refusal
from readers import new_user
from test_lifecycle import MARKED, NOT_FOUND

# The same for every first version of every secret.
FIRST = "00000000-0000-0000-0000-000000000001"
MANAGED = {"Key": "managed-by", "Value": "external-secrets"}


class PushSecret:
    """The operator's calls, in its order."""

    def __init__(self, secrets, name, policy=None, tags=(), regions=()):
        self.secrets, self.name, self.policy = secrets, name, policy
        self.tags, self.regions = [MANAGED, *tags], list(regions)

    def push(self, value):
        try:
            told = answer(self.secrets.describe_secret, SecretId=self.name)
        except self.secrets.exceptions.ResourceNotFoundException:
            return self.create(value)
        assert MANAGED in told["Tags"], "secret not managed by external-secrets"
        if not told.get("VersionIdsToStages"):
            return self.put(value, FIRST)
        known = answer(self.secrets.get_secret_value, SecretId=self.name)
        self.change_tags(told["Tags"])
        self.change_policy(told["ARN"])
        self.change_regions(told)
        if known.get("SecretBinary") == value:
            return None
        return self.put(value, str(uuid.uuid4()))

    def create(self, value):
        more = {"AddReplicaRegions": [{"Region": region} for region in self.regions]} if self.regions else {}
        created = answer(
            self.secrets.create_secret,
            Name=self.name,
            SecretBinary=value,
            Tags=self.tags,
            Description="secret 'managed-by:external-secrets'",
            ClientRequestToken=FIRST,
            KmsKeyId="alias/aws/secretsmanager",
            **more,
        )
        assert created["VersionId"] == FIRST
        if self.policy:
            answer(self.secrets.put_resource_policy, SecretId=created["ARN"], ResourcePolicy=self.policy)
        return FIRST

    def put(self, value, token):
        put = answer(self.secrets.put_secret_value, SecretId=self.name, SecretBinary=value, ClientRequestToken=token)
        assert (put["VersionId"], put["VersionStages"]) == (token, ["AWSCURRENT"])
        return token

    def change_tags(self, known):
        if len(self.tags) == 1:
            return
        wanted = {tag["Key"]: tag["Value"] for tag in self.tags}
        gone = [tag["Key"] for tag in known if tag["Key"] not in wanted]
        if gone:
            answer(self.secrets.untag_resource, SecretId=self.name, TagKeys=gone)
        answer(self.secrets.tag_resource, SecretId=self.name, Tags=self.tags)

    def change_policy(self, arn):
        if self.policy is None:
            answer(self.secrets.delete_resource_policy, SecretId=arn)
            return
        known = answer(self.secrets.get_resource_policy, SecretId=arn)
        if json.loads(known.get("ResourcePolicy", "{}")) != json.loads(self.policy):
            answer(self.secrets.put_resource_policy, SecretId=arn, ResourcePolicy=self.policy)

    def change_regions(self, told):
        known = [one["Region"] for one in told.get("ReplicationStatus", [])]
        added = [{"Region": region} for region in self.regions if region not in known]
        removed = [region for region in known if region not in self.regions]
        if removed:
            answer(self.secrets.remove_regions_from_replication, SecretId=told["ARN"], RemoveReplicaRegions=removed)
        if added:
            answer(self.secrets.replicate_secret_to_regions, SecretId=told["ARN"], AddReplicaRegions=added)

    def delete(self, **how):
        try:
            known = answer(self.secrets.get_secret_value, SecretId=self.name)
        except self.secrets.exceptions.ResourceNotFoundException:
            return False
        told = answer(self.secrets.describe_secret, SecretId=self.name)
        assert MANAGED in told["Tags"]
        self.regions = []
        self.change_regions(told)
        answer(self.secrets.delete_secret, SecretId=known["ARN"], **how)
        return True


def fetch(secrets, name, **which):
    """What the operator makes of a key of an ExternalSecret."""
    read = answer(secrets.get_secret_value, SecretId=name, **(which or {"VersionStage": "AWSCURRENT"}))
    return read["SecretString"].encode() if "SecretString" in read else read["SecretBinary"]


def find(secrets, *filters):
    """What it finds for a path or for tags: all pages of a batch, whatever else there is."""
    found, more = {}, {}
    while True:
        page = answer(secrets.batch_get_secret_value, Filters=list(filters), **more)
        found |= {value["Name"]: value.get("SecretBinary") for value in page["SecretValues"]}
        if "NextToken" not in page:
            return found
        more = {"NextToken": page["NextToken"]}


@pytest.fixture
def secrets(root):
    return root.secrets


def test_a_secret_is_pushed_changed_and_deleted(secrets):
    pushed = PushSecret(secrets, "app/db")
    assert pushed.push(b"one") == FIRST
    assert fetch(secrets, "app/db") == fetch(secrets, "app/db", VersionId=FIRST) == b"one"
    assert pushed.push(b"one") is None, "an equal value is no new one"
    second = pushed.push(b"two")
    assert second not in (None, FIRST)
    assert fetch(secrets, "app/db") == b"two"
    told = answer(secrets.describe_secret, SecretId="app/db")
    assert (told["KmsKeyId"], told["Tags"]) == ("alias/aws/secretsmanager", [MANAGED])
    assert told["VersionIdsToStages"] == {second: ["AWSCURRENT"], FIRST: ["AWSPREVIOUS"]}
    # Tokens are each secret's own.
    assert PushSecret(secrets, "app/cache").push(b"three") == FIRST

    assert pushed.delete(ForceDeleteWithoutRecovery=True) is True
    assert pushed.delete(ForceDeleteWithoutRecovery=True) is False
    assert refusal(secrets.get_secret_value, SecretId="app/db", VersionStage="AWSCURRENT") == NOT_FOUND
    assert fetch(secrets, "app/cache") == b"three"


def test_policy_tags_and_regions_are_kept_as_they_are_written(root, secrets):
    new_user(root, "reader")
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::000000000000:user/reader"},
        "Action": "secretsmanager:GetSecretValue",
        "Resource": "*",
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    team = {"Key": "team", "Value": "red"}
    pushed = PushSecret(secrets, "app/db", policy, [team], ["eu-west-1"])
    pushed.push(b"one")
    told = answer(secrets.describe_secret, SecretId="app/db")
    assert told["Tags"] == [MANAGED, team]
    assert [(one["Region"], one["Status"]) for one in told["ReplicationStatus"]] == [("eu-west-1", "InSync")]
    changed = told["LastChangedDate"]
    known = answer(secrets.get_resource_policy, SecretId="app/db")["ResourcePolicy"]
    assert json.loads(known) == json.loads(policy), "else it would be put again at every push"

    stage = {"Key": "stage", "Value": "test"}
    pushed.tags, pushed.policy, pushed.regions = [MANAGED, stage], None, ["eu-west-2"]
    assert pushed.push(b"one") is None
    told = answer(secrets.describe_secret, SecretId="app/db")
    assert told["Tags"] == [MANAGED, stage]
    assert [one["Region"] for one in told["ReplicationStatus"]] == ["eu-west-2"]
    assert told["LastChangedDate"] > changed
    assert "ResourcePolicy" not in answer(secrets.get_resource_policy, SecretId="app/db")
    assert pushed.delete(RecoveryWindowInDays=7) is True
    # No "no secret" for the operator, but an error that it shows.
    assert refusal(secrets.get_secret_value, SecretId="app/db", VersionStage="AWSCURRENT") == MARKED


def test_a_secret_without_a_value_gets_its_first(secrets):
    answer(secrets.create_secret, Name="app/db", Tags=[MANAGED])
    assert PushSecret(secrets, "app/db").push(b"one") == FIRST
    assert fetch(secrets, "app/db") == b"one"


def test_a_secret_of_somebody_else_is_left_alone(secrets):
    answer(secrets.create_secret, Name="app/db", SecretString="mine", Tags=[{"Key": "team", "Value": "red"}])
    with pytest.raises(AssertionError, match="not managed"):
        PushSecret(secrets, "app/db").push(b"one")
    assert fetch(secrets, "app/db") == b"mine"


def test_secrets_are_found_by_path_and_by_tags(secrets):
    team, stage = {"Key": "team", "Value": "red"}, {"Key": "stage", "Value": "test"}
    for number in range(25):
        tags = [team, stage] if number % 5 == 0 else [team]
        PushSecret(secrets, f"app/{number:02}", tags=tags).push(b"%d" % number)
    PushSecret(secrets, "other").push(b"other")
    answer(secrets.delete_secret, SecretId="app/24")
    found = find(secrets, {"Key": "name", "Values": ["app/"]})
    assert found == {f"app/{number:02}": b"%d" % number for number in range(24)}
    tagged = find(secrets, *[{"Key": f"tag-{part.lower()}", "Values": [stage[part]]} for part in ("Key", "Value")])
    assert sorted(tagged) == ["app/00", "app/05", "app/10", "app/15", "app/20"]
    names, more = [], {}
    while True:
        page = answer(secrets.list_secrets, **more)
        names += [entry["Name"] for entry in page["SecretList"]]
        if "NextToken" not in page:
            break
        more = {"NextToken": page["NextToken"]}
    assert sorted(names) == sorted([*found, "other"])


def test_what_is_fetched_by_label_and_what_is_not_there(secrets):
    pushed = PushSecret(secrets, "app/db")
    pushed.push(b"one")
    pushed.push(b"two")
    assert fetch(secrets, "app/db", VersionStage="AWSPREVIOUS") == b"one"
    told = refusal(secrets.get_secret_value, SecretId="app/db", VersionStage="blue")
    sentence = "Secrets Manager can't find the specified secret value for staging label: blue"
    assert told == Refusal("ResourceNotFoundException", sentence, status=400)
    assert refusal(secrets.get_secret_value, SecretId="none", VersionStage="AWSCURRENT") == NOT_FOUND
