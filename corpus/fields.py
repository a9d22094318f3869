"""A text and the fields that came with it -> an article. Knows what fields may hold, not where they were read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from corpus.addresses import canonical, is_web_address
from corpus.cleaning import clean
from corpus.dates import parse_date
from corpus.errors import SourceUnreadable
from corpus.language import READER_LANGUAGES, detect_language, language_code
from corpus.layout import Layout, lay_out
from corpus.types import Article, Audience, Kind, Origin

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True)
class Extract:
    """The cleaned text of a source, what was given with it, and what was read from it; what is given wins.

    `comments`: what readers wrote below it, where the page tells them apart. A value that was read is one that the
    field may have; a given one may be anything that a person or a program wrote.
    """

    text: str
    given: Mapping[str, object] = field(default_factory=dict)
    read: Mapping[str, object] = field(default_factory=dict)
    comments: str = ""


def make_article(source: str, article_id: str, text: str, fields: Mapping[str, object]) -> Article:
    """An article from a cleaned text and the fields given with it; what is missing is detected.

    Raises SourceUnreadable when there is no text or a field has a value that cannot be understood.
    """
    return complete(source, article_id, Extract(text, fields))


def complete(source: str, article_id: str, extract: Extract) -> Article:
    """An article from what was found in a source; what is missing is detected.

    Raises SourceUnreadable when there is no text or a given field has a value that cannot be understood.
    """
    if not extract.text:
        raise SourceUnreadable(source, "there is no text in it")
    given = _values(source, extract.given)
    stated = {name: value for name, value in extract.read.items() if value} | given
    language = str(stated.get("language") or detect_language(extract.text))
    layout = lay_out(extract.text, known_title=str(stated.get("title", "")), language=language)
    if not layout.text:
        raise SourceUnreadable(source, f"there is no text below the title '{layout.title}'")
    values = _detected(layout, language) | stated
    text, comments_start = _with_comments(layout, extract.comments, values.get("kind"))
    if comments_start is not None:
        values["comments_start"] = comments_start
    url = str(values.get("url", ""))
    addresses = (canonical(url),) if is_web_address(url) else ()
    origins = _origins(values, given, extract, layout)
    return Article(id=article_id, text=text, source=source, addresses=addresses, origins=origins, **values)


def text_field(source: str, fields: Mapping[str, object], name: str) -> str:
    """The cleaned text of a field; '' when it is missing; a number or a date as it is written.

    Raises SourceUnreadable when it is a list, an object or a truth value.
    """
    value = fields.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        raise SourceUnreadable(source, f"{name} must be text, not {value!r:.60}")
    return clean(str(value))


def _values(source: str, fields: Mapping[str, object]) -> dict[str, Any]:
    """The properties that the given fields hold, each of its type; those without a value are left out."""
    values: dict[str, Any] = {
        **{name: _line(source, fields, name) for name in ("title", "outlet", "author", "url", "licence")},
        "language": _language(source, fields),
        "published": _date(source, fields, "published"),
        "updated": _date(source, fields, "updated"),
        "audience": _choice(source, fields, "audience", Audience),
        "kind": _choice(source, fields, "kind", Kind),
    }
    values["outlet"] = values["outlet"] or _line(source, fields, "source")
    return {name: value for name, value in values.items() if value}


def _detected(layout: Layout, language: str) -> dict[str, Any]:
    values: dict[str, Any] = {"title": layout.title, "language": language}
    if layout.published:
        values["published"] = layout.published
    if layout.in_first_person:
        values["kind"] = Kind.OPINION
    return values


def _with_comments(layout: Layout, comments: str, kind: object) -> tuple[str, int | None]:
    """The whole text with readers' comments at its end, and where they begin."""
    text = f"{layout.text}\n\n{comments}" if comments else layout.text
    if kind is Kind.COMMENTS:
        return text, 0
    if layout.comments_start is None and comments:
        return text, len(layout.text) + 2
    return text, layout.comments_start


def _origins(
    values: Mapping[str, object], given: Mapping[str, object], extract: Extract, layout: Layout
) -> dict[str, Origin]:
    """How each value was found. A date or a title that the text states was read; what its words betray was guessed."""
    read = {name for name, value in extract.read.items() if value} | {"published"}
    if layout.title_stands:
        read.add("title")
    if extract.comments and layout.comments_start is None:
        read.add("comments_start")
    if values.get("kind") is Kind.COMMENTS and "kind" in given:
        given = {**given, "comments_start": 0}
    return {
        name: Origin.GIVEN if name in given else Origin.READ if name in read else Origin.GUESSED
        for name in sorted(values)
    }


def _line(source: str, fields: Mapping[str, object], name: str) -> str:
    return " ".join(text_field(source, fields, name).split())


def _language(source: str, fields: Mapping[str, object]) -> str:
    name = _line(source, fields, "language")
    try:
        return language_code(name) if name else ""
    except ValueError as error:
        reason = f"language '{name}' is not known: write its code, such as {', '.join(READER_LANGUAGES)}"
        raise SourceUnreadable(source, reason) from error


def _choice(source: str, fields: Mapping[str, object], name: str, choices: type[Choice]) -> Choice | None:
    value = _line(source, fields, name).lower()
    if value and value not in set(choices):
        raise SourceUnreadable(source, f"{name} '{value}' is not one of {', '.join(choices)}")
    return choices(value) if value else None


def _date(source: str, fields: Mapping[str, object], name: str) -> date | None:
    value = fields.get(name)
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    written = _line(source, fields, name)
    found = parse_date(written)
    if written and found is None:
        raise SourceUnreadable(source, f"{name} '{written}' is not a date (write it as 2026-01-31)")
    return found
