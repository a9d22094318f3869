"""A question that asks for one thing by its name -> the evidence that tells about it. Knows no vectors.

"Who is Ana Ruiz?" is so short that nothing in an article is very near to it in meaning, and yet whoever sees the name
in a sentence can tell that it answers. What the question does not name as the article does is not found here.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

from wordfreq import zipf_frequency

from rag.types import Evidence, Question
from rag.words.topics import Topic, explained, topics
from rag.words.wording import words

_QUESTIONS = Path(__file__).with_name("asked_topic.toml")
_ENOUGH = 2  # sentences in the reader's language: then none in another, as for quotes that are near (evidence.py)
_COMMON = 5.6  # Zipf: 'Chez', 'Mit', 'Sur' begin a sentence before a name; 'Saint' (5.0) is a part of it


def tells_of(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence about the one thing that a question asks for, and for nothing else about it; [] for other questions.

    What the reader can read comes first, or alone, then what says who or what it is, then what only names it.

    Example: 'Qui est Ana Ruiz ?', ['Il pleut.', 'La chanteuse Ana Ruiz rit.'] -> ['La chanteuse Ana Ruiz rit.']
    """
    asked = {topic.name for item in evidence for topic in topics(item) if asks_only_for(topic, question)}
    telling = [item for item in evidence if any(_names(item, name) for name in asked)]
    readable = [item for item in telling if item.article.language == question.language]
    explaining = {item.number for item in telling if not asked.isdisjoint(explained(item))}
    return sorted(
        readable if len(readable) >= _ENOUGH else telling,
        key=lambda item: (item not in readable, item.number not in explaining, item.number),
    )


def asks_only_for(topic: Topic, question: Question) -> bool:
    """Whether a question asks for a topic, by its whole name, and for nothing else about it.

    Example: (Topic('Ana Ruiz', Form.WHO), 'Que sait-on sur Ana Ruiz ?') -> True; 'Who is Ana?' -> False
    """
    return " ".join(words(topic.name)) in _asked_for(question.text, question.language)


@lru_cache(maxsize=256)
def _asked_for(question: str, language: str) -> frozenset[str]:
    """The names that a question may ask for and for nothing else, with and without the little words before them.

    Example: 'Qui est le Petit Prince ?' -> {'le petit prince', 'petit prince'}
    """
    asked = " ".join(words(question))
    before, patterns = _wordings(language)
    named = (found["name"] for pattern in patterns if (found := pattern.fullmatch(asked)))
    return frozenset(name for whole in named for name in _without(before, whole))


def _without(before: frozenset[str], name: str) -> Iterator[str]:
    """Example: {'le', 'de'}, 'de le monde' -> 'de le monde', 'le monde', 'monde'"""
    yield name
    first, _, rest = name.partition(" ")
    if rest and first in before:
        yield from _without(before, rest)


def _names(item: Evidence, name: str) -> bool:
    """Whether a sentence names something, and not as a part of another name, or is of the article with that title.

    Example: 'Paul' in 'Saint Paul est une ville.' -> False; in 'Chez Paul, on chante.' -> True
    """
    if name == item.article.title:
        return True
    found = re.search(rf"(?<![\w’'-]){re.escape(name)}(?![\w-])(?!\s[A-ZÀ-Þ])", item.text)
    if found is None or " " in name or item.article.language == "de":  # every German noun has a capital
        return found is not None
    before = re.search(r"\b([A-ZÀ-Þ][\w-]*)\s$", item.text[: found.start()])
    return before is None or zipf_frequency(before.group(1), item.article.language) >= _COMMON


@cache
def _wordings(language: str) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """The little words that may stand before a name, and the questions of a language, compiled once."""
    lists = tomllib.loads(_QUESTIONS.read_text(encoding="utf-8")).get(language, {"before": [], "questions": []})
    questions = (re.compile(question.replace("{name}", "(?P<name>.+?)")) for question in lists["questions"])
    return frozenset(lists["before"]), tuple(questions)
