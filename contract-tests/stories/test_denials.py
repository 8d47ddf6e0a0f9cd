"""Who may read and no more is refused everything else, in AWS's words, and changes nothing."""

import pytest

from clients import Refusal, answer, refusal
from denials import denied, denied_by_query, explicit, implicit, user
from readers import APIKEYS, READ, READER, READER_ARN, create_policy, new_reader, new_user, policy


class World:
    """A secret, its reader, and what let the reader read."""

    def __init__(self, root):
        self.root = root
        self.secret = answer(root.secrets.create_secret, Name="APIKEYS", SecretString=APIKEYS)
        self.reader, self.policy = new_reader(root)

    def state(self):
        """All that a denied call could have changed, as root sees it."""
        secrets, iam = self.root.secrets, self.root.iam
        return {
            "secrets": answer(secrets.list_secrets, IncludePlannedDeletion=True),
            "APIKEYS": answer(secrets.describe_secret, SecretId="APIKEYS"),
            "versions": answer(secrets.list_secret_version_ids, SecretId="APIKEYS", IncludeDeprecated=True),
            "users": answer(iam.list_users),
            "policies": answer(iam.list_policies, Scope="Local"),
            "attached": answer(iam.list_attached_user_policies, UserName=READER),
            "keys": answer(iam.list_access_keys, UserName=READER),
        }


@pytest.fixture
def world(root):
    return World(root)


SECRETS_MANAGER = [
    ("CreateSecret", {"Name": "MINE", "SecretString": "x"}, "MINE"),
    ("CreateSecret", {"Name": "APIKEYS", "SecretString": "x"}, "APIKEYS"),
    ("DescribeSecret", {"SecretId": "APIKEYS"}, "APIKEYS"),
    ("DeleteSecret", {"SecretId": "APIKEYS"}, "APIKEYS"),
    ("DeleteSecret", {"SecretId": "APIKEYS", "ForceDeleteWithoutRecovery": True}, "APIKEYS"),
    ("PutSecretValue", {"SecretId": "APIKEYS", "SecretString": "x"}, "APIKEYS"),
    ("RestoreSecret", {"SecretId": "APIKEYS"}, "APIKEYS"),
    ("ListSecretVersionIds", {"SecretId": "APIKEYS"}, "APIKEYS"),
    ("ListSecrets", {}, None),
]


@pytest.mark.parametrize(("operation", "arguments", "resource"), SECRETS_MANAGER)
def test_secrets_manager_refuses_all_but_reading(world, operation, arguments, resource):
    before = world.state()
    call = getattr(world.reader.secrets, snake(operation))
    sentence = implicit(READER_ARN, f"secretsmanager:{operation}", resource)
    assert refusal(call, **arguments) == denied(sentence, status=400)
    assert world.state() == before


ADMIN = "arn:aws:iam::000000000000:policy/Admin"
IAM = [
    ("CreateUser", {"UserName": "mine"}, "arn:aws:iam::000000000000:user/mine"),
    ("ListUsers", {}, "arn:aws:iam::000000000000:user/"),
    ("GetUser", {"UserName": READER}, f"user {READER}"),
    ("GetUser", {"UserName": "nobody"}, "user nobody"),
    ("DeleteUser", {"UserName": READER}, f"user {READER}"),
    ("CreatePolicy", {"PolicyName": "Mine", "PolicyDocument": READ}, "policy Mine"),
    ("AttachUserPolicy", {"UserName": READER, "PolicyArn": ADMIN}, f"user {READER}"),
    ("CreateAccessKey", {"UserName": READER}, f"user {READER}"),
]


@pytest.mark.parametrize(("operation", "arguments", "resource"), IAM)
def test_iam_refuses_everything(world, operation, arguments, resource):
    assert create_policy(world.root, "Admin", policy("Allow", "*")) == ADMIN
    before = world.state()
    call = getattr(world.reader.iam, snake(operation))
    assert refusal(call, **arguments) == denied_by_query(implicit(READER_ARN, f"iam:{operation}", resource), status=403)
    assert world.state() == before


def test_the_resource_is_printed_as_it_was_sent(world):
    full = world.secret["ARN"]
    for sent in ("APIKEYS", full, full.rpartition("-")[0], "no-such-secret", full.replace("APIKEYS", "NONE")):
        told = refusal(world.reader.secrets.describe_secret, SecretId=sent)
        assert told == denied(implicit(READER_ARN, "secretsmanager:DescribeSecret", sent), status=400)


def test_reading_what_does_not_exist_is_no_denial(world):
    told = refusal(world.reader.secrets.get_secret_value, SecretId="no-such-secret")
    assert told == Refusal("ResourceNotFoundException", "Secrets Manager can't find the specified secret.", status=400)


def test_a_detached_policy_allows_nothing_from_then_on(world):
    answer(world.reader.secrets.get_secret_value, SecretId="APIKEYS")
    answer(world.root.iam.detach_user_policy, UserName=READER, PolicyArn=world.policy)
    told = refusal(world.reader.secrets.get_secret_value, SecretId="APIKEYS")
    assert told == denied(implicit(READER_ARN, "secretsmanager:GetSecretValue", "APIKEYS"), status=400)
    answer(world.root.iam.attach_user_policy, UserName=READER, PolicyArn=world.policy)
    assert answer(world.reader.secrets.get_secret_value, SecretId="APIKEYS")["SecretString"] == APIKEYS


def test_an_explicit_deny_wins_over_an_allow(world):
    deny = create_policy(world.root, "NoSecrets", policy("Deny", "secretsmanager:GetSecretValue"))
    answer(world.root.iam.attach_user_policy, UserName=READER, PolicyArn=deny)
    told = refusal(world.reader.secrets.get_secret_value, SecretId="APIKEYS")
    assert told == denied(explicit(READER_ARN, "secretsmanager:GetSecretValue", "APIKEYS"), status=400)
    answer(world.root.iam.detach_user_policy, UserName=READER, PolicyArn=deny)
    assert answer(world.reader.secrets.get_secret_value, SecretId="APIKEYS")["SecretString"] == APIKEYS


def test_an_allow_of_one_secret_is_none_of_another(world):
    answer(world.root.secrets.create_secret, Name="OTHER", SecretString="x")
    document = policy("Allow", "secretsmanager:GetSecretValue", resource=world.secret["ARN"])
    narrow = new_user(world.root, "narrow", create_policy(world.root, "ReadOne", document))
    assert answer(narrow.secrets.get_secret_value, SecretId="APIKEYS")["SecretString"] == APIKEYS
    told = refusal(narrow.secrets.get_secret_value, SecretId="OTHER")
    assert told == denied(implicit(user("narrow"), "secretsmanager:GetSecretValue", "OTHER"), status=400)


def test_the_aws_cli_shows_the_sentence(world, home):
    told = home.aws_refused(
        "secretsmanager", "create-secret", "--name", "MINE", "--secret-string", "x", key=world.reader.key
    )
    sentence = implicit(READER_ARN, "secretsmanager:CreateSecret", "MINE")
    assert told == denied(sentence, operation="CreateSecret", exit_code=255)
    told = home.aws_refused("iam", "get-user", "--user-name", READER, key=world.reader.key)
    sentence = implicit(READER_ARN, "iam:GetUser", f"user {READER}")
    assert told == denied_by_query(sentence, operation="GetUser", exit_code=255)


def snake(operation):
    """boto3's name of an operation."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in operation).lstrip("_")
