"""Ingest: what is embedded, replaced and counted, and what is left of an ingest that fails."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import FakeEmbedder, article_of
from stored_articles import COWBOY, ROBOT, found

from corpus.passages import split_passages
from corpus.reading import Failure
from rag.errors import StorageFailed
from rag.index.ingest import IngestReport, ingest
from rag.index.reindexing import reindex
from rag.index.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "données", FakeEmbedder()) as opened:
        yield opened


def test_ingest_counts_new_unchanged_changed_and_failed_sources(workspace: Workspace):
    failure = Failure("perdu.md", "il est vide")

    first = ingest([COWBOY, failure, ROBOT], workspace)
    second = ingest([COWBOY, article_of("Il robot dorme.", id="robot", language="it")], workspace)

    assert first == IngestReport(2, 2, 0, 0, (failure,))
    assert second == IngestReport(1, 1, 1, 0, ())


def test_ingest_does_not_embed_unchanged_articles_again(workspace: Workspace):
    ingest([COWBOY, ROBOT], workspace)
    assert isinstance(workspace.embedder, FakeEmbedder)
    workspace.embedder.embedded.clear()

    ingest(
        [COWBOY, article_of(ROBOT.text, id="robot", title="Il robot", language="it", source="altrove.md")], workspace
    )

    assert workspace.embedder.embedded == []


def test_ingest_embeds_passages_under_their_title_and_their_statements_alone(workspace: Workspace):
    ingest([ROBOT], workspace)

    assert isinstance(workspace.embedder, FakeEmbedder)
    assert workspace.embedder.embedded == [
        "Il robot\nIl robot canta in città. I bambini ballano.", "Il robot canta in città.", "I bambini ballano.",
    ]  # fmt: skip


def test_ingest_takes_the_old_passages_of_a_changed_article_out_of_search(workspace: Workspace):
    ingest([COWBOY, ROBOT], workspace)
    old = split_passages(COWBOY)[0].id

    ingest([article_of("La chèvre mange.", id="cowboy", title="Le cow-boy")], workspace)

    assert old not in dict(found(workspace, "Le cow-boy n'existe pas."))
    assert workspace.index.count() == workspace.record.count_passages() == 2


def test_ingest_keeps_the_last_of_two_articles_with_one_id(workspace: Workspace):
    later = article_of("Elle danse à Zürich.", id="cowboy")

    report = ingest([COWBOY, later], workspace)

    assert (report.articles, report.passages) == (1, 1)
    assert workspace.record.articles() == [later]
    assert workspace.index.count() == 1


def test_ingest_of_nothing_reports_nothing(workspace: Workspace):
    report = ingest([], workspace)

    assert report == IngestReport(0, 0, 0, 0, ())


def test_ingest_tells_its_progress_in_passages_over_several_steps(workspace: Workspace):
    steps: list[int] = []
    articles = [article_of(f"Così parlò il numero {n}.", id=f"numero-{n}", language="it") for n in range(300)]

    report = ingest(articles, workspace, steps.append)

    assert len(steps) == 2
    assert sum(steps) == report.passages == workspace.index.count() == 300


def test_ingest_keeps_the_steps_before_the_one_that_fails(workspace: Workspace):
    def sources() -> Iterator:
        yield from (article_of(f"Phrase d'été {n}.", id=f"été-{n}") for n in range(256))
        raise StorageFailed(workspace.home, "disque plein")

    with pytest.raises(StorageFailed, match="disque plein"):
        ingest(sources(), workspace)

    assert workspace.record.count_passages() == workspace.index.count() == 256


def test_search_ignores_vectors_without_a_recorded_passage(workspace: Workspace):
    ingest([ROBOT], workspace)
    workspace.index.add(["fantôme"], workspace.embedder.embed_passages(["Le fantôme chante."]))

    results = found(workspace, "Le fantôme chante.")

    assert [id_ for id_, _ in results] == [split_passages(ROBOT)[0].id]


def test_reindex_gives_the_same_search_results_and_drops_what_is_not_recorded(workspace: Workspace):
    ingest([COWBOY, ROBOT], workspace)
    before = found(workspace, "Chi canta in città?")
    workspace.index.add(["fantôme"], workspace.embedder.embed_passages(["Chi canta in città?"]))

    count = reindex(workspace)

    assert count == workspace.index.count() == 2
    assert found(workspace, "Chi canta in città?") == before


def test_record_that_another_program_holds_is_reported_and_answers_go_on(workspace: Workspace):
    ingest([COWBOY], workspace)
    holder = sqlite3.connect(workspace.home / "record.sqlite", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    with pytest.raises(StorageFailed, match="locked"):
        ingest([ROBOT], workspace)
    still = found(workspace, "Une machine chante")
    holder.execute("ROLLBACK")
    holder.close()
    ingest([ROBOT], workspace)

    assert still
    assert workspace.record.count_passages() == 2


def test_reindex_that_is_broken_off_changes_nothing(workspace: Workspace):
    ingest([COWBOY, ROBOT], workspace)
    before = found(workspace, "Chi canta in città?")

    def fail(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reindex(workspace, fail)
    workspace.check_ready()
    still, sets = found(workspace, "Chi canta in città?"), len(workspace.sets.all())
    reindex(workspace)

    assert still == before == found(workspace, "Chi canta in città?")
    assert (sets, len(workspace.sets.all())) == (2, 1)
    assert workspace.index.probe()
