"""Ingests whose passages are embedded on a Ray cluster: the same as by one process, and what becomes of failures.

They share one Ray on this machine, which takes most of the time; the last test ends it.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from ingest_workers import Moody, QuickEmbedder, archive
from stored_articles import every_passage

from rag.errors import EmbedderFailed, RayFailed, WorkersLost
from rag.index.ingest import IngestReport, ingest
from rag.index.workspace import Workspace

pytest.importorskip("ray", reason="Ray is not installed: pip install -r requirements-ray.lock")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from rag.index.ray_workers import RayWorkers

    with RayWorkers("ray://local", partial(Moody, tmp_path_factory.mktemp("morts"))) as workers:
        yield workers


def opened(home: Path) -> Workspace:
    return Workspace(home, QuickEmbedder())


def test_cluster_stores_what_one_process_stores_though_a_worker_dies(cluster: Any, tmp_path: Path):
    articles = archive(60)
    articles[7] = replace(articles[7], title="Un virus mortel")
    with opened(tmp_path / "un") as alone, opened(tmp_path / "grappe") as shared:
        told: list[int] = []
        first = ingest(articles, alone)
        second = ingest(articles, shared, told.append, workers=cluster)
        again = ingest(articles, shared, workers=cluster)

        assert second == first and again == IngestReport(0, 0, 60, 0, ())
        assert every_passage(shared) == every_passage(alone)
        pages = [{id_: page.tobytes() for ids, page in each.vectors.pages() for id_ in ids} for each in (alone, shared)]
        assert pages[0] == pages[1]
        assert sum(told) == shared.index.count() == first.passages


def test_error_of_an_embedder_on_the_cluster_reaches_the_owner_as_it_is(cluster: Any, tmp_path: Path):
    articles = [replace(archive(1)[0], title="Testo interdit")]
    with opened(tmp_path / "données") as workspace, pytest.raises(EmbedderFailed, match="nobody answers there"):
        ingest(articles, workspace, workers=cluster)


@pytest.mark.parametrize(
    ("where", "reason"), [("ray://nulle-part.invalid", ""), ("ray://127.0.0.1:9", "refused"), ("ray://h:99999", "ort")]
)
def test_cluster_that_does_not_answer_is_told_with_what_to_do(where: str, reason: str):
    from rag.index.ray_workers import RayWorkers

    with pytest.raises(RayFailed, match=rf"'{where}' cannot be used: .*{reason}.*`ray start --head`"):
        RayWorkers(where, QuickEmbedder)


def test_nothing_is_told_to_those_who_make_ray(cluster: Any):
    import ray

    assert os.environ["RAY_USAGE_STATS_ENABLED"] == "0"
    assert not ray.worker.global_worker.node.address_info["webui_url"]


def test_articles_that_kill_two_workers_of_the_cluster_end_the_ingest(cluster: Any, tmp_path: Path):
    articles = archive(60)
    articles[50] = replace(articles[50], title="Il virus funeste")
    with opened(tmp_path / "données") as workspace:
        with pytest.raises(WorkersLost, match=r"twice over the same articles.* run the same command again"):
            ingest(articles, workspace, workers=cluster)
        with pytest.raises(WorkersLost):
            ingest(articles, workspace, workers=cluster)
