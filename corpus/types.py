"""The values a newsroom's archive is made of. Knows no third-party library."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Audience(StrEnum):
    """For whom an article was written."""

    CHILD = "child"
    TEEN = "teen"
    ADULT = "adult"


class Kind(StrEnum):
    """What a text is. Comments are voices, not facts."""

    NEWS = "news"
    OPINION = "opinion"
    COMMENTS = "comments"


@dataclass(frozen=True)
class Article:
    """A published item as plain text. Readers' comments, if any, are `text[comments_start:]`."""

    id: str
    title: str
    text: str
    language: str
    source: str
    published: date | None = None
    outlet: str = ""
    url: str = ""
    audience: Audience = Audience.ADULT
    kind: Kind = Kind.NEWS
    licence: str = ""
    comments_start: int | None = None


@dataclass(frozen=True)
class Passage:
    """The unit that is stored and retrieved: whole sentences, `article.text[start:end]`."""

    id: str
    article_id: str
    text: str
    start: int
    end: int
    kind: Kind


@dataclass(frozen=True)
class Sentence:
    """One sentence of a text, `text[start:end]`, without surrounding white space."""

    text: str
    start: int
    end: int
