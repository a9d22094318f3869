"""The version of the articles: it grows with every change of what they say, and with nothing else."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeEmbedder, article_of

from rag.databases.database import Database
from rag.errors import StorageFailed
from rag.index.ingest import ingest
from rag.index.record import Record
from rag.index.tables import RECORD
from rag.index.vector_sets import VectorSets
from rag.index.workspace import Workspace

COWBOY = article_of("Le cow-boy n'existe pas. Une machine chante à sa place.", id="cowboy", title="Le cow-boy")
ROBOT = article_of("Il robot canta in città. I bambini ballano.", id="robot", title="Il robot", language="it")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "données", FakeEmbedder()) as opened:
        yield opened


def test_version_grows_when_articles_come_change_and_go(workspace: Workspace):
    record, versions = workspace.record, [workspace.record.version()]

    ingest([COWBOY], workspace)
    versions.append(record.version())
    ingest([ROBOT], workspace)
    versions.append(record.version())
    ingest([replace(ROBOT, text="Il robot tace.")], workspace)
    versions.append(record.version())
    record.remove(["cowboy"])
    versions.append(record.version())

    assert versions == sorted(set(versions))


def test_version_stays_when_nothing_changes(workspace: Workspace):
    ingest([COWBOY, ROBOT], workspace)
    before = workspace.record.version()

    ingest([COWBOY, replace(ROBOT, source="altrove.md")], workspace)
    workspace.record.remove(["jamais vu"])

    assert workspace.record.version() == before


def test_version_stays_when_only_addresses_are_noted(workspace: Workspace):
    ingest([COWBOY, ROBOT], workspace)
    before = workspace.record.version()

    workspace.record.note_addresses(replace(COWBOY, addresses=("demo.example/à-côté",)))
    workspace.record.note_copy(replace(COWBOY, id="copie", addresses=("demo.example/copie",)), "cowboy")

    assert workspace.record.version() == before


def test_version_grows_when_an_article_becomes_a_copy(workspace: Workspace):
    ingest([COWBOY, ROBOT], workspace)
    before = workspace.record.version()

    workspace.record.note_copy(replace(COWBOY, id="robot"), "cowboy")

    assert workspace.record.version() > before


def record_of(database: Database) -> Record:
    return Record(database, VectorSets(database, "mots"))


def test_version_survives_a_restart_and_begins_in_a_folder_that_has_none(tmp_path: Path):
    database = Database(RECORD, tmp_path)
    first = record_of(database).version()
    record_of(database).replace([COWBOY], [], [], {})
    database.close()

    assert (first, record_of(Database(RECORD, tmp_path)).version()) == (0, 1)


def test_version_stays_when_a_change_fails(tmp_path: Path):
    record = record_of(Database(RECORD, tmp_path))
    record.replace([COWBOY], [], [], {})

    with pytest.raises(StorageFailed):
        record.replace([COWBOY, ROBOT, ROBOT], [], [], {})

    assert record.version() == 1


def test_version_costs_less_than_a_millisecond(tmp_path: Path):
    record = record_of(Database(RECORD, tmp_path))
    record.replace([COWBOY], [], [], {})

    seconds = []
    for _ in range(50):
        started = time.perf_counter()
        record.version()
        seconds.append(time.perf_counter() - started)

    assert min(seconds) < 0.001
