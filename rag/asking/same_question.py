"""Do two questions ask the same? Knows words and how they are misspelt, not answers nor vectors.

Vectors cannot tell: with the default embedder, the pairs of tests/data/question_pairs.jsonl that ask something else
have cosines up to 1.00 ("Who beat Italy?", "Who did Italy beat?"), those that ask the same down to 0.91. So all words
must be the same, but for what `same_question.toml` lists and what can only be a slip: that finds 42 of the 56 pairs
that ask the same, and none of the 131 others.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from wordfreq import get_frequency_dict

from corpus.language import READER_LANGUAGES
from rag.words.quantities import numbers
from rag.words.rare_words import is_known

_RULES = Path(__file__).with_name("same_question.toml")
_TOKEN = re.compile(r"(?<!\w)[-−+]?\d+(?:[.,:/-]\d+)*(?!\w)|\w+|\S")
_HIDDEN = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_JOINTS = re.compile(r"(?<=[^\W\d_])[-'’ʼ‘‐‑](?=\w)")
_TELLING_SIGNS = "%&#@‰"  # beside currencies, + and =: 'C#' is not 'C'
_ACCENTS_LEFT_OUT = ("fr", "it", "es")  # German umlauts are letters: 'fordert' demands and 'fördert' promotes
_COMMONER = 10  # times: 'école' is 12 times as frequent as 'ecole', 'drückt' 11 times as 'druckt', another word
_LEAST_MISSPELT = 6  # letters: among shorter words every second is one letter from another word
_ENDING = 2  # letters, by which 'chante' and 'chantai' differ
_MOST_SLIPS = 2
_DOUBLED = re.compile(r"(.)(?=\1)")
_MOST_DIFFERENT = 8  # words: slips on both sides and some that are missing; comparing thoroughly takes 30 µs


@dataclass(frozen=True)
class Wording:
    """What a question says, however it is typed. `names` are the words with a capital but for the first."""

    language: str
    words: tuple[str, ...]
    numbers: frozenset[str]
    names: frozenset[str] = field(default=frozenset(), compare=False)


def wording(text: str, language: str) -> Wording:
    """A question without case, punctuation, politeness and missing accents; equal ones ask the same.

    Example: 'Dis, cest qui Breaking Rust stp ??', 'fr' -> 'qui', 'est', 'breaking', 'rust'
    """
    plain = _JOINTS.sub(" ", _HIDDEN.sub("", unicodedata.normalize("NFKC", text)))
    said = [token for token in _without_manners(_TOKEN.findall(plain), language) if _tells(token)]
    words = [_spelling(token.lower(), language) for token in said]
    names = frozenset(word for word, token in zip(words[1:], said[1:], strict=True) if token[0].isupper())
    return Wording(
        language, tuple(_opened(words, language)) or (plain.strip(),), frozenset(numbers(plain, language)), names
    )


def may_mean_the_same(one: Wording, other: Wording) -> bool:
    """Whether two wordings differ only by slips, words that may be missing, or where the verb stands."""
    differing = {*one.words} ^ {*other.words}
    if one.language != other.language or one.numbers != other.numbers or len(differing) > _MOST_DIFFERENT:
        return False
    lost, gained = Counter(one.words) - Counter(other.words), Counter(other.words) - Counter(one.words)
    missing = set(_rules(one.language)["may_be_missing"])
    if missing & set(lost) and missing & set(gained):  # 'il' is not 'elle'
        return False
    first = _without(one.words, {word: lost[word] for word in missing & set(lost)})
    second = _without(other.words, {word: gained[word] for word in missing & set(gained)})
    repaired = _repaired(first, second, one, other)
    if repaired is None or first == repaired:
        return repaired is not None
    complete = len(first) == len(one.words) and len(second) == len(other.words)  # or 'elle aime Léa' is 'Léa aime'
    return complete and _turned(first, repaired, one.language)


def _without_manners(tokens: list[str], language: str) -> list[str]:
    """Example: ['Dis', ',', 'qui', 'est', 'X', 'stp', '?'] -> ['qui', 'est', 'X']"""
    rules = _rules(language)
    follows = [*rules["asks"], *rules["before"], *rules["leads"]]
    while tokens:
        if not _tells(tokens[0]):
            tokens = tokens[1:]
            continue
        rest = tokens[_longest(tokens, rules["before"]) :]
        if rest == tokens or not rest or (_tells(rest[0]) and not _longest(rest, follows)):
            break
        tokens = rest
    tokens = tokens[_longest(tokens, rules["leads"]) :]
    while tokens and not _tells(tokens[-1]):
        tokens = tokens[:-1]
    polite = [phrase for phrase in rules["after"] if _longest(tokens[-len(phrase.split()) :], [phrase])]
    end = len(max(polite, key=len).split()) if polite else 0
    written_small = all(token.islower() for token in tokens[len(tokens) - end :])  # 'Merci' may be the name of a film
    return tokens[: len(tokens) - end] if written_small and end < len(tokens) else tokens


def _opened(words: list[str], language: str) -> list[str]:
    """Example: ['breaking', 'rust', 'c', 'est', 'qui'] -> ['qui', 'est', 'breaking', 'rust']"""
    for group in _rules(language)["openings"]:
        if count := _longest(words, group):
            return [*group[0].split(), *words[count:]]
    for group in _rules(language)["openings"]:
        for phrase in sorted(group, key=len, reverse=True):
            if _longest(words[-len(phrase.split()) :], [phrase]) and len(words) > len(phrase.split()):
                return [*group[0].split(), *words[: -len(phrase.split())]]
    return words


def _longest(tokens: list[str], phrases: list[str]) -> int:
    """How many words the longest phrase has with which the tokens begin; 0 for none."""
    found = (phrase.split() for phrase in phrases)
    return max((len(p) for p in found if [_bare(token.lower()) for token in tokens[: len(p)]] == p), default=0)


def _tells(token: str) -> bool:
    """Whether a token is a word, a number or a sign that changes what is asked."""
    return token[-1].isalnum() or token in _TELLING_SIGNS or unicodedata.category(token[0])[0] == "S"


def _without(words: tuple[str, ...], unwanted: dict[str, int]) -> list[str]:
    """The words without so many of each that is unwanted; the first two are left: the subject may be one of them."""
    left, kept = Counter(unwanted), list(words[:2])
    for word in words[2:]:
        if left[word] > 0:
            left[word] -= 1
        else:
            kept.append(word)
    return kept


def _repaired(first: list[str], second: list[str], one: Wording, other: Wording) -> list[str] | None:
    """The second with the words of the first in place of slips; None when other words differ."""
    lost, gained = [*(Counter(first) - Counter(second)).elements()], [*(Counter(second) - Counter(first)).elements()]
    if len(lost) != len(gained) or len(lost) > _MOST_SLIPS or set(lost + gained) & (one.names | other.names):
        return None
    meant: dict[str, str] = {}
    for slip in gained:
        near = [word for word in lost if _is_slip(word, slip)]
        if len(near) != 1:
            return None
        meant[slip] = near[0]
    return [meant.get(word, word) for word in second] if len(set(meant.values())) == len(lost) else None


def _is_slip(word: str, other: str) -> bool:
    """Whether one of two words is none in any language, and only doubles, halves or swaps a letter before the ending.

    No other letter may be missing: 'uninformed' is not in the list of words, and 'uniformed' is.
    Example: 'fabriqué', 'farbiqué' -> True; 'poisson', 'poison' -> False; 'chanta', 'chanat' -> False
    """
    if min(len(word), len(other)) < _LEAST_MISSPELT or word[-_ENDING:] != other[-_ENDING:]:
        return False
    known = [any(is_known(either, each) for each in READER_LANGUAGES) for either in (word, other)]
    return known[0] != known[1] and (_DOUBLED.sub("", word) == _DOUBLED.sub("", other) or _swapped(word, other))


def _swapped(word: str, other: str) -> bool:
    start = next((n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), 0)
    return start > 0 and word[:start] + word[start : start + 2][::-1] + word[start + 2 :] == other


def _turned(first: list[str], second: list[str], language: str) -> bool:
    """Example: 'ou habite lea' and 'ou lea habite' in French -> True"""
    if first[:1] != second[:1] or len(first) != len(second) or first[0] not in _rules(language)["turning"]:
        return False
    a, b = first[1:], second[1:]
    return any(a[n:] + a[:n] == b for n in range(len(a)))


@lru_cache(10_000)
def _spelling(word: str, language: str) -> str:
    """A word with the accents it should have, where only haste leaves them out; question words have none here.

    Example: 'ecole', 'fr' -> 'école'; 'fabrique', 'fr' -> 'fabrique'; 'où', 'fr' -> 'ou'
    """
    bare = _bare(word)
    if bare in _question_words(language):
        return bare
    if language not in _ACCENTS_LEFT_OUT or word != bare:
        return word
    frequencies = get_frequency_dict(language, wordlist="small")
    best = _accented(language).get(word, word)
    return best if frequencies.get(best, 0) >= _COMMONER * frequencies.get(word, 0) else word


@cache
def _accented(language: str) -> dict[str, str]:
    """The commonest word with accents of each spelling without; ñ is a letter, and 'año' no 'ano'."""
    frequencies = get_frequency_dict(language, wordlist="small")
    words = sorted(
        (word for word in frequencies if _bare(word) != word and "ñ" not in word), key=lambda word: frequencies[word]
    )
    return {_bare(word): word for word in words}


@cache
def _question_words(language: str) -> frozenset[str]:
    return frozenset(word for phrase in _rules(language)["asks"] for word in phrase.split())


def _bare(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))


@cache
def _rules(language: str) -> dict[str, list[Any]]:
    every = tomllib.loads(_RULES.read_text(encoding="utf-8"))
    return every.get(language) or {name: [] for name in every["fr"]}
