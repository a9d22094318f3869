"""What a text and the fields beside it make of an article, and how each was found."""

import time
from datetime import date
from pathlib import Path

import pytest

from corpus.cleaning import clean
from corpus.errors import SourceUnreadable
from corpus.reading import Failure, make_article, read_source
from corpus.types import Article, Audience, Kind, Origin


def articles(path: Path) -> list[Article]:
    return [found for found in read_source(path) if isinstance(found, Article)]


def test_read_source_makes_an_article_of_markdown_with_all_its_fields(tmp_path: Path):
    path = tmp_path / "klavier.md"
    path.write_text(
        "---\ntitle: Das Klavier\nlanguage: de-AT\npublished: 13. November 2025\noutlet: Die Zeitung\n"
        "url: https://example.org/k\naudience: Child\nkind: comments\nlicence: CC-BY-4.0\n---\nEs spielt allein.\n",
        "utf-8",
    )

    (article,) = articles(path)

    assert (article.title, article.language, article.published) == ("Das Klavier", "de", date(2025, 11, 13))
    assert (article.outlet, article.url, article.licence) == ("Die Zeitung", "https://example.org/k", "CC-BY-4.0")
    assert (article.audience, article.kind, article.comments_start) == (Audience.CHILD, Kind.COMMENTS, 0)


@pytest.mark.parametrize(
    ("front", "words"),
    [
        ("audience: enfants", ["audience 'enfants'", "child, teen, adult"]),
        ("kind: commento", ["kind 'commento'", "news, opinion, comments"]),
        ("published: ayer", ["published 'ayer'", "2026-01-31"]),
        ("published: 2025-13-45", ["published '2025-13-45'"]),
        ("language: klingon", ["language 'klingon'", "fr, en, it, es, de"]),
        ("title: [a, b]", ["title must be text", "['a', 'b']"]),
        ("- uno", ["front matter"]),
        ("title: 'a", ["YAML"]),
    ],
)
def test_read_source_names_the_value_of_a_field_and_what_is_allowed(tmp_path: Path, front: str, words: list[str]):
    (tmp_path / "a.md").write_text(f"---\n{front}\n---\nEl piano toca solo.", "utf-8")
    (tmp_path / "b.md").write_text("El piano toca solo de noche.", "utf-8")

    found = list(read_source(tmp_path))

    assert isinstance(found[0], Failure)
    assert [word for word in words if word not in found[0].reason] == []
    assert isinstance(found[1], Article)


@pytest.mark.parametrize("tag", ["fr-FR", "FRA", "french", "Français"])
def test_make_article_understands_how_a_language_is_written(tag: str):
    article = make_article("a", "a", "Il chante.", {"language": tag})

    assert article.language == "fr"


def test_make_article_puts_a_title_of_two_lines_on_one():
    article = make_article("a", "a", "Er singt.", {"title": "Der\n  Roboter"})

    assert article.title == "Der Roboter"


def test_make_article_refuses_an_empty_text():
    with pytest.raises(SourceUnreadable, match="no text"):
        make_article("vacío.txt", "a", "", {})


@pytest.mark.parametrize(
    "piece",
    [
        " ",
        "é",
        "«",
        "“",
        "(© ",
        "![",
        "[a](",
        "`",
        "*a ",
        "_",
        "<",
        "- ",
        "\n",
        "? ",
        "a\n",
        "2025 ",
        "¿Qué opináis?\n",
    ],
)
def test_make_article_is_soon_done_with_a_long_text_of_one_piece(piece: str):
    started = time.thread_time()

    make_article("a", "a", clean("x" + piece * (100_000 // len(piece)) + "x"), {})

    assert time.thread_time() - started < 10


def test_read_source_tells_how_each_property_was_found(tmp_path: Path):
    (tmp_path / "klavier.md").write_text(
        "---\nauthor: Jürgen Groß\npublished: 2025-11-13\nupdated: 14. November 2025\naudience: teen\n"
        "url: http://www.zeitung.example/klavier/?utm_source=x\n---\n"
        "Das Klavier spielt heute allein\n\nNiemand hört zu.",
        "utf-8",
    )

    (article,) = articles(tmp_path)

    assert (article.author, article.updated) == ("Jürgen Groß", date(2025, 11, 14))
    assert article.addresses == ("https://zeitung.example/klavier",)
    assert {name for name, origin in article.origins.items() if origin is Origin.GIVEN} == {
        "author", "published", "updated", "audience", "url",
    }  # fmt: skip
    assert {name: article.origins[name] for name in ("title", "language")} == {
        "title": Origin.READ, "language": Origin.GUESSED,
    }  # fmt: skip
    assert set(article.origins) == {"author", "published", "updated", "audience", "url", "title", "language"}


def test_read_source_tells_that_a_date_was_read_and_a_title_and_an_opinion_guessed(tmp_path: Path):
    path = tmp_path / "avis.txt"
    path.write_text("3 mars 2026\n\nJe trouve cela triste. Mon piano ne ment pas, moi je l'aime.", "utf-8")

    (article,) = articles(path)

    assert article.kind is Kind.OPINION
    assert article.origins == {
        "kind": Origin.GUESSED, "language": Origin.GUESSED, "published": Origin.READ, "title": Origin.GUESSED,
    }  # fmt: skip
