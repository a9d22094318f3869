"""What nginx does with `deploy/balancer.conf` before two servers, where nginx is installed."""

import re
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from engines import free_port
from servers import running
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

CONFIGURATION = Path(__file__).resolve().parent.parent / "deploy" / "balancer.conf"
AWAY = "127.0.0.1:9"  # the discard port: nobody listens there
pytestmark = pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")


class Replica:
    """A server that counts what it is asked, and has no classes unless it is the one."""

    def __init__(self, name: str, has_classes: bool):
        self.name = name
        self.has_classes = has_classes
        self.asked: list[Request] = []
        self.app = Starlette(routes=[Route("/{path:path}", self.answer, methods=["GET", "POST"])])

    async def answer(self, request: Request) -> Response:
        await request.body()
        self.asked.append(request)
        is_elsewhere = request.url.path.startswith("/class") and not self.has_classes
        return PlainTextResponse(self.name, 503 if is_elsewhere else 200)


@pytest.fixture
def replicas() -> tuple[Replica, Replica]:
    return Replica("uno", has_classes=True), Replica("zwei", has_classes=False)


@pytest.fixture
def addresses(replicas: tuple[Replica, Replica]) -> Iterator[list[str]]:
    """Where the servers are."""
    with ExitStack() as opened:
        yield [opened.enter_context(running(replica.app)).removeprefix("http://") for replica in replicas]


def balanced(first: str, second: str, folder: Path) -> tuple[subprocess.Popen[bytes], httpx.Client]:
    """The configuration as it is, but for addresses and the folder of temporary files."""
    port = free_port()
    text = CONFIGURATION.read_text(encoding="utf-8").replace("/tmp/", f"{folder}/")
    text = text.replace("10.77.0.11:7860", first).replace("10.77.0.12:7860", second).replace("10.77.0.1;", "127.0.0.1;")
    text = re.sub(r"listen 8080;", f"listen 127.0.0.1:{port};", text)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    process = subprocess.Popen(["nginx", "-c", folder / "nginx.conf", "-g", "daemon off; user root;"])
    client = httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"host": "news.example"}, timeout=60)
    deadline = time.monotonic() + 60
    while True:
        try:
            client.get("/healthz")
            return process, client
        except httpx.TransportError:
            assert process.poll() is None and time.monotonic() < deadline
            time.sleep(0.05)


@pytest.fixture
def client(addresses: list[str], tmp_path: Path) -> Iterator[httpx.Client]:
    process, client = balanced(*addresses, tmp_path)
    yield client
    process.terminate()
    process.wait(60)


@pytest.fixture
def half(addresses: list[str], tmp_path: Path) -> Iterator[httpx.Client]:
    """The first server is away."""
    process, client = balanced(AWAY, addresses[1], tmp_path)
    yield client
    process.terminate()
    process.wait(60)


def test_sites_and_classes_are_spread_over_both_servers_and_an_open_page_keeps_to_one(client: httpx.Client):
    spread = Counter(client.get("/api/v1/articles").text for _ in range(10))
    kept = [{client.get("/", headers={"x-forwarded-for": f"192.0.{n}.7"}).text for _ in range(4)} for n in range(20)]

    assert spread == {"uno": 5, "zwei": 5}
    assert all(len(names) == 1 for names in kept)
    assert {name for names in kept for name in names} == {"uno", "zwei"}


def test_what_is_read_of_a_class_comes_from_the_server_that_has_it_and_the_other_is_asked_other_things_still(
    client: httpx.Client,
):
    told = [client.get("/class/città/stream") for _ in range(10)]
    spread = Counter(client.get("/api/v1/articles").text for _ in range(10))

    assert {(response.status_code, response.text) for response in told} == {(200, "uno")}
    assert spread == {"uno": 5, "zwei": 5}


def test_what_is_sent_reaches_one_server_and_never_two(client: httpx.Client, replicas: tuple[Replica, Replica]):
    statuses = Counter(client.post("/class/città/ask", content="Chi canta?").status_code for _ in range(10))

    assert statuses == {200: 5, 503: 5}
    assert sum(len(replica.asked) for replica in replicas) == 10


def test_a_server_that_is_away_is_passed_over_whatever_is_sent(half: httpx.Client, replicas: tuple[Replica, Replica]):
    read = {half.get(path).text for path in ("/", "/api/v1/articles", "/widget.js") for _ in range(4)}
    sent = {half.post("/api/v1/articles", content="x" * 500_000).status_code for _ in range(4)}

    assert (read, sent) == ({"zwei"}, {200})
    assert sum(request.method == "POST" for request in replicas[1].asked) == 4


def test_servers_learn_who_asks_by_which_name_and_by_https(client: httpx.Client, replicas: tuple[Replica, Replica]):
    client.get("/api/v1", headers={"x-forwarded-for": "192.0.2.7", "x-forwarded-proto": "https"})

    (request,) = [request for replica in replicas for request in replica.asked]
    assert request.headers["host"] == "news.example"
    assert request.headers["x-forwarded-for"].split(", ")[-1] == "192.0.2.7"
    assert request.headers["x-forwarded-proto"] == "https"


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_how_a_server_is_cannot_be_asked_through_the_balancer(client: httpx.Client, path: str):
    assert client.get(path).status_code == 404
