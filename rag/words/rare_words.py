"""Which words are rare in a language, by `wordfreq` (Speer 2022, doi:10.5281/zenodo.7199437). Knows words, not texts.

Its short lists are local and hold every word form met at least once in a million words (Zipf value 3 or more). A Zipf
value is the base-10 logarithm of how often a word is met in a thousand million words (van Heuven et al. 2014).
"""

import math
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import takewhile

from wordfreq import get_frequency_dict

from corpus.language import READER_LANGUAGES
from rag.words.tokens import stem
from rag.words.word_splitting import is_elided, letters

RARE_BELOW = 3.5  # Zipf; met less than three times in a million words, the 10,000 commonest forms are above it
_LEAST_LETTERS = 3
_ENDING = 3  # letters
_LONG_GERMAN_NOUN = 10  # letters; a shorter German noun that no list has is rather a name: every noun has a capital


@lru_cache(50_000)
def is_rare(word: str, language: str) -> bool:
    """Whether few readers meet this word often. Names and acronyms are not rare words, so nothing with a capital is.

    German nouns have capitals like names: of those, words of the list and long words count.
    Example: 'algorithme', 'fr' -> True; 'Spotify', 'fr' -> False
    """
    if is_elided(word) or letters(word) < _LEAST_LETTERS or language not in READER_LANGUAGES:
        return False
    zipf = _zipf(word, language)
    if zipf >= RARE_BELOW:
        return False
    if word[0].islower():
        return True
    return language == "de" and not word.isupper() and (zipf > 0 or letters(word) >= _LONG_GERMAN_NOUN)


def is_known(word: str, language: str) -> bool:
    """Whether a word is in the language's list at all; few words of another language are.

    Example: 'cantante', 'it' -> True; 'singer', 'it' -> False
    """
    return is_elided(word) or _zipf(word, language) > 0


@lru_cache(50_000)
def familiarity(word: str, language: str) -> float:
    """The Zipf value of a word with its inflections together; 0 when no list has any of them.

    Forms with the same stem count when they differ at their ends only: stems join parlement and parler.
    Example: 'algorithmes', 'fr' -> 3.7, more than 'algorithmes' alone
    """
    plain = word.lower().replace("’", "'")
    if language not in READER_LANGUAGES:
        return 0.0
    forms = _forms(language).get(stem(plain, language), {})
    kept = [value for form, value in forms.items() if _shared(form, plain) >= max(len(form), len(plain)) - _ENDING]
    return math.log10(sum(kept)) + 9 if kept else _zipf(word, language)


def _shared(first: str, second: str) -> int:
    """How many letters two words have in common from the start."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))


@cache
def _forms(language: str) -> Mapping[str, Mapping[str, float]]:
    """The forms of the list by their stems: 0.1 s for a language, once."""
    forms: dict[str, dict[str, float]] = defaultdict(dict)
    for form, value in _list(language).items():
        forms[stem(form, language)][form] = value
    return dict(forms)


def _zipf(word: str, language: str) -> float:
    """The Zipf value of a word, of the rarest part of a compound; 0 when no list has it."""
    plain = word.lower().replace("’", "'")
    whole = _frequency(plain, language)
    parts = [part for part in re.split(r"[‑-]", plain) if part]
    frequency = whole or min((_frequency(part, language) for part in parts), default=0.0)
    return math.log10(frequency) + 9 if frequency else 0.0


def _frequency(plain: str, language: str) -> float:
    return _list(language).get(plain, 0.0)


@cache
def _list(language: str) -> Mapping[str, float]:
    return get_frequency_dict(language, wordlist="small")
