"""Articles about the same event: across languages and ages, and rather no pair than a false one."""

from datetime import date

import numpy as np
import pytest
from fakes import article_of

from corpus.types import Article, Audience, Kind
from rag.study.counterparts import Counterparts, is_same_event

_DAY = date(2025, 11, 20)
CHILD = article_of(
    "Breaking Rust chante, mais il n'existe pas.", id="fr-child", title="Le cow-boy Breaking Rust",
    audience=Audience.CHILD, published=_DAY,
)  # fmt: skip
ADULT = article_of(
    "Le titre de Breaking Rust est premier.", id="fr-adult", title="Breaking Rust numéro un", published=_DAY
)
GERMAN = article_of(
    "Das Lied von Breaking Rust steht oben.", id="de-adult", title="Breaking Rust singt nicht", language="de"
)
OTHER = article_of("Paul Trillo a fait un film sans caméra.", id="fr-other", title="Le film de Paul Trillo")
OPINION = article_of("Breaking Rust me plaît.", id="fr-opinion", title="Breaking Rust et moi", kind=Kind.OPINION)


def counterparts_of(*articles: Article, cosine: float = 0.95) -> Counterparts:
    """Articles whose beginnings all have this cosine with each other."""
    shared, own = np.sqrt(cosine), np.sqrt(1 - cosine)
    vectors = {
        article.id: np.concatenate([[shared], own * np.eye(len(articles))[place]]).astype(np.float32)
        for place, article in enumerate(articles)
    }
    return Counterparts(lambda: articles, lambda: vectors, lambda: 1)


def test_counterparts_lead_from_a_child_s_article_to_the_adults_one_and_back():
    known = counterparts_of(CHILD, ADULT, GERMAN, OTHER, OPINION)

    assert [each.article for each in known.deeper(CHILD)] == [ADULT, GERMAN]
    assert [each.article for each in known.simpler(ADULT)] == [CHILD]
    assert [each.article for each in known.of(GERMAN)] == [CHILD, ADULT]


def test_counterparts_pair_neither_opinions_nor_what_is_not_there():
    known = counterparts_of(CHILD, ADULT, OPINION)

    assert known.of(OPINION) == ()
    assert known.of(OTHER) == ()
    assert counterparts_of().of(CHILD) == ()


def test_counterparts_are_read_anew_when_the_articles_have_changed():
    articles, version = [CHILD, ADULT], [1]
    vector = np.ones(1, np.float32)
    known = Counterparts(lambda: articles, lambda: {each.id: vector for each in articles}, lambda: version[0])

    before = known.of(CHILD)
    articles.remove(ADULT)
    kept = known.of(CHILD)
    version[0] = 2

    assert len(before) == len(kept) == 1
    assert known.of(CHILD) == ()


@pytest.mark.parametrize(
    ("first", "second", "nearness", "same"),
    [
        (CHILD, ADULT, 0.93, True),
        (CHILD, ADULT, 0.89, False),
        (CHILD, GERMAN, 0.89, True),
        (CHILD, GERMAN, 0.86, False),
        (CHILD, OTHER, 0.97, False),
        (CHILD, article_of(ADULT.text, title=ADULT.title, published=date(2025, 6, 1)), 0.97, False),
        (
            article_of("Die Band spielt ihr Lied.", language="de", title="Das Lied der Band"),
            article_of("The Band sings, a Lied.", language="en", title="A Band"),
            0.97,
            False,
        ),
    ],
)
def test_is_same_event_needs_nearness_shared_names_and_the_same_weeks(
    first: Article, second: Article, nearness: float, same: bool
):
    assert is_same_event(first, second, nearness) == same
    assert is_same_event(second, first, nearness) == same
