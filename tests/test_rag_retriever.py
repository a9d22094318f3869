"""Which passages are found first: by rare words, by a time or outlet that is named, newer news, a reranker."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from fakes import FakeEmbedder, article_of

from corpus.types import Article, Audience
from rag.assembly import open_retriever
from rag.errors import ModelUnusable
from rag.filters import Filters
from rag.finding.retriever import Retriever, Sources
from rag.index.ingest import ingest
from rag.index.workspace import Workspace
from rag.models.reranker import CrossEncoderReranker
from rag.models.sentence_vectors import SentenceVectors
from rag.types import Question, ReadingLevel

TODAY = date(2026, 11, 21)


class ShortestFirst:
    """Likes short texts."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        return [-float(len(text)) for text in texts]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "données", FakeEmbedder()) as opened:
        yield opened


def retriever_of(workspace: Workspace) -> Retriever:
    sources = Sources(workspace.index, workspace.record, workspace.candidates, workspace.words)
    return Retriever(sources, SentenceVectors(workspace.embedder), today=lambda: TODAY)


def found(workspace: Workspace, question: str, filters: Filters | None = None) -> list[str]:
    results = retriever_of(workspace).retrieve(Question(question, "fr"), 9, filters)
    return [result.article.id for result in results]


def news(id_: str, published: date | None, text: str = "Le robot chante à Lyon.", **changes: object) -> Article:
    return article_of(text, **{"id": id_, "title": f"Nouvelle {id_}", "published": published} | changes)


def test_newer_of_two_equal_articles_comes_first(workspace: Workspace):
    orders = ("Le robot chante à Lyon.", "À Lyon chante le robot.", "Le robot, à Lyon, chante.")
    days = (date(2025, 3, 1), date(2026, 11, 20), None)
    ingest((news(id_, day, text, title="Lyon") for id_, day, text in zip("abc", days, orders, strict=True)), workspace)

    assert found(workspace, "Où chante le robot ?")[0] == "b"


def test_question_that_names_a_time_finds_articles_of_then_only(workspace: Workspace):
    ingest([news("mars", date(2026, 3, 5)), news("novembre", date(2026, 11, 18))], workspace)

    assert found(workspace, "Où le robot chante-t-il en mars ?") == ["mars"]
    assert found(workspace, "Où chante le robot cette semaine ?") == ["novembre"]


def test_question_about_a_time_without_articles_finds_the_others(workspace: Workspace):
    ingest([news("mars", date(2026, 3, 5))], workspace)

    assert found(workspace, "Où chantait le robot en 2019 ?") == ["mars"]


def test_time_that_is_named_does_not_hide_an_article_that_fits_clearly_better(workspace: Workspace):
    other = news("autre", date(2025, 5, 5), text="La mairie vend du miel au marché.")
    ingest([news("robot", date(2026, 3, 5)), other], workspace)

    assert found(workspace, "Le robot chante à Lyon en 2025 ?")[0] == "robot"


def test_question_that_names_an_outlet_finds_its_articles(workspace: Workspace):
    ingest([news("a", None, outlet="Der Bote"), news("b", None, outlet="Le Petit Clair")], workspace)

    assert found(workspace, "Que dit Le Petit Clair du robot ?") == ["b"]


def test_filters_that_are_given_count_more_than_what_the_question_names(workspace: Workspace):
    ingest([news("a", date(2026, 3, 5)), news("b", date(2026, 11, 18), language="it")], workspace)

    assert found(workspace, "Où chante le robot en mars ?", Filters(language="it")) == ["b"]


def test_time_that_is_named_counts_within_the_filters_that_are_given(workspace: Workspace):
    ingest([news(id_, day) for id_, day in (("mars", date(2026, 3, 5)), ("novembre", date(2026, 11, 18)))], workspace)

    assert found(workspace, "Où chante le robot en mars ?", Filters(language="fr")) == ["mars"]
    assert found(workspace, "Où chante le robot en mars ?", Filters(since=date(2026, 11, 1))) == ["novembre"]


@pytest.mark.parametrize(("level", "first"), [("child", "b"), ("tween", "b"), ("teen", "a"), ("adult", "a")])
def test_children_s_article_comes_first_for_a_child_only(workspace: Workspace, level: str, first: str):
    day = date(2026, 11, 20)
    ingest(
        [
            news("a", day, "Le robot chante à Lyon.", title="Lyon"),
            news("b", date(2026, 11, 1), "À Lyon chante le robot.", title="Lyon", audience=Audience.CHILD),
        ],
        workspace,
    )

    question = Question("Où chante le robot ?", "fr", ReadingLevel(level))

    assert retriever_of(workspace).retrieve(question, 9)[0].article.id == first


def test_rare_words_of_the_question_find_what_its_vector_does_not(workspace: Workspace):
    many = [news(f"n{n}", None, text=f"Le robot chante à Lyon avec la chorale {n}.") for n in range(60)]
    rare = news("rare", None, text="Le robot est à Zanzibar. " + "On danse, on mange, on rit, on dort, on court. " * 6)
    ingest([*many, rare], workspace)

    assert found(workspace, "Le robot est-il à Zanzibar ?")[0] == "rare"


def test_sentences_know_what_they_share_with_a_question_in_whatever_language(workspace: Workspace):
    ingest(
        [news("fr", None, "Le robot chante. Ada danse."), news("it", None, "Il robot canta.", language="it")], workspace
    )

    passages = retriever_of(workspace).retrieve(Question("Le robot danse-t-il ?", "fr"), 9)

    shared = {sentence.text: sentence.shared for passage in passages for sentence in passage.sentences}
    assert 0 < shared["Le robot chante."] < 1 and 0 < shared["Ada danse."] < 1
    assert 0 < shared["Il robot canta."] < 1


def test_sentence_is_lifted_by_a_nearer_one_beside_it_and_by_none_farther(workspace: Workspace):
    ingest([news("it", None, "Il robot canta a Lione. Piove molto. Tutti dormono.", language="it")], workspace)

    (passage,) = retriever_of(workspace).retrieve(Question("Il robot canta a Lione?", "it"), 9)

    sings, rains, sleep = passage.sentences
    assert sings.lift == 0
    assert rains.lift == pytest.approx((sings.score - rains.score) / 2)
    assert sleep.lift < rains.lift


def test_reranker_orders_the_best_passages_anew(workspace: Workspace):
    ingest(
        [news("long", None, text="Le robot chante à Lyon, puis à Nice."), news("court", None, text="Robot.")], workspace
    )
    retriever = open_retriever(workspace, reranker=ShortestFirst())

    results = retriever.retrieve(Question("Le robot chante à Lyon, puis à Nice ?", "fr"), 2)

    assert [result.article.id for result in results] == ["court", "long"]


def test_reranker_does_not_lessen_how_many_passages_are_found(workspace: Workspace):
    ingest([news(f"n{n}", None, text=f"Robot {n * n} chante le morceau {n}.") for n in range(30)], workspace)
    retriever = open_retriever(workspace, reranker=ShortestFirst())

    assert len(retriever.retrieve(Question("Robot ?", "fr"), 25)) == 25


def test_reranker_that_is_no_model_is_told_with_what_to_do(tmp_path: Path):
    with pytest.raises(ModelUnusable, match="ACTUCLAIR_RERANKER"):
        CrossEncoderReranker(str(tmp_path))
