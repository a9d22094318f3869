"""What happens when the archive grows: search, ingest, memory, disk and start-up at 1,000, 10,000 and 100,000 passages.

`make bench-scale`. Texts and vectors are made up: embedding 100,000 passages and their sentences takes hours here and
tells nothing about search. Each size is measured in processes of their own: one fills the archive, one searches it, and
one is `actuclair serve` over it, which gets the vectors of questions from an address.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bench.class_server import Server
from bench.made_up import MadeUpEmbedder, made_up_articles, made_up_questions
from bench.made_up_endpoint import serving
from bench.spread import Times, timed
from cli.edge import command, console
from rag.types import Question

if TYPE_CHECKING:
    from rag.index.workspace import Workspace

BASELINE = Path(__file__).with_name("scale_baseline.json")
SIZES = (1_000, 10_000, 100_000)
_QUESTIONS = 300
_WARM_UPS = 20
IN_PROCESS = "sqlite+chroma"
SHARED = "postgresql+pgvector"
_PARTS = ("meaning", "words", "evidence")


@dataclass(frozen=True)
class Filled:
    """An archive that was filled; `overhead_ms` is all but embedding, for each passage."""

    passages: int
    overhead_ms: float
    disk_mb: float
    peak_mb: float


@dataclass(frozen=True)
class Searched:
    """An archive that was opened and searched by a new process; times without the question's embedding."""

    start_s: float
    meaning: Times
    words: Times
    evidence: Times
    peak_mb: float


@dataclass(frozen=True)
class Served:
    """`actuclair serve` over the archive, without any model in its process: from its start to ready, and its weight."""

    ready_s: float
    memory_mb: float
    descriptors: int


@dataclass(frozen=True)
class Size:
    """All that was measured of one archive, and how busy the machine was."""

    filled: Filled
    searched: Searched
    served: Served
    load: float


@dataclass(frozen=True)
class Archive:
    """Where an archive of a bench is kept."""

    home: Path
    database: str = ""

    @property
    def vectors(self) -> str:
        return "pgvector" if self.database else "chroma"

    def open(self) -> "Workspace":
        from rag.index.workspace import Workspace

        return Workspace(self.home, MadeUpEmbedder(), self.database, self.vectors)

    def disk_mb(self) -> float:
        """What it takes there; with PostgreSQL the whole database, without its log of changes."""
        if not self.database:
            return sum(file.stat().st_size for file in self.home.rglob("*") if file.is_file()) / 1e6
        from sqlalchemy import create_engine

        engine = create_engine(self.database)
        with engine.connect() as connection:
            size = connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one()
        engine.dispose()
        return float(size) / 1e6


def fill(archive: Archive, passages: int) -> Filled:
    from rag.index.ingest import ingest

    with archive.open() as workspace:
        started = time.perf_counter()
        report = ingest(made_up_articles(passages), workspace)
        seconds = time.perf_counter() - started
    return Filled(report.passages, 1000 * seconds / report.passages, archive.disk_mb(), _peak_mb())


def search(archive: Archive) -> Searched:
    """By meaning alone, by words alone, and all that happens before evidence is shown."""
    from rag.assembly import open_retriever
    from rag.filters import Filters
    from rag.finding.evidence import select_evidence

    embedder, started = MadeUpEmbedder(), time.perf_counter()
    with archive.open() as workspace:
        workspace.check_ready()
        workspace.index.mend()
        retriever = open_retriever(workspace)
        start_s = time.perf_counter() - started
        return Searched(
            start_s,
            _timed(2, lambda asked: workspace.index.search(embedder.embed_query(asked.text), 30, Filters())),
            _timed(3, lambda asked: workspace.words.search(asked.text, asked.language, 20)),
            _timed(4, lambda asked: select_evidence(retriever.find(asked, 20), asked.language)),
            _peak_mb(),
        )


def _timed(seed: int, work: Callable[[Question], object]) -> Times:
    """Over questions that nobody has asked before."""
    return timed(work, made_up_questions(_WARM_UPS + _QUESTIONS, seed), _WARM_UPS)


def serve(archive: Archive) -> Served:
    """The program itself, over the archive, until it is ready."""
    with serving(MadeUpEmbedder()) as address:
        settings = {
            "ACTUCLAIR_EMBEDDER": address, "ACTUCLAIR_EMBEDDER_MODEL": MadeUpEmbedder.name,
            "ACTUCLAIR_DATABASE_URL": archive.database, "ACTUCLAIR_VECTORS": archive.vectors,
        }  # fmt: skip
        server = Server(archive.home, (), "none", settings)
        started = time.perf_counter()
        server.start()
        try:
            server.wait_until_ready()
            return Served(time.perf_counter() - started, server.memory_mib(), server.descriptors())
        finally:
            server.stop()


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(archive: Archive, passages: int) -> Size:
    """One size, each part in a process of its own."""
    filled = Filled(**_alone("fill", archive, passages))
    found = _alone("search", archive, passages)
    meaning, words, evidence = (Times(**found[part]) for part in _PARTS)
    searched = Searched(found["start_s"], meaning, words, evidence, found["peak_mb"])
    return Size(filled, searched, serve(archive), os.getloadavg()[0])


def _alone(work: str, archive: Archive, passages: int) -> dict[str, Any]:
    """What a process of its own measures."""
    arguments = ["--work", work, "--home", str(archive.home), "--database", archive.database]
    command = [sys.executable, "-m", "bench.scale", *arguments, "--passages", str(passages)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603  our own module
    values: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return values


@command
def main(
    write: Annotated[bool, typer.Option("--write-baseline", help="Keep the figures as the new baseline.")] = False,
    passages: Annotated[int | None, typer.Option(help="Measure this size only.")] = None,
    database: Annotated[str, typer.Option(help="A new, empty PostgreSQL database with pgvector: measure that.")] = "",
    work: Annotated[str, typer.Option(hidden=True)] = "",
    home: Annotated[Path, typer.Option(hidden=True)] = Path(),
) -> None:
    """Fill archives of made-up articles and search them; print medians and what each size costs.

    A database takes one size: it is not emptied afterwards.
    """
    if work:
        done = fill(Archive(home, database), passages or 0) if work == "fill" else search(Archive(home, database))
        typer.echo(json.dumps(asdict(done)))
        return
    kept: dict[str, dict[str, Any]] = json.loads(BASELINE.read_text())
    rows = {}
    for size in [passages] if passages else SIZES:
        console.print(f"{size:,} passages …")
        with TemporaryDirectory(prefix="actuclair-scale-") as folder:
            rows[str(size)] = asdict(measure(Archive(Path(folder), database), size))
    engine = SHARED if database else IN_PROCESS
    typer.echo(render(rows))
    if write:
        kept[engine] = dict(sorted((kept.get(engine, {}) | rows).items(), key=lambda row: int(row[0])))
        BASELINE.write_text(json.dumps(kept, indent=1) + "\n")


def render(rows: dict[str, Any]) -> str:
    """A Markdown table, one size a row; times are the median, the 95th percentile, and the work of this process."""
    lines = [
        "| passages | by meaning, ms | by words, ms | to evidence, ms | storing, ms | disk MB | ready s | MB | load |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows.values():
        filled, searched, served = row["filled"], row["searched"], row["served"]
        times = [_told(searched[part]) for part in _PARTS]
        lines.append(
            f"| {filled['passages']:,} | {' | '.join(times)} | {filled['overhead_ms']:.2f} | {filled['disk_mb']:.0f} "
            f"| {served['ready_s']:.1f} | {served['memory_mb']:.0f} | {row['load']:.1f} |"
        )
    return "\n".join(lines)


def _told(times: dict[str, float]) -> str:
    return f"{times['p50']:.1f} / {times['p95']:.1f} / {times['core']:.1f}"


if __name__ == "__main__":
    typer.run(main)
