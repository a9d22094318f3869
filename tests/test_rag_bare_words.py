"""What is typed without asking anything finds no sentences that have nothing to do with it."""

import pytest
from fakes import article_of
from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Kind, Passage
from rag.asking.bare_words import asks_something
from rag.types import Found, RetrievedPassage

TEXT = "La musique de Breaking Rust est faite par une machine, une IA, una maquina. Oui, et personne ne chante."
ARTICLE = article_of(TEXT, id="cowboy", title="Le cow-boy")
FOUND = RetrievedPassage(Passage("p", "cowboy", TEXT, 0, len(TEXT), Kind.NEWS), ARTICLE, (), 0.9)
TOLD = Found((FOUND,), (FOUND,))


@pytest.mark.parametrize(
    ("typed", "language"),
    [("asdf", "fr"), ("x", "en"), ("Léo", "fr"), ("oui", "fr"), ("und dann?", "de"), ("bla bla", "it"), ("123", "es"),
     ("sdfg hjkl qwrt zxcv", "en")],
)  # fmt: skip
def test_what_asks_nothing_and_stands_in_no_article_is_no_question(typed: str, language: str):
    assert not asks_something(typed, language, TOLD)


@pytest.mark.parametrize(
    ("typed", "language"),
    [("Breaking Rust", "de"), ("IA ?", "fr"), ("machines", "en"), ("cow-boy", "fr"), ("MÁQUINA", "es")],
)
def test_one_word_is_enough_where_an_article_has_it(typed: str, language: str):
    assert asks_something(typed, language, TOLD)


def test_a_whole_question_is_one_whatever_was_found():
    assert asks_something("Wie hoch ist der Mond?", "de", TOLD)


@given(st.from_regex(r"\w{1,30}", fullmatch=True))
def test_one_word_asks_nothing_where_nothing_was_found(typed: str):
    assert not asks_something(typed, "fr", Found((), ()))
