"""What a reader tells of itself is hidden before any model sees it; the news is not."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safety import mask
from safety.types import Masked


@given(st.from_regex(r"0[1-9]( [0-9]{2}){4}|\+49 ?1[5-7][0-9] ?[0-9]{7,8}|06[0-9]{8}", fullmatch=True))
def test_mask_never_leaves_a_telephone_number(number: str):
    masked = mask(f"Mon numéro est {number}, qui est Messi ?")

    assert re.sub(r"\D", "", masked.text) == ""
    assert Masked.PHONE in masked.kinds


@given(st.from_regex(r"[a-z][a-z0-9._]{0,12}[a-z0-9]@[a-z]{2,10}\.(fr|de|com|co\.uk)", fullmatch=True))
def test_mask_never_leaves_an_email(email: str):
    masked = mask(f"Scrivimi a {email} per favore")

    assert email not in masked.text
    assert "@" not in masked.text
    assert Masked.EMAIL in masked.kinds


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Je m'appelle Léa Martin, j'habite 12 rue du Port. Qui est Messi ?", ["Léa", "Martin", "rue", "12"]),
        ("my name is tom baker and i live at 5 Green Lane", ["tom", "baker", "Green"]),
        ("Mi chiamo Anna Rossi e abito in via Garibaldi 7", ["Anna", "Rossi", "Garibaldi", "7"]),
        ("Me llamo Lucía y vivo en la calle Mayor 3", ["Lucía", "Mayor", "3"]),
        ("Ich heiße Paul Weber und wohne in der Lindenstraße 4", ["Paul", "Weber", "Linden", "4"]),
        ("Je vais au collège Jean Moulin", ["Jean", "Moulin"]),
    ],
)
def test_mask_hides_what_a_child_tells_of_itself(text: str, hidden: list[str]):
    masked = mask(text)

    assert [word for word in hidden if word in masked.text] == []
    assert masked.kinds


@pytest.mark.parametrize(
    "text",
    [
        "Qui est Emmanuel Macron ?",
        "Wer wohnt in der Downing Street 10?",
        "Combien coûtent 10 000 000 d'euros en 2024-2025 ?",
        "Comment s'appelle le président ?",
        "Que s'est-il passé le 12.03.2024 ?",
    ],
)
def test_mask_leaves_the_news_alone(text: str):
    assert mask(text).text == text


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_mask_changes_nothing_the_second_time(text: str):
    once = mask("Je m'appelle " + text).text

    assert mask(once).text == once
