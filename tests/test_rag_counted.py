"""The amounts that a sentence tells, and of what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.words.counted import counts
from rag.words.counting_words import fold


@pytest.mark.parametrize(
    ("text", "language", "written", "amount", "kind", "measure"),
    [
        (
            "Plus de 4 millions de personnes l’écoutent.",
            "fr",
            "Plus de 4 millions de personnes",
            4e6,
            "listening",
            "people",
        ),
        (
            "Elle a deux millions d’auditeurs mensuels.",
            "fr",
            "deux millions d’auditeurs mensuels",
            2e6,
            "listening",
            "people",
        ),
        ("Ha 2,5 milioni di ascolti.", "it", "2,5 milioni di ascolti", 2.5e6, "listening", "times"),
        ("It drew 400,000 monthly listeners.", "en", "400,000 monthly listeners", 4e5, "listening", "people"),
        ("Ha sonado 3 millones de veces.", "es", "3 millones de veces", 3e6, "listening", "times"),
        ("Das Lied wurde 5 Mio. Mal gehört.", "de", "5 Mio. Mal", 5e6, "listening", "times"),
        ("Bei dem Beben starben mindestens 30 Menschen.", "de", "mindestens 30 Menschen", 30, "dying", "people"),
        ("Rund 30 Prozent der Stücke sind neu.", "de", "Rund 30 Prozent der Stücke", 30, "%songs", ""),
        ("La scuola è costata 12 milioni di euro.", "it", "12 milioni di euro", 12e6, "EUR", ""),
        ("It cost $2.5 million.", "en", "$2.5 million", 2.5e6, "USD", ""),
        ("On a compté 35 girafes.", "fr", "35 girafes", 35, "fr:fr_giraf", ""),
    ],
)
def test_counts_tell_the_amount_with_what_is_counted(
    text: str, language: str, written: str, amount: float, kind: str, measure: str
):
    (count,) = counts(text, language)

    assert (count.text, count.amount, count.kind, count.measure) == (written, amount, kind, measure)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("En 2025, le 21 novembre, à 18h30.", "fr"),
        ("Jule, 14, malt seit 3 Jahren.", "de"),
        ("Malo a 12 ans.", "fr"),
        ("She came 3rd in 2024.", "en"),
        ("Circa tre brani su dieci sono nuovi.", "it"),
        ("Une chanson 100 % créée par une machine.", "fr"),
        ("9 Flying through time", "en"),
        ("Acumula millones de visitas.", "es"),
        ("Ma 4 miliony słuchaczy.", "pl"),
        ("", "fr"),
    ],
)
def test_counts_leave_out_dates_ages_ordinals_and_amounts_of_nothing(text: str, language: str):
    assert counts(text, language) == ()


def test_number_without_a_noun_counts_what_the_number_before_it_does():
    first, second = counts("«Uno» ha superato i 4 milioni di ascolti, «Due» oltre 3 milioni.", "it")

    assert (first.kind, first.measure) == (second.kind, second.measure) == ("listening", "times")
    assert "«Due»" in second.clause
    assert "«Due»" not in first.clause


def test_period_is_that_of_the_clause():
    month, none = counts("Il groupe a 4 millions d’auditeurs par mois, et 30 000 abonnés.", "fr")

    assert (month.period, none.period) == ("month", "")


@given(st.text(), st.sampled_from(["fr", "en", "it", "es", "de", "xx"]))
def test_counts_of_any_text_are_written_in_it(text: str, language: str):
    assert all(count.text in text and count.clause in text for count in counts(text, language))


@given(st.text())
def test_fold_keeps_the_length(text: str):
    assert len(fold(text)) == len(text)
