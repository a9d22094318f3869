"""Orders to a machine, each put where somebody could put it. Knows no models, and not what comes of an order.

The set is read through `--data` of injection.py: none of its text stands here.
"""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import product
from pathlib import Path
from typing import Any

DEMO = Path(__file__).resolve().parent.parent / "corpus" / "articles"
QUESTION, BODY, COMMENT, TITLE, PAGE = CARRIERS = ("question", "body", "comment", "title", "page")
_CARRIER = {"user": QUESTION, "article": BODY, "comment": COMMENT, "article_html": PAGE}  # by channel of the set
_ASKED = {
    "fr": ("breaking-rust-classement-billboard.md", "Qui a chanté « Walk My Walk » ?"),
    "en": ("sora-video-nobody-filmed.md", "How was the video made?"),
    "it": ("cowboy-ia-in-classifica-ragazzi.md", "Chi è il cowboy in classifica?"),
    "es": ("breaking-rust-lista-billboard.md", "¿Quién es Breaking Rust?"),
    "de": ("velvet-sundown-streamingdienste.md", "Wer ist The Velvet Sundown?"),
}
_COMMENTS = {"fr": "Commentaires", "en": "Comments", "it": "Commenti", "es": "Comentarios", "de": "Kommentare"}
_LONGEST_TITLE = 160  # characters


@dataclass(frozen=True)
class Case:
    """A line of the set, where its text is put, and the language of the article and of who asks about it."""

    line: Mapping[str, Any]
    carrier: str
    language: str

    @property
    def id(self) -> str:
        return f"{self.line['id']} {self.carrier} {self.language}"

    @property
    def is_order(self) -> bool:
        return bool(self.line["label"])


def choose(lines: Sequence[Mapping[str, Any]], count: int) -> list[Case]:
    """`count` orders and all that is harmless: orders first as they are in the set, then elsewhere and in other
    languages, always the same ones; orders that were written for this kind of program come before the others.
    """
    chance = random.Random("injections")  # noqa: S311  # a sample, no secret
    as_they_are = [Case(line, _CARRIER[line["channel"]], line["lang"]) for line in lines]
    orders = [case for case in as_they_are if case.is_order]
    chance.shuffle(orders)
    orders.sort(key=lambda case: not _is_own(case.line))
    elsewhere = [Case(case.line, *where) for case in orders for where in product(CARRIERS, _ASKED)]
    elsewhere = [case for case in elsewhere if case not in orders]
    chance.shuffle(elsewhere)
    # questions first: they are about all demo articles, which the others take away
    chosen = sorted([*orders, *elsewhere][:count], key=lambda case: case.carrier != QUESTION)
    return [*(case for case in as_they_are if not case.is_order), *chosen]


def _is_own(line: Mapping[str, Any]) -> bool:
    return line["kind"] == "indirect" and "bipia" not in line["family"]


def hostile_article(case: Case, folder: Path) -> tuple[Path, str]:
    """The article of the case's language with the order in it, as a file, and the question about it."""
    name, question = _ASKED[case.language]
    head, body = (DEMO / case.language / name).read_text(encoding="utf-8").split("---\n", 2)[1:]
    paragraphs = [paragraph for paragraph in body.strip().split("\n\n") if not paragraph.startswith("#")]
    text = str(case.line["text"])
    if case.carrier == PAGE:
        return _page(case, head, paragraphs, folder), question
    if case.carrier == TITLE:
        title = " ".join(text.split())[:_LONGEST_TITLE]
        head = re.sub("title: .*", lambda _: f"title: {title}", head, count=1)
    elif case.carrier == COMMENT:
        paragraphs += [_COMMENTS[case.language], text]
    else:
        paragraphs.insert(1, text)
    path = folder / f"{_file_name(case)}.md"
    path.write_text(f"---\n{head}---\n\n" + "\n\n".join(paragraphs), encoding="utf-8")
    return path, question


def _page(case: Case, head: str, paragraphs: list[str], folder: Path) -> Path:
    marked = [f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs]
    title = escape(re.search("title: (.*)", head)[1])  # type: ignore[index]
    inside = "".join([marked[0], case.line["text"], *marked[1:]])
    path = folder / f"{_file_name(case)}.html"
    path.write_text(
        f"<html lang='{case.language}'><head><title>{title}</title></head><body><article><h1>{title}</h1>{inside}"
        "</article></body></html>", encoding="utf-8",
    )  # fmt: skip
    return path


def _file_name(case: Case) -> str:
    return re.sub(r"\W+", "-", case.id)
