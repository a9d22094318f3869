"""The words by which the quiz reads sentences, by language. Knows no evidence."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale

_FILE = Path(__file__).with_name("quiz_words.toml")


@dataclass(frozen=True)
class QuizWords:
    """The patterns and lists of one language; `numbers` are the values of number words, `months` all month names."""

    begins: re.Pattern[str]
    inside: re.Pattern[str]
    pointing: re.Pattern[str]
    more: re.Pattern[str]
    less: re.Pattern[str]
    on: re.Pattern[str]
    general: re.Pattern[str]
    defines: re.Pattern[str]
    nouns: frozenset[str]
    numbers: Mapping[str, int]
    months: Sequence[str]


@cache
def quiz_words(language: str) -> QuizWords:
    """The words of one of the readers' languages; KeyError for others."""
    listed = tomllib.loads(_FILE.read_text(encoding="utf-8"))[language]
    return QuizWords(
        begins=_whole(listed["begins"], r"^\W*"),
        inside=_whole(listed["inside"], r"(?<!\w)"),
        pointing=_whole(listed["pointing"], r"(?<!\w)"),
        more=re.compile(rf"(?<!\w)(?:{_any_of(listed['more'])})", re.IGNORECASE),
        less=re.compile(rf"(?<!\w)(?:{_any_of(listed['less'])})", re.IGNORECASE),
        on=re.compile(rf"(?<!\w)(?:{_any_of(listed['on'])})\s$", re.IGNORECASE),
        general=_whole(listed["indefinite"], r"^\W*(?:\w+\s)?(?<!\w)"),
        defines=re.compile(rf"\b(?:{_any_of(listed['is'])})\s(?:{_any_of(listed['indefinite'])})(?!\w)", re.IGNORECASE),
        nouns=frozenset(listed["nouns"]),
        numbers=dict(zip(listed["numbers"], (*range(2, 13), 20), strict=True)),
        months=tuple(Locale(language).months["format"]["wide"].values()),
    )


def _whole(words: Iterable[str], before: str) -> re.Pattern[str]:
    return re.compile(rf"{before}(?:{_any_of(words)})(?!\w)", re.IGNORECASE)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace("'", "['’]") for word in sorted(words, key=len, reverse=True))
