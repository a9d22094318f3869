"""Quotation marks inside other ones; the widget's own function passes the same cases (`widget_modules/`)."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.words.quotation_marks import letters_within, within

CASES = json.loads((Path(__file__).parent / "widget_modules" / "quotation_marks.json").read_text(encoding="utf-8"))
MARKS = '«»„“”"‚‘’ \u00a0\u202f'


@pytest.mark.parametrize(("language", "text", "written"), CASES)
def test_marks_inside_others_are_the_inner_ones_of_the_language(language: str, text: str, written: str):
    assert within(text, language) == written


@given(st.text(alphabet=MARKS + "aé.,", max_size=30), st.sampled_from(["fr", "it", "es", "en", "de"]))
def test_words_stay_as_they_are_whatever_the_marks(text: str, language: str):
    letters = letters_within(text, language)

    assert len(letters) == len(text)
    assert [each for each in "".join(letters) if each not in MARKS] == [each for each in text if each not in MARKS]


@given(st.text(alphabet="«» a", max_size=20))
def test_marks_come_in_pairs_where_a_quotation_is_cut(text: str):
    written = within(text, "fr")

    assert written.count("“") == written.count("”")
    assert written.count("«") == written.count("»")
