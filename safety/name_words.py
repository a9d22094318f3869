"""Load `names.toml` and `small_letters.toml`, and tell how frequent a word is. Knows no texts.

The names are a file of the project's own: the lists of Faker (14 MB) for these languages lack 17 of 34 names tried that
children have there (Chloé, Yanis, Emir, Isla).
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from wordfreq import cB_to_zipf, get_frequency_list

from safety.errors import SafetyFileInvalid
from safety.spelled import spelled_word

LANGUAGES = ("fr", "en", "it", "es", "de")
NAMES = Path(__file__).with_name("names.toml")
CUES = Path(__file__).with_name("small_letters.toml")


@dataclass(frozen=True)
class Names:
    """Names in small letters, each with its accents and without; what is a plain word after a cue by language."""

    given: frozenset[str]
    family: frozenset[str]
    namesakes: frozenset[str]
    saints: frozenset[str]
    plain_after_i_am: dict[str, frozenset[str]]
    plain_after_person: dict[str, frozenset[str]]


@cache
def load_names() -> Names:
    """The names of the file. Raises SafetyFileInvalid."""
    tables = _load(NAMES)
    try:
        return Names(
            _spelled(tables["given"].values()),
            _spelled(tables["family"].values()),
            _spelled([tables["school"]["namesakes"]]),
            _spelled([tables["school"]["saints"]]),
            {language: _spelled([tables["plain_after_i_am"][language]]) for language in LANGUAGES},
            {language: _spelled([tables["plain_after_person"][language]]) for language in LANGUAGES},
        )
    except KeyError as error:
        raise SafetyFileInvalid(NAMES, f"{error} is missing") from error


@cache
def cues(section: str, named: bool = False) -> re.Pattern[str]:
    """The cues of a section in every language; `named` tells by the group's name which. Raises SafetyFileInvalid."""
    table = _load(CUES).get(section)
    if not table:
        raise SafetyFileInvalid(CUES, f"[{section}] is missing")
    by_language = {language: "|".join(patterns) for language, patterns in table.items() if patterns}
    return re.compile("|".join(f"(?P<{language}>{one})" if named else one for language, one in by_language.items()))


def frequency(word: str) -> float:
    """The highest Zipf frequency of a word, whatever its accents, in any of the five languages; 0 below 3.

    Example: 'harcelee' -> 3.6, 'oakwood' -> 0.0. Nothing of what readers write is remembered here.
    """
    return _frequencies().get(spelled_word(word), 0.0)


def is_typed_so(word: str) -> bool:
    """Whether it is a word of any of the five languages with just these accents. Example: 'marié' -> True"""
    return word in _frequencies()


def fits(section: str, word: str) -> bool:
    """Whether a word is one of the cues of a section. Example: 'close', 'sœur' -> True"""
    return bool(cues(section).fullmatch(spelled_word(word)))


@cache
def _frequencies() -> dict[str, float]:
    found: dict[str, float] = {}
    for language in LANGUAGES:
        for centibels, words in enumerate(get_frequency_list(language, "small")):
            for word in {*words, *map(spelled_word, words)}:
                found[word] = max(found.get(word, 0.0), cB_to_zipf(-centibels))
    return found


def _spelled(values: Iterable[str]) -> frozenset[str]:
    words = {part for value in values for word in value.split() for part in word.split("-")}
    return frozenset(words | set(map(spelled_word, words)))


def _load(path: Path) -> dict[str, dict[str, Any]]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SafetyFileInvalid(path, str(error)) from error
