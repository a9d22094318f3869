from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.passages import PASSAGE_LENGTH, split_passages
from corpus.sentences import split_sentences
from corpus.types import Article, Kind

SENTENCES = [
    "Il robot canta una canzone triste nella sua stanza.",
    "Chi lo ha inventato?",
    "Surprise! 👩‍🎤",
    "Ça continue " * 30,
]
PARAGRAPHS = st.lists(
    st.lists(st.sampled_from([*SENTENCES, "x" * 700]), min_size=1, max_size=8).map(" ".join).map(str.strip),
    min_size=1,
    max_size=8,
)


def article_of(paragraphs: list[str], comments: list[str] | None = None) -> Article:
    text = "\n\n".join([*paragraphs, *(comments or [])])
    start = None if comments is None else len("\n\n".join(paragraphs)) + 2
    return Article(id="a", title="Il robot", text=text, language="it", source="a.txt", comments_start=start)


@given(PARAGRAPHS, st.none() | PARAGRAPHS)
def test_passages_cover_every_sentence_once(paragraphs: list[str], comments: list[str] | None):
    article = article_of(paragraphs, comments)

    passages = split_passages(article)

    inside = [s for passage in passages for s in split_sentences(passage.text, "it")]
    assert [s.text for s in inside] == [s.text for s in split_sentences(article.text, "it")]


@given(PARAGRAPHS, PARAGRAPHS)
def test_passages_are_exact_parts_of_the_article_that_cut_no_word(paragraphs: list[str], comments: list[str]):
    article = article_of(paragraphs, comments)

    passages = split_passages(article)

    for passage in passages:
        around = article.text[passage.start - 1 : passage.start] + article.text[passage.end : passage.end + 1]
        assert article.text[passage.start : passage.end] == passage.text
        assert not around.strip()


@given(PARAGRAPHS, PARAGRAPHS)
def test_passages_never_cross_into_the_comments(paragraphs: list[str], comments: list[str]):
    article = article_of(paragraphs, comments)

    passages = split_passages(article)

    border = article.comments_start or 0
    assert all((passage.start >= border) == (passage.kind is Kind.COMMENTS) for passage in passages)
    assert all(passage.end <= border or passage.start >= border for passage in passages)


@given(PARAGRAPHS)
def test_passages_are_no_longer_than_the_limit_unless_one_sentence_is(paragraphs: list[str]):
    passages = split_passages(article_of(paragraphs))

    assert all(len(p.text) <= PASSAGE_LENGTH or len(split_sentences(p.text, "it")) == 1 for p in passages)


@given(PARAGRAPHS)
def test_passages_have_ids_that_stay_and_differ(paragraphs: list[str]):
    article = article_of(paragraphs)

    ids = [passage.id for passage in split_passages(article)]

    assert ids == [passage.id for passage in split_passages(replace(article))]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("change", [{"title": "Die Maschine"}, {"text": "Il robot ride."}])
def test_passages_have_another_id_when_title_or_text_change(change: dict[str, str]):
    article = article_of(["Il robot canta."])

    changed = replace(article, **change)

    assert split_passages(article)[0].id != split_passages(changed)[0].id


def test_passages_of_a_comment_thread_are_all_comments():
    article = replace(article_of(["Mir gefällt das.", "Mir nicht."]), kind=Kind.COMMENTS, comments_start=0)

    assert {passage.kind for passage in split_passages(article)} == {Kind.COMMENTS}
