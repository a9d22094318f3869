"""Numbers, years and months that are not those of the articles. Knows how numbers are written, not what they count."""

import re
from collections.abc import Sequence
from datetime import date

from corpus.language import READER_LANGUAGES
from rag.study.quiz_facts import told_by
from rag.study.quiz_words import quiz_words
from rag.types import Evidence
from rag.words.quantities import numbers

_DIGITS = r"\d{1,3}(?:[.,\u00a0\u202f’ ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
NUMBER = {
    language: re.compile(rf"(?<![\w.,/-])(?:{_DIGITS}|(?i:{'|'.join(quiz_words(language).numbers)}))(?![\w/:]|[-.,]\w)")
    for language in READER_LANGUAGES
}
_CUE_REACH = 30  # characters before a number in which 'more than' stands
_FACTORS = (2, 3, 0.5, 5, 0.2, 1.5)
_LEAST_RATIO = 1.45  # of two numbers that are clearly different
_YEARS_OFF = (-2, -5, -9, 3, -14)
_HUNDRED = 100


def value_of(written: str, language: str) -> float:
    """Example: ('35 000', 'fr') -> 35000; ('zwei', 'de') -> 2"""
    if (word := written.lower()) in quiz_words(language).numbers:
        return float(quiz_words(language).numbers[word])
    if re.fullmatch(r"\d{1,3}(?:\D\d{3})+", written):
        return float(re.sub(r"\D", "", written))
    return float(written.replace(",", "."))


def other_numbers(match: re.Match[str], item: Evidence, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Numbers written alike that are clearly others, and that no article of the evidence has.

    Behind 'more than' only greater ones: who has more than four has more than two.
    Example: 'plus de 4 millions' -> ('8', '12', '20')
    """
    language, written = item.article.language, match.group()
    value, words = value_of(written, language), quiz_words(language)
    before = item.text[max(0, match.start() - _CUE_REACH) : match.start()]
    known = {float(number) for number in numbers(told_by(evidence), language)}
    scale = _scale(match, language, value)
    found = []
    for other in _candidates(value, written.lower() in words.numbers):
        greater = other > value
        if (words.more.search(before) and not greater) or (words.less.search(before) and greater):
            continue
        if item.text[match.end() :].lstrip()[:1] == "%" and other >= _HUNDRED:
            continue
        if all(_are_different(other * scale, each) and _are_different(other, each) for each in known):
            found.append(_written_like(written, other, language))
    return tuple(dict.fromkeys(found))


def other_years(year: int, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Years some way off that no article of the evidence names; none to come of what has been."""
    told = told_by(evidence)
    newest = max([item.article.published.year for item in evidence if item.article.published] or [date.today().year])
    others = (year + off for off in _YEARS_OFF if year + off <= max(newest, year - 1))
    return tuple(str(other) for other in others if str(other) not in told)


def other_months(month: str, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Months that no article of the evidence names, the farthest first."""
    language = evidence[0].article.language
    months, told = quiz_words(language).months, told_by(evidence).lower()
    place = months.index(month)
    others = (months[(place + off) % len(months)] for off in (6, 4, 8, 3, 9))
    return tuple(other for other in others if not re.search(rf"(?<!\w){other.lower()}(?!\w)", told))


def _candidates(value: float, in_words: bool) -> list[float]:
    """Other values of about the same size; small whole ones stay small and whole."""
    if in_words or (value == int(value) and value <= 12):
        return [float(each) for each in (*range(2, 13), 20) if abs(each - value) > 1]
    return [_rounded(value * factor) for factor in _FACTORS]


def _rounded(value: float) -> float:
    """With two digits that tell. Example: 17500 -> 18000"""
    size = 10 ** max(0, len(str(int(value))) - 2)
    return float(round(value / size) * size) if value >= 2 else round(value, 1)


def _scale(match: re.Match[str], language: str, value: float) -> float:
    """What the word behind a number makes of it. Example: '4 millions' -> 1000000"""
    told = numbers(f"{value:g}{match.string[match.end() : match.end() + 14]}", language)
    return max((float(each) / value for each in told if float(each) >= value), default=1.0)


def _are_different(first: float, second: float) -> bool:
    return max(first, second) >= _LEAST_RATIO * min(first, second)


def _written_like(written: str, value: float, language: str) -> str:
    """Example: ('35 000', 70000, 'fr') -> '70 000'; ('Zwei', 9, 'de') -> 'Neun'"""
    words = {number: word for word, number in quiz_words(language).numbers.items()}
    if written.lower() in quiz_words(language).numbers:
        word = words[int(value)]
        return word.capitalize() if written[0].isupper() else word
    grouping = re.search(r"\d(\D)\d{3}(?!\d)", written)
    if grouping and value >= 1000:
        return f"{int(value):,}".replace(",", grouping.group(1))
    if value == int(value):
        return str(int(value))
    return str(value).replace(".", "," if "," in written else ".")
