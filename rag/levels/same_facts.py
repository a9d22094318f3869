"""Do easier sentences say what the harder one says, no more and no less? Knows words, not meaning.

Every number, name and negation of the harder sentence stays, none comes in, and all words stand there already but for
those of a short list and the easier words of the language.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from rag.levels.grammar import grammar_of
from rag.words.names import NAME
from rag.words.quantities import numbers
from rag.words.wording import mentions, words


def says_the_same(text: str, easier: Sequence[str], language: str) -> bool:
    """Whether the easier sentences together keep all that may be a fact, and each adds nothing."""
    said = " ".join(easier)
    return (
        numbers(said, language) == numbers(text, language)
        and _digits(said) == _digits(text)
        and _names(text) <= set(words(said))
        and Counter(mentions(said, language, "not")) == Counter(mentions(text, language, "not"))
        and set(words(said)) - set(words(text)) <= _known(language)
    )


def _digits(text: str) -> set[str]:
    return {word for word in words(text) if any(letter.isdigit() for letter in word)}


def _names(text: str) -> set[str]:
    """The words with capitals, but for the first one."""
    return {word for name in NAME.findall(text) for word in words(name)}


@lru_cache(8)
def _known(language: str) -> frozenset[str]:
    grammar = grammar_of(language)
    return frozenset(words(" ".join([*grammar.tables["words"].values(), grammar.contrast])))
