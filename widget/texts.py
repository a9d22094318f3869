"""The sentences of the widget in every language, out of `prompts/`. Knows no browser and no bundler.

What the page says too stands in its file only, so that both say it alike.
"""

from collections.abc import Sequence
from pathlib import Path

from telling.texts import LANGUAGES, PROMPTS, Texts, read, read_all

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
    own = read_all(prompts / "widget")
    return {
        language: _chosen(prompts / "page" / f"{language}.toml", _OF_PAGE)
        | _chosen(prompts / "classroom" / f"{language}.toml", _OF_CLASS)
        | own[language]
        for language in LANGUAGES
    }


def _chosen(path: Path, names: Sequence[str]) -> dict[str, str]:
    known = Texts(path.stem, path, read(path))
    return {name: known[name] for name in names}
