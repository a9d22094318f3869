"""Numbers and names as a reader's language writes them. Knows no HTML."""

from babel import Locale
from babel.numbers import format_decimal

from telling.texts import Texts

_SHORTEST = 0.1  # seconds
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def language_name(language: str, reader_language: str) -> str:
    """What a reader calls a language: `it` -> `italien` in French; an unknown code stays as it is."""
    return str(Locale.parse(reader_language).languages.get(language, language))


def month_name(month: str, reader_language: str) -> str:
    """Example: '3' -> 'mars' in French; '' for what is no month."""
    names: dict[int, str] = Locale.parse(reader_language).months["format"]["wide"]
    return names.get(int(month), "") if month.isdecimal() else ""


def day_name(day: str, reader_language: str) -> str:
    """Example: 'monday' -> 'lundi' in French; '' for what is no day."""
    names: dict[int, str] = Locale.parse(reader_language).days["format"]["wide"]
    return names[_DAYS.index(day)] if day in _DAYS else ""


def seconds(duration: float, texts: Texts) -> str:
    """Example: 2.14 -> '2,1 s', 0.004 -> '< 0,1 s' in French."""
    number = format_decimal(max(duration, _SHORTEST), format="0.0", locale=texts.language)
    return texts["seconds"].format(number=number if duration >= _SHORTEST else f"<\u00a0{number}")
