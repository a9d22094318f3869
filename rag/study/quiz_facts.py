"""Which sentences of the evidence can be asked about: news that stands alone. Knows no questions.

What people say, opinions, comments, questions, and sentences that lean on others are left out: "She did it in 2025"
asks nothing of a reader who does not know who she is.
"""

import re
from collections.abc import Iterable, Sequence

from corpus.language import READER_LANGUAGES
from corpus.types import Kind
from rag.study.quiz_words import quiz_words
from rag.types import Evidence, ReadingLevel, Voice
from rag.words.quantities import numbers
from rag.words.wording import content_stems, repeats

_LEAST_WORDS = 5
_MOST_WORDS = {ReadingLevel.CHILD: 26, ReadingLevel.TWEEN: 30, ReadingLevel.TEEN: 34, ReadingLevel.ADULT: 40}
_WORD = re.compile(r"[\w-]+")
_ENDS = re.compile(r"[.!]\s?[»”“\"]?$")
_BROKEN = re.compile(r"[*_#|\[\]\n]|https?:|www\.|\.\.\.|…|©|^[-–—•]|\S@\S|[:]\s*$|^[a-zà-ÿ]")
_BULLET = re.compile(r"[-–—•*·]\s*$")
TITLE = re.compile(r"[«“„\"]\s?(?P<title>(?:[A-ZÀ-Þ\d][\w’'-]*)(?:\s(?:(?:\w+\s)?[A-ZÀ-Þ\d][\w’'-]*))+)\s?[»”“\"]")
_QUOTED = re.compile(r"[«»“”„\"]")
_PAIRS = (("«", "»"), ("(", ")"))
_MARKS = re.compile(r"[“„”]")
_MOST_FACTS = 8
_LEAST_CONTENT = 4  # words of four letters or more


def facts(evidence: Sequence[Evidence], language: str, level: ReadingLevel) -> tuple[Evidence, ...]:
    """What can be asked about in the reader's language, in the order given, nothing twice."""
    chosen: list[Evidence] = []
    for item in evidence:
        fits = item.article.language == language in READER_LANGUAGES and stands_alone(item, level)
        if fits and not any(repeats(item.text, other.text) for other in chosen):
            chosen.append(item)
    return tuple(chosen[:_MOST_FACTS])


def stands_alone(item: Evidence, level: ReadingLevel) -> bool:
    """Whether a sentence states news that is understood without those around it."""
    text, words = item.text, quiz_words(item.article.language)
    if item.kind is not Kind.NEWS or not _is_told(item) or not _ENDS.search(text) or "?" in text:
        return False
    if not _LEAST_WORDS <= len(_WORD.findall(text)) <= _MOST_WORDS[level]:
        return False
    if _BULLET.search(item.article.text[: item.start]):
        return False
    leans = words.begins.search(text) or words.inside.search(text) or words.pointing.search(text)
    return not leans and not _BROKEN.search(text) and _is_balanced(text)


def says_enough(item: Evidence, names: Iterable[str]) -> bool:
    """Whether a sentence tells a number, says what something is, or has some words beside names: 'X is not alone'."""
    text, language = item.text, item.article.language
    if numbers(text, language) or quiz_words(language).defines.search(text):
        return True
    for name in names:
        text = text.replace(name, "")
    return len(content_stems(text)) >= _LEAST_CONTENT


def _is_told(item: Evidence) -> bool:
    """Whether the newsroom tells it, or tells who says so in words of its own: 'Deezer reports that …'."""
    if item.voice is Voice.SPEECH:
        return bool(item.speaker) and item.speaker in item.text and not _QUOTED.search(TITLE.sub("", item.text))
    return item.voice is Voice.NEWS


def _is_balanced(text: str) -> bool:
    """Whether every bracket and quotation mark has its partner: a sentence may be a part of what somebody says."""
    even = text.count('"') % 2 == 0 and len(_MARKS.findall(text)) % 2 == 0
    return even and all(text.count(opening) == text.count(closing) for opening, closing in _PAIRS)


def told_by(evidence: Iterable[Evidence]) -> str:
    """All that the articles of the evidence say, each once."""
    return "\n".join({item.article.id: f"{item.article.title}\n{item.article.text}" for item in evidence}.values())
