"""Make text safe to index and to show: what cannot be seen goes out, the layout stays. Knows no languages."""

import re
import unicodedata

_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters other than tab and line feed
    "\u00ad\u034f"  # soft hyphen, grapheme joiner
    "\u061c\u200e\u200f\u202a-\u202e"  # bidirectional controls
    "\u180e\u200b\u2060-\u206f\ufeff"  # zero-width padding, more controls; joiners stay, emoji need them
    "\ufff9-\ufffc"  # annotation marks, place of an object
    "\ud800-\udfff"  # lone surrogates
    "\U000e0000-\U000e0fff"  # tags and the selectors that can hide a message
    "]"
)
_BLANK_LINES = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """Remove invisible characters, unify line ends, compose accents (NFC), keep the layout.

    Example: 'Bon\\u200bjour\\r\\n' -> 'Bonjour'
    """
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    lines = (line.rstrip(" \t") for line in unicodedata.normalize("NFC", text).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
