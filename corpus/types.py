"""The values a newsroom's archive is made of. Knows no third-party library."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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


class Origin(StrEnum):
    """How a property of an article was found: told by whoever gave it, read from its page, or guessed from its text."""

    GIVEN = "given"
    READ = "read"
    GUESSED = "guessed"


@dataclass(frozen=True)
class Article:
    """A published item as plain text. Readers' comments, if any, are `text[comments_start:]`.

    `addresses` are all that it is known under, `url` among them; `origins` tells how each property that has a value
    was found, by the property's name.
    """

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
    author: str = ""
    updated: date | None = None
    addresses: tuple[str, ...] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict, hash=False)


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
