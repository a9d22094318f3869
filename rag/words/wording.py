"""The words of a sentence, and the words that turn what it claims, in five languages. Knows no evidence."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from corpus.language import READER_LANGUAGES
from rag.types import Evidence

_CLAIM_WORDS = Path(__file__).with_name("claim_words.toml")
_CLAUSE_END = re.compile(
    r"[,;:!?…\n()]|\.(?!\d)|\s[–—-]\s|\b(?:and|but|although|though|because|while|that|which|et|mais|car|que|e|ed|ma|"
    r"perché|che|y|pero|porque|und|aber|weil|dass)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:qui|dont|où|who|whose|where|o|or|oder|ou)\b", re.IGNORECASE)
_CLAUSE_WORDS = 4  # fewer go with what is before them: 'Musik hören, ohne zu kaufen'
_PART_WORDS = 3
_CONTENT_LETTERS = 4  # shorter words are mostly grammar
_STEM_LETTERS = 5
_SAME_WORDS = 0.8  # share of common words from which two sentences say the same
_NEGATIONS = {
    "ne", "n", "pas", "jamais", "not", "no", "never", "non", "mai", "sin", "nunca", "nicht", "kein", "keine", "nie",
}  # fmt: skip


@lru_cache(4096)
def words(text: str) -> tuple[str, ...]:
    """The words in small letters without accents. Example: "L'été 2025" -> ('l', 'ete', '2025')"""
    folded = unicodedata.normalize("NFD", text.lower().replace("ß", "ss"))
    return tuple(re.findall(r"\w+", "".join(letter for letter in folded if not unicodedata.combining(letter))))


@lru_cache(256)
def word_set(text: str) -> frozenset[str]:
    """The different words of a whole article."""
    return frozenset(words(text))


@lru_cache(4096)
def content_stems(text: str) -> frozenset[str]:
    """The beginnings of the longer words, and the numbers: what a sentence is about, whatever its grammar.

    Example: 'Les artistes ont 3 robots.' -> {'artis', '3', 'robot'}
    """
    return frozenset(word[:_STEM_LETTERS] for word in words(text) if len(word) >= _CONTENT_LETTERS or word.isdigit())


def read_as(item: Evidence) -> Sequence[str]:
    """The language of evidence; each of the readers' where it is none of them."""
    return [item.article.language] if item.article.language in READER_LANGUAGES else READER_LANGUAGES


@lru_cache(4096)
def clauses(text: str) -> tuple[str, ...]:
    """What stands between commas, conjunctions and the like. Example: 'Il rit, elle pas.' -> ('Il rit', 'elle pas')

    A decimal comma or a thousands separator ends nothing.
    """
    joined = re.sub(r"(?<=\d)[,:](?=\d)", "", text)
    return tuple(part.strip() for part in _CLAUSE_END.split(joined) if words(part))


def long_clauses(text: str) -> list[str]:
    """The clauses, but a few words go with those before them. Example: 'Il rit, elle pas.' -> ['Il rit elle pas']"""
    found: list[str] = []
    for part in clauses(text):
        if found and min(len(words(part)), len(words(found[-1]))) < _CLAUSE_WORDS:
            found[-1] += f" {part}"
        else:
            found.append(part)
    return found


@lru_cache(4096)
def parts(text: str) -> tuple[str, ...]:
    """What a sentence tells one after the other; a few words go with those behind them, but for the last.

    Example: 'Une chanson créée hier, par une machine qui tue.' -> ('Une chanson créée hier', 'par une machine', 'tue')
    """
    found: list[str] = []
    for part in (piece.strip() for clause in clauses(text) for piece in _RELATIVE.split(clause)):
        if found and len(words(found[-1])) < _PART_WORDS:
            found[-1] += f" {part}"
        elif words(part):
            found.append(part)
    return tuple(found)


@lru_cache(16384)
def mentions(text: str, language: str, name: str, unless: str = "") -> tuple[str, ...]:
    """The words of a list that stand in a text, but for those in phrases of the list `unless`.

    Example: 'Non è solo un gioco', 'it', 'not' -> ()
    """
    if language not in _patterns():
        return ()
    said = " ".join(words(text))
    if unless:
        said = _patterns()[language][unless].sub(" ", said)
    return tuple(_patterns()[language][name].findall(said))


def around(text: str, language: str, name: str, before: int, after: int) -> Iterator[str]:
    """The words of a list that stand in a text, each with so many words before and after it.

    Example: 'Er scheint sehr müde.', 'de', 'seems', 0, 1 -> 'scheint sehr'
    """
    said = " ".join(words(text))
    for found in _patterns()[language][name].finditer(said) if language in _patterns() else ():
        left, right = said[: found.start()].split(), said[found.end() :].split()
        yield " ".join([*left[max(0, len(left) - before) :], found.group(), *right[:after]])


def repeats(text: str, other: str) -> bool:
    """Whether two sentences say the same in the same words.

    A short one repeats no long one, and other numbers or another negation make another sentence.
    """
    said, others = (re.findall(r"\w+", each.lower()) for each in (text, other))
    if _marking(said) != _marking(others) or len(said) < len(others) / 2 or len(others) < len(said) / 2:
        return False
    return len({*said} & {*others}) >= _SAME_WORDS * min(len({*said}), len({*others}))


def _marking(said: Sequence[str]) -> set[str]:
    return {word for word in said if word in _NEGATIONS or word.isdigit()}


@cache
def _patterns() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    lists = tomllib.loads(_CLAIM_WORDS.read_text(encoding="utf-8"))
    return {
        language: {name: re.compile(rf"\b(?:{'|'.join(map(_pattern, phrases))})\b") for name, phrases in named.items()}
        for language, named in lists.items()
    }


def _pattern(phrase: str) -> str:
    """Example: 'ne _ plus*' -> 'ne \\w+ plus\\w*'"""
    return re.escape(phrase).replace(r"\*", r"\w*").replace("_", r"\w+").replace(r"\ ", " ")
