"""What every way in asks the rest for. Knows no page, no class and no model."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.types import Article
from rag.filters import Filters
from rag.study.study import Study
from rag.types import Answer, Event, EvidenceFound, Question, ReadingLevel

ExplainAgain = Callable[[Answer, EvidenceFound, ReadingLevel], Iterator[Event]]
Learn = Callable[[Answer], Study]


@dataclass(frozen=True)
class Library:
    """Answers, the same answers at another level, what helps to learn from them, and the articles."""

    explain: Callable[[Question, Filters, Sequence[Answer]], Iterator[Event]]
    explain_again: ExplainAgain
    learn: Learn
    articles: Callable[[], list[Article]]
    default_language: str
