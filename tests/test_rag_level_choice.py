"""Which quotes are shown at a level: always the best, and never harder ones for who is younger."""

import pytest
from fakes import evidence_of
from hypothesis import given
from hypothesis import strategies as st

from rag.levels.level_choice import fitting
from rag.reading_level import measure, tally
from rag.types import Evidence, Question, ReadingLevel

BEST = (
    "Le laboratoire européen étudie des matériaux composites extrêmement résistants aux températures élevées ; les "
    "ingénieurs espèrent désormais fabriquer des moteurs hypersoniques beaucoup plus légers."
)
HARD = (
    "Interrogés précédemment, quelques spécialistes universitaires réputés redoutaient des perturbations climatiques."
)
SENTENCES = (
    "Le chat dort.", "Le petit chat dort sur le grand lit.", HARD, BEST, "Elle a vu trois robots hier soir à Paris.",
    "La municipalité subventionne parallèlement des infrastructures cyclables.", "Il pleut souvent, et il fait froid.",
    "Ce musée, ouvert depuis longtemps, accueille beaucoup de visiteurs curieux venus de toute la région.",
)  # fmt: skip


def chosen_for(items: list[Evidence], level: ReadingLevel) -> list[Evidence]:
    return fitting(items, Question("Qui dort ?", "fr", level))


def hardness(items: list[Evidence]) -> float:
    return measure(" ".join(item.text for item in items), "fr").difficulty


def test_the_best_quote_is_always_chosen_and_others_by_level():
    easy = [f"Le chat numéro {number} dort sur le lit." for number in range(2)]
    items = list(evidence_of(BEST, HARD, f"{HARD} Encore.", *easy, language="fr"))

    young, grown_up = (chosen_for(items, level) for level in (ReadingLevel.CHILD, ReadingLevel.ADULT))

    assert young[0] == grown_up[0] == items[0] and len(young) == 3
    assert [item.number for item in young] == sorted(item.number for item in young)
    assert set(young) & set(items[3:]) and hardness(young) < hardness(grown_up)


@given(st.permutations(SENTENCES), st.integers(1, 8))
def test_a_younger_reader_never_gets_harder_quotes(texts: list[str], count: int):
    items = list(evidence_of(*texts[:count], language="fr"))

    told = [round(hardness(chosen_for(items, level)), 6) for level in ReadingLevel]

    assert told == sorted(told)


def test_who_is_older_gets_harder_quotes_where_there_are_any():
    items = list(evidence_of(*SENTENCES, language="fr"))

    told = [hardness(chosen_for(items, level)) for level in ReadingLevel]

    assert told[0] < told[3]


@pytest.mark.parametrize("texts", [(), SENTENCES[:1], SENTENCES[:3], ("42 %.",)])
def test_where_there_is_no_choice_all_levels_get_the_same(texts: tuple[str, ...]):
    items = list(evidence_of(*texts, language="fr"))

    assert all(chosen_for(items, level) == items for level in ReadingLevel)


def test_who_asks_for_more_detail_gets_something_else_even_where_few_are_near():
    near = list(evidence_of("Le chat dort sur le lit.", "Le chat mange.", "Il pleut.", language="fr"))
    farther = list(evidence_of(HARD, BEST, "Es regnet.", language="fr"))

    told = {level: fitting(near, Question("Qui dort ?", "fr", level), farther) for level in ReadingLevel}

    assert told[ReadingLevel.CHILD] == near
    assert hardness(told[ReadingLevel.CHILD]) < hardness(told[ReadingLevel.TEEN]) < hardness(told[ReadingLevel.ADULT])
    assert all(items[0] == near[0] for items in told.values())


def test_quotes_in_other_languages_are_taken_as_they_come():
    items = list(evidence_of(*(f"Frase numero {number}." for number in range(5)), language="it"))

    assert chosen_for(items, ReadingLevel.CHILD) == items[:3]


def test_tallies_of_texts_add_up_to_that_of_the_texts_together():
    assert tally(BEST, "fr") + tally(HARD, "fr") == tally(f"{BEST} {HARD}", "fr")
