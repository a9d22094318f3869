"""A throwaway PostgreSQL that can be stopped and started. Knows Debian's programs, and no tables."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_NOBODY = "nobody" if hasattr(os, "geteuid") and os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
_OPTIONS = ("listen_addresses=", "max_connections=60")  # fsync stays on: nothing that is acknowledged may be lost
_START_S = 60.0
_Command = list[str | Path]


@dataclass(frozen=True)
class Cluster:
    """A running PostgreSQL, reached through a socket in a folder."""

    programs: Path
    folder: Path

    @property
    def address(self) -> str:
        return f"postgresql+psycopg://actuclair@/postgres?host={self.folder}"

    def start(self) -> None:
        """Until it answers."""
        options = [part for option in _OPTIONS for part in ("-c", option)]
        command: _Command = [
            self.programs / "postgres",
            "-D",
            self.folder / "data",
            "-k",
            self.folder,
            *options,
        ]
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(command, user=_NOBODY, stdout=quiet, stderr=quiet)  # noqa: S603
        until = time.monotonic() + _START_S
        while time.monotonic() < until and process.poll() is None:
            if self._answers():
                return
            time.sleep(0.05)
        raise RuntimeError("PostgreSQL did not start")

    def stop(self) -> None:
        """At once, as when the machine is turned off for an upgrade."""
        stop: _Command = [
            self.programs / "pg_ctl",
            "stop",
            "-D",
            self.folder / "data",
            "-m",
            "fast",
            "-s",
            "-w",
        ]
        subprocess.run(stop, user=_NOBODY, check=True)  # noqa: S603

    def _answers(self) -> bool:
        ready: _Command = [
            self.programs / "pg_isready",
            "-q",
            "-h",
            self.folder,
            "-U",
            "actuclair",
            "-d",
            "postgres",
        ]
        return subprocess.run(ready).returncode == 0  # noqa: S603


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A new one, deleted in the end. Raises RuntimeError where PostgreSQL is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise RuntimeError("PostgreSQL is not installed: `make postgres` does that")
    folder = Path(tempfile.mkdtemp(prefix="actuclair-soak-postgres-"))
    if _NOBODY:
        shutil.chown(folder, _NOBODY)
    made = Cluster(found[-1].parent, folder)
    try:
        initdb: _Command = [found[-1], "-D", folder / "data", "-U", "actuclair", "-A", "trust", "-E", "UTF8"]
        subprocess.run([*initdb, "--locale=C.UTF-8", "-N"], user=_NOBODY, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        made.start()
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
