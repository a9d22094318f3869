"""Files and folders -> articles, and the reasons where there are none."""

import os
import stat
from pathlib import Path

import pytest

from corpus.passages import split_passages
from corpus.reading import Failure, read_source
from corpus.types import Article

TEXT = "Le piano qui joue tout seul la nuit\n\nUn piano joue tout seul. Les voisins l'écoutent.\n"


def articles(path: Path) -> list[Article]:
    return [found for found in read_source(path) if isinstance(found, Article)]


def failures(path: Path) -> list[Failure]:
    return [found for found in read_source(path) if isinstance(found, Failure)]


def test_read_source_makes_an_article_of_a_plain_text(tmp_path: Path):
    path = tmp_path / "piano.txt"
    path.write_text(TEXT, "utf-8")

    (article,) = articles(path)

    assert article.id.startswith("piano-")
    assert article.title == "Le piano qui joue tout seul la nuit"
    assert article.language == "fr"
    assert articles(path) == [article]


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


def test_read_source_keeps_a_text_with_a_few_stray_controls(tmp_path: Path):
    (tmp_path / "nul.txt").write_bytes("Bon\x00jour à tous les élèves.".encode())

    assert articles(tmp_path)[0].text == "Bonjour à tous les élèves."


def test_read_source_cuts_ten_megabytes_without_a_space(tmp_path: Path):
    (tmp_path / "lang.txt").write_text("ß" * 5_000_000, "utf-8")

    (article,) = articles(tmp_path)

    assert max(len(passage.text) for passage in split_passages(article)) <= 10_000
