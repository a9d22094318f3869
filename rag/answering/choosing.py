"""What a question asks for -> which evidence is quoted first, and which amounts matter. Knows no vectors."""

from collections.abc import Callable, Sequence

from corpus.types import Kind
from rag.answering.subjects import Subject, is_of_others, named_around, named_in, names_asked, subject
from rag.answering.to_the_point import says_something
from rag.asking.asked_amount import asked_amount, asks_for_amount, asks_for_share, tells_amount
from rag.finding.evidence import best_first, nearest, quotable
from rag.types import Evidence, Question
from rag.words.counted import Count, counts
from rag.words.counting_words import sides
from rag.words.durations import durations
from rag.words.quantities import months
from rag.words.wording import mentions, words

_FAR = 2  # quotes that are far from a question in meaning


def to_quote(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """What may be quoted, best first: to who asks for an amount one of it, in another language if none is in theirs.

    What has but a name and grammar ('Ana Ruiz does.') tells nothing. An amount of others is none: 'How many listen to
    the band?' began with two numbers of a singer. Beside an amount, what tells none is quoted in the reader's language
    only.
    """
    near = [item for item in quotable(evidence, question.language) if says_something(question, item)]
    if not asks_for_amount(question):
        return near
    telling = telling_amount(question, near, evidence) or telling_amount(question, nearest(evidence), evidence)
    same = _telling_of_the_same(question, evidence)
    if not any(_is_readable(question, item) for item in telling):
        telling = [item for item in same if _is_readable(question, item)] + telling or same
    others = _of_others(question, near, evidence)
    rest = [item for item in near if item not in telling and (not telling or _is_readable(question, item))]
    return [*_facts_first(question, telling), *sorted(rest, key=lambda item: item in others)]


def with_amount(
    question: Question, evidence: Sequence[Evidence], rest: Sequence[Evidence]
) -> tuple[Sequence[Evidence], tuple[Evidence, ...]]:
    """Evidence and rest; where the evidence tells no amount that is asked for, what of the rest does belongs to it.

    Where it tells one in other languages only, what tells one in the reader's does.
    """
    told = telling_amount(question, evidence, evidence) if asks_for_amount(question) else evidence
    if any(_is_readable(question, item) for item in told) or not asks_for_amount(question):
        return evidence, tuple(rest)
    found = _telling_of_the_same(question, [*evidence, *rest])
    telling = [item for item in found if item in rest and (not told or _is_readable(question, item))]
    return (*evidence, *telling), tuple(item for item in rest if item not in telling)


def telling_amount(question: Question, told: Sequence[Evidence], evidence: Sequence[Evidence]) -> list[Evidence]:
    """Those that tell an amount that can be the one asked for, of what the question names if it names something."""
    others = _of_others(question, told, evidence)
    return [item for item in told if item not in others and tells_amount(question, [item])]


def tells_surely(question: Question, told: Sequence[Evidence], evidence: Sequence[Evidence]) -> bool | None:
    """Whether one tells the very amount that is asked for, of all that the question names, there and then.

    None where the words do not tell: nothing is named, or no thing that is known in all languages is counted.
    Example: 'Wie viele hören Ana Ruiz in Rom?', 'Ana Ruiz hören 300 Menschen.' -> False, for it does not tell where
    """
    amount, asked = asked_amount(question), named_in(question, evidence)
    if amount is None or not asked:
        return None
    return any(
        asked <= named_around(item) and _is_told_so(question, amount, item) and _tells(amount, item)
        for item in telling_amount(question, told, evidence)
    )


def _is_told_so(question: Question, amount: Count, item: Evidence) -> bool:
    """Whether a sentence tells the times and the opposites that a question does: 'on the first day', 'lost', 'not'."""
    asked, told, language = question.text, item.text, item.article.language
    spans = durations(asked, question.language) - {amount.period}
    is_then = spans <= durations(told, language) and months(asked, question.language) <= months(told, language)
    is_so = sides(asked, question.language) <= sides(told, language)
    return is_then and is_so and not mentions(asked, question.language, "not")


def _tells(amount: Count, item: Evidence) -> bool:
    """Whether a sentence tells an amount that is counted as the one asked for."""
    if amount.kind.startswith("%"):
        return True
    asked = (amount.kind, amount.measure, amount.period)
    told = counts(item.text, item.article.language)
    return any((each.kind, each.measure, each.period if amount.period else "") == asked for each in told)


def asked_for(question: Question, amount: Count, evidence: Sequence[Evidence]) -> Callable[[Count, Subject], bool]:
    """What tells of an amount whether it is of the kind asked for, and not of others than the question names."""
    names = names_asked(question, evidence)

    def is_asked_for(told: Count, about: Subject) -> bool:
        return (told.kind, told.measure) == (amount.kind, amount.measure) and not is_of_others(about, names)

    return is_asked_for


def _of_others(question: Question, told: Sequence[Evidence], evidence: Sequence[Evidence]) -> list[Evidence]:
    """Those of others than the question names; for a share, that may be only where it is so: 'the songs on Deezer'."""
    asked = names_asked(question, evidence)
    others = [item for item in told if is_of_others(subject(item, item.text), asked)]
    return [item for item in others if not (asks_for_share(question) and asked <= set(words(item.text)))]


def _telling_of_the_same(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """What tells the amount of what a question names, however far from it: 'They had 300 listeners' names nobody.

    Of a question that names nothing, what is near it. In the reader's language if it is told there.
    """
    asked = names_asked(question, evidence)
    about = {item.number: subject(item, item.text) for item in evidence}
    same = [item for item in best_first(evidence) if asked & (about[item.number].names or about[item.number].around)]
    telling = telling_amount(question, same if asked else nearest(evidence), evidence)
    readable = [item for item in telling if _is_readable(question, item)]
    return (readable or telling)[:_FAR]


def _facts_first(question: Question, telling: Sequence[Evidence]) -> list[Evidence]:
    """In the reader's language before others, and there the news before opinions."""
    return sorted(telling, key=lambda item: (not _is_readable(question, item), item.kind is not Kind.NEWS))


def _is_readable(question: Question, item: Evidence) -> bool:
    return item.article.language == question.language
