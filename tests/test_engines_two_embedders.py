"""Vectors of two embedders over the same articles: each server finds all, and the old ones go when nobody uses them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from engines import Engine
from reindexed import UNUSED_S, ZEBRA, Turned, beside, first_found, names, shared_engine, tending
from stored_articles import COWBOY, ROBOT

from rag.errors import EmbedderMismatch
from rag.index.ingest import ingest
from rag.index.reindexing import reindex

pytest_plugins = ("engines",)


@pytest.fixture(params=["chroma server", "pgvector"])
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with shared_engine(request, request.param, tmp_path) as engine:
        yield engine


def test_servers_with_two_embedders_find_what_either_brings_in(shared: Engine):
    with shared.open() as old:
        ingest([ROBOT], old)
        with beside(shared, Turned()) as other:
            reindex(other)
        with shared.open(Turned()) as new:
            ingest([COWBOY], old)
            ingest([ZEBRA], new)
            for workspace in (old, new):
                tending(workspace, [0.0]).look()

            for workspace in (old, new):
                for question, id_ in (("Le cow-boy n'existe pas", "cowboy"), ("Das Zebra tanzt", "zebra")):
                    assert first_found(workspace, question) == id_
                assert workspace.index.probe()
                assert workspace.index.count() == 3


def test_old_vectors_are_kept_until_no_server_has_used_them_for_a_while(shared: Engine):
    clock = [0.0]
    with shared.open() as old:
        ingest([ROBOT], old)
        with beside(shared, Turned()) as other:
            reindex(other)
        with shared.open(Turned()) as new:
            looks = tending(new, clock)
            for now in (0.0, 10 * UNUSED_S):
                clock[0] = now
                looks.look()
            used = names(new)
            old.close()
            for now in (11 * UNUSED_S, 11.5 * UNUSED_S):
                clock[0] = now
                looks.look()
            kept_a_while = names(new)
            clock[0] = 13 * UNUSED_S
            looks.look()

            assert used == kept_a_while == [("mots-fictifs", True), ("größer", True)]
            assert names(new) == [("größer", True)]
            assert new.index.probe() and first_found(new, "Il robot canta") == "robot"
    with shared.open() as late, pytest.raises(EmbedderMismatch, match="ACTUCLAIR_EMBEDDER=größer"):
        late.check_ready()


def test_a_server_that_goes_back_to_the_old_embedder_deletes_nothing_of_the_newer(shared: Engine):
    clock = [0.0]
    with shared.open() as old:
        ingest([ROBOT], old)
    with beside(shared, Turned()) as other:
        reindex(other)

    with shared.open() as again:
        looks = tending(again, clock)
        for clock[0] in (0.0, 99 * UNUSED_S):
            looks.look()
        assert names(again) == [("mots-fictifs", True), ("größer", True)]


def folders(home: Path) -> set[str]:
    return {path.name for path in home.glob("vectors*/")}


def test_a_data_folder_keeps_one_index_in_the_end(tmp_path: Path):
    engine, clock = Engine(tmp_path), [0.0]
    with engine.open() as serving:
        ingest([ROBOT], serving)
        with beside(engine, Turned()) as other:
            reindex(other)
    with engine.open(Turned()) as restarted:
        looks = tending(restarted, clock)
        restarted.index.mend()
        for clock[0] in (0.0, 2 * UNUSED_S):
            looks.look()

        assert names(restarted) == [("größer", True)]
        assert folders(tmp_path) == {"vectors-1"}
