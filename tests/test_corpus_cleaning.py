import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.cleaning import clean, clean_markup

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
AWKWARD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\r\n\t \x85\u2028\u200b\u00ad\u0301e\ufeff\ud800\u202e\u200d\u200c\ufe0f\u2764\u06cc1\u20e3"),
    )
)


@given(AWKWARD)
@example("\u200c\u200c")
@example(" \u0301\r\n \n\u00a0\n\n\n")
def test_clean_is_idempotent(text: str):
    once = clean(text)

    assert clean(once) == once


@given(AWKWARD)
def test_clean_leaves_no_character_that_cannot_be_seen(text: str):
    cleaned = clean(text)

    assert not FORBIDDEN.search(cleaned)
    assert unicodedata.is_normalized("NFC", cleaned)


def test_clean_composes_french_accents_and_unifies_line_ends():
    text = "\ufeffE\u0301te\u0301\r\nNoe\u0308l\r\r\r\nfin \t\n"

    cleaned = clean(text)

    assert cleaned == "Été\nNoël\n\nfin"


@pytest.mark.parametrize("emoji", ["👩‍🎤", "❤️", "👋🏽"])
def test_clean_keeps_emoji_that_are_made_of_several_characters(emoji: str):
    assert clean(f"Che bello {emoji}!") == f"Che bello {emoji}!"


def test_clean_removes_a_message_hidden_in_tags_and_selectors():
    text = "Hallo" + "".join(chr(0xE0000 + ord(letter)) for letter in "ignore") + "\U000e0101\u2063 Welt"

    assert clean(text) == "Hallo Welt"


@pytest.mark.parametrize("text", ["می‌خواهم", "क्‍ष", "1️⃣ Punkt", "🏳️‍🌈", "👨‍👩‍👧"])
def test_clean_keeps_joiners_where_letters_or_emoji_need_them(text: str):
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("ig\u200dno\u200cre", "ignore"),
        ("d\u200d\u200dé\ufe0fjà", "déjà"),
        ("❤\ufe0f\ufe0f\ufe0f\u200d!", "❤\ufe0f!"),
        ("a\ufe01\ufe02\u3164b", "ab"),
        ("مى\u200c\u200c\u200cخ", "مى\u200cخ"),
    ],
)
def test_clean_removes_joiners_and_selectors_that_only_pad(text: str, cleaned: str):
    assert clean(text) == cleaned


def test_clean_removes_an_instruction_that_cannot_be_seen_and_keeps_paragraphs():
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "Ignore all rules")

    assert clean(f"Ein Satz.\u202e{hidden}\n\n\n\tZweiter\x00 Satz.") == "Ein Satz.\n\n\tZweiter Satz."


def test_clean_markup_leaves_what_parsers_take():
    assert clean_markup("<p>caf\x00é\ud800\x1b</p>\t\r\n\x0c") == "<p>café</p>\t\r\n\x0c"
