"""Every operation of IAM and STS that boto3 knows: it works, refuses in AWS's terms, or says that it is missing."""

import boto3
import pytest
from botocore import xform_name
from botocore.exceptions import ClientError

from clients import REGION, Account, answer
from denials import ACCOUNT, user
from program import run, serving
from readers import READ, create_policy, new_user, policy
from roles import EVERYONE, new_role, trust

MODELS = {service: boto3.client(service, region_name=REGION).meta.service_model for service in ("iam", "sts")}
OPERATIONS = [(service, name) for service, model in MODELS.items() for name in model.operation_names]
# Beside what the model says of each, any operation may answer these.
COMMON = {"AccessDenied", "ValidationError"}


class World:
    """One of everything that operations are about, and an administrator who is not the root user."""

    def __init__(self, url):
        root = Account(url)
        arn = create_policy(root, "policy", READ)
        self.caller = new_user(root, "user", create_policy(root, "Everything", policy("Allow", "*")))
        answer(root.iam.create_group, GroupName="group")
        role = new_role(root, "role")
        answer(root.iam.create_instance_profile, InstanceProfileName="profile")
        provider = answer(root.iam.create_open_id_connect_provider, Url="https://id.example.com", ClientIDList=["one"])
        self.values = provider | {
            "UserName": "user",
            "GroupName": "group",
            "RoleName": "role",
            "InstanceProfileName": "profile",
            "PolicyName": "other",
            "PolicyArn": arn,
            "PermissionsBoundary": arn,
            "RoleArn": role,
            "RoleSessionName": "session",
            "PolicySourceArn": user("user"),
            "PolicyDocument": READ,
            "AssumeRolePolicyDocument": trust(EVERYONE),
            "PolicyInputList": [READ],
            "ActionNames": ["secretsmanager:GetSecretValue"],
            "Url": "https://other.example.com",
            "ThumbprintList": ["0123456789" * 4],
            "VersionId": "v1",
            "AccessKeyId": self.caller.key.id,
            "Arn": user("user"),
        }
        # What was there first may have been deleted by the time that it is made.
        self.made = {"UserName": "new", "GroupName": "new", "RoleName": "new", "InstanceProfileName": "new"}

    def arguments(self, operation):
        """The least that an operation must be sent."""
        shape = operation.input_shape
        required = {} if shape is None else {name: shape.members[name] for name in shape.required_members}
        own = self.values | (self.made if operation.name.startswith("Create") else {})
        return {name: own.get(name, value(member)) for name, member in required.items()}


def value(shape):
    """The least value of a shape."""
    if shape.type_name == "structure":
        return {name: value(shape.members[name]) for name in shape.required_members}
    if shape.type_name == "list":
        return [value(shape.member)]
    if shape.type_name == "string":
        return shape.enum[0] if shape.enum else "x" * max(shape.metadata.get("min", 1), 1)
    least = {"integer": 1, "long": 1, "boolean": True, "blob": b"x", "timestamp": 0, "map": {}}
    return least[shape.type_name]


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("server")) as server:
        yield World(server.url)


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    """The operations that the program says it has, of each service."""
    printed = run("operations", home=tmp_path_factory.mktemp("home"))
    rows = [[column.strip(" `") for column in row.split("|")] for row in printed.stdout.splitlines()]
    return {row[1]: set(row[2].split(", ")) for row in rows if len(row) > 3}


@pytest.mark.parametrize(("service", "name"), OPERATIONS)
def test_an_operation(world, listed, service, name):
    operation = MODELS[service].operation_model(name)
    call = getattr(getattr(world.caller, service), xform_name(name))
    try:
        answered = call(**world.arguments(operation))
    except ClientError as error:
        told, status = error.response["Error"], error.response["ResponseMetadata"]["HTTPStatusCode"]
        if name not in listed[service]:
            sentence = f"Sekisho does not implement {service}:{name} yet."
            assert (told["Code"], told["Message"], status) == ("InvalidAction", sentence, 400)
            return
        modelled = {shape.metadata.get("error", {}).get("code", shape.name) for shape in operation.error_shapes}
        assert told["Code"] in modelled | COMMON, told["Message"]
        assert 400 <= status < 500
        assert told["Message"]
    else:
        assert name in listed[service]
        assert answered["ResponseMetadata"]["HTTPStatusCode"] == 200


def test_the_program_lists_operations_that_there_are(listed):
    for service, model in MODELS.items():
        assert listed[service] <= set(model.operation_names)
        assert len(listed[service]) >= {"iam": 90, "sts": 7}[service]


def test_the_administrator_is_still_there(world):
    """None of it has taken away who asked."""
    identity = answer(world.caller.sts.get_caller_identity)
    assert (identity["Account"], identity["Arn"]) == (ACCOUNT, user("user"))
