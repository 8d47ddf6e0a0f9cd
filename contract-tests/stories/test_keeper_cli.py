"""A keeper's day with the AWS CLI: all that a policy lets her do with her team's secrets, and nothing else."""

import base64
import json
import uuid

import pytest

from clients import Account, Key, Refusal, answer
from readers import create_policy, new_user

NAME = "red/db"
KEEPER_ARN = "arn:aws:iam::000000000000:user/keeper"
# What she may do with the secrets of her team.
ACTIONS = [
    "CreateSecret",
    "DeleteResourcePolicy",
    "DeleteSecret",
    "DescribeSecret",
    "GetResourcePolicy",
    "GetSecretValue",
    "ListSecretVersionIds",
    "PutResourcePolicy",
    "PutSecretValue",
    "RemoveRegionsFromReplication",
    "ReplicateSecretToRegions",
    "RestoreSecret",
    "RotateSecret",
    "StopReplicationToReplica",
    "TagResource",
    "UntagResource",
    "UpdateSecret",
    "UpdateSecretVersionStage",
    "ValidateResourcePolicy",
]
POLICY = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": [f"secretsmanager:{action}" for action in ACTIONS],
                "Resource": "arn:aws:secretsmanager:*:000000000000:secret:red/*",
            },
            {
                "Effect": "Allow",
                "Action": "lambda:InvokeFunction",
                "Resource": "arn:aws:lambda:*:*:function:rotate",
            },
            {
                "Effect": "Allow",
                "Action": ["secretsmanager:ListSecrets", "secretsmanager:BatchGetSecretValue"],
                "Resource": "*",
            },
            {
                "Effect": "Deny",
                "Action": "secretsmanager:DeleteSecret",
                "Resource": "*",
                "Condition": {"Bool": {"secretsmanager:ForceDeleteWithoutRecovery": "true"}},
            },
        ],
    }
)


class Keeper:
    """The AWS CLI with the keeper's key."""

    def __init__(self, home, root):
        self.home, self.root = home, root
        self.key = new_user(root, "keeper", create_policy(root, "KeepRed", POLICY)).key
        answer(root.secrets.create_secret, Name="blue/db", SecretString="of blue")

    def aws(self, command, *arguments):
        return self.home.aws("secretsmanager", command, *arguments, key=self.key)

    def of(self, command, *arguments):
        """Of the team's secret."""
        return self.aws(command, "--secret-id", NAME, *arguments)

    def refused(self, command, *arguments):
        told = self.home.aws_refused("secretsmanager", command, *arguments, key=self.key)
        assert told.exit_code == 255
        return told

    def value(self, *which):
        return self.of("get-secret-value", *which)["SecretString"]

    def names(self, *filters):
        return [entry["Name"] for entry in self.aws("list-secrets", *filters)["SecretList"]]

    def stages(self):
        return self.of("describe-secret")["VersionIdsToStages"]


@pytest.fixture
def keeper(home, root):
    return Keeper(home, root)


def refused(kind, operation, message):
    return Refusal(kind, message, operation=operation, exit_code=255)


def denied(operation, resource=None, why=None):
    """AWS's sentence."""
    action = f"secretsmanager:{operation}"
    on = "" if resource is None else f" on resource: {resource}"
    why = why or f"because no identity-based policy allows the {action} action"
    sentence = f"User: {KEEPER_ARN} is not authorized to perform: {action}{on} {why}"
    return refused("AccessDeniedException", operation, sentence)


def create(keeper):
    return keeper.aws("create-secret", "--name", NAME, "--secret-string", "one", "--tags", "Key=team,Value=red")


def test_a_day_of_the_keeper(keeper):
    made = create(keeper)
    change_values(keeper, made["VersionId"])
    change_tags(keeper)
    attach_policies(keeper, made["ARN"])
    copy_and_promote(keeper, made["ARN"])
    look_around(keeper)
    cannot_rotate(keeper)
    delete_and_restore(keeper, made["ARN"])


def change_values(keeper, one):
    two = keeper.of("update-secret", "--description", "the red one", "--secret-string", "two")["VersionId"]
    three = str(uuid.uuid4())
    put = keeper.of("put-secret-value", "--secret-string", "three", "--client-request-token", three)
    assert (put["VersionId"], put["VersionStages"]) == (three, ["AWSCURRENT"])
    assert keeper.stages() == {three: ["AWSCURRENT"], two: ["AWSPREVIOUS"]}

    move = ("update-secret-version-stage", "--version-stage", "AWSCURRENT", "--move-to-version-id")
    told = keeper.refused(*move, two, "--secret-id", NAME)
    sentence = (
        "The parameter RemoveFromVersionId can't be empty. Staging label AWSCURRENT is currently attached to version "
        f"{three}, so you must explicitly reference that version in RemoveFromVersionId."
    )
    assert told == refused("InvalidParameterException", "UpdateSecretVersionStage", sentence)
    keeper.of(*move, two, "--remove-from-version-id", three)
    assert (keeper.value(), keeper.value("--version-stage", "AWSPREVIOUS")) == ("two", "three")
    keeper.of("update-secret-version-stage", "--version-stage", "FIRST", "--move-to-version-id", one)
    assert keeper.value("--version-stage", "FIRST") == "one"
    keeper.of("update-secret-version-stage", "--version-stage", "FIRST", "--remove-from-version-id", one)

    listed = keeper.of("list-secret-version-ids")["Versions"]
    assert {version["VersionId"] for version in listed} == {two, three}
    listed = keeper.of("list-secret-version-ids", "--include-deprecated")["Versions"]
    assert {version["VersionId"]: version.get("VersionStages") for version in listed} == {
        one: None,
        two: ["AWSCURRENT"],
        three: ["AWSPREVIOUS"],
    }


def change_tags(keeper):
    assert keeper.of("tag-resource", "--tags", "Key=stage,Value=test", "Key=team,Value=crimson") is None
    assert keeper.of("untag-resource", "--tag-keys", "stage") is None
    assert keeper.of("describe-secret")["Tags"] == [{"Key": "team", "Value": "crimson"}]
    told = keeper.refused("tag-resource", "--secret-id", "blue/db", "--tags", "Key=team,Value=red")
    assert told == denied("TagResource", "blue/db")


def attach_policies(keeper, arn):
    reader = new_user(keeper.root, "reader")
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::000000000000:user/reader"},
        "Action": "secretsmanager:GetSecretValue",
        "Resource": arn,
    }
    document = {"Version": "2012-10-17", "Statement": [statement]}
    with_policy = ("--resource-policy", json.dumps(document))
    checked = keeper.of("validate-resource-policy", *with_policy)
    assert checked == {"PolicyValidationPassed": True, "ValidationErrors": []}
    assert keeper.of("put-resource-policy", *with_policy, "--block-public-policy") == {"ARN": arn, "Name": NAME}
    assert json.loads(keeper.of("get-resource-policy")["ResourcePolicy"]) == document
    read = keeper.home.aws("secretsmanager", "get-secret-value", "--secret-id", arn, key=reader.key)
    assert read["SecretString"] == keeper.value()

    public = json.dumps({"Version": "2012-10-17", "Statement": [statement | {"Principal": "*"}]})
    finding = keeper.of("validate-resource-policy", "--resource-policy", public)["ValidationErrors"][0]
    assert finding["CheckName"] == "BlockPublicPolicyCheck"
    put = ("put-resource-policy", "--secret-id", NAME, "--resource-policy")
    told = keeper.refused(*put, public, "--block-public-policy")
    assert told == refused("PublicPolicyException", "PutResourcePolicy", finding["ErrorMessage"])
    told = keeper.refused(*put, "no policy")
    sentence = "This resource policy contains a syntax error."
    assert told == refused("MalformedPolicyDocumentException", "PutResourcePolicy", sentence)

    assert keeper.of("delete-resource-policy") == {"ARN": arn, "Name": NAME}
    assert "ResourcePolicy" not in keeper.of("get-resource-policy")
    told = keeper.home.aws_refused("secretsmanager", "get-secret-value", "--secret-id", arn, key=reader.key)
    assert told.type == "AccessDeniedException"


def copy_and_promote(keeper, arn):
    there, abroad = arn.replace("us-east-1", "eu-west-1"), ("--region", "eu-west-1")
    asked = keeper.of("replicate-secret-to-regions", "--add-replica-regions", "Region=eu-west-1", "Region=eu-west-2")
    assert [status["Status"] for status in asked["ReplicationStatus"]] == ["InProgress", "InProgress"]
    told = keeper.of("describe-secret")
    states = {status["Region"]: status["Status"] for status in told["ReplicationStatus"]}
    assert states == {"eu-west-1": "InSync", "eu-west-2": "InSync"}
    assert told["PrimaryRegion"] == "us-east-1"
    left = keeper.of("remove-regions-from-replication", "--remove-replica-regions", "eu-west-2")
    assert [status["Region"] for status in left["ReplicationStatus"]] == ["eu-west-1"]

    keeper.of("put-secret-value", "--secret-string", "everywhere")
    read = keeper.of("get-secret-value", *abroad)
    assert (read["ARN"], read["SecretString"]) == (there, "everywhere")
    told = keeper.refused("put-secret-value", "--secret-id", NAME, "--secret-string", "x", *abroad)
    sentence = "Operation not permitted on a replica secret. Call must be made in primary secret's region."
    assert told == refused("InvalidParameterException", "PutSecretValue", sentence)
    told = keeper.refused("delete-secret", "--secret-id", NAME)
    sentence = f"You can't delete secret {arn} that still has replica regions [eu-west-1]."
    assert told == refused("InvalidParameterException", "DeleteSecret", sentence)

    assert keeper.of("stop-replication-to-replica", *abroad) == {"ARN": there}
    binary = keeper.home.directory / "binary"
    binary.write_bytes(b"\x00\xff")
    keeper.of("put-secret-value", "--secret-binary", f"fileb://{binary}", *abroad)
    assert base64.b64decode(keeper.of("get-secret-value", *abroad)["SecretBinary"]) == b"\x00\xff"
    assert keeper.value() == "everywhere"
    assert "ReplicationStatus" not in keeper.of("describe-secret")


def look_around(keeper):
    batch = keeper.aws("batch-get-secret-value", "--secret-id-list", NAME, "blue/db", "red/none")
    assert [value["SecretString"] for value in batch["SecretValues"]] == ["everywhere"]
    errors = {error["SecretId"]: (error["ErrorCode"], error["Message"]) for error in batch["Errors"]}
    told = denied("GetSecretValue", "blue/db")
    assert errors == {
        "blue/db": (told.type, told.message),
        "red/none": ("ResourceNotFoundException", "Secrets Manager can't find the specified secret."),
    }
    assert keeper.names() == ["blue/db", NAME], "a list shows what the reader of it may not read"
    assert keeper.names("--filters", "Key=name,Values=red/") == [NAME]
    assert keeper.names("--filters", "Key=tag-key,Values=team", "Key=tag-value,Values=crimson") == [NAME]
    assert keeper.names("--filters", "Key=description,Values=RED") == [NAME]
    assert keeper.names("--filters", "Key=name,Values=!red/") == ["blue/db"]
    assert keeper.names("--sort-by", "name", "--sort-order", "desc") == [NAME, "blue/db"]
    # The CLI follows the pages by itself.
    assert keeper.names("--page-size", "1") == ["blue/db", NAME]


def cannot_rotate(keeper):
    told = keeper.refused("rotate-secret", "--secret-id", NAME)
    sentence = "No Lambda rotation function ARN is associated with this secret."
    assert told == refused("InvalidRequestException", "RotateSecret", sentence)
    function = "arn:aws:lambda:us-east-1:000000000000:function:rotate"
    rules = ("--rotation-rules", "AutomaticallyAfterDays=30")
    rotate = ("rotate-secret", "--secret-id", NAME, "--rotation-lambda-arn")
    told = keeper.refused(*rotate, function.replace("rotate", "other"), *rules)
    assert "is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:" in told.message
    told = keeper.refused(*rotate, function, *rules)
    sentence = (
        "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access "
        "to the principal secretsmanager.amazonaws.com."
    )
    assert told == refused("AccessDeniedException", "RotateSecret", sentence)
    assert "RotationEnabled" not in keeper.of("describe-secret")


def delete_and_restore(keeper, arn):
    told = keeper.refused("delete-secret", "--secret-id", NAME, "--force-delete-without-recovery")
    assert told == denied("DeleteSecret", NAME, "with an explicit deny in an identity-based policy")
    assert keeper.of("delete-secret", "--recovery-window-in-days", "7")["ARN"] == arn
    told = keeper.refused("get-secret-value", "--secret-id", NAME)
    sentence = "You can't perform this operation on the secret because it was marked for deletion."
    assert told == refused("InvalidRequestException", "GetSecretValue", sentence)
    assert "DeletedDate" in keeper.of("describe-secret")
    listed = keeper.aws("list-secrets", "--include-planned-deletion", "--filters", "Key=name,Values=red/")
    assert "DeletedDate" in listed["SecretList"][0]
    assert keeper.of("restore-secret") == {"ARN": arn, "Name": NAME}
    assert keeper.value() == "everywhere"


NOT_HERS = {
    "get-secret-value": ("GetSecretValue",),
    "put-secret-value": ("PutSecretValue", "--secret-string", "x"),
    "update-secret": ("UpdateSecret", "--secret-string", "x"),
    "describe-secret": ("DescribeSecret",),
    "list-secret-version-ids": ("ListSecretVersionIds",),
    "untag-resource": ("UntagResource", "--tag-keys", "team"),
    "get-resource-policy": ("GetResourcePolicy",),
    "put-resource-policy": ("PutResourcePolicy", "--resource-policy", "{}"),
    "delete-resource-policy": ("DeleteResourcePolicy",),
    "replicate-secret-to-regions": ("ReplicateSecretToRegions", "--add-replica-regions", "Region=eu-west-1"),
    "rotate-secret": ("RotateSecret",),
    "cancel-rotate-secret": ("CancelRotateSecret",),
    "delete-secret": ("DeleteSecret",),
    "restore-secret": ("RestoreSecret",),
}


def test_what_is_not_the_keeper_s_is_denied(keeper):
    create(keeper)
    blue = keeper.root.secrets
    before = answer(blue.describe_secret, SecretId="blue/db")
    for command, (operation, *more) in NOT_HERS.items():
        told = keeper.refused(command, "--secret-id", "blue/db", *more)
        assert told == denied(operation, "blue/db"), command
    told = keeper.refused("create-secret", "--name", "blue/new", "--secret-string", "x")
    assert told == denied("CreateSecret", "blue/new")
    # Of her own, what no statement speaks of, by its region as well.
    assert keeper.refused("cancel-rotate-secret", "--secret-id", NAME) == denied("CancelRotateSecret", NAME)
    assert keeper.refused("get-random-password") == denied("GetRandomPassword")
    told = keeper.refused("get-secret-value", "--secret-id", "blue/db", "--region", "eu-west-1")
    assert told == denied("GetSecretValue", "blue/db"), "what is not there is denied alike"
    assert answer(blue.describe_secret, SecretId="blue/db") == before


def test_root_in_another_account_is_nobody_here(keeper, home, root):
    arn = create(keeper)["ARN"]
    stranger = Account(root.url, Key("111122223333", "test"))
    told = home.aws_refused("secretsmanager", "get-secret-value", "--secret-id", arn, key=stranger.key)
    assert told.type == "AccessDeniedException"
