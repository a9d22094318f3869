"""Pages in real browsers before two servers, of which one stops in the middle of the lesson."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from balancing import balanced
from browser_lessons import LIVE_MS, Lesson, ask, join, open_session
from class_replicas import OneOf, several
from engines import Cluster
from playwright.sync_api import expect
from servers import chromium

pytestmark = pytest.mark.browser
pytest_plugins = ("engines",)
PHONE = {"width": 375, "height": 740}
TAKEN_UP_MS = 60_000


@pytest.fixture
def servers(tmp_path: Path, postgres: Cluster) -> Iterator[list[OneOf]]:
    with postgres.database() as address, several(tmp_path, address) as made:
        yield made


def test_open_pages_go_on_when_the_server_with_their_class_stops(servers: list[OneOf]):
    with balanced(*(each.own_address for each in servers)) as door, chromium() as browser:
        lesson = Lesson(door, servers[0].answers, browser, [])
        teacher, code = open_session(lesson)
        zoe, nicolo = join(lesson, code, "Zoë", PHONE), join(lesson, code, "Nicolò", PHONE)
        ask(zoe, "Perché il cielo è blu?")
        ask(nicolo, "Chi canta in città?")
        expect(zoe.get_by_text("Ecco: Perché il cielo è blu")).to_be_visible(timeout=LIVE_MS)
        expect(nicolo.get_by_text("Ecco: Chi canta in città")).to_be_visible(timeout=LIVE_MS)

        servers[0].opened.close()
        expect(zoe.locator(".connection")).to_be_hidden(timeout=TAKEN_UP_MS)
        zoe.fill("#question", "Che cosa fa il robot?")
        zoe.keyboard.press("Enter")
        expect(zoe.get_by_text("Ecco: Che cosa fa il robot")).to_be_visible(timeout=TAKEN_UP_MS)
        expect(zoe.get_by_text("Ecco: Perché il cielo è blu")).to_have_count(1)
        expect(teacher.get_by_text("Che cosa fa il robot?")).not_to_have_count(0, timeout=TAKEN_UP_MS)
        nicolo.reload()
        expect(nicolo.get_by_text("Chi canta in città").first).to_be_visible()

        assert servers[1].has_classes
        assert lesson.faults == []
