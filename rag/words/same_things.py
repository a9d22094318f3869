"""What a text speaks of, in whatever of five languages: the words of `same_things.toml`, else how words begin.

Knows words one by one, not sentences: who did what to whom, and which of its meanings a word has, it cannot tell.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from wordfreq import zipf_frequency

from corpus.language import READER_LANGUAGES
from rag.words.wording import words

_THINGS = Path(__file__).with_name("same_things.toml")
_ANY = "*"  # stands for letters behind or before a word of the list
_LONG = 5  # letters, behind which any others may stand; behind fewer only endings: 'vol*' is no 'volcan'
_ENDINGS = "endings"
_UNLISTED = "~"  # ends the beginning of a word that is not in the list
_BEGINNING = 5  # letters: 'musicale' and 'musical'
_LEAST_LETTERS = 4  # shorter words are mostly grammar
_GRAMMAR = 6.3  # Zipf; 'avec', 'hatte', 'there' are met as often
_EVERYDAY, _RAREST, _LEAST_WEIGHT = 7.0, 3.0, 0.1  # Zipf; Zipf; of a word that stands everywhere


@dataclass(frozen=True)
class _Listed:
    """The things of one language: by whole words, by how words begin, and by what stands anywhere in them."""

    whole: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    beginnings: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    parts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def spoken_of(text: str, language: str) -> dict[str, frozenset[str]]:
    """The words of a text that are no grammar, in plain spelling, and what each may stand for.

    Example: 'Quel violon a-t-elle choisi ?', 'fr' -> {'violon': {'violin', 'instrument'}, 'choisi': {'choosing'}}
    """
    found = {word: things(word, language) for word in words(text)}
    return {word: meant for word, meant in found.items() if meant}


@lru_cache(50_000)
def things(word: str, language: str) -> frozenset[str]:
    """What a word in plain spelling may stand for, in any of the readers' languages where it is of none; {} if grammar.

    Example: 'violin', 'en' -> {'violin', 'instrument'}; 'trombones', 'en' -> {'tromb~'}; 'with', 'en' -> {}
    """
    languages = (language,) if language in READER_LANGUAGES else READER_LANGUAGES
    listed = {name for each in languages for name in _looked_up(word, each)}
    if listed or word.isdigit():
        return frozenset(listed or {word})
    is_grammar = len(word) < _LEAST_LETTERS or any(zipf_frequency(word, each) >= _GRAMMAR for each in languages)
    return frozenset() if is_grammar else frozenset({word[:_BEGINNING] + _UNLISTED})


def is_listed(meant: frozenset[str]) -> bool:
    """Whether something is known by its words in all five languages."""
    return not any(name.endswith(_UNLISTED) for name in meant)


@lru_cache(50_000)
def weight(word: str, language: str) -> float:
    """How much a word tells by how rare it is, .1 to 1: 1 where it is met once in a million words or less."""
    zipf = float(zipf_frequency(word, language))
    return max(_LEAST_WEIGHT, min(1.0, (_EVERYDAY - zipf) / (_EVERYDAY - _RAREST)))


def _looked_up(word: str, language: str) -> Iterator[str]:
    listed = _listed(language)
    yield from listed.whole.get(word, ())
    for end in range(_LONG, len(word) + 1):
        yield from listed.beginnings.get(word[:end], ())
    for part, names in listed.parts.items():
        if part in word:
            yield from names


@cache
def _listed(language: str) -> _Listed:
    endings = ("", *_lists()[_ENDINGS][language].split())
    listed = _Listed()
    for name, told in _lists().items():
        for word in told[language].split() if name != _ENDINGS else ():
            bare = word.strip(_ANY)
            if word.startswith(_ANY):
                listed.parts[bare].add(name)
            elif word.endswith(_ANY) and len(bare) >= _LONG:
                listed.beginnings[bare].add(name)
            else:
                for ending in endings if word.endswith(_ANY) else ("",):
                    listed.whole[bare + ending].add(name)
    return listed


@cache
def _lists() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(_THINGS.read_text(encoding="utf-8"))
