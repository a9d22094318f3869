"""A sentence -> the amounts it tells, and what each is an amount of. Knows one sentence, not what it is about.

Left out: years, dates, ordinals, ages and any other span of time, shares like 'three in ten' (see `shares.py`), and
amounts of nothing that is named. What is counted is known across languages for the nouns in `counted_things.toml` only.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from corpus.language import READER_LANGUAGES
from rag.words.counting_words import LEAST_COUNTED, CountingWords, counting_words, fold, is_number_word
from rag.words.quantities import months, numbers
from rag.words.tokens import tokens

_SPACES = "\u00a0\u202f\u2009\u2007 "
_TOKEN = re.compile(
    rf"(?P<digits>(?<![\w.,])(?:\d{{1,3}}(?:[.,{_SPACES}’']\d{{3}}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)[kM]?(?!\w))"
    r"|(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)|(?P<mark>[^\s’'])"
)
_YEAR = re.compile(r"1[0-9]\d\d|20\d\d")
_CURRENCIES = {"€": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "dollar": "USD", "dollars": "USD"}
_CURRENCIES |= {"dollari": "USD", "dolares": "USD", "£": "GBP", "pounds": "GBP"}
_WITHIN = 5  # words behind a number among which its noun stands
_HEAD_LETTERS = 4
_LARGE = 1000  # a smaller number without a noun counts mostly something else than the number before it
_SHARE = 100  # 'three in ten', '30 of 100'


@dataclass(frozen=True)
class Count:
    """An amount as written; `kind` is what is done or counted, `measure` 'people' or 'times' where it is done.

    `bound` is 'about', 'at_least', 'at_most' or '', as the sentence says; `clause` is the part of it that tells this.
    Example: 'plus de 4 millions d’auditeurs par mois' -> noun 'auditeurs', amount 4e6, kind 'listening', measure
    'people', period 'month'
    """

    text: str
    noun: str
    amount: float
    kind: str
    measure: str
    period: str
    bound: str
    clause: str


@dataclass(frozen=True)
class _Told:
    """A number with its place in the sentence up to its noun; kind '' when the noun is left out."""

    start: int
    end: int
    amount: float
    kind: str = ""
    noun: str = ""


@lru_cache(2000)
def counts(text: str, language: str) -> tuple[Count, ...]:
    """The amounts that a sentence tells; none in a language without word lists."""
    if language not in READER_LANGUAGES or not numbers(text, language, LEAST_COUNTED):
        return ()
    marks = list(_TOKEN.finditer(text))
    read = (_read(text, marks, run, language) for run in _runs(text, marks, language))
    told = list(_completed(entry for entry in read if entry))
    clauses = _clauses(text, told, counting_words(language))
    return tuple(_count(text, entry, clause, language) for entry, clause in zip(told, clauses, strict=True))


def _runs(text: str, marks: Sequence[re.Match[str]], language: str) -> Iterator[tuple[int, int]]:
    """The first mark of each number and the one behind its last: digits, words, or both, as in '3,5 millions'."""
    words = counting_words(language).words
    scale = [fold(mark.group()) in words["scales"] for mark in marks] + [False]
    first = 0
    while first < len(marks):
        last = first
        if marks[first]["digits"] or (_is_number(marks[first], language) and not scale[first]):
            last = first + 1
        elif fold(marks[first].group()) in words["small"] and scale[first + 1]:
            last = first + 2
        while first < last < len(marks) and _goes_on(text, marks, last, language):
            last += 1
        if last > first:
            yield first, last
        first = max(last, first + 1)


def _goes_on(text: str, marks: Sequence[re.Match[str]], at: int, language: str) -> bool:
    between = text[marks[at - 1].end() : marks[at].start()]
    return not between.strip() and _is_number(marks[at], language)


def _is_number(mark: re.Match[str], language: str) -> bool:
    """Whether a word is one that numbers are written with."""
    return mark["word"] is not None and is_number_word(mark.group().lower(), language)


def _read(text: str, marks: Sequence[re.Match[str]], run: tuple[int, int], language: str) -> _Told | None:
    """The number of a run of marks with what stands behind it; None for what is no amount of anything."""
    first, last = run
    told = _Told(marks[first].start(), marks[last - 1].end(), 0)
    found = numbers(text[told.start : told.end], language, LEAST_COUNTED)
    beside = " ".join(mark.group() for mark in [*marks[max(0, first - 1) : first], *marks[last : last + 1]])
    if len(found) != 1 or months(beside, language):
        return None
    told = replace(told, amount=float(found.pop()))
    before = _CURRENCIES.get(marks[first - 1].group()) if first else None
    if before:
        return replace(told, kind=before, start=marks[first - 1].start())
    told, percent = _percent(text, told, language)
    named = _named(told, [mark for mark in marks if mark.start() >= told.end], language)
    if named is None or (percent and not named.kind) or _is_part(text, named, language):
        return None
    if _YEAR.fullmatch(text[told.start : told.end]) and (not named.kind or ":" in named.kind):
        return None
    return replace(named, kind=f"%{named.kind}") if percent else named


def _percent(text: str, told: _Told, language: str) -> tuple[_Told, bool]:
    """The number with its '%' when it is a share of something, and whether it is: '100 % new' is none."""
    words = counting_words(language).words
    signs, links = ("|".join(entries) for entries in (["%", *words["percent"]], words["linking"]))
    found = re.match(rf"\s?(?:{signs})(?=\s(?:{links})\W)", fold(text[told.end :]))
    return (replace(told, end=told.end + found.end()), True) if found else (told, False)


def _named(told: _Told, marks: Sequence[re.Match[str]], language: str) -> _Told | None:
    """The number with its noun, one of the list rather than the first that could be one; None for spans of time."""
    lists, head = counting_words(language), told
    if marks and marks[0].group() == "." and told.end == marks[0].start():
        marks = marks[1:] if told.amount >= _LARGE and told.amount % _LARGE == 0 else []
    if marks and language != "de" and marks[0].group()[0].isupper():  # a number before a heading
        return told
    for mark in marks[:_WITHIN]:
        written = mark.group().rpartition("-")[2] if language == "de" else mark.group()  # 'Spotify-Hörer' are listeners
        word = fold(written)
        if word in lists.words["spans"]:
            return None
        if word in _CURRENCIES:
            return replace(told, kind=_CURRENCIES[word], noun=mark.group(), end=mark.end())
        if not mark["word"] or word in lists.words["stopping"] or word in lists.words["splitting"]:
            break
        stem = tokens(written, language)[0]
        if kind := lists.nouns.get(word) or lists.nouns.get(stem):
            return replace(told, kind=kind, noun=mark.group(), end=mark.end())
        if not head.kind and len(word) >= _HEAD_LETTERS and word not in lists.words["linking"]:
            head = replace(told, kind=f"{language}:{stem}", noun=mark.group(), end=mark.end())
    return head


def _is_part(text: str, told: _Told, language: str) -> bool:
    """Whether it is a share like 'three songs in ten'."""
    words = "|".join(counting_words(language).words["out_of"])
    found = re.match(rf"\s+(?:{words})\s+([\w]+)", fold(text[told.end :]))
    return bool(found) and told.amount < _SHARE and is_short_number(found.group(1), language) if found else False


def is_short_number(word: str, language: str) -> bool:
    """Whether a word is a number, and no year. Example: 'zehn', '30' -> True; '2025' -> False"""
    return (word.isdigit() and len(word) < len("2025")) or is_number_word(word, language)


def _completed(told: Iterable[_Told]) -> Iterator[_Told]:
    """Large numbers without a noun count what the number before them does: '4 millions d’écoutes, puis 3 millions'."""
    kind = ""
    for entry in told:
        if entry.kind:
            kind = "" if ":" in entry.kind or entry.kind.startswith("%") else entry.kind
            yield entry
        elif kind and entry.amount >= _LARGE:
            yield replace(entry, kind=kind)


def _clauses(text: str, told: Sequence[_Told], words: CountingWords) -> list[str]:
    """The part of the sentence that tells each number: what stands without one goes with the next, else the last."""
    if len(told) < 2:
        return [text] * len(told)
    splitting = "|".join(words.words["splitting"])
    cuts = [found.end() for found in re.finditer(rf"[,;:](?!\d)|\s(?:{splitting})\s", fold(text))]
    starts = [0]
    for entry, following in pairwise(told):
        between = [cut for cut in cuts if entry.end <= cut <= following.start]
        starts.append(between[0] if between else following.start)
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _count(text: str, told: _Told, clause: str, language: str) -> Count:
    lists = counting_words(language)
    kind, _, measure = told.kind.partition(".")
    if kind in ("people", "times"):
        kind, measure = _done(clause, lists) or kind, kind
    bound, start = _bound(text, told, lists)
    after = re.match(rf"\s(?:{_either(lists.periods)})\w*", fold(text[told.end :]))
    written = text[start : told.end + (after.end() if after else 0)]
    return Count(written, told.noun, told.amount, kind, measure, _period(clause, lists), bound, clause)


def _bound(text: str, told: _Told, lists: CountingWords) -> tuple[str, int]:
    """Whether the words before a number say that it is more, less or about so much, and where they begin."""
    links = "|".join(lists.words["linking"])
    for name in ("at_least", "at_most", "about"):
        said = "|".join(map(re.escape, lists.words[name]))
        if found := re.search(rf"(?<!\w)(?:{said})\s?(?:(?:{links})\s)?$", fold(text[: told.start])):
            return name, found.start()
    return "", told.start


def _either(lists: Mapping[str, Sequence[str]]) -> str:
    return "|".join(entry for entries in lists.values() for entry in entries)


def _done(clause: str, lists: CountingWords) -> str:
    """What the verb of a clause says that people do; '' when none of the list says it, or several do."""
    found = {name for name, stems in lists.verbs.items() if re.search(rf"(?<!\w)(?:{'|'.join(stems)})", fold(clause))}
    return found.pop() if len(found) == 1 else ""


def _period(clause: str, lists: CountingWords) -> str:
    plain = fold(clause)
    return next(
        (name for name, words in lists.periods.items() if re.search(rf"(?<!\w)(?:{'|'.join(words)})", plain)), ""
    )
