"""Articles that give different numbers for the same thing. Knows sentences, not which of them is right.

Found are amounts only, no other contradictions. To call a number disputed that is not is worse than to miss a dispute,
so both must count the same (`rag/words/counted.py`), be about the same names (`rag/answering/subjects.py`) and be near
in meaning. Readers' comments dispute nothing.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from babel.lists import format_list

from corpus.types import Article, Kind
from rag.answering.age import day_of, written_day
from rag.answering.subjects import Subject, may_agree, subject
from rag.phrases import phrase
from rag.types import Conflict, Evidence, Value
from rag.words.counted import Count, counts
from rag.words.counting_words import sides
from rag.words.markup import one_line
from rag.words.quantities import months

_LEAST_COSINE, _LEAST_COSINE_ABROAD = 0.84, 0.8
_LEAST_COSINE_ALONE, _LEAST_COSINE_ALONE_ABROAD = 0.955, 0.915
"""The cosine from which two sentences of one language, and of two, may tell the same amount. The latter two are for
where little else says so: there is no name, or things are counted, like trees that are planted or felled; of 53 hard
pairs made up in five languages, those of different things reach .954 and .902. Otherwise kinds and names tell: alone
they let no wrong pair pass of the 223,019 pairs of sentences of the demo articles and the project's five documents."""
_ROUNDED, _ABOUT = 0.1, 0.15  # shares by which amounts may differ and be the same; the latter behind 'about'
_SMALL = 100  # below it whole numbers are counted, not rounded
_MOST_TIMES = 4  # amounts farther apart are mostly of different things
_DONE = ("people", "times")  # who does something, or how often it is done
Vectors = Callable[[Sequence[str]], np.ndarray]
Matters = Callable[[Count, Subject], bool]


@dataclass(frozen=True)
class _Statement:
    """An amount, the sentence that tells it with its unit vector, and what it is about."""

    evidence: Evidence
    count: Count
    about: Subject
    vector: np.ndarray


def conflicts(
    cited: Sequence[Evidence],
    others: Sequence[Evidence],
    vectors: Vectors,
    matters: Matters = lambda count, about: True,
) -> tuple[Conflict, ...]:
    """Where the articles that an answer cites contradict others, or one another; `vectors` gives unit vectors of texts.

    Only about amounts that `matter`.
    Example: '4 millions d’auditeurs', '2,5 milioni di ascoltatori' of one song -> one conflict of two values
    """
    first = _statements(cited, vectors)
    statements = [*first, *_statements([item for item in others if item not in cited], vectors)]
    found: list[tuple[Conflict, Count]] = []
    for statement in first:
        if not matters(statement.count, statement.about):
            continue
        against = [other for other in statements if _contradict(statement, other, statements)]
        if against and not any(_tells(conflict, count, statement) for conflict, count in found):
            found.append((_conflict(statement, against), statement.count))
    return tuple(conflict for conflict, _ in found)


def told(conflict: Conflict, language: str) -> str:
    """One sentence for the reader that names each amount with its outlet, or else its title, and its date."""
    values = [
        phrase(language, "conflict_value").format(value=value.text, where=_where(value.evidence, language))
        for value in conflict.values
    ]
    name = "conflict" if conflict.is_counted_alike else "conflict_of_counting"
    return phrase(language, name).format(values=format_list(values, locale=language))


def _where(evidence: Evidence, language: str) -> str:
    name, day = one_line(evidence.article.outlet or evidence.article.title), day_of(evidence.article)
    return f"{name}, {written_day(day, language)}" if day else name


def _statements(evidence: Sequence[Evidence], vectors: Vectors) -> list[_Statement]:
    telling = [
        (item, amounts)
        for item in evidence
        if item.kind is not Kind.COMMENTS and (amounts := counts(item.text, item.article.language))
    ]
    rows = vectors([item.text for item, _ in telling])
    return [
        _Statement(item, count, subject(item, count.clause), row)
        for (item, amounts), row in zip(telling, rows, strict=True)
        for count in amounts
    ]


def _contradict(first: _Statement, second: _Statement, statements: Sequence[_Statement]) -> bool:
    """Whether two articles surely give different amounts of the same, and neither gives both."""
    one, other = first.evidence.article, second.evidence.article
    if one.id == other.id or not _may_count_the_same(first.count, second.count):
        return False
    agree = may_agree(first.about, second.about)
    if agree is False or not _is_far_enough(first.count, second.count):
        return False
    if _tells_otherwise(first, second):
        return False
    surely = agree and first.count.measure and first.count.kind not in _DONE
    if float(first.vector @ second.vector) < _least_cosine(one.language == other.language, bool(surely)):
        return False
    return not (_is_told_by(one, second, statements) or _is_told_by(other, first, statements))


def _tells_otherwise(one: _Statement, other: _Statement) -> bool:
    """Whether two clauses are of different months, or one tells the opposite. Example: 'a gagné', 'ha perso' -> True"""
    first, second = (_months(entry) for entry in (one, other))
    if first and second and not first & second:
        return True
    ours, theirs = (sides(entry.count.clause, entry.evidence.article.language) for entry in (one, other))
    return any((name, not side) in theirs and (name, not side) not in ours for name, side in ours)


def _months(statement: _Statement) -> set[str]:
    return months(statement.count.clause, statement.evidence.article.language)


def _least_cosine(same_language: bool, surely: bool) -> float:
    if surely:
        return _LEAST_COSINE if same_language else _LEAST_COSINE_ABROAD
    return _LEAST_COSINE_ALONE if same_language else _LEAST_COSINE_ALONE_ABROAD


def _is_told_by(article: Article, statement: _Statement, statements: Sequence[_Statement]) -> bool:
    """Whether an article tells this amount as well, of what may be the same: then it does not contradict it."""
    return any(
        other.evidence.article.id == article.id
        and other.count.kind == statement.count.kind
        and _is_counted_alike(other.count, statement.count)
        and _is_about_as_much(other.count, statement.count)
        and may_agree(other.about, statement.about) is not False
        for other in statements
    )


def _may_count_the_same(one: Count, other: Count) -> bool:
    """Whether both count the same, though one may count people and one times, or one a month and one not."""
    if one.kind != other.kind or (one.period and other.period and one.period != other.period):
        return False
    if _is_counted_alike(one, other):
        return True
    only_one = one.measure == other.measure or one.period == other.period
    return bool(only_one and one.measure and other.measure)


def _is_counted_alike(one: Count, other: Count) -> bool:
    return one.measure == other.measure and one.period == other.period


def _is_far_enough(one: Count, other: Count) -> bool:
    """Whether amounts differ, but not by so much that they are of different things."""
    low, high = sorted((one.amount, other.amount))
    return high < _MOST_TIMES * low and not _is_about_as_much(one, other)


def _is_about_as_much(one: Count, other: Count) -> bool:
    """Whether one amount may be the other, rounded.

    Example: 'plus de 4 millions', '4,3 millions' -> True; '4 millions', '3,5 millions' -> False
    """
    low, high = sorted((one, other), key=lambda count: count.amount)
    difference = high.amount - low.amount
    if (low.bound == "at_least" and difference < _unit(low)) or (high.bound == "at_most" and difference < _unit(high)):
        return True
    if high.amount < _SMALL and not low.kind.startswith("%") and not (low.bound or high.bound):
        return difference == 0
    return difference <= (_ABOUT if low.bound or high.bound else _ROUNDED) * high.amount


def _unit(count: Count) -> float:
    """What the first digit of an amount counts. Example: 400000 -> 100000"""
    return float(10 ** math.floor(math.log10(count.amount))) if count.amount else 0.0


def _conflict(statement: _Statement, against: Sequence[_Statement]) -> Conflict:
    """One value for each amount: of the one cited, then of the newest; amounts counted alike only, where there are."""
    alike = [other for other in against if _is_counted_alike(statement.count, other.count)]
    chosen = [statement]
    for other in sorted(alike or against, key=_newest):
        if not any(_is_about_as_much(other.count, earlier.count) for earlier in chosen):
            chosen.append(other)
    values = (Value(entry.count.text, entry.count.amount, entry.evidence) for entry in sorted(chosen, key=_newest))
    return Conflict(_noun(chosen), tuple(values), bool(alike))


def _newest(statement: _Statement) -> int:
    return -(day_of(statement.evidence.article) or date.min).toordinal()


def _noun(chosen: Sequence[_Statement]) -> str:
    """What is counted, as the first that names it writes it."""
    return next((entry.count.noun for entry in chosen if entry.count.noun), "")


def _tells(conflict: Conflict, of: Count, statement: _Statement) -> bool:
    """Whether a conflict has this amount already: in this sentence, or of the same, in whatever language."""
    is_same = (of.kind, of.measure) == (statement.count.kind, statement.count.measure)
    return any(
        value.amount == statement.count.amount and (value.evidence == statement.evidence or is_same)
        for value in conflict.values
    )
