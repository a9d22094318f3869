"""The names that a sentence brings up. Knows capitals and how often words are used, not what names stand for.

A capital tells a name, but not at the beginning of a sentence, and not in German, where every noun has one. There a
word is a name when it is about as frequent in another language: 'Deezer' is, 'Sängerin' is not.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

from babel import Locale
from wordfreq import zipf_frequency

from corpus.language import READER_LANGUAGES
from rag.types import Evidence
from rag.words.countries import tells_country
from rag.words.wording import word_set, words

NAME = re.compile(r"(?<!^)(?<![.!?:«“\"„]\s)(?<![«“\"„¿¡])\b[A-ZÀ-ÖØ-Þ][\w’'-]*\w")
_FULL_NAME = re.compile(r"\b[A-ZÀ-ÖØ-Þ][\w’'-]+(?: [A-ZÀ-ÖØ-Þ][\w’'-]+)+")
_WORD = re.compile(r"[\w’'-]*\w")
_ELIDED = re.compile(r"^\w{1,2}[’']")  # "L’hanno" is no name
_SAME_ABROAD = frozenset({"ai", "ia", "ki", "eu", "ue", "un", "uno", "onu", "us", "usa", "eeuu", "uk"})
_NO_NAME = 4.5  # Zipf: 'Video' and 'Computer' are as frequent in all languages, too
_AS_FREQUENT = 0.7
_FROM_ENGLISH = 0.8
_NO_NEIGHBOURS = {
    "fr": ("en", "de"),
    "it": ("en", "de"),
    "es": ("en", "de"),
    "en": ("fr", "de"),
    "de": ("fr", "it", "es"),
}
_BEFORE_NOUNS = re.compile(
    r"(?:d(?:er|ie|as|e[nms])|(?:k|m|d|s)?ein\w*|ihr\w*|unser\w*|dies\w+|jed\w+|im|am|zu[mr]|beim|vom|ins|ans|als|mehr|"
    r"viele?|alle|\d\S*|[a-zäöüß]{3,}(?:e|en|er|es|em))$"
)
_STEM_LETTERS = 5
_LONG_GERMAN_NOUN = 10  # letters; a shorter one that no list has is rather a name
_LEAST_ABROAD, _NO_NAME_FIRST, _LESS_FREQUENT = 2.5, 5.0, 1.5  # Zipf; 'Macron' has 4.9 in French, 3.4 in German


def warm_up() -> None:
    """Read the lists of words now (some two seconds), so that the first answer need not wait."""
    for language in READER_LANGUAGES:
        zipf_frequency("a", language)


def named_twice(text: str) -> list[str]:
    """The names of several words that stand in a sentence more than once: something is said of itself.

    Example: 'Ana Ruiz est une artiste qui a filmé Ana Ruiz.' -> ['Ana Ruiz']
    """
    counts = Counter(_FULL_NAME.findall(text))
    return [name for name, count in counts.items() if count > 1]


def unknown_names(text: str, allowed: str, language: str) -> list[str]:
    """The names that do not stand in `allowed`; names of countries, languages and dates may be translated."""
    known = set(words(allowed)) | _translatable(language)
    return [name for name in _names(text, language) if not set(words(_capital_parts(name))) <= known]


def unknown_countries(text: str, language: str, evidence: Sequence[Evidence]) -> list[str]:
    """The countries that a text names and that the articles of the evidence do not, in whatever language."""
    names, pattern = _countries(language)
    return [
        name
        for name in pattern.findall(text)
        if not any(tells_country(names[name], item.article.text, item.article.language) for item in evidence)
    ]


def invented_names(text: str, asked: str, language: str, evidence: Sequence[Evidence]) -> list[str]:
    """The words that can only be names, for nobody else writes them so, and that stand nowhere in question or articles.

    In German wherever they stand, elsewhere at the beginning, where all words have a capital.
    Example: 'Zorblax est un chanteur.' -> ['Zorblax']; 'Plusieurs personnes chantent.' -> []
    """
    stems = {
        word[:_STEM_LETTERS] for item in evidence for word in word_set(f"{item.article.title} {item.article.text}")
    }
    stems |= {word[:_STEM_LETTERS] for word in words(asked)} | {
        word[:_STEM_LETTERS] for word in _translatable(language)
    }
    found = [_ELIDED.sub("", match.group()) for match in _WORD.finditer(text)]
    first = found[0] if found else ""
    suspects = found if language == "de" else [first]
    return [
        word
        for word in suspects
        if word[:1].isupper()
        and not {part[:_STEM_LETTERS] for part in words(_capital_parts(word))} <= stems
        and (_is_no_word(word, language) or (word == first and _is_known_abroad(word, language)))
    ]


@lru_cache(4096)
def _is_no_word(word: str, language: str) -> bool:
    """Whether nobody writes a word; German makes long ones up as it goes: 'Musikvideogenerator'."""
    return zipf_frequency(word, language) == 0 and not (language == "de" and len(word) >= _LONG_GERMAN_NOUN)


@lru_cache(4096)
def _is_known_abroad(word: str, language: str) -> bool:
    """Whether a word that begins a sentence is as known abroad as only names are. Example: 'Macron', 'fr' -> True"""
    own = zipf_frequency(word, language)
    abroad = max(zipf_frequency(word, other) for other in _NO_NEIGHBOURS[language])
    return language != "de" and abroad > _LEAST_ABROAD and own < _NO_NAME_FIRST and own - abroad < _LESS_FREQUENT


@lru_cache(1024)
def _names(text: str, language: str) -> tuple[str, ...]:
    """The words of a text that are names, by their capitals; by how frequent they are abroad where all have one."""
    found_names = []
    capital = set() if language == "de" else {found.start() for found in NAME.finditer(text)}
    previous = ""
    for found in _WORD.finditer(text):
        word = found.group()
        if found.start() in capital or (
            word[:1].isupper() and is_frequent_as_abroad(word, language) and not _BEFORE_NOUNS.match(previous.lower())
        ):
            found_names.append(word)
        previous = word
    return tuple(found_names)


def first_name(text: str, language: str) -> str:
    """The name that a sentence brings up first, with the words with a capital around it, or ''.

    Example: 'Ana Ruiz canta con Leo Bo.' -> 'Ana Ruiz'
    """
    first = next(iter(_names(text, language)), "")
    return next((name for name in _FULL_NAME.findall(text) if first in name.split()), first)


@lru_cache(4096)
def is_frequent_as_abroad(word: str, language: str) -> bool:
    """Whether a rare word is about as frequent in a language that is no neighbour. Example: 'Deezer', 'de' -> True

    In German, what is far more frequent in English is a word from there, such as 'Linebacker'.
    """
    own = zipf_frequency(word, language)
    if not 0 < own < _NO_NAME:
        return False
    if language == "de" and zipf_frequency(word, "en") > own + _FROM_ENGLISH:
        return False
    return max(zipf_frequency(word, other) for other in _NO_NEIGHBOURS[language]) >= own - _AS_FREQUENT


def _capital_parts(name: str) -> str:
    """Example: "AI-generated" -> 'AI'; "Jean-Claude's" -> 'Jean Claude'"""
    return " ".join(part for part in re.split("[-’']", name) if part[:1].isupper())


@cache
def _translatable(language: str) -> frozenset[str]:
    """The words of the names of countries, languages, months and days, which differ from language to language."""
    names: list[str] = []
    for code in {language, *READER_LANGUAGES[:2]}:
        locale = Locale(code)
        names += [*locale.territories.values(), *locale.languages.values()]
        names += [*locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values()]
    return _SAME_ABROAD | {word for name in names for word in words(name)}


@cache
def _countries(language: str) -> tuple[dict[str, str], re.Pattern[str]]:
    """The names of the countries in a language with their codes, and what finds them."""
    territories = Locale(language).territories.items()
    names = {name: code for code, name in territories if len(code) == 2 and code.isalpha() and len(name) > 3}
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    return names, re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)")
