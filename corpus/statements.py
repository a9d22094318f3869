"""A passage -> what is searched of it: all of it, and its sentences that state something. Knows no vectors."""

from functools import lru_cache

from corpus.lines import is_heading
from corpus.sentences import LONGEST, split_sentences
from corpus.types import Article, Passage, Sentence


def titled(passage: Passage, article: Article) -> str:
    """A passage under its article's title, which says what 'he' and 'it' are; thus it is embedded and searched."""
    return f"{article.title}\n{passage.text}"


def statements(passage: Passage, article: Article) -> list[Sentence]:
    """The sentences of a passage that state something, with their place in the article.

    No headings, no questions, and nothing without spaces that no model could read.
    """
    return [
        Sentence(sentence.text, passage.start + sentence.start, passage.start + sentence.end)
        for sentence in _stated(passage.text, article.language)
    ]


@lru_cache(2048)
def _stated(text: str, language: str) -> tuple[Sentence, ...]:
    """The same passages answer many questions: of a class, of the readers of an article."""
    return tuple(
        sentence
        for sentence in split_sentences(text, language)
        if not sentence.text.rstrip(" »”\"'*)").endswith("?")
        and not is_heading(sentence.text)
        and len(sentence.text) <= LONGEST
    )
