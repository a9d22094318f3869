"""The texts of the page, in the reader's language. Knows neither HTML nor Gradio."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rag.errors import PromptMissing

LANGUAGES = {"fr": "Français", "en": "English", "it": "Italiano", "es": "Español", "de": "Deutsch"}
FOLDER = Path(__file__).resolve().parent.parent / "prompts" / "page"


@dataclass(frozen=True)
class Texts:
    """Every sentence and label of the page in one language."""

    language: str
    path: Path
    entries: Mapping[str, str]
    examples: tuple[str, ...]

    def __getitem__(self, entry: str) -> str:
        """The text named `entry`; raises PromptMissing."""
        try:
            return self.entries[entry]
        except KeyError as error:
            raise PromptMissing(self.path, entry) from error


def load(folder: Path = FOLDER) -> dict[str, Texts]:
    """The texts of every language of the page; raises PromptMissing for an absent file or entry."""
    texts = {language: read(folder / f"{language}.toml") for language in LANGUAGES}
    wanted = {entry for of_language in texts.values() for entry in of_language.entries}
    for of_language in texts.values():
        for entry in sorted(wanted - set(of_language.entries)):
            raise PromptMissing(of_language.path, entry)
    return texts


def read(path: Path) -> Texts:
    """The texts of one file; tables become dotted names: `[level] child` -> `level.child`."""
    if not path.is_file():
        raise PromptMissing(path, "examples")
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    if "examples" not in content:
        raise PromptMissing(path, "examples")
    examples = tuple(str(example) for example in content.pop("examples"))
    return Texts(path.stem, path, _flat(content), examples)


def _flat(content: Mapping[str, object]) -> dict[str, str]:
    entries: dict[str, str] = {}
    for name, value in content.items():
        if isinstance(value, dict):
            entries |= {f"{name}.{inner}": str(text) for inner, text in value.items()}
        else:
            entries[name] = str(value)
    return entries
