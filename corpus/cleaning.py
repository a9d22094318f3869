"""Make text safe to index and to show: what cannot be seen goes out, the layout stays. Knows no languages."""

import re
import unicodedata

_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters other than tab and line feed
    "\u00ad\u034f\u115f\u1160\u3164\uffa0"  # soft hyphen, grapheme joiner, Hangul fillers
    "\u061c\u200e\u200f\u202a-\u202e"  # bidirectional controls
    "\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u206f\ufeff"  # zero-width padding, more controls
    "\ufe00-\ufe0d\ufff9-\ufffc"  # selectors other than those of emoji, annotation marks, place of an object
    "\ud800-\udfff"  # lone surrogates
    "\U000e0000-\U000e0fff"  # tags and the selectors that can hide a message
    "]"
)
# Joiners and selectors belong to emoji ('👩‍🎤', '❤️') and to scripts whose letters join, as Persian does; elsewhere
# they are padding that splits a word unseen.
_JOINERS = re.compile("([^\u200c\u200d\ufe0e\ufe0f]?)([\u200c\u200d\ufe0e\ufe0f]+)(?=(.?))", re.DOTALL)
_EMOJI = re.compile(
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u27bf\u2900-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
_JOINING_SCRIPT = re.compile("[\u0620-\u0dff\u1800-\u18af]")
_KEYCAP = "\u20e3"
_NOT_MARKUP = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BLANK_LINES = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """Remove invisible characters, unify line ends, compose accents (NFC), keep the layout.

    Example: 'Bon\\u200bjour\\r\\n' -> 'Bonjour'
    """
    text = _JOINERS.sub(_needed_joiners, _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)))
    lines = (line.rstrip(" \t") for line in unicodedata.normalize("NFC", text).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def clean_markup(text: str) -> str:
    """Markup without what no parser of XML or HTML takes: NUL, lone surrogates, other control characters."""
    return _NOT_MARKUP.sub("", text)


def _needed_joiners(found: re.Match[str]) -> str:
    """What stands before a run of joiners, with as much of the run as an emoji or a joining letter needs."""
    before, run, after = found.groups()
    if _EMOJI.match(before):
        selector = next((character for character in run if character in "\ufe0e\ufe0f"), "")
        return before + selector + ("\u200d" if "\u200d" in run and _EMOJI.match(after) else "")
    if _JOINING_SCRIPT.match(before) and _JOINING_SCRIPT.match(after):
        return before + next((character for character in run if character in "\u200c\u200d"), "")
    return before + ("\ufe0f" if after == _KEYCAP and "\ufe0f" in run else "")
