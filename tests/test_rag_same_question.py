"""Which questions ask the same: one wrong yes is worse than many wrong noes."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language import READER_LANGUAGES
from rag.asking.same_question import may_mean_the_same, wording

REPOSITORY = Path(__file__).resolve().parent.parent
PAIRS = [json.loads(line) for line in (REPOSITORY / "tests/data/question_pairs.jsonl").read_text("utf-8").splitlines()]
LEAST_FOUND = 0.7  # of the pairs that ask the same; 75 % when this was written
LANGUAGES = st.sampled_from(READER_LANGUAGES)
PLAIN_WORDS = st.lists(st.sampled_from(["robot", "Lolita", "musica", "2025", "canta", "Rust"]), min_size=1, max_size=6)


def ask_the_same(one: str, other: str, language: str) -> bool:
    first, second = wording(one, language), wording(other, language)
    assert may_mean_the_same(first, second) == may_mean_the_same(second, first)
    return first == second or may_mean_the_same(first, second)


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if not pair["same"]], ids=lambda pair: pair["one"])
def test_pairs_that_ask_something_else_are_never_taken_for_one_question(pair: dict[str, Any]):
    assert not ask_the_same(pair["one"], pair["other"], pair["language"])


def test_most_pairs_that_ask_the_same_are_taken_for_one_question():
    same = [pair for pair in PAIRS if pair["same"]]

    found = [pair for pair in same if ask_the_same(pair["one"], pair["other"], pair["language"])]

    assert len(found) >= LEAST_FOUND * len(same)
    assert {pair["language"] for pair in found} == set(READER_LANGUAGES)


def test_questions_of_an_evaluation_are_all_taken_for_different_ones():
    lines = (REPOSITORY / "evals/dev_questions.jsonl").read_text("utf-8").splitlines()
    asked = [json.loads(line) for line in lines]

    collisions = [
        (one["question"], other["question"])
        for one, other in itertools.combinations(asked, 2)
        if one["language"] == other["language"] and one["expected"] != other["expected"]
        if ask_the_same(one["question"], other["question"], one["language"])
    ]

    assert collisions == []


@pytest.mark.parametrize(
    ("typed", "language", "words"),
    [
        ("Dis, cest qui Breaking Rust stp ??", "fr", "qui est breaking rust"),
        ("A l'ecole, le robot chante", "fr", "a l école le robot chante"),
        ("Est-ce qu’il fait −5 °C ?", "fr", "il fait −5 ° c"),
        ("hallo, WIESO singt er bitte", "de", "warum singt er"),
        ("¡Hola! ¿quien canta?", "es", "quien canta"),
        ("What does C# cost in €?", "en", "what does c # cost in €"),
        ("F-16, GPT4, 10:30, 3,5 %", "it", "f 16 gpt4 10:30 3,5 %"),
        ("Chi canta Per favore?", "it", "chi canta per favore"),
        ("stp", "fr", "stp"),
        ("hallo", "de", "hallo"),
        ("…", "fr", "..."),
    ],
)
def test_wording_is_a_question_without_how_it_is_typed(typed: str, language: str, words: str):
    assert " ".join(wording(typed, language).words) == words


@pytest.mark.parametrize(
    ("one", "other", "language", "same"),
    [
        ("Wie funktioniert ein Motor?", "wie funktoiniert ein motor", "de", True),
        ("Wo steht das Rathaus?", "Wo steht das Rathuas?", "de", False),  # a noun that no list has may be a name
        ("Chi è Palamara?", "Chi è Palamaar?", "it", False),
        ("Qui chante à Marseille ?", "Qui chante à Marsielle ?", "fr", False),
        ("que dit le professeur", "que dit le proffesseur", "fr", True),
        ("que dit le professeur 4", "que dit le professeur 44", "fr", False),
    ],
)
def test_slips_are_forgiven_in_words_but_not_in_names_and_numbers(one: str, other: str, language: str, same: bool):
    assert ask_the_same(one, other, language) is same


@given(PLAIN_WORDS, LANGUAGES, st.sampled_from(["{} ?", "«{}»", "  {}…", "{}!!", "¿{}?", "{} \u200b"]))
def test_wording_does_not_depend_on_case_and_punctuation(words: list[str], language: str, frame: str):
    typed = frame.format("  ".join(words).upper())

    assert wording(typed, language) == wording(" ".join(words), language)


@given(st.text(max_size=60), LANGUAGES)
def test_wording_of_its_own_words_is_the_same(typed: str, language: str):
    once = wording(typed, language)

    again = wording(typed.strip() + "  ", language)

    assert once == again
    assert may_mean_the_same(once, again)


@given(PLAIN_WORDS, PLAIN_WORDS, LANGUAGES)
def test_questions_with_other_numbers_are_never_the_same(one: list[str], other: list[str], language: str):
    if one.count("2025") != other.count("2025"):
        assert not ask_the_same(" ".join(one), " ".join(other), language)


@pytest.mark.models
def test_vectors_alone_do_not_tell_who_did_what():
    from rag.assembly import open_embedder
    from rag.settings import Settings

    embedder = open_embedder(Settings())

    def cosines(same: bool, difference: str) -> list[float]:
        chosen = [pair for pair in PAIRS if pair["same"] is same and pair["differs_in"] == difference]
        return [float(embedder.embed_query(pair["one"]) @ embedder.embed_query(pair["other"])) for pair in chosen]

    swapped, mistyped = cosines(False, "who did what"), cosines(True, "typo")

    assert max(swapped) > max(mistyped)
