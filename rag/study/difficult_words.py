"""Which words of a text are difficult for a level, and what they mean. Knows words and explanations, not pages.

Only words that something explains are told: a sentence of the articles first, else the curated glossary. A word that
neither explains stays as it is. Numbers are no words here; names only where an article says what they are ('Spotify').
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from corpus.language import READER_LANGUAGES
from rag.study.explaining_sentences import Explanations
from rag.study.glossary import Explanation, explain_entry, find_compound, find_entry, is_meant
from rag.types import ReadingLevel
from rag.words.rare_words import familiarity

_THRESHOLDS = Path(__file__).with_name("difficult_words.toml")
_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = re.compile(r"[ \u00a0’'‑-]{1,2}")  # what may stand between the words of one term
_NAME_BEFORE = re.compile(r"(?<![.!?:«“„\"] )(?<!^)(?<!\w)[A-ZÀ-Þ][\w’'-]* $")
_NAME_BEHIND = re.compile(r" [A-ZÀ-Þ]")
_MOST_WORDS = 5  # 'gaz à effet de serre'
_GRAMMAR_LETTERS = 3
_ACRONYM = 4.2  # Zipf; lists of words know 'ai' as a verb only
_FIXED_TERM = 0.5  # several words together are met less often than the rarest of them


@dataclass(frozen=True)
class DifficultWord:
    """A word or term, `text[start:end]`, and what explains it in the reader's language."""

    text: str
    start: int
    end: int
    explanation: Explanation


def difficult_words(
    text: str, language: str, level: ReadingLevel, reader: str = "", sentences: Explanations | None = None
) -> tuple[DifficultWord, ...]:
    """The difficult words of a text in `language` that can be explained to a `reader` of another or the same.

    Each is told where it stands first. Without `sentences` of articles the glossary alone explains.
    Example: ('L’algorithme choisit.', 'fr', CHILD) -> (DifficultWord('algorithme', 2, 12, ...),)
    """
    reader = reader or language
    if not {language, reader} <= set(READER_LANGUAGES):
        return ()
    found: list[DifficultWord] = []
    for start, end in _spans(text, language, sentences):
        if _is_part_of_a_name(text, start, end, language) or not _is_meant(text, start, end, language):
            continue
        explanation = _explanation(text[start:end], language, reader, level, sentences)
        if explanation is None or explanation.text == text:  # the sentence explains the word itself
            continue
        if not any(_means_the_same(explanation, other.explanation) for other in found):
            found.append(DifficultWord(text[start:end], start, end, explanation))
    return tuple(found)


def _spans(text: str, language: str, sentences: Explanations | None) -> Iterator[tuple[int, int]]:
    """Where terms stand, the longest first, none inside another."""
    words = list(_WORD.finditer(text))
    place = 0
    while place < len(words):
        for last in range(min(place + _MOST_WORDS, len(words)) - 1, place - 1, -1):
            start, end = words[place].start(), words[last].end()
            if _is_together(text, words[place : last + 1]) and _is_term(text[start:end], language, sentences):
                yield start, end
                place = last
                break
        place += 1


def _is_together(text: str, words: list[re.Match[str]]) -> bool:
    pairs = pairwise(words)
    return all(_BETWEEN.fullmatch(text[first.end() : second.start()]) for first, second in pairs)


def _is_term(written: str, language: str, sentences: Explanations | None) -> bool:
    return bool(_entry(written, language) or (sentences and sentences.find(written, language)))


def _is_meant(text: str, start: int, end: int, language: str) -> bool:
    """Whether a word of several meanings has the one that the glossary tells; the word itself is no sign."""
    entry = _entry(text[start:end], language)
    return not entry or is_meant(entry, language, f"{text[:start]} {text[end:]}")


def _is_part_of_a_name(text: str, start: int, end: int, language: str) -> bool:
    """Whether a single word belongs to a longer name. Example: 'Tecnologia' in 'il sito Libero Tecnologia' -> True

    In German, where nouns have capitals too, only what is no noun tells: 'Digital' in 'Country Digital Song Sales'.
    """
    written = text[start:end]
    if not written[0].isupper() or " " in written or written.isupper():
        return False
    if language == "de":
        entry = _entry(written, language)
        if not entry or explain_entry(entry, language).term[0].isupper():
            return False
    return bool(_NAME_BEFORE.search(text[:start]) or _NAME_BEHIND.match(text[end:]))


def _entry(written: str, language: str) -> str:
    return find_entry(written, language) or find_compound(written, language)


def _explanation(
    written: str, language: str, reader: str, level: ReadingLevel, sentences: Explanations | None
) -> Explanation | None:
    entry = _entry(written, language)
    if not _is_difficult(written, language, level, "in_glossary" if entry else "any"):
        return None
    curated = explain_entry(entry, reader) if entry else None
    named = written if language == reader else curated.term if curated else ""
    told = sentences.find(named, reader, level) if sentences and named else None
    return told or curated


def _is_difficult(written: str, language: str, level: ReadingLevel, kind: str) -> bool:
    thresholds = _thresholds()
    return _known_by(written, language) < thresholds[kind][level.value] + thresholds["more"].get(language, 0.0)


def _known_by(written: str, language: str) -> float:
    """How often a word or term is met, as a Zipf value. Example: 'réseau social', 'fr' -> 4.8"""
    words = _WORD.findall(written)
    if len(words) == 1:
        return _ACRONYM if written.isupper() else familiarity(written, language)
    long = [word for word in words if len(word) > _GRAMMAR_LETTERS] or words
    return min(familiarity(word, language) for word in long) - _FIXED_TERM


def _means_the_same(first: Explanation, second: Explanation) -> bool:
    return first.term == second.term or first.text == second.text


@cache
def _thresholds() -> Mapping[str, Mapping[str, float]]:
    return tomllib.loads(_THRESHOLDS.read_text(encoding="utf-8"))
