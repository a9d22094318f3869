"""What a question asks for decides what of the found sentences is quoted first, and what is no sure answer."""

from dataclasses import replace

import pytest
from fakes import FakeEmbedder, evidence_of

from rag.answering.choosing import to_quote, with_amount
from rag.answering.gate import Gate
from rag.answering.proving import Prover
from rag.checking.attribution import Attribution
from rag.course import Course
from rag.models.sentence_vectors import SentenceVectors
from rag.types import Question

PROVER = Prover(Attribution(SentenceVectors(FakeEmbedder())), None, Gate(0.5))

ASKED = Question("Combien d’auditeurs a Leo Paz ?", "fr")
ARTICLE = evidence_of(
    "Leo Paz chante à Nice.", "Il a 300 auditeurs.", "Ana Ruiz a 200 auditeurs.", "Il pleut.", title="", language="fr"
)


def test_amount_that_was_found_farther_off_becomes_evidence_if_it_is_of_whom_the_question_names():
    singer, listeners, other, _ = ARTICLE
    text = " ".join(item.text for item in ARTICLE)
    told = [
        replace(item, start=text.index(item.text), article=replace(item.article, text=text))
        for item in (singer, listeners, other)
    ]

    evidence, rest = with_amount(ASKED, told[:1], told[1:])

    assert [item.text for item in evidence] == [singer.text, listeners.text]
    assert [item.text for item in rest] == [other.text]
    assert to_quote(ASKED, evidence)[0].text == listeners.text


def test_evidence_stays_as_it_is_when_no_amount_is_asked_for():
    question = Question("Wo singt Leo Paz?", "de")

    assert with_amount(question, ARTICLE[:1], ARTICLE[1:]) == (ARTICLE[:1], tuple(ARTICLE[1:]))


def test_near_quotes_without_the_amount_that_is_asked_for_are_no_sure_answer():
    proving = PROVER.begin(
        Question("Combien gagne Breaking Rust ?", "fr"),
        evidence_of("Breaking Rust chante.", "Une machine compose ses chansons."),
        Course(),
    )
    costs = PROVER.begin(
        Question("Combien coûte une place ?", "fr"), evidence_of("Une place coûte 12 euros."), Course()
    )

    shown = [*proving.quotes()], [*costs.quotes()]

    assert all(shown)
    assert proving.is_unsure
    assert not costs.is_unsure


@pytest.mark.parametrize(
    ("told", "language"),
    [("Lo ascoltano 2 milioni di persone.", "it"), ("Lo escuchan 2 millones de personas.", "es")],
)
def test_who_asks_for_an_amount_gets_one_first_in_another_language_if_none_is_in_theirs(told: str, language: str):
    near = evidence_of("Il cowboy canta.", "Molti lo ascoltano.", language="it")
    telling = [replace(item, number=3) for item in evidence_of(told, language=language)]

    asked = Question("Quante persone lo ascoltano?", "it")
    quotes = list(PROVER.begin(asked, [*near, *telling], Course()).quotes())

    assert quotes[0].citations == (3,)
    assert len(quotes) == 3


def test_amount_of_somebody_else_comes_behind_and_is_no_sure_answer():
    texts = ["Ana Ruiz hören 300 Menschen.", "Leo Paz singt in Wien.", "Ana Ruiz singt in Bonn."]
    proving = PROVER.begin(Question("Wie viele hören Leo Paz?", "de"), evidence_of(*texts, language="de"), Course())

    quotes = list(proving.quotes())

    assert quotes[0].citations == (2,)
    assert proving.is_unsure
