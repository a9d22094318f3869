"""The sentences and labels of sites, in five languages. Knows no HTML."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from rag.errors import PromptMissing

LANGUAGES = {"fr": "Français", "en": "English", "it": "Italiano", "es": "Español", "de": "Deutsch"}
FOLDER = Path(__file__).resolve().parent.parent / "prompts" / "sites"
Texts = Mapping[str, str]


@cache
def load(folder: Path = FOLDER) -> Mapping[str, Texts]:
    """The texts of every language; tables become dotted names. Raises PromptMissing for an absent file or entry."""
    texts = {language: _read(folder / f"{language}.toml", language) for language in LANGUAGES}
    wanted = {entry for entries in texts.values() for entry in entries}
    for language, entries in texts.items():
        for entry in sorted(wanted - set(entries)):
            raise PromptMissing(folder / f"{language}.toml", entry)
    return texts


def _read(path: Path, language: str) -> dict[str, str]:
    if not path.is_file():
        raise PromptMissing(path, "problem")
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    entries = {f"{table}.{name}": str(text) for table, values in tables.items() for name, text in values.items()}
    return {"language": language, **entries}
