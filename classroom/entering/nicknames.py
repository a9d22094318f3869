"""A nickname that may be shown to a class: short, clean, no real name as far as that can be seen. Knows no pupils."""

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

import safety
from classroom.errors import NotNow
from corpus.cleaning import clean
from safety.folding import fold
from safety.masking import mask

LONGEST = 20
_RUDE = Path(__file__).with_name("rude_words.toml")
_SIGNS = " -_.'’!"
_MOST_DIGITS = 5
_MOST_MARKS = 2  # combining ones in a row: more are drawn over the lines above and below
# Letters of other alphabets, and digits, that look like a Latin letter.
_ALIKE = str.maketrans("01|!5аеіорсухвнкмтαιονρτυκ", "ollls" + "aelopcyxbhkmtalovptuk")


def tidy_nickname(typed: str) -> str:
    """What was typed without what cannot be seen. Example: '  Lion\\u200b 7 ' -> 'Lion 7'"""
    return " ".join(unicodedata.normalize("NFC", clean(typed[:1000])).split())


def check_nickname(nickname: str) -> None:
    """Raises NotNow with the sentence for what is wrong with it."""
    if not any(character.isalnum() for character in nickname):
        raise NotNow("nickname_empty", 400)
    if len(nickname) > LONGEST:
        raise NotNow("nickname_long", 400)
    if _tells_who(nickname):
        raise NotNow("nickname_real", 400)
    if not all(_is_harmless(character) for character in nickname) or _is_overdrawn(nickname):
        raise NotNow("nickname_signs", 400)
    if _is_rude(nickname):
        raise NotNow("nickname_rude", 400)


def skeleton(nickname: str) -> str:
    """The same for nicknames that look alike. Example: 'Léa' and 'LEA ' -> 'lea'"""
    plain = unicodedata.normalize("NFKD", nickname).casefold()
    plain = "".join(letter for letter in plain if letter.isalnum() or letter in "|!")
    return plain.translate(_ALIKE).replace("i", "l")


def _is_harmless(character: str) -> bool:
    return character in _SIGNS or unicodedata.category(character)[0] in "LNM" or _is_picture(character)


def _is_picture(character: str) -> bool:
    """An emoji, or what joins two of them."""
    return unicodedata.category(character) in ("So", "Sk")


def _is_overdrawn(nickname: str) -> bool:
    marks = "".join("m" if unicodedata.category(each)[0] == "M" else " " for each in nickname)
    return "m" * (_MOST_MARKS + 1) in marks


def _is_rude(nickname: str) -> bool:
    folded = fold(nickname)
    together = folded.replace(" ", "")
    inside, alone = _rude_words()
    if any(word in together for word in inside) or alone & {*folded.split(), together}:
        return True
    return safety.check(nickname, "child").outcome is not safety.Outcome.ANSWER


def _tells_who(nickname: str) -> bool:
    """An e-mail address, a telephone number, or what looks like a first and a family name: two words of letters."""
    words = [re.sub("[-’]", "", word) for word in re.split(r"[\s._]+", nickname) if len(word) > 1]
    names = len(words) > 1 and all(word.isalpha() for word in words) and not _is_rude(nickname)
    return names or mask(nickname).text != nickname or len(re.findall(r"\d", nickname)) > _MOST_DIGITS


@cache
def _rude_words() -> tuple[tuple[str, ...], frozenset[str]]:
    lists = tomllib.loads(_RUDE.read_text(encoding="utf-8"))
    return tuple(lists["inside"].split()), frozenset(lists["alone"].split())
