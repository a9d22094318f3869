"""Difficult words: the right ones for a level, where they stand, and only with an explanation that exists."""

from itertools import pairwise

import pytest
from fakes import article_of
from hypothesis import given
from hypothesis import strategies as st

from corpus.language import READER_LANGUAGES
from rag.study.difficult_words import difficult_words
from rag.study.explaining_sentences import ExplainingSentences
from rag.types import ReadingLevel

CHILD, TEEN, ADULT = ReadingLevel.CHILD, ReadingLevel.TEEN, ReadingLevel.ADULT


def told(text: str, language: str, level: ReadingLevel = CHILD) -> list[str]:
    return [word.text for word in difficult_words(text, language, level)]


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("L’algorithme choisit une chanson.", "fr", ["algorithme"]),
        ("Les réseaux sociaux et l’IA inquiètent.", "fr", ["réseaux sociaux", "IA"]),
        ("Les émissions de gaz à effet de serre baissent.", "fr", ["gaz à effet de serre"]),
        ("Two search engines spread a rumour.", "en", ["search engines", "rumour"]),
        ("Due giornaliste e l’algoritmo dell’azienda.", "it", ["giornaliste", "algoritmo", "azienda"]),
        ("Las innovaciones y las huelgas.", "es", ["innovaciones", "huelgas"]),
        ("Das Urheberrechtsgesetz schützt die KI-Sängerin.", "de", ["Urheberrechtsgesetz", "KI"]),
        ("Der Streamingdienst Deezer zählt mit.", "de", ["Streamingdienst"]),
    ],
)
def test_difficult_words_are_found_in_any_inflection_as_they_are_written(text: str, language: str, words: list[str]):
    assert told(text, language) == words


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le chat dort sur la table depuis 2025.", "fr"),
        ("La revue Libero Tecnologia compte 3 millions de lecteurs.", "it"),
        ("Auf „Country Digital Song Sales“ steht ein Lied.", "de"),
        ("A su juicio, la voz es bonita.", "es"),
        ("The singer Maya Strike smiled.", "en"),
        ("Rindfleisch, 12, 3000!", "de"),
        ("O algoritmo escolhe.", "pt"),
        ("", "fr"),
    ],
)
def test_difficult_words_leave_names_numbers_other_meanings_and_the_unexplained_alone(text: str, language: str):
    assert told(text, language) == []


def test_difficult_words_are_fewer_for_older_readers():
    text = "Le journaliste parle d’un algorithme, d’un référendum et de la désinformation."

    child, teen, adult = (told(text, "fr", level) for level in (CHILD, TEEN, ADULT))

    assert child == ["journaliste", "algorithme", "référendum", "désinformation"]
    assert set(adult) < set(teen) < set(child)


def test_difficult_words_quote_the_articles_before_the_glossary():
    article = article_of("Un algorithme est une liste de gestes à faire.", language="fr")
    sentences = ExplainingSentences(lambda: [article], lambda: 1).now()

    [word] = difficult_words("Die Algorithmen wählen aus.", "de", CHILD, "fr", sentences)

    assert word.text == "Algorithmen"
    assert word.explanation.text == article.text
    assert word.explanation.article == article


def test_difficult_words_in_another_language_are_explained_in_the_reader_s():
    [word] = difficult_words("Una nuova canzone con un algoritmo.", "it", CHILD, "en")

    assert word.explanation.language == "en"
    assert word.explanation.term == "algorithm"


def test_difficult_words_do_not_explain_a_sentence_with_itself():
    article = article_of("Un gimmick est un truc de scène.", language="fr")
    known = ExplainingSentences(lambda: [article], lambda: 1).now()

    assert difficult_words(article.text, "fr", CHILD, "fr", known) == ()


@given(
    st.text(st.sampled_from("aeiIA’'-. éß1 robtlgmhK"), max_size=60),
    st.sampled_from(READER_LANGUAGES),
    st.sampled_from(ReadingLevel),
)
def test_difficult_words_stand_where_they_say_in_order_and_apart(text: str, language: str, level: ReadingLevel):
    found = difficult_words(f"{text} algoritmo Algorithmus IA", language, level)

    assert all(f"{text} algoritmo Algorithmus IA"[word.start : word.end] == word.text for word in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
