"""A lesson in real browsers: a server over made-up answers, a teacher and pupils. Use with `pytest_plugins`."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from class_rooms import SECRET, MadeUp, class_app
from playwright.sync_api import Browser, Page, expect
from servers import chromium, running

import safety
from classroom.clock import SteadyClock
from classroom.entering.sign_in import set_secret
from classroom.keeping.storage import Storage
from classroom.lesson.school import School
from classroom.showing.texts import load

TEXTS = load()["it"]
PHONE, DESK = {"width": 375, "height": 740}, {"width": 1280, "height": 900}
LIVE_MS = 8000  # within which everybody sees what has changed; without being told so, after ten seconds (streams.py)


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
    with school.in_session(), running(class_app(school)) as address, chromium() as browser:
        try:
            yield Lesson(address, answers, browser, [])
        finally:
            answers.may_write.set()


def come_to(page: Page, place: str) -> None:
    """Wait for the next page, which has this, and for its scripts: until then nobody hears a key or a button."""
    expect(page.locator(place)).to_be_visible()
    page.wait_for_load_state()


def open_session(lesson: Lesson, minutes: int = 60) -> tuple[Page, str]:
    """A teacher signs in and opens a session in which pupils see each other's questions; gives its code."""
    teacher = lesson.open("/teacher?language=it", DESK)
    teacher.fill("#secret", SECRET)
    teacher.keyboard.press("Enter")
    come_to(teacher, "#title")
    teacher.fill("#title", "La musica")
    teacher.select_option("#minutes", str(minutes))
    teacher.check("[name=shares]")
    teacher.click("form [type=submit]")
    come_to(teacher, ".code .join-code")
    return teacher, teacher.locator(".code .join-code").inner_text()


def join(lesson: Lesson, code: str, nickname: str, viewport: dict[str, int], scheme: str = "light") -> Page:
    """Type the code as a child would, then a nickname."""
    pupil = lesson.open("/class", viewport, scheme)
    pupil.fill("#code", code.replace("-", " ").upper())
    pupil.keyboard.press("Enter")
    enter(pupil, nickname)
    return pupil


def enter(pupil: Page, nickname: str) -> None:
    """Type a nickname, and come in."""
    come_to(pupil, "#nickname")
    pupil.fill("#nickname", nickname)
    pupil.keyboard.press("Enter")
    come_to(pupil, "#question")


def ask(pupil: Page, text: str) -> None:
    pupil.fill("#question", text)
    pupil.keyboard.press("Enter")
    expect(pupil.locator(".question").last).to_contain_text(text, timeout=LIVE_MS)
