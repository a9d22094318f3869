"""A real server in its own process: it finishes what it has begun when it is told to stop, and tells how it is."""

import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from cli_runs import ASKED, COWBOY, Run, objects_of
from fakes import Fault, StubEndpoint
from metric_reads import Samples, samples_of
from served import Served, serving
from waiting import wait_until

pytest_plugins = ("cli_runs",)
ANSWERS = "actuclair_answers_total"
ORIGIN = "https://chiarino.example"
SECRET = "Xylofonmuziek"


@pytest.fixture
def site(ready: Run) -> str:
    """The key of a news site."""
    (added,) = objects_of(ready("sites", "add", "Il Chiarino", ORIGIN, "--articles", "all", "--rest", "--json"))
    return added["key"]


@pytest.fixture
def server(site: str, environment: dict[str, str], tmp_path: Path) -> Iterator[Served]:
    settings = {"ACTUCLAIR_LOG": "json", "ACTUCLAIR_WRITER_TIMEOUT_S": "100", "ACTUCLAIR_FINISH_S": "100"}
    with serving(environment | settings, tmp_path) as served:
        served.wait_until_ready()
        yield served


def ask(server: Served, key: str, question: str = ASKED) -> httpx.Response:
    body = {"question": question, "language": "fr", "article": COWBOY["url"]}
    return httpx.post(f"{server.url}/api/v1/ask?site={key}", json=body, headers={"origin": ORIGIN}, timeout=120)


def ask_in_vain(server: Served, key: str, answers: list[httpx.Response]) -> None:
    with suppress(httpx.HTTPError):
        answers.append(ask(server, key))


def wait_until_asked(stub: StubEndpoint) -> None:
    wait_until(lambda: bool(stub.requests))


def test_an_answer_that_is_being_written_is_finished_before_the_server_stops(
    server: Served, site: str, stub: StubEndpoint
):
    stub.fault, stub.silence_s = Fault.SLOW, 90.0
    answers: list[httpx.Response] = []
    asking = threading.Thread(target=lambda: answers.append(ask(server, site)))
    asking.start()
    wait_until_asked(stub)

    server.process.terminate()
    server.wait_until_stopping()
    ready, late = server.get("/readyz"), ask(server, site, "Chi canta in città?")
    stub.ends_silence.set()
    asking.join()

    (answer,) = answers
    assert answer.status_code == 200, answer.text
    written = [each for each in answer.json()["answer"]["sentences"] if not each["quoted"]]
    assert "n'existe pas" in written[0]["text"]
    assert ready.status_code == 503 and "staying" in ready.json()["missing"]
    assert late.status_code == 503 and int(late.headers["retry-after"]) > 0
    assert server.process.wait(120) == 0


def test_a_second_signal_stops_the_server_before_the_answer_is_there(server: Served, site: str, stub: StubEndpoint):
    stub.fault, stub.silence_s = Fault.SLOW, 90.0
    answers: list[httpx.Response] = []
    asking = threading.Thread(target=ask_in_vain, args=(server, site, answers), daemon=True)
    asking.start()
    wait_until_asked(stub)

    server.process.terminate()
    server.wait_until_stopping()
    server.process.terminate()
    server.process.wait(60)

    assert 200 not in [answer.status_code for answer in answers]


def test_a_running_server_tells_how_it_is_and_is_backed_up(
    server: Served, site: str, stub: StubEndpoint, ready: Run, tmp_path: Path
):
    """One server for all of it: each takes many seconds to start."""
    asked = f"{ASKED} Et {SECRET} ?"
    answers = [ask(server, site, asked), ask(server, site, asked)]
    stub.fault = Fault.STATUS_500
    unwritten = ask(server, site)
    samples = samples_of(server.get("/metrics").text)
    made = ready("backup", tmp_path / "b.zip")

    assert [answer.status_code for answer in (*answers, unwritten)] == [200] * 3
    check_counts(samples)
    check_log([json.loads(line) for line in server.log.read_text().splitlines()], unwritten.headers["x-request-id"])
    assert SECRET not in server.log.read_text() and site not in server.log.read_text()
    new = str(tmp_path / "neu")
    restored = ready("restore", tmp_path / "b.zip", home=new)
    assert made.exit_code == restored.exit_code == 0, made.output + restored.output
    assert len(objects_of(ready("sites", "list", "--json", home=new))) == 1
    assert SECRET in ready("export").stdout and ready("export", home=new).stdout == ""


def check_counts(samples: Samples) -> None:
    by_way = {way: sum(n for name, n in samples.items() if name[:2] == (ANSWERS, way)) for way in ("anew", "again")}
    assert by_way == {"anew": 2, "again": 1}
    assert samples["actuclair_stage_seconds_count", "search"] == 2
    assert samples["actuclair_model_errors_total",] == 1
    assert samples["actuclair_requests_total", "api", "2xx"] == 3
    assert samples["actuclair_articles",] == 2


def check_log(lines: list[dict], failed_in: str) -> None:
    assert any(line.get("area") == "api" and line["status"] == 200 for line in lines)
    failed = [line for line in lines if "answered with status 500" in line["message"]]
    assert [line["request_id"] for line in failed] == [failed_in]
