"""What happens when the archive grows: search, ingest, memory, disk and start-up at 1,000, 10,000 and 100,000 passages.

`make bench-scale`. Texts and vectors are made up: embedding 100,000 passages and their sentences takes two hours here
and tells nothing about search. Each size is measured in processes of their own: one fills the archive, one searches.
"""

import json
import resource
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import numpy as np
import typer

from cli.edge import command, console
from corpus.types import Article

BASELINE = Path(__file__).with_name("scale_baseline.json")
_SIZES = (1_000, 10_000, 100_000)
_DIMENSIONS, _SPACE = 384, 40
_LANGUAGES = ("fr", "en", "it", "es", "de")
_VOCABULARY = 20_000
_WORDS_A_SENTENCE, _SENTENCES_A_PASSAGE, _PASSAGES_AN_ARTICLE = 16, 5, 4
_QUESTIONS = 300
_WARM_UPS = 20


@dataclass(frozen=True)
class Filled:
    """An archive that was filled; `overhead_s` is all but embedding, for each passage."""

    passages: int
    overhead_ms: float
    disk_mb: float
    peak_mb: float


@dataclass(frozen=True)
class Searched:
    """An archive that was opened and searched by a new process; times without the question's embedding."""

    start_s: float
    p50_ms: float
    p95_ms: float
    peak_mb: float


class MadeUpEmbedder:
    """A unit vector for each text, always the same one; no meaning, no model.

    The vectors lie near a space of 40 dimensions, as those of sentences do: among vectors without neighbours no index
    finds any.
    """

    name = "made-up"

    def __init__(self) -> None:
        self._space = np.random.default_rng(0).standard_normal((_SPACE, _DIMENSIONS), dtype=np.float32)

    def embed_query(self, text: str) -> np.ndarray:
        return np.asarray(self.embed_passages([text])[0])

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        random = np.random.default_rng(zlib.crc32("".join(texts).encode()))
        vectors = random.standard_normal((len(texts), _SPACE), dtype=np.float32) @ self._space
        vectors += random.standard_normal((len(texts), _DIMENSIONS), dtype=np.float32)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def made_up_articles(passages: int) -> Iterator[Article]:
    """Articles with about that many passages: words as frequent as in a language (Zipf), dates over three years."""
    random = np.random.default_rng(1)
    for number in range(passages // _PASSAGES_AN_ARTICLE):
        language = _LANGUAGES[number % len(_LANGUAGES)]
        count = _WORDS_A_SENTENCE * _SENTENCES_A_PASSAGE * _PASSAGES_AN_ARTICLE
        words = [_word(language, rank) for rank in np.minimum(random.zipf(1.2, count), _VOCABULARY)]
        sentences = [words[start : start + _WORDS_A_SENTENCE] for start in range(0, count, _WORDS_A_SENTENCE)]
        yield Article(
            id=f"article-{number}",
            title=" ".join(words[:6]).capitalize(),
            text=" ".join(" ".join(sentence).capitalize() + "." for sentence in sentences),
            language=language,
            source="made up",
            published=date(2024, 1, 1) + timedelta(days=number % 1000),
            outlet=f"Outlet {number % 20}",
        )


def _word(language: str, rank: int) -> str:
    """Example: ('fr', 1) -> a word of letters that no other rank has"""
    letters = np.base_repr(rank * 7919 + 1_000, 26).lower()
    return "".join(chr(ord("a") + int(digit, 26)) for digit in letters) + language[0]


def fill(home: Path, passages: int) -> Filled:
    from rag.index.ingest import ingest
    from rag.index.workspace import Workspace

    with Workspace(home, MadeUpEmbedder()) as workspace:
        started = time.perf_counter()
        report = ingest(made_up_articles(passages), workspace)
        seconds = time.perf_counter() - started
    disk = sum(file.stat().st_size for file in home.rglob("*") if file.is_file())
    return Filled(report.passages, 1000 * seconds / report.passages, disk / 1e6, _peak_mb())


def search(home: Path) -> Searched:
    from rag.assembly import open_retriever
    from rag.index.workspace import Workspace
    from rag.types import Question

    started = time.perf_counter()
    with Workspace(home, MadeUpEmbedder()) as workspace:
        workspace.check_ready()
        workspace.index.mend()
        retriever = open_retriever(workspace)
        start_s = time.perf_counter() - started
        times = []
        random = np.random.default_rng(2)
        for number in range(_WARM_UPS + _QUESTIONS):
            language = _LANGUAGES[number % len(_LANGUAGES)]
            ranks = np.minimum(random.zipf(1.2, 9), _VOCABULARY)
            question = Question(" ".join(_word(language, rank) for rank in ranks) + "?", language)
            started = time.perf_counter()
            retriever.retrieve(question, 20)
            times.append(1000 * (time.perf_counter() - started))
    p50, p95 = np.percentile(times[_WARM_UPS:], [50, 95])
    return Searched(start_s, float(p50), float(p95), _peak_mb())


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _alone(work: str, home: Path, passages: int) -> dict[str, float]:
    """What a process of its own measures."""
    arguments = [sys.executable, "-m", "bench.scale", "--work", work, "--home", str(home), "--passages", str(passages)]
    done = subprocess.run(arguments, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603  our own module
    values: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return values


@command
def main(
    write: Annotated[bool, typer.Option("--write-baseline", help="Keep the figures as the new baseline.")] = False,
    passages: Annotated[int | None, typer.Option(help="Measure this size only.")] = None,
    work: Annotated[str, typer.Option(hidden=True)] = "",
    home: Annotated[Path, typer.Option(hidden=True)] = Path(),
) -> None:
    """Fill archives of made-up articles and search them; print medians and what each size costs."""
    if work:
        typer.echo(json.dumps(asdict(fill(home, passages or 0) if work == "fill" else search(home))))
        return
    rows = {}
    for size in [passages] if passages else _SIZES:
        console.print(f"{size:,} passages …")
        with TemporaryDirectory(prefix="actuclair-scale-") as folder:
            filled = Filled(**_alone("fill", Path(folder), size))  # type: ignore[arg-type]
            rows[str(size)] = (filled, Searched(**_alone("search", Path(folder), size)))
    typer.echo(render(rows))
    if write:
        kept = {
            size: {"filled": asdict(filled), "searched": asdict(searched)} for size, (filled, searched) in rows.items()
        }
        BASELINE.write_text(json.dumps(kept, indent=1) + "\n")


def render(rows: dict[str, tuple[Filled, Searched]]) -> str:
    """A Markdown table, one size a row."""
    lines = [
        "| passages | search p50 ms | p95 ms | storing, ms each | disk MB | peak MB: search | ingest | start s |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for filled, searched in rows.values():
        lines.append(
            f"| {filled.passages:,} | {searched.p50_ms:.1f} | {searched.p95_ms:.1f} | {filled.overhead_ms:.2f} "
            f"| {filled.disk_mb:.0f} | {searched.peak_mb:.0f} | {filled.peak_mb:.0f} | {searched.start_s:.1f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    typer.run(main)
