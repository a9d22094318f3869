"""Make text safe to index and to show: what cannot be seen goes out, the layout stays. Knows no languages."""

import re
import unicodedata

_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f"  # control characters other than tab and line feed
    "\x80-\x84\x86-\x9f"
    "\u00ad"  # soft hyphen
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional controls
    "\u200b\u2060\ufeff\u180e"  # zero-width padding
    "\ud800-\udfff"  # lone surrogates
    "\U000e0000-\U000e007f"  # tag characters
    "]"
)
_SPACES_AT_LINE_ENDS = re.compile(r"[ \t]+(?=\n|$)")
_BLANK_LINES = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """Remove invisible characters, unify line ends, compose accents (NFC), keep the layout.

    Example: 'Bon\\u200bjour\\r\\n' -> 'Bonjour'
    """
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    text = _SPACES_AT_LINE_ENDS.sub("", unicodedata.normalize("NFC", text))
    return _BLANK_LINES.sub("\n\n", text).strip()
