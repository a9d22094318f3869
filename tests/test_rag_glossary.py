"""Explanations of words in the curated glossary; never anything else."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language import READER_LANGUAGES
from rag.phrases import PROMPTS
from rag.reading_level import measure
from rag.study.glossary import explain, find_compound, is_meant


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
        ("droit d'auteurs", "fr", "copyright"),
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


@pytest.mark.parametrize(
    ("word", "key"),
    [("Urheberrechtsgesetz", "copyright"), ("Musikstreamingdiensten", "streaming"), ("Softwarefirma", "software")],
)
def test_find_compound_takes_the_longest_term_that_a_german_noun_begins_or_ends_with(word: str, key: str):
    assert find_compound(word, "de") == key


@pytest.mark.parametrize("word", ["Soldaten", "Schallquellen", "Blutuntersuchungen", "Quatschwort", "künstlich"])
def test_find_compound_finds_no_term_where_there_only_seems_to_be_one(word: str):
    assert find_compound(word, "de") == ""


@pytest.mark.parametrize(
    ("key", "language", "text", "meant"),
    [
        ("trial", "es", "A su juicio, la canción no es arte.", False),
        ("trial", "es", "El juez abrió el juicio.", True),
        ("trial", "it", "I fan entrano nel processo creativo.", False),
        ("strike", "en", "The workers are on strike.", True),
        ("treaty", "fr", "Le sujet est traité en classe.", False),
        ("robot", "de", "Ein Roboter singt.", True),
    ],
)
def test_is_meant_tells_meanings_apart_by_the_words_around(key: str, language: str, text: str, meant: bool):
    assert is_meant(key, language, text) == meant
