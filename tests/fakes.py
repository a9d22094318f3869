"""Stand-ins that tests of several subjects share: an embedder of words, a scripted writer, an endpoint with faults."""

import functools
import json
import re
import threading
import unicodedata
import zlib
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

import numpy as np
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from corpus.types import Article, Kind
from rag.types import Evidence, Question
from rag.writing.writer import Draft

DIMENSIONS = 256
DEAD_ADDRESS = "http://127.0.0.1:9/v1"  # the discard port: nobody listens there


def words_of(text: str) -> list[str]:
    """Example: 'Été 2025 !' -> ['ete', '2025']"""
    folded = unicodedata.normalize("NFD", text.lower())
    return re.findall(r"\w+", "".join(letter for letter in folded if not unicodedata.combining(letter)))


@functools.cache
def word_vector(word: str) -> np.ndarray:
    return np.random.default_rng(zlib.crc32(word.encode())).standard_normal(DIMENSIONS)


class FakeEmbedder:
    """Texts with the same words, in any order and with any accents, have the same unit vector."""

    def __init__(self, name: str = "mots-fictifs"):
        self.name = name
        self.embedded: list[str] = []

    def embed_query(self, text: str) -> np.ndarray:
        total = np.sum([word_vector(word) for word in words_of(text)] or [word_vector("")], axis=0)
        return (total / np.linalg.norm(total)).astype(np.float32)

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        self.embedded += texts
        return np.stack([self.embed_query(text) for text in texts])


def save_static_embedder(folder: Path, texts: Sequence[str]) -> None:
    """A sentence-transformers folder that does with the words of `texts` what FakeEmbedder does."""
    vocabulary = ["[UNK]", *sorted({word for text in texts for word in words_of(text)})]
    tokenizer = Tokenizer(models.WordLevel({word: id_ for id_, word in enumerate(vocabulary)}, "[UNK]"))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFD(), normalizers.Lowercase(), normalizers.StripAccents()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    weights = np.stack([np.zeros(DIMENSIONS), *map(word_vector, vocabulary[1:])]).astype(np.float32)
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu").save(str(folder))


@dataclass
class FakeWriter:
    """Writes what it is told to; raises `fails` after the last sentence."""

    sentences: Sequence[str] = ()
    willing: bool = True
    log_odds: float | None = None
    fails: Exception | None = None
    name: str = "plume"
    asked: list[tuple[Question, Sequence[Evidence]]] = field(default_factory=list)
    again: str = ""
    refused: list[str] = field(default_factory=list)

    def write(self, question: Question, evidence: Sequence[Evidence]) -> Draft:
        self.asked.append((question, evidence))
        return Draft(self.willing, self.log_odds, self._sentences())

    def write_again(self, question: Question, evidence: Sequence[Evidence], text: str, proof: Evidence) -> str:
        self.refused.append(text)
        return self.again

    def _sentences(self) -> Generator[str, None, None]:
        yield from self.sentences
        if self.fails:
            raise self.fails


def article_of(text: str = "Le robot chante.", **changes: object) -> Article:
    values: dict[str, Any] = {"id": "robot", "title": "Le robot", "language": "fr", "source": "robot.md"}
    return Article(**values | {"text": text} | changes)


def evidence_of(*texts: str, score: float = 1.0, **changes: object) -> tuple[Evidence, ...]:
    """One piece of evidence for each text, numbered from 1."""
    article = article_of("\n".join(texts), **changes)
    starts = [article.text.index(text) for text in texts]
    return tuple(
        Evidence(number, text, start, start + len(text), article, Kind.NEWS, score)
        for number, (text, start) in enumerate(zip(texts, starts, strict=True), start=1)
    )


class Fault(StrEnum):
    """What a stub endpoint does instead of answering."""

    STATUS_500 = "status 500"
    HTML = "a web page"
    BROKEN_OFF = "half a stream, then it hangs up"
    UNFINISHED = "half a stream, then a polite end"
    SILENT = "nothing at all"
    SLOW = "silence in the middle"
    NOT_UTF8 = "bytes that are no text"
    NOT_JSON = "a chunk that is no JSON"
    LIST = "a chunk that is a list"
    ERROR_CHUNK = "an error in the stream"
    ENDLESS = "the same token for ever"
    GARBAGE = "a million characters of garbage"


class StubEndpoint:
    """An OpenAI-compatible language model on loopback that streams the tokens it is given."""

    def __init__(self, tokens: Sequence[str] = ("OUI", " Le robot", " chante", ".")):
        self.tokens = tokens
        self.logprobs: dict[str, float] | None = None
        self.odd_logprobs: object = None
        self.fault: Fault | None = None
        self.answers_before_silence = 0
        self.silence_s = 60.0
        self.ends_silence = threading.Event()
        self.requests: list[dict[str, Any]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]  # whoever asked has gone
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ends_silence.set()
        self._server.shutdown()
        self._server.server_close()

    def be_silent(self) -> None:
        self.ends_silence.wait(self.silence_s)

    def chunks(self) -> Iterator[bytes]:
        """The body of an answer; a pause is an empty chunk."""
        half = len(self.tokens) // 2
        for position, token in enumerate(self.tokens):
            if position == half:
                yield from self._half_way()
                if self.fault in (Fault.BROKEN_OFF, Fault.UNFINISHED):
                    return
            yield self._chunk(token, self.logprobs if position == 0 else None)
        while self.fault is Fault.ENDLESS:
            yield self._chunk(self.tokens[-1])
        yield self._chunk("", finish="stop") + b"data: [DONE]\n\n"

    def _half_way(self) -> Iterator[bytes]:
        broken = {
            Fault.SLOW: b"",
            Fault.NOT_UTF8: b'data: {"choices": [{"delta": {"content": "\xff\xfe"}}]}\n\n',
            Fault.NOT_JSON: b"data: <secret>\n\n",
            Fault.LIST: b'data: ["secret"]\n\n',
            Fault.GARBAGE: self._chunk("¤&%$ " * 200_000),
            Fault.ERROR_CHUNK: b'data: {"error": {"message": "secret", "code": 500}}\n\n',
        }
        if self.fault in broken:
            yield broken[self.fault]

    def _chunk(self, token: str, logprobs: dict[str, float] | None = None, finish: str | None = None) -> bytes:
        choice: dict[str, Any] = {"index": 0, "delta": {"content": token}, "finish_reason": finish}
        if logprobs is not None:
            listed = [{"token": token, "logprob": value, "bytes": None} for token, value in logprobs.items()]
            choice["logprobs"] = {"content": [{"token": token, "logprob": 0.0, "bytes": None, "top_logprobs": listed}]}
        if self.odd_logprobs is not None:
            choice["logprobs"] = self.odd_logprobs
        values = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "stub", "choices": [choice]}
        return f"data: {json.dumps(values)}\n\n".encode()


def _handler(stub: StubEndpoint) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            stub.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.close_connection = True
            if stub.fault is Fault.SILENT and len(stub.requests) > stub.answers_before_silence:
                stub.be_silent()
            elif stub.fault is Fault.STATUS_500:
                self._send(500, "application/json", [b'{"error": {"message": "secret"}}'])
            elif stub.fault is Fault.HTML:
                self._send(200, "text/html", [b"<html><body>secret login</body></html>"])
            else:
                self._send(200, "text/event-stream", stub.chunks())

        def _send(self, status: int, kind: str, chunks: Sequence[bytes] | Iterator[bytes]) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Transfer-Encoding", "chunked")
            self.send_header("Connection", "close")  # told, or the next request may come down a line that just closed
            self.end_headers()
            for chunk in chunks:
                if chunk:
                    self.wfile.write(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
                else:
                    stub.be_silent()
            if stub.fault is not Fault.BROKEN_OFF:
                self.wfile.write(b"0\r\n\r\n")

        def log_message(self, *_: object) -> None:
            pass

    return Handler
