"""Count the syllables of a word by the spelling rules of its language. Knows single words only.

Hyphenation points, which many libraries count, are not syllables: they are fewer, since a single letter is never
parted. Words that the rules get wrong stand in `syllable_exceptions.toml`.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path

from rag.levels.syllables_germanic import english, german
from rag.levels.syllables_romance import french, italian, spanish
from rag.words.word_splitting import is_elided

_EXCEPTIONS = Path(__file__).with_name("syllable_exceptions.toml")
_RULES: dict[str, Callable[[str], int]] = {"fr": french, "it": italian, "es": spanish, "en": english, "de": german}
_SPELLED_OUT = 3  # letters; a longer row of capitals with a vowel is read as a word: NATO
_LONGEST_ACRONYM = 5
_LONGEST_WORD = 60  # letters; the rest of a longer one is counted by its length
_VOWEL = re.compile(r"[AEIOUÄÖÜ]")
_ENGLISH_POSSESSIVE = re.compile(r"'s?$")


@lru_cache(50_000)
def count_syllables(word: str, language: str) -> int:
    """How many syllables a word has when it is read aloud with care; at least 1, but 0 for l' and its like.

    Acronyms of up to three letters are spelled out. KeyError for a language without rules.
    Example: 'intelligence', 'fr' -> 4
    """
    word = unicodedata.normalize("NFC", word).replace("’", "'").replace("ʼ", "'")
    total = sum(_of_part(part, language) for part in _parts(word) if part.strip("'"))
    return total if is_elided(word) and language in ("fr", "it") else max(1, total)


def _parts(word: str) -> list[str]:
    """The parts of a compound; rules are written for words that people write."""
    return [part[:_LONGEST_WORD] for part in re.split(r"[‑-]", word)]


def _of_part(part: str, language: str) -> int:
    exceptions, rule = _exceptions().get(language, {}), _RULES[language]
    if part.isalpha() and part.isupper() and 2 <= len(part) <= _LONGEST_ACRONYM:
        spelled = len(part) <= _SPELLED_OUT or not _VOWEL.search(part)
        return len(part) if spelled else rule(part.lower())
    word = part.lower()
    if word in exceptions:
        return exceptions[word]
    if language == "en":
        plain = _ENGLISH_POSSESSIVE.sub("", word)
        hissed = word.endswith("'s") and bool(re.search(r"(?:[sxz]|ch|sh|[cgsz]e)$", plain))
        return hissed + (exceptions[plain] if plain in exceptions else rule(re.sub("'.*", "", plain)))
    return rule(re.sub(r"['\d]", "", word))


@cache
def _exceptions() -> Mapping[str, Mapping[str, int]]:
    return tomllib.loads(_EXCEPTIONS.read_text(encoding="utf-8"))
