"""The tutorial's people: a root who keeps secrets, and a reader who may read them and no more."""

import json

from clients import Account, Key, answer

APIKEYS = '{"openai":"sk-one","anthropic":"sk-two"}'
READER = "reader"
READER_ARN = f"arn:aws:iam::000000000000:user/{READER}"


def policy(effect, *actions, resource="*"):
    """A policy document of one statement."""
    statement = {"Effect": effect, "Action": list(actions), "Resource": resource}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


READ = policy("Allow", "secretsmanager:GetSecretValue")


def create_policy(root, name, document):
    """Creates a managed policy and returns its ARN."""
    return answer(root.iam.create_policy, PolicyName=name, PolicyDocument=document)["Policy"]["Arn"]


def new_key(root, user):
    """Issues an access key to a user."""
    issued = answer(root.iam.create_access_key, UserName=user)["AccessKey"]
    return Key(issued["AccessKeyId"], issued["SecretAccessKey"])


def new_user(root, name, *policies):
    """A user with managed policies attached and an access key, as that user's account."""
    answer(root.iam.create_user, UserName=name)
    for arn in policies:
        answer(root.iam.attach_user_policy, UserName=name, PolicyArn=arn)
    return Account(root.url, new_key(root, name))


def new_reader(root):
    """A user who may read every secret, and what let them."""
    arn = create_policy(root, "ReadSecrets", READ)
    return new_user(root, READER, arn), arn
