"""What a question asks for: a name, somebody, a time, a place, a reason, one of some things. Knows no articles."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from corpus.language import READER_LANGUAGES
from rag.words.wording import words

_KINDS = Path(__file__).with_name("asked_kind.toml")
_EMPTY, _REASON = "empty", "reason"  # lists beside those of the kinds
_NOUN = r"(?P<noun>\w+(?: \w+)?)"


class AskedKind(StrEnum):
    """What a question asks for; YES_OR_NO is what has no word of asking, or begins with its verb."""

    NAME = "name"
    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    WHY = "why"
    WHICH = "which"
    WHAT = "what"
    YES_OR_NO = "yes_or_no"


@dataclass(frozen=True)
class Asked:
    """The kind, and the two words behind 'which', one of which names what is asked for; '' for other kinds."""

    kind: AskedKind
    noun: str = ""


@lru_cache(1024)
def asked_kind(text: str, language: str) -> Asked:
    """What a question in a language asks for. Example: 'Welches Lied singt er?', 'de' -> (WHICH, 'lied singt')"""
    plain = " ".join(words(text))
    for kind, patterns in _patterns(language).items():
        for pattern in patterns:
            if found := pattern.search(plain):
                return Asked(kind, found.groupdict().get("noun") or "")
    return Asked(AskedKind.YES_OR_NO)


@cache
def _patterns(language: str) -> Mapping[AskedKind, Sequence[re.Pattern[str]]]:
    lists = _lists().get(language, {})
    return {
        AskedKind(name): [re.compile(each.replace("{noun}", _NOUN)) for each in listed]
        for name, listed in lists.items()
        if name not in (_EMPTY, _REASON)
    }


@cache
def empty_words(language: str) -> frozenset[str]:
    """Words in plain spelling that ask or help to, and tell nothing."""
    return frozenset(_lists().get(language, {}).get(_EMPTY, "").split())


def gives_reason(text: str, language: str) -> bool:
    """Whether a text has a word that gives a reason. Example: 'Sie weint, weil es regnet.', 'de' -> True"""
    return language in READER_LANGUAGES and bool(_reason(language).search(" ".join(words(text))))


@cache
def _reason(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_lists()[language][_REASON]})\b")


@cache
def told_by(name: str) -> frozenset[str]:
    """The things of `same_things.toml` of which one is told by a `country`, by a `name`, or that are only a `form`."""
    return frozenset(_lists()["told_by"][name].split())


@cache
def _lists() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(_KINDS.read_text(encoding="utf-8"))
