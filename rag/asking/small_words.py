"""The words of a question, told apart by lists of small words of five languages. Knows no grammar and no answers."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from corpus.language import READER_LANGUAGES
from rag.words.rare_words import is_known

_LISTS = Path(__file__).with_name("small_words.toml")
_TOKEN = re.compile(r"\w+|[^\w\s'’‘‑-]")
_BY_ALL = frozenset({"ai", "ia", "ki"})  # with capitals, but half of all questions here are about it
_INTERNATIONAL = 4  # languages whose lists have a word that is rather a name ('Spotify': 5, 'Musik': 1)
_NAME_LETTERS = 3
_BEFORE_CAPITALS = frozenset('.!?:;…¿¡«»“”„"')


@dataclass(frozen=True)
class Word:
    """A word or mark of a text, `text[start:end]`; in no list of its language, it may be a name written small."""

    plain: str
    start: int
    end: int
    is_name: bool
    may_be_name: bool


def read_words(text: str, language: str) -> list[Word]:
    """The words and marks of a text in order."""
    found, words = list(_TOKEN.finditer(text)), list[Word]()
    for at in range(len(found)):
        words.append(_read(found, at, language, led=bool(words) and words[-1].is_name))
    return words


def is_content(word: Word, language: str) -> bool:
    """Whether a word says something by itself."""
    return word.plain[0].isalnum() and (word.is_name or word.plain not in word_lists(language)["all"])


def spoken(text: str, language: str) -> str:
    """The language whose small words a question is made of: a class may answer in French what is asked in German."""
    plain = [word.casefold() for word in _TOKEN.findall(text)]
    return max(
        sorted(READER_LANGUAGES, key=lambda other: other != language),
        key=lambda other: sum(word in word_lists(other)["all"] for word in plain),
    )


@cache
def word_lists(language: str) -> dict[str, frozenset[str]]:
    """The lists of single words of a language, empty where it has none; all of them together are 'all'."""
    lists = {name: frozenset(words.split()) for name, words in _load()[language].items() if isinstance(words, str)}
    small = frozenset().union(*(words for name, words in lists.items() if name not in ("crowds", "leading")))
    return {"subjects_after": frozenset(), **lists, "all": small}


def covered(words: Sequence[Word], language: str, name: str) -> set[int]:
    """The places of the words that belong to one of the phrases of a list."""
    known = word_lists(language)["all"]
    covered: set[int] = set()
    for pattern in _phrases(language, name):
        for start in range(len(words)):
            if all(_fits(words, start + step, part, known) for step, part in enumerate(pattern)):
                covered |= {start + step for step, part in enumerate(pattern) if part != "$"}
    return covered


def _read(found: Sequence[re.Match[str]], at: int, language: str, led: bool) -> Word:
    """Read one word; `led` by a name it may be more of it, in German too, where every noun has a capital."""
    written = found[at].group()
    polite = at > 0 and written in word_lists(language)["persons"]
    plain = written if polite else written.casefold()
    listed, known = plain in word_lists(language)["all"], is_known(plain, language)
    first = at == 0 or found[at - 1].group() in _BEFORE_CAPITALS
    followed = at + 1 < len(found) and found[at + 1].group()[0].isupper()
    name = written[0].isupper() and plain not in _BY_ALL and len(written) > 1
    if first or language == "de":
        foreign = not known or sum(is_known(plain, other) for other in READER_LANGUAGES) >= _INTERNATIONAL
        name = name and not listed and (foreign or led or (followed and language != "de"))
    else:
        name = name and (led or followed or not listed)
    unlisted = plain.isalpha() and len(plain) >= _NAME_LETTERS and not listed and not known
    return Word(plain, found[at].start(), found[at].end(), name, name or (unlisted and plain not in _BY_ALL))


def _fits(words: Sequence[Word], at: int, part: str, known: frozenset[str]) -> bool:
    if at >= len(words) or not words[at].plain[0].isalnum():
        return part == "$" and (at >= len(words) or words[at].plain in _BEFORE_CAPITALS | {","})
    return words[at].plain in known if part == "@" else fnmatchcase(words[at].plain, part)


@cache
def _phrases(language: str, name: str) -> list[list[str]]:
    return [re.findall(r"[\w*]+|[@$]", phrase) for phrase in _load()[language][name]]


@cache
def _load() -> dict[str, dict[str, str | list[str]]]:
    return tomllib.loads(_LISTS.read_text(encoding="utf-8"))
