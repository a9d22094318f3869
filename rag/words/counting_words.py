"""The lists of `counted_things.toml`: what articles count, and the words around numbers. Knows words, not sentences."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from corpus.language import READER_LANGUAGES
from rag.words.quantities import numbers
from rag.words.tokens import tokens

LEAST_COUNTED = 2  # written as a word: 'two albums' are counted, 'one' is mostly no number
_THINGS = Path(__file__).with_name("counted_things.toml")


@dataclass(frozen=True)
class CountingWords:
    """The lists of `counted_things.toml` for one language: nouns by word and by stem, all else folded."""

    nouns: Mapping[str, str]
    verbs: Mapping[str, Sequence[str]]
    periods: Mapping[str, Sequence[str]]
    words: Mapping[str, Sequence[str]]


@cache
def counting_words(language: str) -> CountingWords:
    """The word lists of one of the readers' languages."""
    lists = _lists()[language]
    nouns = _by_stem(lists["nouns"], language) | {
        fold(word): kind for kind, all_ in lists["nouns"].items() for word in all_
    }
    words, verbs, periods = (
        {name: tuple(map(fold, entries)) for name, entries in lists[part].items()}
        for part in ("words", "verbs", "periods")
    )
    return CountingWords(nouns, verbs, periods, words)


@cache
def opposites(language: str) -> Mapping[str, Sequence[Sequence[str]]]:
    """The beginnings of verbs that do what others undo, by what is done, folded: one list for each side."""
    return _opposites()[language]


def sides(text: str, language: str) -> set[tuple[str, bool]]:
    """The opposites that a text tells, and which side. Example: 'Elle a perdu', 'fr' -> {('gaining', True)}"""
    if language not in READER_LANGUAGES:
        return set()
    folded = fold(text)
    return {
        (name, bool(side))
        for name, both in opposites(language).items()
        for side, beginnings in enumerate(both)
        if re.search(rf"(?<!\w)(?:{'|'.join(beginnings)})", folded)
    }


@cache
def _opposites() -> dict[str, dict[str, list[tuple[str, ...]]]]:
    lists = tomllib.loads(_THINGS.read_text(encoding="utf-8"))
    return {
        language: {name: [tuple(map(fold, side)) for side in both] for name, both in parts["opposites"].items()}
        for language, parts in lists.items()
    }


def _by_stem(nouns: Mapping[str, Sequence[str]], language: str) -> dict[str, str]:
    """What stems stand for; those of several things are left out: 'ascolti' and 'ascoltatori' have one stem."""
    found: dict[str, set[str]] = {}
    for kind, words in nouns.items():
        for word in words:
            found.setdefault(tokens(word, language)[0], set()).add(kind)
    return {stem: kinds.pop() for stem, kinds in found.items() if len(kinds) == 1}


def fold(text: str) -> str:
    """Lower case without accents, of the same length: Example: 'L’Été' -> "l'ete" """
    letters = (unicodedata.normalize("NFD", letter.replace("’", "'"))[0] for letter in text)
    return "".join(letter.lower()[0] for letter in letters)


@cache
def _lists() -> dict[str, dict[str, dict[str, list[str]]]]:
    return tomllib.loads(_THINGS.read_text(encoding="utf-8"))


@lru_cache(20_000)
def is_number_word(word: str, language: str) -> bool:
    """Whether numbers are written with this word. Example: 'millions', 'fr' -> True"""
    return word in counting_words(language).words["scales"] or bool(numbers(word, language, LEAST_COUNTED))
