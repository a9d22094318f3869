"""Measure how hard a text is to read, and tell whom it fits. Knows no retrieval and no language model.

`difficulty` follows `reading_levels.toml`, made by `evals/calibrate_levels.py`; docs/reading_levels.md tells why.
"""

import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from corpus.sentences import split_sentences
from rag.levels.formulas import Counts, apply_formulas
from rag.levels.syllables import count_syllables
from rag.types import Readability, ReadingLevel
from rag.words.rare_words import is_known, is_rare
from rag.words.word_splitting import letters, split_words

LEVELS_FILE = Path(__file__).with_name("reading_levels.toml")
_LONG_WORD = 6  # letters; a word is long beyond these
_MANY_SYLLABLES = 3
LEAST_WORDS = 50  # words; a shorter text may be off by more than the distance between two levels
LEAST_FOR_A_LEVEL = 10  # words; a shorter text has no level at all
_LONG_LINE = 4000  # characters
_SENTENCE_END = re.compile(r"[a-zà-ÿ)»”\"][.!?…]\s+(?=\w)")
_LEAST_KNOWN = 0.6  # of the words; below it the text is in another language, a mixed one, or none


@dataclass(frozen=True)
class Features:
    """What difficulty is made of; each makes a text harder."""

    words_per_sentence: float
    syllables_per_word: float
    rare_words: float  # share


@dataclass(frozen=True)
class Tally:
    """What difficulty is counted from. The tallies of texts add up to that of the texts together."""

    sentences: int = 0
    words: int = 0
    syllables: int = 0
    rare: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.sentences + other.sentences,
            self.words + other.words,
            self.syllables + other.syllables,
            self.rare + other.rare,
        )

    @property
    def features(self) -> Features:
        """For texts that have words."""
        return Features(self.words / self.sentences, self.syllables / self.words, self.rare / self.words)


@dataclass(frozen=True)
class Band:
    """The difficulties, both ends included, that texts of a level have."""

    low: float
    high: float

    def holds(self, difficulty: float) -> bool:
        return self.low <= difficulty <= self.high


def measure(text: str, language: str) -> Readability:
    """Everything measured of a text; all zero, and not reliable, when it has no words. KeyError for other languages.

    Example: 'Le robot chante.', 'fr' -> 3 words a sentence, LIX 3, difficulty 10, not reliable: 'short'
    """
    sentences = _words_of_sentences(text, language)
    if not sentences:
        return Readability(0, 0.0, 0.0, 0.0, notes=("no_words",))
    words = [word for sentence in sentences for word in sentence]
    counts = _count(len(sentences), words, language)
    features = tally(text, language).features
    formulas = apply_formulas(counts, language)
    difficulty = difficulty_of(features, language)
    notes = _notes(words, language)
    return Readability(
        len(sentences),
        counts.words_per_sentence,
        counts.long_words / counts.words,
        formulas["lix"],
        difficulty=difficulty,
        level=level_of(difficulty, language) if _has_level(counts.words, notes) else None,
        longest_sentence=max(map(len, sentences)),
        rare_words=features.rare_words,
        formulas=formulas,
        margin=margin(counts.words),
        reliable=not notes,
        notes=notes,
    )


def tally(text: str, language: str) -> Tally:
    """What is counted in a text. Example: 'Le robot chante.', 'fr' -> 1 sentence, 3 words, 4 syllables, none rare"""
    sentences = _words_of_sentences(text, language)
    words = [word for sentence in sentences for word in sentence]
    return Tally(
        len(sentences),
        len(words),
        sum(count_syllables(word, language) for word in words),
        sum(is_rare(word, language) for word in words),
    )


def features_of(text: str, language: str) -> Features:
    """What difficulty is made of, for a text that has words."""
    return tally(text, language).features


def formulas_of(text: str, language: str) -> dict[str, float]:
    """The published formulas alone, for a text that has words."""
    sentences = _words_of_sentences(text, language)
    return apply_formulas(
        _count(len(sentences), [word for sentence in sentences for word in sentence], language), language
    )


def difficulty_of(features: Features, language: str) -> float:
    """How hard, from 0 to 100: 50 is an ordinary paragraph of an encyclopedia in that language, 60 one spread harder.

    The weighted sum of the features (words per sentence by its logarithm), each as its distance from such paragraphs
    in their standard deviations. No weight is negative, so parting a sentence never makes a text harder.
    """
    levels = _load()
    typical, weights = levels[language]["typical"], levels["weights"]
    total = 0.0
    for name, weight in weights.items():
        mean, spread = typical[name]
        value = getattr(features, name)
        total += weight * ((math.log(value) if name == "words_per_sentence" else value) - mean) / spread
    return squash(total / levels[language]["spread"])


def squash(spreads: float) -> float:
    """A distance from the ordinary in standard deviations -> 0 to 100: 50 + 10 for each near the middle (logistic).

    Example: 0 -> 50, 1 -> 59.9, -4 -> 16.8
    """
    return 100 / (1 + math.exp(-0.4 * spreads))


def level_of(difficulty: float, language: str) -> ReadingLevel:
    """The level whose texts are nearest to this difficulty."""
    reached = [level for level, start in _load()[language]["starts"].items() if difficulty >= start]
    return ReadingLevel(reached[-1]) if reached else ReadingLevel.CHILD


def band(level: ReadingLevel, language: str) -> Band:
    """The difficulties that fit a level in a language; bands of neighbours overlap."""
    low, high = _load()[language]["bands"][level.value]
    return Band(low, high)


def middle(level: ReadingLevel, language: str) -> float:
    """The difficulty that a text of a level is likely to have: half way from where it begins to the next.

    The lowest and the highest level have one end only: as far from it as their neighbour's middle.
    """
    starts = _load()[language]["starts"]
    first, second, third = starts["tween"], starts["teen"], starts["adult"]
    ends = {
        ReadingLevel.CHILD: (2 * first - second, first),
        ReadingLevel.TWEEN: (first, second),
        ReadingLevel.TEEN: (second, third),
        ReadingLevel.ADULT: (third, 2 * third - second),
    }
    return float(sum(ends[level]) / 2)


def margin(words: int) -> float:
    """By how many points the difficulty of so many words is off from that of their whole text, nine times in ten."""
    return min(50.0, float(_load()["noise"] / math.sqrt(words)))


def _words_of_sentences(text: str, language: str) -> list[list[str]]:
    """The words of each sentence that has any."""
    return [
        words
        for block in _blocks(text)
        for sentence in split_sentences(block, language)
        if (words := split_words(sentence.text, language))
    ]


def _blocks(text: str) -> Iterator[str]:
    """Lines, long ones in parts: in a line of many pages, sentencex 1.0.32 finds fewer and fewer sentences."""
    for line in text.splitlines():
        start = 0
        while end := _SENTENCE_END.search(line, start + _LONG_LINE):
            yield line[start : end.end()]
            start = end.end()
        yield line[start:]


def _count(sentences: int, words: list[str], language: str) -> Counts:
    syllables = [count_syllables(word, language) for word in words]
    return Counts(
        sentences=sentences,
        words=len(words),
        letters=sum(map(letters, words)),
        syllables=sum(syllables),
        long_words=sum(letters(word) > _LONG_WORD for word in words),
        words_of_one_syllable=syllables.count(1),
        words_of_three_or_more=sum(count >= _MANY_SYLLABLES for count in syllables),
    )


def _has_level(words: int, notes: tuple[str, ...]) -> bool:
    return words >= LEAST_FOR_A_LEVEL and "language_doubtful" not in notes


def _notes(words: list[str], language: str) -> tuple[str, ...]:
    """Why the figures are worth little; nothing when they are worth what `margin` says."""
    notes = ["short"] if len(words) < LEAST_WORDS else []
    nameless = [word for word in words if word[0].islower()]
    if sum(is_known(word, language) for word in nameless) < _LEAST_KNOWN * len(nameless):
        notes.append("language_doubtful")
    return tuple(notes)


@cache
def _load() -> Mapping[str, Any]:
    return tomllib.loads(LEVELS_FILE.read_text(encoding="utf-8"))
