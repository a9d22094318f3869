"""A running school: evidence at once, the model in turn, nobody lost, nobody answered twice."""

import threading
from pathlib import Path

import pytest
from class_rooms import CRISIS, PLAN, UNKNOWN, Clock, MadeUp, ended, question_of, school_in
from waiting import wait_until

from classroom.errors import NotNow
from classroom.lesson.presence import GRACE_S
from classroom.lesson.room import Room
from classroom.types import Progress, Pupil, QuizResult
from rag.types import Status


def joined(room: Room, *names: str) -> list[Pupil]:
    return [room.join(name, f"token of {name}") for name in names]


def evidence_shown(room: Room) -> int:
    return sum(bool(told.evidence) for told in room.so_far._told.values())


def places(room: Room) -> list[int]:
    """How many come before each of those who wait."""
    return sorted(wait[0] for wait in map(room.so_far.wait_of, room.register.turns) if wait)


def test_everybody_sees_what_the_articles_say_before_anything_is_written(tmp_path: Path):
    answers = MadeUp()
    with school_in(tmp_path, answers) as school:
        room = school.open(PLAN)
        for number, pupil in enumerate(joined(room, *(f"Leone{n}" for n in range(30)))):
            school.answering.ask(room, pupil, question_of(f"Chi canta il brano {number}?"))

        wait_until(lambda: evidence_shown(room) == 30)

        assert answers.written == []
        wait_until(lambda: places(room) == list(range(30)))
        answers.may_write.set()
        wait_until(lambda: len(ended(room)) == 30)
        assert len(answers.written) == 30
        for turn in ended(room):  # none crossed
            assert turn.answer and turn.answer.sentences[0].text == f"Ecco: {turn.question.text}"


def test_a_question_that_is_asked_twice_is_answered_to_both_when_it_is_written(tmp_path: Path):
    answers = MadeUp()
    with school_in(tmp_path, answers) as school:
        room = school.open(PLAN)
        for pupil in joined(room, "Ugo", "Zoë"):
            school.answering.ask(room, pupil, question_of())
        wait_until(lambda: evidence_shown(room) == 2)
        wait_until(lambda: places(room) == [0, 0])

        answers.may_write.set()

        wait_until(lambda: len(ended(room)) == 2)


def test_who_needs_help_gets_it_at_once_though_others_wait(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        room = school.open(PLAN)
        first, second, third = joined(room, "Ugo", "Zoë", "Leone7")
        school.answering.ask(room, first, question_of())
        school.answering.ask(room, second, question_of(CRISIS))
        school.answering.ask(room, third, question_of(UNKNOWN))

        wait_until(lambda: len(ended(room)) == 2)

        statuses = {turn.answer.status for turn in ended(room) if turn.answer}
        assert statuses == {Status.CRISIS, Status.NO_EVIDENCE}


def test_one_pupil_has_one_question_on_its_way(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        room = school.open(PLAN)
        (pupil,) = joined(room, "Ugo")
        school.answering.ask(room, pupil, question_of())

        with pytest.raises(NotNow) as refused:
            school.answering.ask(room, pupil, question_of("E poi?"))

        assert refused.value.phrase == "one_at_a_time"


def test_a_pupil_who_floods_takes_nobodys_place(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        room = school.open(PLAN)
        first, second = joined(room, "Ugo", "Zoë")
        refused = 0
        for number in range(200):
            try:
                school.answering.ask(room, first, question_of(f"Chi è {number}?"))
            except NotNow:
                refused += 1
        school.answering.ask(room, second, question_of())
        wait_until(lambda: places(room) == [0, 1])

        assert (refused, len(room.register.turns)) == (199, 2)


def test_beyond_the_limit_it_says_so_and_keeps_nothing(tmp_path: Path):
    answers = MadeUp()
    with school_in(tmp_path, answers) as school:
        school.desk._most = 2
        room = school.open(PLAN)
        first, second, third = joined(room, "Ugo", "Zoë", "Leone7")
        for pupil in (first, second):
            school.answering.ask(room, pupil, question_of(f"Chi è {pupil.nickname}?"))

        with pytest.raises(NotNow) as refused:
            school.answering.ask(room, third, question_of("Chi c’è?"))

        assert refused.value.phrase == "busy"
        assert len(room.register.turns) == 2
        answers.may_write.set()
        wait_until(lambda: len(ended(room)) == 2)
        wait_until(lambda: not school.desk._tellings)
        school.answering.ask(room, third, question_of("Chi c’è?"))
        wait_until(lambda: len(ended(room)) == 3)
    assert len(restarted(tmp_path)) == 3


def restarted(folder: Path) -> list[str]:
    """The questions of the first room after a restart."""
    with school_in(folder, MadeUp()) as school:
        return [turn.question.text for turn in school.rooms()[0].register.turns.values()]


def test_a_restart_goes_on_with_what_was_unfinished_and_answers_nothing_twice(tmp_path: Path):
    before, after = MadeUp(), MadeUp()
    with school_in(tmp_path, before) as school:
        room = school.open(PLAN)
        for pupil in joined(room, "Ugo", "Zoë", "Leone7"):
            school.answering.ask(
                room, pupil, question_of(UNKNOWN if pupil.nickname == "Ugo" else f"Chi è {pupil.nickname}?")
            )
        wait_until(lambda: len(ended(room)) == 1)
        school.close()

    with school_in(tmp_path, after) as school:
        (room,) = school.rooms()
        assert [turn.progress for turn in room.register.turns.values()].count(Progress.RUNNING) == 2
        after.may_write.set()
        wait_until(lambda: len(ended(room)) == 3)

        assert sorted(text for text, _, _ in after.asked) == ["Chi è Leone7?", "Chi è Zoë?"]
        assert room.pupil_of("token of Zoë").nickname == "Zoë"


def test_who_is_gone_frees_the_place_and_is_answered_when_back(tmp_path: Path):
    answers, clock = MadeUp(), Clock()
    with school_in(tmp_path, answers, clock) as school:
        room = school.open(PLAN)
        first, second = joined(room, "Ugo", "Zoë")
        for pupil in (first, second):
            school.answering.arrive(room, pupil.id)
            school.answering.ask(room, pupil, question_of(f"Chi è {pupil.nickname}?"))
        wait_until(lambda: evidence_shown(room) == 2)

        school.answering.leave(second.id)
        clock.on(seconds=GRACE_S)
        wait_until(lambda: len(school.desk._tellings) == 1)
        answers.may_write.set()
        wait_until(lambda: len(ended(room)) == 1)
        school.answering.arrive(room, second.id)

        wait_until(lambda: len(ended(room)) == 2)


def test_a_session_ends_in_time_and_is_deleted_after_its_days(tmp_path: Path):
    clock = Clock()
    with school_in(tmp_path, MadeUp(), clock, days=7) as school:
        room = school.open(PLAN)
        joined(room, "Ugo")

        clock.on(minutes=61)
        school.tick()
        was_kept = bool(school.rooms())
        clock.on(days=7)
        school.tick()

        assert room.register.session.ended_at is not None
        assert was_kept and school.rooms() == []
        wait_until(lambda: room.register.pupils == {})  # the watch may have deleted it first
        with pytest.raises(NotNow):
            school.find(room.register.session.code)


def test_a_removed_pupil_is_out_and_what_it_asked_comes_to_nothing(tmp_path: Path):
    answers = MadeUp()
    with school_in(tmp_path, answers) as school:
        room = school.open(PLAN)
        (pupil,) = joined(room, "Ugo")
        school.answering.ask(room, pupil, question_of())
        wait_until(lambda: evidence_shown(room) == 1)

        school.answering.remove(room, pupil.id)
        answers.may_write.set()

        assert [turn.problem for turn in room.register.turns.values()] == ["removed"]
        with pytest.raises(NotNow, match="removed"):
            room.pupil_of("token of Ugo")


def test_many_threads_at_once_lose_nothing(tmp_path: Path):
    answers = MadeUp()
    answers.may_write.set()
    with school_in(tmp_path, answers) as school:
        rooms = [school.open(PLAN) for _ in range(3)]
        pupils = [(room, pupil) for room in rooms for pupil in joined(room, *(f"Leone{n}" for n in range(10)))]
        threads = [
            threading.Thread(target=school.answering.ask, args=(room, pupil, question_of(f"Chi è {pupil.id}?")))
            for room, pupil in pupils
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        wait_until(lambda: sum(len(ended(room)) for room in rooms) == 30)
        for room in rooms:
            assert sorted(turn.number for turn in room.register.turns.values()) == list(range(1, 11))
            assert {turn.pupil_id for turn in ended(room)} == set(room.register.pupils)


def test_results_of_a_quiz_survive_a_restart(tmp_path: Path):
    answers = MadeUp()
    answers.may_write.set()
    with school_in(tmp_path, answers) as school:
        room = school.open(PLAN)
        (pupil,) = joined(room, "Ugo")
        turn = school.answering.ask(room, pupil, question_of())
        wait_until(lambda: len(ended(room)) == 1)
        room.note_result(pupil.id, QuizResult(turn.id, 0, True))

    with school_in(tmp_path, MadeUp()) as school:
        assert list(school.rooms()[0].register.results) == [(turn.id, 0)]


def test_a_school_that_was_closed_takes_nothing_more(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        room = school.open(PLAN)
        (pupil,) = joined(room, "Ugo")
        school.desk.close()

        with pytest.raises(NotNow):
            school.answering.ask(room, pupil, question_of())
