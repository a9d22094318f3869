"""What browsers are told with everything that the page brings: itself, its files, Gradio's, and what is closed."""

import pytest
from fastapi import FastAPI
from page_turns import library_of
from starlette.testclient import TestClient

from page import create_page, mount
from web import Rules


@pytest.fixture(scope="module")
def client() -> TestClient:
    page = create_page(library_of(lambda question, earlier: iter(()), language="it"))
    return TestClient(mount(FastAPI(), page, Rules(hosts=("testserver",))))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200), ("/?language=de", 200), ("/page-files/favicon.svg", 200), ("/page-files/none.js", 404),
        ("/theme.css", 200), ("/config", 200), ("/gradio_api/upload", 403), ("/file=/etc/passwd", 404),
    ],
)  # fmt: skip
def test_everything_of_the_page_tells_browsers_to_be_careful(client: TestClient, path: str, status: int):
    response = client.get(path)

    policy = response.headers["content-security-policy"]
    assert response.status_code == status
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in policy and "frame-ancestors 'self'" in policy
    assert "unsafe-inline" not in policy.split("script-src ")[1].split(";")[0]
    assert "set-cookie" not in response.headers
