"""Ingests whose passages are embedded by other processes: the same as by one, and what becomes of those that die."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from ingest_workers import Dying, QuickEmbedder, Refusing, archive, gone, never_opened
from stored_articles import every_passage
from waiting import wait_until

from rag.errors import EmbedderFailed, ModelMissing, WorkersLost
from rag.index.embedding import Passages, embed
from rag.index.ingest import IngestReport, ingest
from rag.index.process_workers import ProcessWorkers
from rag.index.stored_vectors import Vectors
from rag.index.workspace import Workspace

TESTS = Path(__file__).parent


def kept(workspace: Workspace) -> list[tuple]:
    """All passages in their order, with their texts and vectors, and whether the index has as many."""
    entries = every_passage(workspace)
    vectors = dict(pair for ids, page in workspace.vectors.pages() for pair in zip(ids, page.tolist(), strict=True))
    assert workspace.index.count() == len(entries)
    return [(passage, article, vectors[passage.id]) for passage, article in entries]


def opened(home: Path) -> Workspace:
    return Workspace(home, QuickEmbedder())


@pytest.fixture(scope="module")
def two() -> Iterator[ProcessWorkers]:
    with ProcessWorkers(2, QuickEmbedder) as workers:
        yield workers


class Backwards:
    """Workers in this process that embed once somebody waits for a step, the last step first; `most` were under way."""

    passages_a_step = 3

    def __init__(self, at_once: int):
        self.at_once = at_once
        self.under_way: list[tuple[int, Passages, Awaited]] = []
        self.taken = 0
        self.given: list[int] = []
        self.most = 0

    def submit(self, passages: Passages) -> Future[list[Vectors]]:
        vectors = Awaited(self.give)
        self.under_way.append((self.taken, passages, vectors))
        self.taken += 1
        self.most = max(self.most, len(self.under_way))
        return vectors

    def give(self) -> None:
        number, passages, vectors = self.under_way.pop()
        self.given.append(number)
        vectors.set_result(embed(passages, QuickEmbedder()))


class Awaited(Future[list[Vectors]]):
    """Done when somebody waits for it, after all that comes before it."""

    def __init__(self, go_on: Callable[[], None]):
        super().__init__()
        self._go_on = go_on

    def result(self, timeout: float | None = None) -> list[Vectors]:
        while not self.done():
            self._go_on()
        return super().result(timeout)


def test_worker_processes_store_what_one_process_stores(two: ProcessWorkers, tmp_path: Path):
    articles = archive(60)
    with opened(tmp_path / "un") as alone, opened(tmp_path / "deux") as shared:
        told: list[int] = []
        first = ingest(articles, alone)
        second = ingest(articles, shared, told.append, workers=two)

        assert second == first
        assert first.passages > 2 * two.passages_a_step
        assert kept(shared) == kept(alone)
        assert sum(told) == first.passages and len(told) > 2


def test_worker_processes_embed_nothing_that_is_there_already(two: ProcessWorkers, tmp_path: Path):
    articles = archive(30)
    changed = replace(articles[4], text="La mairie a vendu ses vélos. Personne ne roule plus.")
    with opened(tmp_path / "données") as workspace:
        ingest(articles, workspace, workers=two)

        again = ingest(articles, workspace, workers=two)
        later = ingest([*articles[:4], changed, *articles[5:]], workspace, workers=two)

        assert again == IngestReport(0, 0, 30, 0, ())
        assert later == IngestReport(1, 1, 29, 0, ())


def test_steps_are_stored_in_their_order_whichever_is_embedded_first(tmp_path: Path):
    articles = archive(24)
    workers = Backwards(4)
    with opened(tmp_path / "un") as alone, opened(tmp_path / "autre") as shared:
        ingest(articles, alone)
        ingest(articles, shared, workers=workers)

        assert workers.given != sorted(workers.given)
        assert kept(shared) == kept(alone)


def test_no_more_steps_are_under_way_than_the_workers_take_at_once(tmp_path: Path):
    workers = Backwards(3)
    with opened(tmp_path / "données") as workspace:
        ingest(archive(40), workspace, workers=workers)

    assert workers.most == 4  # the one that is handed over then waits for the oldest


@pytest.mark.parametrize("at_once", [0, 1, 50])
def test_what_is_newest_and_what_is_a_copy_does_not_depend_on_how_much_is_under_way(tmp_path: Path, at_once: int):
    a, b, c, d = archive(4)
    copy = replace(a, id="copia", addresses=("autre.example/è",))
    sources = [
        a, b, copy,
        replace(c, id="copia", title="Non più copia"),  # which is one of its own after all
        replace(b, text=d.text, title="Corrigé"), replace(b, id="vieille"),  # a copy of what is no more
        d, replace(d, addresses=("demo.example/d2",)), replace(d, id="copia-d"),
        replace(d, id="copia-d", text="Autre chose. " * 9), a, replace(c, id="z"), replace(a, id="z"),
    ]  # fmt: skip
    with opened(tmp_path / "un") as alone, opened(tmp_path / "autre") as shared:
        for source in sources:
            ingest([source], alone)
        ingest(sources, shared, workers=Backwards(at_once))

        assert shared.record.articles() == alone.record.articles()
        assert sorted(passage.id for passage, *_ in kept(shared)) == sorted(passage.id for passage, *_ in kept(alone))
        assert shared.record.hashes(["copia", "copia-d", "vieille", "z"]) == alone.record.hashes(
            ["copia", "copia-d", "vieille", "z"]
        )


def test_what_a_dead_worker_had_is_embedded_by_another(tmp_path: Path):
    (tmp_path / "morts").mkdir()
    articles = archive(40)
    articles[7] = replace(articles[7], title="Un virus mortel")
    with ProcessWorkers(2, partial(Dying, tmp_path / "morts", 1)) as workers, opened(tmp_path / "données") as workspace:
        report = ingest(articles, workspace, workers=workers)

        assert len(list((tmp_path / "morts").iterdir())) == 1
        assert report.articles == len(workspace.record.articles()) == 40


def test_articles_that_kill_two_workers_end_the_ingest_and_the_next_one_goes_on(tmp_path: Path):
    (tmp_path / "morts").mkdir()
    articles = archive(60)
    articles[40] = replace(articles[40], title="Un virus mortel")
    with opened(tmp_path / "données") as workspace:
        lost = pytest.raises(WorkersLost, match=r"twice .* run the same command again")
        with ProcessWorkers(2, partial(Dying, tmp_path / "morts", 2)) as workers, lost:
            ingest(articles, workspace, workers=workers)
        stored = len(workspace.record.articles())
        with ProcessWorkers(2, partial(Dying, tmp_path / "morts", 2)) as workers:
            report = ingest(articles, workspace, workers=workers)

        assert 0 < stored <= 40
        assert report == IngestReport(60 - stored, len(kept(workspace)) - 3 * stored, stored, 0, ())


def test_error_of_an_embedder_reaches_the_owner_as_it_is(tmp_path: Path):
    refused = pytest.raises(EmbedderFailed, match=r"'http://127.0.0.1:9/v1' did not answer: nobody")
    with ProcessWorkers(2, Refusing) as workers, opened(tmp_path / "données") as workspace, refused:
        ingest(archive(3), workspace, workers=workers)


def test_workers_that_cannot_open_their_embedder_say_why():
    with pytest.raises(ModelMissing, match=r"'modèle-perdu' .* `actuclair models pull`"):
        ProcessWorkers(2, never_opened)


def test_workers_that_end_at_their_start_are_told_so():
    with pytest.raises(WorkersLost, match="before it could embed anything"):
        ProcessWorkers(1, gone)


def test_closing_workers_ends_their_processes_while_they_embed():
    workers = ProcessWorkers(2, partial(QuickEmbedder, 60.0))
    processes = [process._process for process in workers._processes]
    under_way = workers.submit([(passage, archive(1)[0]) for passage in _passages()])

    workers.close()

    assert [process.is_alive() for process in processes] == [False, False]
    assert isinstance(under_way.exception(), WorkersLost)


def test_workers_end_when_their_owner_is_killed(tmp_path: Path):
    paths = os.pathsep.join([str(TESTS), str(TESTS.parent)])
    owner = [sys.executable, str(TESTS / "killed_owner.py"), str(tmp_path / "données")]
    running = subprocess.Popen(owner, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": paths})
    assert running.stdout
    workers = [int(pid) for pid in running.stdout.readline().split()]
    stored = int(running.stdout.readline())

    running.kill()
    running.wait()
    running.stdout.read()  # which the workers hold open too: it ends with the last of them

    assert len(workers) == 2
    wait_until(lambda: not any(map(_is_alive, workers)))  # they let go of it a moment before they are gone
    with opened(tmp_path / "données") as workspace:
        there = len(workspace.record.articles())
        report = ingest(archive(80), workspace)
        assert len(kept(workspace)) >= stored
        assert (report.articles, report.unchanged) == (80 - there, there)
        assert 0 < there < 80


def _passages() -> Sequence:
    from corpus.passages import split_passages

    return split_passages(archive(1)[0])


def _is_alive(pid: int) -> bool:
    try:
        return "zombie" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_quick_embedder_gives_unit_vectors_that_tell_texts_apart():
    vectors = QuickEmbedder().embed_passages(["Été", "été", "Été"])

    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert np.array_equal(vectors[0], vectors[2]) and not np.array_equal(vectors[0], vectors[1])
