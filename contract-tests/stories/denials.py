"""AWS's sentences for what is denied, and who they name."""

from clients import Refusal

ACCOUNT = "000000000000"


def user(name, account=ACCOUNT):
    """The ARN of a user."""
    return f"arn:aws:iam::{account}:user/{name}"


def session(role, name="session", account=ACCOUNT):
    """The ARN of a session of a role; the path of the role is no part of it."""
    return f"arn:aws:sts::{account}:assumed-role/{role}/{name}"


def implicit(who, action, resource=None, policy="identity-based policy"):
    """AWS's sentence where no policy of a kind allows."""
    return f"{_refused(who, action, resource)} because no {policy} allows the {action} action"


def explicit(who, action, resource=None, policy="an identity-based policy"):
    """AWS's sentence where a policy of a kind denies."""
    return f"{_refused(who, action, resource)} with an explicit deny in {policy}"


def unexplained(who, action, resource):
    """AWS's sentence about roles, which does not say why."""
    return _refused(who, action, resource)


def denied(sentence, **of_the_client):
    """What Secrets Manager tells a client."""
    return Refusal("AccessDeniedException", sentence, **of_the_client)


def denied_by_query(sentence, **of_the_client):
    """What IAM and STS tell a client."""
    return Refusal("AccessDenied", sentence, **of_the_client)


def _refused(who, action, resource):
    on = "" if resource is None else f" on resource: {resource}"
    return f"User: {who} is not authorized to perform: {action}{on}"
