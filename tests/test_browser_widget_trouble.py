"""The widget in a real browser when it cannot answer: connections that break, errors, what cannot be sent."""

import pytest
from browser_pages import browser
from playwright.sync_api import Browser, expect
from widget_browsing import answered, ask, open_widget, reading, until
from widget_pages import IDEAS, WRITTEN, Fake

pytestmark = pytest.mark.browser
__all__ = ["browser"]


def test_connection_that_breaks_is_tried_once_more(browser: Browser):
    fake = Fake(cuts=[2])
    with reading(browser, fake) as page:
        open_widget(page)
        until(page, lambda: fake.asked)
        ask(page)
        answered(page)

        expect(page.locator(".sentence")).to_have_count(1)

    assert [path for path, _ in fake.asked] == ["articles", "ask", "ask"]


def test_connection_that_breaks_twice_is_told_and_can_be_tried_by_hand(browser: Browser):
    fake = Fake(cuts=[1, 1])
    with reading(browser, fake, 'language="de"') as page:
        open_widget(page)
        ask(page)
        expect(page.locator(".trouble")).to_contain_text("Die Verbindung ist zweimal abgebrochen")
        page.get_by_role("button", name="Noch einmal versuchen").click()
        answered(page)
        expect(page.locator(".sentence")).to_contain_text(WRITTEN)


def test_site_that_is_let_in_no_longer_is_told_so_and_a_lost_server_is_another_thing(browser: Browser):
    fake = Fake()
    with reading(browser, fake, 'language="it"') as page:
        open_widget(page)
        expect(page.get_by_role("button", name=IDEAS[0])).to_be_visible()
        fake.allowed.clear()
        ask(page)
        expect(page.locator(".trouble")).to_contain_text("su questo sito")

        page.context.set_offline(True)
        page.get_by_role("button", name="Riprova").click()
        expect(page.locator(".trouble")).to_contain_text("connessione")


@pytest.mark.parametrize(("status", "said"), [(429, "Many questions"), (503, "Something isn’t"), (422, "can’t read")])
def test_error_is_told_in_friendly_words(browser: Browser, status: int, said: str):
    with reading(browser, Fake(statuses=[status]), 'language="en"') as page:
        open_widget(page)
        ask(page)

        expect(page.locator(".trouble")).to_contain_text(said)
        expect(page.locator(".answer-for")).to_have_count(0)


@pytest.mark.parametrize(("state", "said"), [("coming", "Sto leggendo"), ("unknown", "Non ho ancora letto")])
def test_article_that_is_not_read_yet_is_told(browser: Browser, state: str, said: str):
    with reading(browser, Fake(article={"state": state, "questions": []}), 'language="it"') as page:
        open_widget(page)

        expect(page.locator(".article-state")).to_contain_text(said)


def test_box_that_is_empty_or_too_full_sends_nothing(browser: Browser):
    fake = Fake()
    with reading(browser, fake, 'language="es"') as page:
        open_widget(page)
        page.locator(".send").click()
        expect(page.locator(".said")).to_contain_text("vacía")
        ask(page, "a" * 501)
        expect(page.locator(".said")).to_contain_text("demasiado larga")
        expect(page.locator("textarea")).to_have_value("a" * 501)
        until(page, lambda: fake.asked)

    assert [path for path, _ in fake.asked] == ["articles"]
