"""Each request has an id; log lines tell of it, and never what was asked or by whom."""

import json
import logging
from collections.abc import Callable, Iterator
from contextvars import copy_context

import pytest
from metric_reads import read
from page_turns import QUESTION
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from monitor.logs import REQUESTS, JsonLines, request_id
from monitor.metrics import Metrics
from monitor.requests import HEADER, Requests, area_of
from rag.errors import WriterFailed
from web import Guard, Rules

SECRET = "Xylofonmuziek"
log = logging.getLogger("test")


def answer(request: Request) -> Response:
    log.warning("Il modello tace.")
    return PlainTextResponse(request_id.get())


def fail(request: Request) -> Response:
    raise ValueError(f"cannot read '{SECRET}'")


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict]]]:
    """What was logged so far, as JSON."""
    kept: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: kept.append(JsonLines().format(record))  # type: ignore[method-assign]
    root, requests = logging.getLogger(), logging.getLogger(REQUESTS)
    root.addHandler(handler)
    requests.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in kept]
    root.removeHandler(handler)
    requests.setLevel(logging.NOTSET)


def client_of(metrics: Metrics | None = None) -> TestClient:
    paths = [Route("/class/{code}/ask", answer), Route("/teacher", fail), Route("/healthz", answer)]
    guarded = Guard(Starlette(routes=paths), Rules(hosts=("testserver",)))
    return TestClient(Requests(guarded, metrics or Metrics()), raise_server_exceptions=False)


def test_a_response_has_the_id_of_its_log_lines_and_no_other_has_the_same(lines: Callable[[], list[dict]]):
    client = client_of()

    first, second = (client.get("/class/tigre-luna-4827/ask") for _ in range(2))

    ids = [first.headers[HEADER], second.headers[HEADER]]
    assert [first.text, second.text] == ids and len(set(ids)) == 2
    assert {line["request_id"] for line in lines() if line["message"] == "Il modello tace."} == set(ids)


def test_an_id_that_the_caller_brings_is_not_believed():
    assert client_of().get("/class/x/ask", headers={HEADER: SECRET}).text != SECRET


def test_a_line_for_each_request_names_area_and_status_but_neither_path_nor_address(lines: Callable[[], list[dict]]):
    client_of().get(f"/class/tigre-luna-4827/ask?question={SECRET}", headers={"referer": SECRET})

    (line,) = [line for line in lines() if line["logger"] == REQUESTS]
    assert (line["area"], line["method"], line["status"]) == ("class", "GET", 200)
    assert set(line) == {"time", "level", "logger", "message", "request_id", "area", "method", "status", "seconds"}
    assert "tigre" not in json.dumps(lines()) and SECRET not in json.dumps(lines())


def test_looks_at_the_servers_health_fill_no_log(lines: Callable[[], list[dict]]):
    client_of().get("/healthz")

    assert [line for line in lines() if line["logger"] == REQUESTS] == []


def test_what_the_guard_turns_away_and_what_fails_is_counted_with_an_id():
    metrics = Metrics()
    client = client_of(metrics)

    refused, failed = client.get("/class/x/ask", headers={"host": "evil.example"}), client.get("/teacher")

    assert refused.status_code == 421 and refused.headers[HEADER]
    assert failed.status_code == 500
    samples = read(metrics)
    assert (
        samples["actuclair_requests_total", "class", "4xx"]
        == samples["actuclair_requests_total", "teacher", "5xx"]
        == 1
    )


def test_an_exception_is_told_by_kind_and_place_and_not_in_its_words():
    try:
        raise ValueError(f"cannot read '{QUESTION.text} {SECRET}'")
    except ValueError as error:
        record = logging.LogRecord("test", logging.ERROR, "", 0, "A fault.", (), (type(error), error, None))
        record.exc_info = (type(error), error, error.__traceback__)

    told = json.loads(JsonLines().format(record))

    assert told["exception"]["kind"] == "ValueError"
    assert any("test_monitor_requests.py" in frame for frame in told["exception"]["raised_in"])
    assert SECRET not in json.dumps(told)


def test_a_deliberate_error_is_told_in_its_words():
    error = WriterFailed("plume", "nothing came within 60 s")
    record = logging.LogRecord("test", logging.ERROR, "", 0, "%s", ("Ärger",), (type(error), error, None))

    told = json.loads(JsonLines().format(record))

    assert (told["message"], told["exception"]["message"]) == ("Ärger", str(error))
    assert "request_id" not in copy_context().run(lambda: json.loads(JsonLines().format(record)))


@pytest.mark.parametrize(
    ("path", "area"),
    [("/", "page"), ("/gradio_api/queue/join", "page"), ("/class/tigre-luna-4827", "class"), ("/teacher", "teacher"),
     ("/api/v1/ask", "api"), ("/metrics", "observers"), ("/wp-login.php", "other"), (f"/{SECRET}", "other")],
)  # fmt: skip
def test_area_of_a_path_is_one_of_few(path: str, area: str):
    assert area_of(path) == area
