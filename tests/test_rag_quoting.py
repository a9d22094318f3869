"""Evidence -> a quote: in whose language, in which marks, and whose voice it is."""

from dataclasses import replace

import pytest
from fakes import evidence_of

from corpus.language import READER_LANGUAGES
from corpus.types import Kind
from rag.answering.proving import quote
from rag.finding.evidence import quotable
from rag.types import AnswerSentence, Voice


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("« Oui », dit « Ana ».", "fr", "«\u00a0“Oui”, dit “Ana”.\u00a0»"),
        ("“Yes,” says Ana.", "en", "“‘Yes,’ says Ana.”"),
        ("„Ja“, sagt Ana.", "de", "„‚Ja‘, sagt Ana.“"),
        ("Un « resta aperto.", "it", "«Un “resta aperto.”»"),
    ],
)
def test_a_quote_that_holds_quotes_has_the_inner_marks_in_it(text: str, language: str, told: str):
    (item,) = evidence_of(text, language=language)

    assert quote(item, language).text == told


def test_quote_is_the_evidence_in_its_own_language():
    (item,) = evidence_of("Das Lied ist „neu“.", language="de")

    assert quote(item, "it") == AnswerSentence("«Das Lied ist “neu”.»", (1,), is_quote=True)


@pytest.mark.parametrize("kind", [Kind.OPINION, Kind.COMMENTS])
@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_quote_of_an_opinion_or_a_comment_says_so(language: str, kind: Kind):
    (fact,) = evidence_of("Das ist schön.", language="de")

    plain, voiced = quote(fact, language), quote(replace(fact, kind=kind, voice=Voice(kind.value)), language)

    assert voiced.voice is Voice(kind.value)
    assert voiced.text.endswith(plain.text) and len(voiced.text) > len(plain.text)


def test_quotes_are_in_the_readers_language_where_three_of_them_are_near():
    spanish = evidence_of("El vaquero no existe.", language="es", score=0.90)
    told = ("Le cow-boy n'existe pas.", "Une machine chante.", "On danse.", "Il pleut.")
    french = evidence_of(*told, language="fr", score=0.88)
    *near, far = [replace(item, number=item.number + 1) for item in french]

    three = quotable([*spanish, *near, replace(far, score=0.80)], "fr")
    two = quotable([*spanish, *near[:2], replace(far, score=0.80)], "fr")

    assert three == near
    assert two == [*spanish, *near[:2]]


def test_quote_is_as_near_as_its_words_and_the_sentences_beside_it_make_it():
    near, beside, far = evidence_of("Ana Ruiz tanzt.", "Sie trägt Rot.", "Es regnet.", language="de", score=0.80)

    told = quotable([replace(near, score=0.90), replace(beside, extra=0.05), far], "de")

    assert [item.text for item in told] == ["Ana Ruiz tanzt.", "Sie trägt Rot."]


def test_nothing_is_quoted_twice():
    (told,) = evidence_of("Eine Maschine singt das Lied.", language="de")
    (again,) = evidence_of("Das Lied singt eine Maschine.", language="de")

    assert quotable([told, replace(again, number=2)], "de") == [told]
