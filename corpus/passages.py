"""An article -> its passages: whole sentences, paragraphs kept together. Knows sizes, not vectors."""

import hashlib

from corpus.lines import is_heading
from corpus.sentences import split_sentences
from corpus.types import Article, Kind, Passage, Sentence

PASSAGE_LENGTH = 600  # characters, about 150 tokens: small enough to be about one thing


def split_passages(article: Article) -> list[Passage]:
    """Passages that cover the article in order, none across the border to the readers' comments."""
    border = len(article.text) if article.comments_start is None else article.comments_start
    sentences = split_sentences(article.text, article.language)
    body = [sentence for sentence in sentences if sentence.start < border]
    comments = [sentence for sentence in sentences if sentence.start >= border]
    return _pack(article, body, article.kind) + _pack(article, comments, Kind.COMMENTS)


def _pack(article: Article, sentences: list[Sentence], kind: Kind) -> list[Passage]:
    """Fill passages sentence by sentence; a heading goes with what it heads."""
    groups: list[list[Sentence]] = []
    for sentence in sentences:
        if groups and sentence.end - groups[-1][0].start <= PASSAGE_LENGTH:
            groups[-1].append(sentence)
        elif groups and len(groups[-1]) > 1 and _heads(groups[-1][-1], sentence):
            groups.append([groups[-1].pop(), sentence])
        else:
            groups.append([sentence])
    return [_passage(article, group[0].start, group[-1].end, kind) for group in groups]


def _heads(last: Sentence, sentence: Sentence) -> bool:
    return is_heading(last.text) and sentence.end - last.start <= PASSAGE_LENGTH


def _passage(article: Article, start: int, end: int, kind: Kind) -> Passage:
    text = article.text[start:end]
    mark = hashlib.sha256(f"{article.title}\n{text}".encode()).hexdigest()[:8]
    return Passage(f"{article.id}:{start}-{end}:{mark}", article.id, text, start, end, kind)
