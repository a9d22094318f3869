"""Why a sentence was refused, in the reader's words. Knows what the check of sentences says, and no HTML.

Names and numbers that a refused sentence made up are counted, not repeated.
"""

import re
from collections import Counter
from collections.abc import Iterable

from page.wording import day_name, language_name, month_name
from telling.texts import LANGUAGES, Texts

_SAID = {
    "says no more than the question": "question",
    "few of its words stand in the evidence": "words",
    "not all of it stands in the evidence": "part",
    "who does what": "roles",
    "too far from all evidence": "far",
    "the evidence says the contrary": "contrary",
    "does not follow from the evidence": "not_following",
    "negation": "negation",
    "no negation": "no_negation",
    "quantity: all": "quantity_all",
    "quantity: most": "quantity_most",
}
_ABOUT = re.compile(r"(?P<what>number|name|month|day|time|currency|not in) '(?P<which>.*)'", re.DOTALL)
_COUNTED = {"number": "numbers", "name": "names"}
_SOMETHING = "something"


def reasons(said: Iterable[str], texts: Texts) -> tuple[str, ...]:
    """Sentences for the reader, each once, whatever the check says.

    Example: "number '9'", "number '8'" -> 'Elle donne 2 nombres qui ne sont pas dans les preuves.' in French
    """
    read = [_read(each, texts) for each in dict.fromkeys(said)]
    counts = Counter(entry for entry, _ in read)
    return tuple(dict.fromkeys(_told(entry, what, counts[entry], texts) for entry, what in read))


def _told(entry: str, what: str, count: int, texts: Texts) -> str:
    if count > 1:
        entry = _COUNTED.get(entry, entry)
    return texts[f"reason.{entry}"].format(what=what, count=count)


def _read(said: str, texts: Texts) -> tuple[str, str]:
    """The text for a reason and what it names, if that is one of a few known words."""
    if not (found := _ABOUT.fullmatch(said)):
        return _SAID.get(said, _SOMETHING), ""
    what, which = found["what"], found["which"]
    if what in ("number", "name", "currency"):
        return what, ""
    known = _known(what, which, texts)
    return ("language" if what == "not in" else what, known) if known else (_SOMETHING, "")


def _known(what: str, which: str, texts: Texts) -> str:
    """A month, a day, a unit of time or a language in the reader's words; '' for anything else."""
    match what:
        case "month":
            return month_name(which, texts.language)
        case "day":
            return day_name(which, texts.language)
        case "time":
            return texts.entries.get(f"unit.{which}", "")
    return language_name(which, texts.language) if which in LANGUAGES else ""
