"""Dates and names of languages as a reader's language writes them. Knows no HTML."""

from datetime import date

from babel import Locale
from babel.dates import format_date


def written_date(day: date, language: str) -> str:
    """A date in full: 2025-11-22 -> `22 novembre 2025` in French, `22 November 2025` in English."""
    return str(format_date(day, format="long", locale="en_GB" if language == "en" else language))


def language_name(language: str, reader_language: str) -> str:
    """What a reader calls a language: `it` -> `italien` in French; an unknown code stays as it is."""
    return str(Locale.parse(reader_language).languages.get(language, language))
