"""How old the articles behind an answer are, if the question is about now. Knows dates, not what articles say."""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from babel.dates import format_date, format_timedelta

from corpus.types import Article
from rag.phrases import phrase
from rag.types import Evidence, Question

_NOW_WORDS = Path(__file__).with_name("now_words.toml")
_STILL_NEW = timedelta(days=7)
_QUOTED = re.compile(r"[«“„\"][^«»“”„\"]*[»”“\"]")  # a title may have any word in it


def as_of(cited: Sequence[Evidence]) -> date | None:
    """The day of the newest article cited; None when none of them has a date."""
    return max((day for item in cited if (day := day_of(item.article))), default=None)


def day_of(article: Article) -> date | None:
    """The day that an article tells of: when it was published or, if that was later, updated."""
    return max((day for day in (article.published, article.updated) if day), default=None)


def age_note(question: Question, newest: date | None, today: date) -> str:
    """One sentence that says how old the newest article is; '' unless the question is about now and it is not new.

    Example: 'Qui est premier aujourd’hui ?', 2025-08-21, 2025-11-21 -> '… date du 21 août 2025, il y a 3 mois.'
    """
    if not asks_about_now(question):
        return ""
    if newest is None:
        return phrase(question.language, "age_unknown")
    if today - newest <= _STILL_NEW:
        return ""
    return phrase(question.language, "age").format(
        date=written_day(newest, question.language),
        ago=format_timedelta(newest - today, add_direction=True, locale=question.language),
    )


def written_day(day: date, language: str) -> str:
    """A day for a reader. Example: 2025-11-01, 'fr' -> '1er novembre 2025'"""
    written = str(format_date(day, "long", locale="en_GB" if language == "en" else language))
    return re.sub(r"^1(?= )", "1er", written) if language == "fr" else written


def asks_about_now(question: Question) -> bool:
    """Whether a question names the present, outside quotation marks.

    Example: 'What is in USA Today?', 'en' -> False; 'Was hört man heutzutage?', 'de' -> True
    """
    pattern = _pattern(question.language)
    text = _unaccented(_QUOTED.sub(" ", question.text))
    return any(not _is_name(found, text) for found in pattern.finditer(text))


def _is_name(found: re.Match[str], text: str) -> bool:
    """Whether the word has a capital that neither the beginning of a sentence nor emphasis ('NOW') explains."""
    begins = re.search(r"(?:^|[.!?:¿¡…])\s*$", text[: found.start()])
    return found.group()[0].isupper() and not found.group().isupper() and not begins


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """The words for now of a language; nothing in a language without any."""
    words = tomllib.loads(_NOW_WORDS.read_text(encoding="utf-8")).get(language, [])
    either = "|".join(re.escape(_unaccented(word)).replace(r"\ ", r"\s+") for word in words)
    return re.compile(rf"(?<![\w-])(?:{either or '(?!)'})(?![\w-])", re.IGNORECASE)


def _unaccented(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
