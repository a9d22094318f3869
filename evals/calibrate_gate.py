"""Fit the gate's constants (`rag/answering/gate.py`) on questions that some articles answer or not, by default the demo
articles.

`python -m evals.calibrate_gate` prints them. Run it again after a change of embedder, model, prompt or retrieval.
Knows what is measured, not what the gate does with it.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import numpy as np
import typer
from rich.progress import track

from cli.edge import command, console, load_settings
from corpus.errors import ActuclairError
from corpus.language import READER_LANGUAGES
from corpus.reading import read_source
from rag.assembly import open_retriever, open_workspace, open_writer
from rag.finding.evidence import select_evidence
from rag.finding.retriever import Retriever
from rag.index.ingest import ingest
from rag.types import Question, ReadingLevel
from rag.writing.writer import Writer

_REPOSITORY = Path(__file__).resolve().parent.parent
_QUESTIONS = _REPOSITORY / "evals" / "gate_questions.jsonl"
_ARTICLES = _REPOSITORY / "corpus" / "articles"
_MEASURED = Path("var/evals/gate.jsonl")
REFUSED_THOUGH_ANSWERABLE = 0.05


class NotMeasurable(ActuclairError):
    """The model that is set does not tell how likely its words are."""

    def __init__(self, writer: str):
        super().__init__(f"The writer '{writer}' tells no probabilities. Set ACTUCLAIR_WRITER to a local model.")


@dataclass(frozen=True)
class Case:
    """What was measured of a question, and whether the articles answer it."""

    id: str
    language: str
    answerable: bool
    similarity: float
    log_odds: float


def measure(questions: Path, articles: Path) -> Iterator[Case]:
    """Each question, with the real models over the articles."""
    entries = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()]
    with TemporaryDirectory() as home, open_workspace(load_settings(home=Path(home))) as workspace:
        ingest(read_source(articles), workspace)
        retriever = open_retriever(workspace)
        writer = open_writer(load_settings())
        if writer is None:
            raise NotMeasurable("none")
        for entry in track(entries, "Asking", console=console):
            question = Question(entry["question"], entry["language"], ReadingLevel(entry["level"]))
            yield measure_one(entry["id"], question, entry["answerable"], retriever, writer)


def measure_one(name: str, question: Question, answerable: bool, retriever: Retriever, writer: Writer) -> Case:
    evidence = select_evidence(retriever.find(question, 20), question.language)
    draft = writer.write(question, evidence)
    if draft.log_odds is None:
        raise NotMeasurable(writer.name)
    return Case(name, question.language, answerable, max(item.score for item in evidence), draft.log_odds)


def thresholds(cases: Sequence[Case]) -> dict[str, float]:
    """For each language 0, or the log odds that refuse a given share of the answerable questions if that is less."""
    found = {}
    for language in READER_LANGUAGES:
        of_language = [case for case in cases if case.language == language]
        answerable = [case.log_odds for case in of_language if case.answerable]
        found[language] = round(min(0.0, float(np.quantile(answerable, REFUSED_THOUGH_ANSWERABLE))), 2)
        let_through = [case.log_odds >= found[language] for case in of_language if not case.answerable]
        console.print(f"{language}: {found[language]:.2f} lets {np.mean(let_through):.0%} of the unanswerable through")
    return found


@command
def main(
    questions: Annotated[Path, typer.Option(help="The set: one question a line.")] = _QUESTIONS,
    articles: Annotated[Path, typer.Option(help="The folder of the articles.")] = _ARTICLES,
) -> None:
    """Measure all questions and print the thresholds."""
    measured = list(measure(questions, articles))
    _MEASURED.parent.mkdir(parents=True, exist_ok=True)
    _MEASURED.write_text("".join(json.dumps(asdict(case)) + "\n" for case in measured), encoding="utf-8")
    console.print(f"LEAST_LOG_ODDS = {thresholds(measured)}")


if __name__ == "__main__":
    typer.run(main)
