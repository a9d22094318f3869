"""The quiz: questions from the evidence, right answers that are right, wrong ones that are wrong, and never filler."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import article_of, evidence_of
from hypothesis import given
from hypothesis import strategies as st

from corpus.language import READER_LANGUAGES
from corpus.reading import read_source
from corpus.sentences import split_sentences
from corpus.types import Article, Kind
from rag.study.quiz import GAP, Form, make_quiz
from rag.study.quiz_facts import told_by
from rag.types import Evidence, ReadingLevel, Voice
from rag.words.quantities import numbers
from rag.words.voices import who_says

CHILD = ReadingLevel.CHILD
_ARTICLES = Path(__file__).resolve().parent.parent / "corpus" / "articles"
_FRENCH = (
    "Breaking Rust chante « Walk My Walk » depuis juin 2025.",
    "Sur Spotify, plus de 4 millions de personnes ont écouté la chanson de Breaking Rust.",
    "Un clip est un petit film qui accompagne une chanson.",
)
_GERMAN = (
    "Im Juni 2025 kamen zwei Alben der Band gleichzeitig heraus.",
    "Auf Spotify hören mehr als 400.000 Menschen die Musik von The Velvet Sundown.",
    "Eine Band ist eine Gruppe von Menschen, die zusammen Musik machen.",
)


def evidence_in(article: Article) -> tuple[Evidence, ...]:
    told = split_sentences(article.text, article.language)
    return tuple(
        Evidence(number, each.text, each.start, each.end, article, article.kind, 1.0,
                 who_says(each.text, article.text[: each.start], article.kind, article.language).voice)
        for number, each in enumerate(told, start=1)
    )  # fmt: skip


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return [article for article in read_source(_ARTICLES) if isinstance(article, Article)]


@pytest.mark.parametrize(("texts", "language"), [(_FRENCH, "fr"), (_GERMAN, "de")])
def test_make_quiz_asks_three_questions_each_of_another_form_and_sentence(texts: tuple[str, ...], language: str):
    quiz = make_quiz(evidence_of(*texts, language=language), language, CHILD)

    assert {question.form for question in quiz} == set(Form)
    assert {question.proof.text for question in quiz} == set(texts)


def test_make_quiz_asks_the_same_of_the_same_evidence():
    evidence = evidence_of(*_GERMAN, language="de")

    assert make_quiz(evidence, "de", CHILD) == make_quiz(evidence, "de", CHILD)


def test_make_quiz_proves_every_question_by_its_evidence(articles: list[Article]):
    asked = 0
    for article in articles:
        for question in make_quiz(evidence_in(article), article.language, CHILD):
            filled = question.text.replace(GAP, question.answer)
            asked += 1
            assert question.proof.text == article.text[question.proof.start : question.proof.end]
            assert (filled == question.proof.text) == (question.answer != "false")
            assert question.is_right(question.answer)
    assert asked >= len(READER_LANGUAGES) * 3


def test_make_quiz_offers_no_number_that_the_articles_have(articles: list[Article]):
    for article in articles:
        evidence = evidence_in(article)
        for question in make_quiz(evidence, article.language, CHILD):
            for option in set(question.options) - {question.answer}:
                assert not numbers(option, article.language) & numbers(told_by(evidence), article.language)
                assert not question.is_right(option)


def test_make_quiz_offers_only_greater_numbers_beyond_more_than():
    [question] = make_quiz(evidence_of(_GERMAN[1], language="de"), "de", CHILD)

    others = [int(option.replace(".", "")) for option in question.options if option != question.answer]
    assert question.answer == "400.000"
    assert all(other > 400_000 for other in others)


def test_make_quiz_never_swaps_a_name_for_one_that_stands_beside_it():
    text = "The singer Ana Ruiz filmed the long story of two lonely robots."
    beside = "Lea Stone, a singer, is the stage name of the singer Ana Ruiz."

    quiz = make_quiz(evidence_of(text, beside, language="en"), "en", CHILD)

    assert all("Lea Stone" not in f"{question.text}{question.options}" or beside in question.proof.text
               for question in quiz)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Elle a chanté « Walk My Walk » avec Ana Ruiz en 2025.", "fr"),
        ("Ana Ruiz a-t-elle écrit les 4 chansons de cet album ?", "fr"),
        ("Regarde le clip d’Ana Ruiz, vu 4 millions de fois.", "fr"),
        ("You can hear the 4 songs of Ana Ruiz on Spotify.", "en"),
        ("This singer wrote 4 songs with Ana Ruiz in 2025.", "en"),
        ("Questa canzone di Ana Ruiz ha 4 milioni di ascolti.", "it"),
        ("Pero Ana Ruiz escribió 4 canciones con su hermano.", "es"),
        ("Ich habe 4 Lieder von Ana Ruiz auf Spotify gehört.", "de"),
        ("Die Lage ist wirklich nicht so einfach.", "de"),
        ("- 4 chansons d’Ana Ruiz sur Spotify", "fr"),
    ],
)
def test_make_quiz_leaves_out_what_leans_on_others_addresses_somebody_or_says_nothing(text: str, language: str):
    assert make_quiz(evidence_of(text, language=language), language, CHILD) == ()


def test_make_quiz_asks_nothing_about_opinions_comments_speech_or_other_languages():
    [item] = evidence_of(_FRENCH[1])

    asked = [
        make_quiz([changed], "fr", CHILD)
        for changed in (
            replace(item, kind=Kind.OPINION),
            replace(item, kind=Kind.COMMENTS),
            replace(item, voice=Voice.SPEECH),
            replace(item, article=article_of(item.article.text, language="it")),
        )
    ]

    assert len(make_quiz([item], "fr", CHILD)) == 1
    assert asked == [()] * 4


def test_is_right_forgives_capitals_accents_and_spaces():
    question = replace(make_quiz(evidence_of(*_FRENCH), "fr", CHILD)[-1], form=Form.FILL, answer="vidéo clip")

    assert question.is_right(" Video  CLIP ")
    assert not question.is_right("")
    assert question.hint == "v···· c···"


@given(st.lists(st.text(st.sampled_from("abcE ÉA.4 2025«»?!"), min_size=1, max_size=80), min_size=1, max_size=4),
       st.sampled_from(READER_LANGUAGES), st.sampled_from(ReadingLevel))  # fmt: skip
def test_make_quiz_never_fails_and_never_gives_its_answer_away(texts: list[str], language: str, level: ReadingLevel):
    article = article_of("\n".join(texts), language=language)
    evidence = [Evidence(1, text, 0, len(text), article, Kind.NEWS, 1.0) for text in texts]

    for question in make_quiz(evidence, language, level):
        if question.form is Form.FILL:
            assert not re.search(rf"(?<!\w){re.escape(question.answer)}(?!\w)", question.text.replace(GAP, ""))
        assert len(set(question.options)) == len(question.options)
