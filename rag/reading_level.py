"""Measure how hard a text is to read. Knows no retrieval and no language model."""

import re

from corpus.sentences import split_sentences
from rag.types import Readability

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LONG_WORD = 6  # letters; a word is long beyond these


def measure(text: str, language: str) -> Readability:
    """Words per sentence, share of long words (0 to 1), and LIX.

    LIX = words per sentence + 100 * words of more than six letters / words (Björnsson 1968, "Läsbarhet").
    An elision counts as a word of its own: l'école is two words.
    Example: 'Le robot chante.' -> 3 words a sentence, LIX 3
    """
    words = _WORD.findall(text)
    sentences = [sentence for sentence in split_sentences(text, language) if _WORD.search(sentence.text)]
    if not words:
        return Readability(0, 0.0, 0.0, 0.0)
    per_sentence = len(words) / len(sentences)
    long_words = sum(len(word.replace("-", "")) > _LONG_WORD for word in words) / len(words)
    return Readability(len(sentences), per_sentence, long_words, per_sentence + 100 * long_words)
