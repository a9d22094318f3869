"""A server of its own for a bench: started, stopped in the middle, weighed. Knows no clients."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import httpx

from bench.class_clients import SECRET
from classroom.entering.sign_in import set_secret
from classroom.keeping.storage import Storage

_START_S = 600.0
_REST_S = 2.0  # without a second of the processor's


class Server:
    """`actuclair serve` over some articles, in a folder that goes when the bench ends."""

    def __init__(
        self, home: Path, articles: Sequence[Path], writer: str,
        more: Mapping[str, str] | None = None, log: Path | None = None,
    ):  # fmt: skip
        """`more`: further variables of its environment; `log`: where its lines go, if not into the folder."""
        self.environment = os.environ | {"ACTUCLAIR_HOME": str(home), "ACTUCLAIR_PORT": str(free_port())}
        self.environment |= more or {}
        if writer:
            self.environment["ACTUCLAIR_WRITER"] = writer
        self.address = f"http://127.0.0.1:{self.environment['ACTUCLAIR_PORT']}"
        self.log = log or home / "serve.log"
        if articles:
            ingest = [*_COMMAND, "ingest", *map(str, articles)]
            subprocess.run(ingest, check=True, env=self.environment, capture_output=True)  # noqa: S603
        storage = Storage(home, self.environment.get("ACTUCLAIR_DATABASE_URL", ""))
        set_secret(storage, SECRET)
        storage.close()

    def start(self) -> float:
        """Run it; the seconds until it answers."""
        started = time.monotonic()
        with self.log.open("a") as log:
            self.process = subprocess.Popen([*_COMMAND, "serve"], env=self.environment, stdout=log, stderr=log)  # noqa: S603
        while time.monotonic() < started + _START_S and self.process.poll() is None:
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", int(self.environment["ACTUCLAIR_PORT"]))) == 0:
                    return time.monotonic() - started
            time.sleep(0.1)
        raise RuntimeError(f"the server did not come: {self.log.read_text()[-2000:]}")

    def wait_until_ready(self) -> None:
        """Wait for models and prompts to be warm, as in a server that has been running for a while."""
        ready = f"{self.address}/readyz"
        until = time.monotonic() + _START_S
        while time.monotonic() < until:
            if httpx.get(ready, timeout=60).status_code == httpx.codes.OK:
                return
            time.sleep(0.1)
        raise RuntimeError(f"the server did not get ready: {httpx.get(ready).text}")

    def wait_until_idle(self) -> None:
        """Wait until it is ready and at rest: what it rehearses after its start is over."""
        self.wait_until_ready()
        until = time.monotonic() + _START_S
        while time.monotonic() < until:
            before = self._processor_s()
            time.sleep(_REST_S)
            if self._processor_s() == before:
                return
        raise RuntimeError("the server never came to rest")

    def _processor_s(self) -> int:
        return self._told_by_ps("cputimes")

    def kill(self) -> None:
        """Stop it in the middle, as a power cut would."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=60)

    def memory_mib(self) -> float:
        return self._told_by_ps("rss") / 1024

    def _told_by_ps(self, what: str) -> int:
        told = subprocess.run(["ps", "-o", f"{what}=", "-p", str(self.process.pid)], check=True, capture_output=True)  # noqa: S603, S607
        return int(told.stdout)

    def descriptors(self) -> int:
        """Open files and connections; Linux only."""
        return sum(1 for _ in Path(f"/proc/{self.process.pid}/fd").iterdir())

    def faults(self) -> list[str]:
        """Lines of the log that tell of a fault."""
        return re.findall(r"^(?:ERROR|Traceback).*", self.log.read_text(), re.M)


_COMMAND = (sys.executable, "-c", "from cli.main import main; main()")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
