"""Stored answers: the quiz that was answered comes back, and one that cannot be read takes nothing else with it."""

import json
import logging
from pathlib import Path

import pytest
from class_rooms import PLAN, MadeUp, ended, question_of, school_in
from hypothesis import given
from hypothesis import strategies as st
from page_turns import answer_of, evidence_of
from sqlalchemy import text
from waiting import wait_until

from classroom.keeping.storage import Storage
from classroom.keeping.stored_answers import AnswerUnreadable, read, stored
from classroom.lesson.room import Room
from classroom.showing import pupil_views
from classroom.showing.texts import load
from classroom.types import Progress, QuizResult, Turn
from rag.answering.answer_json import answer_json
from rag.study.quiz import Form, QuizQuestion
from rag.study.quiz_context import ON_NO_CARD
from rag.study.quiz_targets import Kind
from rag.study.study import Study
from rag.types import AnswerSentence, ReadingLevel

QUIZ = (
    QuizQuestion(Form.FILL, Kind.WORD, "Il ____ non esiste.", (), "cowboy", evidence_of(1)),
    QuizQuestion(
        Form.CHOOSE, Kind.NAME, "Lo dice ____.", ("Ugo", "Zoë"), "Zoë", evidence_of(ON_NO_CARD, "Lo dice Zoë.")
    ),
)
ANSWER = answer_of(AnswerSentence("Non esiste.", (1,)), evidence=(evidence_of(1),))


def one_answered(folder: Path, quiz: tuple[QuizQuestion, ...] = QUIZ) -> Turn:
    """A school that closes after one answer, with a result of its quiz; what had been asked."""
    answers = MadeUp(study=Study(quiz=quiz))
    answers.may_write.set()
    with school_in(folder, answers) as school:
        room = school.open(PLAN)
        pupil = room.join("Zoë", "token")
        turn = school.answering.ask(room, pupil, question_of())
        wait_until(lambda: len(ended(room)) == 1)
        room.note_result(pupil.id, QuizResult(turn.id, 1, True))
        return turn


def test_the_quiz_of_a_turn_is_the_same_after_a_restart_whatever_became_of_the_articles(tmp_path: Path):
    turn = one_answered(tmp_path)
    other = QuizQuestion(Form.TRUE_FALSE, Kind.NAME, "Un altro quiz.", (), "true", evidence_of(1))

    with school_in(tmp_path, MadeUp(study=Study(quiz=(other,)))) as school:
        (room,) = school.rooms()
        known = school.answering.told_of(room, room.register.turns[turn.id])

        assert [(asked.text, asked.options, asked.answer) for asked in known.study.quiz] == [
            (asked.text, asked.options, asked.answer) for asked in QUIZ
        ]
        assert known.study.quiz[1].proof.number == ON_NO_CARD
        assert list(room.register.results) == [(turn.id, 1)]


def test_an_answer_of_the_first_version_is_read_and_gets_a_quiz(tmp_path: Path):
    turn = one_answered(tmp_path)
    overwrite(tmp_path, json.dumps(answer_json(ANSWER)))

    with school_in(tmp_path, MadeUp(study=Study(quiz=QUIZ))) as school:
        (room,) = school.rooms()
        known = school.answering.told_of(room, room.register.turns[turn.id])

        assert known.answer is not None and known.answer.text == "Non esiste."
        assert known.study.quiz == QUIZ


def overwrite(folder: Path, kept: str) -> None:
    """What stands in the file instead of the first answer."""
    storage = Storage(folder)
    with storage.transaction() as connection:
        connection.execute(text("UPDATE turns SET answer = :kept WHERE number = 1"), {"kept": kept})
    storage.close()


def standing(folder: Path) -> str:
    storage = Storage(folder)
    with storage.transaction() as connection:
        found = connection.execute(text("SELECT answer FROM turns WHERE number = 1")).scalar_one()
    storage.close()
    return str(found)


DAMAGED = ['{"format": 1, "answ', '{"format": 99, "answer": {"text": "Xylofon"}}', '{"status": "quoted"}', "[]", "7"]


@pytest.mark.parametrize("kept", DAMAGED)
def test_an_answer_that_cannot_be_read_is_said_so_and_nothing_else_is_lost(
    tmp_path: Path, kept: str, caplog: pytest.LogCaptureFixture
):
    turn = one_answered(tmp_path)
    overwrite(tmp_path, kept)
    answers = MadeUp()
    answers.may_write.set()

    with caplog.at_level(logging.ERROR), school_in(tmp_path, answers) as school:
        (room,) = school.rooms()
        shown = str(pupil_views.turn_html(school, room, room.register.turns[turn.id], load()["it"]))
        school.answering.ask(room, room.pupil_of("token"), question_of("E chi balla?"))
        wait_until(lambda: len(ended(room)) == 2)
        room.end()  # which stores every turn anew

    assert load()["it"]["problem.unreadable"] in shown
    assert "cannot be read" in caplog.text and "Chi canta" not in caplog.text and "Xylofon" not in caplog.text
    assert standing(tmp_path) == kept  # another version may understand it
    with school_in(tmp_path, MadeUp()) as school:
        assert [turn.progress for turn in all_turns(school.rooms()[0])] == [Progress.FAILED, Progress.ANSWERED]


def all_turns(room: Room) -> list[Turn]:
    return list(room.register.turns.values())


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3)))
def test_whatever_stands_for_a_part_of_an_answer_is_read_or_refused(odd: object):
    whole = stored(ANSWER, QUIZ)
    for name in (*whole, *whole["answer"]):
        changed = whole | {name: odd} if name in whole else whole | {"answer": whole["answer"] | {name: odd}}
        try:
            answer, _ = read(json.dumps(changed))
        except AnswerUnreadable:
            continue
        assert answer.question.level in ReadingLevel


def test_an_answer_comes_back_as_it_was_stored():
    answer, quiz = read(json.dumps(stored(ANSWER, QUIZ)))

    assert answer_json(answer) == answer_json(ANSWER)
    assert quiz is not None and [each.is_right("ZOE") for each in quiz] == [False, True]
