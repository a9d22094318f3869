"""The numbers that a text names, in digits or in words, in five languages. Knows no evidence."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache, partial

from babel import Locale
from text_to_num import alpha2digit

from corpus.language import READER_LANGUAGES

_SPACES = "\u00a0\u202f\u2009\u2007 "
_GROUPED = re.compile(rf"(?<![\d.,])\d{{1,3}}(?:[.,{_SPACES}’']\d{{3}}(?!\d))+")
_GROUPING = re.compile(rf"[.,{_SPACES}’'](?=\d{{3}}(?!\d))")
_SCALES = {  # as they stand behind digits; longer ones first
    "fr": {"milliards?": 10**9, "millions?": 10**6, "mille": 1000},
    "en": {"billion": 10**9, "million": 10**6, "thousand": 1000},
    "it": {"miliard[oi]": 10**9, "milion[ei]": 10**6, "mila": 1000},
    "es": {"mil millones": 10**9, "mill[oó]n(?:es)?": 10**6, "mil": 1000},
    "de": {"milliarden?": 10**9, "million(?:en)?": 10**6, "tausend": 1000},
}
_SHORT_SCALES = {"mld": 10**9, "mrd": 10**9, "bn": 10**9, "mio": 10**6, "mln": 10**6, "(?-i:M)": 10**6, "k": 1000}
_DIGITS = r"(\d+(?:[.,]\d+)?)"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_ARTICLE = "1"  # 'un', 'one' and 'ein' are mostly no numbers


def numbers(text: str, language: str, least_word: int = 3) -> set[str]:
    """The numbers of a text as digits, whatever notation, but for one, and for words of smaller numbers.

    Example: '400.000 ou 3,5 %, quatre millions', 'fr' -> {'400000', '3.5', '4000000'}
    """
    plain = _GROUPED.sub(lambda found: _GROUPING.sub("", found.group()), text)
    plain = _scaled(plain, _SCALES.get(language, {}) | _SHORT_SCALES)
    if language in READER_LANGUAGES:
        plain = str(alpha2digit(plain, language, threshold=least_word))
    return {_plain(number) for number in _NUMBER.findall(plain)} - {_ARTICLE}


def months(text: str, language: str) -> set[str]:
    """The numbers of the months that a text names, for dates may be written either way. Example: 'En mars' -> {'3'}"""
    words = set(re.findall(r"\w+", text.lower()))
    return {number for name, number in _month_names(language).items() if name in words}


def _scaled(text: str, scales: Mapping[str, int]) -> str:
    """Example: '1,5 million', {'million': 1000000} -> '1500000'"""
    for word, scale in scales.items():
        text = re.sub(rf"{_DIGITS}[\s-]?{word}\b", partial(_product, scale), text, flags=re.IGNORECASE)
    return text


def _product(scale: int, found: re.Match[str]) -> str:
    return f"{Decimal(found.group(1).replace(',', '.')) * scale:f}"


def _plain(number: str) -> str:
    """Example: '3,50' -> '3.5'; '007' -> '7'"""
    whole, _, decimals = number.replace(",", ".").partition(".")
    decimals = decimals.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{decimals}" if decimals else "")


@lru_cache
def _month_names(language: str) -> dict[str, str]:
    if language not in READER_LANGUAGES:
        return {}
    months = Locale(language).months["format"]["wide"]
    return {name.lower(): str(number) for number, name in months.items()}
