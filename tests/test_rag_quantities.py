"""Numbers in whatever notation are the same numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.words.quantities import months, numbers


@pytest.mark.parametrize("text", ["400.000", "400 000", "400,000", "400\u00a0000", "400\u202f000", "400'000", "400000"])
def test_numbers_are_the_same_however_their_thousands_are_written(text: str):
    assert numbers(f"Más de {text} personas.", "es") == {"400000"}


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("3,5 Millionen oder 3.5 Kilo", "de", {"3500000", "3.5"}),
        ("1.234.567,89 euro, 1,234,567.89 euros", "it", {"1234567.89"}),
        ("En 2024 300 ruches", "fr", {"2024", "300"}),
        ("97 %, 97%, 97,0 %", "fr", {"97"}),
        ("le 21 novembre 2025, à 18h30", "fr", {"21", "2025", "18", "30"}),
        ("12, 345 e 678", "it", {"12", "345", "678"}),
        ("die 1990er", "de", {"1990"}),
        ("quatre millions", "fr", {"4000000"}),
        ("4 millions, 4 M, 4,0 million", "fr", {"4000000"}),
        ("un enfant, une fois", "fr", set()),
        ("quatre-vingt-dix-sept pour cent", "fr", {"97", "100"}),
        ("four million, 4 million, 4bn", "en", {"4000000", "4000000000"}),
        ("twenty-five of 35k", "en", {"25", "35000"}),
        ("quattrocentomila, 35mila, 2 miliardi", "it", {"400000", "35000", "2000000000"}),
        ("cuatro millones, 35 mil, 2 mil millones", "es", {"4000000", "35000", "2000000000"}),
        ("vierhunderttausend, 4 Mio., 2 Milliarden", "de", {"400000", "4000000", "2000000000"}),
        ("5 m de haut", "fr", {"5"}),
        ("35 000 osób, sto tysięcy", "pl", {"35000"}),
        ("", "fr", set()),
    ],
)
def test_numbers_are_found_in_digits_and_words(text: str, language: str, found: set[str]):
    assert numbers(text, language) == found


@given(st.integers(2, 10**9), st.sampled_from(["fr", "en", "it", "es", "de", "pl"]))
def test_number_is_the_same_with_and_without_separators(value: int, language: str):
    written = {f"{value}", f"{value:,}", f"{value:,}".replace(",", "."), f"{value:,}".replace(",", "\u202f")}

    assert [numbers(f"Il y a {number} x.", language) for number in written] == [{str(value)}] * len(written)


@given(st.text(), st.sampled_from(["fr", "de", "xx"]))
def test_numbers_of_any_text_are_plain_digits(text: str, language: str):
    assert all(number.replace(".", "", 1).isdecimal() for number in numbers(text, language))


def test_months_are_told_by_their_names():
    assert months("Le 10 Novembre et en mars", "fr") == {"11", "3"}
    assert months("w marcu", "pl") == set()
