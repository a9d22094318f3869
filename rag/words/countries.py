"""The countries that a text names, in any of the readers' languages. Knows what they are called, no maps."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale

from corpus.language import READER_LANGUAGES
from rag.words.wording import words

_COUNTRY_WORDS = Path(__file__).with_name("country_words.toml")
_DEMONYM_LETTERS = 6
_WORLD = "001"


@lru_cache(4096)
def country(name: str) -> str:
    """The code of the country or of the part of the world that a whole name is, or that its people are called by.

    Example: 'États-Unis', 'Amerikaner' -> 'US'; 'Radio France' -> ''
    """
    called = " ".join(words(name))
    nicknamed = (code for code, pattern in _nicknames().items() if pattern.fullmatch(called))
    return _named().get(called) or next(nicknamed, "")


@lru_cache(512)
def countries(text: str) -> frozenset[str]:
    """The codes of all that a text names, capitals or not. Example: 'habitants en espagne' -> {'ES'}"""
    said = " ".join(words(text))
    nicknamed = {code for code, pattern in _nicknames().items() if pattern.search(said)}
    return frozenset(nicknamed | {_named()[name] for name in _any_name().findall(said)})


def tells_country(code: str, text: str, language: str) -> bool:
    """Whether a text in a language names a country or its people; in any of the readers' where it is none of them."""
    languages = (language,) if language in READER_LANGUAGES else READER_LANGUAGES
    said = " ".join(words(text))
    return any(_calls(code, name).search(said) for name in languages)


@cache
def _named() -> Mapping[str, str]:
    """The names of countries and of parts of the world in all five languages, in plain spelling, with their codes."""
    return {
        " ".join(words(name)): code
        for language in READER_LANGUAGES
        for code, name in Locale(language).territories.items()
        if code != _WORLD
    }


@cache
def _any_name() -> re.Pattern[str]:
    longest_first = sorted(map(re.escape, _named()), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(longest_first)})\b")


@cache
def _nicknames() -> Mapping[str, re.Pattern[str]]:
    return {code: re.compile(rf"\b(?:{'|'.join(map(_pattern, called))})\b") for code, called in _also_called().items()}


@cache
def _also_called() -> Mapping[str, Sequence[str]]:
    return tomllib.loads(_COUNTRY_WORDS.read_text(encoding="utf-8"))


@cache
def _calls(code: str, language: str) -> re.Pattern[str]:
    """What calls a country: its name in any of the readers' languages, or what its people and things are called.

    Longer names are known by how they begin, such as 'bulgar'; 'Österreich' and 'Australia' share less than that.
    """
    names = [" ".join(words(Locale(name).territories[code])) for name in READER_LANGUAGES]
    own = " ".join(words(Locale(language).territories[code]))
    called = [re.escape(name) for name in names]
    if " " not in own and len(own) > _DEMONYM_LETTERS:
        called.append(rf"{re.escape(own[:_DEMONYM_LETTERS])}\w*")
    called += map(_pattern, _also_called().get(code, ()))
    return re.compile(rf"\b(?:{'|'.join(called)})\b")


def _pattern(called: str) -> str:
    """Example: 'americ*' -> 'americ\\w*'"""
    return re.escape(called).replace(r"\*", r"\w*")
