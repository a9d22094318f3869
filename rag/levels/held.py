"""Does a sentence hold words that may reach over all of it: a source, a thought, a 'perhaps'? Knows words, not scopes.

Such a sentence is not parted, for the part without the words would say more than it. Words in quotation
marks are somebody's own.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from rag.words.voice_patterns import VOICE_WORDS

_HELD = Path(__file__).with_name("held_words.toml")
_REPORTING = ("sources", "source_ends", "own", "says", "asides", "judges", "moods")
_QUOTED = re.compile(r"«[^»]*»|„[^“”]*[“”]|“[^”]*”|\"[^\"]*\"")


def is_held(text: str, language: str) -> bool:
    """Whether somebody may say or think it, or it may be unsure. Example: 'Perhaps he sings.' -> True"""
    plain = _QUOTED.sub(" ", text.replace("'", "’").replace("\u00a0", " "))
    return _pattern(language).search(plain) is not None


@cache
def _pattern(language: str) -> re.Pattern[str]:
    voices = _entries(VOICE_WORDS)[language]
    found = [*_entries(_HELD)[language], *(each for kind in _REPORTING for each in voices[kind])]
    return re.compile(rf"(?i)(?<!\w)(?:(?:{'|'.join(found)})(?!\w))")


@cache
def _entries(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
