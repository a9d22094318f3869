"""The sentences of the widget in every language, out of `prompts/`. Knows no browser and no bundler.

What the page says too stands in its file only, so that both say it alike.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rag.errors import PromptMissing

LANGUAGES = ("fr", "en", "it", "es", "de")
PROMPTS = Path(__file__).resolve().parent.parent / "prompts"
_OF_PAGE = (
    "notice_who", "level_label", "level.child", "level.tween", "level.teen", "level.adult", "question_label",
    "question_placeholder", "send", "new_conversation", "asked", "answer_for", "reading", "writing", "quoted",
    "eased", "nearest", "found", "evidence", "sources", "mark", "new_tab", "back", "understood", "as_of",
    "suggestions", "voice.news", "voice.speech", "voice.speech_of", "voice.opinion", "voice.comments", "waiting.told",
    "quote.language", "word.hint", "word.glossary", "word.article", "quiz.title", "quiz.about", "quiz.choose",
    "quiz.true_false", "quiz.fill", "quiz.true", "quiz.false", "quiz.word", "quiz.gap", "quiz.hint", "quiz.check",
    "quiz.right", "quiz.wrong", "quiz.empty", "quiz.proof", "aloud.listen", "aloud.pause", "aloud.go_on",
    "aloud.stop", "aloud.ended", "aloud.no_voice", "aloud.no_speech", "aloud.failed", "meter.simpler", "meter.deeper",
    "problem.question_too_long",
)  # fmt: skip
_OF_CLASS = ("queue",)


def texts(prompts: Path = PROMPTS) -> dict[str, dict[str, str]]:
    """For each language the texts by their dotted names; raises PromptMissing for an absent file or entry.

    Example: -> {'fr': {'close': 'Fermer', 'level.child': '8–10 ans', …}, …}
    """
    found = {language: _of_language(prompts, language) for language in LANGUAGES}
    wanted = {name for entries in found.values() for name in entries}
    for language, entries in found.items():
        for name in sorted(wanted - set(entries)):
            raise PromptMissing(prompts / "widget" / f"{language}.toml", name)
    return found


def _of_language(prompts: Path, language: str) -> dict[str, str]:
    shared = {"page": _OF_PAGE, "classroom": _OF_CLASS}
    entries: dict[str, str] = {}
    for folder, names in shared.items():
        path = prompts / folder / f"{language}.toml"
        known = _read(path)
        for name in names:
            if name not in known:
                raise PromptMissing(path, name)
            entries[name] = known[name]
    return entries | _read(prompts / "widget" / f"{language}.toml")


def _read(path: Path) -> dict[str, str]:
    """The texts of one file; tables become dotted names: `[level] child` -> `level.child`."""
    if not path.is_file():
        raise PromptMissing(path, "title")
    return _flat(tomllib.loads(path.read_text(encoding="utf-8")))


def _flat(content: Mapping[str, Any], before: str = "") -> dict[str, str]:
    entries: dict[str, str] = {}
    for name, value in content.items():
        entries |= _flat(value, f"{before}{name}.") if isinstance(value, dict) else {f"{before}{name}": str(value)}
    return entries
