"""The values an answer is made of. Knows no third-party library."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from corpus.types import Article, Kind, Passage


class ReadingLevel(StrEnum):
    """For whom an answer is written: 8-10, 11-13, 14-17 years, and grown up."""

    CHILD = "child"
    TWEEN = "tween"
    TEEN = "teen"
    ADULT = "adult"


class Voice(StrEnum):
    """Who says something: the newsroom, a person it quotes, the author of an opinion, or a reader."""

    NEWS = "news"
    SPEECH = "speech"
    OPINION = "opinion"
    COMMENTS = "comments"


class Status(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    QUOTED = "quoted"
    NO_EVIDENCE = "no_evidence"
    CRISIS = "crisis"
    DECLINED = "declined"
    ABOUT_ME = "about_me"


_NEAREST = "nearest"
OUTCOMES = (
    Status.ANSWERED,
    Status.QUOTED,
    _NEAREST,
    Status.NO_EVIDENCE,
    Status.CRISIS,
    Status.DECLINED,
    Status.ABOUT_ME,
)


@dataclass(frozen=True)
class Question:
    """What a reader asks, in which language and at which level the answer should be.

    `country`: whose helplines a reader in need is told; '' for those of the settings.
    """

    text: str
    language: str
    level: ReadingLevel = ReadingLevel.ADULT
    country: str = ""


@dataclass(frozen=True)
class ScoredSentence:
    """A sentence of a passage, its place in the article, and its nearness to the question (cosine, made fair).

    `shared`: what it has of the question's words and speaks of its things, each counted by how rare it is; 0 to 1.
    `lift`: what the sentences beside it add to its nearness; a cosine.
    """

    text: str
    start: int
    end: int
    score: float
    shared: float = 0.0
    lift: float = 0.0


@dataclass(frozen=True)
class RetrievedPassage:
    """A passage with its article, its sentences that state something, and how well it fits (higher is better)."""

    passage: Passage
    article: Article
    sentences: tuple[ScoredSentence, ...]
    score: float


@dataclass(frozen=True)
class Found:
    """What a question brings up: the best passages, best first, and the section of the best one, in its own order."""

    passages: tuple[RetrievedPassage, ...]
    section: tuple[RetrievedPassage, ...]


@dataclass(frozen=True)
class Evidence:
    """A sentence of an article that may be cited: `article.text[start:end]`, and its cosine with the question.

    The better it fits the question, the lower its number, from 1. `speaker` is who says it, '' when that is not told.
    `extra` is what the question's words in it, and the sentences beside it, add to its cosine.
    """

    number: int
    text: str
    start: int
    end: int
    article: Article
    kind: Kind
    score: float
    voice: Voice = Voice.NEWS
    speaker: str = ""
    extra: float = 0.0


@dataclass(frozen=True)
class AnswerSentence:
    """A sentence for the reader, without marks, and the numbers of the evidence it cites.

    A quote is the evidence itself, in its own language; one that `is_eased` says what a quote says in easier words,
    by rules and without a model. One that `is_fixed` has the words of `prompts/phrases` around what the articles say.
    `voice` tells who says it.
    """

    text: str
    citations: tuple[int, ...]
    is_quote: bool = False
    is_fixed: bool = False
    voice: Voice = Voice.NEWS
    is_eased: bool = False

    @property
    def is_written(self) -> bool:
        """Whether a model wrote it."""
        return not (self.is_quote or self.is_fixed or self.is_eased)


@dataclass(frozen=True)
class EvidenceFound:
    """What the answer may rest on, the best first, known before the first word is written.

    `understood` is the question that is answered, when the one that was asked leaned on earlier ones. `rest` is what
    else was found: it is not read as an answer, but may say otherwise.
    """

    evidence: tuple[Evidence, ...]
    understood: str = ""
    rest: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Value:
    """An amount as an article writes it, 'plus de 4 millions de personnes', and the evidence that does."""

    text: str
    amount: float
    evidence: Evidence


@dataclass(frozen=True)
class Conflict:
    """Different amounts of the same, from two articles at least, the newest first.

    `of` is what is counted, as the article that is cited writes it. `is_counted_alike` is False where some count people
    and others times, or some a month and others not: then the numbers differ, but may all be right.
    """

    of: str
    values: tuple[Value, ...]
    is_counted_alike: bool = True


@dataclass(frozen=True)
class Step:
    """Something that was done for an answer, the seconds it took, and what came of it in plain values."""

    name: str
    seconds: float
    details: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Timings:
    """Seconds from the question on; `first_sentence_s` is the first sentence a reader could see."""

    retrieve_s: float
    first_sentence_s: float
    total_s: float


@dataclass(frozen=True)
class Readability:
    """What was measured of a text: shares from 0 to 1, and how hard it is (`rag/reading_level.py`).

    `margin` is by how much a text of its length may be off; `notes` tell why it is not `reliable`: 'no_words', 'short',
    'language_doubtful'.
    """

    sentences: int
    words_per_sentence: float
    long_words: float
    lix: float
    difficulty: float = 0.0
    level: ReadingLevel | None = None
    longest_sentence: int = 0
    rare_words: float = 0.0
    formulas: Mapping[str, float] = field(default_factory=dict, hash=False)
    margin: float = 0.0
    reliable: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """All that came of a question, as it may be kept: what a reader told of itself is masked in it.

    `understood` is the question that was answered, when the one that was asked leaned on earlier ones.
    `is_unsure`: what is quoted is only near the question, and nothing was written that could be proved. `notice`: a
    kind word beside the answer.
    `as_of`: when the newest article that it cites appeared; `age_note` says so to who asks about today. `suggestions`
    are questions that can be answered, and `steps` how this answer came about.
    """

    question: Question
    status: Status
    text: str
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Evidence, ...]
    timings: Timings
    readability: Readability
    understood: str = ""
    is_unsure: bool = False
    notice: str = ""
    as_of: date | None = None
    age_note: str = ""
    conflicts: tuple[Conflict, ...] = ()
    suggestions: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def tells(self) -> bool:
        """Whether readers were told what they asked, and not only what is nearest to it."""
        return self.status is not Status.NO_EVIDENCE and not self.is_unsure

    @property
    def outcome(self) -> str:
        """How it ended, for those who count: 'nearest' where only what is near was quoted, else the status."""
        return _NEAREST if self.is_unsure else self.status.value


@dataclass(frozen=True, eq=False)
class WriterNext:
    """What comes next needs the language model: whoever has others to serve first may come back for it later.

    All who wait for the same answer are told the same object; who gets an answer that is ready already is told none.
    """


Event = EvidenceFound | AnswerSentence | WriterNext | Answer
