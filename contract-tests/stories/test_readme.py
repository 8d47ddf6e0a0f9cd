"""The README's tutorial, run as it stands: its commands in one bash, its outputs line by line."""

import os
import re
import subprocess
from dataclasses import dataclass, field

import pytest

from clients import VENV
from program import REPOSITORY, bare_environment

README = REPOSITORY / "README.md"
TUTORIAL = re.compile(r"<!-- tutorial:begin -->\n(.*?)<!-- tutorial:end -->", re.DOTALL)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
ANY = "…"  # in an expected line: any text


@dataclass
class Step:
    """A block of commands, and the lines that its output must have, in their order."""

    commands: str
    expected: list[str] = field(default_factory=list)


def steps(port):
    """The steps of the tutorials, their address replaced by the one of this server."""
    tutorials = TUTORIAL.findall(README.read_text())
    if not tutorials:
        pytest.skip("README.md has no tutorial between its markers yet")
    steps = []
    for language, block in BLOCK.findall("".join(tutorials)):
        block = block.replace("127.0.0.1:4566", f"127.0.0.1:{port}").replace("localhost:4566", f"localhost:{port}")
        if language == "sh":
            steps.append(Step(block))
        elif language in ("json", "text"):
            steps[-1].expected += [line.rstrip() for line in block.splitlines() if line.strip()]
    return steps


def test_the_readme_is_true(server, tmp_path):
    tutorial = steps(server.port)
    assert any(step.expected for step in tutorial)
    outputs = run_all(tutorial, tmp_path)
    for step, output in zip(tutorial, outputs, strict=True):
        for missing in unmatched(step.expected, output.splitlines()):
            pytest.fail(f"no line {missing!r} at its place in what this printed:\n{step.commands}\n{output}")


def run_all(tutorial, directory):
    """What each step printed. All run in one shell, which stops at the first failure."""
    files = [directory / f"step-{number}" for number in range(len(tutorial))]
    parts = [f"exec >{file} 2>&1\n{step.commands}" for step, file in zip(tutorial, files, strict=True)]
    script = "set -eu\n" + "\n".join(parts)
    home = directory / "reader"
    home.mkdir()
    environment = bare_environment(home) | {"AWS_EC2_METADATA_DISABLED": "true"}
    environment["PATH"] = f"{VENV}{os.pathsep}{environment['PATH']}"
    done = subprocess.run(["bash", "-c", script], cwd=home, env=environment, stdin=subprocess.DEVNULL, timeout=120)
    outputs = [file.read_text() for file in files if file.exists()]
    assert done.returncode == 0, f"exit code {done.returncode} in\n{tutorial[len(outputs) - 1].commands}\n{outputs[-1]}"
    return outputs


def unmatched(expected, printed):
    """The first expected line that the printed ones do not have after the one before, if any."""
    rest = iter(printed)
    for line in expected:
        pattern = re.compile(".*".join(re.escape(part) for part in line.split(ANY)))
        if not any(pattern.fullmatch(candidate.rstrip()) for candidate in rest):
            return [line]
    return []


def test_expected_lines_match_whole_lines_in_order():
    printed = ["{", '  "ARN": "arn:aws:S-abc",', '  "Name": "S"', "}"]
    assert unmatched(["{", '  "ARN": "arn:…:S-…",', "}"], printed) == []
    assert unmatched(["b", "a"], ["a", "b"]) == ["a"]
    assert unmatched(['"ARN"'], ['  "ARN": 1']) == ['"ARN"']
    assert unmatched(["a", "a"], ["a"]) == ["a"]
