"""Which countries a text names, and that an amount behind one is not its own."""

import pytest
from fakes import evidence_of

from rag.answering.subjects import is_of_others, may_agree, names_asked, subject
from rag.types import Question
from rag.words.countries import countries, country


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("États-Unis", "US"),
        ("Vereinigten Staaten", "US"),
        ("Americani", "US"),
        ("España", "ES"),
        ("Großbritannien", "GB"),
        ("Europe", "150"),
        ("Radio France", ""),
        ("Walk My Walk", ""),
    ],
)
def test_country_is_known_by_its_whole_name_in_five_languages(name: str, code: str):
    assert country(name) == code


def test_countries_of_a_question_need_no_capitals():
    assert countries("wie viele einwohner hat spanien") == {"ES"}
    assert countries("Combien d’habitants ?") == frozenset()


@pytest.mark.parametrize(
    ("texts", "asked", "language"),
    [
        (("Les Américains aiment Ana Ruiz.", "Les États-Unis l’adorent.", "Elle a 300 auditeurs."), "a Ana Ruiz", "fr"),
        (("Ana Ruiz singt.", "Deutschland liebt sie.", "Sie hat 300 Hörer."), "hat Ana Ruiz", "de"),
        (("Aquí canta Ana Ruiz.", "Los Estados Unidos la adoran.", "Tiene 300 oyentes."), "tiene Ana Ruiz", "es"),
    ],
)
def test_amount_behind_a_country_is_of_whom_stands_before_it(texts: tuple[str, ...], asked: str, language: str):
    how_many = {"fr": "Combien d’auditeurs", "de": "Wie viele Hörer", "es": "¿Cuántos oyentes"}[language]
    evidence = evidence_of(*texts, language=language, title="")
    names = names_asked(Question(f"{how_many} {asked} ?", language), evidence)

    assert names == {"ana", "ruiz"}
    assert not is_of_others(subject(evidence[2], texts[2]), names)
    assert is_of_others(subject(evidence[2], texts[2]), frozenset({"leo", "paz"}))


def test_amount_of_one_country_is_none_of_another_that_is_asked_for():
    evidence = evidence_of("La Francia conta 60 milioni di abitanti.", "L’Italia è bella.", language="it", title="")
    spain, italy = (
        names_asked(Question(f"Wie viele Einwohner hat {name}?", "de"), evidence) for name in ("Spanien", "Italien")
    )

    assert (spain, italy) == (frozenset(), {"IT"})
    assert is_of_others(subject(evidence[0], evidence[0].text), italy)


def test_clauses_in_two_languages_about_the_same_country_may_agree():
    (italian,) = evidence_of("La Spagna conta 300 scuole.", language="it", title="")
    (german,) = evidence_of("Spanien hat 400 Schulen.", language="de", title="")
    (french,) = evidence_of("La Suisse a 400 écoles.", language="fr", title="")

    assert may_agree(subject(italian, italian.text), subject(german, german.text))
    assert may_agree(subject(italian, italian.text), subject(french, french.text)) is False
