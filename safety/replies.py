"""A verdict -> the fixed text for the reader, from `prompts/safety/<language>.toml`. Knows no rules and no models."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from safety import helplines
from safety.errors import SafetyFileInvalid
from safety.helplines import Helpline
from safety.types import By, Crisis, Outcome, Verdict

TEXTS = Path(__file__).parent.parent / "prompts" / "safety"
_CHILD, _ADULT = "child", "adult"


def reply(verdict: Verdict, language: str, level: str, country: str) -> str:
    """The whole answer to a question that is not answered from articles, in paragraphs; '' for one that is.

    Raises CountryUnknown or SafetyFileInvalid.
    """
    texts, reader = _texts(language), _reader(level)
    if isinstance(verdict.kind, Crisis):
        may_be_hurt = verdict.kind is Crisis.ABUSE or verdict.by is By.CLASSIFIER  # which may be wrong about the kind
        talk = "child_abuse" if may_be_hurt and reader == _CHILD else reader
        return _crisis(verdict.kind, texts, reader, country, talk)
    if verdict.kind is None:
        return ""
    if verdict.outcome is Outcome.DECLINED:
        declined = texts["declined"][reader]
        first = declined["every"] if reader == _ADULT else declined[verdict.kind]
    else:
        first = texts["identity"][reader][verdict.kind]
    return f"{first} {texts['instead'][reader]}"


def reminder(verdict: Verdict, language: str, level: str) -> str:
    """The kind word for a reader who told who it is; '' for others."""
    return str(_texts(language)["masked"][_reader(level)]) if verdict.masked else ""


def care(verdict: Verdict, language: str, level: str, country: str) -> str:
    """Where help is, for a reader who is answered and may be in need; '' for others.

    Raises CountryUnknown or SafetyFileInvalid.
    """
    if not verdict.may_need_help:
        return ""
    texts, reader = _texts(language), _reader(level)
    first = helplines.country(country).lines_for(Crisis.DISTRESS, reader == _ADULT)[0]
    return str(texts["care"][reader]).format(line=_called(first, texts["help"]))


def _crisis(kind: Crisis, texts: dict[str, Any], reader: str, country: str, talk: str) -> str:
    place, words = helplines.country(country), texts["help"]
    lines = [f"{_line(line, words)}" for line in place.lines_for(kind, reader == _ADULT)]
    danger = words[f"danger_{reader}"].format(emergency=words["or"].join(place.emergency))
    if place.emergency_text:
        danger += " " + words[f"danger_text_{reader}"].format(emergency=words["or"].join(place.emergency_text))
    calls = "\n".join([words[f"call_{reader}"], *(f"- {line}" for line in lines)])
    return "\n\n".join([texts["crisis"][reader][kind], words[talk], calls, danger])


def _line(line: Helpline, words: dict[str, Any]) -> str:
    """Example: -> 'Childline: 0800 1111 (day and night, every day). In writing, at certain hours: childline.org.uk'"""
    called = _called(line, words)
    return called + str(words["chat"]).format(chat=line.chat) if line.chat else called


def _called(line: Helpline, words: dict[str, Any]) -> str:
    if line.hours is None:
        return str(words["line_without_hours"]).format(name=line.name, number=line.number)
    if line.hours.always:
        hours = words["always"]
    else:
        span = {"start": line.hours.start, "end": line.hours.end}
        first, last = words["weekdays"][line.hours.first - 1], words["weekdays"][line.hours.last - 1]
        every_day = (line.hours.first, line.hours.last) == (1, 7)
        hours = words["daily" if every_day else "days"].format(first=first, last=last, **span)
    return str(words["line"]).format(name=line.name, number=line.number, hours=hours)


def _reader(level: str) -> str:
    return _ADULT if level == _ADULT else _CHILD


@cache
def _texts(language: str) -> dict[str, Any]:
    path = TEXTS / f"{language}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SafetyFileInvalid(path, str(error)) from error
