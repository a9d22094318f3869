"""Words of different languages that stand for the same."""

import tomllib
from pathlib import Path

import pytest

import rag.words.same_things
from corpus.language import READER_LANGUAGES
from rag.words.same_things import is_listed, spoken_of, things, weight
from rag.words.wording import words

LISTED = tomllib.loads(Path(rag.words.same_things.__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("word", "language"),
    [("prix", "fr"), ("awards", "en"), ("premio", "it"), ("premios", "es"), ("auszeichnung", "de")],
)
def test_things_are_the_same_in_all_languages(word: str, language: str):
    assert "prize" in things(word, language)


def test_german_word_is_known_by_its_part():
    assert "music" in things("rockmusik", "de")


def test_word_that_is_not_listed_stands_for_how_it_begins():
    assert things("volcanes", "es") == things("volcans", "fr")
    assert not is_listed(things("volcanes", "es"))
    assert is_listed(things("violon", "fr"))


def test_grammar_stands_for_nothing_but_numbers_do():
    assert spoken_of("Avec les 12 violons", "fr").keys() == {"12", "violons"}


def test_rare_word_weighs_more_than_a_common_one():
    assert weight("etiketten", "de") > weight("leute", "de") > 0


def test_text_in_a_language_of_no_reader_is_read_in_all_of_theirs():
    assert "music" in things("musica", "pt")


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_list_has_words_for_each_thing_in_each_language_in_plain_spelling(language: str):
    for name, told in LISTED.items():
        assert told[language].split(), name
        assert all(words(word.strip("*")) == (word.strip("*"),) for word in told[language].split()), name
