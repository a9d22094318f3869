"""A sentence of an article -> the same in easier sentences, step by step. Knows rules, not readers, and no model.

What is not certain stays as it is, and nothing that carries a fact goes (`rag/same_facts.py`).
Example: 'Il chante désormais ; elle danse.', 'fr' -> ('Il chante maintenant.', 'Elle danse.')
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from rag.grammar import Grammar, grammar_of, is_whole, masked
from rag.parting import parted, sentence_of
from rag.same_facts import says_the_same

_MOST_STEPS = 12
_LONGEST_ASIDE = 4  # words
_ASIDE = re.compile(r"\s[(](?P<round>[^()]*)[)]|\s[–—]\s(?P<dash>[^–—]*)\s[–—](?=\s)")
_START = re.compile(r"^[\s«“„\"]*")


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
    """What the pieces may become in one step: the longest one is parted first; then come words and asides."""
    longest_first = sorted(range(len(pieces)), key=lambda place: -len(pieces[place]))
    for place in longest_first:
        if parts := parted(pieces[place], language):
            first, second = sentence_of(parts[0], "."), sentence_of(parts[1], ".")
            yield (*pieces[:place], first, second, *pieces[place + 1 :])
    for place in longest_first:
        for change in (_in_easier_words, _without_fillers, _without_asides):
            if (changed := change(pieces[place], grammar_of(language))) != pieces[place]:
                yield (*pieces[:place], changed, *pieces[place + 1 :])


def _in_easier_words(text: str, grammar: Grammar) -> str:
    """One phrase of the list for its easier one, not in quotations: those words are somebody's."""
    for found in _hard_words(grammar.language).finditer(masked(text)):
        easier = grammar.tables["words"][found.group().lower()]
        written = easier[:1].upper() + easier[1:] if found.group()[0].isupper() else easier
        return text[: found.start()] + written + text[found.end() :]
    return text


def _without_fillers(text: str, grammar: Grammar) -> str:
    """Without words that say nothing; one that contrasts becomes a 'but' at the beginning.

    Example: 'Le site, en revanche, se tait.' -> 'Mais le site se tait.'
    """
    for found in _fillers(grammar.language).finditer(masked(text)):
        words = found["words"].lower()
        before, after = text[: found.start()], text[found.end() :]
        if not found["comma"]:
            rest = after[:1].upper() + after[1:]
        elif before.count(",") or masked(after).count(","):  # the commas may belong to others
            continue
        else:
            rest = f"{before} {after}"
        return _contrasted(rest, grammar) if words in grammar.phrases["contrasts"] else rest
    return text


def _contrasted(text: str, grammar: Grammar) -> str:
    begins_with_name = re.match(r"(?:[^\s,]+\s)?[A-ZÀ-Þ][\w’-]*[A-ZÀ-Þ]|\S+\s[A-ZÀ-Þ]", text)
    determined = (
        text.split(" ")[0].lower().replace("'", "’") in grammar.lists["determiners"] | grammar.lists["pronouns"]
    )
    if not determined and not begins_with_name:
        return (
            text
            if grammar.is_verb(text.split(" ")[0].lower()) is False
            else f"{grammar.contrast} {text[0].lower()}{text[1:]}"
        )
    return f"{grammar.contrast} {text[0].lower()}{text[1:]}" if determined else f"{grammar.contrast} {text}"


def _without_asides(text: str, grammar: Grammar) -> str:
    """Without a few words in parentheses or between dashes that hold no number, no name, no verb and no 'not'."""
    for found in _ASIDE.finditer(text):
        aside = found["round"] if found["round"] is not None else found["dash"]
        is_short = len(aside.split()) <= _LONGEST_ASIDE
        if is_short and is_whole(aside) and not re.search(r"[\dA-ZÀ-Þ]", aside) and not grammar.verbs_in(aside):
            return text[: found.start()] + text[found.end() :]
    return text


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
