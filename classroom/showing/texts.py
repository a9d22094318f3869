"""The sentences and labels of a class, beside those of the page that answers are rendered with. Knows no HTML."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from page import texts as page_texts
from telling.texts import PROMPTS, Texts, read_all

FOLDER = PROMPTS / "classroom"


@cache
def load(folder: Path = FOLDER) -> Mapping[str, Texts]:
    """The texts of every language, the page's among them. Raises PromptMissing for an absent file or entry."""
    own = read_all(folder)
    return {
        language: replace(texts, entries={**texts.entries, **own[language]})
        for language, texts in page_texts.load().items()
    }
