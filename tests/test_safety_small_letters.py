"""Children tell who they are in small letters too; what only sounds so is left to them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.masking import CHILDREN, measure, measure_kept, read
from safety import Outcome, check, mask, masking, name_words, small_letter_schools, small_letters, spelled
from safety.errors import SafetyFileInvalid
from safety.name_words import LANGUAGES, cues, load_names
from safety.spelled import spell
from safety.types import Masked

_WORDS = """
je vais suis mon ma école collège s'appelle frère jean moulin victor hugo c'est mme my is called brother i go to school
oakwood st mary tom baxter mia sono vado alla scuola manzoni fratello si chiama soy voy al colegio santa teresa hermana
ich bin gehe auf die schule goethe bruder heißt tim frau krause de la and y . , ***
"""


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("coucou c'est naïma qui a gagné", "coucou c'est *** qui a gagné"),
        ("ma soeur rosalie dit non", "ma soeur *** dit non"),
        ("mon prof monsieur le goff est la", "mon prof monsieur *** est la"),
        ("im riley and im 9", "im *** and im 9"),
        ("my best friends mum is called karen", "my best friends mum is called ***"),
        ("my sister lily's boyfriend", "my sister ***'s boyfriend"),
        ("ciao sono serena ferrari chi ha vinto", "ciao sono *** chi ha vinto"),
        ("il mio maestro si chiama brambilla", "il mio maestro si chiama ***"),
        ("hola soy rocío qué es la ia", "hola soy *** qué es la ia"),
        ("don ramiro es mi profe", "don *** es mi profe"),
        ("hallo ich bin der yiğit", "hallo ich bin der ***"),
        ("meine oma erika weber ist krank", "meine oma *** ist krank"),
        ("MEINE OMA ERIKA IST KRANK", "MEINE OMA *** IST KRANK"),
        ("my names sky", "my names ***"),
        ("jmappelle kenza pk la mer est salee", "jmappelle *** pk la mer est salee"),
    ],
)
def test_a_name_in_small_letters_is_hidden_and_the_words_around_it_stay(text: str, left: str):
    masked = mask(text)

    assert masked.text == left
    assert masked.kinds == {Masked.NAME}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("je vais à l'école privée du sacré coeur", "je vais à l'école privée du ***"),
        ("mon école s'appelle les tilleuls", "mon école s'appelle ***"),
        ("i attend wembley high school", "i attend *** high school"),
        ("im at st johns c of e primary", "im at *** c of e primary"),
        ("frequento l'istituto leonardo da vinci a prato", "frequento l'istituto *** a prato"),
        ("voy al ies ramón y cajal", "voy al ies ***"),
        ("ich gehe auf die schillerschule in bonn", "ich gehe auf die *** in bonn"),
        ("ich bin auf der astrid-lindgren-grundschule", "ich bin auf der ***-grundschule"),
    ],
)
def test_a_school_in_small_letters_is_hidden_and_its_town_and_kind_stay(text: str, left: str):
    masked = mask(text)

    assert masked.text == left
    assert masked.kinds == {Masked.SCHOOL}


@pytest.mark.parametrize(
    "text",
    [
        "je suis marié", "je suis charlie", "je vais au lycée la boule au ventre", "je suis enceinte",
        "my brother is called fat", "my mum rose up", "my mum is german", "my school is christian",
        "i go to a lovely school", "i go to ukrainian school on saturdays", "i'm taylor swifts biggest fan",
        "mio padre lotta contro il cancro", "mio fratello sarà triste", "vado a scuola e marco mi picchia",
        "soy niña", "mi hermana ella llora", "voy al cole los lunes con miedo", "mi padre ama a mi madre",
        "ich gehe auf die waldorfschule", "ich bin ernst", "meine lehrerin ist gemein", "wer war goethes lehrerin",
        "what did victor hugo write", "where did boris johnson go to school", "why is eton school famous",
    ],
)  # fmt: skip
def test_words_that_only_sound_like_a_name_or_a_school_stay(text: str):
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("je suis au lycée victor hugo et je veux mourir", "victor hugo"),
        ("mein bruder heißt tim und ich will sterben", "tim"),
        ("hola soy lucía y quiero suicidarme", "lucía"),
    ],
)
def test_a_child_in_need_is_heard_whatever_is_hidden_of_its_words(text: str, hidden: str):
    verdict = check(text, "child")

    assert verdict.outcome is Outcome.CRISIS
    assert hidden not in verdict.question


@given(st.lists(st.sampled_from(_WORDS.split()), max_size=25).map(" ".join))
@settings(max_examples=8 * settings.default.max_examples)
def test_masking_small_letters_changes_nothing_the_second_time(text: str):
    once = mask(text).text

    assert mask(once).text == once


def test_the_test_half_tells_little_more_and_loses_nothing_else():
    lines = read(CHILDREN)

    told = measure([line for line in lines if line["hide"]])
    kept = measure_kept(lines)

    assert told["test"]["all"].percent >= 90
    assert kept["test"]["all"].percent >= 95


def test_a_word_is_found_again_where_it_stands():
    spelled = spell("Und C’est Inès ß!")

    start, end = spelled.spans[spelled.word_at(spelled.joined.index("ines"))]
    assert spelled.text[start:end] == "Inès"


def test_what_is_a_plain_word_is_a_given_name_in_the_first_place():
    names = load_names()

    for plain in (names.plain_after_i_am, names.plain_after_person):
        assert [word for language in LANGUAGES for word in plain[language] if word not in names.given] == []


def test_names_of_children_in_all_five_languages_are_known():
    wanted = (
        "chloe chloé mia emma lena inès ines sofia lucía lucia carmen marco tim noah mohamed yusuf fatima giulia matteo"
    )

    assert [name for name in wanted.split() if name not in load_names().given] == []


def test_a_section_that_is_missing_is_told_with_its_file():
    with pytest.raises(SafetyFileInvalid, match=r"small_letters\.toml.*geschwister"):
        cues("geschwister")


def test_nothing_that_is_typed_is_remembered():
    mask("mon frère s'appelle vroukin, my sister is called zwilka, vado alla scuola prukka")
    modules = (masking, name_words, small_letter_schools, small_letters, spelled)
    caches = [kept for module in modules for kept in vars(module).values() if hasattr(kept, "cache_info")]

    before = [kept.cache_info().currsize for kept in caches]
    mask("mon frère s'appelle tarvalo, my sister is called oxbeena, vado alla scuola glirma")

    assert caches and [kept.cache_info().currsize for kept in caches] == before


@pytest.mark.parametrize("text", ["mi padre malo me pega", "mi prima linda no come", "mein bruder lasse ich nicht"])
def test_words_that_are_names_elsewhere_stay_behind_a_person(text: str):
    assert mask(text).text == text
