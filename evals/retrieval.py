"""How well are passages found? MRR@10 for every pair of languages, next to plain ways of searching and the baseline.

`make eval-retrieval`. Knows questions with their right paragraphs, not answers.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import numpy as np
import typer
from rich.progress import track

from cli.edge import command, console, load_settings
from corpus.reading import read_source
from corpus.types import Article
from evals.ranking import first_of_each, fuse, mean_reciprocal_rank
from rag.assembly import open_embedder, open_retriever
from rag.filters import Filters
from rag.index.ingest import ingest
from rag.index.workspace import Workspace
from rag.models.embedder import Embedder
from rag.models.sentence_vectors import SentenceVectors
from rag.types import Question

BASELINE = Path(__file__).with_name("retrieval_baseline.json")
_SETS = ("piaf", "xquad")
_ALL = "all"
_DEPTH = 40  # passages; about 20 paragraphs
_WAYS = ("dense", "words", "fusion", "Actuclair")
Rank = Callable[[Question], list[str]]
Figures = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Asked:
    """A question and the ids of the paragraphs, in any language, that answer it."""

    question: Question
    relevant: frozenset[str]


class RememberingEmbedder:
    """Embeds each question once, however often it is searched for."""

    def __init__(self, embedder: Embedder):
        self.name = embedder.name
        self._embedder = embedder
        self._known: dict[str, np.ndarray] = {}

    def embed_query(self, text: str) -> np.ndarray:
        if text not in self._known:
            self._known[text] = self._embedder.embed_query(text)
        return self._known[text]

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        return self._embedder.embed_passages(texts)


@command
def main(
    data: Annotated[Path, typer.Option(help="The folder with piaf_*.jsonl and xquad_*.jsonl.")] = Path(
        "../shared/evals"
    ),
    limit: Annotated[int | None, typer.Option(min=1, help="Ask only the first questions of each set.")] = None,
    write: Annotated[bool, typer.Option("--write-baseline", help="Keep the figures as the new baseline.")] = False,
    out: Annotated[Path, typer.Option(help="Where the table is written.")] = Path("var/evals/retrieval.md"),
) -> None:
    """Search for every question and print how early the right paragraph comes."""
    if not data.is_dir():
        typer.echo(f"Skipped: there is no folder '{data}' with the questions. Name one with --data.")
        return
    embedder = RememberingEmbedder(open_embedder(load_settings()))
    figures = {row: shares for name in _SETS for row, shares in _measure(data, name, embedder, limit).items()}
    baseline: Figures = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    table = render(figures, baseline)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(table, encoding="utf-8")
    typer.echo(table)
    if write:
        BASELINE.write_text(json.dumps(figures, indent=1) + "\n")
    console.print(f"Written: {out}" + (f", {BASELINE}" if write else ""), soft_wrap=True)


def _measure(data: Path, name: str, embedder: Embedder, limit: int | None) -> Figures:
    """MRR@10 of each way of searching, by set, passages' language and question's language."""
    asked = [_asked(line) for line in (data / f"{name}_questions.jsonl").read_text(encoding="utf-8").splitlines()][
        :limit
    ]
    with TemporaryDirectory(prefix="actuclair-evals-") as home, Workspace(Path(home), embedder) as workspace:
        articles = [found for found in read_source(data / f"{name}_articles.jsonl") if isinstance(found, Article)]
        console.print(f"{name}: {ingest(articles, workspace).passages} passages.")
        languages = sorted({article.language for article in articles})
        figures: Figures = {}
        for written_in in [_ALL, *languages] if len(languages) > 1 else [_ALL]:
            ranks = _ranks(workspace, None if written_in == _ALL else written_in)
            for language, row in _rows(asked, ranks, f"{name}, passages {written_in}").items():
                figures[f"{name}: {language} -> {written_in}"] = row
        return figures


def _rows(asked: Sequence[Asked], ranks: Mapping[str, Rank], title: str) -> Figures:
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for entry in track(asked, title, console=console):
        for way, rank in ranks.items():
            reciprocal = mean_reciprocal_rank([first_of_each(rank(entry.question))], [entry.relevant])
            for group in {entry.question.language, _ALL}:
                found[group][way].append(reciprocal)
    return {
        group: {way: round(float(np.mean(values)), 4) for way, values in ways.items()} for group, ways in found.items()
    }


def _ranks(workspace: Workspace, written_in: str | None) -> dict[str, Rank]:
    """The ways of searching passages in one language, or in all: each gives article ids, best first, with repeats."""
    retriever = open_retriever(workspace, SentenceVectors(workspace.embedder))
    filters = Filters(language=written_in)

    def dense(question: Question) -> list[str]:
        embedding = workspace.embedder.embed_query(question.text)
        return _articles(id_ for id_, _ in workspace.index.search(embedding, _DEPTH, filters))

    def words(question: Question) -> list[str]:
        return _articles(workspace.words.search(question.text, written_in or question.language, _DEPTH))

    def fusion(question: Question) -> list[str]:
        return fuse([first_of_each(dense(question)), first_of_each(words(question))])

    def actuclair(question: Question) -> list[str]:
        return [found.article.id for found in retriever.retrieve(question, _DEPTH, filters)]

    return dict(zip(_WAYS, (dense, words, fusion, actuclair), strict=True))


def _articles(passage_ids: Iterator[str] | Sequence[str]) -> list[str]:
    return [id_.rsplit(":", 2)[0] for id_ in passage_ids]


def _asked(line: str) -> Asked:
    entry = json.loads(line)
    return Asked(Question(entry["question"], entry["language"]), frozenset(entry["relevant"]))


def render(figures: Figures, baseline: Figures) -> str:
    """A Markdown table, with what has changed since the baseline behind Actuclair's figures."""
    lines = [f"| MRR@10 | {' | '.join(_WAYS)} | since baseline |", "|---|" + "---|" * (len(_WAYS) + 1)]
    for row, shares in figures.items():
        before = baseline.get(row, {}).get("Actuclair")
        change = "" if before is None else f"{shares['Actuclair'] - before:+.3f}"
        lines.append(f"| {row} | {' | '.join(f'{shares[way]:.3f}' for way in _WAYS)} | {change} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    typer.run(main)
