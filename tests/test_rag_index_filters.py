"""What the vector index finds among the articles that pass filters and those that were not removed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fakes import FakeEmbedder, article_of

from corpus.types import Audience, Kind
from rag.filters import Filters
from rag.index.ingest import ingest, remove
from rag.index.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "daten", FakeEmbedder()) as opened:
        yield opened


def test_removed_article_leaves_search_and_index(workspace: Workspace):
    ingest([article_of("Le robot chante.", id="a"), article_of("La lune dort.", id="b", title="Lune")], workspace)

    remove(["a"], workspace)

    assert workspace.index.count() == workspace.record.count_passages() == 1
    assert workspace.words.search("le robot chante", "fr", 5) == []


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(language="it"), {"it"}),
        (Filters(audience=Audience.CHILD), {"robot"}),
        (Filters(kind=Kind.OPINION), {"it"}),
        (Filters(outlet="le petit clair"), {"robot"}),
        (Filters(since=date(2025, 6, 1)), {"it"}),
        (Filters(until=date(2025, 6, 1)), {"robot"}),
        (Filters(articles=("it", "old")), {"it", "old"}),
        (Filters(articles=()), set()),
        (Filters(language="it", audience=Audience.CHILD), set()),
        (Filters(), {"it", "robot", "old"}),
    ],
)
def test_search_with_filters_finds_all_that_pass_and_nothing_else(
    workspace: Workspace, filters: Filters, expected: set[str]
):
    articles = [
        article_of("Le robot chante.", audience=Audience.CHILD, outlet="Le Petit Clair", published=date(2025, 1, 1)),
        article_of("Il robot canta.", id="it", language="it", kind=Kind.OPINION, published=date(2025, 11, 1)),
        article_of("Der Roboter singt.", id="old", language="de"),
    ]  # fmt: skip
    ingest(articles, workspace)

    found = workspace.index.search(workspace.embedder.embed_query("robot"), 3, filters)

    assert {id_.split(":")[0] for id_, _ in found} == expected
