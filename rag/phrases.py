"""Load the fixed sentences that readers see, from `prompts/phrases`. Knows no page and no command line."""

import tomllib
from functools import cache
from pathlib import Path

from rag.errors import PromptMissing

PROMPTS = Path(__file__).parent.parent / "prompts"


def phrase(language: str, name: str) -> str:
    """A fixed sentence in the reader's language; PromptMissing when it is not there."""
    phrases = _load(language)
    if name not in phrases:
        raise PromptMissing(PROMPTS / "phrases" / f"{language}.toml", name)
    return phrases[name]


@cache
def _load(language: str) -> dict[str, str]:
    path = PROMPTS / "phrases" / f"{language}.toml"
    try:
        return dict(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise PromptMissing(path, "") from error
