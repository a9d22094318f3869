"""Words that can be tapped and the quiz in a real browser, with the keyboard alone."""

from collections.abc import Iterator

import pytest
from browser_pages import FRENCH, Story, ask, browser, opened, served, tab_to
from playwright.sync_api import Browser, expect

from page.texts import load

pytestmark = pytest.mark.browser
__all__ = ["browser"]
FR = load()["fr"]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(Story()) as served_at:
        yield served_at


def test_a_difficult_word_opens_and_closes_by_keyboard_and_keeps_the_focus(browser: Browser, address: str):
    with opened(browser, address) as page:
        ask(page)
        page.locator("#current .question").focus()
        tab_to(page, ".word")
        note = page.locator("#current .word-note")
        expect(note).to_be_hidden()

        page.keyboard.press("Enter")
        expect(note).to_be_visible()
        expect(note).to_contain_text("Une suite d’instructions.")
        page.keyboard.press("Escape")

        expect(note).to_be_hidden()
        expect(page.locator("#current .word")).to_be_focused()


def test_the_quiz_is_answered_by_keyboard_and_shows_its_proof(browser: Browser, address: str):
    with opened(browser, address) as page:
        ask(page)
        page.locator("#current .question").focus()
        tab_to(page, ".quiz summary")
        page.keyboard.press("Enter")
        questions = page.locator(".quiz-question")
        expect(questions).to_have_count(3)

        tab_to(page, ".quiz-question [data-check]")
        page.keyboard.press("Enter")
        expect(questions.nth(0).locator(".quiz-verdict")).to_have_text(FR["quiz.empty"])
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Space")
        chosen = page.evaluate("document.activeElement.value")
        tab_to(page, ".quiz-question [data-check]")
        page.keyboard.press("Enter")
        right = chosen == "4"
        told = FR["quiz.right"] if right else FR["quiz.wrong"].format(answer="4")
        expect(questions.nth(0).locator(".quiz-verdict")).to_have_text(told)
        expect(questions.nth(0).locator(".quiz-proof")).to_contain_text(FRENCH)

        tab_to(page, ".quiz-question input[type=text]")
        page.keyboard.type("CHANSON ")
        page.keyboard.press("Enter")
        expect(questions.nth(2).locator(".quiz-verdict")).to_have_text(FR["quiz.right"])


def test_a_quiz_that_is_open_stays_open_when_the_answer_has_ended(browser: Browser, address: str):
    with opened(browser, address) as page:
        ask(page)
        page.locator("#current .quiz summary").press("Enter")
        page.wait_for_timeout(1500)

        assert page.locator("#current .quiz").get_attribute("open") is not None
