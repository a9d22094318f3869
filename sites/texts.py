"""The sentences and labels of sites, in five languages. Knows no HTML."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from telling.texts import PROMPTS, read_all

FOLDER = PROMPTS / "sites"
Texts = Mapping[str, str]


@cache
def load(folder: Path = FOLDER) -> Mapping[str, Texts]:
    """The texts of every language, by their dotted names. Raises PromptMissing for an absent file or entry."""
    return {language: {"language": language, **entries} for language, entries in read_all(folder).items()}
