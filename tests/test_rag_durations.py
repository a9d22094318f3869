"""Months and durations that a sentence names and its evidence does not."""

import pytest
from fakes import evidence_of

from rag.types import Question
from rag.words.durations import durations, other_times


@pytest.mark.parametrize(
    ("text", "language", "evidence", "told_in", "found"),
    [
        ("Nach wenigen Tagen kannten ihn alle.", "de", "Nach wenigen Wochen kannten ihn alle.", "de", ["time 'day'"]),
        ("Elle est restée deux mois en tête.", "fr", "Estuvo dos semanas en cabeza.", "es", ["time 'month'"]),
        ("Lo ascoltano ogni settimana.", "it", "400,000 people listen every month.", "en", ["time 'week'"]),
        ("Llegó al número uno en marzo.", "es", "Numéro un en novembre.", "fr", ["month '3'"]),
        ("Es geschah an einem Dienstag.", "de", "Cela est arrivé un lundi.", "fr", ["day 'tuesday'"]),
        ("È uscita venerdì.", "it", "It came out on Friday.", "en", []),
        ("Elle a gagné 3 millions de dollars.", "fr", "Ha ganado 3 millones de euros.", "es", ["currency 'dollar'"]),
        ("She earned £3 million.", "en", "Sie verdiente 3 Millionen Pfund.", "de", []),
        ("Costa 3 euro.", "it", "It costs $3.", "en", ["currency 'euro'"]),
        ("It took ten years.", "en", "Cela a duré une décennie.", "fr", []),
        ("Es geschah im November.", "de", "Il 10/11/2025 è successo.", "it", []),
        ("À ce jour, personne ne le sait.", "fr", "Nobody knows.", "en", []),
        ("The year was good.", "en", "Todo fue bien.", "es", []),
    ],
)
def test_time_that_the_evidence_does_not_name_is_told(
    text: str, language: str, evidence: str, told_in: str, found: list[str]
):
    assert list(other_times(text, Question("?", language), evidence_of(evidence, language=told_in))) == found


def test_durations_are_no_single_days_of_the_calendar():
    assert durations("Le jour de ses trois semaines", "fr") == {"week"}
    assert durations("Am Tag danach, zehn Jahre später", "de") == {"year"}
    assert durations("Le journal et les journalistes", "fr") == durations("Il giornale", "it") == set()
    assert durations("Trois journées, dix jours", "fr") == durations("Tre giornate", "it") == {"day"}
    assert durations("Een dag, drie weken", "nl") == set()
