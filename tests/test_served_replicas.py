"""Two real servers behind a balancer that knows nothing, one of which is killed in the middle of a lesson."""

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from balancing import balanced
from class_rooms import SECRET
from cli_runs import ASKED, CHIEDE, Run
from engines import Cluster, free_port
from fakes import Fault, StubEndpoint
from live_pages import LivePage, open_page, plain
from served import Served, serving
from waiting import wait_until

from classroom.entering.sign_in import set_secret
from classroom.keeping.storage import Storage

pytest_plugins = ("cli_runs", "engines")
FORM = {"title": "La musique", "language": "fr", "minutes": 60, "youngest": "child", "oldest": "teen"}
AGAIN = "Une machine compose-t-elle ses chansons ?"
SECONDS = 20.0  # until the other server has taken the class up, on busy cores


@dataclass
class Servers:
    """The first has the classes."""

    first: Served
    second: Served
    door: str

    def browser(self) -> httpx.Client:
        limits = httpx.Limits(max_keepalive_connections=0)
        return httpx.Client(base_url=self.door, headers={"accept-language": "fr"}, limits=limits, timeout=60)

    def classes(self, server: Served) -> str:
        checks = {check["name"]: check for check in server.get("/readyz").json()["checks"]}
        return str(checks["classes"]["seen"])


@pytest.fixture
def servers(
    run: Run, articles: Path, environment: dict[str, str], postgres_with_vectors: Cluster, tmp_path: Path
) -> Iterator[Servers]:
    with ExitStack() as opened:
        database = opened.enter_context(postgres_with_vectors.database())
        assert run("ingest", articles, database_url=database, vectors="pgvector").exit_code == 0
        storage = Storage(tmp_path, database)
        set_secret(storage, SECRET)
        storage.close()
        started = []
        for name in ("première", "seconda"):
            port, folder = free_port(), tmp_path / name
            folder.mkdir()
            settings = {
                "ACTUCLAIR_HOME": str(folder), "ACTUCLAIR_DATABASE_URL": database, "ACTUCLAIR_VECTORS": "pgvector",
                "ACTUCLAIR_OWN_ADDRESS": f"http://127.0.0.1:{port}", "ACTUCLAIR_WRITER_TIMEOUT_S": "60",
            }  # fmt: skip
            started.append(opened.enter_context(serving(environment | settings, folder, port)))
        for server in started:
            server.wait_until_ready()
        yield Servers(*started, opened.enter_context(balanced(*(server.url for server in started))))


def is_answered(page: LivePage) -> bool:
    """Whether the only question on a pupil's page has its whole answer, which can be judged then."""
    return "data-judge" in "".join(page.parts.copy().values())


def wait_for(page: LivePage, text: str, seconds: float = 120.0) -> float:
    """The seconds until a page shows a text."""
    began = time.monotonic()
    while not page.shows(text):
        assert time.monotonic() - began < seconds, page.text()
        time.sleep(0.05)
    return time.monotonic() - began


def test_pupils_go_on_at_the_other_server_when_the_one_with_their_class_is_killed(servers: Servers, stub: StubEndpoint):
    with ExitStack() as opened:
        teacher, zoe, nicolo = (opened.enter_context(servers.browser()) for _ in range(3))
        assert teacher.post("/teacher/sign-in", json={"secret": SECRET}).status_code == 200
        at = teacher.post("/teacher/sessions", json=FORM).json()["to"].partition("?")[0]
        code = re.findall(r"/class/([a-z]+-[a-z]+-\d{4})", teacher.get(at).text)[0]
        joined = [
            pupil.post(f"/class/{code}/join", json={"nickname": name}).status_code
            for pupil, name in ((zoe, "Zoë"), (nicolo, "Nicolò"))
        ]
        pages = [opened.enter_context(open_page(pupil, f"/class/{code}/stream")) for pupil in (zoe, nicolo)]
        teachers = opened.enter_context(open_page(teacher, f"{at}/stream"))
        first = zoe.post(f"/class/{code}/ask", json={"question": CHIEDE, "level": "child"}).status_code
        wait_until(lambda: is_answered(pages[0]))
        stub.fault, stub.silence_s = Fault.SLOW, 300.0
        second = nicolo.post(f"/class/{code}/ask", json={"question": ASKED, "level": "child"}).status_code
        wait_for(pages[1], "existe pas")  # a quote; the model writes
        was_answered = is_answered(pages[1])
        before = [servers.classes(each) for each in (servers.first, servers.second)]

        servers.first.process.kill()
        servers.first.process.wait()
        killed = time.monotonic()
        stub.ends_silence.set()
        statuses = [teacher.get(at).status_code, zoe.get(f"/class/{code}").status_code]
        took = time.monotonic() - killed
        wait_until(lambda: is_answered(pages[1]))
        third = zoe.post(f"/class/{code}/ask", json={"question": AGAIN, "level": "child"}).status_code
        wait_for(pages[0], AGAIN)
        wait_for(teachers, "Nicolò")
        history = plain(zoe.get(f"/class/{code}").text)
        after = servers.classes(servers.second)

    assert joined == [200, 200] and (first, second, third) == (200, 200, 200)
    assert before[0].startswith("here") and before[1] == f"at {servers.first.url}"
    assert statuses == [200, 200] and took < SECONDS
    assert not was_answered
    assert after.startswith("here")
    assert CHIEDE in history and AGAIN in history
