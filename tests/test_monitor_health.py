"""Whether the server is ready, what is missing, and who may know."""

import sqlite3
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from embedding_endpoint import EmbeddingStub
from fakes import FakeEmbedder, FakeWriter
from fastapi import FastAPI
from starlette.testclient import TestClient
from stored_articles import COWBOY, ROBOT

from classroom.keeping.storage import Storage
from monitor import checks
from monitor.health import Check, Health
from monitor.metrics import Metrics
from monitor.routes import routes
from monitor.underway import Underway
from rag.errors import EmbedderFailed
from rag.index.ingest import ingest
from rag.index.workspace import Workspace
from rag.models.endpoint_embedder import EmbeddingEndpoint, EndpointEmbedder
from web import Guard, Rules

TOKEN = "a-token-of-more-than-16"
WELL = Check("index", True, "sound")


def client_of(
    address: str = "127.0.0.1", token: str = "", proxies: Sequence[str] = (), seen: Sequence[Check] = (WELL,)
) -> TestClient:
    """A client at `address` of a server that shows how it is."""
    app = FastAPI()
    app.router.routes.extend(routes(Health([lambda check=check: check for check in seen]), Metrics(), token))  # type: ignore[misc]
    guard = Guard(app, Rules(hosts=("news.example",), proxies=tuple(proxies)))
    return TestClient(guard, base_url="http://news.example", client=(address, 5000))


@pytest.mark.parametrize("address", ["127.0.0.1", "192.0.2.7", "::1"])
def test_anybody_may_know_that_the_server_is_alive_and_no_more(address: str):
    response = client_of(address, seen=[Check("disk", False, "full")]).get("/healthz")

    assert (response.status_code, response.text) == (200, "alive\n")


@pytest.mark.parametrize("path", ["/readyz", "/metrics"])
@pytest.mark.parametrize(
    ("address", "status"),
    [("127.0.0.1", 200), ("127.8.8.8", 200), ("::1", 200), ("::ffff:127.0.0.1", 200), ("192.168.1.20", 403),
     ("192.0.2.7", 403), ("::ffff:192.0.2.7", 403), ("2001:db8::1", 403), ("", 403), ("localhost", 403)],
)  # fmt: skip
def test_without_a_token_only_the_machine_itself_sees_how_it_is(path: str, address: str, status: int):
    assert client_of(address).get(path).status_code == status


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "x-real-ip", "x-forwarded-host"])
def test_a_proxy_on_the_same_machine_does_not_make_its_readers_observers(header: str):
    assert client_of().get("/metrics", headers={header: "127.0.0.1"}).status_code == 403


def test_nothing_that_comes_through_a_named_proxy_is_the_machine_itself():
    proxied = client_of(proxies=["127.0.0.1"])

    assert proxied.get("/readyz").status_code == 403
    assert proxied.get("/readyz", headers={"x-forwarded-for": "127.0.0.1"}).status_code == 403


@pytest.mark.parametrize(
    ("given", "status"),
    [(f"Bearer {TOKEN}", 200), (f"bearer {TOKEN}", 200), ("Bearer falsch-und-lang-genug", 403), (TOKEN, 403),
     ("Basic " + TOKEN, 403), ("Bearer ", 403), ("", 403)],
)  # fmt: skip
@pytest.mark.parametrize("address", ["127.0.0.1", "192.0.2.7"])
def test_once_there_is_a_token_it_is_needed_from_everywhere(given: str, status: int, address: str):
    response = client_of(address, TOKEN).get("/metrics", headers={"authorization": given} if given else {})

    assert response.status_code == status


def test_who_may_not_look_is_told_so_in_its_language():
    response = client_of("192.0.2.7").get("/readyz", headers={"accept-language": "de"})

    assert response.headers["content-language"] == "de"
    assert "index" not in response.text


def test_what_is_missing_is_named_and_only_what_is_needed_sends_readers_away():
    slow, full = Check("index", False, "damaged", is_needed=False), Check("disk", False, "0.0 GB free")

    degraded, down = client_of(seen=[WELL, slow]).get("/readyz"), client_of(seen=[slow, full]).get("/readyz")

    assert (degraded.status_code, degraded.json()["missing"]) == (200, ["index"])
    assert (down.status_code, down.json()["missing"]) == (503, ["index", "disk"])


def test_the_index_is_ready_once_it_was_tested_and_a_damaged_one_is_not_waited_for(tmp_path: Path):
    with Workspace(tmp_path, FakeEmbedder()) as workspace:
        empty, untested = checks.articles(workspace), checks.index(workspace)
        ingest([COWBOY, ROBOT], workspace)
        workspace.index.probe()
        sound, there = checks.index(workspace), checks.articles(workspace)
        workspace.index.remove(sorted(workspace.record.passage_ids()))
        workspace.index.probe()
        damaged = checks.index(workspace)

    assert not empty.is_well and not untested.is_well and untested.is_needed
    assert sound.is_well and there.is_well
    assert not damaged.is_well and not damaged.is_needed


def test_a_database_that_another_program_locks_cannot_be_written(tmp_path: Path):
    path = tmp_path / "klasse.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("CREATE TABLE t (x)")
        free = checks.databases([path, tmp_path / "there is none.sqlite"])
        other.execute("BEGIN IMMEDIATE")
        locked = checks.databases([path])

    assert free.is_well
    assert not locked.is_well and "klasse.sqlite: database is locked" in locked.seen
    assert not (tmp_path / "there is none.sqlite").exists()


def test_a_model_that_warms_up_is_waited_for_and_none_is_none():
    let_go = threading.Event()
    warming = threading.Thread(target=let_go.wait)
    warming.start()

    before = checks.language_model(FakeWriter(), warming)
    let_go.set()
    warming.join()

    assert not before.is_well
    assert checks.language_model(FakeWriter(), warming).is_well
    assert checks.language_model(None, warming).seen.startswith("none")


def test_a_server_that_stops_is_not_ready():
    underway = Underway()
    before = checks.staying(underway)

    underway.finish(lambda: None, 0)

    assert before.is_well and not checks.staying(underway).is_well


def test_the_only_server_has_the_classes(tmp_path: Path):
    assert checks.classes(Storage(tmp_path).servers) == Check("classes", True, "here", False)


def test_an_embedder_behind_an_address_that_fails_is_told_and_sends_nobody_away():
    clock = [0.0]
    with EmbeddingStub(FakeEmbedder().embed_passages) as stub:
        embedder = EndpointEmbedder(EmbeddingEndpoint(stub.url, "größer"), now=lambda: clock[0])
        well = checks.embedder(embedder)
        stub.status = 503
        with pytest.raises(EmbedderFailed):
            embedder.embed_query("Chi canta?")
        failing = [checks.embedder(embedder) for _ in range(3)]
        asked = len(stub.asked)
        stub.status, clock[0] = 200, 16.0
        again = checks.embedder(embedder)

    assert well == again == Check("embedder", True, "'größer' answers", is_needed=False)
    assert {(check.is_well, check.is_needed) for check in failing} == {(False, False)}
    assert "status 503" in failing[0].seen and "ACTUCLAIR_EMBEDDER" in failing[0].seen
    assert (asked, len(stub.asked)) == (2, 3)


def test_an_embedder_behind_an_address_that_nobody_has_asked_for_a_while_is_asked_for_a_word_and_no_longer_waited_for():
    with EmbeddingStub(FakeEmbedder().embed_passages) as stub:
        stub.delay.clear()
        embedder = EndpointEmbedder(EmbeddingEndpoint(stub.url, "größer"))
        started = time.monotonic()
        silent = checks.embedder(embedder)
        took_s = time.monotonic() - started

    assert not silent.is_well and "nothing came in time" in silent.seen
    assert took_s < 5  # as long as a question is waited for; this is for two seconds


def test_an_embedder_in_this_process_is_well():
    assert checks.embedder(FakeEmbedder()) == Check("embedder", True, "'mots-fictifs' is in this process", False)


def test_the_disk_of_a_folder_that_nothing_has_made_yet_is_that_which_it_would_be_on(tmp_path: Path):
    assert checks.free_bytes(tmp_path / "données" / "città") > 0
