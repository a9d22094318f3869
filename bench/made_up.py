"""Articles, questions and vectors that mean nothing, with the statistics of those that do. Knows no models."""

import zlib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache

import numpy as np

from corpus.types import Article
from rag.types import Question

_DIMENSIONS, _SPACE = 384, 40
_LANGUAGES = ("fr", "en", "it", "es", "de")
_VOCABULARY = 50_000
_STEEPNESS, _SHIFT = 1.07, 2.7  # Zipf-Mandelbrot: the most frequent of these words is one in twenty
_WORDS_A_SENTENCE, _SENTENCES_A_PASSAGE, _PASSAGES_AN_ARTICLE = 16, 5, 4
_WORDS_A_QUESTION = 9


class MadeUpEmbedder:
    """A unit vector for each text, always the same one; no meaning, no model.

    The vectors lie near a space of 40 dimensions, as those of sentences do: among vectors without neighbours no index
    finds any. Each is the sum of four out of four times 256, which a checksum of the text chooses.
    """

    name = "made-up"

    def __init__(self) -> None:
        random = np.random.default_rng(0)
        space = random.standard_normal((_SPACE, _DIMENSIONS), dtype=np.float32)
        self._parts = random.standard_normal((4, 256, _SPACE), dtype=np.float32) @ space
        self._parts += random.standard_normal(self._parts.shape, dtype=np.float32)

    def embed_query(self, text: str) -> np.ndarray:
        return np.asarray(self.embed_passages([text])[0])

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        chosen = np.array([zlib.crc32(text.encode()) for text in texts], dtype=np.uint32)
        vectors = sum(self._parts[part][chosen >> (8 * part) & 255] for part in range(4))
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def made_up_articles(passages: int) -> Iterator[Article]:
    """Articles with about that many passages: words as frequent as in a language, dates over three years."""
    random = np.random.default_rng(1)
    for number in range(passages // _PASSAGES_AN_ARTICLE):
        language = _LANGUAGES[number % len(_LANGUAGES)]
        words = made_up_words(language, _WORDS_A_SENTENCE * _SENTENCES_A_PASSAGE * _PASSAGES_AN_ARTICLE, random)
        sentences = [words[start : start + _WORDS_A_SENTENCE] for start in range(0, len(words), _WORDS_A_SENTENCE)]
        yield Article(
            id=f"article-{number}",
            title=" ".join(words[:6]).capitalize(),
            text=" ".join(" ".join(sentence).capitalize() + "." for sentence in sentences),
            language=language,
            source="made up",
            published=date(2024, 1, 1) + timedelta(days=number % 1000),
            outlet=f"Outlet {number % 20}",
        )


def made_up_questions(count: int, seed: int) -> list[Question]:
    """Questions in all languages, of words as frequent as those of the articles."""
    random = np.random.default_rng(seed)
    languages = [_LANGUAGES[number % len(_LANGUAGES)] for number in range(count)]
    asked = [" ".join(made_up_words(language, _WORDS_A_QUESTION, random)) for language in languages]
    return [Question(f"{text}?", language) for text, language in zip(asked, languages, strict=True)]


def made_up_words(language: str, count: int, random: np.random.Generator) -> list[str]:
    """Words of a language that has none, as often as by the law of Zipf and Mandelbrot."""
    return [_word(language, int(rank)) for rank in np.searchsorted(_frequencies(), random.random(count))]


@cache
def _frequencies() -> np.ndarray:
    """How much of a text the words up to each rank make."""
    each = 1 / (np.arange(1, _VOCABULARY + 1) + _SHIFT) ** _STEEPNESS
    return np.asarray(np.cumsum(each) / each.sum())


@cache
def _word(language: str, rank: int) -> str:
    """Example: ('fr', 1) -> a word of letters that no other rank has"""
    letters = np.base_repr(rank * 7919 + 1_000, 26).lower()
    return "".join(chr(ord("a") + int(digit, 26)) for digit in letters) + language[0]
