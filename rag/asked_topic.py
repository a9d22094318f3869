"""A question that asks for one thing by its name -> the evidence that tells about it. Knows no vectors.

"Who is Ana Ruiz?" is so short that nothing in an article is very near to it in meaning, and yet whoever sees the name
in a sentence can tell that it answers.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from rag.topics import Topic, explained, topics
from rag.types import Evidence, Question

_WORDS = Path(__file__).with_name("suggestion_words.toml")
_STEM_LETTERS = 5
_LEAST_LETTERS = 3


def tells_of(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence about the one thing that a question asks for, and for nothing else about it; [] for other questions.

    What the reader can read comes first, then what says who or what it is, then what only names it.

    Example: 'Qui est Ana Ruiz ?', ['Il pleut.', 'La chanteuse Ana Ruiz rit.'] -> ['La chanteuse Ana Ruiz rit.']
    """
    asked = {topic.name for item in evidence for topic in topics(item) if asks_only_for(topic, question)}
    telling = [item for item in evidence if any(_names(item, name) for name in asked)]
    readable = {item.number for item in telling if item.article.language == question.language}
    explaining = {item.number for item in telling if not asked.isdisjoint(explained(item))}
    return sorted(telling, key=lambda item: (item.number not in readable, item.number not in explaining, item.number))


def asks_only_for(topic: Topic, question: Question) -> bool:
    """Whether a question asks for a topic, and for nothing else about it.

    Example: (Topic('Ana Ruiz', Form.WHO), 'Que sait-on sur Ana Ruiz ?') -> True
    """
    asked = stems(question.text)
    named = stems(topic.name)
    return bool(named) and asked >= named and asked - named <= _asking(question.language)


def stems(text: str) -> set[str]:
    """Example: 'Les robots d’Ana' -> {'les', 'robot', 'ana'}"""
    return {word[:_STEM_LETTERS] for word in re.findall(r"\w+", text.casefold()) if len(word) >= _LEAST_LETTERS}


def _names(item: Evidence, name: str) -> bool:
    """Whether a sentence names something, or is of the article that has it for its title."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", item.text, re.IGNORECASE) is not None or (
        name == item.article.title
    )


@cache
def _asking(language: str) -> set[str]:
    """The stems of words by which a question only asks what there is."""
    words = tomllib.loads(_WORDS.read_text(encoding="utf-8")).get(language, {})
    return stems(" ".join(words.get("asking", ())))
