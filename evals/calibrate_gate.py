"""Fit the gate's constants (`rag/gate.py`) on questions that are known to be answerable or not.

`python -m evals.calibrate_gate ../shared/evals/answerability.jsonl` prints them. Run it again after another embedder,
another model or another prompt. Knows what is measured, not what the gate does with it.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

from cli.edge import console, load_settings
from corpus.errors import ActuclairError
from corpus.language import READER_LANGUAGES
from corpus.reading import make_article
from rag.assembly import open_embedder, open_writer
from rag.embedder import Embedder
from rag.evidence import select_evidence
from rag.gate import SIMILARITY_CENTRE
from rag.ingest import ingest
from rag.retriever import Retriever
from rag.types import Evidence, Question
from rag.workspace import Workspace
from rag.writer import Writer


@dataclass(frozen=True)
class Case:
    """What was measured of a question, and whether its passages answer it."""

    language: str
    answerable: bool
    similarity: float
    log_odds: float


class NotMeasurable(ActuclairError):
    """The model that is set does not tell how likely its words are."""

    def __init__(self, writer: str):
        super().__init__(f"The writer '{writer}' tells no probabilities. Set ACTUCLAIR_WRITER to a local model.")


def measure(path: Path) -> Iterator[Case]:
    """Each question of a file with `question`, `lang`, `passages`, `answerable`, with the real models."""
    settings = load_settings()
    embedder, writer = open_embedder(settings), open_writer(settings)
    if writer is None:
        raise NotMeasurable("ACTUCLAIR_WRITER=none")
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for entry in track(sorted(entries, key=lambda entry: entry["lang"]), "Asking", console=console):
        question = Question(entry["question"], entry["lang"])
        evidence = evidence_for(question, entry["passages"], embedder)
        yield measure_one(question, evidence, writer, answerable=entry["answerable"])


def measure_one(question: Question, evidence: Sequence[Evidence], writer: Writer, answerable: bool) -> Case:
    draft = writer.write(question, evidence)
    if draft.log_odds is None:
        raise NotMeasurable(writer.name)
    return Case(question.language, answerable, max(item.score for item in evidence), draft.log_odds)


def evidence_for(question: Question, passages: Sequence[str], embedder: Embedder) -> Sequence[Evidence]:
    """The evidence when these passages are all there is."""
    articles = [
        replace(make_article("eval", f"article-{number}", text, {"language": question.language}), title="-")
        for number, text in enumerate(passages)
    ]
    with TemporaryDirectory() as home, Workspace(Path(home), embedder) as workspace:
        ingest(articles, workspace)
        return select_evidence(Retriever(embedder, workspace.index, workspace.record).retrieve(question, 20))


def fit(cases: Sequence[Case]) -> dict[str, float]:
    """Logistic regression of answerability: a weight for similarity, one for the log odds, an offset a language."""
    features = np.array([
        [case.similarity - SIMILARITY_CENTRE, case.log_odds, *(case.language == code for code in READER_LANGUAGES)]
        for case in cases
    ], dtype=float)  # fmt: skip
    features[:, 0] *= 20  # puts it on the scale of the log odds, so that both are regularised alike
    answerable = np.array([case.answerable for case in cases])
    likely = cross_val_predict(LogisticRegression(), features, answerable, cv=10, method="predict_proba")[:, 1]
    console.print(f"AUC in cross-validation: {roc_auc_score(answerable, likely):.2f}")
    console.print(f"answered though unanswerable: {np.mean(likely[~answerable] > 0.5):.2f}")
    console.print(f"refused though answerable: {np.mean(likely[answerable] <= 0.5):.2f}")
    model = LogisticRegression().fit(features, answerable)
    similarity, log_odds, *offsets = model.coef_[0]
    constants = {"similarity": 20 * similarity, "log_odds": log_odds}
    return constants | {
        code: offset + model.intercept_[0] for code, offset in zip(READER_LANGUAGES, offsets, strict=True)
    }


if __name__ == "__main__":
    for name, value in fit(list(measure(Path(sys.argv[1])))).items():
        console.print(f"{name}: {value:.2f}")
