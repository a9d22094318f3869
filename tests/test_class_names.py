"""Join codes and nicknames: speakable, harmless, nobody's real name."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.entering.codes import code_words, new_code, tidy
from classroom.entering.nicknames import LONGEST, _is_rude, check_nickname, skeleton, tidy_nickname
from classroom.errors import NotNow
from classroom.showing.texts import load

LANGUAGES = ("fr", "en", "it", "es", "de")


def refusal(nickname: str) -> str:
    """The sentence a nickname is refused with, '' when it is fine."""
    try:
        check_nickname(tidy_nickname(nickname))
    except NotNow as refused:
        return refused.phrase
    return ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_codes_are_of_short_plain_words_and_there_are_many(language: str):
    words = code_words()[language]

    assert all(re.fullmatch(r"[a-z]{3,10}", word) for word in words)
    assert not [word for word in words if _is_rude(word)]
    assert len(words) * (len(words) - 1) * 9000 > 40_000_000
    assert len({new_code(language) for _ in range(200)}) > 195  # two alike are no wonder, five are one


@pytest.mark.parametrize("typed", ["tigre-luna-4827", " TIGRE luna4827 ", "Tígre – luna 4827", "tigre.luna.4827"])
def test_a_code_is_read_however_it_was_typed(typed: str):
    assert tidy(typed) == "tigre-luna-4827"


@given(st.text())
def test_what_is_no_code_becomes_none_or_a_tidy_one(typed: str):
    assert tidy(typed) == tidy(tidy(typed))


@given(st.sampled_from(LANGUAGES))
def test_every_code_is_its_own_tidy_form(language: str):
    code = new_code(language)

    assert tidy(code) == code


@pytest.mark.parametrize(
    "nickname", ["Lion7", "Léa", "Zoë B", "Étoile 12", "Пума", "Ninja🦊", "Sansa", "Cassandre", "Depeche", "Creta"]
)
def test_a_nickname_that_harms_nobody_is_fine(nickname: str):
    assert refusal(nickname) == ""


@pytest.mark.parametrize(
    ("nickname", "phrase"),
    [
        ("", "nickname_empty"),
        ("   \u200b ", "nickname_empty"),
        ("🦊🦊", "nickname_empty"),
        ("a" * 500, "nickname_long"),
        ("<script>", "nickname_signs"),
        ("Z̷̢̛͙̈a", "nickname_signs"),
        ("F U C K", "nickname_rude"),
        ("connard99", "nickname_rude"),
        ("Arschloch", "nickname_rude"),
        ("stronz0", "nickname_rude"),
        ("gilipollas", "nickname_rude"),
        ("idiota", "nickname_rude"),
        ("Imbécile 7", "nickname_rude"),
        ("Blödmann", "nickname_rude"),
        ("scemo", "nickname_rude"),
        ("Maîtresse", "nickname_rude"),
        ("Léa Martin", "nickname_real"),
        ("giulia rossi", "nickname_real"),
        ("lea@ecole.fr", "nickname_real"),
        ("06 12 34 56 78", "nickname_real"),
    ],
)
def test_a_nickname_that_will_not_do_is_refused_with_its_reason(nickname: str, phrase: str):
    assert refusal(nickname) == phrase


@given(st.text(max_size=40))
def test_no_nickname_breaks_anything_and_what_passes_is_short(nickname: str):
    if not refusal(nickname):
        assert 0 < len(tidy_nickname(nickname)) <= LONGEST
        assert skeleton(tidy_nickname(nickname)) or not nickname.isascii()


def test_every_sentence_is_there_in_every_language_and_takes_the_same_values():
    texts = load()
    entries = texts["fr"].entries

    for language in LANGUAGES:
        assert set(texts[language].entries) == set(entries)
        for name, sentence in texts[language].entries.items():
            assert sorted(re.findall(r"\{\w+\}", sentence)) == sorted(re.findall(r"\{\w+\}", entries[name])), name
            assert "'" not in sentence or language == "en", f"{language} {name}"


def test_french_has_its_spaces():
    own = [text for name, text in load()["fr"].entries.items() if name.split(".")[0] in ("room", "problem", "join")]

    assert not [text for text in own if re.search(r"[^\u00a0\u202f][:;!?»]|«[^\u00a0\u202f]", text)]
