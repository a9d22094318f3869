"""What can be asked in a sentence: its numbers, months, years, names and nouns, and what else might stand there.

Knows words and the articles, not questions. An alternative is never true as well: a number is clearly another one, and
beyond 'more than' a greater one; a name stands in no sentence together with the right one, nor in one that says the
same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rag.study.quiz_facts import says_enough
from rag.study.quiz_names import NameKind, names_in, other_names
from rag.study.quiz_numbers import NUMBER, other_months, other_numbers, other_years, value_of
from rag.study.quiz_words import quiz_words
from rag.types import Evidence
from rag.words.quantities import numbers
from rag.words.rare_words import familiarity
from rag.words.word_splitting import letters

_YEAR = re.compile(r"(?<![\w.,(-])(?:1\d|20)\d\d(?![\w%–-]|[.,]\d|\s?[–-]\s?\d)")
_PLAIN_YEAR = re.compile(r"(?:1\d|20)\d\d")
_SPAN = re.compile(
    r"\b(?:between|since|from|until|till|before|after|by|entre|depuis|dès|jusqu[’']en|avant|après|fino al|dal|da|tra|"
    r"fra|prima|dopo|desde|hasta|antes de|zwischen|seit|ab|bis|vor|nach)(?:\s(?:the|il|l[’']|dem))?\s*$",
    re.IGNORECASE,
)
_NO_NUMBER = re.compile(r"(?:num[eé]ro|nummer|number|nº|n°|nr\.|no\.|#|seite|page|pagina|página)\s*$", re.IGNORECASE)
_NOUN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BEFORE_NOUN = re.compile(r"(?:^|[\s«“„(’'])([^\W\d_]+)(?:\s|[’'])$")
_LEAST_LETTERS, _MOST_LETTERS = 4, 14
_LEAST_FAMILIAR, _MOST_FAMILIAR = 3.6, 5.5  # Zipf: a noun that a child may know, and that says something
_GRAMMAR = 6.0
_MANY_TIMES = 3
_AND = frozenset({"and", "et", "e", "ed", "y", "und", "or", "ou", "o", "oder"})
_OPENS = " \u00a0\u202f«“„(’'"


class Kind(StrEnum):
    """What is asked for."""

    NUMBER = "number"
    YEAR = "year"
    MONTH = "month"
    NAME = "name"
    WORD = "word"


@dataclass(frozen=True)
class Target:
    """Something in a sentence, `text[start:end]`, and `others` of its kind that would make it untrue."""

    kind: Kind
    text: str
    start: int
    end: int
    others: tuple[str, ...] = ()


def targets(item: Evidence, evidence: Sequence[Evidence]) -> tuple[Target, ...]:
    """What can be asked in a sentence, given all the evidence of its answer: facts first, nouns last."""
    return (*_years(item, evidence), *_months(item, evidence), *_numbers(item, evidence), *_names(item, evidence),
            *_nouns(item))  # fmt: skip


def is_about_something(item: Evidence) -> bool:
    """Whether a sentence names something, tells a number, or speaks of such things in general: 'A director is …'."""
    language = item.article.language
    names = [name for _, name, _, _ in names_in(item)]
    about = names or quiz_words(language).general.match(item.text) or numbers(item.text, language)
    return bool(about) and says_enough(item, names)


def _years(item: Evidence, evidence: Sequence[Evidence]) -> Iterator[Target]:
    for found in _YEAR.finditer(item.text):
        if _SPAN.search(item.text[: found.start()]):  # what lasts since 1970 lasts since 1973, too
            continue
        yield Target(Kind.YEAR, found.group(), *found.span(), other_years(int(found.group()), evidence))


def _months(item: Evidence, evidence: Sequence[Evidence]) -> Iterator[Target]:
    months = quiz_words(item.article.language).months
    for found in re.finditer(rf"(?<!\w)(?:{'|'.join(months)})(?=\s(?:del?\s)?(?:19|20)\d\d)", item.text):
        yield Target(Kind.MONTH, found.group(), *found.span(), other_months(found.group(), evidence))


def _numbers(item: Evidence, evidence: Sequence[Evidence]) -> Iterator[Target]:
    """Numbers that count something: none of a name, a date, or an enumeration, and none that comes twice."""
    language = item.article.language
    found = [each for each in NUMBER[language].finditer(item.text) if not _PLAIN_YEAR.fullmatch(each.group())]
    values = [value_of(each.group(), language) for each in found]
    for match, value in zip(found, values, strict=True):
        in_name = any(start <= match.start() < end for _, _, start, end in names_in(item))
        counts = _counts(match, language)
        dated = _NO_NUMBER.search(item.text[: match.start()]) or _is_day(item, match.end())
        if value > 1 and values.count(value) == 1 and counts and not in_name and not dated:
            yield Target(Kind.NUMBER, match.group(), *match.span(), other_numbers(match, item, evidence))


def _counts(match: re.Match[str], language: str) -> bool:
    """Whether what stands behind a number is counted by it: no 'of' as in 'Convention 81 of 1947'."""
    before, behind = match.string[: match.start()], match.string[match.end() :]
    if before and before[-1] not in _OPENS:
        return False
    follows = re.match(r"[\s\u00a0\u202f]?([%€$£]|[^\W\d_]+)", behind)
    if not follows:
        return False
    return not follows.group(1).isalpha() or familiarity(follows.group(1), language) < _GRAMMAR


def _is_day(item: Evidence, end: int) -> bool:
    """Whether a number is the day of a date: a month stands behind it."""
    months = "|".join(quiz_words(item.article.language).months)
    return re.match(rf"\.?\s(?:de\s)?(?:{months})\b", item.text[end:]) is not None


def _names(item: Evidence, evidence: Sequence[Evidence]) -> Iterator[Target]:
    for kind, name, start, end in names_in(item):
        if item.text.count(name) == 1 and letters(name) >= _LEAST_LETTERS:
            others = () if kind is NameKind.OTHER else other_names(kind, name, item, evidence)
            yield Target(Kind.NAME, name, start, end, others)


def _nouns(item: Evidence) -> list[Target]:
    """The nouns that stand in the sentence once and come back in its article, those first that come most often."""
    language, found = item.article.language, []
    taken = [(start, end) for _, _, start, end in names_in(item)]
    for match in _NOUN.finditer(item.text):
        if not any(start < match.end() and match.start() < end for start, end in taken) and _is_noun(match, language):
            found.append(Target(Kind.WORD, match.group(), *match.span()))
    told = [each for each in found if _times(each.text, item.text) == 1 and _times(each.text, _told(item)) > 1]
    return sorted(told, key=lambda each: -min(_MANY_TIMES, _times(each.text, _told(item))))


def _told(item: Evidence) -> str:
    return f"{item.article.title}\n{item.article.text}"


def _times(word: str, text: str) -> int:
    return len(re.findall(rf"(?i)(?<!\w){re.escape(word)}", text))


def _is_noun(match: re.Match[str], language: str) -> bool:
    """Whether a word stands behind a determiner and before no other that it might describe: 'a dreamy strand'."""
    word, behind = match.group(), match.string[match.end() :]
    before = _BEFORE_NOUN.search(match.string[: match.start()])
    if not before or before.group(1).lower() not in quiz_words(language).nouns:
        return False
    follows = re.match(r"\s([^\W\d_]+)", behind)
    if follows and follows.group(1) in _AND:
        return False  # 'a popular and influential translation'
    describes = follows and familiarity(follows.group(1), language) < _GRAMMAR
    if describes and follows and (language != "de" or follows.group(1)[0].isupper()):
        return False
    if word[0].isupper() != (language == "de") or not _LEAST_LETTERS <= letters(word) <= _MOST_LETTERS:
        return False
    return _LEAST_FAMILIAR <= familiarity(word, language) <= _MOST_FAMILIAR
