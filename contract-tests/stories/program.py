"""The program under test: found, started on a free port, stopped. Never knows what it answers."""

import os
import re
import signal
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PATIENCE = 10.0  # seconds; a start takes milliseconds


def binary():
    """SEKISHO_BIN, or else what cargo has built."""
    named = os.environ.get("SEKISHO_BIN")
    built = [REPOSITORY / "target" / profile / "sekisho" for profile in ("release", "debug")]
    candidates = [Path(named).resolve()] if named else built
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    raise FileNotFoundError(f"no program at {', '.join(map(str, candidates))}: run cargo build --release -p sekisho")


BINARY = binary()


def bare_environment(home):
    """What a fresh shell has: nothing of the developer's AWS, proxies or SEKISHO_ variables."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TMPDIR") if name in os.environ}
    return kept | {"HOME": str(home)}


def run(*arguments, home, **variables):
    """Runs the program to its end."""
    command, environment = [BINARY, *arguments], bare_environment(home) | variables
    return subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE
    )


class Server:
    """A running `sekisho`."""

    def __init__(self, directory, arguments, variables):
        self.ready_file = directory / "ready"
        self._log = directory / "log"
        self._output = directory / "output"
        command = [BINARY, *arguments, "--port", "0", "--ready-file", self.ready_file]
        environment = bare_environment(directory) | variables
        with self._output.open("wb") as output, self._log.open("wb") as log:
            self.process = subprocess.Popen(
                command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=log
            )
        wait_for(self.ready_file.exists, f"{command} to be ready", alive=self)
        self.url = self.ready_file.read_text().strip()

    @property
    def port(self):
        return int(re.fullmatch(r"http://127\.0\.0\.1:(\d+)", self.url)[1])

    def output(self):
        """Its standard output so far."""
        return self._output.read_text()

    def log(self):
        """Its standard error so far."""
        return self._log.read_text()

    def requests(self):
        """The log lines of requests so far."""
        return [line for line in self.log().splitlines() if "request_id" in line]

    def stop(self, how=signal.SIGTERM):
        """Asks it to stop, and returns its exit code and the seconds it took."""
        asked = time.monotonic()
        self.process.send_signal(how)
        code = self.process.wait(PATIENCE)
        return code, time.monotonic() - asked


@contextmanager
def serving(directory, *arguments, **variables):
    """A server for the length of a block, in a directory of its own."""
    directory.mkdir(parents=True, exist_ok=True)
    server = Server(directory, arguments, variables)
    try:
        yield server
    finally:
        server.process.kill()
        server.process.wait(PATIENCE)


def wait_for(condition, what, alive=None):
    """Until the condition holds, or this fails."""
    until = time.monotonic() + PATIENCE
    while not condition():
        if alive is not None and alive.process.poll() is not None:
            raise RuntimeError(f"exit code {alive.process.returncode} while waiting for {what}: {alive.log()}")
        if time.monotonic() > until:
            raise TimeoutError(f"waited {PATIENCE} s for {what}")
        time.sleep(0.002)
