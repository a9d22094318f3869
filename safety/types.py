"""The values of the safety part. Knows no rules, no texts and no third-party library."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What becomes of a question. Only ANSWER goes on to the articles and to a model."""

    ANSWER = "answer"
    CRISIS = "crisis"
    DECLINED = "declined"
    IDENTITY = "identity"


class Crisis(StrEnum):
    """What a reader says of itself; FRIEND: that another wants to die or hurts itself."""

    SUICIDE = "suicide"
    SELF_HARM = "self_harm"
    ABUSE = "abuse"
    GROOMING = "grooming"
    BULLYING = "bullying"
    EATING = "eating"
    DISTRESS = "distress"
    FRIEND = "friend"


class Declined(StrEnum):
    """What is not answered here."""

    VIOLENCE = "violence"
    WEAPONS = "weapons"
    DRUGS = "drugs"
    SEXUAL = "sexual"
    HATE = "hate"
    CRIME = "crime"
    PRIVATE = "private"
    CHEATING = "cheating"
    CHALLENGE = "challenge"
    DIETING = "dieting"
    HEALTH = "health"
    OTHER = "other"


class Identity(StrEnum):
    """What a reader wants the machine to be, or to tell of itself."""

    HUMAN = "human"
    FRIEND = "friend"
    ROLE = "role"
    RULES = "rules"


class Masked(StrEnum):
    """What a reader should not tell of itself, and what stands in its place."""

    NAME = "name"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    SCHOOL = "school"


class By(StrEnum):
    """What decided."""

    RULES = "rules"
    CLASSIFIER = "classifier"


@dataclass(frozen=True)
class MaskedText:
    """A text without what tells who wrote it, and what was taken out."""

    text: str
    kinds: frozenset[Masked]


@dataclass(frozen=True)
class Verdict:
    """What becomes of a question. `question` is the only form of it that may be stored, embedded or sent to a model.

    `kind` says more of the outcome; it is None for an answer. `may_need_help`: the question is answered, but whoever
    asks it may also be a reader in need.
    """

    outcome: Outcome
    kind: Crisis | Declined | Identity | None
    question: str
    masked: frozenset[Masked]
    by: By
    may_need_help: bool = False
