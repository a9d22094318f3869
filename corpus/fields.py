"""A text and the fields that came with it -> an article. Knows what fields may hold, not where they were read."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from corpus.cleaning import clean
from corpus.dates import parse_date
from corpus.errors import SourceUnreadable
from corpus.language import READER_LANGUAGES, detect_language, language_code
from corpus.layout import lay_out
from corpus.types import Article, Audience, Kind

Choice = TypeVar("Choice", bound=StrEnum)


def make_article(source: str, article_id: str, text: str, fields: Mapping[str, object]) -> Article:
    """An article from a cleaned text and the fields that came with it; what is missing is detected.

    Raises SourceUnreadable when there is no text or a field has a value that cannot be understood.
    """
    if not text:
        raise SourceUnreadable(source, "there is no text in it")
    language = _language(source, fields) or detect_language(text)
    layout = lay_out(text, known_title=_line(source, fields, "title"), language=language)
    if not layout.text:
        raise SourceUnreadable(source, f"there is no text below the title '{layout.title}'")
    kind = _choice(source, fields, "kind", Kind, Kind.OPINION if layout.in_first_person else Kind.NEWS)
    return Article(
        id=article_id,
        title=layout.title,
        text=layout.text,
        language=language,
        source=source,
        published=_published(source, fields) or layout.published,
        outlet=_line(source, fields, "outlet") or _line(source, fields, "source"),
        url=_line(source, fields, "url"),
        audience=_choice(source, fields, "audience", Audience, Audience.ADULT),
        kind=kind,
        licence=_line(source, fields, "licence"),
        comments_start=0 if kind is Kind.COMMENTS else layout.comments_start,
    )


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


def _line(source: str, fields: Mapping[str, object], name: str) -> str:
    return " ".join(text_field(source, fields, name).split())


def _language(source: str, fields: Mapping[str, object]) -> str:
    name = _line(source, fields, "language")
    try:
        return language_code(name) if name else ""
    except ValueError as error:
        reason = f"language '{name}' is not known: write its code, such as {', '.join(READER_LANGUAGES)}"
        raise SourceUnreadable(source, reason) from error


def _choice(source: str, fields: Mapping[str, object], name: str, choices: type[Choice], default: Choice) -> Choice:
    value = _line(source, fields, name).lower() or default
    if value not in set(choices):
        raise SourceUnreadable(source, f"{name} '{value}' is not one of {', '.join(choices)}")
    return choices(value)


def _published(source: str, fields: Mapping[str, object]) -> date | None:
    value = fields.get("published")
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    written = _line(source, fields, "published")
    published = parse_date(written)
    if written and published is None:
        raise SourceUnreadable(source, f"published '{written}' is not a date (write it as 2026-01-31)")
    return published
