"""A teacher and three pupils at once in real browsers, phones and a desk: a whole lesson, with made-up answers."""

import re
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from class_rooms import CRISIS, SECRET, UNKNOWN, MadeUp, class_app
from playwright.sync_api import Browser, Page, expect, sync_playwright

import safety
from classroom.clock import SteadyClock
from classroom.school import School
from classroom.storage import Storage
from classroom.teacher import set_secret
from classroom.texts import load

pytestmark = pytest.mark.browser
TEXTS = load()["it"]
PHONE, DESK = {"width": 375, "height": 740}, {"width": 1280, "height": 900}
LIVE_MS = 2000  # how soon everybody sees what has changed


@dataclass
class Lesson:
    """A running server, its answers, and a browser for each who takes part."""

    address: str
    answers: MadeUp
    browser: Browser
    faults: list[str]

    def open(self, path: str, viewport: dict[str, int], scheme: str = "light") -> Page:
        """A browser of its own; what a page complains about is noted."""
        context = self.browser.new_context(viewport=viewport, locale="it", color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("requestfinished", self._note)
        page.goto(self.address + path)
        return page

    def _note(self, request: object) -> None:
        if not request.url.startswith(self.address):  # type: ignore[attr-defined]
            self.faults.append(f"asked {request.url}")  # type: ignore[attr-defined]


@pytest.fixture
def lesson(tmp_path: Path) -> Iterator[Lesson]:
    safety.warm_up()
    answers = MadeUp()
    school = School(Storage(tmp_path), answers.library(), 30, SteadyClock())
    set_secret(school.storage, SECRET)
    server = uvicorn.Server(uvicorn.Config(class_app(school), port=0, log_level="warning", timeout_graceful_shutdown=1))
    running = threading.Thread(target=server.run, daemon=True)
    with school.in_session(), sync_playwright() as playwright:
        running.start()
        while not server.started:
            assert running.is_alive()
            time.sleep(0.05)
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        try:
            yield Lesson(address, answers, chromium, [])
        finally:
            answers.may_write.set()
            chromium.close()
            server.should_exit = True
            running.join(20)


def open_session(lesson: Lesson) -> tuple[Page, str]:
    """A teacher signs in and opens a session in which pupils see each other's questions; gives its code."""
    teacher = lesson.open("/teacher?language=it", DESK)
    teacher.fill("#secret", SECRET)
    teacher.keyboard.press("Enter")
    teacher.fill("#title", "La musica")
    teacher.check("[name=shares]")
    teacher.click("form [type=submit]")
    return teacher, teacher.locator(".code .join-code").inner_text()


def join(lesson: Lesson, code: str, nickname: str, viewport: dict[str, int], scheme: str = "light") -> Page:
    """Type the code as a child would, then a nickname."""
    pupil = lesson.open("/class", viewport, scheme)
    pupil.fill("#code", code.replace("-", " ").upper())
    pupil.keyboard.press("Enter")
    pupil.fill("#nickname", nickname)
    pupil.keyboard.press("Enter")
    expect(pupil.locator("#question")).to_be_visible(timeout=20_000)
    return pupil


def ask(pupil: Page, text: str) -> None:
    pupil.fill("#question", text)
    pupil.keyboard.press("Enter")
    expect(pupil.locator(".question").last).to_contain_text(text, timeout=LIVE_MS)


def test_a_whole_lesson(lesson: Lesson):
    teacher, code = open_session(lesson)
    first = join(lesson, code, "Leone7", PHONE)
    second = join(lesson, code, "Zoë", PHONE, "dark")
    third = join(lesson, code, "Ugo", DESK)
    expect(teacher.locator(".pupil-list li")).to_have_count(3, timeout=LIVE_MS)

    # evidence comes before anything is written, help at once, and the teacher sees both
    ask(first, "Chi canta?")
    ask(second, CRISIS)
    ask(third, UNKNOWN)
    expect(first.locator(".card")).to_have_count(1, timeout=LIVE_MS)
    expect(second.locator(".answer[data-status=crisis]")).to_be_visible(timeout=LIVE_MS)
    expect(teacher.locator(".flag.crisis")).to_be_visible(timeout=LIVE_MS)
    expect(teacher.locator("#room")).not_to_contain_text(CRISIS)
    teacher.click(".flag.crisis summary")
    expect(teacher.locator(".flag.crisis")).to_contain_text("Zoë")
    lesson.answers.may_write.set()
    expect(first.locator(".answer[data-status=answered]")).to_be_visible(timeout=LIVE_MS)
    expect(third.locator(".shared")).to_contain_text("Chi canta?", timeout=LIVE_MS)
    expect(second.locator(".shared")).to_have_count(0)

    # a report reaches the teacher, who sees the answer
    third.click("[data-judge=reported]")
    expect(teacher.locator(".flag.reported")).to_contain_text(UNKNOWN, timeout=LIVE_MS)
    teacher.click(".flag.reported button")
    expect(teacher.locator(".flag.reported")).to_have_count(0, timeout=LIVE_MS)
    teacher.locator(".row-turn", has_text="Chi canta?").locator("summary").click()
    expect(teacher.locator(".loaded .sentence").first).to_contain_text("Ecco", timeout=LIVE_MS)

    # everybody looks at the same, then has a break
    teacher.fill("#show-text", "Chi balla?")
    teacher.click("[data-do=show_question] button")
    for pupil in (first, second, third):
        expect(pupil.locator(".broadcast")).to_contain_text("Chi balla?", timeout=LIVE_MS)
    teacher.click("[data-do=pause]")
    expect(first.locator(".banner")).to_have_text(TEXTS["problem.paused"], timeout=LIVE_MS)
    expect(first.locator("#question")).to_be_disabled()
    teacher.click("[data-do=resume]")
    expect(first.locator("#question")).to_be_enabled(timeout=LIVE_MS)

    # a page that is loaded again has its history; one that is sent out has not
    first.reload()
    expect(first.locator(".answer[data-status=answered]")).to_be_visible()
    teacher.on("dialog", lambda dialog: dialog.accept())
    teacher.locator(".pupil-list li", has_text="Ugo").locator("button").click()
    expect(third.locator(".banner")).to_have_text(TEXTS["problem.removed"], timeout=LIVE_MS)

    # what is kept, and then nothing is
    with teacher.expect_download() as download:
        teacher.locator("[data-export]").nth(2).click()
    assert "Chi canta?" in Path(download.value.path()).read_text(encoding="utf-8")
    teacher.click("[data-open=deleting]")
    teacher.click("#deleting [data-do=delete]")
    expect(teacher.locator(".sessions li")).to_have_count(0)
    expect(first.locator(".banner")).to_have_text(TEXTS["problem.deleted"], timeout=LIVE_MS)
    assert lesson.faults == []


def test_answers_that_are_held_come_when_the_teacher_lets_them(lesson: Lesson):
    lesson.answers.may_write.set()
    teacher, code = open_session(lesson)
    pupil = join(lesson, code, "Leone7", PHONE)
    teacher.click("[data-do=hold]")
    expect(teacher.locator("[data-do=unhold]")).to_be_visible(timeout=LIVE_MS)

    ask(pupil, "Chi canta?")
    expect(teacher.locator(".chip[data-state=held]")).to_be_visible(timeout=LIVE_MS)
    expect(pupil.locator(".held")).to_be_visible()
    expect(pupil.locator(".card")).to_have_count(0)
    teacher.click("[data-do=release]")

    expect(pupil.locator(".answer[data-status=answered]")).to_be_visible(timeout=LIVE_MS)


def test_a_pupil_needs_no_mouse_and_no_page_is_wider_than_its_screen(lesson: Lesson):
    lesson.answers.may_write.set()
    teacher, code = open_session(lesson)
    pupil = join(lesson, code, "Leone7", {"width": 320, "height": 640})

    pupil.locator("#question").focus()
    pupil.keyboard.type("Chi canta?")
    pupil.keyboard.press("Enter")
    expect(pupil.locator(".answer[data-status=answered]")).to_be_visible(timeout=LIVE_MS)
    expect(pupil.locator("#question")).to_be_focused()
    pupil.locator("[data-judge=understood]").focus()
    pupil.keyboard.press("Enter")

    expect(pupil.locator("[data-judge=understood][aria-pressed=true]")).to_be_focused(timeout=LIVE_MS)
    teacher.set_viewport_size({"width": 320, "height": 640})
    for page in (pupil, teacher):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    assert re.fullmatch(r"[a-z]+-[a-z]+-\d{4}", code)
    assert lesson.faults == []
