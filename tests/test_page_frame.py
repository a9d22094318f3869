"""What is around the conversation: texts, the list of articles, failures."""

import logging
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from page_turns import HOSTILE, QUESTION, TEXTS, answer_of, article_of, evidence_of, turn_of

from corpus.errors import ActuclairError
from page import cards, frame, view
from page.texts import FOLDER, load
from page.wording import language_name
from rag.errors import InvalidQuestion, PromptMissing
from rag.study.study import NO_STUDY, Study
from rag.types import Answer, AnswerSentence, Event, EvidenceFound, Question
from telling.asking import unfold
from telling.texts import LANGUAGES
from telling.turns import KEPT, Turn, begin, keep


def test_articles_escape_a_hostile_title():
    assert "<img" not in frame.articles_html([article_of(title=HOSTILE)], TEXTS["de"])


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("fr", "18 novembre 2025"),
        ("it", "18 novembre 2025"),
        ("es", "18 de noviembre de 2025"),
        ("de", "18. November 2025"),
        ("en", "18 November 2025"),
    ],
)
def test_date_is_written_as_the_language_does(language: str, written: str):
    assert written in cards.publication_html(article_of(published=date(2025, 11, 18)), TEXTS[language])


def test_language_name_of_an_unknown_code_is_the_code():
    assert language_name("it", "fr") == "italien"
    assert language_name("x-none", "fr") == "x-none"


def test_texts_have_the_same_entries_placeholders_and_four_examples_in_every_language():
    def shape(language: str) -> dict[str, list[str]]:
        return {entry: re.findall(r"{\w+}", text) for entry, text in TEXTS[language].entries.items()}

    for language in LANGUAGES:
        assert shape(language) == shape("fr")
        assert len(TEXTS[language].examples) == 4


def test_texts_name_the_file_and_the_entry_that_is_missing(tmp_path: Path):
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    italian = tmp_path / "it.toml"
    lines = italian.read_text(encoding="utf-8").splitlines()
    italian.write_text("\n".join(line for line in lines if not line.startswith("tagline")), encoding="utf-8")

    with pytest.raises(PromptMissing, match=r"it\.toml.*tagline"):
        load(tmp_path)


def test_articles_are_grouped_with_the_readers_language_first():
    articles = [article_of(), article_of(language="de", title="Der Cowboy")]

    html = frame.articles_html(articles, TEXTS["de"])

    assert html.index("Der Cowboy") < html.index("Il cowboy")
    assert "(2)" in html


def test_conversation_keeps_the_last_turns_and_goes_on_counting():
    conversation: tuple[Turn, ...] = ()
    for _ in range(KEPT + 2):
        conversation = keep(conversation, begin(conversation, QUESTION))

    assert [turn.number for turn in conversation] == list(range(3, KEPT + 3))


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (InvalidQuestion("secret", "question_too_long"), "question_too_long"),
        (ActuclairError("secret"), "cannot_answer_now"),
        (ZeroDivisionError("secret"), "cannot_answer_now"),
    ],
)
def test_a_failure_ends_the_turn_with_a_sentence_for_readers_and_not_its_own(error: Exception, problem: str):
    def explain(question: Question, earlier: Sequence[Answer]) -> Iterator[Event]:
        yield AnswerSentence("Nessuno.", ())
        raise error

    ended = list(unfold(Turn(1, QUESTION), (), explain, lambda answer: NO_STUDY))[-1]

    assert ended.problem == problem
    assert TEXTS["it"][f"problem.{problem}"] in view.newest_html(ended, TEXTS["it"])
    assert "secret" not in view.newest_html(ended, TEXTS["it"])


def test_an_answer_that_breaks_off_keeps_the_cards_its_sentences_cite():
    def explain(question: Question, earlier: Sequence[Answer]) -> Iterator[Event]:
        yield EvidenceFound((evidence_of(1), evidence_of(2)))
        yield AnswerSentence("Nessuno.", (2,))
        raise ActuclairError("secret")

    html = view.newest_html(list(unfold(Turn(3, QUESTION), (), explain, lambda answer: NO_STUDY))[-1], TEXTS["fr"])

    assert 'href="#e3-2"' in html and 'id="e3-2"' in html
    assert 'id="e3-1"' not in html


def test_an_answer_that_breaks_off_silently_ends_with_a_problem():
    assert [
        turn.problem
        for turn in unfold(Turn(1, QUESTION), (), lambda question, earlier: iter(()), lambda answer: NO_STUDY)
    ] == ["cannot_answer_now"]


def test_an_answer_stays_where_what_helps_to_learn_from_it_fails_and_the_fault_is_logged(
    caplog: pytest.LogCaptureFixture,
):
    def learn(answer: Answer) -> Study:
        raise ZeroDivisionError("quiz")

    answer = answer_of(AnswerSentence("Nessuno.", ()))
    ended = list(unfold(Turn(1, QUESTION), (), lambda question, earlier: iter([answer]), learn))[-1]

    assert ended.answer == answer
    assert ended.problem == ""
    assert ended.study == NO_STUDY
    assert "ZeroDivisionError" in caplog.text


def test_an_answer_is_shown_without_what_helps_to_learn_from_it_where_that_cannot_be_shown(
    caplog: pytest.LogCaptureFixture,
):
    broken = Study(words={"Nessuno.": (None,)})  # type: ignore[dict-item]
    turn = replace(turn_of(AnswerSentence("Nessuno.", ())), study=broken)

    newest, earlier = view.newest_html(turn, TEXTS["it"]), view.earlier_html((turn, turn), TEXTS["de"])

    assert "Nessuno." in newest
    assert earlier.count("Nessuno.") == 2
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 3


def test_a_turn_says_whether_it_runs_has_failed_or_is_answered():
    running = Turn(1, QUESTION)

    states = [running, replace(running, problem="cannot_answer_now"), turn_of(AnswerSentence("Nessuno.", ()))]

    told = [re.findall(r'data-status="(\w+)"', view.newest_html(turn, TEXTS["es"])) for turn in states]
    assert told == [["running"], ["problem"], ["answered"]]
