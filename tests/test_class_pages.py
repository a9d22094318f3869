"""What the pages show: escaped, complete, in the session's language; parts are sent again only when they changed."""

import json
from dataclasses import replace
from pathlib import Path

from class_rooms import (
    PLAN,
    MadeUp,
    asks,
    class_app,
    does,
    ended,
    pupil_of,
    question_of,
    school_in,
    teacher_of,
    visitor,
)
from page_turns import HOSTILE, evidence_of
from starlette.requests import Request
from waiting import wait_until

from classroom.lesson.bell import Bell
from classroom.lesson.changes import Changes, part_of
from classroom.routes.streams import _changed, seen_by
from classroom.showing import pupil_views
from classroom.showing.charts import bars
from classroom.showing.parts import Page
from classroom.showing.qr import qr_svg
from classroom.showing.teacher_views import teacher_parts
from classroom.showing.texts import load
from rag.study.quiz import Form, QuizQuestion
from rag.study.quiz_targets import Kind
from rag.study.study import Study

TEXTS = load()["it"]


def request_with(query: str = "", last: str = "") -> Request:
    headers = [(b"last-event-id", last.encode())] if last else []
    return Request({"type": "http", "query_string": query.encode(), "headers": headers})


def test_what_pupils_and_teachers_type_is_inert_on_every_page(tmp_path: Path):
    answers = MadeUp()
    answers.may_write.set()
    with school_in(tmp_path, answers) as school:
        room = school.open(replace(PLAN, title=HOSTILE, shares=True))
        app = class_app(school)
        teacher, pupil, other = teacher_of(app, school), pupil_of(app, room, "Zoë"), pupil_of(app, room, "Ugo")
        asks(pupil, room, f"Chi è {HOSTILE}?")
        does(teacher, room, do="show_question", text=f"E {HOSTILE}?")
        wait_until(lambda: len(ended(room)) == 1)
        at = f"/class/{room.register.session.code}"

        pages = [browser.get(path).text for browser, path in [
            (pupil, at), (other, at), (visitor(app), at), (teacher, f"/teacher/{room.id}"), (teacher, "/teacher"),
            (teacher, f"/teacher/{room.id}/export/print"), (teacher, f"/teacher/{room.id}/turn/{ended(room)[0].id}"),
        ]]  # fmt: skip

        assert not [page for page in pages if "<img src=x" in page]
        assert all("&lt;img src=x" in page for page in pages)


def test_a_pupil_sees_the_answer_as_on_the_page_with_its_proof(tmp_path: Path):
    answers = MadeUp()
    answers.may_write.set()
    with school_in(tmp_path, answers) as school:
        room = school.open(PLAN)
        pupil = pupil_of(class_app(school), room, "Zoë")
        asks(pupil, room)
        wait_until(lambda: len(ended(room)) == 1)

        page = pupil.get(f"/class/{room.register.session.code}").text

        assert 'class="card"' in page and 'href="#e1-1"' in page
        assert TEXTS["opinion.understood"] in page


def test_who_waits_is_told_how_many_come_first(tmp_path: Path):
    answers = MadeUp()
    with school_in(tmp_path, answers) as school:
        room = school.open(PLAN)
        app = class_app(school)
        for number, name in enumerate(("Zoë", "Ugo", "Leone7")):
            asks(pupil_of(app, room, name), room, f"Chi canta il brano {number}?")
        wait_until(lambda: sorted(wait[0] for wait in room.so_far._waits.values()) == [0, 1, 2])

        shown = [str(pupil_views.turn_html(school, room, turn, TEXTS)) for turn in room.register.turns.values()]

        assert sum(TEXTS["writing"] in html for html in shown) == 1
        assert [("prima di questa: 1" in html) + 2 * ("prima di questa: 2" in html) for html in shown].count(0) == 1


def test_an_answer_of_a_quiz_is_judged_by_the_server(tmp_path: Path):
    quiz = QuizQuestion(Form.FILL, Kind.WORD, "Il ____ non esiste.", (), "cowboy", evidence_of(1))
    answers = MadeUp(study=Study(quiz=(quiz,)))
    answers.may_write.set()
    with school_in(tmp_path, answers) as school:
        room = school.open(PLAN)
        pupil = pupil_of(class_app(school), room, "Zoë")
        asks(pupil, room)
        wait_until(lambda: len(ended(room)) == 1)
        at, (turn,) = f"/class/{room.register.session.code}/quiz", ended(room)

        first = pupil.post(at, json={"turn": turn.id, "place": 0, "given": "  COWBOY "})
        beyond = [pupil.post(at, json={"turn": turn.id, "place": place, "given": "x"}).status_code for place in (1, -1)]

        assert first.json() == {"right": True}
        assert beyond == [404, 404]
        assert [result.is_right for result in room.register.results.values()] == [True]


def test_a_page_gets_what_changed_since_it_was_served_and_nothing_twice(tmp_path: Path):
    answers = MadeUp()
    answers.may_write.set()
    with school_in(tmp_path, answers) as school:
        room = school.open(PLAN)
        pupil = room.join("Zoë", "token")
        before, sent = room.changes.latest(), dict[str, int]()
        asked = school.answering.ask(room, pupil, replace(question_of(), text="Chi canta?"))
        wait_until(lambda: len(ended(room)) == 1)

        def parts() -> list[str]:
            lines = _changed(room, Page(lambda: pupil_views.pupil_parts(school, room, pupil.id)), before, sent)
            return [json.loads(line.removeprefix("data: "))["part"] for line in lines]

        assert parts() == ["shared", part_of(asked.id)]
        assert parts() == []
        room.steer("pause")
        assert parts() == ["lesson"]


def test_a_question_that_is_taken_back_goes_from_the_pages_of_who_asked_and_of_the_teacher(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        room = school.open(PLAN)
        pupil = room.join("Zoë", "token")
        sent = {"pupil": dict[str, int](), "teacher": dict[str, int]()}
        pages = {
            "pupil": Page(lambda: pupil_views.pupil_parts(school, room, pupil.id)),
            "teacher": Page(lambda: teacher_parts(school, room, TEXTS)),
        }
        turn = room.ask(pupil.id, replace(question_of(), text="Chi canta?"))
        listed = {who: [part for part in page.parts() if part.name == part_of(turn.id)] for who, page in pages.items()}
        shown = {who: "".join(_changed(room, page, -1, sent[who])) for who, page in pages.items()}
        seen = room.changes.latest()

        room.withdraw(turn.id)

        assert [who for who, html in shown.items() if part_of(turn.id) in html] == ["pupil", "teacher"]
        assert [part.make() for (part,) in listed.values()] == [None, None]
        for who, page in pages.items():
            told = [json.loads(line.removeprefix("data: ")) for line in _changed(room, page, seen, sent[who])]
            assert {"part": part_of(turn.id), "into": "", "html": ""} in told
            assert part_of(turn.id) not in sent[who]


def test_a_page_of_another_process_or_of_a_room_before_it_was_read_anew_gets_everything():
    changes, before = Changes("città", Bell()), Changes("città", Bell())
    strange = ("", "since=other.7", "since=7", "since=..", f"since={before.marker(7)}")

    assert seen_by(request_with(f"since={changes.marker(7)}"), changes) == 7
    assert seen_by(request_with(f"since={changes.marker(7)}", last=changes.marker(9)), changes) == 9
    assert [seen_by(request_with(query), changes) for query in strange] == [-1] * 5


def test_the_teachers_page_has_every_part_and_chart(tmp_path: Path):
    answers = MadeUp()
    answers.may_write.set()
    with school_in(tmp_path, answers) as school:
        room = school.open(PLAN)
        pupil = room.join("Zoë", "token")
        school.answering.ask(room, pupil, question_of())
        wait_until(lambda: len(ended(room)) == 1)

        html = {part.name: str(part.make()) for part in teacher_parts(school, room, load()["de"])}

        assert set(html) == {"flags", "lesson", "pupils", "figures", "broadcasts", part_of(ended(room)[0].id)}
        assert "Il cowboy" in html["figures"] and "Beantwortet" in html["figures"]
        assert "Zoë" in html["pupils"]


def test_a_chart_has_a_table_for_those_who_do_not_see_it():
    html = str(bars("Livelli", [("8–10 anni", 4), ("<b>", 1)], TEXTS))

    assert '<th scope="row">8–10 anni</th>' in html and 'width="100.0"' in html and 'width="25.0"' in html
    assert "<b>" not in html and "aria-hidden" in html
    assert bars("Livelli", [("8–10 anni", 0)], TEXTS) == ""


def test_a_qr_code_is_drawn_here_and_has_a_name():
    svg = qr_svg("http://scuola.example/class/tigre-luna-4827", 'Codice "QR"')

    assert svg.startswith('<svg role="img" aria-label="Codice &#34;QR&#34;"')
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_the_shared_questions_name_nobody_and_hold_no_crisis(tmp_path: Path):
    answers = MadeUp()
    answers.may_write.set()
    with school_in(tmp_path, answers) as school:
        room = school.open(replace(PLAN, shares=True))
        first, second = (room.join(name, name) for name in ("Zoë", "Ugo"))
        for text in ("Chi canta?", "Voglio morire", "Quanto costa la pizza?"):
            done = len(ended(room))
            school.answering.ask(room, first, replace(question_of(), text=text))
            wait_until(lambda done=done: len(ended(room)) == done + 1)

        html = str(pupil_views.shared_html(room, second.id, TEXTS))

        assert html.count("data-question") == 1 and "Chi canta?" in html and "Zoë" not in html
        assert "data-question" not in pupil_views.shared_html(room, first.id, TEXTS)


def test_a_teacher_is_told_how_long_a_session_is_kept_and_then_the_day_on_which_it_goes(tmp_path: Path):
    with school_in(tmp_path, MadeUp(), days=1) as school:
        room, app = school.open(PLAN), class_app(school)
        teacher, at = teacher_of(app, school), f"/teacher/{room.id}?language=it"

        before = teacher.get(at).text
        does(teacher, room, do="end")
        after = teacher.get(at).text

    assert "dopo 1 giorno." in before and "23 novembre 2026" not in before
    assert "in questa data: 23 novembre 2026." in after


def test_a_page_that_is_loaded_again_has_the_level_that_was_asked_for_last(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        room = school.open(PLAN)
        pupil = room.join("Zoë", "token")
        before = pupil_views.level_of(room, pupil.id)

        school.answering.ask(room, pupil, replace(question_of(), level=PLAN.levels[1]))

        assert (before, pupil_views.level_of(room, pupil.id)) == (PLAN.levels[0], PLAN.levels[1])
