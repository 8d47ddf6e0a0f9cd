"""How Terraform's AWS provider reads the answers of IAM."""

import json
from urllib.parse import unquote_plus

from botocore import xform_name

from clients import answer, refusal
from roles import new_role

TAGS = [{"Key": "team", "Value": "red"}, {"Key": "stage", "Value": "test"}]
# Values that a decoder of forms would spoil if they were not encoded as AWS does it.
AWKWARD = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "Awkward",
                "Effect": "Allow",
                "Action": "secretsmanager:GetSecretValue",
                "Resource": "arn:aws:secretsmanager:*:*:secret:a+b/100%25 ?",
                "Condition": {"StringLike": {"aws:PrincipalTag/e+mail": "a+b@example.com %2B &=ü"}},
            }
        ],
    },
    ensure_ascii=False,
)


def missing(call, **arguments):
    """That a call tells what Terraform takes for gone."""
    told = refusal(call, **arguments)
    assert (told.type, told.status) == ("NoSuchEntity", 404)
    return told.message


def tags(answered):
    return {tag["Key"]: tag["Value"] for tag in answered.get("Tags", [])}


def raw(account, operation, element, **arguments):
    """A document as it is on the wire, read as Terraform reads it: as a value of a form."""
    seen = {}
    account.session.events.register("before-parse.iam", lambda response_dict, **_: seen.update(response_dict))
    answer(getattr(account.client("iam"), xform_name(operation)), **arguments)
    text = seen["body"].decode().partition(f"<{element}>")[2].partition(f"</{element}>")[0]
    assert text
    assert not set(text) & set('{}" +<>'), "not encoded"
    return unquote_plus(text)


def pages(iam, operation, member, **arguments):
    """The entries of all pages; only the last has no marker."""
    found = []
    for page in iam.get_paginator(operation).paginate(**arguments, PaginationConfig={"PageSize": 1}):
        assert page["IsTruncated"] is ("Marker" in page)
        found += page[member]
    return found


def new_owner(root, kind):
    """A user, role or group that can have policies, and the member that names it."""
    make = {
        "user": lambda: answer(root.iam.create_user, UserName="owner"),
        "role": lambda: new_role(root, "owner", allowed=None),
        "group": lambda: answer(root.iam.create_group, GroupName="owner"),
    }
    make[kind]()
    return {f"{kind.title()}Name": "owner"}
