"""The same answer at another level: from the same evidence, and only where there is something to tell."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeEmbedder, article_of
from page_turns import answer_of, evidence_of

from rag.assembly import open_retriever
from rag.attribution import Attribution
from rag.explainer import Explainer
from rag.finishing import Finisher
from rag.gate import Gate
from rag.guard import Guard
from rag.ingest import ingest
from rag.proving import Prover
from rag.sentence_vectors import SentenceVectors
from rag.types import Answer, Event, EvidenceFound, Question, ReadingLevel, Status
from rag.workspace import Workspace

NOBODY = "Il cowboy Breaking Rust non esiste."


def told(opened: Workspace) -> Explainer:
    vectors = SentenceVectors(opened.embedder)
    prover, guard = Prover(Attribution(vectors), None, Gate(0.5)), Guard(vectors, opened.embedder.name, "IT")
    return Explainer(open_retriever(opened), prover, Finisher(vectors.of), guard)


def both_times(folder: Path, question: Question) -> tuple[Answer, Sequence[Event]]:
    """An answer, and the events of the same for teenagers."""
    with Workspace(folder, FakeEmbedder()) as opened:
        ingest([article_of(NOBODY, language="it")], opened)
        explainer = told(opened)
        found, *_, answer = explainer.explain(question)
        assert isinstance(found, EvidenceFound) and isinstance(answer, Answer)
        return answer, list(explainer.explain_again(answer, found.evidence, ReadingLevel.TEEN))


def test_an_answer_is_explained_again_at_its_new_level(tmp_path: Path):
    answer, (found, *_, again) = both_times(
        tmp_path, Question("Il cowboy Breaking Rust esiste?", "it", ReadingLevel.CHILD)
    )

    assert isinstance(found, EvidenceFound) and isinstance(again, Answer)
    assert (answer.status, again.status) == (Status.QUOTED, Status.QUOTED)
    assert (answer.question.level, again.question.level) == (ReadingLevel.CHILD, ReadingLevel.TEEN)


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.ANSWERED, Status.QUOTED}))
def test_words_that_tell_nothing_of_any_article_stay_as_they_are(tmp_path: Path, status: Status):
    fixed = answer_of(status=status)
    with Workspace(tmp_path, FakeEmbedder()) as opened:
        again = told(opened).explain_again(fixed, (evidence_of(1, NOBODY),), ReadingLevel.TEEN)

        assert list(again) == [fixed]


@pytest.mark.parametrize(
    ("question", "understood"),
    [("Come faccio a dimagrire in fretta?", ""), ("E in fretta?", "Come faccio a dimagrire in fretta?")],
)
def test_what_is_for_adults_only_is_not_explained_again_to_children(tmp_path: Path, question: str, understood: str):
    told_to_adults = replace(answer_of(), question=Question(question, "it", ReadingLevel.ADULT), understood=understood)
    with Workspace(tmp_path, FakeEmbedder()) as opened:
        (again,) = told(opened).explain_again(told_to_adults, (evidence_of(1, NOBODY),), ReadingLevel.CHILD)

        assert isinstance(again, Answer)
        assert (again.status, again.question.text, again.citations) == (Status.DECLINED, question, ())
        assert NOBODY not in again.text
