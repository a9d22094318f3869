"""What was said before -> a question that can be understood without it. Knows rules, no model and no articles.

Only the last turn that was about something counts: its question is whole already, so a chain of follow-ups keeps its
topic, and a new topic takes its place.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from babel import Locale

from corpus.language import READER_LANGUAGES
from rag.asking.follow_ups import Leaning, after_opening, leaning
from rag.asking.question import LONGEST_QUESTION
from rag.asking.small_words import Word, is_content, read_words, word_lists
from rag.types import Answer, Question, Status

REMEMBERED = 10  # turns
_OF_NO_ARTICLE = (Status.CRISIS, Status.DECLINED, Status.ABOUT_ME)
_LONGEST_FOLLOW_UP = 200  # characters; what is longer tells enough by itself
_LONGEST_TOPIC = 120
_LONGEST_BASE = 250
_MOST_NAMES = 2
_SENTENCE = re.compile(r"(?<=[?!.…])\s+")
_TOPIC_AND_REST = re.compile(r"([^:?]+?)\s?: (.+)", re.DOTALL)
_FIRST = re.compile(r"[^\W_]")
_END = "?!.…？ \u00a0\u202f"


@dataclass(frozen=True)
class Exchange:
    """An earlier turn, as much of it as a follow-up needs.

    `question` as it was searched, in `language`; `told`: the quotes that its answer cited, best first, in any language;
    `title`: of the article cited first, '' when there is none.
    """

    question: str
    language: str
    told: tuple[str, ...] = ()
    title: str = ""


def exchange(answer: Answer) -> Exchange:
    """What a follow-up needs of an earlier answer; nothing of one that no article was asked for."""
    if answer.status in _OF_NO_ARTICLE:
        return Exchange("", answer.question.language)
    return Exchange(
        question=answer.understood or answer.question.text,
        language=answer.question.language,
        told=tuple(evidence.text for evidence in answer.citations),
        title=answer.citations[0].article.title if answer.citations else "",
    )


def standalone(question: Question, earlier: Sequence[Exchange]) -> Question:
    """The question as it can be understood without what came before; the same when it already can.

    Example: 'et lui, il chante ?' after 'Qui est Breaking Rust ?' -> 'Breaking Rust : et lui, il chante ?'
    Example: 'Et en Italie ?' after 'Qui écoute Deezer ?' -> 'Qui écoute Deezer ? Et en Italie ?'
    """
    last = next((turn for turn in reversed(earlier[-REMEMBERED:]) if topic(turn)), None)
    if last is None or len(question.text) > _LONGEST_FOLLOW_UP:
        return question
    about, before = topic(last), _base(last)
    colon = "\u00a0: " if question.language == "fr" else ": "
    if question.text.startswith((about + colon, before)):  # made whole before
        return question
    leans = leaning(question.text, question.language)
    if leans is Leaning.QUESTION and (name := _bare_name(question)):
        text = _exchanged(name, question, before, last.language)
    elif leans is Leaning.QUESTION:
        text = f"{before} {_capital(question.text)}"
    elif leans is Leaning.TOPIC and about.casefold() not in question.text.casefold():
        text = about + colon + _continued(question)
    else:
        return question
    return replace(question, text=text) if len(text) <= LONGEST_QUESTION else question


def topic(turn: Exchange) -> str:
    """What a turn was about: the names in its question, or else what it asked about, or else a name it was told.

    Example: 'Qui est Breaking Rust ?' -> 'Breaking Rust'; 'Pourquoi les robots chantent ?' -> 'les robots chantent'
    A question that asks who or which is followed by the name that it was told.
    """
    asked = _first_topic(turn.question, turn.language)
    names = _names(asked, turn.language)
    people = [name for name in names if name.casefold() not in _places(turn.language)]
    told = _told_name(turn)
    if told and _asks_for_name(turn):
        people = [*people[:1], *([told] if told not in people[:1] else [])]
    return _shortened(", ".join((people or names)[:_MOST_NAMES]) or _asked(asked, turn.language) or told)


def _first_topic(text: str, language: str) -> str:
    """A question without the follow-ups in it, so that topics do not pile up."""
    found = _TOPIC_AND_REST.match(text)
    if found and leaning(found[2], language) is not Leaning.NOTHING:
        return found[1]
    return _whole(text, language)


def _whole(text: str, language: str) -> str:
    """Example: 'Qui écoute Deezer ? Et en Italie ?', 'fr' -> 'Qui écoute Deezer ?'"""
    sentences = _SENTENCE.split(text)
    while len(sentences) > 1 and leaning(sentences[-1], language) is not Leaning.NOTHING:
        sentences.pop()
    return " ".join(sentences)


def _base(turn: Exchange) -> str:
    """The last question as a sentence that a short follow-up can stand behind."""
    text = _shortened(_whole(turn.question, turn.language), _LONGEST_BASE)
    if text[-1:] in _END[:5]:
        return text
    return text + ("\u00a0?" if turn.language == "fr" else "?")


def _asked(text: str, language: str) -> str:
    """A question without the small words that ask: 'What are robots afraid of?' -> 'robots afraid of'."""
    lists, words = word_lists(language), read_words(text, language)
    articles = lists["one"] | lists["many"]
    if not any(is_content(word, language) for word in words):
        return ""
    start = next(
        word.start
        for at, word in enumerate(words)
        if is_content(word, language)
        or (word.plain in articles and at + 1 < len(words) and is_content(words[at + 1], language))
    )
    return text[start:].rstrip(_END)


def _names(text: str, language: str) -> list[str]:
    """The names in a text, in order, each once; those of several words together."""
    runs: list[list[Word]] = []
    for word in read_words(text, language):
        if word.is_name and runs and not text[runs[-1][-1].end : word.start].strip(" \u00a0'’‑-"):
            runs[-1].append(word)
        elif word.is_name:
            runs.append([word])
    return list(dict.fromkeys(text[run[0].start : run[-1].end] for run in runs))


def _told_name(turn: Exchange) -> str:
    """The name that was told most often, the first of them; '' when none was."""
    counts: Counter[str] = Counter()
    for said in [*turn.told, turn.title]:
        counts.update(name for name in _names(said, turn.language) if name.casefold() not in _places(turn.language))
    asked = turn.question.casefold()
    return next((name for name, _ in counts.most_common() if name.casefold() not in asked), "")


def _asks_for_name(turn: Exchange) -> bool:
    """Whether a name was asked for: 'Who made Sora?', not 'Who is Paul Trillo?'."""
    lists, words = word_lists(turn.language), read_words(_whole(turn.question, turn.language), turn.language)
    if not any(word.is_name for word in words):
        return any(word.plain in lists["naming"] for word in words)
    return any(
        word.plain in lists["naming"] and not after.is_name and after.plain not in lists["being"]
        for word, after in pairwise(words)
    )


def _bare_name(question: Question) -> str:
    """The name that is all a question adds, when it is no country's: 'And Spotify?' -> 'Spotify'."""
    words = read_words(question.text, question.language)
    opening = after_opening(words, question.language)
    rest = question.text[words[opening - 1].end :].strip(_END + "¿¡,") if opening else ""
    bare = opening and _names(rest, question.language) == [rest]
    return rest if bare and rest.casefold() not in _places(question.language) else ""


def _exchanged(name: str, question: Question, before: str, language: str) -> str:
    """'Does Deezer use AI?' and then 'And Spotify?' -> 'Does Spotify use AI?'; else the question: its topic is new."""
    names = [known for known in _names(before, language) if known.casefold() not in _places(language)]
    if question.language != language or len(names) != 1:
        return question.text
    text = before.replace(names[0], name)
    return text if leaning(text, language) is Leaning.NOTHING else question.text


def _continued(question: Question) -> str:
    """The question as it stands behind a colon, where only German goes on with a capital."""
    words = [word for word in read_words(question.text, question.language) if word.plain[0].isalnum()]
    small = question.language != "de" and words[0].plain != "i" and not words[0].is_name
    return _FIRST.sub(lambda found: found.group().lower(), question.text, count=1) if small else question.text


def _capital(text: str) -> str:
    return _FIRST.sub(lambda found: found.group().upper(), text, count=1)


def _shortened(text: str, longest: int = _LONGEST_TOPIC) -> str:
    """As many whole words as there is room for."""
    return text if len(text) <= longest else (text[:longest].rsplit(maxsplit=1) or [""])[0]


@cache
def _places(language: str) -> frozenset[str]:
    """The names of all countries, which are seldom what a pronoun means."""
    codes = {language, "en"} & set(READER_LANGUAGES)
    return frozenset(name.casefold() for code in codes for name in Locale(code).territories.values())
