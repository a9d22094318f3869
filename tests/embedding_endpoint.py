"""An OpenAI-compatible embedder on loopback, and what such a one may do instead of answering."""

import json
import threading
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

import numpy as np

Embed = Callable[[Sequence[str]], np.ndarray]


class EmbeddingStub:
    """Gives the vectors of `embed`; or the `status`, or the `body` instead of them."""

    def __init__(self, embed: Embed):
        self.embed = embed
        self.status = 200
        self.body: Any = None
        self.delay = threading.Event()
        self.delay.set()
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
                stub.asked.append({"path": self.path} | asked)
                stub.keys.append(self.headers["authorization"])
                stub.delay.wait(60)
                sent = json.dumps(stub.told(asked["input"])).encode()
                self.send_response(stub.status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(sent)))
                self.end_headers()
                self.wfile.write(sent)

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]  # whoever asked has gone
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def told(self, texts: Sequence[str]) -> Any:
        if self.body is not None:
            return self.body
        vectors = self.embed(texts)
        data = [{"object": "embedding", "index": place, "embedding": [float(each) for each in vector]}
                for place, vector in enumerate(vectors)]  # fmt: skip
        return {
            "object": "list",
            "model": "whatever",
            "data": data[::-1],
            "usage": {"prompt_tokens": 1, "total_tokens": 1},
        }

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.delay.set()
        self._server.shutdown()
        self._server.server_close()
