"""What a question asks for -> which evidence is quoted first, and which amounts matter. Knows no vectors."""

from collections.abc import Callable, Sequence

from rag.answering.subjects import Subject, is_of_others, names_asked, subject
from rag.asking.asked_amount import asks_for_amount, tells_amount
from rag.finding.evidence import best_first, nearest, quotable
from rag.types import Evidence, Question
from rag.words.counted import Count

_FAR = 2  # quotes that are far from a question in meaning


def to_quote(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """What may be quoted, best first: to who asks for an amount one of it, in another language if none is in theirs.

    An amount of others is none: 'How many listen to the band?' began with two numbers of a singer.
    """
    near = quotable(evidence, question.language)
    if not asks_for_amount(question):
        return near
    telling = telling_amount(question, near, evidence) or telling_amount(question, nearest(evidence), evidence)
    telling = telling or _telling_of_the_same(question, evidence)
    others = _of_others(question, near, evidence)
    rest = [item for item in near if item not in telling]
    return [*telling, *sorted(rest, key=lambda item: item in others)]


def with_amount(
    question: Question, evidence: Sequence[Evidence], rest: Sequence[Evidence]
) -> tuple[Sequence[Evidence], tuple[Evidence, ...]]:
    """Evidence and rest; where the evidence tells no amount that is asked for, what of the rest does belongs to it."""
    if not asks_for_amount(question) or telling_amount(question, evidence, evidence):
        return evidence, tuple(rest)
    telling = _telling_of_the_same(question, [*evidence, *rest])
    return (*evidence, *telling), tuple(item for item in rest if item not in telling)


def telling_amount(question: Question, told: Sequence[Evidence], evidence: Sequence[Evidence]) -> list[Evidence]:
    """Those that tell an amount that can be the one asked for, of what the question names if it names something."""
    others = _of_others(question, told, evidence)
    return [item for item in told if item not in others and tells_amount(question, [item])]


def asked_for(question: Question, amount: Count, evidence: Sequence[Evidence]) -> Callable[[Count, Subject], bool]:
    """What tells of an amount whether it is of the kind asked for, and not of others than the question names."""
    names = names_asked(question, evidence)

    def is_asked_for(told: Count, about: Subject) -> bool:
        return (told.kind, told.measure) == (amount.kind, amount.measure) and not is_of_others(about, names)

    return is_asked_for


def _of_others(question: Question, told: Sequence[Evidence], evidence: Sequence[Evidence]) -> list[Evidence]:
    asked = names_asked(question, evidence)
    return [item for item in told if is_of_others(subject(item, item.text), asked)]


def _telling_of_the_same(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """What tells the amount of what a question names, however far from it: 'They had 300 listeners' names nobody."""
    asked = names_asked(question, evidence)
    about = {item.number: subject(item, item.text) for item in evidence}
    same = [item for item in best_first(evidence) if asked & (about[item.number].names or about[item.number].around)]
    return telling_amount(question, same, evidence)[:_FAR]
