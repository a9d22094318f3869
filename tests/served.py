"""A server in a process of its own, over two articles, for tests of what those who run it see and do."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

REPOSITORY = Path(__file__).resolve().parent.parent
_COMMAND = "import sys; from cli.main import main; main()"
_READY_S = 300.0


@dataclass
class Served:
    """A running server: its process, its address, and the file that its log goes to."""

    process: subprocess.Popen[str]
    url: str
    log: Path

    def get(self, path: str, **more: object) -> httpx.Response:
        return httpx.get(f"{self.url}{path}", timeout=60, **more)  # type: ignore[arg-type]

    def wait_until_ready(self) -> None:
        self.wait_until(200)

    def wait_until_stopping(self) -> None:
        """Until it has heard the signal to stop, and tells so."""
        self.wait_until(503)

    def wait_until(self, status: int) -> None:
        began = time.monotonic()
        while (ready := self.get("/readyz")).status_code != status:
            assert time.monotonic() - began < _READY_S, ready.text
            time.sleep(0.1)


@contextmanager
def serving(environment: Mapping[str, str], folder: Path, port: int = 0) -> Iterator[Served]:
    """`actuclair serve`, on a free port if none is named; it is killed in the end if it has not stopped."""
    log = folder / "server.log"
    paths = os.pathsep.join([str(REPOSITORY), *filter(None, [os.environ.get("PYTHONPATH")])])
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-c", _COMMAND, "serve", "--port", str(port)],
            stdout=subprocess.PIPE, stderr=errors, text=True,
            env=os.environ | dict(environment) | {"PYTHONPATH": paths}, cwd=folder,
        )  # fmt: skip
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "listens on" in line, log.read_text()
        yield Served(process, line.split()[-1], log)
    finally:
        process.kill()
        process.wait()
