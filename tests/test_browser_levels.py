"""Simpler and more detail in a real browser, by keyboard only, with made-up answers."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from fastapi import FastAPI
from page_turns import answer_of, article_of, evidence_of, library_of
from playwright.sync_api import Browser, Page, expect
from servers import browser, come_to, running

from page import create_page, mount
from rag.types import Answer, AnswerSentence, Event, EvidenceFound, Question, Readability, ReadingLevel

pytestmark = pytest.mark.browser
__all__ = ["browser"]
FOUND = (evidence_of(1), evidence_of(2, "Il cowboy ha un cappello."))


class Told:
    """Answers with the name of the level; keeps what it was given to explain again."""

    def __init__(self) -> None:
        self.again: list[tuple[int, ReadingLevel]] = []
        self.goes_on = threading.Event()
        self.goes_on.set()

    def explain(self, question: Question, earlier: Sequence[Answer]) -> Iterator[Event]:
        yield EvidenceFound(FOUND)
        yield self._answer(question)

    def explain_again(self, answer: Answer, found: EvidenceFound, level: ReadingLevel) -> Iterator[Event]:
        self.again.append((len(found.evidence), level))
        yield found
        assert self.goes_on.wait(120)
        yield self._answer(replace(answer.question, level=level))

    def _answer(self, question: Question) -> Answer:
        eased = AnswerSentence(f"Il cowboy per {question.level.value}.", (1,), is_eased=True)
        measured = Readability(3, 8.0, 0.1, 30.0, difficulty=40.0, level=ReadingLevel.TEEN, margin=12.0)
        return replace(answer_of(eased, evidence=FOUND[:1]), question=question, readability=measured)


@pytest.fixture
def told(browser: Browser) -> Iterator[tuple[Told, Page]]:
    answers = Told()
    page_of_answers = create_page(
        library_of(
            answers.explain,
            articles=lambda: [article_of()],
            language="it",
            explain_again=answers.explain_again,
        )
    )
    with running(mount(FastAPI(), page_of_answers)) as address:
        opened = browser.new_page(viewport={"width": 375, "height": 800})
        come_to(opened, address)
        yield answers, opened
        opened.close()
        answers.goes_on.set()


def ask(page: Page, question: str) -> None:
    page.locator("#question textarea").focus()
    page.keyboard.type(question)
    page.keyboard.press("Enter")
    expect(page.locator("#current .question")).to_contain_text(question)
    expect(page.locator("#current .move").first).to_be_attached()


def wish(answers: Told, page: Page) -> None:
    """Press "more detail" of the first answer, and wait until it is on its way."""
    answers.goes_on.clear()
    page.locator("#deeper1").click()
    expect(page.locator(".answer[data-status=running]")).to_be_visible()


def test_an_answer_goes_up_and_down_the_levels_in_its_place_by_keyboard(told: tuple[Told, Page]):
    answers, page = told
    ask(page, "Chi canta?")
    ask(page, "E poi?")
    expect(page.locator("#simpler1")).to_be_disabled()

    deeper = page.locator("#deeper1")
    deeper.focus()
    for level in ("tween", "teen", "adult"):
        expect(deeper).to_have_attribute("data-level", level)  # drawn anew more than once
        expect(deeper).to_be_focused()
        deeper.press("Enter")
        expect(page.locator("#s1-1")).to_contain_text(f"per {level}")

    expect(page.locator("#deeper1")).to_be_disabled()
    expect(page.locator("#simpler1")).to_be_focused()
    expect(page.locator("#s2-1")).to_contain_text("per child")
    assert answers.again == [(2, ReadingLevel.TWEEN), (2, ReadingLevel.TEEN), (2, ReadingLevel.ADULT)]
    assert page.locator(".turn .question").all_inner_texts()[0].endswith("Chi canta?")


def test_the_newest_answer_changes_too_and_nothing_hidden_can_be_reached(told: tuple[Told, Page]):
    _, page = told
    ask(page, "Chi canta?")

    page.locator("#deeper1").focus()
    page.keyboard.press("Space")

    expect(page.locator("#current #s1-1")).to_contain_text("per tween")
    assert page.locator("#wish").is_hidden() and page.locator("#wish-go").is_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_a_new_conversation_brings_back_no_answer_that_was_on_its_way_to_another_level(told: tuple[Told, Page]):
    answers, page = told
    ask(page, "Chi canta?")
    ask(page, "E poi?")
    wish(answers, page)

    page.route("**/cancel", lambda route: route.abort())  # that it should stop may come too late, or not at all
    page.locator("#renew").click()
    expect(page.locator(".turn")).to_have_count(0)
    answers.goes_on.set()
    page.wait_for_timeout(1500)

    expect(page.locator(".turn")).to_have_count(0)
    ask(page, "Wer singt?")
    expect(page.locator(".turn")).to_have_count(1)


@pytest.mark.parametrize("asked_before", [("Chi canta?",), ("Chi canta?", "E poi?")])
def test_a_question_asked_on_the_way_to_another_level_is_answered_after_it(
    told: tuple[Told, Page], asked_before: tuple[str, ...]
):
    answers, page = told
    for question in asked_before:
        ask(page, question)
    wish(answers, page)
    page.fill("#question textarea", "Wer singt?")
    page.keyboard.press("Enter")
    expect(page.locator("#waiting")).not_to_have_text("")
    page.wait_for_timeout(1000)

    answers.goes_on.set()

    expect(page.locator("#current .question")).to_contain_text("Wer singt?")
    expect(page.locator("#current .move").first).to_be_attached()
    expect(page.locator("#s1-1")).to_contain_text("per tween")
    ask(page, "E la banda?")
    expect(page.locator(".turn")).to_have_count(len(asked_before) + 2)
    assert page.input_value("#question textarea") == ""
