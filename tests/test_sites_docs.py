"""The examples of docs/widget.md: they are run as they stand."""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import uvicorn
from site_visits import SITE, Server, serving
from waiting import wait_until

from sites.texts import load

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "widget.md"


def example(kind: str, holds: str) -> str:
    """The block of code of a kind that holds a text."""
    blocks = re.findall(rf"```{kind}\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    return next(block for block in blocks if holds in block)


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[tuple[Server, dict[str, str]]]:
    """A server on a port, and the environment that the examples ask for."""
    with serving(tmp_path) as server, socket.create_server(("127.0.0.1", 0)) as listener:
        server.clock.now = datetime.now(UTC)
        running = uvicorn.Server(uvicorn.Config(server.app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
        thread.start()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        yield server, {"SERVER": address, "SITE_KEY": SITE.key, "SITE_SECRET": SITE.secret}
        running.should_exit = True
        thread.join()


def test_the_python_example_signs_an_article(listening: tuple[Server, dict[str, str]]):
    server, environment = listening

    told = subprocess.run(
        [sys.executable, "-c", example("python", "hmac")], capture_output=True, text=True, env=os.environ | environment
    )

    assert '"state":"coming"' in told.stdout, told.stderr
    wait_until(lambda: server.kiosk.articles.find(SITE, "lune") is not None)


def test_every_problem_that_the_document_names_can_be_met():
    named = re.findall(
        r"`([a-z]+(?:_[a-z]+)*)`", "".join(re.findall(r"(?m)^\| [45]\d\d.*?\|", DOCUMENT.read_text("utf-8")))
    )

    assert len(named) >= 7
    assert [name for name in named if f"problem.{name}" not in load()["fr"]] == []


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("openssl")), reason="needs curl and openssl")
def test_the_curl_example_signs_an_article(listening: tuple[Server, dict[str, str]]):
    server, environment = listening

    told = subprocess.run(
        ["bash", "-c", example("sh", "openssl")], capture_output=True, text=True, env=os.environ | environment
    )

    assert '"state":"coming"' in told.stdout, told.stderr
    wait_until(lambda: server.kiosk.articles.find(SITE, "gelato") is not None)
