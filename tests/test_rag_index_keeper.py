"""The vector index when its files are damaged: searches go on, and it is made again from the record."""

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from fakes import FakeEmbedder, article_of
from waiting import wait_until

from rag.errors import StorageFailed
from rag.filters import Filters
from rag.index.files import are_whole
from rag.index.ingest import ingest
from rag.index.workspace import Workspace

WORDS = ("robot", "città", "été", "Wolke", "niño", "song", "piano", "voix", "Mond", "pane", "river", "luz")
RANDOM = np.random.default_rng(7)
TEXTS = [" ".join(RANDOM.choice(WORDS, 6)) + f" {number}." for number in range(1200)]
QUESTIONS = [" ".join(RANDOM.choice(WORDS, 4)) for _ in range(100)]


def empty(file: Path) -> None:
    os.truncate(file, 0)


def halve(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("données")
    with Workspace(folder, FakeEmbedder()) as workspace:
        ingest((article_of(text, id=f"n{number}") for number, text in enumerate(TEXTS)), workspace)
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "daten", FakeEmbedder()) as opened:
        yield opened


def nearest(workspace: Workspace) -> list[list[str]]:
    embeddings = [workspace.embedder.embed_query(question) for question in QUESTIONS]
    return [[id_ for id_, _ in workspace.index.search(embedding, 5, Filters())] for embedding in embeddings]


def vector_files(home: Path) -> list[Path]:
    return sorted(file.relative_to(home) for file in (home / "vectors").rglob("*") if file.is_file())


def test_index_of_a_thousand_articles_is_kept_in_several_files_that_can_be_damaged(home: Path):
    assert {file.name for file in vector_files(home)} >= {"chroma.sqlite3", "data_level0.bin", "header.bin"}


@pytest.mark.parametrize("damage", [empty, halve, Path.unlink])
def test_search_gives_the_same_five_passages_after_any_of_its_files_was_damaged(
    home: Path, tmp_path: Path, damage: Callable[[Path], None]
):
    with Workspace(home, FakeEmbedder()) as workspace:
        expected = nearest(workspace)

    for number, file in enumerate(vector_files(home)):
        copy = tmp_path / str(number)
        shutil.copytree(home, copy)
        damage(copy / file)
        with Workspace(copy, FakeEmbedder()) as workspace:
            workspace.index.mend()
            assert workspace.index.is_sound
            assert nearest(workspace) == expected, file


def test_search_goes_on_by_comparing_every_vector_while_the_index_cannot_be_used(home: Path, tmp_path: Path):
    with Workspace(home, FakeEmbedder()) as workspace:
        expected = nearest(workspace)
    shutil.copytree(home, tmp_path / "kopie")
    (tmp_path / "kopie" / "vectors" / "chroma.sqlite3").write_bytes(b"kaputt" * 9999)

    with Workspace(tmp_path / "kopie", FakeEmbedder()) as workspace:
        assert not workspace.index.is_sound
        assert nearest(workspace) == expected


def test_probe_notices_vectors_that_are_gone_without_a_word(workspace: Workspace):
    ingest([article_of(f"Été numéro {n}.", id=f"é{n}") for n in range(50)], workspace)
    sound = workspace.index.probe()

    workspace.index.remove([id_ for id_ in workspace.record.passage_ids() if id_.startswith("é1")])

    assert sound
    assert not workspace.index.probe()


def test_probe_removes_vectors_that_no_passage_has(workspace: Workspace):
    ingest([article_of("Il robot canta.", language="it")], workspace)
    workspace.index.add(["fantasma"], workspace.embedder.embed_passages(["Il fantasma canta."]))

    assert workspace.index.probe()

    assert workspace.index.count() == 1


def test_index_that_was_made_again_is_the_one_that_is_opened_next(home: Path, tmp_path: Path):
    shutil.copytree(home, tmp_path / "neu")
    with Workspace(tmp_path / "neu", FakeEmbedder()) as workspace:
        workspace.index.rebuild()
        ingest([article_of("Das Klavier schläft.", id="klavier", language="de")], workspace)

    with Workspace(tmp_path / "neu", FakeEmbedder()) as workspace:
        assert workspace.index.probe()
        assert workspace.index.count() == len(TEXTS) + 1
    assert not (tmp_path / "neu" / "vectors").exists()


def test_index_that_cannot_be_made_again_leaves_searches_as_they_were_and_can_be_made_later(home: Path, tmp_path: Path):
    def fill_the_disk(_: int) -> None:
        raise StorageFailed(tmp_path, "disque plein")

    shutil.copytree(home, tmp_path / "plein")
    with Workspace(tmp_path / "plein", FakeEmbedder()) as workspace:
        expected = nearest(workspace)

        with pytest.raises(StorageFailed, match="disque plein"):
            workspace.index.rebuild(fill_the_disk)
        left = {path.name for path in (tmp_path / "plein").glob("vectors*/")}
        meanwhile = nearest(workspace)
        workspace.index.rebuild()

        assert left == {"vectors"}
        assert meanwhile == expected
        assert nearest(workspace) == expected
        assert workspace.index.probe()


def test_index_is_made_again_by_its_keeper_while_searches_go_on(home: Path, tmp_path: Path):
    shutil.copytree(home, tmp_path / "città")
    with Workspace(tmp_path / "città", FakeEmbedder()) as workspace:
        expected = nearest(workspace)
        workspace.index.remove(sorted(workspace.record.passage_ids())[::2])

        workspace.index.start()
        wait_until(lambda: {path.name for path in (tmp_path / "città").glob("vectors*/")} == {"vectors-1"})

        assert workspace.index.count() == len(TEXTS)
        assert nearest(workspace) == expected


def test_keeper_stops_in_the_middle_of_making_the_index_again(home: Path, tmp_path: Path):
    shutil.copytree(home, tmp_path / "kurz")
    shutil.rmtree(tmp_path / "kurz" / "vectors")
    workspace = Workspace(tmp_path / "kurz", FakeEmbedder())

    workspace.index.start()
    workspace.close()

    assert not [thread for thread in threading.enumerate() if thread.name == "index-keeper"]
    with Workspace(tmp_path / "kurz", FakeEmbedder()) as workspace:
        workspace.index.mend()
        assert workspace.index.count() == len(TEXTS)


def test_probe_waits_for_a_step_of_an_ingest_that_is_in_the_index_but_not_yet_in_the_record(workspace: Workspace):
    ingest([article_of("Il robot canta.", language="it")], workspace)
    probes = threading.Thread(target=workspace.index.probe)

    with workspace.index.changing:
        workspace.index.add(["neu:0-5:0"], workspace.embedder.embed_passages(["Neu."]))
        probes.start()
        probes.join(0.2)
        during = workspace.index.count()
    probes.join()

    assert (during, workspace.index.count()) == (2, 1)


def test_probe_that_cannot_read_the_record_leaves_the_index_in_use(home: Path, tmp_path: Path):
    shutil.copytree(home, tmp_path / "verrou")
    with Workspace(tmp_path / "verrou", FakeEmbedder()) as workspace:
        with sqlite3.connect(tmp_path / "verrou" / "record.sqlite") as connection:
            connection.execute("ALTER TABLE passages RENAME TO away")

        with pytest.raises(StorageFailed):
            workspace.index.probe()

        assert workspace.index.is_sound


@pytest.mark.parametrize("length", [0, 0.5, 0.999, None])
def test_vector_files_are_not_whole_when_one_is_shortened_or_gone(home: Path, tmp_path: Path, length: float | None):
    assert are_whole(home / "vectors")

    for number, file in enumerate(file for file in vector_files(home) if file.suffix == ".bin"):
        shutil.copytree(home, tmp_path / str(number))
        damaged = tmp_path / str(number) / file
        if length is None:
            damaged.unlink()
        else:
            os.truncate(damaged, int(length * damaged.stat().st_size))
        assert not are_whole(tmp_path / str(number) / "vectors"), file
