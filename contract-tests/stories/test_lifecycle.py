"""The life of a secret: versions and their labels, deletion and rescue, pages."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from clients import Refusal, answer, refusal

NOT_FOUND = Refusal("ResourceNotFoundException", "Secrets Manager can't find the specified secret.", status=400)
MARKED = Refusal(
    "InvalidRequestException",
    "You can't perform this operation on the secret because it was marked for deletion.",
    status=400,
)


@pytest.fixture
def secrets(root):
    return root.secrets


def create(secrets, name="S", value="one", **more):
    return answer(secrets.create_secret, Name=name, SecretString=value, **more)


def put(secrets, value, **more):
    return answer(secrets.put_secret_value, SecretId="S", SecretString=value, **more)


def read(secrets, **which):
    return answer(secrets.get_secret_value, SecretId="S", **which)


def stages(secrets):
    """The labels of each version that has some."""
    versions = answer(secrets.describe_secret, SecretId="S")["VersionIdsToStages"]
    return {version: set(labels) for version, labels in versions.items()}


def test_a_new_value_becomes_current_and_the_old_one_previous(secrets):
    first = create(secrets)["VersionId"]
    assert stages(secrets) == {first: {"AWSCURRENT"}}
    second = put(secrets, "two")
    assert second["VersionStages"] == ["AWSCURRENT"]
    assert stages(secrets) == {second["VersionId"]: {"AWSCURRENT"}, first: {"AWSPREVIOUS"}}
    third = put(secrets, "three")["VersionId"]
    assert stages(secrets) == {third: {"AWSCURRENT"}, second["VersionId"]: {"AWSPREVIOUS"}}
    assert read(secrets)["SecretString"] == "three"
    assert read(secrets, VersionStage="AWSPREVIOUS")["SecretString"] == "two"


def test_a_value_is_read_by_version_and_by_label(secrets):
    first, second = create(secrets)["VersionId"], put(secrets, "two", VersionStages=["GREEN"])["VersionId"]
    assert read(secrets)["VersionId"] == first
    for which in ({"VersionId": second}, {"VersionStage": "GREEN"}, {"VersionId": second, "VersionStage": "GREEN"}):
        value = read(secrets, **which)
        assert (value["SecretString"], value["VersionId"], value["VersionStages"]) == ("two", second, ["GREEN"])
    told = refusal(secrets.get_secret_value, SecretId="S", VersionId=first, VersionStage="GREEN")
    text = "You provided a VersionStage that is not associated to the provided VersionId."
    assert told == Refusal("InvalidRequestException", text, status=400)
    told = refusal(secrets.get_secret_value, SecretId="S", VersionStage="RED")
    text = "Secrets Manager can't find the specified secret value for staging label: RED"
    assert told == Refusal("ResourceNotFoundException", text, status=400)
    missing = str(uuid.uuid4())
    told = refusal(secrets.get_secret_value, SecretId="S", VersionId=missing)
    text = f"Secrets Manager can't find the specified secret value for VersionId: {missing}"
    assert told == Refusal("ResourceNotFoundException", text, status=400)


def test_versions_are_listed_and_deprecated_ones_on_demand(secrets):
    ids = [create(secrets)["VersionId"], put(secrets, "two")["VersionId"], put(secrets, "three")["VersionId"]]
    listed = answer(secrets.list_secret_version_ids, SecretId="S")
    assert labels(listed) == {ids[1]: ["AWSPREVIOUS"], ids[2]: ["AWSCURRENT"]}
    assert listed["Name"] == "S"
    everything = answer(secrets.list_secret_version_ids, SecretId="S", IncludeDeprecated=True)
    assert labels(everything) == {ids[0]: None, ids[1]: ["AWSPREVIOUS"], ids[2]: ["AWSCURRENT"]}


def labels(listed):
    return {version["VersionId"]: version.get("VersionStages") for version in listed["Versions"]}


def test_a_request_may_be_sent_twice(secrets):
    token = str(uuid.uuid4())
    created = create(secrets, ClientRequestToken=token)
    assert created["VersionId"] == token
    assert create(secrets, ClientRequestToken=token) == created
    token = str(uuid.uuid4())
    stored = put(secrets, "two", ClientRequestToken=token)
    assert stored["VersionId"] == token
    assert put(secrets, "two", ClientRequestToken=token) == stored
    assert stages(secrets) == {token: {"AWSCURRENT"}, created["VersionId"]: {"AWSPREVIOUS"}}


def test_a_token_stands_for_one_value(secrets):
    token = str(uuid.uuid4())
    arn = create(secrets, ClientRequestToken=token)["ARN"]
    text = (
        f"You can't use ClientRequestToken {token} because that value is already in use for a version of secret {arn}."
    )
    in_use = Refusal("ResourceExistsException", text, status=400)
    assert refusal(secrets.create_secret, Name="S", SecretString="two", ClientRequestToken=token) == in_use
    assert refusal(secrets.put_secret_value, SecretId="S", SecretString="two", ClientRequestToken=token) == in_use
    told = refusal(secrets.create_secret, Name="S", SecretString="one")
    text = "The operation failed because the secret S already exists."
    assert told == Refusal("ResourceExistsException", text, status=400)
    assert read(secrets)["SecretString"] == "one"


def test_a_binary_value_comes_back_as_it_was(secrets):
    everything = bytes(range(256))
    answer(secrets.create_secret, Name="S", SecretBinary=everything)
    value = read(secrets)
    assert value["SecretBinary"] == everything
    assert "SecretString" not in value
    put(secrets, "text")
    value = read(secrets)
    assert value["SecretString"] == "text"
    assert "SecretBinary" not in value
    assert read(secrets, VersionStage="AWSPREVIOUS")["SecretBinary"] == everything


def test_text_comes_back_as_it_was(secrets):
    text = "関所 \"quoted\" \\ \u007f \U0001f511 <&>\r\n\t"
    create(secrets, value=text)
    assert read(secrets)["SecretString"] == text


def test_a_deleted_secret_waits_and_can_be_rescued(secrets):
    created = create(secrets)
    deleted = answer(secrets.delete_secret, SecretId="S", RecoveryWindowInDays=7)
    assert (deleted["ARN"], deleted["Name"]) == (created["ARN"], "S")
    assert is_about(deleted["DeletionDate"], datetime.now(UTC) + timedelta(days=7))
    assert refusal(secrets.get_secret_value, SecretId="S") == MARKED
    assert refusal(secrets.put_secret_value, SecretId="S", SecretString="two") == MARKED
    told = refusal(secrets.create_secret, Name="S", SecretString="two")
    text = "You can't create this secret because a secret with this name is already scheduled for deletion."
    assert told == Refusal("InvalidRequestException", text, status=400)
    # Here AWS shows when the deletion was asked for, not when it is due.
    assert is_about(answer(secrets.describe_secret, SecretId="S")["DeletedDate"], datetime.now(UTC))
    assert answer(secrets.list_secrets)["SecretList"] == []
    [entry] = answer(secrets.list_secrets, IncludePlannedDeletion=True)["SecretList"]
    assert is_about(entry["DeletedDate"], datetime.now(UTC))

    assert answer(secrets.restore_secret, SecretId="S") == {"ARN": created["ARN"], "Name": "S"}
    assert read(secrets)["SecretString"] == "one"
    assert "DeletedDate" not in answer(secrets.describe_secret, SecretId="S")
    assert [entry["Name"] for entry in answer(secrets.list_secrets)["SecretList"]] == ["S"]


def test_a_recovery_window_has_7_to_30_days_and_30_if_not_said(secrets):
    create(secrets)
    text = "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive)."
    for days in (6, 31):
        told = refusal(secrets.delete_secret, SecretId="S", RecoveryWindowInDays=days)
        assert told == Refusal("InvalidParameterException", text, status=400)
    text = "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays."
    told = refusal(secrets.delete_secret, SecretId="S", RecoveryWindowInDays=7, ForceDeleteWithoutRecovery=True)
    assert told == Refusal("InvalidParameterException", text, status=400)
    assert read(secrets)["SecretString"] == "one"
    deleted = answer(secrets.delete_secret, SecretId="S")
    assert is_about(deleted["DeletionDate"], datetime.now(UTC) + timedelta(days=30))


def is_about(date, expected):
    return abs(date - expected) < timedelta(minutes=1)


def test_a_forced_deletion_is_final_and_the_name_begins_anew(secrets):
    first = create(secrets)
    deleted = answer(secrets.delete_secret, SecretId="S", ForceDeleteWithoutRecovery=True)
    assert (deleted["ARN"], deleted["Name"]) == (first["ARN"], "S")
    assert refusal(secrets.get_secret_value, SecretId="S") == NOT_FOUND
    assert refusal(secrets.restore_secret, SecretId="S") == NOT_FOUND
    assert answer(secrets.list_secrets, IncludePlannedDeletion=True)["SecretList"] == []

    second = create(secrets, value="two")
    assert second["ARN"] != first["ARN"]
    assert second["ARN"].rpartition("-")[0] == first["ARN"].rpartition("-")[0]
    assert refusal(secrets.get_secret_value, SecretId=first["ARN"]) == NOT_FOUND
    assert read(secrets)["SecretString"] == "two"
    assert answer(secrets.list_secret_version_ids, SecretId="S", IncludeDeprecated=True)["Versions"] != []


def test_an_unknown_secret_is_not_found(secrets):
    create(secrets)
    calls = (secrets.get_secret_value, secrets.describe_secret, secrets.list_secret_version_ids)
    for call in (*calls, secrets.delete_secret, secrets.restore_secret):
        assert refusal(call, SecretId="T") == NOT_FOUND
    assert refusal(secrets.put_secret_value, SecretId="T", SecretString="x") == NOT_FOUND


def test_a_paginator_sees_every_secret_once(secrets):
    names = [f"S{number:02}" for number in range(25)]
    for name in names:
        create(secrets, name)
    pages = list(secrets.get_paginator("list_secrets").paginate(PaginationConfig={"PageSize": 10}))
    assert [len(page["SecretList"]) for page in pages] == [10, 10, 5]
    assert sorted(entry["Name"] for page in pages for entry in page["SecretList"]) == names
    assert "NextToken" not in pages[-1]
    everything = answer(secrets.list_secrets, MaxResults=100)
    assert len(everything["SecretList"]) == 25
    assert "NextToken" not in everything
