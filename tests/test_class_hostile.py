"""Titles, nicknames, questions and what a teacher shows, hostile in thousands of ways: the pages keep their shape.

What is typed changes the text of a page, never its elements, their attributes, or where a link leads.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from class_rooms import CRISIS, PLAN, UNKNOWN, MadeUp, ended, question_of, school_in
from hostile_texts import ORDERS, disguised, orders_of
from lxml import html
from waiting import wait_until

from classroom.lesson.room import Room
from classroom.lesson.school import School
from classroom.showing import pupil_views
from classroom.showing.export import exported
from classroom.showing.pages import render
from classroom.showing.teacher_views import teacher_parts
from classroom.showing.texts import load
from classroom.types import Opinion
from corpus.cleaning import clean

RUNS, A_RUN = 250, 6  # of hostile texts: the title, three nicknames, a question and what is shown
TEXTS = load()["it"]
Shape = list[tuple[str, tuple[str, ...], str]]


def shape(page: str) -> Shape:
    """The elements of a page with the names of their attributes, and where their links lead."""
    return [
        (str(each.tag), tuple(sorted(each.attrib)), each.get("href", "") + each.get("src", ""))
        for each in html.fromstring(f"<div>{page}</div>").iter()
    ]


def pages(school: School, room: Room) -> Iterator[str]:
    """All that a pupil, a teacher and who wants to join are shown."""
    pupil = next(iter(room.register.pupils))
    for part in (*pupil_views.pupil_parts(school, room, pupil), *teacher_parts(school, room, TEXTS)):
        yield str(part.make())
    title = room.register.session.plan.title
    yield str(render("join.html", texts=TEXTS, code="tigre-luna-4827", title=title, key=""))
    yield bytes(exported(room.register, "print", True, TEXTS).body).decode()


def put(room: Room, texts: list[str]) -> None:
    """These texts in the places of those that were typed."""
    register = room.register
    register.session = replace(register.session, plan=replace(register.session.plan, title=texts[0]))
    for pupil, nickname in zip(list(register.pupils.values()), texts[1:4], strict=True):
        register.pupils[pupil.id] = replace(pupil, nickname=nickname)
    for turn in list(register.turns.values()):
        if not turn.is_crisis:
            register.turns[turn.id] = replace(turn, question=replace(turn.question, text=texts[4]))
    register.broadcasts[:] = [replace(message, text=texts[5]) for message in register.broadcasts]
    room.so_far.clear()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[tuple[School, Room]]:
    """A session with an answer, a report, a call for help, a question without an answer, and something shown."""
    answers = MadeUp()
    answers.may_write.set()
    with school_in(tmp_path, answers) as school:
        opened = school.open(replace(PLAN, shares=True))
        for number, text in enumerate(("Chi canta?", UNKNOWN, CRISIS), start=1):
            pupil = opened.join(f"Zoë{number}", f"token{number}")
            school.answering.arrive(opened, pupil.id)
            school.answering.ask(opened, pupil, question_of(text))
            wait_until(lambda number=number: len(ended(opened)) == number)
        first = ended(opened)[0]
        opened.judge(first.pupil_id, first.id, Opinion.REPORTED)
        opened.broadcast("Chi balla?", "")
        yield school, opened


def test_no_text_that_is_typed_in_a_class_changes_the_shape_of_a_page(room: tuple[School, Room], evaluation_data: Path):
    school, opened = room
    put(opened, ["La musica", "Zoë", "Ugo", "Leone7", "Chi canta?", "Chi balla?"])
    honest = [shape(page) for page in pages(school, opened)]
    attacks = disguised([*ORDERS, *orders_of(evaluation_data)], random.Random("it"))

    for _ in range(RUNS):
        put(opened, [clean(text) or "?" for text in islice(attacks, A_RUN)])

        assert [shape(page) for page in pages(school, opened)] == honest
