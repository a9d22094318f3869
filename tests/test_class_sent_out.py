"""A pupil who is sent out: nothing of it goes on, but a call for help is found, shown and answered."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from class_rooms import CRISIS, LONG_S, PLAN, Clock, MadeUp, ended, question_of, school_in
from waiting import wait_until

from classroom.keeping.storage import Storage
from classroom.lesson.school import School
from classroom.showing import pupil_views
from classroom.types import FlagKind, Progress
from rag.filters import Filters
from rag.types import Answer, Event, Question


@dataclass
class Slow(MadeUp):
    """Looks nothing up before it may."""

    may_look: threading.Event = field(default_factory=threading.Event)

    def explain(self, question: Question, filters: Filters, earlier: Sequence[Answer]) -> Iterator[Event]:
        assert self.may_look.wait(LONG_S)
        yield from super().explain(question, filters, earlier)


def test_a_call_for_help_asked_just_before_reaches_the_teacher_and_is_answered(tmp_path: Path):
    answers = Slow()
    with school_in(tmp_path, answers) as school:
        room = school.open(PLAN)
        pupil = room.join("Zoë", "token")
        turn = school.answering.ask(room, pupil, question_of(CRISIS))

        school.answering.remove(room, pupil.id)
        answers.may_look.set()
        wait_until(lambda: len(ended(room)) == 1)

        assert [(flag.turn_id, flag.kind) for flag in room.register.flags] == [(turn.id, FlagKind.CRISIS)]
        shown = {part.name: str(part.make()) for part in pupil_views.pupil_parts(school, room, pupil.id)}
        assert "Non sei da solo." in shown[f"turn-{turn.id}"]


def test_a_call_for_help_is_found_even_after_a_restart(tmp_path: Path):
    before = School(Storage(tmp_path), MadeUp().library(), 30, Clock())
    room = before.open(PLAN)
    pupil = room.join("Zoë", "token")
    room.ask(pupil.id, question_of(CRISIS))  # and the power goes before anybody looks it up
    before.answering.remove(room, pupil.id)
    before.storage.close()

    with school_in(tmp_path, MadeUp()) as school:
        (room,) = school.rooms()
        wait_until(lambda: bool(room.register.flags))


@pytest.mark.parametrize("text", ["Chi canta?", "Quanto costa la pizza?"])
def test_anything_else_comes_to_nothing_and_the_model_is_not_asked(tmp_path: Path, text: str):
    answers = Slow()
    answers.may_write.set()
    with school_in(tmp_path, answers) as school:
        room = school.open(PLAN)
        pupil = room.join("Zoë", "token")
        school.answering.presence.arrive(pupil.id)  # the page is still open
        school.answering.ask(room, pupil, question_of(text))

        school.answering.remove(room, pupil.id)
        answers.may_look.set()
        wait_until(lambda: len(ended(room)) == 1)
        wait_until(lambda: not school.desk._tellings)

        (turn,) = room.register.turns.values()
        assert (turn.progress, turn.problem, turn.answer) == (Progress.FAILED, "removed", None)
        assert answers.written == [] and room.register.flags == []
