"""How quotation marks are written inside other ones. Knows typography, not who is quoted.

What is quoted already has marks of its own: « Il dit « oui ». » is hard to read, « Il dit “oui”. » is not. Marks inside
these are the outer ones again. What begins or ends within a longer quotation, as sentences of an article do, gets the
mark that it lacks. Apostrophes and single marks stay, but those that English and German use inside their own.
"""

from collections.abc import Iterator

_OUTER = {"fr": ("«\u00a0", "\u00a0»"), "it": ("«", "»"), "es": ("«", "»"), "en": ("“", "”"), "de": ("„", "“")}
_INNER = {"fr": ("“", "”"), "it": ("“", "”"), "es": ("“", "”"), "en": ("‘", "’"), "de": ("‚", "‘")}
_CLOSED_BY = {"«": "»", "„": "“”", "“": "”", '"': '"'}
_CLOSED_BY_TOO = {"en": {"‘": "’"}, "de": {"‚": "‘"}}
_CLOSINGS = "»”“"
_SPACES = " \u00a0\u202f"
_ELSE = "en"
_Pair = tuple[int, int]


def within(text: str, language: str) -> str:
    """A text as it is written in the quotation marks of a language, without these.

    Example: ('Il dit : « Oui. »', 'fr') -> 'Il dit : “Oui.”'; ('« Oui.', 'fr') -> 'Oui.'
    """
    return "".join(letters_within(text, language))


def letters_within(text: str, language: str) -> list[str]:
    """What is written for each character of a text that is `within` quotation marks."""
    last, pairs = len(text) - 1, list(_pairs(text, language))
    around = [(start, end) for start, end in pairs if start <= 0 and end >= last]  # the marks outside stand for them
    written, before, behind = list(text), "", ""
    for start, end in pairs:
        depth = sum(_holds(other, (start, end)) for other in pairs if other not in around)
        kinds = (_INNER, _OUTER)[depth % 2]
        opening, closing = ("", "") if (start, end) in around else kinds.get(language, kinds[_ELSE])
        if start < 0:
            before += opening
        else:
            _put(written, start, opening, 1)
        if end > last:
            behind = closing + behind
        else:
            _put(written, end, closing, -1)
    if written:
        written[0], written[-1] = before + written[0], written[-1] + behind
    return written


def _pairs(text: str, language: str) -> Iterator[_Pair]:
    """Where quotations begin and end: before 0 what began earlier, behind the last character what goes on."""
    closed_by = _CLOSED_BY | _CLOSED_BY_TOO.get(language, {})
    if language == "de" and _begins_word(text, text.find("»")):
        closed_by["»"] = "«"  # as German »books« have them
    opened: list[int] = []
    for place, letter in enumerate(text):
        closes = [start for start in opened if letter in closed_by[text[start]]]
        if closes and not _is_apostrophe(text, place):
            yield closes[-1], place
            opened = opened[: opened.index(closes[-1])]
        elif letter in _CLOSINGS and (letter not in closed_by or (language == "de" and not _begins_word(text, place))):
            yield -1, place
        elif letter in closed_by:
            opened.append(place)
    yield from ((place, len(text)) for place in opened if text[place] in "«„“»")


def _holds(one: _Pair, other: _Pair) -> bool:
    return one != other and one[0] <= other[0] and one[1] >= other[1]


def _put(written: list[str], place: int, mark: str, step: int) -> None:
    """Write another mark; the spaces between the old one and what it is about go."""
    written[place] = mark
    place += step
    while 0 <= place < len(written) and written[place] in tuple(_SPACES):
        written[place] = ""
        place += step


def _begins_word(text: str, place: int) -> bool:
    return place == 0 or (place > 0 and not text[place - 1].isalnum() and text[place - 1] not in ".,!?…")


def _is_apostrophe(text: str, place: int) -> bool:
    """Example: ('I can’t', 5) -> True"""
    return text[place] == "’" and text[place + 1 : place + 2].isalpha()
