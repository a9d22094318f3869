"""Bytes -> text. Knows encodings, not files.

General detectors are unsure on short texts with few accents (charset-normalizer 3.5 reads French in cp1252 as
mac_latin2: 'cr\u0165\u0165'), so the encodings that Western European texts come in are tried in turn.
"""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = ("cp1252", "mac_roman", "cp850")
_DECLARABLE = re.compile(
    r"utf-(?:8|16|32)|cp12\d\d|iso8859-\d+|koi8-[ru]|mac-roman|gb\w+|big5\w*|euc_\w+|shift_jis|cp932"
)
_READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "shift_jis": "cp932"}
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_NOT_WESTERN = re.compile(r"[^\x00-\x7fÀ-ÖØ-öø-ÿŒœŸß«»‹›“”„‘’‚–—…•·€£°ºª§©®™¿¡\xa0\xad½¼¾²³×]")
_MOST_CONTROLS = 0.01  # of all characters: beyond it a file is binary
_FEW_CONTROLS, _MOST_OF_FEW = 10, 0.1  # so many in a short text are an accident, if that share of it or less
_MOST_STRAY = 0.1  # of the characters beyond ASCII: beyond it the encoding is another one
_MOST_ACCENTED = 0.4  # of all letters: French has 0.04, Cyrillic read as cp1252 has 1


def decode(data: bytes, declared: str = "") -> str:
    """The text of the bytes: UTF-8, UTF-16 or UTF-32, else as declared, else the Western encoding that makes sense.

    Example: b'caf\\xe9' -> 'café'
    Raises ValueError, with the reason, when it is binary or in an encoding that cannot be told.
    """
    marked = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), None) or _utf_16_without_mark(data)
    if marked:
        text = data.decode(marked, errors="replace")
    elif declared and (as_declared := _as_declared(data, declared)) is not None:
        text = as_declared
    elif (mended := _mostly_utf_8(data)) is not None:
        text = mended
    else:
        text = _legacy(data)
    if len(_CONTROLS.findall(text)) > max(_MOST_CONTROLS * len(text), min(_FEW_CONTROLS, _MOST_OF_FEW * len(text))):
        raise ValueError("it is a binary file, not text")
    return text


def _as_declared(data: bytes, declared: str) -> str | None:
    """The text in the declared encoding; None when it is UTF-8 all the same, or not in that encoding.

    Servers declare wrong encodings, but bytes that happen to be valid UTF-8 are rare in any other.
    """
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    for encoding in ("utf-8", _READ_AS.get(name, name)):
        if _DECLARABLE.fullmatch(encoding):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    return None


def _utf_16_without_mark(data: bytes) -> str | None:
    """Which UTF-16 it is when nearly every second byte is zero, as in a Western text."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    enough = 0.4 * len(data)
    if len(data) >= 4 and max(even, odd) > enough and min(even, odd) == 0:
        return "utf-16-be" if even else "utf-16-le"
    return None


def _mostly_utf_8(data: bytes) -> str | None:
    """UTF-8 whose few broken bytes are read as cp1252, as where two files were joined; None when it is not UTF-8."""
    text = data.decode("utf-8", errors="surrogateescape")
    stray = sum("\udc80" <= character <= "\udcff" for character in text)
    beyond_ascii = len(text) - sum(map(str.isascii, text)) if stray else 0
    if stray > _MOST_STRAY * beyond_ascii:
        return None
    return re.sub(r"[\udc80-\udcff]", lambda found: _byte(found.group()).decode("cp1252", "replace"), text)


def _byte(surrogate: str) -> bytes:
    return surrogate.encode("utf-8", "surrogateescape")


def _legacy(data: bytes) -> str:
    for encoding in _LEGACY:
        text = data.decode(encoding, errors="replace")
        beyond_ascii = sum(not character.isascii() for character in text)
        letters = sum(map(str.isalpha, text))
        accented = sum(character.isalpha() and not character.isascii() for character in text)
        western = len(_NOT_WESTERN.findall(text)) <= _MOST_STRAY * beyond_ascii
        if western and accented <= _MOST_ACCENTED * letters:
            return text
    raise ValueError("it is a binary file, or in an encoding that cannot be told: save it as UTF-8")
