"""Record, index, ingest and workspace: what is kept, and what happens when it cannot be."""

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from fakes import FakeEmbedder, article_of

from corpus.feed_state import FeedState
from corpus.passages import split_passages
from corpus.reading import Failure
from corpus.types import Audience, Kind, Origin
from rag.assembly import open_retriever
from rag.database import Database
from rag.errors import (
    EmbedderMismatch,
    HomeInUse,
    IndexIncomplete,
    IndexNotBuilt,
    RecordDamaged,
    RecordOutdated,
    StorageFailed,
)
from rag.index import Index
from rag.ingest import IngestReport, ingest, reindex
from rag.record import Record
from rag.stored_vectors import Vectors
from rag.types import Question
from rag.workspace import Workspace

COWBOY = article_of("Le cow-boy n'existe pas. Une machine chante à sa place.", id="cowboy", title="Le cow-boy")
ROBOT = article_of("Il robot canta in città. I bambini ballano.", id="robot", title="Il robot", language="it")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "données", FakeEmbedder()) as opened:
        yield opened


def found(workspace: Workspace, question: str) -> list[tuple[str, float]]:
    retriever = open_retriever(workspace)
    return [(result.passage.id, round(result.score, 4)) for result in retriever.retrieve(Question(question, "fr"), 5)]


def stored(record: Record, *articles) -> list[str]:
    passages = [passage for article in articles for passage in split_passages(article)]
    return record.replace(articles, passages, [Vectors(np.ones(2), np.ones((1, 2)))] * len(passages), {})


def record_in(home: Path) -> Record:
    return Record(Database(home))


def test_record_gives_back_every_field_of_an_article(tmp_path: Path):
    article = article_of(
        "Ils dansent à l'école… « Génial ! »\nLéa : super", id="ü-1", title="Où ?", language="es", source="a/é.md",
        published=date(2025, 11, 21), outlet="Le Petit Clair", url="https://demo.example/é", audience=Audience.CHILD,
        kind=Kind.OPINION, licence="CC BY 4.0", comments_start=36, author="Zoë", updated=date(2025, 11, 22),
        addresses=("demo.example/é",), origins={"author": Origin.READ},
    )  # fmt: skip
    passages = split_passages(article)

    database = Database(tmp_path)
    stored(Record(database), article)
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


def test_index_finds_the_nearest_first_and_overwrites_known_ids(tmp_path: Path):
    index = Index(tmp_path, "modèle")
    index.add(["é", "b"], np.eye(2, 3, dtype=np.float32))

    index.add(["b"], np.array([[0.6, 0.8, 0]], np.float32))

    assert index.count() == 2
    assert [id_ for id_, _ in index.search(np.array([[0, 1, 0]], np.float32), 9)[0]] == ["b", "é"]
    assert index.search(np.array([[0, 1, 0]], np.float32), 1)[0][0][1] == pytest.approx(0.8, abs=1e-4)


def test_index_forgets_what_is_removed(tmp_path: Path):
    index = Index(tmp_path, "模型")
    index.add(["é", "b"], np.eye(2, dtype=np.float32))

    index.remove(["é", "jamais vu"])

    assert [id_ for id_, _ in index.search(np.array([[1, 0]], np.float32), 5)[0]] == ["b"]
    assert index.ids() == {"b"}


def test_index_keeps_the_vectors_of_embedders_apart(tmp_path: Path):
    first, second = Index(tmp_path, "petit"), Index(tmp_path, "größer")

    first.add(["é"], np.ones((1, 2), np.float32))

    assert second.count() == 0


def test_index_takes_more_vectors_than_one_call_of_chroma(tmp_path: Path):
    index = Index(tmp_path, "beaucoup")
    ids = [f"é{n}" for n in range(5001)]

    index.add(ids, np.random.default_rng(1).standard_normal((5001, 2)).astype(np.float32))
    full = index.count()
    index.remove(ids)

    assert (full, index.count()) == (5001, 0)


def test_index_reports_vectors_of_another_length_and_a_damaged_file_as_storage_failures(tmp_path: Path):
    index = Index(tmp_path, "modèle")
    index.add(["é"], np.ones((1, 2), np.float32))

    with pytest.raises(StorageFailed, match="dimension"):
        index.search(np.ones((1, 3), np.float32), 1)
    (tmp_path / "chroma.sqlite3").write_bytes(b"abime" * 10000)

    for use in (index.count, index.ids, lambda: index.remove(["é"]), lambda: index.add(["b"], np.ones((1, 2)))):
        with pytest.raises(StorageFailed):
            use()


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


def test_state_of_a_feed_is_given_back_as_it_was_noted_last(workspace: Workspace):
    first = FeedState("https://demo.example/è.xml", etag='W/"é"', seen=("a", "b"))
    last = replace(first, last_read=datetime(2026, 11, 21, 9, 30, tzinfo=UTC), failures=2, last_error="kaputt")

    workspace.feeds.note_feed(first)
    workspace.feeds.note_feed(last)

    assert workspace.feeds.feed_states() == {first.address: last}


def test_copy_of_an_article_is_kept_as_another_address_of_it(workspace: Workspace):
    original = article_of(COWBOY.text * 5, id="cowboy", title="Le cow-boy", addresses=("demo.example/cow",))
    copy = replace(original, id="copie", text=original.text + " Fin.", addresses=("andere.example/cow",))

    report = ingest([original, copy], workspace)
    again = ingest([copy, original], workspace)

    assert (report.articles, report.copies) == (1, 1)
    assert (again.unchanged, again.copies) == (2, 0)
    assert [(article.id, article.addresses) for article in workspace.record.articles()] == [
        ("cowboy", ("demo.example/cow", "andere.example/cow"))
    ]


def test_article_that_was_a_copy_is_one_of_its_own_once_it_says_something_else(workspace: Workspace):
    ingest([COWBOY, replace(COWBOY, id="copie")], workspace)

    report = ingest([replace(COWBOY, id="copie", text="La chèvre mange dans le jardin de la mairie.")], workspace)

    assert (report.articles, report.copies) == (1, 0)
    assert {article.id for article in workspace.record.articles()} == {"cowboy", "copie"}


def test_article_that_has_become_a_copy_leaves_search(workspace: Workspace):
    ingest([COWBOY, replace(ROBOT, id="copie")], workspace)

    ingest([replace(COWBOY, id="copie")], workspace)

    assert workspace.record.count_passages() == workspace.index.count() == 1


def test_same_article_from_another_address_is_not_embedded_again_and_keeps_both(workspace: Workspace):
    ingest([replace(COWBOY, addresses=("a.example/è",))], workspace)

    report = ingest([replace(COWBOY, addresses=("b.example/è",))], workspace)

    assert report.unchanged == 1
    assert workspace.record.articles()[0].addresses == ("a.example/è", "b.example/è")


def test_data_folder_of_another_version_is_refused_with_what_to_do(tmp_path: Path):
    sqlite3.connect(tmp_path / "record.sqlite").execute("CREATE TABLE articles (id)").connection.close()

    with pytest.raises(RecordOutdated, match="run `actuclair ingest`"):
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


def test_data_folder_whose_making_was_broken_off_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as broken:
        broken.setattr("rag.database._WORDS", ("CREATE VIRTUAL TABLE",))
        with pytest.raises(StorageFailed):
            Workspace(tmp_path, FakeEmbedder())

    with Workspace(tmp_path, FakeEmbedder()) as workspace:
        assert workspace.record.articles() == []


def test_workspace_frees_its_folder_when_only_a_part_of_the_record_is_damaged(tmp_path: Path):
    Workspace(tmp_path, FakeEmbedder()).close()
    with sqlite3.connect(tmp_path / "record.sqlite") as connection:
        connection.execute("DROP TABLE facts")
    connection.close()

    for _ in range(2):
        with pytest.raises(StorageFailed, match="facts"):
            Workspace(tmp_path, FakeEmbedder())


def test_copy_of_what_an_article_said_before_it_was_corrected_is_one_of_its_own(workspace: Workspace):
    ingest([COWBOY], workspace)
    corrected = replace(COWBOY, text="La mairie de Lyon a vendu son piano. Personne ne joue plus.")

    report = ingest([corrected, replace(COWBOY, id="copie")], workspace)

    assert (report.articles, report.copies) == (2, 0)
    assert {article.id for article in workspace.record.articles()} == {"cowboy", "copie"}


def test_copy_that_comes_with_a_corrected_article_is_still_known_as_its_copy(workspace: Workspace):
    ingest([COWBOY], workspace)
    corrected = replace(COWBOY, text="La mairie de Lyon a vendu son piano. Personne ne joue plus.")

    ingest([corrected, replace(corrected, id="copie")], workspace)
    again = ingest([replace(corrected, id="copie")], workspace)

    assert (again.unchanged, again.copies) == (1, 0)


def test_article_that_has_become_a_copy_keeps_all_its_addresses(workspace: Workspace):
    ingest([COWBOY, replace(ROBOT, id="b", addresses=("b.example/è",))], workspace)
    ingest([replace(ROBOT, id="b", addresses=("c.example/è",))], workspace)

    ingest([replace(COWBOY, id="b", addresses=("d.example/è",))], workspace)

    (left,) = workspace.record.articles()
    assert set(left.addresses) == {"b.example/è", "c.example/è", "d.example/è"}


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


def test_reindex_that_is_broken_off_is_told_until_it_is_done(workspace: Workspace):
    ingest([COWBOY], workspace)

    def fail(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reindex(workspace, fail)
    with pytest.raises(IndexIncomplete, match="`actuclair reindex`"):
        workspace.check_ready()
    reindex(workspace)

    workspace.check_ready()
