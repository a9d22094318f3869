"""The data folder: who may open it, and what is told when it cannot be opened or searched."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import FakeEmbedder
from stored_articles import COWBOY, ROBOT, found

from rag.errors import (
    EmbedderMismatch,
    HomeInUse,
    IndexNotBuilt,
    RecordOutdated,
    StorageFailed,
)
from rag.index.ingest import ingest
from rag.index.reindexing import reindex
from rag.index.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "données", FakeEmbedder()) as opened:
        yield opened


def test_workspace_refuses_another_embedder_until_it_reindexes(tmp_path: Path):
    with Workspace(tmp_path, FakeEmbedder("ältestes")) as first:
        ingest([COWBOY], first)

    with Workspace(tmp_path, FakeEmbedder("neues")) as second:
        with pytest.raises(EmbedderMismatch, match=r"ACTUCLAIR_EMBEDDER=ältestes.*`actuclair reindex`"):
            ingest([ROBOT], second)
        with pytest.raises(EmbedderMismatch):
            second.check_ready()
        reindex(second)
        second.check_ready()

        assert second.index.count() == 1


def test_workspace_tells_to_ingest_when_there_is_nothing_to_search(workspace: Workspace):
    with pytest.raises(IndexNotBuilt, match="`actuclair ingest corpus/articles`"):
        workspace.check_ready()


def test_workspace_is_free_after_it_is_closed(tmp_path: Path):
    first = Workspace(tmp_path, FakeEmbedder())
    with pytest.raises(HomeInUse, match=f"process {os.getpid()} "):
        Workspace(tmp_path, FakeEmbedder())

    first.close()

    Workspace(tmp_path, FakeEmbedder()).close()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[]", b"{}"])
def test_workspace_in_use_is_told_even_when_the_holder_is_not_known(tmp_path: Path, content: bytes):
    with Workspace(tmp_path, FakeEmbedder()):
        (tmp_path / "holder.json").write_bytes(content)

        with pytest.raises(HomeInUse, match="another process"):
            Workspace(tmp_path, FakeEmbedder())


def test_workspace_frees_its_folder_when_the_record_is_damaged(tmp_path: Path):
    (tmp_path / "record.sqlite").write_bytes("abîmé".encode() * 500)

    for _ in range(2):
        with pytest.raises(StorageFailed, match="actuclair doctor"):
            Workspace(tmp_path, FakeEmbedder())


def test_workspace_reports_a_folder_that_cannot_be_made(tmp_path: Path):
    (tmp_path / "fichier").write_text("pas un dossier")

    with pytest.raises(StorageFailed, match="fichier"):
        Workspace(tmp_path / "fichier" / "home", FakeEmbedder())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_workspace_reports_a_folder_that_cannot_be_written(tmp_path: Path):
    (tmp_path / "fermé").mkdir(mode=0o500)

    with pytest.raises(StorageFailed, match="fermé"):
        Workspace(tmp_path / "fermé", FakeEmbedder())


def test_data_folder_of_another_version_is_refused_with_what_to_do(tmp_path: Path):
    sqlite3.connect(tmp_path / "record.sqlite").execute("CREATE TABLE articles (id)").connection.close()

    with pytest.raises(RecordOutdated, match=r"Install that version.*new folder.*run `actuclair ingest`"):
        Workspace(tmp_path, FakeEmbedder())


def test_data_folder_is_opened_for_answers_while_another_program_holds_the_record(workspace: Workspace):
    ingest([COWBOY], workspace)
    workspace.close()
    holder = sqlite3.connect(workspace.home / "record.sqlite", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    with Workspace(workspace.home, FakeEmbedder()) as again:
        still = found(again, "Une machine chante")
    holder.close()

    assert still


def test_workspace_frees_its_folder_when_only_a_part_of_the_record_is_damaged(tmp_path: Path):
    Workspace(tmp_path, FakeEmbedder()).close()
    with sqlite3.connect(tmp_path / "record.sqlite") as connection:
        connection.execute("DROP TABLE facts")
    connection.close()

    for _ in range(2):
        with pytest.raises(StorageFailed, match="facts"):
            Workspace(tmp_path, FakeEmbedder())
