"""The same answer at another level: from the same evidence, and only where there is something to tell."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeEmbedder, article_of
from page_turns import answer_of, evidence_of

from rag.answering.finishing import Finisher
from rag.answering.gate import Gate
from rag.answering.proving import Prover
from rag.asking.answer_cache import AnswerCache
from rag.asking.guard import Guard
from rag.assembly import open_retriever
from rag.checking.attribution import Attribution
from rag.explainer import Explainer
from rag.index.ingest import ingest
from rag.index.workspace import Workspace
from rag.models.sentence_vectors import SentenceVectors
from rag.types import Answer, Event, EvidenceFound, Question, ReadingLevel, Status

NOBODY = "Il cowboy Breaking Rust non esiste."


def told(opened: Workspace, cache: AnswerCache | None = None) -> Explainer:
    vectors = SentenceVectors(opened.embedder)
    prover, guard = Prover(Attribution(vectors), None, Gate(0.5)), Guard(vectors, opened.embedder.name, "IT")
    return Explainer(open_retriever(opened), prover, Finisher(vectors.of), guard, cache)


def both_times(folder: Path, question: Question) -> tuple[Answer, Sequence[Event]]:
    """An answer, and the events of the same for teenagers."""
    with Workspace(folder, FakeEmbedder()) as opened:
        ingest([article_of(NOBODY, language="it")], opened)
        explainer = told(opened)
        found, *_, answer = explainer.explain(question)
        assert isinstance(found, EvidenceFound) and isinstance(answer, Answer)
        return answer, list(explainer.explain_again(answer, found, ReadingLevel.TEEN))


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
        again = told(opened).explain_again(fixed, EvidenceFound((evidence_of(1, NOBODY),)), ReadingLevel.TEEN)

        assert list(again) == [fixed]


@pytest.mark.parametrize(
    ("question", "understood"),
    [("Come faccio a dimagrire in fretta?", ""), ("E in fretta?", "Come faccio a dimagrire in fretta?")],
)
def test_what_is_for_adults_only_is_not_explained_again_to_children(tmp_path: Path, question: str, understood: str):
    told_to_adults = replace(answer_of(), question=Question(question, "it", ReadingLevel.ADULT), understood=understood)
    with Workspace(tmp_path, FakeEmbedder()) as opened:
        (again,) = told(opened).explain_again(
            told_to_adults, EvidenceFound((evidence_of(1, NOBODY),)), ReadingLevel.CHILD
        )

        assert isinstance(again, Answer)
        assert (again.status, again.question.text, again.citations) == (Status.DECLINED, question, ())
        assert NOBODY not in again.text


def test_articles_that_disagree_still_do_at_another_level(tmp_path: Path):
    said = "La chanson Walk My Walk a été écoutée par {} millions de personnes."
    question = Question("Combien de personnes ont écouté Walk My Walk ?", "fr", ReadingLevel.ADULT)
    with Workspace(tmp_path, FakeEmbedder()) as opened:
        ingest([article_of(said.format(amount), id=f"a{amount}", title="Walk My Walk") for amount in "47"], opened)
        explainer = told(opened)
        found, *_, answer = explainer.explain(question)
        assert isinstance(found, EvidenceFound) and isinstance(answer, Answer)
        apart = EvidenceFound(found.evidence[:1], rest=(*found.evidence[1:], *found.rest))

        *_, again = explainer.explain_again(answer, apart, ReadingLevel.TEEN)

        assert isinstance(again, Answer)
        assert [conflict.of for conflict in again.conflicts] == [conflict.of for conflict in answer.conflicts] != []


def test_an_answer_that_was_told_before_is_not_made_again_at_any_level(tmp_path: Path):
    question = Question("Il cowboy Breaking Rust esiste?", "it", ReadingLevel.TEEN)
    with Workspace(tmp_path, FakeEmbedder()) as opened:
        ingest([article_of(NOBODY, language="it")], opened)
        explainer = told(opened, AnswerCache(lambda: 1))
        found, *_, answer = explainer.explain(question)
        assert isinstance(found, EvidenceFound) and isinstance(answer, Answer)

        levels = [ReadingLevel.ADULT, ReadingLevel.ADULT, ReadingLevel.TEEN]
        again = [list(explainer.explain_again(answer, found, level))[-1] for level in levels]

        firsts = [each.steps[0].name for each in again if isinstance(each, Answer)]
        assert firsts == ["explained again", "told again", "told again"]
        assert [each.question.level for each in again if isinstance(each, Answer)] == levels


def test_an_answer_from_other_evidence_is_made_anew(tmp_path: Path):
    question = Question("Il cowboy Breaking Rust esiste?", "it", ReadingLevel.CHILD)
    with Workspace(tmp_path, FakeEmbedder()) as opened:
        ingest([article_of(f"{NOBODY} Il cowboy Breaking Rust canta.", language="it")], opened)
        explainer = told(opened, AnswerCache(lambda: 1))
        found, *_, answer = explainer.explain(question)
        assert isinstance(found, EvidenceFound) and isinstance(answer, Answer) and len(found.evidence) == 2
        list(explainer.explain_again(answer, found, ReadingLevel.TEEN))

        *_, again = explainer.explain_again(answer, EvidenceFound(found.evidence[:1]), ReadingLevel.TEEN)

        assert isinstance(again, Answer) and again.steps[0].name == "explained again"
        assert len(again.citations) == 1
