"""Pages of made-up answers in a real browser: what several tests of the page's scripts share."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from fastapi import FastAPI
from late_ends import LateEnds
from page_turns import answer_of, article_of, evidence_of, library_of
from playwright.sync_api import Browser, Page, expect
from servers import browser, come_to, running

from corpus.types import Article, Audience
from page import create_page, mount
from rag.study.difficult_words import DifficultWord
from rag.study.glossary import Explanation
from rag.study.quiz import Form, QuizQuestion
from rag.study.quiz_targets import Kind
from rag.study.study import Study
from rag.types import Answer, AnswerSentence, Event, Evidence, EvidenceFound, Question, Step, Voice
from web import Rules

__all__ = ["browser"]
WRITTEN = ("Breaking Rust n’existe pas.", "Un algorithme a tout inventé.")
FRENCH = "La chanson de Breaking Rust compte 4 millions d’écoutes."
ITALIAN = "Il cowboy non esiste."


class Story:
    """Answers every question alike, with all that an answer can have; it goes on when `goes_on` is set."""

    def __init__(self, *, learn: Any = None) -> None:
        self.asked: list[str] = []
        self.goes_on = threading.Event()
        self.goes_on.set()
        self.learn = learn or self.study

    def evidence(self) -> tuple[Evidence, ...]:
        french = article_of(id="fr", title="La star sans chanteur", text=FRENCH, language="fr", outlet="Le Petit Clair")
        said = replace(evidence_of(2, ITALIAN), voice=Voice.SPEECH, speaker="Ada Neri")
        opinion = replace(evidence_of(3, "È un inganno."), voice=Voice.OPINION)
        return replace(evidence_of(1, FRENCH), article=french), said, opinion

    def explain(self, question: Question, earlier: Sequence[Answer]) -> Iterator[Event]:
        self.asked.append(question.text)
        evidence = self.evidence()
        sentences = [
            AnswerSentence(WRITTEN[0], (1,)),
            AnswerSentence(WRITTEN[1], (1, 2), is_fixed=True),
            *(AnswerSentence(each.text, (each.number,), is_quote=True) for each in evidence),
        ]
        yield EvidenceFound(evidence, understood=question.text)
        yield sentences[0]
        assert self.goes_on.wait(120)
        steps = (Step("searched", 0.2, {"passages": 3}), Step("asked", 1.0), Step("told_again", 0.1))
        answer = answer_of(
            *sentences, evidence=evidence, steps=steps, suggestions=("Qui est Ugo ?",), understood=question.text,
            notice="Garde ton nom pour toi.", as_of=date(2025, 11, 18),
        )  # fmt: skip
        yield replace(answer, question=question)

    def study(self, answer: Answer) -> Study:
        first = answer.citations[0]
        start = WRITTEN[1].index("algorithme")
        word = DifficultWord(
            "algorithme", start, start + len("algorithme"), Explanation("algorithme", "Une suite d’instructions.", "fr")
        )
        gap = FRENCH.replace("4", "____")
        quiz = (
            QuizQuestion(Form.CHOOSE, Kind.NUMBER, gap, ("4", "9", "20"), "4", first),
            QuizQuestion(Form.TRUE_FALSE, Kind.NUMBER, FRENCH.replace("4", "9"), (), "false", first),
            QuizQuestion(Form.FILL, Kind.WORD, FRENCH.replace("chanson", "____"), (), "chanson", first),
        )
        other = article_of(id="it2", title="Un cowboy finto", audience=Audience.ADULT)
        return Study({WRITTEN[1]: (word,)}, quiz, {}, {first.article.id: other})

    def articles(self) -> list[Article]:
        return [each.article for each in self.evidence()]


@contextmanager
def served(
    story: Story, language: str = "fr", ends_late_s: float = 0.0, calls_per_minute: int = 10_000
) -> Iterator[str]:
    """The address of a page over a story, in this process; the end of a stream may arrive late."""
    page = create_page(library_of(story.explain, lambda answer: story.learn(answer), story.articles, language))
    app = mount(FastAPI(), page, Rules(calls_per_minute=calls_per_minute))
    with running(LateEnds(app, ends_late_s)) as address:
        try:
            yield address
        finally:
            story.goes_on.set()


@contextmanager
def opened(browser: Browser, address: str, script: str = "", **context: Any) -> Iterator[Page]:
    """The page in a browser that has kept nothing; `script` runs before any of the page's own."""
    own = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **context})
    page = own.new_page()
    page.add_init_script(script)
    come_to(page, address)
    try:
        yield page
    finally:
        own.close()


def ask(page: Page, question: str = "Qui chante ?") -> None:
    """Ask, and wait for the end of the answer."""
    page.locator("#question textarea").press_sequentially(question)
    page.keyboard.press("Enter")
    expect(page.locator("#current .question")).to_contain_text(question)
    expect(page.locator("#current .answer:not([data-status=running])")).to_be_visible()


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until what fits the selector has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")
