"""The texts that people read around an answer, one file of `prompts/` for each language. Knows not what they say."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rag.errors import PromptMissing

LANGUAGES = {"fr": "Français", "en": "English", "it": "Italiano", "es": "Español", "de": "Deutsch"}
PROMPTS = Path(__file__).resolve().parent.parent / "prompts"
_ANY = "any"


@dataclass(frozen=True)
class Texts:
    """Every sentence and label of a page in one language."""

    language: str
    path: Path
    entries: Mapping[str, str]
    examples: tuple[str, ...] = ()

    def __getitem__(self, entry: str) -> str:
        """The text named `entry`; raises PromptMissing."""
        try:
            return self.entries[entry]
        except KeyError as error:
            raise PromptMissing(self.path, entry) from error


def read_all(folder: Path) -> dict[str, dict[str, str]]:
    """The texts of every language, by language. Raises PromptMissing for a file that is absent or lacks an entry."""
    texts = {language: read(folder / f"{language}.toml") for language in LANGUAGES}
    wanted = {name for entries in texts.values() for name in entries}
    for language, entries in texts.items():
        for name in sorted(wanted - set(entries)):
            raise PromptMissing(folder / f"{language}.toml", name)
    return texts


def read(path: Path) -> dict[str, str]:
    """The texts of one file; what is in tables and lists gets dotted names. Raises PromptMissing.

    Example: 'tips = ["Lis"]\\n[level]\\nchild = "8–10 ans"' -> {'tips.0': 'Lis', 'level.child': '8–10 ans'}
    """
    try:
        return _flat(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise PromptMissing(path, _ANY) from error


def _flat(content: Mapping[str, object], before: str = "") -> dict[str, str]:
    entries: dict[str, str] = {}
    for name, value in content.items():
        inner = {str(place): each for place, each in enumerate(value)} if isinstance(value, list) else value
        entries |= _flat(inner, f"{before}{name}.") if isinstance(inner, dict) else {f"{before}{name}": str(inner)}
    return entries
