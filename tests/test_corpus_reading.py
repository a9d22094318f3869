import json
import os
import stat
import time
from datetime import date
from pathlib import Path

import pytest

from corpus.cleaning import clean
from corpus.errors import SourceUnreadable
from corpus.passages import split_passages
from corpus.reading import Failure, make_article, read_source
from corpus.types import Article, Audience, Kind, Origin

TEXT = "Le piano qui joue tout seul la nuit\n\nUn piano joue tout seul. Les voisins l'écoutent.\n"


def articles(path: Path) -> list[Article]:
    return [found for found in read_source(path) if isinstance(found, Article)]


def failures(path: Path) -> list[Failure]:
    return [found for found in read_source(path) if isinstance(found, Failure)]


def jsonl(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return path


def test_read_source_makes_an_article_of_a_plain_text(tmp_path: Path):
    path = tmp_path / "piano.txt"
    path.write_text(TEXT, "utf-8")

    (article,) = articles(path)

    assert article.id.startswith("piano-")
    assert article.title == "Le piano qui joue tout seul la nuit"
    assert article.language == "fr"
    assert articles(path) == [article]


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


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16", "utf-8-sig"])
def test_read_source_gets_accents_right_in_old_encodings(tmp_path: Path, encoding: str):
    path = tmp_path / "été.txt"
    path.write_bytes("Le garçon a créé un été à Noël pour sa mère.".encode(encoding))

    (article,) = articles(path)

    assert article.text == "Le garçon a créé un été à Noël pour sa mère."
    assert article.id.startswith("été-")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xef\xbb\xbf", "no text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        (b"\x00" * 99, "binary"),
        ("\u200b\u200b\n\u00ad".encode(), "no text"),
        (b"Das Klavier, das von allein spielt\n", "below the title 'Das Klavier, das von allein spielt'"),
    ],
)
def test_read_source_says_why_a_file_cannot_be_used_and_reads_the_others(tmp_path: Path, data: bytes, reason: str):
    (tmp_path / "a.txt").write_bytes(data)
    (tmp_path / "b.txt").write_text(TEXT, "utf-8")

    found = list(read_source(tmp_path))

    assert isinstance(found[0], Failure)
    assert found[0].source == str(tmp_path / "a.txt")
    assert reason in found[0].reason
    assert isinstance(found[1], Article)


def test_read_source_says_that_a_file_may_not_be_opened(tmp_path: Path):
    path = tmp_path / "chiuso.txt"
    path.write_text(TEXT, "utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user (root?) may open every file")

    (failure,) = failures(path)

    assert "Permission denied" in failure.reason


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nirgendwo.txt", "no such file or folder"),
        ("x" * 300 + ".txt", "too long"),
        ("nul\x00.txt", "cannot be opened"),
    ],
)
def test_read_source_says_that_a_path_leads_nowhere(tmp_path: Path, name: str, reason: str):
    (failure,) = read_source(tmp_path / name)

    assert isinstance(failure, Failure)
    assert reason in failure.reason


def test_read_source_says_that_a_folder_holds_nothing_for_it(tmp_path: Path):
    (tmp_path / "leeme.docx").write_bytes(b"PK")

    (failure,) = read_source(tmp_path)

    assert failure == Failure(str(tmp_path), "no file in this folder ends in .md, .txt, .html, .htm, .pdf, .jsonl")


def test_read_source_reads_a_folder_that_is_named_like_a_file(tmp_path: Path):
    (tmp_path / "x.txt").mkdir()
    (tmp_path / "x.txt" / "piano.TXT").write_text(TEXT, "utf-8")

    assert len(articles(tmp_path / "x.txt")) == 1
    assert len(articles(tmp_path)) == 1
    assert failures(tmp_path) == []


def test_read_source_does_not_follow_links_in_circles(tmp_path: Path):
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "ins_nichts.txt").symlink_to(tmp_path / "weg")
    (tmp_path / "folder").symlink_to(tmp_path)
    (tmp_path / "piano.txt").write_text(TEXT, "utf-8")

    assert len(articles(tmp_path)) == 1
    assert [Path(failure.source).name for failure in failures(tmp_path)] == ["ins_nichts.txt", "loop.txt"]
    assert "symbolic links" in failures(tmp_path / "loop.txt")[0].reason
    assert failures(tmp_path / "ins_nichts.txt")[0].reason == "the link leads nowhere"


def test_read_source_does_not_wait_for_a_pipe(tmp_path: Path):
    os.mkfifo(tmp_path / "tubo.txt")

    (failure,) = failures(tmp_path)

    assert stat.S_ISFIFO((tmp_path / "tubo.txt").stat().st_mode)
    assert failure.reason == "it is not a file but a device or a pipe"


def test_read_source_leaves_hidden_files_alone(tmp_path: Path):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "note.txt").write_text(TEXT, "utf-8")
    (tmp_path / "._piano.txt").write_bytes(b"\x00\x05\x16\x07")
    (tmp_path / "piano.txt").write_text(TEXT, "utf-8")

    assert [type(found) for found in read_source(tmp_path)] == [Article]


def test_read_source_tries_a_file_with_an_unknown_ending_as_text(tmp_path: Path):
    path = tmp_path / "piano.article"
    path.write_text(TEXT, "utf-8")

    assert articles(path)[0].language == "fr"


def test_read_source_gives_a_file_whose_name_is_no_utf_8_an_id_that_can_be_stored(tmp_path: Path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text(TEXT, "utf-8")

    (article,) = articles(path)

    assert article.id.encode().startswith(b"caf")
    assert article.source.encode()


def test_read_source_gives_namesakes_in_two_folders_different_ids(tmp_path: Path):
    for folder in ("uno", "due"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "piano.txt").write_text(TEXT, "utf-8")

    ids = {article.id for article in articles(tmp_path)}

    assert len(ids) == 2


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


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": ', "not valid JSON"),
        ("[1, 2]", "not a JSON object"),
        ("null", "not a JSON object"),
        ("9" * 5000, "not JSON that can be used"),
        ("[" * 100_000, "not JSON that can be used"),
        ('{"title": "Sans texte"}', "no text"),
        ('{"text": ["uno"]}', "text must be text"),
        ('{"text": true}', "text must be text"),
        ('{"text": "Ciao.", "id": {"a": 1}}', "id must be text"),
        ('{"text": "Ciao.", "audience": "kids"}', "audience 'kids'"),
        ('{"id": "1", "text": "Noch einmal."}', "already that of line 1"),
    ],
)
def test_read_source_reads_the_other_lines_around_a_bad_one(tmp_path: Path, line: str, reason: str):
    path = jsonl(tmp_path / "zeilen.jsonl", {"id": "1", "text": "Es singt."}, line, "", {"text": "Il chante."})

    found = list(read_source(path))

    assert [type(one) for one in found] == [Article, Failure, Article]
    assert isinstance(found[1], Failure)
    assert found[1].source == f"{path}:2"
    assert reason in found[1].reason


def test_read_source_takes_ids_numbers_and_tags_of_lines(tmp_path: Path):
    path = jsonl(
        tmp_path / "righe.jsonl",
        {"id": 0, "title": 1984, "text": "Il robot canta.", "language": "FRA", "source": "Il Giornale"},
        {"text": "Das Klavier spielt.", "language": None, "published": "2025-11-13T08:00:00Z"},
    )

    first, second = articles(path)

    assert (first.id, first.title, first.language, first.outlet) == ("0", "1984", "fr", "Il Giornale")
    assert second.id.startswith("righe-")
    assert second.id.endswith("-2")
    assert (second.language, second.published) == ("de", date(2025, 11, 13))


def test_read_source_reads_lines_with_windows_ends_and_a_mark(tmp_path: Path):
    path = tmp_path / "fenetre.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"text": "Il chante."}\r\n{"text": "Elle \\u0000rit."}\r\n')

    assert [article.text for article in articles(path)] == ["Il chante.", "Elle rit."]


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
    started = time.process_time()

    make_article("a", "a", clean("x" + piece * (100_000 // len(piece)) + "x"), {})

    assert time.process_time() - started < 10


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


def test_read_source_takes_author_and_dates_of_lines(tmp_path: Path):
    line = {"text": "Il robot canta.", "author": "Zoë", "published": "2025-11-13", "updated": "2025-11-14T08:00:00Z"}

    (article,) = articles(jsonl(tmp_path / "righe.jsonl", line))

    assert (article.author, article.published, article.updated) == ("Zoë", date(2025, 11, 13), date(2025, 11, 14))


def test_read_source_keeps_a_text_with_a_few_stray_controls(tmp_path: Path):
    (tmp_path / "nul.txt").write_bytes("Bon\x00jour à tous les élèves.".encode())

    assert articles(tmp_path)[0].text == "Bonjour à tous les élèves."


def test_read_source_cuts_ten_megabytes_without_a_space(tmp_path: Path):
    (tmp_path / "lang.txt").write_text("ß" * 5_000_000, "utf-8")

    (article,) = articles(tmp_path)

    assert max(len(passage.text) for passage in split_passages(article)) <= 10_000
