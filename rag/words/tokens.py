"""The stems of the words of a text, by which words are compared in five languages. Knows no index."""

import re
import threading
import unicodedata
from functools import cache, lru_cache

import Stemmer

_STEMMERS = {"fr": "french", "en": "english", "it": "italian", "es": "spanish", "de": "german"}
_WORD = re.compile(r"\w+")


def tokens(written: str, language: str) -> list[str]:
    """The stems of a text's words, without accents, each under its language: French 'pain' is not English 'pain'.

    Example: "L'école des robots", 'fr' -> ['fr_l', 'fr_ecol', 'fr_de', 'fr_robot']
    """
    words = _WORD.findall(written.casefold())
    if language in _STEMMERS:
        words = _stemmer(language, threading.get_ident()).stemWords(words)
    return [f"{language}_{_unaccented(word)}" for word in words]


def stem(word: str, language: str) -> str:
    """The stem of one word in small letters. Example: 'robots', 'fr' -> 'robot'"""
    return str(_stemmer(language, threading.get_ident()).stemWord(word))


@cache
def _stemmer(language: str, _: int) -> Stemmer.Stemmer:
    """One for each thread: a stemmer keeps what it has seen and is not safe to share."""
    return Stemmer.Stemmer(_STEMMERS[language])


@lru_cache(100_000)
def _unaccented(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))
