"""Find title, date, body and readers' comments in a messy text. Knows patterns of pages, not where they came from.

Every rule is about how news pages are laid out in the five languages, so it holds for texts nobody has seen yet.
"""

import re
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

import dateparser

_DATE = r"\d{4}-\d{2}-\d{2}|\d{1,2}(?:er|º|°|\.)?\s+(?:de\s+)?[^\W\d_]{3,10}\.?\s+(?:de[l]?\s+)?\d{4}"
_DATE_LABEL = (
    r"(?:(?:date|data|fecha|datum|published|updated|publié|publicado|pubblicato|veröffentlicht|stand)\b[^\d\n]{0,12})?"
)
_LEADING_DATE = re.compile(rf"^\s*{_DATE_LABEL}({_DATE})(?=\W|$)\s*[-–—|,:]?\s*", re.I)
_LEFTOVERS = (
    re.compile(r"https?://\S+$", re.I),
    re.compile(r"(?:©|\(©|photos?\s*:|foto\s*:|image d.illustration|crédits?\s*:|credit\s*:|bild\s*:)", re.I),
    re.compile(
        r"(?:regarde[zr]?|écoute[zr]?|découvre[zr]?|watch|listen to|guarda|ascolta|mira|escucha|schau|hör)\b.{0,60}"
        r"\b(?:clip|vidéo|video|audio|podcast)\b",
        re.I,
    ),
    re.compile(
        r"(?:consulte[zr]?|lire aussi|à lire|read (?:more|also)|leggi anche|lee también|lesen sie auch|"
        r"si (?:tu es|vous êtes) abonné|subscribe|abonne[zr]?|iscriviti|suscríbete)\b",
        re.I,
    ),
)
_PICTURE_CREDIT = re.compile(r"\s*\(©[^)]*\)")
_EMPHASIS = re.compile(r"(\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w))")
_BULLET = re.compile(r"^\s*(?:[-*•–—▪]\s+)")
_BYLINE = re.compile(r"\b(?:journaliste|giornalista|journalist(?:in)?|periodista|redact(?:or|eur|rice)|reporter)\b", re.I)
_SUMMARY_LABEL = re.compile(r"(?:tl;?dr|in sintesi|en bref|l.essentiel|in short|summary|en resumen|kurz gefasst)\W*$", re.I)
_INVITATION = re.compile(
    r"(?:(?:vous|tu) en pens\w+ quoi|qu.en pens\w+|what do you think|(?:che )?cosa ne pensa\w+|"
    r"qué (?:opin|pens)\w+|was (?:meint|denkt) ihr|was meinen sie|votre avis|la tua opinione|your thoughts)",
    re.I,
)
_COMMENTS_LABEL = re.compile(
    r"^(?:\d+\s+)?(?:commentaires?|comments?|commenti|comentarios|kommentare|leserkommentare|réactions?)\b.{0,30}$", re.I
)
_FIRST_PERSON = re.compile(r"\b(?:je|j['’]|moi|mon avis|i|i['’]m|my|io|secondo me|yo|mi opinión|ich|meiner)(?=\W)", re.I)
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|„[^“]*“|\"[^\"]*\"")
_READERS_SPEAK_AT_LEAST = 3  # lines in the first person after an invitation make them readers' comments
_OPINION_FIRST_PERSONS_PER_WORD = 1 / 60
_BODY_PARAGRAPH = 140  # characters: from here a line is text, not a heading
_TITLE_LENGTH = range(20, 200)
_TITLE_WORDS = 5


@dataclass(frozen=True)
class Layout:
    """What a messy text is made of. Readers' comments are `text[comments_start:]`."""

    title: str
    text: str
    published: date | None
    comments_start: int | None
    in_first_person: bool


def lay_out(text: str, known_title: str = "") -> Layout:
    """Take title and date out of a cleaned text and leave its body; a title that is known is not looked for.

    Example: '3 mars 2026\\n\\nUn robot apprend à faire du pain\\n\\nIl pétrit.'
    -> title 'Un robot apprend à faire du pain', published 2026-03-03, text 'Il pétrit.'
    """
    lines, published = _without_date([line.strip() for line in text.split("\n") if line.strip()])
    lines = [kept for line in lines if (kept := _without_markup(line)) and not is_leftover(kept)]
    title = known_title or _title_line(lines)
    if title in lines:
        lines.remove(title)
    lines = _rejoin_broken(lines)
    comments_line = _first_comment(lines)
    body = lines[:comments_line]
    return Layout(
        title=title or _title_from(lines),
        text="\n\n".join(lines),
        published=published,
        comments_start=sum(len(line) + 2 for line in body) if comments_line is not None else None,
        in_first_person=_is_first_person(" ".join(body)),
    )


def is_leftover(line: str) -> bool:
    """Whether a line belongs to the page rather than to the article: captions of videos, credits, bare links.

    Example: 'Regarde le clip, fait aussi avec une IA.' -> True
    """
    return any(pattern.match(line) for pattern in _LEFTOVERS)


def is_heading(line: str) -> bool:
    """Whether a line reads like a heading: short, and not a finished statement.

    Example: 'Un grand succès' -> True
    """
    return len(line) < 100 and (line[-1] not in ".;:»”\"')" or len(line.split()) < _TITLE_WORDS)


def parse_date(text: str) -> date | None:
    """A date in ISO form or in words of the five languages.

    Example: '20 novembre 2025' -> 2025-11-20
    """
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        parsed = dateparser.parse(
            text, languages=["fr", "it", "en", "es", "de"], settings={"DATE_ORDER": "DMY", "STRICT_PARSING": True}
        )
        return parsed.date() if parsed else None


def _without_date(lines: list[str]) -> tuple[list[str], date | None]:
    """The lines without the date that the head of the page states, and that date."""
    for position, line in enumerate(lines[:12]):
        found = _LEADING_DATE.match(line)
        published = parse_date(found.group(1)) if found else None
        if found and published:
            rest = line[found.end() :].strip()
            return [*lines[:position], *([rest] if rest else []), *lines[position + 1 :]], published
    return lines, None


def _without_markup(line: str) -> str:
    return _PICTURE_CREDIT.sub("", _EMPHASIS.sub("", _BULLET.sub("", line))).strip()


def _title_line(lines: list[str]) -> str:
    """The first line above the text that is long enough for a title; '' when none is."""
    head = list(takewhile(lambda line: len(line) < _BODY_PARAGRAPH and line[-1] not in ".,;:", lines[:8]))
    fitting = [line for line in head if len(line) in _TITLE_LENGTH and len(line.split()) >= _TITLE_WORDS]
    return fitting[0] if fitting else ""


def _title_from(lines: list[str]) -> str:
    """The first sentence that says what the text is about: of its summary if it has one, else of its body."""
    after_label = [line for label, line in zip(lines, lines[1:], strict=False) if _SUMMARY_LABEL.match(label)]
    body = [line for line in lines if not _BYLINE.search(line) and not is_heading(line)]
    first = (after_label or body or lines or [""])[0]
    sentence = re.split(r"(?<=[.!?])\s", first, maxsplit=1)[0].rstrip(".")
    if len(sentence) < _TITLE_LENGTH.stop:
        return sentence
    return sentence[: sentence.rfind(" ", 0, 120)] + "…"


def _rejoin_broken(lines: list[str]) -> list[str]:
    """Join a paragraph that a box or a picture cut in two.

    Example: ['Le chanteur a été', 'Pourquoi ?', 'inventé.'] -> ['Le chanteur a été inventé.', 'Pourquoi ?']
    """
    joined: list[str] = []
    for line in lines:
        open_end = next((i for i in range(len(joined) - 1, max(-1, len(joined) - 4), -1) if _is_open(joined[i])), None)
        if line[0].islower() and open_end is not None:
            joined[open_end] += " " + line
        else:
            joined.append(line)
    return joined


def _is_open(line: str) -> bool:
    return line[-1].isalpha() and not is_heading(line)


def _first_comment(lines: list[str]) -> int | None:
    """Where readers begin to speak: after a heading such as '12 commentaires', or after 'What do you think?'"""
    for position, line in enumerate(lines):
        rest = lines[position + 1 :]
        if _COMMENTS_LABEL.match(line) and rest:
            return position
        invites = _INVITATION.search(line[-120:]) and line.rstrip().endswith("?")
        if invites and sum(bool(_FIRST_PERSON.search(line)) for line in rest) >= _READERS_SPEAK_AT_LEAST:
            return position + 1
    return None


def _is_first_person(text: str) -> bool:
    plain = _QUOTED.sub("", text)
    return len(_FIRST_PERSON.findall(plain)) >= _OPINION_FIRST_PERSONS_PER_WORD * max(1, len(plain.split()))
