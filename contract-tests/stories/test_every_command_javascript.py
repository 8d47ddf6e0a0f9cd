"""Every command of the AWS SDK for JavaScript; every_command.js asserts what each is answered."""

from program import serving
from test_clients import JavaScript
from test_rotation import FUNCTION


def test_no_command_and_no_paginator_is_forgotten(tmp_path):
    with serving(tmp_path / "server", "--rotation-function", FUNCTION) as server:
        told = JavaScript(tmp_path / "home", server.url).told("every_command.js", FUNCTION)
    assert {"ListSecretsCommand", "paginateListSecrets"} <= set(told["known"])
    assert told["called"] == told["known"]
