"""What becomes of a request while the server that has the classes is missed. Another server is made up here."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from class_rooms import MadeUp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, Router
from starlette.testclient import TestClient
from starlette.types import Scope

from classroom.keeping.servers import Holder
from classroom.keeping.storage import Storage
from classroom.lesson.school import School
from classroom.routes.elsewhere import WhereTheyAre
from classroom.web import Classes
from corpus.errors import ActuclairError
from web.errors import BrokenOff, Unreached
from web.forwarding import Forwarder

THERE = "http://10.0.0.5:7860"


@dataclass
class MadeUpForwarder(Forwarder):
    """Says what it is told, one after the other; with the last, the classes come here."""

    school: School
    says: list[ActuclairError | Response]
    asked: list[tuple[str, bytes]] = field(default_factory=list)

    async def forward(self, scope: Scope, body: bytes, address: str, secret: str) -> Response:
        self.asked.append((scope["method"], body))
        said = self.says.pop(0)
        self.school.are_elsewhere = bool(self.says)
        if isinstance(said, Response):
            return said
        raise said


async def here(request: Request) -> Response:
    return PlainTextResponse(f"qui: {(await request.body()).decode()}")


def browser(folder: Path, *says: ActuclairError | Response) -> tuple[TestClient, MadeUpForwarder]:
    """A browser before a server that has no classes yet."""
    school = School(Storage(folder), MadeUp().library(), 30)
    school.are_elsewhere, school.storage.servers.holder = True, Holder(THERE, "geheim")
    forwarder = MadeUpForwarder(school, [*says])
    local = Router([Route("/class/{code}/ask", here, methods=["GET", "POST"])])
    app = Starlette(routes=[WhereTheyAre(school, local, forwarder)])
    return TestClient(app, headers={"accept-language": "es"}), forwarder


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_was_not_done_is_asked_again_until_the_classes_are_here(tmp_path: Path, method: str):
    client, forwarder = browser(tmp_path, Unreached(THERE, "weg"), Unreached(THERE, "weg"), Unreached(THERE, "weg"))

    answer = client.request(method, "/class/tigre-luna-4827/ask", content="Perché?")

    assert (answer.status_code, answer.text) == (200, "qui: Perché?")
    assert forwarder.asked == [(method, "Perché?".encode())] * 3


def test_what_may_have_been_done_is_not_done_twice(tmp_path: Path):
    client, forwarder = browser(tmp_path, BrokenOff(THERE, "weg"), PlainTextResponse("noch einmal"))

    answer = client.post("/class/tigre-luna-4827/ask", json={"question": "¿Por qué?"})

    assert (answer.status_code, answer.headers["retry-after"], answer.json()["phrase"]) == (503, "10", "moved")
    assert "otro servidor" in answer.json()["problem"]
    assert len(forwarder.asked) == 1


def test_what_may_not_be_done_twice_though_the_classes_are_here_by_now(tmp_path: Path):
    client, forwarder = browser(tmp_path, BrokenOff(THERE, "weg"))

    answer = client.post("/class/tigre-luna-4827/ask", json={})

    assert not forwarder.school.are_elsewhere
    assert (answer.status_code, answer.json()["phrase"]) == (503, "moved")


def test_what_only_reads_is_read_again(tmp_path: Path):
    client, forwarder = browser(tmp_path, BrokenOff(THERE, "weg"), PlainTextResponse("de allí"), Unreached(THERE, ""))

    answer = client.get("/class/tigre-luna-4827/ask")

    assert (answer.status_code, answer.text) == (200, "de allí")
    assert len(forwarder.asked) == 2


@pytest.mark.parametrize("path", ["/class-files/class.css", "/classes", "/", "/teachers"])
def test_what_is_of_no_class_is_nobody_elses(tmp_path: Path, path: str):
    client, forwarder = browser(tmp_path, PlainTextResponse("de allí"))

    assert client.get(path).status_code == 404
    assert forwarder.asked == []


def test_who_has_a_cookie_is_told_from_others_at_the_address_though_nobody_here_knows_it(tmp_path: Path):
    school = School(Storage(tmp_path), MadeUp().library(), 30)
    classes = Classes(school)
    asked = [("/class/tigre-luna-4827/ask", f"actuclair_pupil={each}") for each in ("Zoë", "Nicolò")]
    asked += [("/teacher", "actuclair_teacher=1"), ("/class", ""), ("/teacher", "actuclair_pupil=1")]
    asked += [("/class-files/class.css", "actuclair_pupil=1"), ("/", "actuclair_teacher=1")]

    here = [classes.known(scope_of(*each)) for each in asked]
    school.are_elsewhere = True
    there = [classes.known(scope_of(*each)) for each in asked]

    assert here == [""] * 7
    assert len({*there[:3]}) == 3 and all(there[:3])
    assert there[3:] == [""] * 4
    assert "Zoë" not in there[0]


def test_made_up_cookies_bring_an_address_no_more_than_some_names(tmp_path: Path):
    school = School(Storage(tmp_path), MadeUp().library(), 30)
    classes = Classes(school)
    school.are_elsewhere = True

    names = {classes.known(scope_of("/class", f"actuclair_pupil=è{number}")) for number in range(2000)}

    assert 2 < len(names) <= 64


def scope_of(path: str, cookie: str) -> Scope:
    return {
        "type": "http",
        "path": path,
        "client": ("192.0.2.7", 0),
        "headers": [(b"cookie", cookie.encode("latin-1"))],
    }
