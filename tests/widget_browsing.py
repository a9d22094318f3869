"""A reader's browser on a page that includes the widget: what the browser tests of the widget share."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, expect
from widget_pages import Fake, Site, served, tags

WAIT_MS = 30_000  # a busy machine draws slowly
expect.set_options(timeout=WAIT_MS)
ARTICLE = "<h1>Le cow-boy</h1><p>Breaking Rust chante.</p>" * 30
WATCH = """
window.ran = []; for (const name of ["alert", "confirm", "prompt"]) window[name] = () => window.ran.push(name);
document.addEventListener("securitypolicyviolation", (event) => window.ran.push("blocked " + event.violatedDirective));
customElements.whenDefined("actuclair-explainer").then(() => { window.ready = performance.now(); });
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) window.shifted += each.value;
})
  .observe({ type: "layout-shift", buffered: true });
"""


@contextmanager
def reading(
    browser: Browser,
    fake: Fake | None = None,
    attributes: str = 'language="fr" level="child"',
    body: str = "<main>{article}</main>{widget}",
    head: str = "",
    headers: Mapping[str, str] | None = None,
    is_allowed: bool = True,
    **context: Any,
) -> Iterator[Page]:
    """A page of a site, opened in a browser that has kept nothing; `page.asked` collects all that it loads.

    `{widget}`, `{article}` and `{server}` in the page and its headers are filled in.
    """
    fake = fake or Fake()
    with served(fake.app()) as server, served((site := Site()).app()) as origin:
        if is_allowed:
            fake.allowed.add(origin)
        filled = {"{widget}": tags(server, attributes), "{article}": ARTICLE, "{server}": server, "{origin}": origin}
        site.body, site.head = _filled(body, filled), _filled(head, filled)
        site.headers = {name: _filled(value, filled) for name, value in (headers or {}).items()}
        own = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **context})
        page = own.new_page()
        page.asked, page.server = [], server  # type: ignore[attr-defined]
        page.on("request", lambda request: page.asked.append(request.url))  # type: ignore[attr-defined]
        page.add_init_script(WATCH)
        page.goto(f"{origin}/article?reader=me#comments")
        try:
            yield page
        finally:
            fake.goes_on.set()
            own.close()


def _filled(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(name, value)
    return text


def open_widget(page: Page) -> None:
    page.locator(".launcher").click()
    expect(page.locator("textarea")).to_be_visible()


def ask(page: Page, question: str = "Qui chante ?") -> None:
    page.locator("textarea").fill(question)
    page.keyboard.press("Enter")


def answered(page: Page) -> None:
    expect(page.locator(".answer:not([data-status=running])").last).to_be_visible()


def until(page: Page, is_so: Callable[[], object]) -> None:
    """Wait for what no locator tells: what the server was asked, say. The browser goes on meanwhile."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < WAIT_MS / 1000, "it did not come about"
        page.wait_for_timeout(20)


def risen(page: Page) -> None:
    """Wait until nothing moves into its place any more."""
    moving = """() => { const root = document.querySelector("actuclair-explainer").shadowRoot;
      return root.getAnimations().every((each) => each.playState === "finished"); }"""
    until(page, lambda: page.evaluate(moving))


def focused(page: Page) -> str:
    """What has the focus within the widget: its class or its tag."""
    return str(
        page.evaluate(
            """() => {
              const host = document.activeElement;
              const inner = host && host.shadowRoot && host.shadowRoot.activeElement;
              return inner ? inner.className || inner.tagName : '';
            }"""
        )
    )
