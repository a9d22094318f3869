"""The texts of the page, in the reader's language, with the questions to begin with. Knows neither HTML nor Gradio."""

from pathlib import Path

from telling.texts import PROMPTS, Texts, read_all

FOLDER = PROMPTS / "page"


def load(folder: Path = FOLDER) -> dict[str, Texts]:
    """The texts of every language of the page; raises PromptMissing for an absent file or entry."""
    return {
        language: Texts(language, folder / f"{language}.toml", entries, _examples(entries))
        for language, entries in read_all(folder).items()
    }


def _examples(entries: dict[str, str]) -> tuple[str, ...]:
    return tuple(text for name, text in entries.items() if name.startswith("examples."))
