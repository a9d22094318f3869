"""Each kind of fault: how it begins, how it ends, and why it cannot be had here. Knows processes, not what they say."""

import asyncio
import os
import platform
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bench.class_server import Server
from bench.soak import disk
from bench.soak.model import Model
from bench.soak.network import Line
from bench.soak.schedule import Fault, Kind

_LIBRARIES = tuple(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
_LOCK = """
import sqlite3, sys
held = [sqlite3.connect(path, timeout=60, isolation_level=None) for path in sys.argv[1:]]
for connection in held:
    connection.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.read()
"""


class Restarted(Protocol):
    """A database that is a server of its own."""

    def start(self) -> None:
        """Until it answers."""

    def stop(self) -> None:
        """At once."""


def clock_environment(file: Path) -> dict[str, str]:
    """What makes a process take the time of day as moved by what a file says; {} where libfaketime is not installed.

    Only that clock: what measures how much time has passed is left alone, as when somebody sets a machine's clock.
    """
    if not _LIBRARIES:
        return {}
    file.write_text("+0")
    return {
        "LD_PRELOAD": str(_LIBRARIES[0]), "FAKETIME_TIMESTAMP_FILE": str(file), "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1",
    }  # fmt: skip


@dataclass
class Chaos:
    """What faults are injected into. `missing`: kinds that cannot be had here, and why."""

    server: Server
    model: Model
    line: Line
    data: Path
    clock: Path
    database: Restarted | None = None
    missing: Mapping[Kind, str] = field(default_factory=dict)
    is_down: bool = False
    _locking: asyncio.subprocess.Process | None = None

    async def begin(self, fault: Fault) -> None:
        """Break it."""
        match fault.kind:
            case Kind.MODEL_KILLED:
                self.model.kill()
            case Kind.MODEL_HUNG:
                self.model.process.send_signal(signal.SIGSTOP)
            case Kind.DATABASE:
                await self._lock()
            case Kind.DISK:
                await asyncio.to_thread(disk.fill, self.data)
            case Kind.CLOCK:
                self.clock.write_text(f"{fault.hours:+d}h")
            case Kind.NETWORK:
                self.line.degrade()
            case Kind.SERVER:
                self.is_down = True
                self.server.kill()

    async def end(self, fault: Fault) -> None:
        """Mend it: as it was before."""
        match fault.kind:
            case Kind.MODEL_KILLED:
                await asyncio.to_thread(self.model.start)
            case Kind.MODEL_HUNG:
                self.model.process.send_signal(signal.SIGCONT)
            case Kind.DATABASE:
                await self._unlock()
            case Kind.DISK:
                disk.free(self.data)
            case Kind.CLOCK:
                self.clock.write_text("+0")
            case Kind.NETWORK:
                self.line.mend()
            case Kind.SERVER:
                await self.start_server()

    async def start_server(self) -> None:
        """Until it listens."""
        await asyncio.to_thread(self.server.start)
        self.is_down = False

    async def _lock(self) -> None:
        """Stop the database, or keep all of its files from being written, from another process."""
        if self.database:
            await asyncio.to_thread(self.database.stop)
            return
        files = sorted(str(path) for path in self.data.glob("*.sqlite"))
        self._locking = await asyncio.create_subprocess_exec(
            sys.executable, "-c", _LOCK, *files, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        if self._locking.stdout is None or (await self._locking.stdout.readline()).strip() != b"locked":
            await self._unlock()
            raise RuntimeError("the database could not be locked")

    async def _unlock(self) -> None:
        if self.database:
            await asyncio.to_thread(self.database.start)
        elif self._locking:
            if self._locking.returncode is None:
                self._locking.kill()
            await self._locking.wait()
            self._locking = None


def missing(disk_reason: str, clock: Mapping[str, str]) -> dict[Kind, str]:
    """What cannot be had on this machine, and why."""
    found = {Kind.DISK: f"no file system of its own can be mounted: {disk_reason}"} if disk_reason else {}
    if not clock:
        found[Kind.CLOCK] = f"libfaketime is not installed (Debian: faketime); this is {platform.system()}"
    if not hasattr(os, "kill"):
        found[Kind.MODEL_HUNG] = "a process cannot be stopped here"
    return found
