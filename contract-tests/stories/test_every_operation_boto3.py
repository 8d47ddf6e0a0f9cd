"""Every operation of Secrets Manager through boto3, in chapters; no operation is left out of all of them."""

import json
import string
from datetime import UTC, datetime, timedelta

import pytest

from clients import Account, Key, Refusal, answer, refusal
from program import serving
from readers import new_user
from test_denials import snake
from test_lifecycle import MARKED, NOT_FOUND, is_about
from test_rotation import FUNCTION

KEY = "alias/ours"
TAGS = [{"Key": "team", "Value": "red"}, {"Key": "stage", "Value": "test"}]
COPY = {"Region": "eu-west-1", "KmsKeyId": "alias/aws/secretsmanager"}
IN_SYNC = COPY | {"Status": "InSync", "StatusMessage": "Replication succeeded"}
IN_PROGRESS = COPY | {"Status": "InProgress"}
ON_A_REPLICA = Refusal(
    "InvalidParameterException",
    "Operation not permitted on a replica secret. Call must be made in primary secret's region.",
    status=400,
)


def token(number):
    """A token that is easy to tell from others, and the id of the version that it makes."""
    return f"{number:08}-0000-4000-8000-000000000000"


class World:
    """A server, its root in some regions and accounts, and what they have called."""

    def __init__(self, url):
        self.url = url
        self.called = set()
        self.root = self.account()
        self.secrets = self.root.secrets
        self.abroad = self.account(region="eu-west-1").secrets
        self.other = self.account(key=Key("111122223333", "test")).secrets

    def account(self, **of):
        account = Account(self.url, **of)
        account.session.events.register("before-call.secretsmanager", self.note)
        return account

    def note(self, model, **_):
        self.called.add(model.name)

    def create(self, name="S", value="one", **more):
        return answer(self.secrets.create_secret, Name=name, SecretString=value, **more)


def values(world):
    """Made, read, changed; each version is where its labels say."""
    secrets, one, two, three = world.secrets, token(1), token(2), token(3)
    made = world.create(Description="of ours", KmsKeyId=KEY, Tags=TAGS, ClientRequestToken=one)
    arn = made["ARN"]
    assert made == {"ARN": arn, "Name": "S", "VersionId": one}
    of = {"ARN": arn, "Name": "S"}
    read = answer(secrets.get_secret_value, SecretId="S")
    assert is_about(read.pop("CreatedDate"), datetime.now(UTC))
    assert read == of | {"VersionId": one, "SecretString": "one", "VersionStages": ["AWSCURRENT"]}

    put = answer(secrets.put_secret_value, SecretId=arn, SecretBinary=b"\x00\xff", ClientRequestToken=two)
    assert put == of | {"VersionId": two, "VersionStages": ["AWSCURRENT"]}
    assert answer(secrets.get_secret_value, SecretId="S")["SecretBinary"] == b"\x00\xff"

    moved = {"VersionStage": "AWSCURRENT", "MoveToVersionId": one, "RemoveFromVersionId": two}
    assert answer(secrets.update_secret_version_stage, SecretId="S", **moved) == of
    assert answer(secrets.get_secret_value, SecretId="S")["SecretString"] == "one"
    assert answer(secrets.get_secret_value, SecretId="S", VersionStage="AWSPREVIOUS")["VersionId"] == two

    assert answer(secrets.update_secret, SecretId="S", Description="of all", KmsKeyId="") == of
    updated = answer(secrets.update_secret, SecretId="S", SecretString="three", ClientRequestToken=three)
    assert updated == of | {"VersionId": three}

    told = answer(secrets.describe_secret, SecretId="S")
    for date in ("CreatedDate", "LastChangedDate"):
        assert is_about(told.pop(date), datetime.now(UTC))
    day = told.pop("LastAccessedDate")
    assert (day.hour, day.minute, day.second) == (0, 0, 0)
    stages = {three: ["AWSCURRENT"], one: ["AWSPREVIOUS"]}
    assert told == of | {"Description": "of all", "Tags": TAGS, "VersionIdsToStages": stages}

    listed = answer(secrets.list_secret_version_ids, SecretId="S", IncludeDeprecated=True, MaxResults=2)
    rest = answer(
        secrets.list_secret_version_ids, SecretId="S", IncludeDeprecated=True, NextToken=listed.pop("NextToken")
    )
    assert {name: listed[name] for name in of} == of
    assert "NextToken" not in rest
    versions = listed["Versions"] + rest["Versions"]
    labels = {version["VersionId"]: version.get("VersionStages") for version in versions}
    assert labels == stages | {two: None}
    assert all("KmsKeyIds" in version and "CreatedDate" in version for version in versions)


def tags_and_lists(world):
    """Tagged, found by filters, listed page by page, and read many at once."""
    secrets = world.secrets
    for number in range(5):
        world.create(f"app/{number}", f"value {number}")
    world.create("other", Description="something else")
    assert answer(secrets.tag_resource, SecretId="app/1", Tags=TAGS) == {}
    assert answer(secrets.tag_resource, SecretId="app/3", Tags=TAGS) == {}
    assert answer(secrets.untag_resource, SecretId="app/3", TagKeys=["stage", "unknown"]) == {}
    assert answer(secrets.describe_secret, SecretId="app/1")["Tags"] == TAGS
    assert answer(secrets.describe_secret, SecretId="app/3")["Tags"] == TAGS[:1]

    pages = pages_of(secrets, "list_secrets", 2, Filters=[{"Key": "name", "Values": ["app/"]}])
    assert names(pages, "SecretList") == [["app/0", "app/1"], ["app/2", "app/3"], ["app/4"]]
    pages = pages_of(secrets, "list_secrets", 4, SortBy="name", SortOrder="desc")
    assert names(pages, "SecretList") == [["other", "app/4", "app/3", "app/2"], ["app/1", "app/0"]]
    [page] = pages_of(secrets, "list_secrets", 100, Filters=[{"Key": "tag-key", "Values": ["stage"]}])
    [entry] = page["SecretList"]
    assert (entry["Name"], entry["Tags"]) == ("app/1", TAGS)
    assert list(entry["SecretVersionsToStages"].values()) == [["AWSCURRENT"]]
    [page] = pages_of(secrets, "list_secrets", 100, Filters=[{"Key": "description", "Values": ["ELSE"]}])
    assert names([page], "SecretList") == [["other"]]

    batch = answer(secrets.batch_get_secret_value, SecretIdList=["app/0", "none", "app/4"])
    assert {value["Name"]: value["SecretString"] for value in batch["SecretValues"]} == {
        "app/0": "value 0",
        "app/4": "value 4",
    }
    assert batch["Errors"] == [{"SecretId": "none", "ErrorCode": NOT_FOUND.type, "Message": NOT_FOUND.message}]
    found = {"Filters": [{"Key": "tag-key", "Values": ["team"]}], "MaxResults": 1}
    first = answer(secrets.batch_get_secret_value, **found)
    second = answer(secrets.batch_get_secret_value, **found, NextToken=first["NextToken"])
    assert names([first, second], "SecretValues") == [["app/1"], ["app/3"]]
    assert "NextToken" not in second


def pages_of(client, operation, size, **arguments):
    """The pages that a paginator sees; only the last has no token."""
    pages = list(client.get_paginator(operation).paginate(**arguments, PaginationConfig={"PageSize": size}))
    assert ["NextToken" in page for page in pages] == [True] * (len(pages) - 1) + [False]
    return pages


def names(pages, member):
    return [[entry["Name"] for entry in page[member]] for page in pages]


def resource_policies(world):
    """Checked, attached, in force, shown, taken away."""
    secrets, of = world.secrets, {}
    of["ARN"], of["Name"] = world.create()["ARN"], "S"
    reader = new_user(world.root, "reader")
    allow = statement("Allow", "arn:aws:iam::000000000000:user/reader", "secretsmanager:GetSecretValue")
    assert refusal(reader.secrets.get_secret_value, SecretId="S").type == "AccessDeniedException"
    assert answer(secrets.get_resource_policy, SecretId="S") == of
    assert answer(secrets.list_resource_policies, SecretId="S") == {"ResourcePolicies": []}

    validate = secrets.validate_resource_policy
    passed = {"PolicyValidationPassed": True, "ValidationErrors": []}
    assert answer(validate, SecretId="S", ResourcePolicy=allow) == passed
    public = statement("Allow", "*", "secretsmanager:GetSecretValue")
    sentence = "You can not attach a resource policy that grants Public access to your secret."
    finding = {"CheckName": "BlockPublicPolicyCheck", "ErrorMessage": sentence}
    failed = {"PolicyValidationPassed": False, "ValidationErrors": [finding]}
    assert answer(validate, ResourcePolicy=public) == failed

    put = secrets.put_resource_policy
    told = refusal(put, SecretId="S", ResourcePolicy=public, BlockPublicPolicy=True)
    assert told == Refusal("PublicPolicyException", sentence, status=400)
    syntax = Refusal(
        "MalformedPolicyDocumentException", "This resource policy contains a syntax error.", status=400
    )
    assert refusal(put, SecretId="S", ResourcePolicy="{") == refusal(validate, ResourcePolicy="{") == syntax
    assert answer(put, SecretId="S", ResourcePolicy=allow, BlockPublicPolicy=True) == of
    assert answer(reader.secrets.get_secret_value, SecretId="S")["SecretString"] == "one"
    shown = answer(secrets.get_resource_policy, SecretId="S")
    assert json.loads(shown.pop("ResourcePolicy")) == json.loads(allow)
    assert shown == of
    [page] = pages_of(secrets, "list_resource_policies", 1, SecretId="S")
    assert page["ResourcePolicies"] == [{"PolicyName": "default"}]

    deny = statement("Deny", "*", "secretsmanager:GetSecretValue")
    assert answer(put, SecretId="S", ResourcePolicy=deny) == of
    denied = (
        "User: arn:aws:iam::000000000000:root is not authorized to perform: secretsmanager:GetSecretValue "
        "on resource: S with an explicit deny in a resource-based policy"
    )
    told = refusal(secrets.get_secret_value, SecretId="S")
    assert told == Refusal("AccessDeniedException", denied, status=400)

    assert answer(secrets.delete_resource_policy, SecretId="S") == of
    assert answer(secrets.delete_resource_policy, SecretId="S") == of
    assert answer(secrets.get_resource_policy, SecretId="S") == of
    assert answer(secrets.get_secret_value, SecretId="S")["SecretString"] == "one"


def statement(effect, principal, action):
    """A policy of one statement, in the form in which AWS gives it back."""
    principal = principal if principal == "*" else {"AWS": principal}
    one = {"Effect": effect, "Principal": principal, "Action": action, "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [one]})


def deletion(world):
    """Scheduled, rescued, and deleted for good."""
    secrets, arn = world.secrets, world.create()["ARN"]
    deleted = answer(secrets.delete_secret, SecretId="S", RecoveryWindowInDays=7)
    assert is_about(deleted.pop("DeletionDate"), datetime.now(UTC) + timedelta(days=7))
    assert deleted == {"ARN": arn, "Name": "S"}
    calls = (secrets.get_secret_value, secrets.get_resource_policy, secrets.list_resource_policies)
    for call in (*calls, secrets.update_secret, secrets.delete_resource_policy, secrets.cancel_rotate_secret):
        assert refusal(call, SecretId="S") == MARKED
    assert answer(secrets.restore_secret, SecretId=arn) == {"ARN": arn, "Name": "S"}
    assert answer(secrets.get_secret_value, SecretId="S")["SecretString"] == "one"
    deleted = answer(secrets.delete_secret, SecretId="S", ForceDeleteWithoutRecovery=True)
    assert is_about(deleted["DeletionDate"], datetime.now(UTC))
    assert refusal(secrets.describe_secret, SecretId="S") == NOT_FOUND


def copies_in_other_regions(world):
    """Copied, read there, kept up to date, removed; and promoted."""
    secrets, abroad, arn = world.secrets, world.abroad, world.create(Tags=TAGS)["ARN"]
    asked = answer(secrets.replicate_secret_to_regions, SecretId="S", AddReplicaRegions=[{"Region": "eu-west-1"}])
    assert asked == {"ARN": arn, "ReplicationStatus": [IN_PROGRESS]}
    told = answer(secrets.describe_secret, SecretId="S")
    assert (told["ReplicationStatus"], told["PrimaryRegion"]) == ([IN_SYNC], "us-east-1")
    there = arn.replace("us-east-1", "eu-west-1")
    answer(secrets.update_secret, SecretId="S", SecretString="two", Description="of both")
    read = answer(abroad.get_secret_value, SecretId=there)
    assert (read["ARN"], read["SecretString"]) == (there, "two")
    copy = answer(abroad.describe_secret, SecretId="S")
    assert (copy["Description"], copy["Tags"], copy["PrimaryRegion"]) == ("of both", TAGS, "us-east-1")
    assert "ReplicationStatus" not in copy
    for call in (abroad.put_secret_value, abroad.update_secret):
        assert refusal(call, SecretId="S", SecretString="x") == ON_A_REPLICA
    assert refusal(abroad.delete_secret, SecretId="S") == ON_A_REPLICA
    told = refusal(secrets.delete_secret, SecretId="S")
    sentence = f"You can't delete secret {arn} that still has replica regions [eu-west-1]."
    assert told == Refusal("InvalidParameterException", sentence, status=400)

    removed = answer(secrets.remove_regions_from_replication, SecretId="S", RemoveReplicaRegions=["eu-west-1"])
    assert removed == {"ARN": arn, "ReplicationStatus": []}
    assert refusal(abroad.get_secret_value, SecretId="S") == NOT_FOUND
    assert "ReplicationStatus" not in answer(secrets.describe_secret, SecretId="S")

    made = world.create("T", AddReplicaRegions=[{"Region": "eu-west-1", "KmsKeyId": KEY}])
    assert made["ReplicationStatus"] == [IN_PROGRESS | {"KmsKeyId": KEY}]
    there = made["ARN"].replace("us-east-1", "eu-west-1")
    assert answer(abroad.stop_replication_to_replica, SecretId="T") == {"ARN": there}
    answer(secrets.put_secret_value, SecretId="T", SecretString="here")
    answer(abroad.put_secret_value, SecretId="T", SecretString="there")
    assert answer(secrets.get_secret_value, SecretId="T")["SecretString"] == "here"
    assert answer(abroad.get_secret_value, SecretId="T")["SecretString"] == "there"
    for client in (secrets, abroad):
        assert "PrimaryRegion" not in answer(client.describe_secret, SecretId="T")


def a_copy_in_another_account(world):
    """Made there, linked here, kept up to date, and parted."""
    secrets, other = world.secrets, world.other
    arn = world.create(KmsKeyId=KEY)["ARN"]
    made = answer(other.create_secret, Name="copy", KmsKeyId=KEY, CrossAccountPrimaryARN=arn)
    copy = made["ARN"]
    assert made == {"ARN": copy, "Name": "copy"}
    assert status_of_copy(other) == {"PrimarySecretARN": arn, "ReplicationStatus": "Pending"}
    assert refusal(other.get_secret_value, SecretId="copy").type == "ResourceNotFoundException"

    policy = statement("Allow", "arn:aws:iam::111122223333:root", "secretsmanager:GetSecretValue")
    answer(other.put_resource_policy, SecretId="copy", ResourcePolicy=policy)
    pages = pages_of(other, "list_resource_policies", 1, SecretId="copy")
    assert [page["ResourcePolicies"] for page in pages] == [
        [{"PolicyName": "default"}],
        [{"PolicyName": "cross-account-replication"}],
    ]
    managed = answer(other.get_resource_policy, SecretId="copy", PolicyName="cross-account-replication")
    assert json.loads(managed["ResourcePolicy"])["Statement"]

    which = {"SecretId": "S", "CrossAccountReplicaARN": copy}
    linked = answer(secrets.associate_cross_account_replica, **which, ReplicaRestriction="NoRestriction")
    assert linked == {"ARN": arn, "CrossAccountReplicaARN": copy, "ReplicationStatus": "InProgress"}
    shown = answer(secrets.describe_secret, SecretId="S")["CrossAccountReplicas"]
    assert shown == [{"ReplicaSecretARN": copy, "ReplicationStatus": "InSync"}]
    answer(secrets.put_secret_value, SecretId="S", SecretString="two")
    assert answer(other.get_secret_value, SecretId="copy")["SecretString"] == "two"

    parted = answer(secrets.disassociate_cross_account_replica, **which)
    assert parted == {"ARN": arn, "CrossAccountReplicaARN": copy}
    assert status_of_copy(other) == {"PrimarySecretARN": arn, "ReplicationStatus": "Detached"}
    answer(secrets.put_secret_value, SecretId="S", SecretString="three")
    assert answer(other.get_secret_value, SecretId="copy")["SecretString"] == "two"
    assert answer(other.stop_replication_to_replica, SecretId="copy") == {"ARN": copy}
    assert "CrossAccountPrimary" not in answer(other.describe_secret, SecretId="copy")


def status_of_copy(other):
    return answer(other.describe_secret, SecretId="copy")["CrossAccountPrimary"]


def rotation(world):
    """Set up, begun, and switched off."""
    secrets, arn, begun = world.secrets, world.create()["ARN"], token(2)
    told = refusal(secrets.rotate_secret, SecretId="S")
    sentence = "No Lambda rotation function ARN is associated with this secret."
    assert told == Refusal("InvalidRequestException", sentence, status=400)
    rules = {"AutomaticallyAfterDays": 30}
    how = {"RotationLambdaARN": FUNCTION, "RotationRules": rules}
    rotated = answer(secrets.rotate_secret, SecretId="S", ClientRequestToken=begun, **how)
    assert rotated == {"ARN": arn, "Name": "S", "VersionId": begun}
    told = answer(secrets.describe_secret, SecretId="S")
    assert (told["RotationEnabled"], told["RotationLambdaARN"], told["RotationRules"]) == (True, FUNCTION, rules)
    assert told["VersionIdsToStages"][begun] == ["AWSPENDING"]
    assert answer(secrets.cancel_rotate_secret, SecretId="S") == {"ARN": arn, "Name": "S"}
    assert answer(secrets.describe_secret, SecretId="S")["RotationEnabled"] is False


def passwords(world):
    """Made up as asked for."""
    make = world.secrets.get_random_password
    password = answer(make)["RandomPassword"]
    assert len(password) == 32
    for kind in (string.ascii_uppercase, string.ascii_lowercase, string.digits, string.punctuation):
        assert set(password) & set(kind), password
    digits = answer(make, PasswordLength=8, ExcludeUppercase=True, ExcludeLowercase=True, ExcludePunctuation=True)
    assert len(digits["RandomPassword"]) == 8
    assert digits["RandomPassword"].isdigit()
    told = refusal(make, PasswordLength=3)
    sentence = "Password length is too short based on the required types."
    assert told == Refusal("InvalidParameterException", sentence, status=400)


CHAPTERS = [
    values,
    tags_and_lists,
    resource_policies,
    deletion,
    copies_in_other_regions,
    a_copy_in_another_account,
    rotation,
    passwords,
]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Tells a chapter to a new server, if it was not told yet, and returns the operations that it called."""
    called = {}

    def tell(chapter):
        if chapter not in called:
            directory = tmp_path_factory.mktemp(chapter.__name__)
            with serving(directory, "--rotation-function", FUNCTION) as server:
                world = World(server.url)
                chapter(world)
            called[chapter] = world.called
        return called[chapter]

    return tell


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter(told, chapter):
    assert told(chapter)


def test_no_operation_is_forgotten(told, root):
    known = set(root.secrets.meta.service_model.operation_names)
    assert len(known) >= 26
    assert set().union(*map(told, CHAPTERS)) == known


def test_no_paginator_is_forgotten(root):
    """Those of boto3 are the ones that the chapters page with; the other lists it leaves to its callers."""
    model = root.secrets.meta.service_model
    known = {name for name in model.operation_names if root.secrets.can_paginate(snake(name))}
    assert known == {"ListSecrets", "ListResourcePolicies"}
