"""Find title, date, body and readers' comments in a messy text. Knows how pages are laid out, not their source."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, takewhile

from corpus.dates import parse_date, stated_date
from corpus.language import detect_language
from corpus.lines import (
    is_byline,
    is_heading,
    is_leftover,
    presents_writer,
    without_bullet,
    without_leftovers,
    without_markup,
)
from corpus.sentences import split_sentences
from corpus.unwrapping import unwrap
from corpus.voices import first_comment, is_first_person

__all__ = ["Layout", "is_heading", "is_leftover", "lay_out", "parse_date"]

_SUMMARY_LABEL = re.compile(
    r"(?:tl;?dr|in sintesi|en bref|l.essentiel|in short|summary|en resumen|kurz gefasst|das wichtigste)\W*$",
    re.IGNORECASE,
)
_HEAD = 12  # lines that may state the date or who wrote
_TITLE_HEAD = 8  # lines that may hold the title
_BODY_PARAGRAPH = 140  # characters: from here a line is text, not a title
_TITLE_LENGTH = range(20, 200)
_TITLE_WORDS = 5  # fewer are a title only when nothing longer stands above the text
_CUT_TITLE = 120
_OPEN_LINE = 100  # characters: a shorter line without a full stop is a heading or an item, not a torn paragraph


@dataclass(frozen=True)
class Layout:
    """What a messy text is made of. Readers' comments are `text[comments_start:]`.

    `title_stands` tells whether the title is a line of the text, or known; else it was made of a sentence.
    """

    title: str
    title_stands: bool
    text: str
    published: date | None
    comments_start: int | None
    in_first_person: bool


def lay_out(text: str, known_title: str = "", language: str = "") -> Layout:
    """Take title and date out of a cleaned text and leave its body; what is known is not looked for.

    Example: '3 mars 2026\\n\\nUn robot apprend à faire du pain\\n\\nIl pétrit.'
    -> title 'Un robot apprend à faire du pain', published 2026-03-03, text 'Il pétrit.'
    """
    language = language or detect_language(text)
    lines, published = _without_date([line.strip() for line in unwrap(text).split("\n") if line.strip()])
    lines = _rejoin_torn([without_markup(line) for line in lines])
    lines = [kept for line in lines if (kept := without_leftovers(without_bullet(line)))]
    lines = [line for number, line in enumerate(lines) if number >= _HEAD or not is_byline(line)]
    title, lines = _without_title(lines, known_title)
    comments_line = first_comment(lines, language)
    body = lines[:comments_line]
    return Layout(
        title=title or _title_from(lines, language),
        title_stands=bool(title),
        text="\n\n".join(lines),
        published=published,
        comments_start=sum(len(line) + 2 for line in body) if comments_line is not None else None,
        in_first_person=is_first_person(" ".join(body), language),
    )


def _without_date(lines: list[str]) -> tuple[list[str], date | None]:
    """The lines without the date that the head of the page states, and that date."""
    for position, line in enumerate(lines[:_HEAD]):
        stated = stated_date(without_bullet(without_markup(line)))
        if stated:
            rest = [stated.rest] if stated.rest else []
            return [*lines[:position], *rest, *lines[position + 1 :]], stated.published
    return lines, None


def _without_title(lines: list[str], known_title: str) -> tuple[str, list[str]]:
    """The title and the lines below it; a title that is not in the head of the text leaves the lines whole."""
    title = known_title or _title_line(lines)
    if title not in lines[:_TITLE_HEAD]:
        return title, lines
    position = lines.index(title)
    above = [line for line in lines[:position] if not is_heading(line)]  # a heading above the title is its section
    return title, above + lines[position + 1 :]


def _title_line(lines: list[str]) -> str:
    """The line above the text that can be its title: the first long one, else the longest; '' when none is."""
    head = takewhile(lambda line: len(line) < _BODY_PARAGRAPH and line[-1] not in ".,;:", lines[:_TITLE_HEAD])
    titles = [line for line in head if not _SUMMARY_LABEL.match(line) and not presents_writer(line)]
    long = [line for line in titles if len(line) in _TITLE_LENGTH and len(line.split()) >= _TITLE_WORDS]
    return (long or [max(titles, key=len, default="")])[0]


def _title_from(lines: list[str], language: str) -> str:
    """The first sentence that says what the text is about: of its summary if it has one, else of its body."""
    after_label = [line for label, line in pairwise(lines) if _SUMMARY_LABEL.match(label)]
    body = [line for line in lines if not presents_writer(line) and not is_heading(line)]
    first = (after_label or body or lines or [""])[0]
    sentence = next((sentence.text for sentence in split_sentences(first, language)), "")
    if len(sentence) < _TITLE_LENGTH.stop:
        return sentence if sentence.endswith("..") else sentence.removesuffix(".")
    return sentence[:_CUT_TITLE].rsplit(" ", 1)[0] + "…"


def _rejoin_torn(lines: list[str]) -> list[str]:
    """Join a paragraph that a box or a picture tore in two.

    Example: ['<a long paragraph> Le chanteur a été', 'Pourquoi ?', 'inventé.']
    -> ['<a long paragraph> Le chanteur a été inventé.', 'Pourquoi ?']
    """
    joined: list[str] = []
    for line in lines:
        near = range(len(joined) - 1, max(-1, len(joined) - 4), -1)
        torn = next((number for number in near if _is_torn(joined[number])), None)
        if line[:1].islower() and torn is not None:
            joined[torn] += " " + line
        else:
            joined.append(line)
    return joined


def _is_torn(line: str) -> bool:
    return len(line) >= _OPEN_LINE and line[-1].isalpha()
