"""The page in a real browser with the real models: a reader asks, checks a proof, changes level and language."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from page.texts import load

pytestmark = pytest.mark.browser
REPOSITORY = Path(__file__).resolve().parent.parent
CHROMIUM = shutil.which("chromium")
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
ANSWER_MS = 120_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running page over the demo articles."""
    home = tmp_path_factory.mktemp("home")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"ACTUCLAIR_HOME": str(home), "ACTUCLAIR_PORT": str(port), "ACTUCLAIR_READ_AHEAD": "2"}
    command = [sys.executable, "-c", "from cli.main import main; main()"]
    ingest = [*command, "ingest", "corpus/articles"]
    subprocess.run(ingest, check=True, env=environment, cwd=REPOSITORY, timeout=300, capture_output=True)
    log = (home / "serve.log").open("w+")
    server = subprocess.Popen([*command, "serve"], env=environment, cwd=REPOSITORY, stdout=log, stderr=log)
    try:
        wait_for(port, server, Path(log.name))
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=60)


def wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        assert server.poll() is None, log.read_text()
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.5)
    raise AssertionError(f"the page did not come: {log.read_text()}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page at the width of a laptop; `page.hosts` collects whom the browser asks."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    opened.hosts = set()  # type: ignore[attr-defined]
    opened.on("request", lambda request: opened.hosts.add(urlsplit(request.url).netloc))  # type: ignore[attr-defined]
    opened.goto(address)
    expect(opened.locator("#question textarea")).to_be_visible(timeout=30_000)
    yield opened
    opened.close()


def ask(page: Page, question: str) -> None:
    """Ask and wait for the end of the answer to this question, not of the one before."""
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")
    expect(page.locator("#current .question")).to_contain_text(question, timeout=ANSWER_MS)
    expect(page.locator("#current .answer:not([data-status=running])")).to_be_visible(timeout=ANSWER_MS)


def test_page_answers_with_proof_at_the_level_asked_for_and_asks_no_other_host(page: Page, address: str):
    ask(page, "Qui a créé le clip de The Hardest Part ?")
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
    expect(page.locator("html")).to_have_attribute("lang", "it", timeout=15_000)

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

    expect(page.get_by_text(load()["fr"][f"problem.{problem}"])).to_be_visible(timeout=15_000)


@pytest.mark.parametrize("width", [375, 1920])
def test_page_needs_no_scrolling_sideways(page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_timeout(300)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
