from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import StatedDate, stated_date
from corpus.layout import parse_date

DAY = date(2025, 11, 13)


@pytest.mark.parametrize(
    "text",
    [
        "2025-11-13",
        "2025-11-13T08:15:00Z",
        "13 novembre 2025",
        "13. November 2025",
        "13 de noviembre de 2025",
        "November 13, 2025",
        "13th November 2025",
        "13.11.2025",
        "13/11/2025",
    ],
)
def test_parse_date_reads_iso_and_the_words_of_five_languages(text: str):
    assert parse_date(text) == DAY


@pytest.mark.parametrize(
    "text", ["1er mars 2026", "1º marzo 2026", "1. März 2026", "March 1st, 2026", "1 de marzo de 2026"]
)
def test_parse_date_reads_the_first_of_a_month(text: str):
    assert parse_date(text) == date(2026, 3, 1)


@pytest.mark.parametrize(
    "text", ["", "hier", "gestern", "yesterday", "2025", "31 février 2025", "2025-02-30", "5 robots 2024"]
)
def test_parse_date_gives_none_for_what_is_no_full_date(text: str):
    assert parse_date(text) is None


@given(st.dates(min_value=date(1000, 1, 1)))
def test_parse_date_reads_back_every_iso_date(day: date):
    assert parse_date(day.isoformat()) == day


@given(st.text(max_size=40))
def test_parse_date_never_fails(text: str):
    assert parse_date(text) is None or isinstance(parse_date(text), date)


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("13 novembre 2025", ""),
        ("Jeudi 13 novembre 2025 à 14h30", ""),
        ("Publié le 13 novembre 2025", ""),
        ("Pubblicato il 13 novembre 2025", ""),
        ("Publicado el 13 de noviembre de 2025", ""),
        ("Stand: 13.11.2025, 08:15 Uhr", ""),
        ("Donnerstag, 13. November 2025", ""),
        ("date 2025-11-13 Anna canta.", "Anna canta."),
        ("13. November 2025 – Ein Roboter singt.", "Ein Roboter singt."),
        ("Berlin, 13. November 2025", "Berlin"),
        ("Von Anna Schmidt | 13.11.2025", "Von Anna Schmidt"),
        ("By Jane Doe, November 13, 2025", "By Jane Doe"),
    ],
)
def test_stated_date_is_taken_from_the_lines_that_pages_state_it_in(line: str, rest: str):
    assert stated_date(line) == StatedDate(DAY, rest)


@pytest.mark.parametrize(
    "line",
    [
        "13 November 2025 was the day when the robot sang.",
        "Le 13 novembre 2025, Breaking Rust est premier.",
        "Il 13 novembre 2025 il robot ha cantato.",
        "Les concerts du 13 novembre 2025",
        "Il chante seul.",
    ],
)
def test_stated_date_is_none_where_the_date_is_part_of_a_sentence(line: str):
    assert stated_date(line) is None
