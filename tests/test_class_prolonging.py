"""A session that is prolonged: how far, by whom, and that neither its end nor its deletion comes too soon."""

from datetime import timedelta
from pathlib import Path

import pytest
from class_rooms import (
    NOON,
    PLAN,
    Clock,
    MadeUp,
    asks,
    class_app,
    does,
    pupil_of,
    school_in,
    teacher_of,
)

from classroom.errors import NotNow
from classroom.lesson import rules
from classroom.showing.texts import load
from classroom.types import Register, Session, State

TEXTS = load()["it"]
END = NOON + timedelta(minutes=60)


def register_of() -> Register:
    return Register(Session("s", "tigre-luna-4827", PLAN, NOON, END))


def test_a_prolonged_session_ends_at_its_new_time_and_no_sooner():
    register = register_of()

    rules.prolong(register, 15, NOON)
    ended = [rules.end_in_time(register, END + timedelta(minutes=minutes)) for minutes in (0, 14, 15)]

    assert ended == [False, False, True]
    assert register.session.ended_at == END + timedelta(minutes=15)


def test_a_pause_is_no_obstacle_and_goes_on():
    register = register_of()
    rules.steer(register, "pause")

    rules.prolong(register, 5, NOON)

    assert (register.session.state, register.session.ends_at) == (State.PAUSED, END + timedelta(minutes=5))


def test_a_session_can_be_prolonged_up_to_its_longest_and_not_beyond():
    register = register_of()

    for _ in range(28):  # seven hours
        rules.prolong(register, 15, NOON)
    with pytest.raises(NotNow) as refused:
        rules.prolong(register, 5, NOON)

    assert refused.value.phrase == "longest"
    assert register.session.ends_at == NOON + rules.LONGEST


@pytest.mark.parametrize("minutes", [60, 61])
def test_a_session_whose_time_is_over_is_not_prolonged_though_nobody_has_ended_it_yet(minutes: int):
    register = register_of()

    with pytest.raises(NotNow) as refused:
        rules.prolong(register, 15, NOON + timedelta(minutes=minutes))

    assert refused.value.phrase == "ended"
    assert rules.end_in_time(register, NOON + timedelta(minutes=minutes))


def test_a_prolonged_session_goes_on_after_a_restart_and_is_deleted_by_its_real_end(tmp_path: Path):
    clock = Clock()
    with school_in(tmp_path, MadeUp(), clock, days=7) as school:
        school.open(PLAN).prolong(15)

    clock.on(minutes=74)
    with school_in(tmp_path, MadeUp(), clock, days=7) as school:
        (room,) = school.rooms()
        school.tick()
        ran = room.register.session.state is State.OPEN
        clock.on(minutes=1)
        school.tick()
        ended_at = room.register.session.ended_at
        clock.on(days=7, minutes=-1)  # a week after the end that was planned at first
        school.tick()
        was_kept = school.rooms() == [room]
        clock.on(minutes=1)
        school.tick()

        assert ran and ended_at == END + timedelta(minutes=15)
        assert was_kept and school.rooms() == []


def test_a_teacher_prolongs_by_what_is_offered_and_by_nothing_else(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        app, room = class_app(school), school.open(PLAN)
        teacher = teacher_of(app, school)

        for which in ("", "0", "-15", "16", "٥", "15.0", "1e3", "nan"):
            refused = does(teacher, room, do="prolong", which=which)
            assert (refused.status_code, refused.json()["problem"]) == (400, TEXTS["problem.minutes_wrong"]), which
        for which in ("5", "15"):
            assert does(teacher, room, do="prolong", which=which).status_code == 200

        assert room.register.session.ends_at == END + timedelta(minutes=20)
        assert TEXTS["room.longer"].format(minutes=15) in teacher.get(f"/teacher/{room.id}?language=it").text


def test_a_teacher_is_told_in_their_language_that_eight_hours_are_the_most(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        app, room = class_app(school), school.open(PLAN)
        teacher = teacher_of(app, school)
        while does(teacher, room, do="prolong", which="15").status_code == 200:
            pass

        for language in ("de", "es"):
            told = teacher.post(f"/teacher/{room.id}/do?language={language}", json={"do": "prolong", "which": "5"})
            assert (told.status_code, told.json()["problem"]) == (409, load()[language]["problem.longest"])


def test_a_pupil_does_not_prolong_and_asks_as_long_as_the_teacher_says(tmp_path: Path):
    clock = Clock()
    with school_in(tmp_path, MadeUp(), clock) as school:
        app, room = class_app(school), school.open(PLAN)
        teacher, pupil = teacher_of(app, school), pupil_of(app, room, "Zoë")

        assert does(pupil, room, do="prolong", which="15").status_code == 401
        assert does(teacher, room, do="prolong", which="15").status_code == 200
        clock.on(minutes=70)
        school.tick()
        asked = asks(pupil, room)
        clock.on(minutes=5)
        school.tick()

        assert asked.status_code == 200
        assert does(teacher, room, do="prolong", which="15").json()["phrase"] == "ended"
        assert room.register.session.state is State.ENDED
