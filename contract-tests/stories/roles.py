"""Roles: whom they trust, what they allow, and who takes them on."""

import json

from clients import Key, answer
from denials import ACCOUNT
from readers import READ

# Whoever in the account has the permission.
EVERYONE = {"AWS": ACCOUNT}
# Allows to take on whatever role trusts the account.
ASSUME = "sts:AssumeRole"


def statement(effect, action, condition=None, **more):
    """A statement; with a condition if there is one."""
    made = {"Effect": effect, "Action": action} | more
    return made if condition is None else made | {"Condition": condition}


def document(*statements):
    """A policy document of these statements."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def trust(principal, action=ASSUME, condition=None):
    """A trust policy of one statement."""
    return document(statement("Allow", action, condition, Principal=principal))


def new_role(root, name, trusted=None, allowed=READ, **more):
    """Creates a role that the account trusts, unless others are said, and returns its ARN."""
    sent = trusted or trust(EVERYONE)
    made = answer(root.iam.create_role, RoleName=name, AssumeRolePolicyDocument=sent, **more)
    if allowed:
        answer(root.iam.put_role_policy, RoleName=name, PolicyName="allowed", PolicyDocument=allowed)
    return made["Role"]["Arn"]


def delete_role(root, name):
    """Deletes a role of `new_role`."""
    answer(root.iam.delete_role_policy, RoleName=name, PolicyName="allowed")
    answer(root.iam.delete_role, RoleName=name)


def assume(account, arn, name="session", **more):
    """Takes on a role, and returns the key of the session."""
    return Key.of(answer(account.sts.assume_role, RoleArn=arn, RoleSessionName=name, **more))
