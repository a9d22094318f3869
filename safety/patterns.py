"""Load `rules/<language>.toml` and compile its patterns. Knows no verdicts.

A pattern is a regular expression over folded text (folding.py). It may be written with accents and doubled letters,
which are folded too; `ä` stands for a and ae; `<word>` for an entry of [words]; ` ... ` for up to 60 characters.
"""

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

from safety.errors import SafetyFileInvalid

LANGUAGES = ("fr", "en", "it", "es", "de")
RULES = Path(__file__).parent / "rules"
_WORD = re.compile(r"<(\w+)>")
_UMLAUTS = str.maketrans({"ä": "ae?", "ö": "oe?", "ü": "ue?", "ß": "ss"})
_DOUBLED = re.compile(r"(?<!\\)([a-z])\1+")


def first_kind(folded: str, section: str, order: tuple[str, ...]) -> str | None:
    """The first kind of a section, in the order given, that any language has a pattern for in the folded text."""
    return next((kind for kind in order if matches(folded, section, kind)), None)


def matches(folded: str, section: str, kind: str) -> bool:
    """Whether a pattern of any language fits: children mix languages, and the page may be set to another."""
    return any(pattern.search(folded) for pattern in _compiled(section, kind))


def without(folded: str, section: str, kind: str) -> str:
    """The text with what the patterns of a kind fit left out. Example: 'je meurs de rire' -> 'je  '"""
    for pattern in _compiled(section, kind):
        folded = pattern.sub(" ", folded)
    return folded


@cache
def load_rules(language: str) -> dict[str, dict[str, list[str]]]:
    """The sections of a language's file, with its words filled in. Raises SafetyFileInvalid."""
    path = RULES / f"{language}.toml"
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        words = values.pop("words")
        filled = {
            section: {kind: [_fill(pattern, words) for pattern in patterns] for kind, patterns in kinds.items()}
            for section, kinds in values.items()
        }
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise SafetyFileInvalid(path, str(error)) from error
    return filled


def warm_up() -> None:
    """Compile all patterns now (about a second), so that the first question need not wait."""
    for section, kinds in load_rules(LANGUAGES[0]).items():
        for kind in kinds:
            _compiled(section, kind)


@cache
def _compiled(section: str, kind: str) -> tuple[re.Pattern[str], ...]:
    sources = [rule for language in LANGUAGES for rule in load_rules(language)[section][kind]]
    return tuple(re.compile(rf"\b(?:{_fold_pattern(source)})\b") for source in sources)


def _fill(pattern: str, words: dict[str, str]) -> str:
    return _WORD.sub(lambda match: f"(?:{words[match[1]]})", pattern)


def _fold_pattern(pattern: str) -> str:
    """Example: 'schläge ... <gap>' -> r'schlaege?...' with the gap written out."""
    text = unicodedata.normalize("NFD", pattern.translate(_UMLAUTS))
    text = "".join(letter for letter in text if not unicodedata.combining(letter)).replace("œ", "oe")
    return _DOUBLED.sub(r"\1", text).replace(" ... ", r"\b.{0,60}?\b").replace(" ...", r"\b")
