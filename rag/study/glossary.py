"""A short explanation of a word from the curated glossary. Knows words, not articles, pages or levels.

Nothing is ever made up: a word that is not there has no explanation.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import takewhile
from typing import Any

from corpus.language import READER_LANGUAGES
from corpus.types import Article
from rag.errors import PromptMissing
from rag.phrases import PROMPTS
from rag.words.rare_words import is_known
from rag.words.tokens import tokens

_COMPOUND_PART, _LEAST_REST = 5, 3  # letters of a term in a German compound, and of what it stands with
_AMBIGUOUS = frozenset({"", "source", "investigation"})  # Schallquelle, Blutuntersuchung
_LINK = re.compile(r"(?:es|s|en|n)$")
_SHORTEST_STEM = 3  # letters; shorter ones are shared by too many words
_LONGEST_ENDING = 2  # letters


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
    Example: 'algorithmes', 'fr' -> Explanation('algorithme', 'Une suite d’instructions, ...', 'fr', 'algorithm')
    """
    key = find_entry(word, language)
    return explain_entry(key, reader or language) if key and (reader or language) in READER_LANGUAGES else None


def explain_entry(key: str, reader: str) -> Explanation:
    """The explanation under a heading of the glossary, in a reader's language; KeyError for other headings."""
    entry = _load(reader).entries[key]
    return Explanation(entry["term"], entry["explanation"], reader, key)


def find_entry(word: str, language: str) -> str:
    """The heading, the same in every language, under which a word or term stands; '' when it does not.

    Example: 'algorithmes', 'fr' -> 'algorithm'
    """
    if language not in READER_LANGUAGES:
        return ""
    glossary = _load(language)
    written = _tidy(word)
    key = glossary.by_writing.get(written) or glossary.by_writing.get(written.casefold())
    if key:
        return key
    key, name = glossary.by_stems.get(tuple(tokens(written, language)), ("", ""))
    return key if key and _is_inflection(written, name) else ""


def is_meant(key: str, language: str, text: str) -> bool:
    """Whether a word with several meanings has the glossary's one in a text, by the words around it.

    Example: 'trial' in 'A su juicio, no es arte.', 'es' -> False; in 'El juez abrió el juicio.' -> True
    """
    near = _load(language).entries[key].get("near", ())
    return not near or re.search(rf"(?<!\w)(?:{'|'.join(map(re.escape, near))})", text, re.IGNORECASE) is not None


@lru_cache(20_000)
def find_compound(word: str, language: str) -> str:
    """The heading of the longest term that a long German noun begins or ends with; '' when it does with none.

    The rest has to be a word, too; what lists of words know as a whole is no compound: 'Soldaten' are no Daten.
    Example: 'Urheberrechtsgesetz', 'de' -> 'copyright'
    """
    if language != "de" or len(word) < 2 * _COMPOUND_PART or not word.isalpha() or is_known(word, language):
        return ""
    found: list[tuple[int, str]] = []
    for cut in range(_LEAST_REST, len(word) - _LEAST_REST + 1):
        head, tail = word[:cut], word[cut:].capitalize()
        bare = _LINK.sub("", head)
        if len(tail) >= _COMPOUND_PART and any(is_known(each, language) for each in (head, bare) if len(each) > 2):
            found.append((len(tail), find_entry(tail, language)))
        if len(bare) >= _COMPOUND_PART and is_known(tail, language):
            found += [(len(each), find_entry(each, language)) for each in {head, bare}]
    return max((each for each in found if each[1] not in _AMBIGUOUS), default=(0, ""))[1]


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
                by_stems.setdefault(stems, (key, _tidy(name)))
    return _Glossary(entries, by_writing, by_stems)
