"""Why a sentence was refused, in the reader's words. Knows how `rag/grounding.py` puts it, and no HTML."""

import re

from page.texts import Texts
from page.wording import amount, language_name, month_name

_MISSING = re.compile(r"(?P<what>number|name|month|time) '(?P<which>.*)'", re.DOTALL)
_LANGUAGE = re.compile(r"not in '(?P<which>\w+)'")
_NAMES = {
    "says no more than the question": "question",
    "few of its words stand in the evidence": "words",
    "too far from all evidence": "far",
    "negation": "negation",
    "no negation": "no_negation",
    "quantity: all": "quantity_all",
    "quantity: most": "quantity_most",
    "quantity: only": "quantity_only",
}


def reason(said: str, texts: Texts) -> str | None:
    """A sentence for the reader; None for a reason that the page has no words for.

    Example: "number '9'" -> 'Le nombre 9 n’est pas dans les preuves.' in French
    """
    if said in _NAMES:
        return texts[f"reason.{_NAMES[said]}"]
    if found := _LANGUAGE.fullmatch(said):
        return texts["reason.language"].format(what=language_name(found["which"], texts.language))
    if found := _MISSING.fullmatch(said):
        return texts[f"reason.{found['what']}"].format(what=_named(found["what"], found["which"], texts))
    return None


def _named(what: str, which: str, texts: Texts) -> str:
    match what:
        case "number":
            return amount(which, texts.language)
        case "month":
            return month_name(which, texts.language)
        case "time":
            return texts.entries.get(f"unit.{which}", which)
    return which
