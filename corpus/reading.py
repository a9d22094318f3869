"""Sources (files, folders) -> articles. Knows formats and encodings, not where articles are kept."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from charset_normalizer import from_bytes

from corpus.cleaning import clean
from corpus.errors import SourceUnreadable
from corpus.language import detect_language
from corpus.layout import lay_out, parse_date
from corpus.markdown import read_markdown
from corpus.types import Article, Audience, Kind

SUFFIXES = (".md", ".txt", ".jsonl")
Choice = TypeVar("Choice", bound=StrEnum)
_LARGEST_FILE = 200 * 1024 * 1024  # bytes: a larger archive should be split, a mistake should not fill the memory


@dataclass(frozen=True)
class Failure:
    """A source, or a line of one, that could not be read, and why."""

    source: str
    reason: str


def read_source(path: Path) -> Iterator[Article | Failure]:
    """Yield the articles of a file or of a folder's files, in order; what cannot be read comes as a Failure."""
    if not path.exists():
        yield Failure(str(path), "there is no such file or folder")
    elif path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
        if not files:
            yield Failure(str(path), f"no file in this folder ends in {', '.join(SUFFIXES)}")
        for file in files:
            yield from read_file(file)
    else:
        yield from read_file(path)


def read_file(path: Path) -> Iterator[Article | Failure]:
    """Yield the articles of one file: one for Markdown and text, one a line for JSON Lines."""
    try:
        text = _decode(path)
        if path.suffix.lower() == ".jsonl":
            yield from _read_lines(path, text)
        elif path.suffix.lower() == ".md":
            fields, body = read_markdown(str(path), text)
            yield make_article(str(path), _path_id(path), clean(body), fields)
        else:
            yield make_article(str(path), _path_id(path), clean(text), {})
    except SourceUnreadable as error:
        yield Failure(str(path), error.reason)


def make_article(source: str, article_id: str, text: str, fields: Mapping[str, object]) -> Article:
    """An article from a cleaned text and the fields that came with it; what is missing is detected.

    Raises SourceUnreadable when there is no text or a field has a value that cannot be understood.
    """
    if not text:
        raise SourceUnreadable(source, "there is no text in it")
    layout = lay_out(text, known_title=clean(str(fields.get("title") or "")))
    if not layout.text:
        raise SourceUnreadable(source, "there is a title but no text below it")
    kind = _choice(source, fields, "kind", Kind, Kind.OPINION if layout.in_first_person else Kind.NEWS)
    return Article(
        id=article_id,
        title=layout.title,
        text=layout.text,
        language=str(fields.get("language") or detect_language(layout.text)).lower()[:2],
        source=source,
        published=_published(source, fields.get("published")) or layout.published,
        outlet=clean(str(fields.get("outlet") or fields.get("source") or "")),
        url=clean(str(fields.get("url") or "")),
        audience=_choice(source, fields, "audience", Audience, Audience.ADULT),
        kind=kind,
        licence=clean(str(fields.get("licence") or "")),
        comments_start=0 if kind is Kind.COMMENTS else layout.comments_start,
    )


def _read_lines(path: Path, text: str) -> Iterator[Article | Failure]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        source = f"{path}:{number}"
        try:
            fields = json.loads(line)
            if not isinstance(fields, dict):
                raise SourceUnreadable(source, "the line is not a JSON object")
            article_id = clean(str(fields.get("id") or "")) or f"{_path_id(path)}-{number}"
            yield make_article(source, article_id, clean(str(fields.get("text") or "")), fields)
        except json.JSONDecodeError as error:
            yield Failure(source, f"the line is not valid JSON ({error.msg} at column {error.colno})")
        except SourceUnreadable as error:
            yield Failure(source, error.reason)


def _path_id(path: Path) -> str:
    """The file's stem and a mark of its full path: the same at every run, different for namesakes elsewhere."""
    return f"{path.stem}-{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:6]}"


def _decode(path: Path) -> str:
    """The text of a file: UTF-8, else the encoding that its bytes suggest."""
    try:
        size = path.stat().st_size
        if size > _LARGEST_FILE:
            raise SourceUnreadable(str(path), f"it has {size:,} bytes, more than {_LARGEST_FILE:,}: split it")
        data = path.read_bytes()
    except OSError as error:
        raise SourceUnreadable(str(path), f"it cannot be opened ({error.strerror})") from error
    if not data.strip():
        raise SourceUnreadable(str(path), "it is empty")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _guess_encoding(path, data)
    if "\x00" in text[:4096]:
        raise SourceUnreadable(str(path), "it is a binary file, not text")
    return text


def _guess_encoding(path: Path, data: bytes) -> str:
    best = from_bytes(data).best()
    if best is None:
        raise SourceUnreadable(str(path), "it is a binary file, or in an encoding that cannot be told: save it as UTF-8")
    return str(best)


def _choice(
    source: str, fields: Mapping[str, object], name: str, choices: type[Choice], default: Choice
) -> Choice:
    value = str(fields.get(name) or default).lower()
    if value not in set(choices):
        raise SourceUnreadable(source, f"{name} '{value}' is not one of {', '.join(choices)}")
    return choices(value)


def _published(source: str, value: object) -> date | None:
    if value in (None, ""):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    parsed = parse_date(str(value))
    if parsed is None:
        raise SourceUnreadable(source, f"published '{value}' is not a date (write it as 2026-01-31)")
    return parsed
