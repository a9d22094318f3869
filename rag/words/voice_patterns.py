"""The regular expressions that find who says something, made of a language's words. Knows no text and no article."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

VOICE_WORDS = Path(__file__).with_name("voice_words.toml")
_NEVER = "(?!)"
WORD = r"[\w’&-]+"
NAME_WORD = r"(?:[A-ZÀ-Þ](?:[\w’&-]*\w|\.)|\d+[a-zà-ÿ]\w*)"
_PARTICLE = r"(?:(?:de|du|des|von|van|der|di|da|del|della|of|the|y|la|el|d’|do)\s)"
_NAME_GOES_ON = r"[\w’&-]|\s[a-zà-ÿ]+\s[A-ZÀ-Þ]"  # 'said TV naturalist David': 'TV' is nobody
NAME = rf"{NAME_WORD}(?:\s{_PARTICLE}{{0,2}}{NAME_WORD}){{0,6}}"


@dataclass(frozen=True)
class Rules:
    """The patterns of one language; those of `named` hold the speaker as `who`, or as `subject` of the verb."""

    language: str
    named: tuple[re.Pattern[str], ...]
    unnamed: tuple[re.Pattern[str], ...]
    judges: re.Pattern[str]
    own: re.Pattern[str]
    pronouns: re.Pattern[str]
    indefinite: re.Pattern[str]
    things: re.Pattern[str]
    starters: re.Pattern[str]
    prepositions: str
    determiners: re.Pattern[str]
    negations: re.Pattern[str]


@cache
def rules_of(language: str) -> Rules:
    """The patterns for a language; for one that is not known, none but those of quotation marks."""
    words: dict[str, list[str]] = tomllib.loads(VOICE_WORDS.read_text(encoding="utf-8")).get(language, {})
    any_of = {name: "|".join(listed) or _NEVER for name, listed in words.items()}
    lists = defaultdict(lambda: _NEVER, any_of)
    return Rules(
        language=language,
        named=tuple(map(re.compile, _named_patterns(lists, language))),
        unnamed=tuple(map(re.compile, _unnamed_patterns(lists, language))),
        judges=re.compile(rf"\b(?:{lists['judges']})\b"),
        own=re.compile(rf"\b(?i:{lists['own']})\b"),
        pronouns=re.compile(rf"(?i:{lists['pronouns']})"),
        indefinite=re.compile(rf"(?i:{lists['indefinite']})\b"),
        things=re.compile(rf"\b(?:{lists['things']})\b"),
        starters=re.compile(rf"(?i:{lists['starters']})\s"),
        prepositions=lists["prepositions"],
        determiners=re.compile(rf"(?i:{_determiner(lists)})"),
        negations=re.compile(rf"\b(?:{lists['negations']})|(?<=n)(?:n’t )"),
    )


def _named_patterns(lists: Mapping[str, str], language: str) -> list[str]:
    """'selon X', 'Pour X Y,', 'X zufolge', '», explique X', 'X affirme que', 'X, …, affirme que', '», X said'."""
    pronoun = rf"(?i:{lists['pronouns']}|{lists['indefinite']})(?![\w’])"
    description = rf"(?i:{_determiner(lists)}){WORD}(?:\s(?!(?:{lists['breaks']})\s){WORD}){{0,5}}"
    inflected = language == "de"  # 'laut dem Regisseur': what follows is not how the speaker is called elsewhere
    whole = "" if inflected else rf"(?!{_NAME_GOES_ON})"
    after = rf"(?P<who>{pronoun}|{description}?(?=\s?[,.;:!»”“\"]|$)|{NAME}{whole})"
    sourced = rf"(?P<who>{pronoun}|{NAME})" if inflected else rf"{_can_tell(lists, language)}{after}"
    alone = r"(?<![a-zß]\s)" if inflected else ""  # 'In einer Mitteilung sagt sie': a noun, not a name
    before = rf"(?<![\w’])(?P<subject>{pronoun}|{description}|{alone}{NAME})"
    reported = rf"\s(?:[a-zà-ÿ]+\s)??{_saying(lists)}"
    aside = rf"(?:{lists['asides']})"
    return [
        rf"{_source(lists)}{sourced}",
        rf"^(?:{lists['views']})\s(?P<who>{NAME_WORD}\s(?:{_PARTICLE})?{NAME_WORD}),",
        rf"(?P<who>{NAME})\s(?:{lists['source_ends']})\b",
        rf"(?P<subject>{NAME}),\s[^:«“„;]{{3,140}}?,{reported}",
        rf"{before}{reported}",
        rf"[,»”“\"!?]\s?{aside}(?:-t-|[\s-]){after}",
        rf"(?:^|\s){aside}\s(?P<who>{NAME})(?:,[^:]{{3,140}})?\s?:\s?[«“„\"]",
        rf"[,»”“\"]\s?(?:{lists['behind_quotations']})\s(?P<who>(?:[Dd](?:er|ie)\s)?{NAME})",
        rf"[,»”“\"]\s(?P<who>{pronoun}|{NAME})\s{aside}(?=\s?[,.;:]|$)",
    ]


def _unnamed_patterns(lists: Mapping[str, str], language: str) -> list[str]:
    """'selon les experts de …', '…, ha spiegato', 'explicó que', and moods that only report."""
    return [
        rf"{_source(lists)}{_can_tell(lists, language)}",
        rf"[»”“\"],?\s(?:{lists['asides']})(?![\w’])",
        rf",\s(?:{lists['asides']})(?![\w’])[^,.]{{0,40}}[,.]",
        rf"(?<![\w’]){_saying(lists)}",
        rf"\b(?:{lists['moods']})\b",
    ]


def _saying(lists: Mapping[str, str]) -> str:
    """A verb with what shows that it reports: 'affirme (en riant) que', 'admite, no obstante, que', 'said he'."""
    between = r"(?:,[^,:]{2,25},|\s[\w-]+|\s(?:a|à|al|alla|au|en|in|nel|to)\s[\w-]+)?"
    return rf"(?:{lists['says']})(?![\w’])(?:{between}[\s,]*(?:{lists['reports']})|\s(?:{lists['clauses']})(?!\w))"


def _source(lists: Mapping[str, str]) -> str:
    return rf"(?<![\w’])(?i:{lists['sources']})\s(?!(?:{_determiner(lists)})?(?:{lists['no_sources']})(?!\w))"


def _can_tell(lists: Mapping[str, str], language: str) -> str:
    """Looks ahead for somebody who can tell: 'eux', 'Ana', 'le FMI', 'une étude', but not 'une ligne de faille'."""
    somebody = rf"(?i:{lists['pronouns']}|{lists['indefinite']})(?!\w)|{NAME_WORD}"
    described = rf"[^,.;:]{{0,40}}?(?<![\w’])(?:{lists['source_nouns']})(?!\w)"
    named = _NEVER if language == "de" else rf"{_determiner(lists)}{NAME_WORD}"  # every noun has a capital there
    return rf"(?=(?:{somebody}|{described}|{named}))"


def _determiner(lists: Mapping[str, str]) -> str:
    """A determiner and the space after it, which an elided one lacks."""
    return rf"(?:(?:{lists['determiners']})(?:(?<=’)|\s))"
