"""A short explanation of a word: from the curated glossary, or a sentence of the articles that explains it.

Nothing is ever made up: a word that neither explains has no explanation. Knows words, not pages or levels.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import Any

from corpus.language import READER_LANGUAGES
from corpus.sentences import split_sentences
from corpus.types import Article, Kind
from rag.errors import PromptMissing
from rag.prompt import PROMPTS
from rag.words import tokens

_WORD = re.compile(r"\w+")
_SHORTEST_STEM = 3  # letters; shorter ones are shared by too many words
_LONGEST_ENDING = 2  # letters
_LONGEST_EXPLANATION = 300  # characters; a longer sentence explains too much at once


@dataclass(frozen=True)
class Explanation:
    """What a word means, in `language`; a sentence of an article is `article.text[start:end]`."""

    term: str
    text: str
    language: str
    key: str = ""
    article: Article | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class _Glossary:
    """The entries of a language, and their keys by what they are found by."""

    entries: Mapping[str, Mapping[str, Any]]
    by_writing: Mapping[str, str]
    by_stems: Mapping[tuple[str, ...], tuple[str, str]]  # the key, and the name that has these stems


def explain(word: str, language: str, reader: str | None = None) -> Explanation | None:
    """The glossary's explanation of a word or term in `language`, for a reader of `reader` (else the same language).

    Plurals and other inflections are found by their stems; acronyms only in capitals.
    Example: 'algorithmes', 'fr' -> Explanation('algorithme', "Une suite d'instructions, ...", 'fr', 'algorithm')
    """
    if language not in READER_LANGUAGES or (reader or language) not in READER_LANGUAGES:
        return None
    glossary = _load(language)
    written = _tidy(word)
    key = glossary.by_writing.get(written) or glossary.by_writing.get(written.casefold())
    if key is None:
        key, name = glossary.by_stems.get(tuple(tokens(written, language)), ("", ""))
        if not key or not _is_inflection(written, name):
            return None
    entry = _load(reader or language).entries[key]
    return Explanation(entry["term"], entry["explanation"], reader or language, key)


def find_explanation(word: str, language: str, articles: Iterable[Article]) -> Explanation | None:
    """The first sentence of news articles in `language` that explains a word, by the patterns of `prompts/explaining`.

    Readers' comments and opinions explain nothing.
    Example: 'intelligence artificielle', 'fr' -> 'Une intelligence artificielle, aussi appelée IA, est un outil ...'
    """
    if language not in READER_LANGUAGES or not tokens(word, language):
        return None
    for article in articles:
        if article.language != language or article.kind is not Kind.NEWS:
            continue
        for sentence in split_sentences(article.text[: article.comments_start], language):
            if len(sentence.text) <= _LONGEST_EXPLANATION and _explains(sentence.text, word, language):
                term = next(_occurrences(sentence.text, word, language))
                return Explanation(term, sentence.text, language, "", article, sentence.start, sentence.end)
    return None


def _explains(sentence: str, word: str, language: str) -> bool:
    """Whether a pattern fits the sentence with the word as it is inflected there; questions explain nothing."""
    if sentence.rstrip(' »”"').endswith("?"):
        return False
    return any(
        re.search(pattern.replace("{term}", rf"(?<!\w){re.escape(found)}"), sentence, re.IGNORECASE)
        for found in _occurrences(sentence, word, language)
        for pattern in _patterns(language)
    )


def _occurrences(text: str, word: str, language: str) -> Iterator[str]:
    """Where a text has the words with the same stems in a row, as they are written there."""
    stems = tokens(word, language)
    found = list(_WORD.finditer(text))
    for first in range(len(found) - len(stems) + 1):
        span = text[found[first].start() : found[first + len(stems) - 1].end()]
        if tokens(span, language) == stems:
            yield span


def _is_inflection(written: str, name: str) -> bool:
    """Whether words with the same stems also differ at their ends only: stems join parlement and parler."""
    pairs = zip(_plain(written).split(), _plain(name).split(), strict=False)
    return all(_shared(*pair) >= max(map(len, pair)) - _LONGEST_ENDING for pair in pairs)


def _shared(first: str, second: str) -> int:
    """How many letters two words have in common from the start."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def _tidy(word: str) -> str:
    return " ".join(word.replace("’", "'").strip(" .,;:!?«»“”„\"'()").split())


@cache
def _load(language: str) -> _Glossary:
    path = PROMPTS / "glossary" / f"{language}.toml"
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise PromptMissing(path, "") from error
    by_writing: dict[str, str] = {}
    by_stems: dict[tuple[str, ...], tuple[str, str]] = {}
    for key, entry in entries.items():
        if not {"term", "explanation"} <= entry.keys():
            raise PromptMissing(path, f"{key}.term or {key}.explanation")
        for name in (entry["term"], *entry.get("forms", ())):
            acronym = name.isupper()
            by_writing[_tidy(name) if acronym else _tidy(name).casefold()] = key
            stems = tuple(tokens(name, language))
            if not acronym and not entry.get("exact") and len("".join(stems)) >= _SHORTEST_STEM + len(f"{language}_"):
                by_stems.setdefault(stems, (key, name))
    return _Glossary(entries, by_writing, by_stems)


@cache
def _patterns(language: str) -> tuple[str, ...]:
    path = PROMPTS / "explaining" / f"{language}.toml"
    try:
        return tuple(tomllib.loads(path.read_text(encoding="utf-8"))["patterns"])
    except (FileNotFoundError, KeyError) as error:
        raise PromptMissing(path, "patterns") from error
