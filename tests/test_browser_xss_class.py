"""Hostile markup in everything that the pages of a class show, in a real browser: nothing runs, nobody else is asked.

Titles, nicknames, questions, what a teacher shows, articles and what a model writes. Nicknames are put past the check
that refuses nearly all of these.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from class_rooms import CRISIS, PLAN, SECRET, class_app, ended
from hostile_pages import WATCH, Hostile, payloads_of
from page_turns import answer_of
from playwright.sync_api import Browser, Page, expect
from servers import browser, running
from waiting import wait_until

from classroom.clock import SteadyClock
from classroom.entering.sign_in import set_secret
from classroom.keeping.storage import Storage
from classroom.lesson.room import Room
from classroom.lesson.school import School
from classroom.types import Opinion
from rag.filters import Filters
from rag.library import Library
from rag.types import Answer, AnswerSentence, Event, EvidenceFound, Question, ReadingLevel, Status

pytestmark = pytest.mark.browser
__all__ = ["browser"]
FIRST = "Chi canta?"
FOREIGN = """[...document.querySelectorAll(`script:not([src^="/class-files/"]), iframe, object, embed, base, style, img,
video, math, meta:not([charset]):not([name]), link:not([href^="/"]), form[action], [onerror], [onload], [onclick],
[onmouseover], [ontoggle], [onfocus], [srcdoc], [formaction]`)].map((each) => each.outerHTML.slice(0, 120))"""


class HostileClass(Hostile):
    """The first question gets an answer with a payload in every place, the others one sentence and an unasked one."""

    def answer(self, question: Question, filters: Filters, earlier: object) -> Iterator[Event]:
        if question.text == FIRST:
            yield from self.explain(question, ())
        elif question.text == CRISIS:
            yield replace(answer_of(status=Status.CRISIS), question=question, text="Non sei da solo.")
        else:
            evidence = self.evidence()[:1]
            yield EvidenceFound(evidence, understood=question.text)
            said = answer_of(AnswerSentence(question.text, (1,)), evidence=evidence, understood=question.text)
            yield replace(said, question=question)

    def library(self) -> Library:
        def learn(answer: Answer) -> object:
            return self.learn(answer) if answer.question.text == FIRST else self.learn(replace(answer, evidence=()))

        return Library(self.answer, lambda *again: iter(()), learn, self.articles, "it")  # type: ignore[arg-type]


@dataclass
class Lesson:
    """A running server with one session, and whom its pages' browser asks."""

    address: str
    school: School
    room: Room
    browser: Browser
    hosts: set[str]

    def open(self, path: str, token: str = "") -> Page:
        context = self.browser.new_context(locale="it")
        if token:
            context.add_cookies([{"name": "actuclair_pupil", "value": token, "url": self.address}])
        page = context.new_page()
        page.add_init_script(WATCH)
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        page.goto(self.address + path)
        return page

    def ask(self, nickname: str, text: str) -> str:
        """Somebody of this nickname asks, whatever it is; the cookie of who asked."""
        token = f"token-{len(self.room.register.pupils)}"
        pupil = self.room.join(f"P{len(self.room.register.pupils)}", token)
        self.room.register.pupils[pupil.id] = replace(pupil, nickname=nickname)
        turn = self.school.answering.ask(self.room, pupil, Question(text, "it", ReadingLevel.CHILD))
        wait_until(lambda: turn.id in {each.id for each in ended(self.room)})
        self.room.judge(pupil.id, turn.id, Opinion.REPORTED)
        return token


@pytest.fixture(scope="module")
def payloads(evaluation_data: Path) -> list[str]:
    return payloads_of(evaluation_data)[:38]


@pytest.fixture(scope="module")
def lesson(payloads: list[str], tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Lesson]:
    school = School(Storage(tmp_path_factory.mktemp("class")), HostileClass(payloads).library(), 30, SteadyClock())
    set_secret(school.storage, SECRET)
    with school.in_session(), running(class_app(school)) as address:
        room = school.open(replace(PLAN, title=" ".join(payloads), shares=True))
        yield Lesson(address, school, room, browser, set())


@pytest.fixture(scope="module")
def pupil(lesson: Lesson, payloads: list[str]) -> Page:
    """The page of who asked first, in a class in which every payload is a nickname and a question."""
    token = lesson.ask(payloads[0], FIRST)
    lesson.ask(payloads[1], CRISIS)
    for payload in payloads[2:-1]:
        lesson.ask(payload, payload)
    lesson.room.broadcast(" ".join(payloads[:20]), "")
    lesson.room.broadcast("", "a3")
    return lesson.open(f"/class/{lesson.room.register.session.code}", token)


@pytest.fixture(scope="module")
def teacher(lesson: Lesson, pupil: Page) -> Page:
    page = lesson.open("/teacher?language=it")
    page.fill("#secret", SECRET)
    page.keyboard.press("Enter")
    expect(page.locator(".sessions")).to_be_visible()
    return page


def check_inert(lesson: Lesson, page: Page) -> None:
    """Nothing ran or tried to, no element is foreign, no link leads to a script, nobody else was asked."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    page.evaluate("document.querySelectorAll('*').forEach((each) => each.dispatchEvent(new MouseEvent('mouseover')))")
    page.wait_for_timeout(500)
    links = page.evaluate("[...document.querySelectorAll('a')].map((each) => each.getAttribute('href') || '')")

    assert page.evaluate("window.ran") == []
    assert page.evaluate(FOREIGN) == []
    assert not [link for link in links if not re.match(r"[#?]|/(?!/)|https?://", link)]
    assert lesson.hosts == {urlsplit(lesson.address).netloc}


def test_the_pupils_page_runs_nothing_and_shows_an_answer_full_of_markup_as_text(
    lesson: Lesson, pupil: Page, payloads: list[str]
):
    expect(pupil.locator(".answer[data-status=answered]")).to_be_visible()

    assert pupil.locator(".sentence").count() >= len(payloads)
    assert payloads[0] in pupil.locator(".broadcast").first.inner_text() + pupil.locator(".broadcast").last.inner_text()
    check_inert(lesson, pupil)


def test_where_a_pupil_joins_runs_nothing(lesson: Lesson, pupil: Page, payloads: list[str]):
    page = lesson.open(f"/class/{lesson.room.register.session.code}")

    expect(page.locator("h1")).to_contain_text(payloads[5])
    check_inert(lesson, page)


def test_the_teachers_list_runs_nothing(lesson: Lesson, teacher: Page, payloads: list[str]):
    expect(teacher.locator(".sessions")).to_contain_text(payloads[5])

    check_inert(lesson, teacher)


def test_the_teachers_live_view_with_every_answer_opened_runs_nothing(
    lesson: Lesson, teacher: Page, payloads: list[str]
):
    teacher.goto(f"{lesson.address}/teacher/{lesson.room.id}?language=it")
    expect(teacher.locator(".row-turn").first).to_be_visible()

    assert payloads[0] in teacher.locator(".pupil-list").inner_text()
    check_inert(lesson, teacher)
    expect(teacher.locator(".loaded .sentence").first).to_be_visible()
    check_inert(lesson, teacher)


def test_what_comes_in_while_the_pages_are_open_runs_nothing(
    lesson: Lesson, pupil: Page, teacher: Page, payloads: list[str]
):
    late = f"Zoë {payloads[-1]} {payloads[5]}"
    teacher.goto(f"{lesson.address}/teacher/{lesson.room.id}?language=it")

    lesson.ask(late, late)
    lesson.room.broadcast(late, "")

    expect(teacher.locator(".pupil-list")).to_contain_text("Zoë")
    expect(pupil.locator("body")).to_contain_text("Zoë")
    check_inert(lesson, teacher)
    check_inert(lesson, pupil)


def test_what_is_printed_runs_nothing(lesson: Lesson, teacher: Page, payloads: list[str]):
    teacher.goto(f"{lesson.address}/teacher/{lesson.room.id}/export/print?language=it&names=1")

    expect(teacher.locator("body")).to_contain_text(payloads[5])
    check_inert(lesson, teacher)
