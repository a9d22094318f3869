"""A sentence of an article -> who and what it tells about, so that somebody can ask for it. Knows no reader.

Only what the words show: a name that comes back, what a sentence explains, a person's role. Not what matters in it.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale

from corpus.types import Kind
from rag.types import Evidence
from rag.words.voice_patterns import NAME, NAME_WORD, rules_of

_WORDS = Path(__file__).with_name("topic_words.toml")
_NEVER = "(?!)"
_OPEN, _CLOSE = '«„“"', '»”“"'
_QUOTED = re.compile(rf"[{_OPEN}]\s?(?P<title>[^{_OPEN}{_CLOSE}]{{2,60}}?)\s?[{_CLOSE}]")
_INSIDE = re.compile(rf"(?<=[a-zß-ÿœ\d,;(] )(?P<name>{NAME})|(?<=[’{_OPEN}(])(?P<behind_mark>{NAME})")
_ASIDE = r"(?:,\s[^,.]{2,60},|\s\([^)]*\))?"
_LEAST_LETTERS = 3
_KEYS = ("is", "indefinite", "explains", "means", "roles", "contracted")
_NEVER_MANY = 99  # words
_LONGEST_TEXT = 12_000  # characters of an article that are searched for names: with 300 names that takes 0.1 s
_MOST_WORDS = 6
_LONGEST_TITLE = 110  # characters


class Form(StrEnum):
    """How to ask for a topic."""

    WHO = "who"
    WHAT = "what"
    MEANING = "meaning"
    ABOUT = "about"
    ARTICLE = "article"


@dataclass(frozen=True)
class Topic:
    """What an article tells about, and how many `times` it is named where that was counted.

    Titles and terms are `quoted`; what has a `language` is understood in it only.
    """

    name: str
    form: Form
    quoted: bool = False
    language: str = ""
    times: int = 0


@dataclass(frozen=True)
class _Words:
    """The patterns of one language."""

    named: re.Pattern[str]
    explained: re.Pattern[str]
    meant: re.Pattern[str]
    role: str
    determined: re.Pattern[str]
    beside: re.Pattern[str]


def topics(evidence: Evidence) -> Iterator[Topic]:
    """What a sentence explains, then the names in its article, people first, then the article by its title.

    Example: 'Ana Ruiz est une chanteuse.' -> Topic('Ana Ruiz', Form.WHO)
    """
    article = evidence.article
    if Kind.COMMENTS in (evidence.kind, article.kind):
        return
    yield from _explained(evidence.text, article.language)
    yield from _names(article.text[: article.comments_start][:_LONGEST_TEXT], article.language)
    if _LEAST_LETTERS <= len(article.title) <= _LONGEST_TITLE:
        yield Topic(article.title, Form.ARTICLE, quoted=True, language=article.language)


def explained(evidence: Evidence) -> set[str]:
    """The names of whom and what a sentence itself says what they are.

    Example: 'La chanteuse Ana Ruiz rit sur Melodia, un site de musique.' -> {'Ana Ruiz', 'Melodia'}
    """
    text, language = evidence.text, evidence.article.language
    said = {topic.name for topic in _explained(text, language)} | _people(text, language)
    return said | {found["name"] for found in _words(language).beside.finditer(text)}


def _explained(text: str, language: str) -> Iterator[Topic]:
    words = _words(language)
    found = words.named.match(text)
    if found and not _is_grammar(found["name"], language):
        quoted = text[0] in _OPEN
        is_person = not quoted and re.match(rf"\s(?:[\w’-]+\s){{0,3}}?(?:{words.role})\b", text[found.end() :])
        yield Topic(found["name"], Form.WHO if is_person else Form.WHAT, quoted)
    if found := words.explained.match(text):
        yield Topic(_small(found["name"]), Form.WHAT, language=language)
    if found := words.meant.match(text):
        term = found["name"] if language == "de" else _small(found["name"])
        yield Topic(term, Form.MEANING, quoted=True, language=language)


@lru_cache(64)
def _names(text: str, language: str) -> tuple[Topic, ...]:
    """The people whose role a text tells, and the other names and titles that stand in it at least twice."""
    titles = {found["title"] for found in _QUOTED.finditer(text) if _is_title(found["title"])}
    inside = {match["name"] or match["behind_mark"] for match in _INSIDE.finditer(text)}
    named = {_whole(name, text, language) for name in inside if not any(name in title for title in titles)}
    people = _people(text, language)
    others = {name for name in named - people if _comes_back(name, text, language)}
    others = {name for name in others if not any(name in longer for longer in (people | others) - {name})}
    return (
        *(Topic(name, Form.WHO) for name in sorted(people)),
        *(Topic(name, Form.ABOUT, times=text.count(name)) for name in sorted(others)),
        *(Topic(title, Form.ABOUT, True, times=times) for title in sorted(titles) if (times := text.count(title)) > 1),
    )


def _whole(name: str, text: str, language: str) -> str:
    """A name without the role before it, and with the first name that it has somewhere.

    Example: ('Ruiz', 'Ana Ruiz, chanteuse, rit. Et Ruiz chante.', 'fr') -> 'Ana Ruiz'
    """
    name = re.sub(rf"^(?:{_words(language).role})\s(?=[A-ZÀ-Þ])", "", name)
    longer = rf"{NAME_WORD} {re.escape(name)}(?!\w)"
    alone = " " not in name and text.count(name) > 1
    found = alone and re.search(rf"(?<=[\w,;(’] ){longer}|(?<![^\n.!?»] ){longer}(?=,)", text)
    return found.group() if found and not _is_grammar(found.group(), language) else name


def _comes_back(name: str, text: str, language: str) -> bool:
    """Whether a name stands in a text at least twice, and mostly without a determiner.

    With one ('les États-Unis') it would need it in each language in another way.
    """
    if text.count(name) < 2 or len(name) < _LEAST_LETTERS or name.isupper() or _is_grammar(name, language):
        return False
    if _small(name) in text:  # 'Le Luxembourg' at the beginning, 'le Luxembourg' elsewhere
        return False
    if name in _countries(language) or (language == "de" and " " not in name):  # every noun has a capital there
        return False
    places = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
    bare = [place for place in places if not _words(language).determined.search(text[max(0, place - 12) : place])]
    return len(places) > 1 and len(bare) * 2 > len(places)


def _people(text: str, language: str) -> set[str]:
    """Example: ('La chanteuse Ana Ruiz rit.', 'fr') -> {'Ana Ruiz'}"""
    role = _words(language).role
    before, behind = rf"\b(?:{role})\s({NAME})", rf"(?<!\w)({NAME}),\s(?:[\w’-]+\s){{0,2}}?(?:{role})\b"
    found = [*re.findall(before, text), *(_whole(name, text, language) for name in re.findall(behind, text))]
    return {name for name in found if " " in name and not _is_grammar(name, language)}


def _is_title(words: str) -> bool:
    """Whether words in quotation marks are the title of a work: several, most with a capital."""
    listed = words.split()
    return 1 < len(listed) <= _MOST_WORDS and sum(word[0].isupper() for word in listed) * 2 > len(listed)


def _is_grammar(name: str, language: str) -> bool:
    """Whether what looks like a name at the beginning of a sentence, or a German noun, begins with a little word."""
    rules, first = rules_of(language), name.split()[0]
    little = [rules.pronouns, rules.indefinite, re.compile(rf"(?i:{rules.prepositions})")]
    least = {"de": _NEVER_MANY, "en": 2}.get(language, 3)  # 'The Beatles' is a name, 'Le Luxembourg' is a country
    determined = rules.determiners.match(name) and len(name.split()) < least
    starts = rules.starters.match(f"{name} ") or rules.determiners.fullmatch(f"{name} ")
    return bool(determined or starts or any(pattern.fullmatch(first) for pattern in little))


@cache
def _countries(language: str) -> frozenset[str]:
    """Names that are others in other languages."""
    return frozenset(Locale(language).territories.values()) if language in _all_words() else frozenset()


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


@cache
def _all_words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


@cache
def _words(language: str) -> _Words:
    listed = _all_words().get(language, {})
    any_of = {key: "|".join(listed.get(key, ())) or _NEVER for key in _KEYS}
    noun = r"[\w’-]+(?:\s[\w’-]+){0,2}"
    indefinite = rf"(?P<name>(?:{any_of['indefinite']})(?:(?<=’)|\s){noun}?)"
    return _Words(
        named=re.compile(rf"[{_OPEN}]?\s?(?P<name>{NAME})\s?[{_CLOSE}]?{_ASIDE}\s(?:{any_of['is']})"),
        explained=re.compile(rf"{indefinite}{_ASIDE}(?:\s(?:{any_of['is']})|(?:{any_of['explains']}))"),
        meant=re.compile(rf"[{_OPEN}]?\s?(?P<name>[A-ZÀ-Þ][\w-]+)\s?[{_CLOSE}]?\s(?:{any_of['means']})"),
        beside=re.compile(rf"(?=(?<!\w)(?P<name>{NAME}),\s(?i:{any_of['indefinite']})(?:(?<=’)|\s))"),
        role=any_of["roles"],
        determined=re.compile(
            rf"(?<!\w)(?:{rules_of(language).determiners.pattern}|(?i:{any_of['contracted']})(?:(?<=’)|\s))$"
        ),
    )
