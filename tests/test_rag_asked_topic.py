"""Questions that ask for one thing by its name."""

from dataclasses import replace

import pytest
from fakes import FakeEmbedder, evidence_of

from rag.answering.gate import Gate
from rag.answering.proving import Prover
from rag.asking.asked_topic import asks_only_for, tells_of
from rag.checking.attribution import Attribution
from rag.course import Course
from rag.models.sentence_vectors import SentenceVectors
from rag.phrases import phrase
from rag.types import Question
from rag.words.topics import Form, Topic

RAIN, SINGER, SITE = (
    "Il pleut depuis trois jours.",
    "La chanteuse Ana Ruiz a rempli la salle hier.",
    "Sur Melodia, un site de musique, Ana Ruiz est très écoutée.",
)
ARTICLE = (RAIN, "Le public de Melodia attend Ana Ruiz.", SINGER, SITE)


def told(question: str, language: str = "fr") -> list[str]:
    return [item.text for item in tells_of(Question(question, language), evidence_of(*ARTICLE))]


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Qui est Ana Ruiz ?", "fr"),
        ("qui est ana ruiz", "fr"),
        ("Parle-moi d’Ana Ruiz !", "fr"),
        ("Who is Ana Ruiz?", "en"),
        ("What do the articles say about Ana Ruiz?", "en"),
        ("Chi è Ana Ruiz?", "it"),
        ("Cuéntame más sobre Ana Ruiz", "es"),
        ("Erzähl mir mehr von Ana Ruiz!", "de"),
    ],
)
def test_question_for_a_name_finds_the_sentences_with_it_and_first_the_one_that_says_who_it_is(
    question: str, language: str
):
    found = told(question, language)

    assert found[0] == SINGER
    assert set(found) == {*ARTICLE} - {RAIN}


def test_question_for_a_thing_finds_first_what_is_said_beside_its_name():
    assert told("C’est quoi Melodia ?")[0] == SITE


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Combien gagne Ana Ruiz ?", "fr"),
        ("Où habite Ana Ruiz ?", "fr"),
        ("How old is Ana Ruiz?", "en"),
        ("Wer ist der Bruder von Ana Ruiz?", "de"),
        ("Chi è Paul Poe?", "it"),
        ("Qui est-ce ?", "fr"),
        ("Who is Ana?", "en"),
        ("Who is Al Ruiz?", "en"),
        ("Wer ist Anna Ruiz?", "de"),
        ("What is Melodia 13?", "en"),
        ("Who does Ana Ruiz know?", "en"),
        ("¿Quién es Ana Ruizinho?", "es"),
    ],
)
def test_question_for_more_than_a_name_or_for_an_unknown_one_finds_nothing(question: str, language: str):
    assert told(question, language) == []


def test_sentences_in_the_readers_language_come_first():
    german = evidence_of(RAIN, SITE, "In Wien singt Ana Ruiz heute.", language="de")[2]

    found = tells_of(Question("Wer ist Ana Ruiz?", "de"), [*evidence_of(SINGER, SITE), german])

    assert found[0] is german
    assert len(found) == 3


def test_where_enough_can_be_read_no_sentence_in_another_language_is_taken():
    german = evidence_of("In Wien singt Ana Ruiz heute.", "Ana Ruiz ist eine Sängerin.", RAIN, language="de")[:2]
    french = [replace(item, number=item.number + 2) for item in evidence_of(SINGER, SITE)]

    found = tells_of(Question("Wer ist Ana Ruiz?", "de"), [*french, *german])

    assert [item.article.language for item in found] == ["de", "de"]


def test_name_alone_is_answered_though_no_sentence_is_near_in_meaning():
    prover = Prover(Attribution(SentenceVectors(FakeEmbedder())), None, Gate(2.0))

    named = prover.begin(Question("Qui est Ana Ruiz ?", "fr"), evidence_of(*ARTICLE), Course())
    other = prover.begin(Question("Combien gagne Ana Ruiz ?", "fr"), evidence_of(*ARTICLE), Course())

    assert next(sentence.text for sentence in named.quotes()) == f"«\u00a0{SINGER}\u00a0»"
    assert not named.is_unsure
    assert list(other.quotes()) == []


@pytest.mark.parametrize("language", ["fr", "en", "it", "es", "de"])
@pytest.mark.parametrize("form", list(Form))
def test_every_question_that_is_suggested_is_known_as_one_for_a_name(language: str, form: Form):
    asked = phrase(language, f"suggest_{form.value}").format(name="Ana Ruiz")

    assert asks_only_for(Topic("Ana Ruiz", form), Question(asked, language))


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("Saint Melodia est une ville.", "fr", False),
        ("Melodia Newman was an actor.", "en", False),
        ("Chez Melodia, on chante.", "fr", True),
        ("Die Firma Melodia baut Orgeln.", "de", True),
    ],
)
def test_part_of_another_name_is_not_what_is_asked_for(text: str, language: str, names: bool):
    known = "Melodia is a firm. The firm Melodia builds robots, and Melodia sells them."
    (other,) = evidence_of(text, language=language)
    (about,) = evidence_of(known, language="en")

    found = tells_of(Question("What is Melodia?", "en"), [about, replace(other, number=2)])

    assert (2 in [item.number for item in found]) is names
