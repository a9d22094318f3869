"""A sentence -> as a child in a hurry types it, for training and for measuring. Knows no verdicts.

`hurried.toml` has what each language abbreviates. The same seed gives the same typos.
"""

import random
import tomllib
import unicodedata
from collections.abc import Callable
from pathlib import Path

from safety.errors import SafetyFileInvalid

TABLE = Path(__file__).with_suffix(".toml")
_LEAST = 4  # letters of a word that is mistyped: in shorter ones nobody would know it again


def dropped(text: str, language: str, chance: random.Random) -> str:
    """One letter missing in every third longer word. Example: 'Je veux mourir' -> 'Je vex mourir'"""
    return _in_words(text, chance, lambda word, place: word[:place] + word[place + 1 :])


def doubled(text: str, language: str, chance: random.Random) -> str:
    """Example: 'Je veux mourir' -> 'Je veux mourrrir'"""
    return _in_words(text, chance, lambda word, place: word[:place] + word[place] * 3 + word[place + 1 :])


def swapped(text: str, language: str, chance: random.Random) -> str:
    """Example: 'Je veux mourir' -> 'Je vuex mourir'"""
    return _in_words(text, chance, lambda word, place: word[:place] + word[place + 1] + word[place] + word[place + 2 :])


def unaccented(text: str, language: str, chance: random.Random) -> str:
    """Small letters without accents and marks. Example: 'Papà picchia la mamma.' -> 'papa picchia la mamma'"""
    letters = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in letters if letter.isalnum() or letter == " ")


def abbreviated(text: str, language: str, chance: random.Random) -> str:
    """The short spellings of its language. Example: 'Perché non ho più amici' -> 'xke nn ho + amici'"""
    words = _tables()[language]
    text = text.lower().replace("’", "'")
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, words[word])
    return text.replace("'", "").rstrip(".!?")


HURRIES: tuple[Callable[[str, str, random.Random], str], ...] = (dropped, doubled, swapped, unaccented, abbreviated)


def _in_words(text: str, chance: random.Random, change: Callable[[str, int], str]) -> str:
    words = text.split(" ")
    long = [place for place, word in enumerate(words) if sum(map(str.isalpha, word)) >= _LEAST]
    for place in chance.sample(long, min(len(long), 1 + len(long) // 3)):
        words[place] = change(words[place], chance.randrange(1, len(words[place]) - 1))
    return " ".join(words)


def _tables() -> dict[str, dict[str, str]]:
    try:
        return tomllib.loads(TABLE.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SafetyFileInvalid(TABLE, str(error)) from error
