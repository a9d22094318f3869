"""Articles that give different numbers for the same thing, and what readers are told of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.reading import read_source
from corpus.sentences import split_sentences
from corpus.types import Article, Kind
from rag.answering.choosing import asked_for
from rag.answering.disagreement import conflicts, told
from rag.asking.asked_amount import asked_amount
from rag.types import Evidence, Question
from rag.words.counted import counts
from rag.words.counting_words import sides
from tests.fakes import evidence_of


def near(texts: Sequence[str]) -> np.ndarray:
    """Vectors of texts that all say the same."""
    return np.ones((len(texts), 1))


def apart(texts: Sequence[str]) -> np.ndarray:
    """Vectors of texts that have nothing in common."""
    return np.full((len(texts), 1), 0.5)


def said(text: str, language: str = "fr", **changes: object) -> Evidence:
    values: dict[str, object] = {"id": f"{language} {text}", "title": "", "outlet": language, "language": language}
    return evidence_of(text, **values | changes)[0]


FRENCH = said("La chanson de Lola Martin a 4 millions d’auditeurs.", published=date(2025, 11, 12))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La canzone di Lola Martin conta 2,5 milioni di ascoltatori.", "it"),
        ("Der Song von Lola Martin hat drei Millionen Hörer.", "de"),
        ("About 3 million people listened to the song by Lola Martin.", "en"),
        ("La canción de Lola Martin suma 2.500.000 oyentes.", "es"),
        ("Lola Martin a 3,5 millions d’auditeurs.", "fr"),
    ],
)
def test_different_amounts_of_the_same_in_two_articles_are_a_conflict(text: str, language: str):
    (conflict,) = conflicts([FRENCH], [said(text, language)], near)

    assert conflict.of == "auditeurs"
    assert conflict.is_counted_alike
    assert {value.evidence.article.language for value in conflict.values} >= {"fr", language}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Plus de 4 millions de personnes ont écouté Lola Martin.", "fr"),
        ("Lola Martin ha 4,1 milioni di ascoltatori.", "it"),
        ("Lola Martin has nearly 4.3 million listeners.", "en"),
        ("Lola Martin hat mehr als 3 Millionen Hörer, genau 4 Millionen.", "de"),
        ("Lola Martin a 4 millions d’auditeurs, contre 2 millions d’auditeurs hier.", "fr"),
        ("Lola Martin tiene 2 millones de seguidores.", "es"),
        ("Lola Martin a 2 millions d’écoutes par mois.", "fr"),
        ("Lola Martin a gagné 2 millions d’euros.", "fr"),
        ("Lola Martin ha 40.000 ascoltatori.", "it"),
        ("En 2023, Lola Martin avait 2 millions d’auditeurs.", "fr"),
        ("Ida Rossi ha 2 milioni di ascoltatori.", "it"),
        ("« Le Grand Voyage » de Lola Martin a 2 millions d’auditeurs.", "fr"),
        ("Le podcast a 2 millions d’auditeurs.", "fr"),
    ],
)
def test_what_may_be_rounded_or_something_else_is_no_conflict(text: str, language: str):
    assert conflicts([FRENCH], [said(text, language)], near) == ()


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("Lola Martin a gagné 3 millions d’auditeurs.", "Lola Martin a perdu 2 millions d’auditeurs.", "fr"),
        ("Lola Martin a gagné 3 millions d’auditeurs.", "Lola Martin ha perso 2 milioni di ascoltatori.", "it"),
        ("Deezer reçoit 50 000 chansons par jour.", "Deezer supprime 30 000 chansons par jour.", "fr"),
        ("Deezer reçoit 50 000 chansons par jour.", "Deezer löscht 30.000 Lieder am Tag.", "de"),
        (
            "En octobre, Lola Martin a 2 millions d’auditeurs.",
            "En novembre, Lola Martin a 3 millions d’auditeurs.",
            "fr",
        ),
        (
            "En octobre, Lola Martin a 2 millions d’auditeurs.",
            "En noviembre, Lola Martin suma 3 millones de oyentes.",
            "es",
        ),
    ],
)
def test_opposite_verbs_and_different_months_are_no_conflict(one: str, other: str, language: str):
    assert conflicts([said(one)], [said(other, language)], near) == ()


def test_sentences_that_are_far_apart_in_meaning_are_no_conflict():
    other = said("Lola Martin ha 2 milioni di ascoltatori.", "it")

    assert conflicts([FRENCH], [other], near)
    assert conflicts([FRENCH], [other], apart) == ()


@pytest.mark.parametrize("platform", ["Deezer", "Radio Nord"])
def test_amounts_in_different_places_are_no_conflict(platform: str):
    here = said("Sur Spotify, la chanson de Lola Martin a 4 millions d’auditeurs.")
    there = said(f"Su {platform} la canzone di Lola Martin ha 2 milioni di ascoltatori.", "it")

    assert conflicts([here], [there], near) == ()


def test_subject_of_a_sentence_without_names_is_that_of_the_sentence_before():
    same = evidence_of("Lola Martin canta.", "La canzone ha 2 milioni di ascoltatori.", id="a", language="it", title="")
    other = evidence_of("Canta Ida Rossi.", "La canzone ha 2 milioni di ascoltatori.", id="b", language="it", title="")

    assert conflicts([FRENCH], same, near)
    assert conflicts([FRENCH], other, near) == ()


def test_people_and_times_are_told_as_counted_differently():
    (conflict,) = conflicts([FRENCH], [said("Lola Martin ha 3 milioni di ascolti.", "it")], near)

    assert not conflict.is_counted_alike
    assert told(conflict, "de").startswith("Achtung, die Artikel zählen nicht alle dasselbe")


def test_comments_and_the_same_article_dispute_nothing():
    text = "Lola Martin a 2 millions d’auditeurs."

    assert conflicts([FRENCH], [replace(said(text), kind=Kind.COMMENTS)], near) == ()
    assert conflicts(evidence_of(FRENCH.text, text, title=""), [], near) == ()


def test_articles_that_are_both_cited_can_contradict_each_other_once():
    other = said("Lola Martin hat 3 Millionen Hörer.", "de")

    assert len(conflicts([FRENCH, other], [other], near)) == 1


def test_values_are_ordered_by_the_newest_article_an_update_too():
    older = said("Lola Martin a 2 millions d’auditeurs.", published=date(2025, 11, 1))
    updated = said(
        "Lola Martin ha 6 milioni di ascoltatori.", "it", published=date(2025, 1, 1), updated=date(2025, 12, 1)
    )
    undated = said("Lola Martin tiene 3 millones de oyentes.", "es")

    (conflict,) = conflicts([FRENCH], [undated, older, updated], near)

    assert [value.amount for value in conflict.values] == [6e6, 4e6, 2e6, 3e6]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Les articles ne disent pas tous la même chose\u00a0: «\u00a0{}\u00a0» (Le Clair, 1er décembre 2025)"),
        ("en", "The articles don’t all say the same: “{}” (Le Clair, 1 December 2025)"),
        ("it", "Gli articoli non dicono tutti la stessa cosa: «{}» (Le Clair, 1 dicembre 2025)"),
        ("es", "No todos los artículos dicen lo mismo: «{}» (Le Clair, 1 de diciembre de 2025)"),
        ("de", "Die Artikel sagen nicht alle dasselbe: „{}“ (Le Clair, 1. Dezember 2025)"),
    ],
)
def test_told_names_amount_outlet_and_date_in_the_readers_language(language: str, sentence: str):
    new = said("Lola Martin a 6 millions d’auditeurs.", outlet="Le Clair", published=date(2025, 12, 1))
    (conflict,) = conflicts([FRENCH], [new], near)

    assert told(conflict, language).startswith(sentence.format("6 millions d’auditeurs"))
    assert "4 millions d’auditeurs" in told(conflict, language)


def test_told_names_the_title_where_no_outlet_and_no_date_is_known():
    (conflict,) = conflicts(
        [FRENCH], [said("Lola Martin ha 2 milioni di ascoltatori.", "it", outlet="", title="Voce")], near
    )

    assert told(conflict, "it").endswith("«2 milioni di ascoltatori» (Voce).")


@given(st.integers(1000, 10**8), st.integers(1000, 10**8))
def test_conflict_is_the_same_whichever_article_is_cited(one: int, other: int):
    french = said(f"Lola Martin a {one} auditeurs.")
    spanish = said(f"Lola Martin tiene {other} oyentes.", "es")

    assert bool(conflicts([french], [spanish], near)) == bool(conflicts([spanish], [french], near))


def test_seed_articles_disagree_on_how_many_listened_and_on_nothing_else(seeds: Path):
    articles = [article for article in read_source(seeds) if isinstance(article, Article)]
    evidence = [
        Evidence(1, sentence.text, sentence.start, sentence.end, article, article.kind, 1.0)
        for article in articles
        for sentence in split_sentences(article.text, article.language)
        if counts(sentence.text, article.language)
    ]

    found = conflicts(evidence, evidence, near)

    amounts = {frozenset(value.amount for value in conflict.values) for conflict in found}
    assert any({2e6, 4e6} <= values for values in amounts)
    assert all(values <= {2e6, 3e6, 4e6} for values in amounts)


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Combien d’auditeurs a Lola Martin ?", "fr", 1),
        ("Wie viele Menschen hören Lola Martin?", "de", 1),
        ("How many times was Lola Martin played?", "en", 0),
        ("Combien d’abonnés a Lola Martin ?", "fr", 0),
        ("Wie viele Menschen hören Ana Ruiz?", "de", 0),
    ],
)
def test_conflict_is_told_only_about_what_is_asked_for_where_the_question_says_it(text: str, language: str, found: int):
    other, ana = said("Lola Martin hat 3 Millionen Hörer.", "de"), said("Hier singt Ana Ruiz.", "de")
    question = Question(text, language)
    amount = asked_amount(question)
    assert amount is not None

    told = conflicts([FRENCH], [other, ana], near, asked_for(question, amount, [FRENCH, other, ana]))

    assert len(told) == found


def test_same_disagreement_is_told_once_in_whatever_languages_it_is_cited():
    german = said("Lola Martin hat 2 Millionen Hörer.", "de")
    italian = said("Lola Martin ha 2 milioni di ascoltatori.", "it")

    assert len(conflicts([german, italian], [FRENCH], near)) == 1


def test_people_in_italian_are_nothing_lost():
    assert sides("Quante persone la ascoltano?", "it") == set()
    assert sides("Lola Martin ha perso 2 milioni di ascoltatori.", "it") == {("gaining", True)}
    assert sides("Ha guadagnato 2 milioni di persone.", "it") == {("gaining", False)}
