"""Measures of rankings. Pure functions over ids."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

_DEPTH = 10
_FUSION = 60


def first_of_each(ids: Iterable[str]) -> list[str]:
    """The ids without repeats, each at its first place."""
    return list(dict.fromkeys(ids))


def mean_reciprocal_rank(rankings: Sequence[Sequence[str]], relevant: Sequence[Collection[str]]) -> float:
    """The mean of 1/place of the first relevant id among the first ten, 0 where there is none.

    Example: [['a', 'b']] with [{'b'}] -> 0.5. Voorhees, TREC-8 question answering track (1999).
    """
    found = [
        next((1 / place for place, id_ in enumerate(ranking[:_DEPTH], start=1) if id_ in right), 0.0)
        for ranking, right in zip(rankings, relevant, strict=True)
    ]
    return sum(found) / len(found)


def fuse(rankings: Iterable[Sequence[str]]) -> list[str]:
    """Reciprocal rank fusion: ids by the sum of 1 / (60 + place). Cormack, Clarke and Büttcher, SIGIR 2009."""
    scores: defaultdict[str, float] = defaultdict(float)
    for ranking in rankings:
        for place, id_ in enumerate(ranking, start=1):
            scores[id_] += 1 / (_FUSION + place)
    return sorted(scores, key=lambda id_: -scores[id_])
