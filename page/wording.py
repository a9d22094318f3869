"""Numbers and names as a reader's language writes them. Knows no HTML."""

from babel import Locale
from babel.numbers import format_decimal

from page.texts import Texts

_SHORTEST = 0.1  # seconds
_LONGEST_YEAR = 4  # digits: 2025 is written without a space


def language_name(language: str, reader_language: str) -> str:
    """What a reader calls a language: `it` -> `italien` in French; an unknown code stays as it is."""
    return str(Locale.parse(reader_language).languages.get(language, language))


def month_name(month: str, reader_language: str) -> str:
    """Example: '3' -> 'mars' in French; what is no month stays as it is."""
    names: dict[int, str] = Locale.parse(reader_language).months["format"]["wide"]
    return names.get(int(month), month) if month.isdecimal() else month


def amount(number: str, reader_language: str) -> str:
    """A whole number of many digits in groups: '4000000' -> '4 000 000' in French; else as it is."""
    grouped = number.isdecimal() and len(number) > _LONGEST_YEAR
    return str(format_decimal(number, locale=reader_language)) if grouped else number


def seconds(duration: float, texts: Texts) -> str:
    """Example: 2.14 -> '2,1 s', 0.004 -> '< 0,1 s' in French."""
    number = format_decimal(max(duration, _SHORTEST), format="0.0", locale=texts.language)
    return texts["seconds"].format(number=number if duration >= _SHORTEST else f"<\u00a0{number}")
