"""A PDF's bytes -> its text and what its metadata say. Knows the format, not where the file came from.

Pictures of text are not read: that would take a model for reading pictures.
"""

import io
import re
import struct
import time
import zlib
from collections.abc import Iterator
from datetime import date, datetime

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from corpus.cleaning import clean
from corpus.errors import SourceUnreadable
from corpus.fields import Extract

_MOST_PAGES = 500
_MOST_CHARACTERS = 5_000_000
_LONGEST_READING = 30.0  # seconds; an ordinary page takes 0.05
_NO_TITLE = re.compile(  # what programs write there: their own name, or that of the file
    r"(?:microsoft (?:word|powerpoint)|untitled|sans titre|senza titolo|sin título|unbenannt)|\S+\.\w{2,5}$",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"(?:page|seite|pagina|página|p\.)?\s*\d{1,4}(?:\s*(?:/|sur|of|von|di|de)\s*\d{1,4})?", re.IGNORECASE
)
# What pypdf lets through on broken files, found by damaging files byte by byte.
_BROKEN = (
    PyPdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, AssertionError,
    NotImplementedError, EOFError, OSError, struct.error, zlib.error,
)  # fmt: skip


def read_pdf(source: str, data: bytes) -> Extract:
    """The text of a PDF, and the title, author and dates of its metadata.

    Raises SourceUnreadable when it is encrypted, damaged, too long, or holds pictures only.
    """
    try:
        reader = PdfReader(io.BytesIO(data))
        if len(reader.pages) > _MOST_PAGES:
            raise SourceUnreadable(source, f"it has more than {_MOST_PAGES} pages: split it")
        text = clean("\n".join(_pages(source, reader)))
        read = _metadata(reader)
    except DependencyError as error:
        raise SourceUnreadable(source, "it is encrypted: save it without a password") from error
    except _BROKEN as error:
        if "decrypted" in str(error):
            raise SourceUnreadable(source, "it is encrypted: save it without a password") from error
        raise SourceUnreadable(source, f"it is not a PDF that can be read ({error or type(error).__name__})") from error
    if not text:
        raise SourceUnreadable(source, "it has no text, only pictures of it: run it through text recognition (OCR)")
    return Extract(text, read=read)


def _pages(source: str, reader: PdfReader) -> Iterator[str]:
    started = time.monotonic()
    length = 0
    for page in reader.pages:
        text = _text(page)
        length += len(text)
        if length > _MOST_CHARACTERS or time.monotonic() - started > _LONGEST_READING:
            raise SourceUnreadable(
                source, f"it takes too long to read, at page {(page.page_number or 0) + 1}: split it"
            )
        yield text


def _text(page: PageObject) -> str:
    """The lines of a page without those at its borders that only number it."""
    lines = page.extract_text().strip().split("\n")
    if _PAGE_NUMBER.fullmatch(lines[0].strip()):
        lines = lines[1:]
    if lines and _PAGE_NUMBER.fullmatch(lines[-1].strip()):
        lines = lines[:-1]
    return "\n".join(lines)


def _metadata(reader: PdfReader) -> dict[str, object]:
    found = reader.metadata
    if found is None:
        return {}
    title = " ".join(clean(found.title or "").split())
    published, updated = _day(found.creation_date), _day(found.modification_date)
    return {
        "title": "" if _NO_TITLE.match(title) else title,
        "author": " ".join(clean(found.author or "").split()),
        "published": published,
        "updated": updated if published and updated and updated > published else None,
    }


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
