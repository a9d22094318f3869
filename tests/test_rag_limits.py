"""What questions say about where to look."""

from datetime import date

import pytest

from corpus.types import Kind
from rag.filters import Filters
from rag.finding.limits import limits, period
from rag.types import Question

TODAY = date(2026, 11, 21)  # a Saturday


@pytest.mark.parametrize(
    ("text", "language", "days"),
    [
        ("Que s'est-il passé cette semaine ?", "fr", (date(2026, 11, 15), TODAY)),
        ("Qu’est-ce qui est arrivé aujourd’hui ?", "fr", (TODAY, TODAY)),
        ("What happened yesterday?", "en", (date(2026, 11, 20), date(2026, 11, 20))),
        ("Cosa è successo la settimana scorsa?", "it", (date(2026, 11, 9), date(2026, 11, 15))),
        ("¿Qué pasó el mes pasado?", "es", (date(2026, 10, 1), date(2026, 10, 31))),
        ("Was war LETZTES JAHR los?", "de", (date(2025, 1, 1), date(2025, 12, 31))),
        ("Qui a gagné en 2025 ?", "fr", (date(2025, 1, 1), date(2025, 12, 31))),
        ("Quelles chansons en décembre ?", "fr", (date(2025, 12, 1), date(2025, 12, 31))),
        ("What came out in February 2024?", "en", (date(2024, 2, 1), date(2024, 2, 29))),
        ("¿Qué salió en marzo de 2026?", "es", (date(2026, 3, 1), date(2026, 3, 31))),
        ("Was geschah im März?", "de", (date(2026, 3, 1), date(2026, 3, 31))),
        ("Cosa è uscito a novembre?", "it", (date(2026, 11, 1), date(2026, 11, 30))),
        ("Que s'est-il passé depuis mars ?", "fr", (date(2026, 3, 1), TODAY)),
        ("What has been sung since 2024?", "en", (date(2024, 1, 1), TODAY)),
        ("Cosa è cambiato dal 2025?", "it", (date(2025, 1, 1), TODAY)),
        ("¿Qué pasó desde enero de 2026?", "es", (date(2026, 1, 1), TODAY)),
        ("Was ist seit Oktober neu?", "de", (date(2026, 10, 1), TODAY)),
        ("Wer hat 2000 Lieder geschrieben?", "de", None),
        ("How many songs are there?", "en", None),
        ("La hierbabuena de hoyo", "es", None),
        ("Co się stało wczoraj?", "pl", None),
    ],
)
def test_period_is_the_time_that_a_question_names(text: str, language: str, days: tuple[date, date] | None):
    assert period(text, language, TODAY) == days


def test_last_month_in_january_is_in_the_year_before():
    assert period("le mois dernier", "fr", date(2026, 1, 31)) == (date(2025, 12, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("Que dit Le Monde des robots ?", "Le Monde"),
        ("Que dit Le Monde des ados des robots ?", "Le Monde des ados"),
        ("Le monde entier écoute", None),
        ("Was sagt taz dazu?", None),
        ("Combien de robots ?", None),
        ("Que dit Mot ! des robots ?", "Mot !"),
    ],
)
def test_limits_take_the_longest_outlet_that_is_named_as_it_is_written(text: str, outlet: str | None):
    assert limits(Question(text, "fr"), ["Le Monde", "Le Monde des ados", "taz", "Mot !"], TODAY) == Filters(
        outlet=outlet
    )


@pytest.mark.parametrize(
    ("text", "language", "asks"),
    [
        ("Que disent les lecteurs de la chanson ?", "fr", True),
        ("What do readers think?", "en", True),
        ("Che cosa si dice nei commenti?", "it", True),
        ("¿Qué opinan los lectores?", "es", True),
        ("Was schreiben die Leser?", "de", True),
        ("Que dit le directeur de la chanson ?", "fr", False),
        ("Wer liest Zeitung?", "de", False),
    ],
)
def test_question_about_readers_looks_at_their_comments(text: str, language: str, asks: bool):
    assert limits(Question(text, language), [], TODAY).kind is (Kind.COMMENTS if asks else None)
