"""Does a sentence deny what its evidence says, or say it of more, or for surer? Knows words, not names or numbers.

Clause by clause, and across languages: clauses are matched by the words and names they share.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rag.types import Evidence, Question
from rag.words.wording import around, clauses, content_stems, long_clauses, mentions, read_as, words

_SCOPE = 3  # words on either side of a negation
_SEEMING = 4  # words behind one that says that it seems so
_STRENGTHS = {"all": ("all", "none"), "most": ("most", "all")}
_ANSWERS = frozenset({"oui", "non", "yes", "no", "si", "ja", "nein"})


@dataclass(frozen=True)
class _Clause:
    text: str
    language: str

    @cached_property
    def stems(self) -> frozenset[str]:
        return content_stems(self.text)

    @property
    def is_negated(self) -> bool:
        return bool(mentions(self.text, self.language, "not", "unless"))

    @property
    def lacks(self) -> int:
        """How many words may stand for a negation, such as 'fake'."""
        return len(mentions(self.text, self.language, "lacking"))


def other_polarity(text: str, question: Question, evidence: Sequence[Evidence]) -> Iterator[str]:
    """A negation that the evidence does not have, or lacks: 'negation' or 'no negation'."""
    told = [
        _Clause(part, language) for item in evidence for language in read_as(item) for part in long_clauses(item.text)
    ]
    nearest = [_Clause(part, language) for language in read_as(evidence[0]) for part in long_clauses(evidence[0].text)]
    claims = [_Clause(part, question.language) for part in _claims(text)]
    denies = any(clause.is_negated for clause in claims)  # 'He said: it is not over' lacks no negation in 'He said'
    for own in claims:
        against = _closest(own, told, content_stems(question.text)) or nearest
        if own.is_negated:
            if not any(other.is_negated or other.lacks > own.lacks for other in against):
                yield "negation"
        elif not denies and all(
            other.is_negated and own.lacks <= other.lacks and _denies(other, own) for other in against
        ):
            yield "no negation"


def other_quantity(text: str, question: Question, evidence: Sequence[Evidence]) -> Iterator[str]:
    """A word for all or most where the nearest evidence has none as strong: 'quantity: all'."""
    nearest = evidence[0]
    told = [(nearest.text, language) for language in read_as(nearest)]
    for name, as_strong in _STRENGTHS.items():
        claimed = mentions(text, question.language, name, "not_all")
        if claimed and not any(mentions(*said, strong) for said in told for strong in as_strong):
            yield f"quantity: {name}"


def other_certainty(text: str, question: Question, evidence: Sequence[Evidence]) -> Iterator[str]:
    """Something told as a fact that the evidence only tells as what it looks like, or what is thought.

    Of evidence in the same language only: elsewhere it is not known what it is that seems so.
    Example: 'Rex is a cowboy.' with 'Online, Rex appears as a cowboy.' -> 'only seems so'
    """
    language, asked = question.language, content_stems(question.text)
    told = [_Clause(part, language) for item in evidence if item.article.language == language
            for part in long_clauses(item.text)]  # fmt: skip
    claims = [_Clause(part, language) for part in _claims(text)]
    is_open = any(mentions(text, language, name) for name in ("seems", "may"))
    if not is_open and any(_only_seems(own, _closest(own, told, asked), asked) for own in claims):
        yield "only seems so"


def _only_seems(own: _Clause, told: Sequence[_Clause], asked: frozenset[str]) -> bool:
    """Whether all these clauses say of something in the claim that it seems so: it stands right behind that word."""
    return bool(told) and all(
        any(
            (own.stems - asked) & content_stems(near)
            for near in around(clause.text, clause.language, "seems", 0, _SEEMING)
        )
        for clause in told
    )


def _claims(text: str) -> tuple[str, ...]:
    """The clauses of a sentence, without the yes or no before them."""
    answer, comma, rest = text.partition(",")
    return clauses(rest if comma and set(words(answer)) <= _ANSWERS else text)


def _closest(clause: _Clause, told: Sequence[_Clause], asked: frozenset[str]) -> list[_Clause]:
    """The clauses that share most with one, first of what it adds to the question; none when none shares any."""
    shared = [(len((clause.stems - asked) & other.stems), len(clause.stems & other.stems)) for other in told]
    return [other for other, count in zip(told, shared, strict=True) if count == max(shared) > (0, 0)]


def _denies(negated: _Clause, clause: _Clause) -> bool:
    """Whether a negation stands near a word of the other clause; in another language that cannot be told."""
    if negated.language != clause.language:
        return True
    return any(
        content_stems(near) & clause.stems for near in around(negated.text, negated.language, "not", _SCOPE, _SCOPE)
    )
