"""Answers say how old their articles are when the question is about now."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.age import age_note, as_of, asks_about_now, written_day
from rag.types import Question
from tests.fakes import evidence_of

TODAY = date(2026, 2, 21)
LANGUAGES = ["fr", "en", "it", "es", "de"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Qui est premier aujourd’hui ?", "fr"),
        ("Aujourd'hui, qui est premier ?", "fr"),
        ("Que se passe-t-il EN CE MOMENT ?", "fr"),
        ("Quelles sont les dernières nouvelles du cow-boy ?", "fr"),
        ("Comment fait-on de la musique de nos jours ?", "fr"),
        ("Who is number one now?", "en"),
        ("What is the latest about the band?", "en"),
        ("WHO IS NUMBER ONE TODAY?", "en"),
        ("Quanti ascoltatori ha in questo momento?", "it"),
        ("Chi è primo adesso?", "it"),
        ("¿Cuántos oyentes tiene actualmente?", "es"),
        ("¿Hoy quién canta?", "es"),
        ("Wer ist heute auf Platz eins?", "de"),
        ("Wie macht man heutzutage Musik?", "de"),
        ("Was sind die neuesten Nachrichten?", "de"),
    ],
)
def test_question_asks_about_now_when_it_says_so(text: str, language: str):
    assert asks_about_now(Question(text, language))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Qui a écrit « Maintenant ou jamais » ?", "fr"),
        ("Combien de personnes l’ont écoutée ?", "fr"),
        ("Who knows the singer?", "en"),
        ("What did USA Today write?", "en"),
        ("A che ora canta?", "it"),
        ("Chi abita nell’oggidiano?", "it"),
        ("¿Qué hay en el hoyo?", "es"),
        ("Was schreibt die Zeitung Heute?", "de"),
        ("Wem gehört das Haus?", "de"),
        ("Co słychać dzisiaj?", "pl"),
    ],
)
def test_question_asks_not_about_now_when_the_word_is_a_name_or_part_of_another(text: str, language: str):
    assert not asks_about_now(Question(text, language))


def test_as_of_is_the_newest_day_on_which_a_cited_article_was_published_or_updated():
    old = evidence_of("Alt.", id="alt", published=date(2025, 11, 13))
    updated = evidence_of("Neu.", id="neu", published=date(2025, 11, 12), updated=date(2025, 11, 21))
    undated = evidence_of("Undatiert.", id="ohne")

    assert as_of([*old, *updated, *undated]) == date(2025, 11, 21)
    assert as_of(old) == date(2025, 11, 13)
    assert as_of(undated) is None
    assert as_of([]) is None


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("fr", "Et aujourd’hui ?", "date du 21 novembre 2025, il y a 3 mois."),
        ("en", "And now?", "is from 21 November 2025, 3 months ago."),
        ("it", "E adesso?", "è di 3 mesi fa (21 novembre 2025)."),
        ("es", "¿Y ahora?", "es del 21 de noviembre de 2025, hace 3 meses."),
        ("de", "Und jetzt?", "ist vom 21. November 2025, das war vor 3 Monaten."),
    ],
)
def test_age_note_says_in_the_readers_language_how_old_the_newest_article_is(language: str, text: str, said: str):
    assert age_note(Question(text, language), date(2025, 11, 21), TODAY).endswith(said)


def test_age_note_is_empty_for_a_question_about_no_time():
    assert age_note(Question("Chi ha cantato la canzone?", "it"), date(2020, 1, 1), TODAY) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_age_note_says_that_articles_carry_no_date(language: str):
    words = {"fr": "aujourd’hui", "en": "now", "it": "oggi", "es": "hoy", "de": "heute"}

    note = age_note(Question(f"… {words[language]} ?", language), None, TODAY)

    assert note.endswith(".")
    assert "{" not in note


@given(st.integers(-400, 4000), st.sampled_from(LANGUAGES))
def test_age_note_stands_exactly_when_the_newest_article_is_older_than_a_week(days: int, language: str):
    words = {"fr": "maintenant", "en": "currently", "it": "attualmente", "es": "actualmente", "de": "derzeit"}

    note = age_note(Question(f"{words[language]} ?", language), TODAY - timedelta(days=days), TODAY)

    assert bool(note) == (days > 7)


def test_first_day_of_a_month_is_written_as_the_french_say_it():
    assert written_day(date(2025, 11, 1), "fr") == "1er novembre 2025"
    assert written_day(date(2025, 11, 11), "fr") == "11 novembre 2025"
    assert written_day(date(2025, 11, 1), "de") == "1. November 2025"
