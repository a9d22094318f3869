"""The values of a site. Knows no third-party library."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rag.study.study import NO_STUDY, Study
from rag.types import Answer


class Opinion(StrEnum):
    """What a reader makes of an answer."""

    HELPFUL = "helpful"
    UNHELPFUL = "unhelpful"
    WRONG = "wrong"


class State(StrEnum):
    """Whether an article can be asked about."""

    INDEXED = "indexed"
    COMING = "coming"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Limits:
    """How many questions a minute all readers of a site may ask, how many one address, and how many a month.

    A class of thirty who ask twice a minute come from one address; four of them are what all readers may ask.
    """

    a_minute: int = 240
    reader_a_minute: int = 60
    a_month: int = 50_000


@dataclass(frozen=True)
class Site:
    """A web site whose readers may ask, under its public `key`, from its `origins`.

    `rest`: answers may come from the site's other articles too. `every_article`: all articles here count as its own.
    `fetches`: an article that is not here may be fetched from the site. `secret` signs calls of its server.
    `country`: whose helplines its readers are told; '' for those of the server.
    """

    id: str
    name: str
    key: str
    secret: str
    editor_hash: str
    origins: tuple[str, ...]
    added: date
    limits: Limits = Limits()
    rest: bool = False
    every_article: bool = False
    fetches: bool = False
    is_revoked: bool = False
    country: str = ""


@dataclass(frozen=True)
class Keys:
    """What is told of a site once: its public key, its server's secret and its editors' secret."""

    key: str
    secret: str
    editor_secret: str


@dataclass(frozen=True)
class Correction:
    """What an editor says to an answer, and the day."""

    id: str
    text: str
    on: date


@dataclass(frozen=True)
class Kept:
    """An answer as it is kept, by an id that nobody guesses: nothing of the reader, and no time but the day."""

    id: str
    day: date
    answer: Answer
    article_id: str = ""
    from_article: bool = True
    opinion: Opinion | None = None


@dataclass(frozen=True)
class Tally:
    """How many answers have this status, level, language and opinion, from articles of this age when it was asked.

    `age` is 'week', 'month', 'year' (at most so old), 'older' or 'undated'; '' for what no article told.
    """

    status: str
    level: str
    language: str
    opinion: str | None
    age: str
    questions: int


@dataclass(frozen=True)
class Finished:
    """An answer with what belongs to it; the id is '' where nothing is kept."""

    id: str
    answer: Answer
    from_article: bool
    study: Study = NO_STUDY
    correction: Correction | None = None
