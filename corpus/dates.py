"""Dates as news pages write them in the five languages. Knows calendars' words, not where on a page they stand."""

import re
from dataclasses import dataclass
from datetime import date

import dateparser

_WORD = r"[^\W\d_]{3,10}"
_NUMERIC = r"\d{1,2}[./]\d{1,2}[./]\d{4}"  # day first, as in Europe
_ISO = r"\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?"
_DAY_FIRST = rf"\d{{1,2}}(?:er|st|nd|rd|th|º|°|\.)?\s+(?:de\s+|of\s+)?{_WORD}\.?,?\s+(?:del?\s+)?\d{{4}}"
_MONTH_FIRST = rf"{_WORD}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
_DATE = rf"(?:{_ISO}|{_NUMERIC}|{_DAY_FIRST}|{_MONTH_FIRST})(?![\w/-])"
_LABEL = (
    r"(?:(?:date|data|fecha|datum|published|posted|updated|publié|mis à jour|publicado|actualizado|pubblicato|"
    r"aggiornato|veröffentlicht|aktualisiert|stand)\b[^\d\n]{0,12}?)"
)
_WEEKDAY = (
    r"(?:(?:lun|mar|mer|mi[eé]|jeu|jue|gio|ven|vie|vi|sam|s[áa]b|dim|dom|mon|tue|wed|thu|fri|sat|sun|die|mit|don|fre|"
    r"son)[^\W\d_]*[.,]?\s+)"
)
_TIME = r"(?:\W{1,3}(?:(?:à|at|um|alle|ore|a las)\s+)?\d{1,2}\s?[:h.]\s?\d{2}(?:\s?(?:uhr|h|[ap]\.?m\b\.?))?)"
_STATED = rf"{_WEEKDAY}?(?:(?:le|il|el|the)\s+)?({_DATE}){_TIME}?"
_LEADING = re.compile(rf"({_LABEL})?{_STATED}(?:\s*([-–—|•:/,])\s*|\s+|$)", re.IGNORECASE)
_TRAILING = re.compile(rf"(.{{0,80}}?)(?:\s*[-–—|•,(]\s*|\s+{_LABEL}|^{_LABEL}){_STATED}\)?$", re.IGNORECASE)
_LONGEST_DATE = 60  # characters: nothing longer is a date


@dataclass(frozen=True)
class StatedDate:
    """A date that a line states as its own, and what else the line says."""

    published: date
    rest: str


def parse_date(text: str) -> date | None:
    """A date in ISO form or in words of the five languages, with its year; words such as 'yesterday' are none.

    Example: '20 novembre 2025' -> 2025-11-20
    """
    text = text.strip()
    if len(text) > _LONGEST_DATE or not re.search(r"(?<!\d)\d{4}(?!\d)", text):
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        parsed = dateparser.parse(
            re.sub(r"(?<=\d)[º°]", "", text),
            languages=["fr", "it", "en", "es", "de"],
            settings={"DATE_ORDER": "DMY", "STRICT_PARSING": True},
        )
        return parsed.date() if parsed else None


def stated_date(line: str) -> StatedDate | None:
    """The date that a line at the head of a page begins or ends with; None where it is part of a sentence.

    Example: 'Berlin, 13. November 2025' -> 2025-11-13 and 'Berlin'
    """
    return _leading(line.strip()) or _trailing(line.strip())


def _leading(line: str) -> StatedDate | None:
    found = _LEADING.match(line)
    published = parse_date(found.group(2)) if found else None
    if not found or not published:
        return None
    rest = line[found.end() :].strip()
    label, separator = found.group(1), found.group(3)
    in_sentence = rest[:1].islower() or (separator == "," and not label and rest.endswith((".", "!", "?")))
    set_apart = not rest or label or separator or re.match(_ISO, found.group(2))
    return StatedDate(published, rest) if set_apart and not in_sentence else None


def _trailing(line: str) -> StatedDate | None:
    found = _TRAILING.match(line)
    published = parse_date(found.group(2)) if found else None
    return StatedDate(published, found.group(1).strip()) if found and published else None
