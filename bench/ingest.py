"""What other processes bring an ingest, with an embedder that only takes its time, and what an article costs.

`make bench-ingest`. Sleeping needs no core, so that the speed-up shown is that of the program, not of this machine.
"""

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from bench.ingest_speed import BatchRecorder, repeat
from bench.made_up import MadeUpEmbedder, made_up_articles
from cli.edge import command, console, load_settings
from corpus.passages import split_passages
from corpus.reading import read_source
from corpus.types import Article
from rag.assembly import open_embedder
from rag.index.embedding import InProcess, Workers
from rag.index.ingest import ingest
from rag.index.process_workers import ProcessWorkers
from rag.index.workspace import Workspace
from rag.settings import Settings

_WORKERS = (1, 2, 4, 8)
_SLEEP_MS = 20.0  # for each passage, with its statements
_DEMO = Path(__file__).resolve().parent.parent / "corpus" / "articles"
_EMBEDDED, _STORED = 48, 1500  # passages


class SleepingEmbedder(MadeUpEmbedder):
    """Takes its time for each passage, that is for each text with a title above it, as an endpoint far away does."""

    def __init__(self, sleep_ms: float):
        super().__init__()
        self._sleep_s = sleep_ms / 1000

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        time.sleep(self._sleep_s * sum("\n" in text for text in texts))
        return super().embed_passages(texts)


@dataclass(frozen=True)
class Speed:
    """An ingest by so many workers, once they were ready."""

    workers: str
    passages: int
    ready_s: float
    seconds: float


@dataclass(frozen=True)
class Constants:
    """What one article, and one passage, of `name` costs here."""

    name: str
    articles: int
    passages: int
    texts: int
    characters: int
    read_ms: float
    own_ms: float
    unchanged_ms: float
    record_bytes: float
    index_bytes: float
    embed_ms: float


def measure_speed(workers: str, passages: int, sleep_ms: float) -> Speed:
    """One ingest of made-up articles: by this process for '1', by so many others, or by 'ray://…'."""
    sleeping = partial(SleepingEmbedder, sleep_ms)
    articles = list(made_up_articles(passages))
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as home, ExitStack() as opened:
        embedding = _workers(workers, sleeping, opened)
        workspace = opened.enter_context(Workspace(Path(home), sleeping()))
        ready = time.perf_counter()
        report = ingest(articles, workspace, workers=embedding)
        return Speed(workers, report.passages, ready - started, time.perf_counter() - ready)


def _workers(workers: str, sleeping: partial[SleepingEmbedder], opened: ExitStack) -> Workers:
    if workers.startswith("ray://"):
        from rag.index.ray_workers import RayWorkers

        return opened.enter_context(RayWorkers(workers, sleeping))
    return InProcess(sleeping()) if workers == "1" else opened.enter_context(ProcessWorkers(int(workers), sleeping))


def measure_constants(folder: Path, settings: Settings) -> Constants:
    """What the articles of a folder cost, read once and stored again and again with their words shuffled."""
    started = time.perf_counter()
    articles = [article for article in read_source(folder) if isinstance(article, Article)]
    read_s = time.perf_counter() - started
    passages = sum(len(split_passages(article)) for article in articles)
    many = repeat(articles, _STORED)
    with tempfile.TemporaryDirectory() as home:
        with Workspace(Path(home), MadeUpEmbedder()) as workspace:
            started = time.perf_counter()
            stored = ingest(many, workspace).passages
            own_s = time.perf_counter() - started
            started = time.perf_counter()
            ingest(many, workspace)
            unchanged_s = time.perf_counter() - started
        sizes = {file: file.stat().st_size for file in Path(home).rglob("*") if file.is_file()}
    record = sum(size for file, size in sizes.items() if file.name.startswith("record"))
    texts, embed_s = _embedding(articles, settings)
    return Constants(
        folder.name, len(articles), passages, texts, sum(len(article.text) for article in articles),
        1000 * read_s / len(articles), 1000 * own_s / stored, 1000 * unchanged_s / len(many), record / stored,
        (sum(sizes.values()) - record) / stored, 1000 * embed_s,
    )  # fmt: skip


def _embedding(articles: Sequence[Article], settings: Settings) -> tuple[int, float]:
    """How many texts are embedded for these articles, and how many seconds of a core a passage takes the embedder."""
    recorder = BatchRecorder()
    with tempfile.TemporaryDirectory() as home, Workspace(Path(home), recorder) as workspace:
        passages = ingest(articles, workspace).passages
    some = [*_some(recorder.batches, _EMBEDDED * sum(map(len, recorder.batches)) // passages)]
    embedder = open_embedder(settings)
    embedder.embed_passages(some[:16])  # the first call is slower
    started = time.process_time()
    embedder.embed_passages(some)
    texts = sum(map(len, recorder.batches))
    return texts, (time.process_time() - started) / len(some) * texts / passages


def _some(batches: Sequence[Sequence[str]], count: int) -> Iterator[str]:
    """Texts spread over all, so that passages and statements have their shares."""
    texts = [text for batch in batches for text in batch]
    yield from (texts[place] for place in np.linspace(0, len(texts) - 1, min(count, len(texts)), dtype=int))


def render_speeds(speeds: Sequence[Speed]) -> str:
    """A Markdown table; the first row is what the others are compared with."""
    lines = ["| workers | ready after s | passages | s | a second | speed-up |", "|---|---|---|---|---|---|"]
    slowest = speeds[0].seconds / speeds[0].passages
    for speed in speeds:
        each = speed.seconds / speed.passages
        lines.append(
            f"| {speed.workers} | {speed.ready_s:.1f} | {speed.passages:,} | {speed.seconds:.1f} | {1 / each:.0f} "
            f"| {slowest / each:.2f} |"
        )
    return "\n".join(lines)


def render_constants(measured: Sequence[Constants]) -> str:
    lines = ["| | " + " | ".join(each.name for each in measured) + " |", "|---" * (len(measured) + 1) + "|"]
    rows = {
        "articles, passages": [f"{each.articles}, {each.passages}" for each in measured],
        "passages an article": [f"{each.passages / each.articles:.1f}" for each in measured],
        "characters an article": [f"{each.characters / each.articles:,.0f}" for each in measured],
        "texts to embed a passage": [f"{each.texts / each.passages:.1f}" for each in measured],
        "reading, ms an article": [f"{each.read_ms:.1f}" for each in measured],
        "an article that is there already, ms": [f"{each.unchanged_ms:.2f}" for each in measured],
        "the owner's work, ms a passage": [f"{each.own_ms:.2f}" for each in measured],
        "the embedder, ms of a core a passage": [f"{each.embed_ms:.0f}" for each in measured],
        "record, bytes a passage": [f"{each.record_bytes:,.0f}" for each in measured],
        "index, bytes a passage": [f"{each.index_bytes:,.0f}" for each in measured],
    }
    return "\n".join([*lines, *(f"| {name} | {' | '.join(values)} |" for name, values in rows.items())])


@command
def main(
    passages: Annotated[int, typer.Option(help="Passages for each number of workers.")] = 4000,
    sleep_ms: Annotated[float, typer.Option(help="How long a passage takes to embed.")] = _SLEEP_MS,
    ray: Annotated[str, typer.Option(help="A Ray cluster to try as well, such as ray://local.")] = "",
    articles: Annotated[Path, typer.Option(help="Articles whose cost is measured.")] = _DEMO,
    constants: Annotated[bool, typer.Option(help="Measure what an article costs, with the real embedder.")] = True,
) -> None:
    """Print how much faster an ingest is with more workers, and what an article costs on this machine."""
    speeds = []
    for workers in [*map(str, _WORKERS), *([ray] if ray else [])]:
        console.print(f"{workers} workers …")
        speeds.append(measure_speed(workers, passages, sleep_ms))
    typer.echo(render_speeds(speeds))
    if constants:
        console.print("what an article costs …")
        typer.echo("\n" + render_constants([measure_constants(articles, load_settings())]))


if __name__ == "__main__":
    typer.run(main)
