"""Words and syllables against counts made by hand: tests/data/hand_counted, syllables parted by ·."""

import re
from pathlib import Path

import pytest

from corpus.language import READER_LANGUAGES
from corpus.sentences import split_sentences
from rag.levels.syllables import count_syllables
from rag.words.word_splitting import is_elided, letters, split_words

_COUNTED = Path(__file__).parent / "data" / "hand_counted"
_LINES = [
    (language, *line.split("\t"))
    for language in READER_LANGUAGES
    for line in (_COUNTED / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
]


def syllables_by_hand(word: str) -> int:
    """The parts of a word; an elided consonant is said with what follows."""
    silent = re.fullmatch(r"(?:[^aeiouy]|qu)'", word, re.IGNORECASE)
    return 0 if silent else len(word.split("·"))


@pytest.mark.parametrize(("language", "sentence", "by_hand"), _LINES)
def test_split_words_agrees_with_counts_by_hand(language: str, sentence: str, by_hand: str):
    words = split_words(sentence, language)

    assert len(words) == len(by_hand.split())


@pytest.mark.parametrize(("language", "sentence", "by_hand"), _LINES)
def test_count_syllables_agrees_with_counts_by_hand(language: str, sentence: str, by_hand: str):
    counted = [(word, count_syllables(word, language)) for word in split_words(sentence, language)]

    assert [count for _, count in counted] == [syllables_by_hand(word) for word in by_hand.split()], counted


@pytest.mark.parametrize(("language", "sentence", "by_hand"), _LINES)
def test_a_sentence_counted_by_hand_is_one_sentence(language: str, sentence: str, by_hand: str):
    assert len(split_sentences(sentence, language)) == 1


def test_there_are_at_least_thirty_sentences_counted_by_hand_in_each_language():
    for language in READER_LANGUAGES:
        assert sum(line[0] == language for line in _LINES) >= 30


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("l’école d’été", "fr", ["l’", "école", "d’", "été"]),
        ("donne-le-moi", "fr", ["donne", "le", "moi"]),
        ("celui-ci, moi-même", "fr", ["celui-ci", "moi-même"]),
        ("rock'n'roll", "en", ["rock'n'roll"]),
        ("un'altra dell’arte", "it", ["un'", "altra", "dell'", "arte"]),
        ("www.example.org 3D G20 20e", "fr", ["G20"]),
        ("Zei\u00adtung", "de", ["Zeitung"]),
        ("« «mot» »", "fr", ["mot"]),
    ],
)
def test_split_words_follows_the_spelling_of_the_language(text: str, language: str, words: list[str]):
    assert split_words(text, language) == words


def test_an_elided_word_has_letters_but_may_have_no_syllable():
    assert letters("qu'") == 2
    assert is_elided("qu’")
    assert count_syllables("qu'", "fr") == 0
    assert count_syllables("dell'", "it") == 1


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_count_syllables_of_what_is_no_word_is_one(language: str):
    assert count_syllables("pst", language) == 1
