"""The widget on other people's pages: who may ask, hostile policies, styles and texts, and what it leaves alone."""

import gzip
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from browser_pages import browser
from playwright.sync_api import Browser, Page, expect
from widget_browsing import answered, ask, open_widget, reading, until
from widget_pages import Fake, Site, answer, citation, sentence, served

from widget import SCRIPT

pytestmark = pytest.mark.browser
__all__ = ["browser"]
OWN = [
    "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<style>*{display:none}</style>", "${alert(1)}",
    "</template><script>alert(1)</script>", "\" autofocus onfocus=\"alert(1)", "__proto__", "constructor", "{language}",
]  # fmt: skip
ADDRESSES = [
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "//evil.example",
    " JaVaScRiPt:alert(1)",
]
POLICY = "default-src 'none'; style-src 'none'; script-src {server}; connect-src {server}"
TRUSTED = "; require-trusted-types-for 'script'; trusted-types 'none'"
STYLES = """<style>
* { all: unset !important; font-size: 60px !important; color: red !important; display: inline !important; }
html { font-size: 48px; direction: rtl; } button, p, div { position: fixed !important; transform: rotate(9deg); }
</style>"""


def kept(page: Page) -> list[Any]:
    """What a browser keeps of a page."""
    stored = "[localStorage.length, sessionStorage.length, document.cookie, indexedDB.databases(), caches.keys()]"
    found = page.evaluate(f"Promise.all({stored})")
    return [*found, page.context.cookies()]


def test_nothing_but_the_script_is_loaded_before_it_is_opened(browser: Browser):
    fake = Fake()
    with reading(browser, fake) as page:
        expect(page.locator(".launcher")).to_be_visible()
        page.wait_for_timeout(500)
        server: str = page.server  # type: ignore[attr-defined]
        asked = [url for url in page.asked if url.startswith(server)]  # type: ignore[attr-defined]
        ready = page.evaluate("Math.round(window.ready)")
        open_widget(page)
        until(page, lambda: fake.asked)

        assert asked == [f"{server}/widget.js"]
        assert [path for path, _ in fake.asked] == ["articles"]
        packed = len(gzip.compress(SCRIPT.read_bytes(), 6))
        print(f"\nwidget.js: {packed:,} bytes packed, ready {ready} ms after the page was asked for")


def test_inline_asks_nothing_before_a_reader_touches_it(browser: Browser):
    fake = Fake()
    with reading(browser, fake, 'language="fr" mode="inline"') as page:
        expect(page.locator("textarea")).to_be_visible()
        page.wait_for_timeout(300)
        assert fake.asked == []

        page.get_by_role("button", name="Des idées de questions").click()
        expect(page.locator(".first .suggestion")).to_have_count(2)


def test_site_that_is_not_allowed_gets_nothing_and_its_readers_a_sentence(browser: Browser):
    fake = Fake()
    with reading(browser, fake, is_allowed=False) as page:
        open_widget(page)
        expect(page.locator(".article-state")).to_contain_text("Je ne peux pas répondre sur ce site")
        ask(page)
        expect(page.locator(".trouble")).to_contain_text("Je ne peux pas répondre sur ce site")

    assert fake.asked == []


@pytest.mark.parametrize("policy", [POLICY, POLICY + TRUSTED])
def test_hostile_policy_changes_neither_looks_nor_answers(browser: Browser, policy: str):
    with reading(browser, headers={"Content-Security-Policy": policy}) as page:
        open_widget(page)
        ask(page)
        answered(page)
        page.locator(".word").first.click()

        assert page.evaluate("window.ran") == []
        colour = page.locator(".send").evaluate("(each) => getComputedStyle(each).backgroundColor")
        assert colour == "rgb(181, 55, 15)"
        expect(page.locator(".word-note")).to_be_visible()


def test_hostile_styles_change_nothing(browser: Browser):
    measure = """(each) => { const { fontSize, color, display, position, direction } = getComputedStyle(each);
      const { width, height } = each.getBoundingClientRect();
      return [fontSize, color, display, position, direction, Math.round(width), Math.round(height)]; }"""
    seen = []
    for head in ("", STYLES):
        with reading(browser, head=head) as page:
            open_widget(page)
            ask(page)
            answered(page)
            seen.append([page.locator(each).first.evaluate(measure) for each in (".dialog", ".send", ".card", "h2")])

    assert seen[0] == seen[1]


def test_site_themes_it_by_its_properties(browser: Browser):
    head = "<style>actuclair-explainer { --actuclair-accent: #0b4a8f; --actuclair-bottom: 90px; }</style>"
    with reading(browser, head=head) as page:
        launcher = page.locator(".launcher")
        expect(launcher).to_have_css("background-color", "rgb(11, 74, 143)")
        box = launcher.bounding_box()
        assert box and round(box["y"] + box["height"]) == 810


@pytest.fixture(scope="module")
def payloads(evaluation_data: Path) -> list[str]:
    lines = (evaluation_data / "xss_payloads.jsonl").read_text(encoding="utf-8").splitlines()
    return [*OWN, *ADDRESSES, *(json.loads(line)["text"] for line in lines)]


def hostile(payloads: list[str]) -> Fake:
    """Payloads wherever an answer has room for one."""
    cards = [
        citation(
            number, text, title=text, outlet=text, speaker=text, voice="speech", published=text, language=text[:2],
            url=ADDRESSES[number % len(ADDRESSES)],
        )
        for number, text in enumerate(payloads, 1)
    ]  # fmt: skip
    written = [sentence(text, number) for number, text in enumerate(payloads, 1)]
    words = {text: [{"word": text, "explanation": text, "language": text, "source": text}] for text in payloads}
    quiz = [
        {"kind": kind, "question": text, "choices": payloads[:3], "right": text, "hint": text, "proof": cards[0]}
        for kind in ("choose", "true_false", "fill", payloads[0])
        for text in payloads[:12]
    ]
    first = payloads[0]
    whole = answer(
        *written, citations=cards, suggestions=payloads, notice=first, age_note=first, understood=first,
        question=payloads[1], as_of=first,
    )  # fmt: skip
    told = {"id": first, "answer": whole, "words": words, "quiz": quiz, "correction": {"text": first, "on": first}}
    events = [("evidence", {"evidence": cards, "understood": first}), ("finished", told)]
    return Fake(events, article={"state": "indexed", "title": first, "questions": payloads})


def test_texts_full_of_markup_run_nothing_and_are_shown_as_text(browser: Browser, payloads: list[str]):
    fake = hostile(payloads)
    with reading(browser, fake) as page:
        open_widget(page)
        expect(page.locator(".first .suggestion")).to_have_count(len(payloads))
        ask(page, payloads[2])
        answered(page)
        for opened in page.locator(".word").all()[:4]:
            opened.evaluate("(each) => each.click()")
        page.evaluate(
            """() => { const root = document.querySelector('actuclair-explainer').shadowRoot;
              root.querySelectorAll('details').forEach((each) => (each.open = true));
              root.querySelectorAll('.strong').forEach((each) => each.click());
              root.querySelectorAll('*').forEach((each) => each.dispatchEvent(new MouseEvent('mouseover'))); }"""
        )
        page.wait_for_timeout(300)
        found = page.evaluate(
            """() => { const root = document.querySelector('actuclair-explainer').shadowRoot;
              const odd = root.querySelectorAll(`script, iframe, object, base, style, img, video, math, link, meta,
                embed, [onerror], [onload], [onclick], [onmouseover], [onfocus], [ontoggle], [srcdoc], [style*=url]`);
              const links = [...root.querySelectorAll('a')].map((each) => each.getAttribute('href'));
              return [[...odd].map((each) => each.outerHTML.slice(0, 80)), links]; }"""
        )

        assert page.locator(".sentence").count() == len(payloads)
        expect(page.locator(".card blockquote").nth(1)).to_contain_text(payloads[1])
        assert page.evaluate("window.ran") == []
        assert found[0] == []
        assert [link for link in found[1] if not re.match(r"https?://|tel:", link)] == []
        hosts = {urlsplit(url).netloc for url in page.asked}  # type: ignore[attr-defined]
        assert len(hosts) == 2  # the site and the server


def test_nothing_is_kept_in_the_browser_and_what_is_typed_stays_in_the_widget(browser: Browser):
    with reading(browser) as page:
        page.evaluate("window.keys = []; addEventListener('keydown', (event) => window.keys.push(event.key))")
        open_widget(page)
        page.locator("textarea").press_sequentially("Ugo")
        page.keyboard.press("Enter")
        answered(page)

        assert kept(page) == [0, 0, "", [], [], []]
        assert page.evaluate("window.keys") == []


def is_high_and_scrolls(page: Page) -> tuple[bool, bool]:
    """What a frame is and does."""
    height = page.locator("iframe").evaluate("(each) => each.getBoundingClientRect().height")
    inside = page.frame_locator("iframe").locator("html")
    return height > 600, inside.evaluate("(each) => each.scrollHeight > each.clientHeight + 1")


def test_frame_grows_with_its_answer_and_tells_only_its_parent(browser: Browser):
    frame = (Path(__file__).parent.parent / "widget/demo/pages/files/frame.js").read_text(encoding="utf-8")
    source = "{server}/embed?site=site-key&article=a&level=child&language=fr&parent="
    fake = Fake()
    for parent, grows in (("{origin}", True), ("https://else.example", False), ("*", False)):
        body = f"<iframe class='actuclair' height='300' src='{source}{parent}'></iframe><script>{frame}</script>"
        with reading(browser, fake, body=body) as page:
            inside = page.frame_locator("iframe")
            expect(inside.locator("textarea")).to_be_visible()
            inside.locator("textarea").fill("Qui chante ?")
            inside.locator("textarea").press("Enter")
            expect(inside.locator(".quiz")).to_be_visible()
            if grows:
                until(page, lambda page=page: is_high_and_scrolls(page) == (True, False))
            page.wait_for_timeout(300)

            assert is_high_and_scrolls(page) == (grows, not grows)
            assert page.evaluate("window.ran") == []


def test_frame_is_refused_where_the_site_is_not_allowed(browser: Browser):
    body = "<iframe class='actuclair' src='{server}/embed?site=site-key&parent={origin}'></iframe>"
    with reading(browser, body=body, is_allowed=False) as page:
        page.wait_for_timeout(500)

        assert page.frame_locator("iframe").locator("actuclair-explainer").count() == 0


def test_host_that_takes_heights_believes_nobody_else(browser: Browser):
    frame = (Path(__file__).parent.parent / "widget/demo/pages/files/frame.js").read_text(encoding="utf-8")
    with served(
        Site("<script>parent.postMessage({type: 'actuclair-height', height: 9000}, '*')</script>").app()
    ) as evil:
        body = "<iframe class='actuclair' height='300' src='{server}/embed?site=site-key&parent={origin}'></iframe>"
        own = "postMessage({type: 'actuclair-height', height: 8000})"
        body += f"<iframe src='{evil}'></iframe><script>{frame}; {own}</script>"
        with reading(browser, body=body) as page:
            expect(page.frame_locator(".actuclair").locator("textarea")).to_be_visible()
            page.wait_for_timeout(300)

            assert page.locator(".actuclair").evaluate("(each) => each.getBoundingClientRect().height") < 3000
