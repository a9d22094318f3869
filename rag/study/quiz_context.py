"""What stands beside an answer's evidence in the same news, to be asked about too. Knows articles, not questions."""

from collections.abc import Sequence

from corpus.sentences import split_sentences
from corpus.types import Article, Kind
from rag.checking.harmless import is_harmless
from rag.types import Evidence
from rag.words.voices import who_says

ON_NO_CARD = 0  # the number of a sentence that the answer does not cite
_MOST_BESIDE = 16  # sentences; about two of five can be asked about


def with_context(evidence: Sequence[Evidence], language: str) -> tuple[Evidence, ...]:
    """The evidence, best first, then sentences around it from its news in the reader's language, the nearest first.

    An answer cites two or three sentences: from these alone, 16 of 20 example questions had no quiz. With those around
    them 11 have none; these cite no news in the reader's language, but opinions, comments or other languages.
    """
    cited = sorted(evidence, key=lambda each: each.number)
    articles = {each.article.id: each.article for each in cited if each.article.language == language}
    beside = [
        (distance, item)
        for article in articles.values()
        if article.kind is Kind.NEWS
        for distance, item in _beside(article, [each.start for each in cited if each.article.id == article.id], cited)
    ]
    nearest = sorted(beside, key=lambda each: each[0])[:_MOST_BESIDE]
    return (*cited, *(item for _, item in nearest))


def _beside(article: Article, places: Sequence[int], cited: Sequence[Evidence]) -> list[tuple[int, Evidence]]:
    """The harmless sentences of an article that are not cited, with their distance in characters from one that is."""
    known = {each.text for each in cited}
    found = []
    for sentence in split_sentences(article.text[: article.comments_start], article.language):
        if sentence.text in known or not is_harmless(sentence.text):
            continue
        said = who_says(sentence.text, article.text[: sentence.start], article.kind, article.language)
        item = Evidence(
            ON_NO_CARD,
            sentence.text,
            sentence.start,
            sentence.end,
            article,
            article.kind,
            0.0,
            said.voice,
            said.speaker,
        )
        found.append((min(abs(sentence.start - place) for place in places), item))
    return found
