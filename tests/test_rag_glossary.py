"""Explanations of words: curated ones, and sentences of articles that explain; never anything else."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language import READER_LANGUAGES
from corpus.reading import read_source
from corpus.types import Article, Kind
from rag.glossary import explain, find_explanation
from rag.prompt import PROMPTS
from rag.reading_level import measure

_ARTICLES = Path(__file__).resolve().parent.parent / "corpus" / "articles"


def entries(language: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((PROMPTS / "glossary" / f"{language}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_glossary_has_the_same_eighty_or_more_ideas_in_every_language(language: str):
    assert set(entries(language)) == set(entries("fr"))
    assert len(entries(language)) >= 80


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_glossary_explains_in_one_short_sentence(language: str):
    for key, entry in entries(language).items():
        measured = measure(entry["explanation"], language)
        assert measured.sentences == 1, (key, entry["explanation"])
        assert measured.longest_sentence <= 30, (key, entry["explanation"])


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_explain_finds_every_term_and_form_under_its_own_key(language: str):
    for key, entry in entries(language).items():
        for name in (entry["term"], *entry.get("forms", ())):
            found = explain(name, language)
            assert found is not None, name
            assert found.key == key, name


@pytest.mark.parametrize(
    ("word", "language", "key"),
    [
        ("algorithmes", "fr", "algorithm"),
        ("Intelligences artificielles", "fr", "artificial_intelligence"),
        ("IA", "fr", "artificial_intelligence"),
        ("« rumeurs »", "fr", "rumour"),
        ("droits d’auteur", "fr", "copyright"),
        ("journalists", "en", "journalist"),
        ("search engines", "en", "search_engine"),
        ("giornaliste", "it", "journalist"),
        ("piattaforme", "it", "platform"),
        ("innovaciones", "es", "innovation"),
        ("huelgas", "es", "strike"),
        ("Journalisten", "de", "journalist"),
        ("künstlichen Intelligenz", "de", "artificial_intelligence"),
    ],
)
def test_explain_finds_inflected_forms(word: str, language: str, key: str):
    found = explain(word, language)

    assert found is not None
    assert found.key == key
    assert found.language == language


@pytest.mark.parametrize(
    ("word", "language"),
    [("parler", "fr"), ("publique", "fr"), ("ai", "it"), ("elect", "en"), ("research", "en"), ("parlare", "it"),
     ("periódico", "es"), ("Botschaft", "de"), ("baguette", "fr"), ("", "de"), ("robot", "pt")],
)  # fmt: skip
def test_explain_has_nothing_for_words_that_only_look_alike(word: str, language: str):
    assert explain(word, language) is None


def test_explain_tells_it_in_the_language_of_the_reader():
    found = explain("inflazione", "it", reader="de")

    assert found is not None
    assert found.term == "Inflation"
    assert found.language == "de"


@given(st.text(max_size=40), st.sampled_from(READER_LANGUAGES))
def test_explain_never_fails(word: str, language: str):
    explain(word, language)


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return [article for article in read_source(_ARTICLES) if isinstance(article, Article)]


@pytest.mark.parametrize(
    ("word", "language", "beginning"),
    [
        ("IA", "fr", "Une IA (le nom court d’intelligence artificielle) est un programme"),
        ("Spotify", "fr", "Spotify est un service de streaming."),
        ("artificial intelligence", "en", "An artificial intelligence, or AI, is a computer program that"),
        ("intelligenza artificiale", "it", "Un’intelligenza artificiale, in breve IA, è un programma"),
        ("inteligencia artificial", "es", "Una inteligencia artificial, o IA, es un programa"),
        ("künstliche Intelligenz", "de", "Eine künstliche Intelligenz, kurz KI, ist ein Computerprogramm."),
        ("Streaming", "de", "Streaming bedeutet:"),
    ],
)
def test_find_explanation_quotes_the_sentence_that_explains(
    articles: list[Article], word: str, language: str, beginning: str
):
    children = sorted(articles, key=lambda article: article.audience.value != "child")

    found = find_explanation(word, language, children)

    assert found is not None
    assert found.text.startswith(beginning)
    assert found.article is not None
    assert found.article.text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("word", "language", "text"),
    [
        ("IA", "fr", "L’IA est un outil puissant."),
        ("IA", "fr", "L’IA est-elle un outil qui pense ?"),
        ("robot", "it", "Il robot non è un uomo che pensa."),
        ("robot", "en", "The robot is broken."),
        ("Roboter", "de", "Der Roboter ist kaputt."),
        ("robot", "es", "El robot está roto."),
    ],
)
def test_find_explanation_takes_no_opinion_and_no_question_for_one(
    articles: list[Article], word: str, language: str, text: str
):
    article = replace(articles[0], text=text, language=language, kind=Kind.NEWS, comments_start=None)

    assert find_explanation(word, language, [article]) is None


def test_find_explanation_does_not_listen_to_comments(articles: list[Article]):
    text = "Un robot est une machine qui travaille seule."
    news = replace(articles[0], text=text, language="fr", kind=Kind.NEWS, comments_start=None)

    assert find_explanation("robots", "fr", [news]) is not None
    assert find_explanation("robots", "fr", [replace(news, kind=Kind.COMMENTS)]) is None
    assert find_explanation("robots", "fr", [replace(news, comments_start=0)]) is None
