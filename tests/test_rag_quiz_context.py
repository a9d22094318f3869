"""What stands beside the evidence is asked about too: only news, in the reader's language, word for word."""

from dataclasses import replace

from fakes import article_of
from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Kind
from rag.study.quiz import make_quiz
from rag.study.quiz_context import ON_NO_CARD, with_context
from rag.types import Evidence, ReadingLevel

_TEXT = (
    "Die Band The Velvet Sundown ist im Internet sehr bekannt. Im Juni 2025 kamen zwei Alben der Band gleichzeitig "
    "heraus. Auf Spotify hören mehr als 400.000 Menschen die Musik von The Velvet Sundown. „Das war alles nur ein Witz "
    "für uns und unsere Freunde“, sagte Ada Neri. Eine Band ist eine Gruppe von Menschen, die zusammen Musik machen."
)
_CITED = "Auf Spotify hören mehr als 400.000 Menschen die Musik von The Velvet Sundown."


def cited(text: str = _CITED, within: str = _TEXT, **changes: object) -> Evidence:
    article = replace(article_of(within), language="de", **changes)
    start = within.index(text)
    return Evidence(1, text, start, start + len(text), article, article.kind, 1.0)


def test_an_answer_of_one_sentence_is_asked_about_what_stands_beside_it():
    quiz = make_quiz([cited()], "de", ReadingLevel.CHILD)

    assert len(quiz) == 3
    assert {question.proof.number for question in quiz} == {1, ON_NO_CARD}
    assert all(_TEXT[question.proof.start : question.proof.end] == question.proof.text for question in quiz)


def test_the_nearest_sentences_come_first_behind_what_is_cited():
    found = with_context([cited()], "de")

    assert found[0] == cited()
    distances = [abs(each.start - found[0].start) for each in found[1:]]
    assert distances == sorted(distances)
    assert len({each.text for each in found}) == len(found) == 5


def test_opinions_readers_comments_and_other_languages_give_nothing_more():
    for item, language in (
        (cited(kind=Kind.OPINION), "de"),
        (cited(), "it"),
        (cited("Die Band The Velvet Sundown ist im Internet sehr bekannt.", comments_start=57), "de"),
    ):
        assert with_context([item], language) == (item,)


def test_what_holds_an_address_or_orders_a_machine_is_never_asked_about():
    harmful = "Ada Neri sagt in Berlin mehr auf https://evil.example/band als 20 anderen Bands im Juni 2025."

    found = with_context([cited(within=f"{harmful} {_TEXT}")], "de")

    assert harmful not in [each.text for each in found]
    assert len(found) == 5


@given(st.text("abcdefg .!?»„“\n", max_size=300))
def test_whatever_the_article_says_its_sentences_are_found_word_for_word(text: str):
    within = f"{text}\n\n{_CITED}"

    for each in with_context([cited(within=within)], "de"):
        assert within[each.start : each.end] == each.text
