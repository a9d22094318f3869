"""What is said instead of an answer: the same texts in every language, with helplines of the country."""

import pytest

from safety import Outcome, care, check, helplines, reminder, reply
from safety.errors import CountryUnknown
from safety.patterns import LANGUAGES, load_rules
from safety.replies import TEXTS
from safety.types import By, Crisis, Declined, Identity, Verdict

LEVELS = ("child", "tween", "teen", "adult")


def verdict(outcome: Outcome, kind: Crisis | Declined | Identity | None) -> Verdict:
    return Verdict(outcome, kind, "?", frozenset(), By.RULES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("country", helplines.countries())
@pytest.mark.parametrize("kind", Crisis)
def test_reply_to_a_crisis_names_a_helpline_and_the_emergency_number(
    language: str, level: str, country: str, kind: Crisis
):
    text = reply(verdict(Outcome.CRISIS, kind), language, level, country)

    numbers = [line.number for line in helplines.country(country).lines_for(kind, level == "adult")]
    assert numbers
    assert all(number in text for number in numbers)
    assert "112" in text
    assert "{" not in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("level", LEVELS)
def test_reply_has_a_text_for_everything_that_is_not_answered(language: str, level: str):
    texts = [
        *(reply(verdict(Outcome.DECLINED, kind), language, level, "FR") for kind in Declined),
        *(reply(verdict(Outcome.IDENTITY, kind), language, level, "FR") for kind in Identity),
    ]

    assert all(texts)
    assert reply(verdict(Outcome.ANSWER, None), language, level, "FR") == ""


def test_reply_tells_the_hours_in_the_reader_s_language():
    text = reply(verdict(Outcome.CRISIS, Crisis.ABUSE), "it", "child", "DE")

    assert "116 111 (da lunedì a sabato, dalle 14:00 alle 20:00)" in text


@pytest.mark.parametrize(
    ("language", "call", "text"),
    [
        ("fr", "appelle le 112. ", "envoie un SMS au 114."),
        ("en", "call 112. ", "send a text message to 114."),
        ("it", "chiama il 112. ", "manda un SMS al 114."),
        ("es", "llama al 112. ", "manda un SMS al 114."),
        ("de", "ruf die 112 an. ", "schick eine SMS an die 114."),
    ],
)
def test_reply_tells_a_number_for_texts_as_one_and_never_to_call_it(language: str, call: str, text: str):
    said = reply(verdict(Outcome.CRISIS, Crisis.ABUSE), language, "child", "FR")

    assert call in said and said.endswith(text)
    assert said.count("114") == 1


def test_reply_tells_where_one_can_write_but_not_that_somebody_reads_it_day_and_night():
    said = reply(verdict(Outcome.CRISIS, Crisis.BULLYING), "de", "child", "UK")

    assert "0800 1111 (Tag und Nacht, jeden Tag). Schreiben kann man zu bestimmten Zeiten: childline.org.uk" in said


@pytest.mark.parametrize("country", helplines.countries())
def test_every_number_can_be_dialled_and_every_place_to_write_is_a_name(country: str):
    place = helplines.country(country)

    numbers = [*place.emergency, *place.emergency_text, *(line.number for line in place.lines)]
    assert all(number.replace(" ", "").isdecimal() for number in numbers)
    assert not set(place.emergency) & set(place.emergency_text)
    assert not [line.chat for line in place.lines if "/" in line.chat or " " in line.chat]


def test_reply_names_the_countries_that_are_known():
    with pytest.raises(CountryUnknown, match="FR, IT, UK, ES, DE, EU"):
        reply(verdict(Outcome.CRISIS, Crisis.ABUSE), "fr", "child", "XX")


def test_reminder_is_for_those_who_told_who_they_are():
    assert "numéro" in reminder(check("Je m'appelle Léa Martin", "child"), "fr", "child")
    assert reminder(check("Qui est Messi ?", "child"), "fr", "child") == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("country", helplines.countries())
def test_care_names_one_helpline_for_whoever_may_need_help(language: str, level: str, country: str):
    in_doubt = Verdict(Outcome.ANSWER, None, "?", frozenset(), By.CLASSIFIER, may_need_help=True)

    text = care(in_doubt, language, level, country)

    assert helplines.country(country).lines_for(Crisis.DISTRESS, level == "adult")[0].number in text
    assert "{" not in text and text.endswith(".")
    assert care(verdict(Outcome.ANSWER, None), language, level, country) == ""


def test_texts_and_rules_have_the_same_entries_in_every_language():
    import tomllib

    texts = [tomllib.loads((TEXTS / f"{language}.toml").read_text(encoding="utf-8")) for language in LANGUAGES]
    shapes = [
        {section: set(entry) for section, entry in text.items()} | {"crisis": set(text["crisis"]["child"])}
        for text in texts
    ]
    rules = [{section: set(kinds) for section, kinds in load_rules(language).items()} for language in LANGUAGES]

    assert all(shape == shapes[0] for shape in shapes)
    assert all(rule == rules[0] for rule in rules)


@pytest.mark.parametrize(
    ("language", "parent"), [("fr", "un parent"), ("en", "a parent"), ("it", "un genitore,"), ("de", "deinen Eltern")]
)
def test_reply_does_not_send_a_child_who_is_hurt_at_home_to_a_parent(language: str, parent: str):
    hurt, sad = (
        reply(verdict(Outcome.CRISIS, kind), language, "child", "FR") for kind in (Crisis.ABUSE, Crisis.DISTRESS)
    )

    assert parent in sad
    assert parent not in hurt


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_have_right_apostrophes_and_french_no_space_that_breaks(language: str):
    text = "".join(
        line for line in (TEXTS / f"{language}.toml").read_text(encoding="utf-8").splitlines() if line[:1] != "#"
    )

    assert "'" not in text
    assert language != "fr" or not any(f" {mark}" in text for mark in ":;?!»")
