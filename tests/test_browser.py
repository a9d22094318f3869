"""The page in a real browser: with the real models a reader asks, checks a proof, changes level and language.

What only the page does, such as asking what it has suggested, is seen with made-up answers.
"""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI
from page_turns import answer_of, article_of, evidence_of, library_of
from playwright.sync_api import Browser, Page, expect
from served import REPOSITORY, serving
from servers import browser, come_to, running

from page import create_page, mount
from page.texts import load
from rag.types import Answer, AnswerSentence, Event, EvidenceFound, Question, Step

pytestmark = pytest.mark.browser
__all__ = ["browser"]
ANSWER_MS = 120_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running page over the demo articles."""
    home = tmp_path_factory.mktemp("home")
    environment = {"ACTUCLAIR_HOME": str(home)}
    ingest = [sys.executable, "-c", "from cli.main import main; main()", "ingest", "corpus/articles"]
    subprocess.run(ingest, check=True, env=os.environ | environment, cwd=REPOSITORY, timeout=600, capture_output=True)
    with serving(environment, home) as server:
        yield server.url


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page at the width of a laptop; `page.hosts` collects whom the browser asks."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    opened.hosts = set()  # type: ignore[attr-defined]
    opened.on("request", lambda request: opened.hosts.add(urlsplit(request.url).netloc))  # type: ignore[attr-defined]
    come_to(opened, address)
    yield opened
    opened.close()


class MadeUp:
    """Answers every question alike; the second waits for `goes_on`, so that one can look while it is written."""

    suggestion = "Qui est « Ugo Neri », et pourquoi l’écoute-t-on ?"

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self.goes_on = threading.Event()

    def explain(self, question: Question, earlier: Sequence[Answer]) -> Iterator[Event]:
        self.asked.append((question.text, len(earlier)))
        sentence, evidence = AnswerSentence("Personne.", (1,)), evidence_of(1)
        yield EvidenceFound((evidence,))
        assert not earlier or self.goes_on.wait(120)
        answer = answer_of(
            sentence, evidence=(evidence,), suggestions=(self.suggestion,), steps=(Step("searched", 0.2),)
        )
        yield replace(answer, question=question)


@pytest.fixture
def made_up(browser: Browser) -> Iterator[tuple[MadeUp, Page]]:
    """A page of made-up answers in this process, on a phone."""
    answers = MadeUp()
    app = mount(FastAPI(), create_page(library_of(answers.explain, articles=lambda: [article_of()])))
    with running(app) as address:
        opened = browser.new_page(viewport={"width": 375, "height": 700}, reduced_motion="reduce")
        try:
            come_to(opened, address)
            yield answers, opened
        finally:
            answers.goes_on.set()
            opened.close()


def ask(page: Page, question: str) -> None:
    """Ask and wait for the end of the answer to this question, not of the one before."""
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")
    expect(page.locator("#current .question")).to_contain_text(question, timeout=ANSWER_MS)
    expect(page.locator("#current .answer:not([data-status=running])")).to_be_visible(timeout=ANSWER_MS)


def test_page_answers_with_proof_at_the_level_asked_for_and_asks_no_other_host(page: Page, address: str):
    ask(page, "Qui chante Walk My Walk ?")
    mark = page.locator("#current .mark").first
    mark.click()
    card = page.locator("#current .card:target")
    expect(card).to_be_visible()
    assert page.locator("#current .answer").get_attribute("data-level") == "child"

    page.locator("#level label").nth(3).click()
    ask(page, "Wer hat das Musikvideo gemacht?")

    expect(page.locator("#current .answer")).to_have_attribute("data-level", "adult")
    assert page.hosts == {urlsplit(address).netloc}  # type: ignore[attr-defined]


def test_page_follows_the_language_and_says_when_the_articles_do_not_tell(page: Page):
    page.locator("#language label").filter(has_text="Italiano").click()
    expect(page.locator("html")).to_have_attribute("lang", "it")

    ask(page, "Quanto costa una pizza sulla Luna?")

    expect(page.locator("#current .answer")).to_have_attribute("data-status", "no_evidence")
    expect(page.locator("#current .sentence")).to_have_text(re.compile("Gli articoli non lo dicono"))
    expect(page.locator("#current .card")).to_have_count(0)


def test_page_can_be_used_with_the_keyboard_alone(page: Page):
    page.keyboard.press("Tab")
    for _ in range(30):
        if page.evaluate("document.activeElement.tagName") == "TEXTAREA":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("Was ist The Velvet Sundown?")
    page.keyboard.press("Enter")

    expect(page.locator("#current .question")).to_contain_text("Velvet Sundown", timeout=ANSWER_MS)
    expect(page.locator("#current .answer:not([data-status=running])")).to_be_visible(timeout=ANSWER_MS)


@pytest.mark.parametrize(("typed", "problem"), [("???", "question_empty"), ("a " * 400, "question_too_long")])
def test_page_tells_kindly_that_a_question_is_missing_or_too_long(page: Page, typed: str, problem: str):
    page.fill("#question textarea", typed)
    page.keyboard.press("Enter")

    expect(page.get_by_text(load()["fr"][f"problem.{problem}"])).to_be_visible(timeout=ANSWER_MS)


@pytest.mark.parametrize("width", [375, 1920])
def test_page_needs_no_scrolling_sideways(page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_timeout(300)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_suggestion_asks_itself_with_the_keyboard_and_is_gone_while_the_answer_is_written(
    made_up: tuple[MadeUp, Page],
):
    answers, page = made_up
    ask(page, "Qui chante ?")

    page.locator(".suggestion").focus()
    page.keyboard.press("Enter")

    expect(page.locator("#current .question")).to_contain_text(answers.suggestion)
    expect(page.locator("#current .card")).to_be_visible()
    expect(page.locator(".suggestion")).to_have_count(0)
    answers.goes_on.set()
    expect(page.locator("#current .suggestion")).to_be_visible()
    assert answers.asked == [("Qui chante ?", 0), (answers.suggestion, 1)]
    assert page.input_value("#question textarea") == ""


def test_what_the_keyboard_reaches_is_not_behind_the_question_box(made_up: tuple[MadeUp, Page]):
    _, page = made_up
    ask(page, "Qui chante ?")
    expect(page.locator(".suggestion")).to_be_visible()

    page.locator("#current .question").focus()
    reached: list[str] = []
    while "TEXTAREA" not in reached and len(reached) < 30:
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.tagName"))
        below = page.evaluate(
            "document.activeElement.getBoundingClientRect().bottom"
            " - document.querySelector('#composer').getBoundingClientRect().top"
        )
        assert "TEXTAREA" in reached or below <= 0

    assert {"A", "SUMMARY", "BUTTON", "TEXTAREA"} <= set(reached)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
