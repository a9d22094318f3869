"""Which words are finite verbs by their paradigm: other forms of the same verb are in the language's list.

Knows endings and the lists of `wordfreq`, not sentences. 'chantent' is a verb, for there are 'chanter' and 'chanté'.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from wordfreq import zipf_frequency

_LEAST_ZIPF = 2.0
_PLURALS: Mapping[str, tuple[tuple[str, tuple[tuple[str, str], ...]], ...]] = {
    "fr": (("ent", (("er", "é"), ("re", "ant"), ("ir", "ant"))), ("issent", (("ir", "i"),))),
    "it": (("ano", (("are", "ato"),)), ("ono", (("ere", "endo"), ("ire", "ito")))),
    "es": (("an", (("ar", "ado"),)), ("en", (("er", "ido"), ("ir", "ido")))),
}
"""Endings of forms that are hardly ever nouns, each with the endings of two other forms that must be words too."""
_AFTER_PRONOUNS: Mapping[str, tuple[tuple[str, tuple[tuple[str, str], ...]], ...]] = {
    "fr": (*_PLURALS["fr"], ("e", (("er", "é"),)), ("it", (("ire", "isant"), ("ir", "issant")))),
    "it": (*_PLURALS["it"], ("a", (("are", "ato"),)), ("e", (("ere", "endo"), ("ire", "ito")))),
    "es": (*_PLURALS["es"], ("a", (("ar", "ado"),)), ("e", (("er", "ido"), ("ir", "ido")))),
    "de": (
        ("t", (("en", "end"), ("en", "te"))),
        ("te", (("en", "t"),)),
        ("ten", (("en", "t"),)),
        ("en", (("t", "te"),)),
    ),
    "en": (("s", (("ing", "ed"), ("", "ing"))), ("ed", (("", "ing"), ("e", "ing")))),
}
_LEAST_LETTERS = 5


@lru_cache(20_000)
def is_plural_verb(word: str, language: str) -> bool:
    """Whether a word in small letters is the form of a verb that a plural has. Example: 'chantent', 'fr' -> True"""
    return len(word) >= _LEAST_LETTERS and _has_paradigm(word, language, _PLURALS)


@lru_cache(20_000)
def is_verb_after_pronoun(word: str, language: str) -> bool:
    """Whether a word can be the verb of a pronoun in front of it. Example: 'danse', 'fr' -> True, noun or not"""
    return _has_paradigm(word, language, _AFTER_PRONOUNS)


def _has_paradigm(
    word: str, language: str, forms: Mapping[str, tuple[tuple[str, tuple[tuple[str, str], ...]], ...]]
) -> bool:
    if not re.fullmatch(r"[a-zà-ÿ]{4,}", word):
        return False
    return any(
        word.endswith(ending)
        and any(all(_is_word(word[: -len(ending)] + o, language) for o in pair) for pair in others)
        for ending, others in forms.get(language, ())
    )


@lru_cache(20_000)
def _is_word(word: str, language: str) -> bool:
    return zipf_frequency(word, language) >= _LEAST_ZIPF
