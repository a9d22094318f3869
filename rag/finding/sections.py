"""Which part of an article a language model reads for a question. Knows no question and no model.

An article is divided into the same sections for every question, so that a model which has read a section once can keep
what it read: the next question about it, in the same language, is answered several seconds sooner.
"""

from bisect import bisect_left
from collections.abc import Sequence

from corpus.types import Passage

_LONGEST = 1700  # characters, about 500 tokens. With 2,400 the answer is not in the section more often (evals)


def section_of(passage_id: str, passages: Sequence[Passage]) -> list[Passage]:
    """The section that holds a passage, of all passages of its article in their order."""
    return next(part for part in sections(passages) if any(passage.id == passage_id for passage in part))


def sections(passages: Sequence[Passage]) -> list[list[Passage]]:
    """All passages of an article in as few runs as their length allows, the longest of them as short as can be."""
    fewest = len(_runs(passages, _LONGEST))
    limit = bisect_left(range(_LONGEST), True, key=lambda characters: len(_runs(passages, characters)) <= fewest)
    return _runs(passages, limit)


def _runs(passages: Sequence[Passage], limit: int) -> list[list[Passage]]:
    """The passages in runs of at most `limit` characters; one that is longer stands alone."""
    parts: list[list[Passage]] = []
    for passage in passages:
        if parts and passage.end - parts[-1][0].start <= limit:
            parts[-1].append(passage)
        else:
            parts.append([passage])
    return parts
