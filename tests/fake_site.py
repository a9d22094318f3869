"""A web site on loopback, and the part of the network that tests may reach: nothing but it."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from types import TracebackType
from typing import Any, Self

import httpcore

from corpus.errors import FetchCode, FetchFailed, NotFetched
from corpus.fetching import Fetched, Fetcher
from corpus.network import Network

LOOPBACK = "127.0.0.1"


@dataclass
class Page:
    """What a path answers; `write` takes the socket's file instead of `body` when something unusual must go out."""

    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    write: Callable[[Any], None] | None = None


class Site:
    """Serves pages by path; `requests` are the headers of what was asked, in order."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.requests: list[tuple[str, Mapping[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.requests.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                site.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer((LOOPBACK, 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        self.url = f"http://{LOOPBACK}:{self.port}"
        self.network = Network(ports=frozenset({self.port}), permits=lambda address: address.is_loopback)
        self.fetcher = Fetcher(self.network, sleep=lambda seconds: None, clock=lambda: 0.0)  # no page comes too late

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.requests]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        page = self.pages.get(handler.path, Page(b"", status=404))
        try:
            handler.send_response(page.status)
            handler.send_header("Content-Type", page.content_type)
            for name, value in page.headers.items():
                handler.send_header(name, value)
            handler.end_headers()
            if page.write:
                page.write(handler.wfile)
            else:
                handler.wfile.write(page.body)
        except OSError:  # whoever asked has gone
            handler.close_connection = True


@dataclass
class FakeBackend(httpcore.NetworkBackend):
    """Notes where it was asked to connect, and answers with the bytes of `answers`, one a connection."""

    answers: Sequence[bytes] = (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",)
    connected: list[str] = field(default_factory=list)

    def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore.NetworkStream:
        self.connected.append(host)
        answer = self.answers[min(len(self.connected), len(self.answers)) - 1]
        return httpcore.MockStream([answer[start : start + 5] for start in range(0, len(answer), 5)])

    @property
    def private(self) -> list[str]:
        return [host for host in self.connected if not ip_address(host).is_global]


@dataclass
class FakeWeb:
    """Answers addresses from a table; what is not in it is not found."""

    pages: dict[str, Fetched | NotFetched] = field(default_factory=dict)
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)

    def put(self, url: str, body: str | bytes, content_type: str = "text/html", **headers: str) -> None:
        data = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[url] = Fetched(url, 200, {"content-type": content_type, **named}, data)

    def fetch(self, address: str, conditions: Mapping[str, str] | None = None) -> Fetched:
        self.asked.append((address, dict(conditions or {})))
        found = self.pages.get(address, FetchFailed(address, FetchCode.STATUS, "the server answered 404"))
        if isinstance(found, NotFetched):
            raise found
        return found
