"""What nobody else may see: a question before it was looked up, a class after signing out, a code by a refusal."""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

from class_rooms import (
    CRISIS,
    LONG_S,
    PLAN,
    Clock,
    MadeUp,
    class_app,
    does,
    ended,
    question_of,
    school_in,
    teacher_of,
    visitor,
)
from sqlalchemy import select
from waiting import wait_until

from classroom.entering.attempts import Attempts
from classroom.entering.sign_in import SignIn
from classroom.keeping.tables import BROADCASTS
from classroom.lesson.presence import GRACE_S
from classroom.routes.teachers import TeacherRoutes
from classroom.showing import pupil_views
from classroom.showing.export import entries_of, table
from classroom.showing.teacher_views import teacher_parts
from classroom.showing.texts import load
from classroom.types import FlagKind
from rag.filters import Filters
from rag.types import Answer, Event, Question

TEXTS = load()["it"]


@dataclass
class Busy(MadeUp):
    """Looks a question up only when it `may_look`."""

    may_look: threading.Event = field(default_factory=threading.Event)

    def explain(self, question: Question, filters: Filters, earlier: Sequence[Answer]) -> Iterator[Event]:
        assert self.may_look.wait(LONG_S)
        yield from super().explain(question, filters, earlier)


def test_a_question_is_shown_to_no_one_before_it_was_looked_up(tmp_path: Path):
    answers = Busy()
    with school_in(tmp_path, answers) as school:
        room = school.open(PLAN)
        turns = [school.answering.ask(room, room.join(name, name), question_of(text)) for name, text in
                 (("Zoë", CRISIS), ("Ugo", "Chi canta?"))]  # fmt: skip

        def shown() -> str:
            rows = [str(part.make()) for part in teacher_parts(school, room, TEXTS) if part.into == "turns"]
            return "".join([*rows, table(entries_of(room.register, True, TEXTS), TEXTS)])

        before = shown()
        answers.may_look.set()
        wait_until(lambda: room.so_far.is_looked_up(turns[1]) and len(ended(room)) == 1)

        assert not [told for told in ("Zoë", "Ugo", CRISIS, "Chi canta?") if told in before]
        assert "Chi canta?" in shown() and CRISIS not in shown()


def test_who_leaves_before_a_call_for_help_was_found_is_looked_after(tmp_path: Path):
    answers, clock = Busy(), Clock()
    with school_in(tmp_path, answers, clock) as school:
        room = school.open(PLAN)
        in_need, other = room.join("Zoë", "token"), room.join("Ugo", "another")
        school.answering.ask(room, other, question_of())
        turn = school.answering.ask(room, in_need, question_of(CRISIS))

        clock.on(seconds=GRACE_S)
        wait_until(lambda: not school.answering.presence.is_here(in_need.id))
        answers.may_look.set()
        wait_until(lambda: bool(room.register.flags))

        assert [(flag.turn_id, flag.kind) for flag in room.register.flags] == [(turn.id, FlagKind.CRISIS)]
        wait_until(lambda: not school.desk._tellings)  # who is gone and in no need frees the place


def test_a_refusal_does_not_tell_a_code_from_a_wrong_one(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        room, guesser = school.open(PLAN), visitor(class_app(school), "de")

        said = [
            guesser.post(f"/class/{code}/{what}", content=body).json()
            for code in (room.register.session.code, "tigre-luna-0999")  # no session has a number so small
            for what in ("here", "join", "ask")
            for body in (b"x", b"[]")
        ]

        assert said == [said[0]] * 12
        assert said[0]["problem"] == load()["de"]["problem.unknown"]


def test_a_teacher_who_has_signed_out_is_told_no_more(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        teacher, room = teacher_of(class_app(school), school), school.open(PLAN)
        routes = TeacherRoutes(school, SignIn(school.storage, school.clock), Attempts(9, 9)).routes()
        (stream,) = [route.endpoint for route in routes if route.path == "/teacher/{session}/stream"]
        request = SimpleNamespace(
            cookies=dict(teacher.cookies), path_params={"session": room.id}, headers={}, query_params={"language": "it"}
        )

        async def told() -> list[str]:
            response = await stream(request)
            lines = response.body_iterator
            first = [await anext(lines), await anext(lines)]
            await asyncio.to_thread(teacher.post, "/teacher/sign-out", json={})
            await asyncio.to_thread(room.join, "Zoë", "token")
            return [*first, *[line async for line in lines]]

        assert "Zoë" not in "".join(asyncio.run(asyncio.wait_for(told(), 120)))


def test_what_a_teacher_shows_everybody_is_masked_before_it_is_kept(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        teacher, room = teacher_of(class_app(school), school), school.open(PLAN)

        does(teacher, room, do="show_question", text="Mi chiamo Zoë Bianchi, chi canta?")

        with school.storage.transaction() as connection:
            (kept,) = connection.execute(select(BROADCASTS.c.text)).scalars()
        assert "Bianchi" not in kept and "chi canta?" in kept


def test_a_removed_pupil_is_told_so_and_nothing_else(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        room = school.open(PLAN)
        pupil = room.join("Ugo", "token")
        school.answering.remove(room, pupil.id)
        room.broadcast("Che cosa?", "")

        parts = pupil_views.pupil_parts(school, room, pupil.id)

        assert [part.name for part in parts] == ["lesson"]
        assert TEXTS["problem.removed"] in str(parts[0].make())
