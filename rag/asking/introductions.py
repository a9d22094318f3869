"""A question without what its reader told of itself, which was hidden: the search would look for that too.

Knows what hidden words look like, no rules for finding them.
"""

from dataclasses import replace

from rag.types import Question
from safety import MASK, parts

_LEAST = 3  # words of a question that stands behind a comma


def without_introduction(question: Question) -> Question:
    """The sentences that hide nothing, or else what follows the comma behind the last hidden word.

    Example: 'Je m’appelle ***. Qui est Breaking Rust ?' -> 'Qui est Breaking Rust ?'
    Example: 'Sono *** di quinta, chi canta in Italia?' -> 'chi canta in Italia?'
    """
    if MASK not in question.text:
        return question
    plain = [part for part in parts(question.text) if MASK not in part]
    behind = question.text.rpartition(MASK)[2].partition(",")[2].strip()
    if plain:
        return replace(question, text=" ".join(plain))
    return replace(question, text=behind) if len(behind.split()) >= _LEAST else question
