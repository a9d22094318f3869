"""A question without what its reader told of itself, which was hidden: the search would look for that too.

Knows what hidden words look like, no rules for finding them.
"""

import re
from dataclasses import replace

from rag.asking.small_words import read_words, word_lists
from rag.types import Question
from safety import MASK

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_HIDDEN = re.compile(rf"(?<![\w*]){re.escape(MASK)}(?![\w*])")  # '***Walk***' is somebody's emphasis


def without_introduction(question: Question) -> Question:
    """The question without the sentences that hide something and ask nothing, if what is left asks.

    Example: 'Je m’appelle ***. Qui est Breaking Rust ?' -> 'Qui est Breaking Rust ?'
    Example: 'Ciao! Sono ***, chi canta?' -> the same
    """
    sentences = [sentence for sentence in _SENTENCE_END.split(question.text) if sentence.strip()]
    kept = [each for each in sentences if not _HIDDEN.search(each) or _asks(each, question.language)]
    if len(kept) == len(sentences) or not any(_asks(sentence, question.language) for sentence in kept):
        return question
    return replace(question, text=" ".join(kept))


def _asks(sentence: str, language: str) -> bool:
    """Whether a sentence ends in a question mark or has a word that asks: children leave the mark out."""
    asking = word_lists(language)["questions"]
    return "?" in sentence or any(word.plain in asking for word in read_words(sentence, language))
