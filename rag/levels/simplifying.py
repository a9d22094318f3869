"""A sentence of an article -> the same in easier sentences, step by step. Knows rules, not readers, and no model.

What is not certain stays as it is, and nothing that carries a fact goes (`rag/levels/same_facts.py`).
Example: 'Il chante désormais ; elle danse.', 'fr' -> ('Il chante maintenant.', 'Elle danse.')
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from rag.levels.grammar import Grammar, grammar_of, masked, tokens
from rag.levels.parting import parted, sentence_of
from rag.levels.same_facts import says_the_same

_MOST_STEPS = 12
_DEGREES = "more|most|very|so|too|as|less|più|molto|meno|così|más|muy|menos|tan|plus|très|moins|aussi|si|sehr|so"


@lru_cache(1024)
def simplified(text: str, language: str) -> tuple[tuple[str, ...], ...]:
    """The sentence as it is, then each easier version; the last is the easiest that the rules are sure of."""
    versions: list[tuple[str, ...]] = [(text,)]
    while len(versions) <= _MOST_STEPS:
        easier = next((each for each in _steps(versions[-1], language) if says_the_same(text, each, language)), None)
        if easier is None:
            break
        versions.append(easier)
    return tuple(versions)


def _steps(pieces: tuple[str, ...], language: str) -> Iterator[tuple[str, ...]]:
    """What the pieces may become in one step: the longest one is parted first; then come words and fillers."""
    longest_first = sorted(range(len(pieces)), key=lambda place: -len(pieces[place]))
    for place in longest_first:
        if parts := parted(pieces[place], language):
            first, second = sentence_of(parts[0], "."), sentence_of(parts[1], ".")
            yield (*pieces[:place], first, second, *pieces[place + 1 :])
    for place in longest_first:
        for change in (_in_easier_words, _without_fillers):
            if (changed := change(pieces[place], grammar_of(language))) != pieces[place]:
                yield (*pieces[:place], changed, *pieces[place + 1 :])


def _in_easier_words(text: str, grammar: Grammar) -> str:
    """One phrase of the list for its easier one, not in quotations: those words are somebody's."""
    for found in _hard_words(grammar.language).finditer(masked(text)):
        before = tokens(text[: found.start()], grammar.language)[-1:]
        is_noun = before and before[0].word in grammar.lists["determiners"]  # 'le débute', 'a frequently used word'
        if is_noun or re.search(rf"(?i)\b(?:{_DEGREES})\s$", text[: found.start()]):
            continue
        easier = grammar.tables["words"][found.group().lower()]
        written = easier[:1].upper() + easier[1:] if found.group()[0].isupper() else easier
        return text[: found.start()] + written + text[found.end() :]
    return text


def _without_fillers(text: str, grammar: Grammar) -> str:
    """Without words that say nothing; one that contrasts becomes a 'but' at the beginning.

    Example: 'Le site, en revanche, se tait.' -> 'Mais le site se tait.'
    """
    for found in _fillers(grammar.language).finditer(masked(text)):
        is_contrast = found["words"].lower() in grammar.phrases["contrasts"]
        before, after = text[: found.start()], text[found.end() :]
        if not found["comma"]:
            return f"{grammar.contrast} {after}" if is_contrast else after[:1].upper() + after[1:]
        if before.count(",") or masked(after).count(","):  # the commas may belong to others
            continue
        if not is_contrast:
            return f"{before} {after}"
        if begun := _without_capital(before, grammar):
            return f"{grammar.contrast} {begun} {after}"
    return text


def _without_capital(text: str, grammar: Grammar) -> str:
    """A beginning that comes to stand behind another word; '' where it may be a name or not."""
    first, *others = tokens(masked(text), grammar.language)
    if first.word in grammar.lists["determiners"] | grammar.lists["pronouns"]:
        return text[0].lower() + text[1:]
    return text if others and others[0].has_capital else ""  # 'Admirers, by contrast, clap': no name


@cache
def _hard_words(language: str) -> re.Pattern[str]:
    words = sorted(grammar_of(language).tables["words"], key=len, reverse=True)
    return re.compile(rf"(?i)(?<![\w’-])(?:{'|'.join(map(_phrase, words))})")


def _phrase(words: str) -> str:
    return re.escape(words) + ("" if words.endswith("’") else r"(?![\w’-])")


@cache
def _fillers(language: str) -> re.Pattern[str]:
    grammar = grammar_of(language)
    words = sorted((*grammar.phrases["fillers"], *grammar.phrases["contrasts"]), key=len, reverse=True)
    return re.compile(rf"(?i)(?:^|(?P<comma>,\s))(?P<words>{'|'.join(map(re.escape, words)) or '(?!)'}),\s")
