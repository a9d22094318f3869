"""Files of JSON lines: one article a line, around lines that cannot be used."""

import json
from datetime import date
from pathlib import Path

import pytest

from corpus.reading import Failure, read_source
from corpus.types import Article


def articles(path: Path) -> list[Article]:
    return [found for found in read_source(path) if isinstance(found, Article)]


def jsonl(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return path


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


def test_read_source_takes_author_and_dates_of_lines(tmp_path: Path):
    line = {"text": "Il robot canta.", "author": "Zoë", "published": "2025-11-13", "updated": "2025-11-14T08:00:00Z"}

    (article,) = articles(jsonl(tmp_path / "righe.jsonl", line))

    assert (article.author, article.published, article.updated) == ("Zoë", date(2025, 11, 13), date(2025, 11, 14))
