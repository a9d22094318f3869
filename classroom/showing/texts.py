"""The sentences and labels of a class, beside those of the page that answers are rendered with. Knows no HTML."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from page import texts as page_texts
from page.texts import LANGUAGES, Texts
from rag.errors import PromptMissing

FOLDER = Path(__file__).resolve().parents[2] / "prompts" / "classroom"


@cache
def load(folder: Path = FOLDER) -> Mapping[str, Texts]:
    """The texts of every language, the page's among them. Raises PromptMissing for an absent file or entry."""
    own = {language: _read(folder / f"{language}.toml") for language in LANGUAGES}
    wanted = {entry for entries in own.values() for entry in entries}
    for language, entries in own.items():
        for entry in sorted(wanted - set(entries)):
            raise PromptMissing(folder / f"{language}.toml", entry)
    return {
        language: replace(texts, entries={**texts.entries, **own[language]})
        for language, texts in page_texts.load().items()
    }


def _read(path: Path) -> dict[str, str]:
    """The entries of one file; tables become dotted names."""
    if not path.is_file():
        raise PromptMissing(path, "class")
    entries: dict[str, str] = {}
    for name, value in tomllib.loads(path.read_text(encoding="utf-8")).items():
        inner = {f"{name}.{key}": str(text) for key, text in value.items()} if isinstance(value, dict) else {}
        entries |= inner or {name: str(value)}
    return entries
