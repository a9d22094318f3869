"""The values a class is made of. Knows neither the web nor the disk."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from rag.study.quiz import QuizQuestion
from rag.types import Answer, Question, ReadingLevel, Status


class State(StrEnum):
    """Whether pupils may ask."""

    OPEN = "open"
    PAUSED = "paused"
    ENDED = "ended"


class Progress(StrEnum):
    """How far a turn has come; a running one is taken up again after a restart."""

    RUNNING = "running"
    ANSWERED = "answered"
    FAILED = "failed"


UNREADABLE = "unreadable"  # the problem of a turn whose stored answer is not understood, and must not be overwritten


class FlagKind(StrEnum):
    """Why a teacher should look, the most pressing first."""

    CRISIS = "crisis"
    REPORTED = "reported"


class Opinion(StrEnum):
    """What a pupil makes of an answer."""

    UNDERSTOOD = "understood"
    UNCLEAR = "unclear"
    REPORTED = "reported"


@dataclass(frozen=True)
class Plan:
    """What a teacher decides for a session. No `articles` means all of them."""

    title: str
    language: str
    levels: tuple[ReadingLevel, ...]
    articles: tuple[str, ...] = ()
    minutes: int = 60
    shares: bool = False


@dataclass(frozen=True)
class Session:
    """One lesson; `ends_at` is when it ends by itself, `holds` whether answers wait for the teacher."""

    id: str
    code: str
    plan: Plan
    opened_at: datetime
    ends_at: datetime
    state: State = State.OPEN
    is_locked: bool = False
    holds: bool = False
    ended_at: datetime | None = None

    def goes_at(self, days: int) -> datetime | None:
        """When it is deleted, so many days after its end; None while it runs."""
        return self.ended_at + timedelta(days=days) if self.ended_at else None


@dataclass(frozen=True)
class Pupil:
    """Somebody who joined under a nickname; `token_hash` is what its cookie is known by."""

    id: str
    nickname: str
    token_hash: str
    joined_at: datetime
    is_removed: bool = False


@dataclass(frozen=True)
class Turn:
    """A question of a pupil, masked, and what became of it. `number` counts the turns of the session, from 1.

    `quiz` are the questions to test oneself that came with the answer, None where they were not kept.
    """

    id: str
    number: int
    pupil_id: str
    question: Question
    asked_at: datetime
    progress: Progress = Progress.RUNNING
    answer: Answer | None = None
    problem: str = ""
    is_held: bool = False
    quiz: tuple[QuizQuestion, ...] | None = None

    @property
    def is_crisis(self) -> bool:
        return self.answer is not None and self.answer.status is Status.CRISIS


@dataclass(frozen=True)
class Ending:
    """What a turn comes to: an answer with its quiz, or the name of the sentence that says why there is none."""

    answer: Answer | None
    problem: str = ""
    quiz: tuple[QuizQuestion, ...] | None = None


@dataclass(frozen=True)
class Flag:
    """A reason for the teacher to look at a turn."""

    turn_id: str
    kind: FlagKind
    at: datetime
    is_seen: bool = False


@dataclass(frozen=True)
class QuizResult:
    """One answer of a pupil to a question of a quiz; only the first try counts."""

    turn_id: str
    place: int
    is_right: bool


@dataclass(frozen=True)
class Broadcast:
    """A question, or an article, that the teacher shows to everybody."""

    id: str
    text: str
    article_id: str
    at: datetime


@dataclass
class Register:
    """All that is known of one session: what a room changes and the storage keeps."""

    session: Session
    pupils: dict[str, Pupil] = field(default_factory=dict)
    turns: dict[str, Turn] = field(default_factory=dict)
    flags: list[Flag] = field(default_factory=list)
    opinions: dict[tuple[str, str], Opinion] = field(default_factory=dict)  # by turn and pupil
    results: dict[tuple[str, int], QuizResult] = field(default_factory=dict)
    broadcasts: list[Broadcast] = field(default_factory=list)

    def copy(self) -> "Register":
        """As it is now: what is changed afterwards changes only one of the two."""
        return Register(
            self.session, dict(self.pupils), dict(self.turns), list(self.flags), dict(self.opinions),
            dict(self.results), list(self.broadcasts),
        )  # fmt: skip
