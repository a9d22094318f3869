"""Copies of an article: kept as another address of it, as long as they say the same."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeEmbedder, article_of
from stored_articles import COWBOY, ROBOT

from rag.index.ingest import ingest
from rag.index.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "données", FakeEmbedder()) as opened:
        yield opened


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
