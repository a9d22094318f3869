"""All articles embedded again while servers answer: no search fails, nothing is lost, no half of it is ever used."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from engines import Engine
from fakes import FakeEmbedder, article_of
from killing import killed_at
from reindexed import UNUSED_S, ZEBRA, Turned, beside, first_found, names, shared_engine, tending
from stored_articles import COWBOY, ROBOT, found
from waiting import wait_until

from rag.errors import EmbedderMismatch, ReindexUnderWay
from rag.index.ingest import ingest, remove
from rag.index.reindexing import reindex
from rag.index.workspace import Workspace
from rag.models.embedder import ChangeableEmbedder

pytest_plugins = ("engines",)
WORDS = (
    "robot", "canta", "città", "bambini", "cow-boy", "machine", "place", "zebra", "Klavier", "été", "niño", "luz",
    "Mond",
)  # fmt: skip
RANDOM = np.random.default_rng(3)
ARTICLES = [  # with words of the others: Chroma misses what is near nothing, now and then
    article_of(" ".join(RANDOM.choice(WORDS, 7)) + f" {n}.", id=f"n{n}", language="it") for n in range(300)
]


class Endpoint(Turned, ChangeableEmbedder):
    """One whose model may become another."""


@pytest.fixture(params=["sqlite, chroma", "postgres, chroma", "postgres, chroma server", "postgres, pgvector"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with ExitStack() as opened:
        if request.param == "sqlite, chroma":
            yield Engine(tmp_path / "données")
        elif request.param == "postgres, chroma":
            cluster = request.getfixturevalue("postgres")
            yield Engine(tmp_path / "données", opened.enter_context(cluster.database()))
        else:
            yield opened.enter_context(shared_engine(request, request.param.removeprefix("postgres, "), tmp_path))


@contextmanager
def searching(workspace: Workspace) -> Iterator[list[str]]:
    """Search without a pause; gives what was found first, each time, or what went wrong."""
    told: list[str] = []
    ended = threading.Event()

    def search() -> None:
        while not ended.is_set():
            try:
                told.append(found(workspace, "Il robot canta in città")[0][0].split(":")[0])
            except Exception as error:  # noqa: BLE001  told by the test
                told.append(repr(error))

    searches = threading.Thread(target=search)
    searches.start()
    try:
        wait_until(lambda: told)
        yield told
        so_far = len(told)
        wait_until(lambda: len(told) > so_far + 1)  # one that began after all was done
    finally:
        ended.set()
        searches.join()


def nobody_embeds(workspace: Workspace) -> bool:
    try:
        with workspace.reindexing():
            return True
    except ReindexUnderWay:
        return False


def test_searches_go_on_with_the_old_embedder_while_another_takes_in_all_that_comes_changes_and_goes(engine: Engine):
    with engine.open() as serving:
        ingest([ROBOT, COWBOY, *ARTICLES], serving)
        steps = iter(("in", "changed"))

        def meanwhile(passages: int) -> None:
            match passages and next(steps, ""):
                case "in":
                    ingest([ZEBRA], serving)
                case "changed":
                    ingest([replace(COWBOY, text="Le zèbre danse sur la lune.")], serving)
                    remove(["n7"], serving)

        with beside(engine, Turned()) as other, searching(serving) as told:
            count = reindex(other, meanwhile)
            assert names(other) == [("mots-fictifs", True), ("größer", True)]
        ingest([replace(ARTICLES[8], text="Zebra, città, luz: ein Schluss.")], serving)
        still = first_found(serving, "Das Zebra tanzt")

    assert len(told) > 1 and set(told) == {"robot"}
    assert (count, still) == (302, "zebra")
    with engine.open(Turned()) as restarted:
        tending(restarted, [0.0]).look()
        restarted.index.mend()
        assert first_found(restarted, "Das Zebra tanzt auf dem Klavier") == "zebra"
        assert first_found(restarted, "Le zèbre danse sur la lune") == "cowboy"
        assert first_found(restarted, "Zebra, città, luz: ein Schluss") == "n8"
        assert "n7" not in {id_.split(":")[0] for id_, _ in found(restarted, ARTICLES[7].text)}
        assert restarted.index.probe()
        assert restarted.index.count() == restarted.record.count_passages() == 302


@pytest.mark.parametrize("was_made_again", [False, True])
def test_a_server_with_the_same_embedder_uses_the_new_vectors_without_a_restart(engine: Engine, was_made_again: bool):
    clock = [0.0]
    with engine.open() as serving:
        ingest([ROBOT, COWBOY, *ARTICLES[:20]], serving)
        if was_made_again:
            serving.index.rebuild()
    with engine.open() as serving:
        looks = tending(serving, clock)
        with searching(serving) as told:
            with beside(engine, FakeEmbedder()) as other:
                reindex(other)
            looks.look()
            serving.index.mend()
            ingest([ZEBRA], serving)
            for clock[0] in (UNUSED_S, 3 * UNUSED_S):
                looks.look()

        assert len(told) > 1 and set(told) == {"robot"}
        assert [each.number for each in serving.sets.all()] == [2]
        assert serving.index.is_sound and serving.index.probe()
        assert serving.index.count() == 23
        assert first_found(serving, "Das Zebra tanzt") == "zebra"


def test_what_a_server_with_another_embedder_brought_in_makes_older_answers_old_here(engine: Engine):
    with engine.open() as serving:
        ingest([ROBOT], serving)
    with beside(engine, Turned("größer")) as other:
        reindex(other)
    with engine.open() as serving:
        ingest([ZEBRA], serving)

    with engine.open(Turned("größer")) as restarted:
        before = restarted.record.version()
        tending(restarted, [0.0]).look()

        assert restarted.record.version() > before
        assert first_found(restarted, "Das Zebra tanzt") == "zebra"


def test_killed_at_any_statement_it_leaves_the_old_vectors_in_use_and_goes_on_when_it_is_run_again(engine: Engine):
    with engine.open() as serving:
        ingest([ROBOT, COWBOY], serving)
    statement, is_killed = 1, True
    while is_killed:
        embedder = Turned(f"größer {statement}")

        def run(embedder: FakeEmbedder = embedder) -> None:
            with beside(engine, embedder) as other:
                reindex(other)

        is_killed = killed_at(statement, run)
        with engine.open() as serving:
            assert (first_found(serving, "Il robot canta"), serving.index.probe()) == ("robot", True), statement
            wait_until(lambda serving=serving: nobody_embeds(serving))  # a database misses a process a moment later
        run()
        with engine.open(embedder) as restarted:
            restarted.index.mend()
            assert first_found(restarted, "Il robot canta") == "robot", statement
            assert restarted.index.count() == restarted.vectors.count() == 2, statement
            assert all(each.is_complete for each in restarted.sets.all())
        statement += 7

    assert statement > 35


def test_what_an_earlier_try_has_embedded_is_not_embedded_again(engine: Engine):
    def interrupt(passages: int) -> None:
        if passages:
            raise KeyboardInterrupt

    with engine.open() as serving:
        ingest(ARTICLES, serving)
    with beside(engine, Turned()) as other, pytest.raises(KeyboardInterrupt):
        reindex(other, interrupt)
    with beside(engine, Turned()) as other, pytest.raises(EmbedderMismatch, match="mots-fictifs"):
        other.check_ready()
    heard: list[int] = []

    with beside(engine, embedder := Turned()) as other:
        reindex(other, heard.append)

    assert heard == [256, 44]
    assert len(embedder.embedded) == 2 * 44  # each passage has one statement


def test_what_another_model_of_the_same_name_has_begun_is_begun_anew(engine: Engine):
    def interrupt(passages: int) -> None:
        if passages:
            raise KeyboardInterrupt

    with engine.open() as serving:
        ingest([ROBOT, *ARTICLES], serving)
    with beside(engine, Endpoint()) as other, pytest.raises(KeyboardInterrupt):
        reindex(other, interrupt)

    with beside(engine, Endpoint(turned=9)) as other:
        reindex(other)

    with engine.open(Endpoint(turned=9)) as restarted:
        restarted.check_ready()
        assert first_found(restarted, "Il robot canta in città") == "robot"
        assert names(restarted) == [("mots-fictifs", True), ("größer", True)]


def test_a_set_that_a_server_is_deleting_is_not_gone_on_with(engine: Engine):
    with engine.open() as serving:
        ingest([ROBOT, COWBOY], serving)
    with beside(engine, Turned()) as other:
        reindex(other)
        with other.database.change() as connection:  # as its first step does
            connection.exec_driver_sql("UPDATE vector_sets SET is_complete = FALSE WHERE number = 1")

    with beside(engine, FakeEmbedder()) as again:
        reindex(again)

        assert [(each.number, each.embedder) for each in again.sets.all()] == [(2, "größer"), (3, "mots-fictifs")]
        assert again.vectors.count() == 2


def test_two_do_not_embed_all_articles_at_once(engine: Engine):
    with engine.open() as serving:
        ingest([ROBOT], serving)

    def second(_: int) -> None:
        with beside(engine, Turned("più grande")) as other, pytest.raises(ReindexUnderWay, match="actuclair reindex"):
            reindex(other)
        seen.append(True)

    seen: list[bool] = []
    with beside(engine, Turned()) as first:
        reindex(first, second)

    assert seen
