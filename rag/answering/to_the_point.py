"""Do quotes tell what a question asks for, and not only of what it names? Knows words and names, no vectors.

A vector hears a name first: to 'Which instrument does Ana Ruiz play?' nothing is nearer than 'Ana Ruiz is a painter.'
So one quote has to hold the kind of thing that is asked for, and to speak of enough of what the question speaks of.
"""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import IntEnum

from corpus.types import Kind
from rag.answering.subjects import is_of_others, named_in, names_asked, names_told, subject
from rag.asking.asked_kind import AskedKind, asked_kind, empty_words, gives_reason, told_by
from rag.types import Evidence, Question
from rag.words.countries import countries
from rag.words.durations import durations
from rag.words.quantities import months
from rag.words.same_things import is_listed, spoken_of, things, weight
from rag.words.wording import mentions, words

_YEAR = re.compile(r"(?<![\d.,])(?:1\d|20)\d\d(?![\d%])")
_CAPITAL = re.compile(r"\b[A-ZÀ-ÖØ-Þ]\w*")
_SPEAKER = re.compile(r"^[^:.!?»”“]{2,40}?\s?:\s")
_COMPOUND = 5  # letters of a word that may be a part of another
_MOST, _ONE_OF_TWO, _HALF, _SOME = 0.7, 0.55, 0.5, 0.4  # of the weight of what a question speaks of
_ENOUGH = {  # a reason is told with 'because' or without
    AskedKind.NAME: _SOME, AskedKind.WHO: _SOME, AskedKind.WHEN: _SOME, AskedKind.WHERE: _SOME,
    AskedKind.WHICH: _HALF, AskedKind.WHAT: _HALF, AskedKind.YES_OR_NO: _ONE_OF_TWO, AskedKind.WHY: _MOST,
}  # fmt: skip
_MORE = 0.15  # of the weight, if it takes several quotes
_TOGETHER = frozenset({AskedKind.WHAT, AskedKind.YES_OR_NO, AskedKind.WHY})
_AS_GOOD_AS_ALL = 0.8
_REPEATABLE = frozenset({AskedKind.YES_OR_NO, AskedKind.WHY})  # by a quote that tells nothing
_HARDLY = (
    0.2  # of what a question speaks of; of 83 answers that are called the nearest, 14 hold the right one and tell more
)
_LITTLE = 0.4  # weight of a whole question: 'Which country does she come from?' speaks of nothing but her
_REAL_NAME = frozenset({"name", "real"})
_NOTHING = frozenset[str]()
_Spoken = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class _Wanted:
    """What a question asks for: the kind, of which thing if it says so, and what else it speaks of but names."""

    question: Question
    kind: AskedKind
    noun: str
    names: frozenset[str]
    spoken: _Spoken


class Told(IntEnum):
    """How far quotes tell what is asked for: only of whom it is asked, about half of it, or as good as all of it."""

    BESIDE = 0
    PARTLY = 1
    FULLY = 2


def told(question: Question, quotes: Sequence[Evidence]) -> Told:
    """How far quotes tell what a question asks for, as words show it.

    Example: 'Qui a créé Ana Ruiz ?', ['Ana Ruiz chante.'] -> BESIDE; ['Léo Bo a créé Ana Ruiz.'] -> FULLY
    """
    wanted = _wanted(question, quotes)
    has = [_had(wanted, item) for item in quotes]
    total = _weight(wanted, set().union(*has) | {word for word in wanted.spoken if _is_checked(wanted, word, quotes)})
    fitting = [_weight(wanted, had) for item, had in zip(quotes, has, strict=True) if _tells_kind(wanted, item)]
    if total < _LITTLE:
        return Told.PARTLY if fitting and wanted.kind is not AskedKind.WHY else Told.BESIDE
    share = max(fitting, default=0.0) / total
    together = _weight(wanted, set().union(*has)) / total
    if share * total >= _AS_GOOD_AS_ALL * _weight(wanted, wanted.spoken.keys()) and wanted.kind not in _REPEATABLE:
        return Told.FULLY
    reasoned = any(gives_reason(item.text, item.article.language) for item in quotes)
    enough = _HALF if wanted.kind is AskedKind.WHY and reasoned else _ENOUGH[wanted.kind]
    if share > enough or (wanted.kind in _TOGETHER and together >= enough + _MORE):
        return Told.PARTLY
    return Told.BESIDE


def is_about_something_else(question: Question, quotes: Sequence[Evidence], evidence: Sequence[Evidence]) -> bool:
    """Whether the evidence has no name of a question, and its quotes hardly anything that it speaks of.

    To 'I like turtles' some sentence about songs is always the nearest; the reader wonders what it has to do with them.
    """
    wanted = _wanted(question, evidence)
    told = set().union(*(_had(wanted, item) for item in quotes))
    checked = told | {word for word in wanted.spoken if _is_checked(wanted, word, quotes)}
    return not wanted.names and _weight(wanted, told) <= _HARDLY * _weight(wanted, checked)


def says_something(question: Question, item: Evidence) -> bool:
    """Whether a sentence has an amount, or words beside the names in a question and grammar.

    Example: 'Ana Ruiz tut das.' -> False; 'Il a dix ans.' -> True
    """
    language = item.article.language
    if durations(item.text, language) or re.search(r"\d", item.text):
        return True
    repeated = {word for name in _CAPITAL.findall(item.text) for word in words(name)} & {*words(question.text)}
    return bool(spoken_of(item.text, language).keys() - repeated - empty_words(language))


def _wanted(question: Question, quotes: Sequence[Evidence]) -> _Wanted:
    """What need not be told in its own word is left out: 'which genre' is told 'rock', 'which country' 'Spain'."""
    asked, names = asked_kind(question.text, question.language), _named(question, quotes)
    told = spoken_of(question.text, question.language)
    spoken = {word: told[word] for word in told.keys() - names - empty_words(question.language)}
    forms = {word for word in asked.noun.split() if spoken.get(word, _NOTHING) & told_by("form")}
    nouns = [word for word in asked.noun.split() if word in spoken and word not in forms]
    named = [word for word in nouns if spoken[word] & (told_by("country") | told_by("name"))]
    told_otherwise = {*forms, *named}
    if asked.kind is AskedKind.NAME:
        told_otherwise |= {word for word in spoken if spoken[word] & _REAL_NAME}
    rest = {word: meant for word, meant in spoken.items() if word not in told_otherwise}
    return _Wanted(question, asked.kind, next(iter([*named, *nouns]), ""), names, rest)


def _named(question: Question, quotes: Sequence[Evidence]) -> frozenset[str]:
    """The names in a question; a thing with a capital that quotes do not know as one is none: 'Instrument', 'CEO'."""
    names = named_in(question, quotes)
    return names - _things_among(names - names_asked(question, quotes), question.language)


def _things_among(names: AbstractSet[str], language: str) -> set[str]:
    """The words of names that stand for things known in all languages. Example: {'ana', 'gitarre'} -> {'gitarre'}"""
    return {word for word in names if (meant := things(word, language)) and is_listed(meant)}


def _had(wanted: _Wanted, item: Evidence) -> set[str]:
    """The words of the question that a quote has in whatever form or language."""
    told, said = spoken_of(item.text, item.article.language), words(item.text)
    meant = frozenset[str]().union(*told.values())
    return {
        word
        for word, means in wanted.spoken.items()
        if means & meant or (len(word) >= _COMPOUND and any(_is_part(word, other) for other in said))
    }


def _is_part(word: str, other: str) -> bool:
    """Example: 'musik', 'rockmusik' -> True"""
    return word in other or (len(other) >= _COMPOUND and other in word)


def _is_checked(wanted: _Wanted, word: str, quotes: Sequence[Evidence]) -> bool:
    """Whether a word would be found in the quotes if it were there: in another language only if it is listed."""
    return is_listed(wanted.spoken[word]) or any(item.article.language == wanted.question.language for item in quotes)


def _weight(wanted: _Wanted, spoken: AbstractSet[str]) -> float:
    return sum(weight(word, wanted.question.language) for word in sorted(spoken))


def _tells_kind(wanted: _Wanted, item: Evidence) -> bool:
    """Whether a quote holds something that can be what is asked for: a name, a place, a time, one of the noun."""
    match wanted.kind:
        case AskedKind.NAME:
            return bool(_new_names(wanted, item))
        case AskedKind.WHO:
            if _new_names(wanted, item) and not is_of_others(subject(item, item.text), wanted.names):
                return True
            return _nobody_knows(item) or (_is_by_somebody(item) and not wanted.names)
        case AskedKind.WHEN:
            text, language = item.text, item.article.language
            return bool(months(text, language) or _YEAR.search(text) or durations(text, language))
        case AskedKind.WHERE:
            return bool(_new_names(wanted, item, places=True))
        case AskedKind.WHICH:
            return _tells_noun(wanted, item)
        case _:
            return True


def _tells_noun(wanted: _Wanted, item: Evidence) -> bool:
    meant = things(wanted.noun, wanted.question.language) if wanted.noun else frozenset()
    if meant & told_by("country"):
        return bool(countries(item.text) - countries(wanted.question.text))
    if meant & told_by("name"):
        return bool(_new_names(wanted, item, places=True))
    is_told_by_itself = bool(meant) and is_listed(meant) and _weight(wanted, {wanted.noun}) >= _LITTLE
    return not is_told_by_itself or wanted.noun in _had(wanted, item)


def _new_names(wanted: _Wanted, item: Evidence, places: bool = False) -> frozenset[str]:
    """The words of the names that a quote tells and the question does not; who writes a comment is not told in it."""
    text = item.text
    if found := _SPEAKER.match(text) if item.kind is Kind.COMMENTS else None:
        text = text[found.end() :]
    names, where = names_told(item, text)
    told = names | where if places else frozenset(name for name in names if name.islower())  # codes are countries
    if item.article.language == "de":  # all nouns have capitals
        told -= _things_among(told, "de")
    return told - wanted.names - frozenset(words(wanted.question.text)) - countries(wanted.question.text)


def _is_by_somebody(item: Evidence) -> bool:
    return item.kind is Kind.COMMENTS and _SPEAKER.match(item.text) is not None


def _nobody_knows(item: Evidence) -> bool:
    """Example: 'Personne ne sait qui chante.' -> True"""
    language = item.article.language
    meant = frozenset[str]().union(*spoken_of(item.text, language).values())
    return "finding_out" in meant and bool(mentions(item.text, language, "not"))
