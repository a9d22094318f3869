"""Several servers on one database for tests, and a lesson that is held through a balancer before them."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from balancing import balanced
from class_rooms import FORM, SECRET, Clock, MadeUp, server_app
from engines import free_port
from live_pages import LivePage, open_page
from servers import running
from waiting import wait_until

from classroom.entering.sign_in import set_secret
from classroom.keeping.storage import Storage
from classroom.lesson.school import School


@dataclass
class OneOf:
    """One of several servers."""

    school: School
    answers: MadeUp
    own_address: str
    opened: ExitStack = field(default_factory=ExitStack)

    @property
    def has_classes(self) -> bool:
        return not self.school.are_elsewhere


@dataclass
class Room:
    """A session as those in it know it, through the balancer."""

    teacher: httpx.Client
    at: str
    code: str
    opened: ExitStack

    def pupil(self, nickname: str, language: str) -> httpx.Client:
        client = self.opened.enter_context(browser(str(self.teacher.base_url), language))
        joined = client.post(f"/class/{self.code}/join", json={"nickname": nickname})
        assert joined.status_code == 200, joined.text
        return client

    def asks(self, pupil: httpx.Client, question: str) -> int:
        return self.told(pupil, question).status_code

    def told(self, pupil: httpx.Client, question: str) -> httpx.Response:
        return pupil.post(f"/class/{self.code}/ask", json={"question": question, "level": "child"})

    def does(self, **values: str) -> int:
        return self.teacher.post(f"{self.at}/do", json=values).status_code

    def page_of(self, pupil: httpx.Client) -> LivePage:
        return self.opened.enter_context(open_page(pupil, f"/class/{self.code}/stream"))


def serve(folder: Path, address: str, told: str | None = None, days: int = 30) -> OneOf:
    """A server of several; others are `told` where it is."""
    port, answers = free_port(), MadeUp()
    own = f"http://127.0.0.1:{port}"
    school = School(Storage(folder, address, own if told is None else told), answers.library(), days, Clock())
    server = OneOf(school, answers, own)
    answers.may_write.set()
    server.opened.enter_context(school.in_session())
    server.opened.enter_context(running(server_app(school), port))
    return server


def browser(address: str, language: str = "it") -> httpx.Client:
    """A browser whose every request comes by a connection of its own, and so by the next server."""
    limits = httpx.Limits(max_keepalive_connections=0)
    return httpx.Client(base_url=address, headers={"accept-language": language}, limits=limits, timeout=60)


@contextmanager
def several(folder: Path, address: str, count: int = 2) -> Iterator[list[OneOf]]:
    """The one that has the classes comes first."""
    with ExitStack() as opened:
        servers = []
        for _ in range(count):
            servers.append(serve(folder, address))
            opened.enter_context(servers[-1].opened)
        set_secret(servers[0].school.storage, SECRET)
        wait_until(lambda: all(each.school.storage.servers.holder.address for each in servers))
        yield servers


@contextmanager
def lesson(servers: list[OneOf]) -> Iterator[Room]:
    """A session that a teacher has opened through the balancer."""
    with ExitStack() as opened:
        door = opened.enter_context(balanced(*(server.own_address for server in servers)))
        teacher = opened.enter_context(browser(door))
        signed_in = teacher.post("/teacher/sign-in", json={"secret": SECRET})
        assert signed_in.status_code == 200, signed_in.text
        at = teacher.post("/teacher/sessions", json=FORM | {"shares": True}).json()["to"].partition("?")[0]
        code = re.search(r"/class/([a-z]+-[a-z]+-\d{4})", teacher.get(at).text)
        assert code
        yield Room(teacher, at, code[1], opened)
