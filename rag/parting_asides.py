"""What is said beside a name -> a sentence of its own. Knows grammar, not meaning.

Only 'who' and 'qui' behind a whole name at the beginning: elsewhere, who does what to whom is not sure.
Example: 'Ana Ruiz, qui chante, est là.' -> 'Ana Ruiz chante.', 'Ana Ruiz est là.'
"""

import re

from rag.grammar import Grammar, masked, tokens

_WITH_NAME = r"(?P<name>(?:[^\s,_]+\s){1,3}[^\s,_]+)"
_WHO = {"fr": "qui", "en": "who"}


def at_relatives(text: str, grammar: Grammar) -> tuple[str, str] | None:
    """Around what is said beside the subject. Example: 'Ana Ruiz, who sings, is here.' -> 'Ana Ruiz sings.', …"""
    who = _WHO.get(grammar.language)
    found = who and re.match(rf"{_WITH_NAME},\s{who}\s(?P<aside>[^,;:()]+),\s(?P<rest>[^,;:()–]+)$", masked(text))
    if not found:
        return None
    name, aside, rest = (text[slice(*found.span(group))] for group in ("name", "aside", "rest"))
    is_name = all(word.has_capital for word in tokens(name, grammar.language))
    if not is_name or grammar.behind_who(aside, who or "") < 0 or grammar.behind_clitics(rest) < 0:
        return None
    return f"{name} {aside}", f"{name} {rest}"
