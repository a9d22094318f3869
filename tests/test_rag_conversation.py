"""Follow-ups become questions that can be understood alone."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language import READER_LANGUAGES
from rag.asking.conversation import REMEMBERED, Exchange, standalone, topic
from rag.asking.question import LONGEST_QUESTION
from rag.types import Question, ReadingLevel

CASES = [
    json.loads(line)
    for line in Path(__file__).with_name("data").joinpath("follow_ups.jsonl").read_text(encoding="utf-8").splitlines()
]
BREAKING_RUST = Exchange("Qui est Breaking Rust ?", "fr", ("Le chanteur Breaking Rust n'existe pas.",))
SMALL_WORDS = "et lui il pourquoi ? , : . and why she Italy Walk My what e poi ¿ y él und Sie sie das IA l' Deezer Le"
TEXTS = st.text(max_size=600) | st.lists(st.sampled_from(SMALL_WORDS.split()), max_size=12).map(" ".join)


def asked(text: str, language: str, *earlier: Exchange) -> str:
    return standalone(Question(text, language), earlier).text


def talk(*turns: tuple[str, str]) -> list[str]:
    """What is searched at each turn."""
    earlier: list[Exchange] = []
    for language, text in turns:
        earlier.append(Exchange(asked(text, language, *earlier), language))
    return [turn.question for turn in earlier]


def is_right(case: dict[str, Any]) -> bool:
    text = case["question"]
    before = Exchange(case["after"], case["after_language"], tuple(case.get("told", ())))
    found = asked(text, case["language"], before)
    if not case["topic"]:
        return found == text
    told = [word.casefold() in found.casefold() for word in case["topic"]]
    return found != text and all(told) and not any(word in found for word in case.get("without", ()))


@pytest.mark.parametrize(("half", "least"), [("tuned", 0.97), ("held_out", 0.94)])
def test_standalone_tells_follow_ups_from_questions_that_need_nothing(half: str, least: float):
    cases = [case for case in CASES if case["half"] == half]

    wrong = [case["question"] for case in cases if not is_right(case)]

    assert len(cases) >= 60
    assert len(wrong) <= (1 - least) * len(cases), wrong


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_standalone_leaves_the_first_question_as_it_is(language: str):
    question = Question("Et lui, pourquoi? E poi? Und sie?", language, ReadingLevel.CHILD)

    assert standalone(question, []) is question


@pytest.mark.parametrize(
    ("text", "language", "whole"),
    [
        ("Et lui, il gagne de l’argent ?", "fr", "Breaking Rust\u00a0: et lui, il gagne de l’argent ?"),
        ("pourquoi ?", "fr", "Qui est Breaking Rust ? Pourquoi ?"),
        ("Does he sing?", "en", "Breaking Rust: does he sing?"),
        ("¿Y sus canciones?", "es", "Breaking Rust: ¿y sus canciones?"),
        ("¿y en España?", "es", "Qui est Breaking Rust ? ¿Y en España?"),
        ("Quanto guadagna?", "it", "Breaking Rust: quanto guadagna?"),
        ("Wo wohnt er?", "de", "Breaking Rust: Wo wohnt er?"),
        ("Et Velvet Sundown ?", "fr", "Qui est Velvet Sundown ?"),
        ("Und Velvet Sundown?", "de", "Und Velvet Sundown?"),  # 'Qui est Velvet Sundown?' would not be German
        ("merci", "fr", "merci"),
        ("Wer bist du?", "de", "Wer bist du?"),
        ("why?", "fr", "Qui est Breaking Rust ? Why?"),  # an English question to which a French answer is wished
    ],
)
def test_standalone_reads_naturally(text: str, language: str, whole: str):
    assert asked(text, language, BREAKING_RUST) == whole


def test_standalone_keeps_language_and_level():
    question = Question("Warum?", "de", ReadingLevel.CHILD)

    whole = standalone(question, [BREAKING_RUST])

    assert (whole.language, whole.level) == ("de", ReadingLevel.CHILD)


def test_ten_turns_keep_their_topic_without_piling_it_up():
    searched = talk(
        ("fr", "Qui est Breaking Rust ?"),
        ("fr", "et lui, il gagne de l'argent ?"),
        ("fr", "pourquoi ?"),
        ("fr", "combien ?"),
        ("de", "Und wie alt ist er?"),
        ("en", "who made him?"),
        ("en", "why?"),
        ("it", "e poi?"),
        ("es", "¿Y sus canciones?"),
        ("fr", "il existe vraiment ?"),
    )

    assert [text.count("Breaking Rust") for text in searched] == [1] * 10
    assert searched[3] == "Breaking Rust\u00a0: et lui, il gagne de l'argent ? Combien ?"
    assert searched[-1] == "Breaking Rust\u00a0: il existe vraiment ?"


def test_a_new_topic_takes_the_place_of_the_old_one():
    searched = talk(("it", "Chi è Breaking Rust?"), ("it", "E Lolita Cercel, chi è?"), ("it", "Dove vive?"))

    assert searched == ["Chi è Breaking Rust?", "E Lolita Cercel, chi è?", "Lolita Cercel: dove vive?"]


def test_a_turn_that_asks_nothing_does_not_end_a_topic():
    searched = talk(("es", "¿Quién es Paul Trillo?"), ("es", "Gracias"), ("es", "¿Y dónde vive?"))

    assert searched[-1] == "Paul Trillo: ¿y dónde vive?"


def test_what_was_asked_too_long_ago_is_forgotten():
    chat = [Exchange("merci", "fr")] * (REMEMBERED - 1)

    assert asked("pourquoi ?", "fr", BREAKING_RUST, *chat) != "pourquoi ?"
    assert asked("pourquoi ?", "fr", BREAKING_RUST, *chat, chat[0]) == "pourquoi ?"


@pytest.mark.parametrize(
    ("turn", "about"),
    [
        (Exchange("Pourquoi les artistes ont peur de l’IA ?", "fr"), "les artistes ont peur de l’IA"),
        (Exchange("les artistes ont peur\u00a0: et eux, ils font quoi ?", "fr"), "les artistes ont peur"),
        (Exchange("Chi canta la canzone?", "it", ("Breaking Rust canta in Italia.",)), "Breaking Rust"),
        (Exchange("Who made Walk My Walk?", "en", ("Paul Trillo made it.",)), "Walk My Walk, Paul Trillo"),
        (Exchange("Wie viele Leute hören Deezer in Frankreich?", "de"), "Deezer"),
        (Exchange("Dov’è l’Italia?", "it"), "Italia"),
        (Exchange("c'est quoi ?", "fr", (), "Lolita Cercel chante"), "Lolita Cercel"),
        (Exchange("Merci", "fr"), ""),
    ],
)
def test_topic_is_what_a_turn_was_about(turn: Exchange, about: str):
    assert topic(turn) == about


@given(TEXTS, st.sampled_from(READER_LANGUAGES), TEXTS, st.sampled_from(READER_LANGUAGES), st.lists(TEXTS, max_size=2))
def test_standalone_never_fails_says_everything_once_and_stays_short(
    text: str, language: str, before: str, before_language: str, told: list[str]
):
    earlier = [Exchange(before, before_language, tuple(told), "Titre")]
    question = Question(text, language)

    whole = standalone(question, earlier)

    assert standalone(whole, earlier) == whole
    assert len(whole.text) <= max(LONGEST_QUESTION, len(text))
    assert whole.language == language
