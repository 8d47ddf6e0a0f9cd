"""Every operation of IAM and STS that boto3 knows: it works, refuses in AWS's terms, or says that it is missing."""

import boto3
import pytest
from botocore import xform_name
from botocore.exceptions import ClientError

from clients import REGION, Account, answer
from denials import user
from program import run
from readers import READ, create_policy, new_user, policy
from roles import EVERYONE, new_role, trust

MODELS = {service: boto3.client(service, region_name=REGION).meta.service_model for service in ("iam", "sts")}
# What is made is called first and what is taken away last, so that most can work.
MAKES, TAKES = ("Create", "Add", "Attach", "Put", "Tag", "Update"), ("Untag", "Remove", "Detach", "Delete")
# Members that are sent though they need not be.
ALSO = {"UserName", "Password"}
# What cannot work with the little that it is sent, and why.
REFUSED = {
    "AssumeRoleWithWebIdentity": "InvalidIdentityToken",
    "DecodeAuthorizationMessage": "InvalidAuthorizationMessageException",
    "DeleteGroup": "DeleteConflict",
    "DeletePolicy": "DeleteConflict",
    "DeletePolicyVersion": "DeleteConflict",
    "DeleteRole": "DeleteConflict",
    "DeleteServiceLinkedRole": "NoSuchEntity",
    "DeleteUser": "DeleteConflict",
    "GetServiceLinkedRoleDeletionStatus": "NoSuchEntity",
}


class World:
    """One of everything that operations are about, and an administrator who is not the root user."""

    def __init__(self, url):
        root = Account(url)
        arn = create_policy(root, "policy", READ)
        self.caller = new_user(root, "admin", create_policy(root, "Everything", policy("Allow", "*")))
        key = new_user(root, "user").key
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
            "AccessKeyId": key.id,
            "Password": "Abcd-1234",
            "AWSServiceName": "ecs.amazonaws.com",
        }
        made = {name: "new" for name in ("UserName", "GroupName", "RoleName", "InstanceProfileName")}
        self.values_of = {name: made for name in ("CreateUser", "CreateGroup", "CreateRole", "CreateInstanceProfile")}
        self.values_of["UpdateAssumeRolePolicy"] = {"PolicyDocument": trust(EVERYONE)}

    def arguments(self, operation):
        """Little more than the least that an operation must be sent."""
        shape = operation.input_shape
        sent = {} if shape is None else {name: shape.members[name] for name in shape.members if is_sent(shape, name)}
        known = self.values | self.values_of.get(operation.name, {})
        return {name: known[name] if name in known else value(member) for name, member in sent.items()}

    def outcome(self, service, operation):
        """That an operation works, that it is missing, or the code that it refuses with."""
        call = getattr(getattr(self.caller, service), xform_name(operation.name))
        try:
            call(**self.arguments(operation))
        except ClientError as error:
            told, status = error.response["Error"], error.response["ResponseMetadata"]["HTTPStatusCode"]
            if told["Message"] == f"Sekisho does not implement {service}:{operation.name} yet.":
                return "is missing" if (told["Code"], status) == ("InvalidAction", 400) else told
            modelled = {shape.metadata.get("error", {}).get("code", shape.name) for shape in operation.error_shapes}
            return told["Code"] if told["Code"] in modelled and 400 <= status < 500 else told
        return "works"


def is_sent(shape, name):
    return name in shape.required_members or name in ALSO


def value(shape):
    """The least value of a shape."""
    if shape.type_name == "structure":
        return {name: value(shape.members[name]) for name in shape.required_members}
    if shape.type_name == "list":
        return [value(shape.member)]
    if shape.type_name == "string":
        return shape.enum[0] if shape.enum else "x" * max(shape.metadata.get("min", 1), 1)
    least = {"integer": shape.metadata.get("min", 1), "boolean": True, "blob": b"x", "timestamp": 0, "map": {}}
    return least[shape.type_name]


def turn(name):
    """When an operation is called."""
    return [name.startswith(verb) for verb in reversed(TAKES)], not name.startswith(MAKES), name


@pytest.fixture
def listed(tmp_path):
    """The operations that the program says it has, of each service."""
    printed = run("operations", home=tmp_path).stdout
    rows = [[column.strip(" `") for column in row.split("|")] for row in printed.splitlines()]
    return {row[1]: set(row[2].split(", ")) for row in rows}


@pytest.mark.parametrize("service", MODELS)
def test_every_operation(server, listed, service):
    world, model = World(server.url), MODELS[service]
    names = sorted(model.operation_names, key=turn)
    assert listed[service] < set(names)
    told = {name: world.outcome(service, model.operation_model(name)) for name in names}
    assert told == {name: REFUSED.get(name, "works") if name in listed[service] else "is missing" for name in names}
