"""What a question asks for decides what of the found sentences is quoted first, and what is no sure answer."""

from dataclasses import replace

import pytest
from fakes import FakeEmbedder, evidence_of

from corpus.types import Kind
from rag.answering.choosing import to_quote, with_amount
from rag.answering.gate import Gate
from rag.answering.proving import Prover
from rag.checking.attribution import Attribution
from rag.course import Course
from rag.models.sentence_vectors import SentenceVectors
from rag.types import Question

PROVER = Prover(Attribution(SentenceVectors(FakeEmbedder())), None, Gate(0.5))

LANGUAGES = {
    "de": ("hat",),
    "es": ("personas",),
    "fr": ("abonnés", "auditeurs"),
    "en": ("people", "listeners"),
    "it": ("persone",),
}
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


@pytest.mark.parametrize(
    ("asked", "language", "told", "is_sure"),
    [
        ("Wie viele Menschen hören Leo Paz?", "de", "Leo Paz hat 300 Hörer.", True),
        ("Wie viele Menschen hören Leo Paz?", "de", "300 personas escuchan a Leo Paz.", True),
        ("wie viele hörer hat leo paz im monat", "de", "Leo Paz hat 300 Hörer im Monat.", True),
        ("Dites-moi combien d’auditeurs a Leo Paz.", "fr", "Leo Paz a 300 auditeurs.", True),
        ("Combien de gens écoutent leo paz", "fr", "Leo Paz a 300 auditeurs.", True),
        ("Quanti album ha pubblicato Leo Paz?", "it", "Leo Paz hat zwei Alben gemacht.", True),
        ("¿Cuántos oyentes tiene Leo Paz en España?", "es", "Leo Paz hat 300 Hörer.", False),
        ("¿Cuántos oyentes tiene Leo Paz en España?", "es", "In Spanien hat Leo Paz 300 Hörer.", True),
        ("Combien d’abonnés a Leo Paz sur TikTok ?", "fr", "Leo Paz a 300 abonnés sur Instagram.", False),
        ("Combien d’auditeurs avait Leo Paz en 2024 ?", "fr", "Leo Paz a 300 auditeurs.", False),
        ("How many women listen to Leo Paz?", "en", "300 people listen to Leo Paz.", False),
        ("How many people listened to Leo Paz on the first day?", "en", "300 people listened to Leo Paz.", False),
        ("How many listeners did Leo Paz lose?", "en", "Leo Paz has 300 listeners.", False),
        ("Quante persone non ascoltano Leo Paz?", "it", "300 persone ascoltano Leo Paz.", False),
        ("Wie viele Menschen hören Leo Paz jeden Tag?", "de", "Leo Paz hat 300 Hörer.", False),
    ],
)
@pytest.mark.parametrize("least", [0.5, 1.04])
def test_amount_is_sure_when_it_is_told_of_all_that_is_named_however_near_it_is(
    asked: str, language: str, told: str, is_sure: bool, least: float
):
    told_in = next(code for code, words in LANGUAGES.items() if any(word in told for word in words))
    prover = Prover(PROVER.attribution, None, Gate(least))
    proving = prover.begin(Question(asked, language), evidence_of(told, language=told_in, title=""), Course())

    assert list(proving.quotes())
    assert proving.is_unsure is not is_sure


def test_amount_in_the_readers_language_comes_before_a_nearer_one_in_another():
    (english,) = evidence_of("Leo Paz has 300 listeners.", language="en", title="")
    far, near = evidence_of("Leo Paz hat 300 Hörer.", "Leo Paz singt in Wien.", language="de", title="")
    question = Question("Wie viele Hörer hat Leo Paz?", "de")

    evidence, rest = with_amount(question, [english, replace(near, number=2)], [replace(far, number=3, score=0.8)])

    assert (len(evidence), rest) == (3, ())
    assert [item.text for item in to_quote(question, evidence)] == [far.text, english.text, near.text]


def test_beside_an_amount_nothing_is_quoted_in_another_language_that_tells_none():
    (told,) = evidence_of("Leo Paz ha 300 ascoltatori.", language="it", title="")
    (other,) = evidence_of("Leo Paz canta en Roma.", language="es", title="")

    assert to_quote(Question("Quanti ascoltatori ha Leo Paz?", "it"), [told, replace(other, number=2)]) == [told]


def test_news_that_tell_an_amount_come_before_opinions():
    opinion, news = evidence_of(
        "Creo que Leo Paz tiene 300 oyentes.", "Hoy 200 oyentes escuchan a Leo Paz.", language="es"
    )
    opinion = replace(opinion, kind=Kind.OPINION)

    assert to_quote(Question("¿Cuántos oyentes tiene Leo Paz?", "es"), [opinion, news]) == [news, opinion]


def test_share_on_a_platform_is_of_none_other_where_the_platform_stands_beside_it():
    texts = [
        "Ana Ruiz singt.",
        "Laut Deezer sind dort rund 30 Prozent der Lieder von KI.",
        "Ana Ruiz tanzt mit Deezer.",
    ]
    evidence = evidence_of(*texts, language="de", title="")

    quotes = to_quote(Question("Welcher Anteil der Lieder bei Deezer ist von KI?", "de"), evidence)

    assert quotes[0].text == texts[1]
