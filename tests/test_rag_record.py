"""The record: every field of an article comes back, and what happens when it cannot be read or written."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from fakes import FakeEmbedder, article_of
from stored_articles import COWBOY, ROBOT

from corpus.feed_state import FeedState
from corpus.passages import split_passages
from corpus.types import Audience, Kind, Origin
from rag.databases.database import Database
from rag.errors import RecordDamaged, StorageFailed
from rag.index.record import Record
from rag.index.stored_vectors import Vectors
from rag.index.tables import RECORD
from rag.index.vector_sets import VectorSets
from rag.index.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "données", FakeEmbedder()) as opened:
        yield opened


def stored(record: Record, *articles) -> list[str]:
    passages = [passage for article in articles for passage in split_passages(article)]
    return record.replace(articles, passages, [Vectors(np.ones(2), np.ones((1, 2)))] * len(passages), {})


def record_in(home: Path) -> Record:
    return record_of(Database(RECORD, home))


def record_of(database: Database) -> Record:
    sets = VectorSets(database, "mots")
    sets.begin_first()
    return Record(database, sets)


def test_record_gives_back_every_field_of_an_article(tmp_path: Path):
    article = article_of(
        "Ils dansent à l'école… « Génial ! »\nLéa : super", id="ü-1", title="Où ?", language="es", source="a/é.md",
        published=date(2025, 11, 21), outlet="Le Petit Clair", url="https://demo.example/é", audience=Audience.CHILD,
        kind=Kind.OPINION, licence="CC BY 4.0", comments_start=36, author="Zoë", updated=date(2025, 11, 22),
        addresses=("demo.example/é",), origins={"author": Origin.READ},
    )  # fmt: skip
    passages = split_passages(article)

    database = Database(RECORD, tmp_path)
    stored(record_of(database), article)
    database.close()
    again = record_in(tmp_path)

    assert again.articles() == [article]
    assert again.passages([passage.id for passage in passages]) == {p.id: (p, article) for p in passages}
    assert {passage.kind for passage in passages} == {Kind.OPINION, Kind.COMMENTS}


def test_record_replaces_an_article_and_names_the_passages_that_are_gone(tmp_path: Path):
    record = record_in(tmp_path)
    stored(record, COWBOY, ROBOT)
    changed = article_of("Il n'a jamais existé.", id="cowboy", title="Le cow-boy")

    gone = stored(record, changed)

    assert gone == [passage.id for passage in split_passages(COWBOY)]
    assert record.passages(gone) == {}
    assert record.count_passages() == 2
    assert {article.id: article.text for article in record.articles()}["cowboy"] == changed.text


def test_record_lists_the_newest_article_first_and_undated_ones_last(tmp_path: Path):
    record = record_in(tmp_path)
    old, new = (article_of(id=f"année-{year}", published=date(year, 1, 1)) for year in (2024, 2025))

    stored(record, COWBOY, old, new)

    assert [article.id for article in record.articles()] == ["année-2025", "année-2024", "cowboy"]


def test_record_leaves_everything_as_it_was_when_a_step_fails(tmp_path: Path):
    record = record_in(tmp_path)
    stored(record, COWBOY)

    with pytest.raises(StorageFailed):
        stored(record, ROBOT, COWBOY, COWBOY)

    assert record.articles() == [COWBOY]


def test_record_reports_a_damaged_file_with_the_folder(tmp_path: Path):
    (tmp_path / "record.sqlite").write_bytes("déjà abîmé".encode() * 500)

    with pytest.raises(RecordDamaged, match=r"not a database.*`actuclair ingest`") as caught:
        record_in(tmp_path)

    assert str(tmp_path) in str(caught.value)


def test_record_works_with_more_ids_than_one_query_takes(tmp_path: Path):
    record = record_in(tmp_path)
    articles = [article_of(f"Phrase numéro {n}.", id=f"article-{n}") for n in range(1201)]

    stored(record, *articles)

    assert len(record.hashes([article.id for article in articles])) == 1201


def test_state_of_a_feed_is_given_back_as_it_was_noted_last(workspace: Workspace):
    first = FeedState("https://demo.example/è.xml", etag='W/"é"', seen=("a", "b"))
    last = replace(first, last_read=datetime(2026, 11, 21, 9, 30, tzinfo=UTC), failures=2, last_error="kaputt")

    workspace.feeds.note_feed(first)
    workspace.feeds.note_feed(last)

    assert workspace.feeds.feed_states() == {first.address: last}
