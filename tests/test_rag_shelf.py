"""Articles by where they appeared."""

from pathlib import Path

from site_visits import OneVector

from corpus.types import Article
from rag.index.ingest import ingest, remove
from rag.index.shelf import is_at
from rag.index.workspace import Workspace

SEA = "Il mare è calmo a Genova stasera. Le barche dormono nel porto vecchio."
ARTICLES = (
    Article("mare", "Il mare", SEA, "it", "", url="http://www.chiarino.example/mare?utm_source=x"),
    Article(
        "lune",
        "La lune",
        "La lune brille sur Lille chaque nuit d’été.",
        "fr",
        "",
        addresses=("https://clair.example/lune",),
    ),
)


def test_an_article_is_found_by_its_id_and_by_every_spelling_of_its_address(tmp_path: Path):
    with Workspace(tmp_path, OneVector()) as workspace:
        ingest(ARTICLES, workspace)

        for name in ("mare", "https://chiarino.example/mare", "http://www.chiarino.example/mare/#top"):
            found = workspace.shelf.find(name)
            assert found and found.id == "mare"
        assert workspace.shelf.find("https://chiarino.example/altro") is None
        assert workspace.shelf.find("https://clair.example/lune").language == "fr"  # type: ignore[union-attr]


def test_an_article_is_found_under_the_name_of_its_copy(tmp_path: Path):
    copy = Article("copia", "Il mare", SEA, "it", "", addresses=("https://altro.example/mare",))
    with Workspace(tmp_path, OneVector()) as workspace:
        ingest([*ARTICLES, copy], workspace)

        assert workspace.shelf.here(["copia", "none", "lune"]) == ("mare", "lune")
        assert workspace.shelf.at(["https://altro.example"]) == ("mare",)


def test_a_shelf_knows_what_has_changed(tmp_path: Path):
    with Workspace(tmp_path, OneVector()) as workspace:
        assert workspace.shelf.newest() == ()
        ingest(ARTICLES, workspace)
        assert set(workspace.shelf.newest()) == {"mare", "lune"}

        remove(["mare"], workspace)

        assert workspace.shelf.newest() == ("lune",)


def test_an_origin_is_the_whole_host():
    assert is_at(ARTICLES[0], ["https://chiarino.example"])
    assert not is_at(ARTICLES[0], ["https://chiarino.exam"])
    assert not is_at(ARTICLES[0], ["https://rino.example"])
    assert not is_at(ARTICLES[0], [])
