"""Which of the quotes that fit a question fit its level too. Knows how near they are by their order only.

The best is always quoted. Of the next ones, those come that together are about as hard as texts of the level are, and
harder than what a simpler level gets, where there are such: else "more detail" would show the same again.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from rag.reading_level import Tally, difficulty_of, middle, tally
from rag.types import Evidence, Question, ReadingLevel

_QUOTES = {ReadingLevel.CHILD: 3, ReadingLevel.TWEEN: 3, ReadingLevel.TEEN: 4, ReadingLevel.ADULT: 5}
"""How many at most: who is older may read more. On the tuning set, what is asked stands in two of the best for 48 of 88
questions, in three for 56, in four for 59, in five for 61."""
_AMONG = 8  # of the best
_POINT = 0.2  # places that a quote may stand behind for a point of difficulty nearer to the level
_LEAST = 3  # quotes, where there are as many
_FEWER = 4.0  # places that a quote may stand behind so that none is missing
_EASIER = 100.0  # places; never, where it can be avoided
_AS_EASY = 8.0  # places that a quote may stand behind so that a level is harder than the one below it
_HARDER = 0.5  # points of difficulty
"""Children choose as if nobody else had to, the others so that each gets harder quotes than who is younger. Of 28
questions of the tuning set each level was harder than the one below it for 0 before and is for 17 now, adults got
harder ones than children for 14 and 20, and what is asked stands in the quotes of 20, 20, 23, 23 and 20, 21, 22, 22.
With the demo articles beside them, of 50: 0 and 23, 21 and 36; 31, 31, 31, 32 and 31, 33, 31, 32. Where children had to
give way too it was 19 and 26, but 3 and 1 of them got no answer any more."""
_Places = tuple[int, ...]
_Choice = tuple[_Places, float, float]  # the places, their difficulty, what they cost by themselves
_Way = tuple[tuple[_Places, ...], float, float]  # the places level by level, the last difficulty, what it costs


def fitting(items: Sequence[Evidence], question: Question, farther: Sequence[Evidence] = ()) -> list[Evidence]:
    """Those to quote, best first, in their order; who is no child may get some that are a little `farther`, too.

    All levels are chosen for together, so that none gets harder ones than the level above it.
    """
    among = items[:_AMONG]
    if not among or any(item.article.language != question.language for item in among):
        return list(among[: _QUOTES[question.level]])
    more = [item for item in farther if item.article.language == question.language]
    everything = [*among, *more][:_AMONG]
    return [everything[place] for place in _ways(everything, len(among))[question.level]]


def _ways(items: Sequence[Evidence], near: int) -> dict[ReadingLevel, _Places]:
    """What is quoted at each level, so that all of them together cost least; children get the near ones only."""
    language, least = items[0].article.language, min(_LEAST, near)
    tallies = [tally(item.text, language) for item in items]
    by_themselves: list[_Way] = [((), -1.0, 0.0)]
    for level in ReadingLevel:
        by_themselves = _longer(by_themselves, _priced(tallies[:near], level, language, least), 0.0)
    child = min(by_themselves, key=lambda way: way[2])[0][0]
    ways: list[_Way] = [((child,), _difficulty(tallies, child, language), 0.0)]
    for level in list(ReadingLevel)[1:]:
        ways = _longer(ways, _priced(tallies, level, language, least), _AS_EASY)
    path, *_ = min(ways, key=lambda way: way[2])
    return dict(zip(ReadingLevel, path, strict=True))


def _priced(tallies: Sequence[Tally], level: ReadingLevel, language: str, least: int) -> Iterator[_Choice]:
    """Each choice for a level with its difficulty and what it costs by itself."""
    aim = middle(level, language)
    for places in _candidates(len(tallies), least, _QUOTES[level]):
        difficulty = _difficulty(tallies, places, language)
        missing = _QUOTES[level] - len(places)
        yield places, difficulty, sum(places) + _POINT * abs(difficulty - aim) + _FEWER * missing


def _longer(ways: Sequence[_Way], choices: Iterable[_Choice], as_easy: float) -> list[_Way]:
    """The best way to each choice for the next level."""
    longer = []
    for places, difficulty, own in choices:
        path, cost = min(
            ((way[0], way[2] + _gap(difficulty - way[1], as_easy)) for way in ways), key=lambda way: way[1]
        )
        longer.append(((*path, places), difficulty, cost + own))
    return longer


def _gap(harder: float, as_easy: float) -> float:
    """What it costs that a level is harder by so much than the one below it."""
    return _EASIER if harder < 0 else as_easy if harder < _HARDER else 0.0


def _candidates(items: int, least: int, most: int) -> Iterator[_Places]:
    """All choices of so many, the best among them. Example: 4, 3, 3 -> (0, 1, 2), (0, 1, 3), (0, 2, 3)"""
    for size in range(least, min(most, items) + 1):
        yield from ((0, *others) for others in combinations(range(1, items), size - 1))


def _difficulty(tallies: Sequence[Tally], places: _Places, language: str) -> float:
    together = sum((tallies[place] for place in places), Tally())
    return difficulty_of(together.features, language) if together.words else 0.0
