"""`python -m bench.soak.model PORT`: an OpenAI-compatible language model that says the first sentence it is given.

It embeds texts too, by their words. A process of its own, so that it can be killed and stopped. Knows no server.
"""

import json
import re
import socket
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_A_WORD_S = 0.02
_START_S = 60.0
_DIMENSIONS = 256


class Model:
    """The process, at an address that stays the same."""

    def __init__(self, port: int):
        self._port = port
        self.url = f"http://127.0.0.1:{port}/v1"

    def start(self) -> None:
        """Run it until it listens."""
        self.process = subprocess.Popen([sys.executable, "-m", "bench.soak.model", str(self._port)])  # noqa: S603
        until = time.monotonic() + _START_S
        while time.monotonic() < until and self.process.poll() is None:
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", self._port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError("the language model did not come")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


def answer_to(messages: Sequence[dict[str, Any]]) -> str:
    """The word with which the longest answer of the examples begins, which says yes, and the first line of evidence.

    Example: 'NON' and 'OUI Il rit.' as examples, then '- Le robot chante.' -> 'OUI Le robot chante.'
    """
    said = sorted((str(each["content"]) for each in messages if each["role"] == "assistant"), key=len, reverse=True)
    asked = str(messages[-1]["content"])
    evidence = (line.removeprefix("- ") for line in asked.splitlines() if line.startswith("- "))
    return f"{next(iter(said), 'OUI').split()[0]} {next(evidence, '')}".rstrip()


def chunks(text: str) -> Iterator[bytes]:
    """An answer as it is streamed, word by word."""
    for place, word in enumerate(text.split(" ")):
        yield _chunk(word if place == 0 else f" {word}", None)
    yield _chunk("", "stop") + b"data: [DONE]\n\n"


def embedded(texts: Sequence[str]) -> dict[str, Any]:
    """A vector for each text, longer the more often a word is in it: texts with the same words are near each other."""
    data = [{"object": "embedding", "index": place, "embedding": _vector(text)} for place, text in enumerate(texts)]
    return {"object": "list", "model": "soak", "data": data, "usage": {"prompt_tokens": 1, "total_tokens": 1}}


def _vector(text: str) -> list[float]:
    vector = [0.001] * _DIMENSIONS
    for word in re.findall(r"\w+", text.lower()):
        vector[zlib.crc32(word.encode()) % _DIMENSIONS] += 1.0
    return vector


def _chunk(text: str, finish: str | None) -> bytes:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish}
    values = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "soak", "choices": [choice]}
    return f"data: {json.dumps(values, ensure_ascii=False)}\n\n".encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path.endswith("/embeddings"):
            self._send_whole(embedded(asked["input"]))
        else:
            self._stream(chunks(answer_to(asked["messages"])))

    def _send_whole(self, values: dict[str, Any]) -> None:
        body = json.dumps(values).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, pieces: Iterator[bytes]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for chunk in pieces:
            self.wfile.write(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
            time.sleep(_A_WORD_S)
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *_: object) -> None:
        """Say nothing: what is asked is nobody's business."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked has gone."""


if __name__ == "__main__":
    _Server(("127.0.0.1", int(sys.argv[1])), _Handler).serve_forever()
