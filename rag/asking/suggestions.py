"""What the articles tell instead, and what can be asked about it. Knows evidence and fixed sentences, no model.

Questions are made from templates in the reader's language and from names, terms and titles in the articles: what they
ask for stands there.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.asking.asked_topic import asks_only_for
from rag.checking.harmless import is_harmless
from rag.phrases import phrase
from rag.types import Evidence, Question
from rag.words.quotation_marks import within
from rag.words.topics import Form, Topic, topics

_MOST = 2
_WEIGHTS = {Form.WHO: 0, Form.WHAT: 0, Form.MEANING: 1, Form.ABOUT: 3, Form.ARTICLE: 6}
"""By how many places in the order of the evidence a topic is set back: what is explained can be answered best."""
_ELSEWHERE = 4  # the same for names that stand elsewhere in the article
_ABROAD = 4  # and for what stands in articles that are not in the reader's language
_TITLE_ABROAD = 12
_SELDOM, _SELDOM_PLACES = 2, 5  # times: such a name may only be mentioned
_STEM_LETTERS = 5
_LEAST_LETTERS = 3
_ASKED_PLACES = 6  # by how many places what the question names comes earlier


@dataclass(frozen=True)
class Suggestions:
    """Up to two things that the articles do tell about, and two questions that they can answer, if there are any."""

    told: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


def suggest(question: Question, near: Sequence[Evidence]) -> Suggestions:
    """What to ask instead of a question that could not be answered, from the evidence nearest to it, best first.

    Example: 'Combien gagne Ana Ruiz ?' near 'La chanteuse Ana Ruiz rit.' -> 'Qui est Ana Ruiz ?'
    """
    chosen = [topic for topic, _ in _chosen(question, near)]
    told = tuple(topic.name for topic in chosen if topic.form is not Form.MEANING)
    return Suggestions(told, tuple(_asked(topic, question.language) for topic in chosen))


def questions_about(sentences: Sequence[Evidence], language: str) -> tuple[str, ...]:
    """Two questions that an article answers, from its sentences in their order: a start for readers."""
    return suggest(Question("", language), sentences).questions


def told_about(suggestions: Suggestions, language: str) -> str:
    """Example: Suggestions(told=('Ana Ruiz', 'Sora')), 'es' -> 'Pero hablan de «Ana Ruiz» y de «Sora».'"""
    quoted = [phrase(language, "quotation").format(quote=within(name, language)) for name in suggestions.told]
    if not quoted:
        return ""
    name = "told_one" if len(quoted) == 1 else "told_two"
    return phrase(language, name).format(first=quoted[0], second=quoted[-1])


def _chosen(question: Question, near: Sequence[Evidence]) -> list[tuple[Topic, Evidence]]:
    """The best topics that have no word in common, each with the evidence that it comes from."""
    chosen: list[tuple[Topic, Evidence]] = []
    for topic, evidence in _ranked(question, near):
        taken = [_stems(other.name) for other, _ in chosen]
        if len(chosen) < _MOST and _stems(topic.name).isdisjoint(set().union(*taken)):
            chosen.append((topic, evidence))
    return chosen


def _ranked(question: Question, near: Sequence[Evidence]) -> list[tuple[Topic, Evidence]]:
    """All topics that may be asked for, best first."""
    found: list[tuple[int, Topic, Evidence]] = []
    for place, evidence in enumerate(near):
        for topic in topics(evidence):
            own = topic.language in ("", question.language)
            usable = own or topic.form is Form.ARTICLE
            if usable and is_harmless(topic.name) and not asks_only_for(topic, question):
                found.append((place + _set_back(topic, evidence, question), topic, evidence))
    return [(topic, evidence) for _, topic, evidence in sorted(found, key=lambda entry: entry[0])]


def _set_back(topic: Topic, evidence: Evidence, question: Question) -> int:
    """By how many places a topic comes later than the sentence that it comes from."""
    places = _WEIGHTS[topic.form] - _ASKED_PLACES * (_stems(topic.name) <= _stems(question.text))
    if topic.form is not Form.ARTICLE and topic.name.casefold() not in evidence.text.casefold():
        places += _ELSEWHERE
    if topic.form is Form.ABOUT and topic.times <= _SELDOM:
        places += _SELDOM_PLACES
    if evidence.article.language != question.language:
        places += _TITLE_ABROAD if topic.form is Form.ARTICLE else _ABROAD
    return places


def _asked(topic: Topic, language: str) -> str:
    name = phrase(language, "quotation").format(quote=within(topic.name, language)) if topic.quoted else topic.name
    return phrase(language, f"suggest_{topic.form.value}").format(name=name)


def _stems(text: str) -> set[str]:
    """Example: 'Les robots d’Ana' -> {'les', 'robot', 'ana'}"""
    return {word[:_STEM_LETTERS] for word in re.findall(r"\w+", text.casefold()) if len(word) >= _LEAST_LETTERS}
