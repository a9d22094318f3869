"""Which of the quotes that fit a question fit its level too. Knows how near they are by their order only.

The best is always quoted. Of the next ones, those come that together are about as hard as texts of the level are.
"""

from collections.abc import Sequence
from itertools import combinations

from rag.reading_level import measure, middle
from rag.simplifying import simplified
from rag.types import Evidence, Question, ReadingLevel

_AMONG = 8  # of the best
_POINT = 0.3  # places that a quote may stand behind for a point of difficulty nearer to the level
"""On the tuning set that costs no right answer (56 of 87 at each level), where a whole place for a point costs one to
three. Of the answers that can be measured there, 9 of 29 fit a child instead of 6, and of those about the demo
articles 25 of 33 instead of 20."""


def fitting(items: Sequence[Evidence], question: Question, count: int) -> list[Evidence]:
    """So many of the items, best first, in their order."""
    among = items[:_AMONG]
    if len(among) <= count or any(item.article.language != question.language for item in among):
        return list(among[:count])
    aim = middle(question.level, question.language)
    texts = [_as_told(item, question) for item in among]

    def cost(places: tuple[int, ...]) -> float:
        together = " ".join(texts[place] for place in (0, *places))
        return sum(places) + _POINT * abs(measure(together, question.language).difficulty - aim)

    chosen = min(combinations(range(1, len(among)), count - 1), key=cost)
    return [among[place] for place in (0, *chosen)]


def _as_told(item: Evidence, question: Question) -> str:
    """The quote, or what it may be in easier words."""
    if question.level is ReadingLevel.ADULT or item.article.language != question.language:
        return item.text
    return " ".join(simplified(item.text, question.language)[-1])
