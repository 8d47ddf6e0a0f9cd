"""What every story begins with: a clean server, a clean home, and the root of a fresh account."""

import os

import pytest

from clients import Account, Boto3, Cli, Home
from program import serving


@pytest.fixture(autouse=True)
def nothing_of_the_developer(tmp_path, monkeypatch):
    """boto3 runs in this process: it must see no credentials, profiles, endpoints or proxies of the developer."""
    for name in list(os.environ):
        if name.startswith("AWS_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    directory = tmp_path / "home"
    monkeypatch.setenv("HOME", str(directory))
    for name, value in Home(directory, url="").files().items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def server(tmp_path):
    with serving(tmp_path / "server") as server:
        yield server


@pytest.fixture
def home(tmp_path, server):
    return Home(tmp_path / "home", server.url)


@pytest.fixture
def root(server):
    return Account(server.url)


@pytest.fixture(params=[Boto3, Cli], ids=["boto3", "cli"])
def client(request, home):
    """A client to tell a story with, once each."""
    return request.param(home)


@pytest.fixture
def boto(home):
    """boto3 alone, for what another client would tell no better."""
    return Boto3(home)
