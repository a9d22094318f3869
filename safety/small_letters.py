"""Find the names that children tell of themselves in small letters. Knows whom and how they name, no capitals.

Capitals tell a name anywhere; without them it takes a cue ("my sister …") and a given name of `names.toml`, or a cue
after which nothing but a name stands ("s'appelle"). The cues are in `small_letters.toml`.
"""

import re
from collections.abc import Callable
from functools import cache

from safety.name_words import cues, fits, frequency, is_typed_so, load_names
from safety.spelled import Spelled, spell, spelled_word

MASK = "***"
_COMMON = 5.0  # Zipf frequency: of what is more frequent in any language, only names that lists know are names
_RARE = 5  # letters of a word no list knows that counts as a family name: shorter ones are rather abbreviated
_NOT_CALLED = 4.3  # Zipf frequency: "is called" before such a word is rather an insult than a name
_Choose = Callable[[re.Match[str], list[str], int], int]


def hide_names(text: str) -> str:
    """Example: 'my sister tilly asks who won' -> 'my sister *** asks who won'"""
    return hide(text, _rules())


def hide(text: str, rules: tuple[tuple[re.Pattern[str], _Choose], ...]) -> str:
    """The text with `***` for as many words behind each match as its rule chooses."""
    spelled = spell(text)
    hidden = set[int]()
    for pattern, choose in rules:
        for match in pattern.finditer(spelled.joined):
            first = spelled.word_at(match.end())
            hidden.update(range(first, first + choose(match, spelled.words, first)))
    return masked(spelled, hidden)


def masked(spelled: Spelled, hidden: set[int]) -> str:
    """The text with one `***` for each run of hidden words."""
    text = spelled.text
    for start, end in reversed(spelled.runs(hidden)):
        text = text[:start] + MASK + text[end:]
    return text


def is_given(word: str) -> bool:
    """Whether it is a given name, with accents of its own too. Example: 'zoë' -> True, 'marié' -> False"""
    given = load_names().given
    return word in given or (spelled_word(word) in given and not is_typed_so(word))


def may_be_name(word: str, common: float = _COMMON) -> bool:
    """Whether it is a word at all, and neither a function word nor among those that children abbreviate."""
    if len(word) < 2 or not word.isalpha() or fits("no_name", word):
        return False
    return is_given(word) or word in load_names().family or frequency(word) < common


def is_family(word: str) -> bool:
    """Whether a word behind a given name belongs to it. Example: 'baxter' -> True, 'loves' -> False"""
    names = load_names()
    if word in names.family or word in names.namesakes:
        return True
    return may_be_name(word) and (is_given(word) or (len(word) >= _RARE and not frequency(word)))


def _given(match: re.Match[str], words: list[str], first: int) -> int:
    """A given name and what belongs to it."""
    return 1 + _families(words, first + 1) if first < len(words) and is_given(words[first]) else 0


def _given_of_me(match: re.Match[str], words: list[str], first: int) -> int:
    """The same, but not of the star whose fan one is."""
    length = _given(match, words, first)
    return 0 if {"s", "fan", "fans"} & set(words[first + length : first + length + 2]) else length


def _given_after_i_am(match: re.Match[str], words: list[str], first: int) -> int:
    plain = load_names().plain_after_i_am[match.lastgroup or ""]
    return 0 if {*words[first : first + 1]} & plain else _given_of_me(match, words, first)


def _given_after_person(match: re.Match[str], words: list[str], first: int) -> int:
    plain = load_names().plain_after_person[match.lastgroup or ""]
    return 0 if {*words[first : first + 1]} & plain else _given(match, words, first)


def _any(match: re.Match[str], words: list[str], first: int) -> int:
    """A name of any words, with its particles. Example: 'le goff dit' -> 2"""
    particles = 0
    while first + particles < len(words) - 1 and fits("particle", words[first + particles]) and particles < 2:
        particles += 1
    name = first + particles
    if name >= len(words) or not may_be_name(words[name]):
        return 0
    return particles + 1 + _families(words, name + 1)


def _called(match: re.Match[str], words: list[str], first: int) -> int:
    plain = first < len(words) and not is_given(words[first]) and frequency(words[first]) >= _NOT_CALLED
    return 0 if plain else _any(match, words, first)


def _families(words: list[str], first: int) -> int:
    """How many of the next two words are family names."""
    count = 0
    while count < 2 and first + count < len(words) and is_family(words[first + count]):
        count += 1
    return count


@cache
def _rules() -> tuple[tuple[re.Pattern[str], _Choose], ...]:
    greeted = f"(?:(?:{_of('greeting')}) (?:[,.!] )*)"
    kind, close = f"(?:{_of('kind_of_person')} )", _of("close")
    person = f" {kind}{{0,2}}(?:{close} ?s )?{close}(?: {_of('subject')})?"
    near, named_near = f"(?<= ){_of('my')}{person}", f"(?<= )(?:{cues('my', named=True).pattern}){person}"
    title, called, is_it = f"{_of('title')} (?:\\. )?", _of("is_called"), f"(?: ,)?(?: {_of('is')})?"
    whose = f"(?=\\S+ (?:\\S+ )?{_of('whose')} {kind}?{close} )"
    patterns: tuple[tuple[str, _Choose], ...] = (
        (f"^ (?:{cues('i_am', named=True).pattern}) ", _given_after_i_am),
        (f"^ {greeted}{{1,2}}(?:{_of('i_am')}|{_of('it_is')}) ", _given_of_me),
        (f"^ {_of('it_is')} (?=\\S+ (?:\\S+ )?{_of('from')} )", _given_of_me),
        (f"(?<= )(?:{cues('myself', named=True).pattern}) ", _given_after_i_am),
        (f"{near} {called} (?:{title})?", _any),
        (f"{near} {_of('may_be_called')} (?:{title})?", _called),
        (f"{near}{is_it}(?: {called})?(?: (?:la|le|il|el|der|die|the))? {title}", _any),
        (f"(?<= ){title}{whose}", _any),
        (f"{named_near}{is_it} ", _given_after_person),
    )
    return tuple((re.compile(pattern), choose) for pattern, choose in patterns)


def _of(section: str) -> str:
    return f"(?:{cues(section).pattern})"
