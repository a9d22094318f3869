"""Fit difficulty and the middles of the levels to pieces of known texts. Knows features, not how they are counted."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from corpus.language import READER_LANGUAGES
from evals.level_texts import LEVELS, KnownText, pieces
from rag.reading_level import features_of, squash
from rag.types import ReadingLevel
from rag.words.word_splitting import split_words

FEATURES = ("words_per_sentence", "syllables_per_word", "rare_words")
_PULL = 0.05  # towards equal weights: with little data no feature shall rule alone
_LIKE_PIECES = 10  # the levels of all languages count in each as much as so many pieces of its own
NINE_IN_TEN = 1.645  # standard deviations
Vector = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Piece:
    """A piece of a known text: its features as distances from an encyclopedia's paragraphs."""

    of: KnownText
    values: Vector
    words: int


@dataclass(frozen=True)
class Scale:
    """Features -> difficulty, for all languages."""

    weights: Vector
    spreads: Mapping[str, float]

    def difficulty(self, piece: Piece) -> float:
        return squash(float(piece.values @ self.weights) / self.spreads[piece.of.language])


def raw_features(text: str, language: str) -> Vector:
    features = features_of(text, language)
    return np.array([math.log(features.words_per_sentence), features.syllables_per_word, features.rare_words])


def reference(paragraphs: Mapping[str, list[str]]) -> dict[str, Vector]:
    """For each language the features of its paragraphs, one paragraph a row."""
    return {
        language: np.array([raw_features(text, language) for text in texts]) for language, texts in paragraphs.items()
    }


def cut(text: KnownText, typical: Mapping[str, Vector], whole: bool = False) -> list[Piece]:
    rows = typical[text.language]
    return [
        Piece(
            text,
            (raw_features(piece, text.language) - rows.mean(axis=0)) / rows.std(axis=0),
            len(split_words(piece, text.language)),
        )
        for piece in ([text.text] if whole else pieces(text))
    ]


def fit_scale(parts: Iterable[Piece], typical: Mapping[str, Vector]) -> Scale:
    """Weights that put the harder of two pieces of one story higher (logistic); languages and sources count alike."""
    differences, shares = _harder_minus_easier(list(parts))
    target = np.full(len(FEATURES), 1.0)

    def loss(weights: Vector) -> float:
        return float(shares @ np.logaddexp(0, -differences @ weights) + _PULL * np.sum((weights - target) ** 2))

    found = minimize(loss, target, bounds=[(0, None)] * len(FEATURES)).x
    weights = np.asarray(found / found.sum())
    spreads = {
        language: float((((rows - rows.mean(axis=0)) / rows.std(axis=0)) @ weights).std())
        for language, rows in typical.items()
    }
    return Scale(weights, spreads)


def _harder_minus_easier(parts: Sequence[Piece]) -> tuple[Vector, Vector]:
    by_story: dict[tuple[str, str, str], list[Piece]] = {}
    for piece in parts:
        by_story.setdefault((piece.of.source, piece.of.language, piece.of.story), []).append(piece)
    differences, groups = [], []
    for (source, language, _), members in by_story.items():
        for easier in members:
            for harder in members:
                if harder.of.rank > easier.of.rank:
                    differences.append(harder.values - easier.values)
                    groups.append((source, language))
    size = {group: groups.count(group) for group in set(groups)}
    return np.array(differences), np.array([1 / (size[group] * len(size)) for group in groups])


def fit_middles(parts: Sequence[Piece], scale: Scale) -> dict[str, dict[ReadingLevel, float]]:
    """For each language the middle of each level, drawn towards that of all languages."""
    middles: dict[str, dict[ReadingLevel, float]] = {language: {} for language in READER_LANGUAGES}
    for level in LEVELS:
        members = [piece for piece in parts if piece.of.level is level]
        everywhere = _mean_of_languages(members, scale)
        for language in READER_LANGUAGES:
            own = [scale.difficulty(piece) for piece in members if piece.of.language == language]
            middles[language][level] = (sum(own) + _LIKE_PIECES * everywhere) / (len(own) + _LIKE_PIECES)
    return middles


def fit_spread(parts: Sequence[Piece], scale: Scale, middles: Mapping[str, Mapping[ReadingLevel, float]]) -> float:
    """How far pieces are from the middle of their level (standard deviation), each level counting once."""
    variances = []
    for level in LEVELS:
        of_level = [piece for piece in parts if piece.of.level is level]
        variances.append(np.mean([(scale.difficulty(p) - middles[p.of.language][level]) ** 2 for p in of_level]))
    return float(np.sqrt(np.mean(variances)))


def _mean_of_languages(members: Sequence[Piece], scale: Scale) -> float:
    means = [
        np.mean([scale.difficulty(piece) for piece in members if piece.of.language == language])
        for language in {piece.of.language for piece in members}
    ]
    return float(np.mean(means))


def fit_noise(parts: Sequence[Piece], scale: Scale) -> float:
    """How far pieces are from the mean of their text in nine of ten cases, as if they had one word."""
    by_text: dict[tuple[str, str], list[Piece]] = {}
    for piece in parts:
        by_text.setdefault((piece.of.language, piece.of.name), []).append(piece)
    squares: dict[str, list[float]] = {language: [] for language in READER_LANGUAGES}
    for (language, _), members in by_text.items():
        if len(members) > 1:
            difficulties = np.array([scale.difficulty(piece) for piece in members])
            unbiased = len(members) / (len(members) - 1)
            words = np.array([piece.words for piece in members])
            squares[language] += list((difficulties - difficulties.mean()) ** 2 * unbiased * words)
    return NINE_IN_TEN * float(np.sqrt(np.mean([np.mean(values) for values in squares.values() if values])))
