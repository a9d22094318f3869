"""An address at which an embedder answers as OpenAI's does, for a server whose vectors mean nothing."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from rag.models.embedder import Embedder


@contextmanager
def serving(embedder: Embedder) -> Iterator[str]:
    """The address, for as long as it is wanted."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            sent = json.dumps(_told(embedder, asked)).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()


def _told(embedder: Embedder, asked: dict[str, Any]) -> dict[str, Any]:
    vectors = embedder.embed_passages(asked["input"])
    data = [
        {"object": "embedding", "index": place, "embedding": vectors[place].tolist()} for place in range(len(vectors))
    ]
    return {"object": "list", "model": asked["model"], "data": data, "usage": {"prompt_tokens": 0, "total_tokens": 0}}
