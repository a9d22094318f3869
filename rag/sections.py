"""Which part of an article a language model reads for a question. Knows no question and no model.

An article is divided into the same sections for every question, so that a model which has read a section once can keep
what it read: the next question about it costs a tenth of the time.
"""

import math
from collections.abc import Sequence

from corpus.types import Passage

SECTION_CHARACTERS = 1500  # about 450 tokens. At 1,800 and 2,400 the answer is not in the section more often (evals)
_SLACK = 1.15  # a section may be that much longer than an equal share, rather than leave a short rest


def section_of(passage_id: str, passages: Sequence[Passage]) -> list[Passage]:
    """The section that holds a passage, of all passages of its article in their order."""
    return next(part for part in sections(passages) if any(passage.id == passage_id for passage in part))


def sections(passages: Sequence[Passage]) -> list[list[Passage]]:
    """All passages of an article in runs of about equal length."""
    length = passages[-1].end - passages[0].start
    share = length / math.ceil(length / SECTION_CHARACTERS)
    parts: list[list[Passage]] = [[]]
    for passage in passages:
        if parts[-1] and passage.end - parts[-1][0].start > share * _SLACK:
            parts.append([])
        parts[-1].append(passage)
    return parts
