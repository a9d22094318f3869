"""A server in this process, and a browser that asks nobody else: what tests in a real browser begin with."""

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright
from starlette.types import ASGIApp

QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


expect.set_options(timeout=30_000)  # a machine that is busy with others takes its time


@contextmanager
def running(app: ASGIApp, port: int = 0) -> Iterator[str]:
    """The address of an app, in this process."""
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(30)


def come_to(page: Page, address: str) -> None:
    """Open the page of an address and wait until nothing of it is drawn anew: its list of articles comes last."""
    page.goto(address)
    expect(page.locator("#articles")).to_be_attached()
    page.evaluate("document.fonts.ready.then(() => null)")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's own, without what it does by itself."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*QUIET])
        try:
            yield started
        finally:
            started.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for all tests of a file."""
    with chromium() as started:
        yield started
