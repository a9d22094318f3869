import random
from datetime import date
from pathlib import Path

import pytest
from documents import pdf

from corpus.errors import SourceUnreadable
from corpus.pdf import read_pdf
from corpus.reading import read_source
from corpus.types import Article, Origin

LINES = [
    "Le robot chante à l'école", "Un robot chante dans une école de la ville depuis le début de",
    "l'année. Les élèves l'écoutent tous les matins avant la classe.", "3",
]  # fmt: skip
METADATA = {"/Title": "Le robot chante à l'école", "/Author": "Zoé", "/CreationDate": "D:20251120080000+01'00'"}


def test_read_source_makes_an_article_of_a_pdf(tmp_path: Path):
    (tmp_path / "école.pdf").write_bytes(pdf(LINES, METADATA))

    (article,) = read_source(tmp_path)

    assert isinstance(article, Article)
    assert (article.title, article.author, article.published) == (
        "Le robot chante à l'école",
        "Zoé",
        date(2025, 11, 20),
    )
    assert article.text.startswith("Un robot chante dans une école de la ville depuis le début de l'année.")
    assert article.text.endswith("avant la classe.")
    assert article.origins["published"] is Origin.READ


def test_read_pdf_does_not_take_a_file_name_for_a_title():
    assert read_pdf("a", pdf(LINES, {"/Title": "Microsoft Word - brouillon.docx"})).read["title"] == ""
    assert read_pdf("a", pdf(LINES, {"/Title": "scan_0001.tif"})).read["title"] == ""


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf(LINES, password="clé"), "encrypted"),
        (pdf([]), "OCR"),
        (b"%PDF-1.7 rien", "not a PDF"),
        (b"", "not a PDF"),
    ],
)
def test_read_pdf_says_why_it_cannot_be_read(data: bytes, reason: str):
    with pytest.raises(SourceUnreadable, match=reason):
        read_pdf("geheim.pdf", data)


def test_read_pdf_reads_one_that_needs_no_password():
    assert "robot" in read_pdf("a", pdf(LINES, password="")).text


def test_read_pdf_raises_nothing_else_on_damaged_files():
    whole, chance = pdf(LINES, METADATA), random.Random(7)

    for _ in range(300):
        damaged = bytearray(whole[: chance.randrange(len(whole) // 2, len(whole) + 1)])
        for _ in range(chance.choice([1, 3, 20])):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            read_pdf("rotto.pdf", bytes(damaged))
        except SourceUnreadable as error:
            assert error.reason
