"""Fit the gate's constants (`rag/gate.py`) on questions about the demo articles that are answerable or not.

`python -m evals.calibrate_gate` prints them. Run it again after a change of embedder, model, prompt or retrieval.
Knows what is measured, not what the gate does with it.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from cli.edge import console, load_settings
from corpus.errors import ActuclairError
from corpus.language import READER_LANGUAGES
from corpus.reading import read_source
from rag.assembly import open_workspace, open_writer
from rag.evidence import select_evidence
from rag.gate import SIMILARITY_CENTRE
from rag.ingest import ingest
from rag.retriever import Retriever
from rag.types import Question, ReadingLevel
from rag.writer import Writer

_REPOSITORY = Path(__file__).resolve().parent.parent
_QUESTIONS = _REPOSITORY / "evals" / "gate_questions.jsonl"
_MEASURED = Path("var/evals/gate.jsonl")
_SIMILARITY_SCALE = 20  # puts similarities on the scale of log odds, so that both are regularised alike


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


def measure() -> Iterator[Case]:
    """Each question, with the real models over the demo articles."""
    entries = [json.loads(line) for line in _QUESTIONS.read_text(encoding="utf-8").splitlines()]
    with TemporaryDirectory() as home, open_workspace(load_settings(home=Path(home))) as workspace:
        ingest(read_source(_REPOSITORY / "corpus" / "articles"), workspace)
        retriever = Retriever(workspace.embedder, workspace.index, workspace.record)
        writer = open_writer(load_settings())
        if writer is None:
            raise NotMeasurable("none")
        for entry in track(entries, "Asking", console=console):
            question = Question(entry["question"], entry["language"], ReadingLevel(entry["level"]))
            yield measure_one(entry["id"], question, entry["answerable"], retriever, writer)


def measure_one(name: str, question: Question, answerable: bool, retriever: Retriever, writer: Writer) -> Case:
    evidence = select_evidence(retriever.retrieve(question, 20))
    draft = writer.write(question, evidence)
    if draft.log_odds is None:
        raise NotMeasurable(writer.name)
    return Case(name, question.language, answerable, max(item.score for item in evidence), draft.log_odds)


def fit(cases: Sequence[Case]) -> dict[str, float]:
    """Logistic regression of answerability: a weight for similarity, one for the log odds, an offset a language."""
    rows = [
        [(case.similarity - SIMILARITY_CENTRE) * _SIMILARITY_SCALE, case.log_odds]
        + [float(case.language == code) for code in READER_LANGUAGES]
        for case in cases
    ]
    features, answerable = np.array(rows), np.array([case.answerable for case in cases])
    folds = StratifiedKFold(10, shuffle=True, random_state=0)
    likely = cross_val_predict(LogisticRegression(), features, answerable, cv=folds, method="predict_proba")[:, 1]
    console.print(f"AUC in cross-validation: {roc_auc_score(answerable, likely):.2f}")
    console.print(f"answered though unanswerable: {np.mean(likely[~answerable] > 0.5):.2f}")
    console.print(f"refused though answerable: {np.mean(likely[answerable] <= 0.5):.2f}")
    model = LogisticRegression().fit(features, answerable)
    similarity, log_odds, *offsets = model.coef_[0]
    offset_by_language = dict(zip(READER_LANGUAGES, offsets + model.intercept_, strict=True))
    return {"similarity": _SIMILARITY_SCALE * similarity, "log_odds": log_odds} | offset_by_language


if __name__ == "__main__":
    measured = list(measure())
    _MEASURED.parent.mkdir(parents=True, exist_ok=True)
    _MEASURED.write_text("".join(json.dumps(asdict(case)) + "\n" for case in measured), encoding="utf-8")
    for name, value in fit(measured).items():
        console.print(f"{name}: {value:.2f}")
