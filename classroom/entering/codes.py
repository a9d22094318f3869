"""Join codes: two words of the session's language and four digits, to be said, written on a board and typed on a phone.

Some 45 million in each language; how often anybody may guess is known elsewhere (`classroom/entering/attempts.py`).
"""

import re
import secrets
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

_WORDS = Path(__file__).with_name("code_words.toml")
_LEAST_NUMBER, _NUMBERS = 1000, 9000
_PARTS = re.compile(r"[a-z]+|\d+")


def new_code(language: str) -> str:
    """A code that is read out easily. Example: 'fr' -> 'tigre-lune-4827'"""
    words = list(code_words()[language])
    first = secrets.choice(words)
    words.remove(first)
    return f"{first}-{secrets.choice(words)}-{_LEAST_NUMBER + secrets.randbelow(_NUMBERS)}"


def tidy(typed: str) -> str:
    """A code as it is kept, however it was typed; '' for what cannot be one.

    Example: ' Tigre  lune4827 ' -> 'tigre-lune-4827'
    """
    decomposed = unicodedata.normalize("NFKD", typed[:100].lower())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    parts = _PARTS.findall(plain)
    return "-".join(parts) if len(parts) == 3 and parts[2].isdigit() else ""


@cache
def code_words() -> dict[str, tuple[str, ...]]:
    """The words of codes by language, in plain letters."""
    lists = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    return {language: tuple(dict.fromkeys(_plain(words).split())) for language, words in lists.items()}


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
