"""A server with one news site for tests: made-up answers, articles in a real record, browsers without a browser."""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from fastapi import FastAPI
from starlette.testclient import TestClient

from corpus.errors import FetchCode, FetchRefused
from corpus.types import Article, Kind
from desk import Desk
from rag.filters import Filters
from rag.index.ingest import ingest
from rag.index.workspace import Workspace
from rag.study.study import NO_STUDY, Study
from rag.types import (
    Answer,
    AnswerSentence,
    Event,
    Evidence,
    EvidenceFound,
    Question,
    Readability,
    Status,
    Timings,
    WriterNext,
)
from sites.keys import kept
from sites.kiosk import Answers, Kiosk
from sites.signing import Call, sign
from sites.storage import open_file
from sites.types import Limits, Site
from sites.web import LONG_BODIES, SHARED, site_routes
from web import Guard, Rules

NEWS, OTHER = "https://news.example", "https://other.example"
COWBOY = "https://news.example/cowboy"
CRISIS = "Voglio morire"
MORNING = datetime(2026, 11, 22, 10, tzinfo=UTC)
SITE = Site(
    "s1", "Il Chiarino", "PUBLIC-KEY", "SERVER-SECRET", kept("EDITORS-SECRET"), (NEWS,), MORNING.date(),
    Limits(a_minute=1000, reader_a_minute=100),
)  # fmt: skip
_ARTICLES = (
    Article("cowboy", "Il cowboy", "Il cowboy non esiste.", "it", "cowboy.md", url=COWBOY, addresses=(COWBOY,)),
    Article("robot", "Il robot", "Il robot balla in città ogni sera.", "it", "robot.md", url=f"{NEWS}/robot"),
    Article("foreign", "La pizza", "La pizza costa otto euro a Roma.", "it", "pizza.md", url=f"{OTHER}/pizza"),
)
_FOUND = Evidence(1, "Il cowboy non esiste.", 0, 21, _ARTICLES[0], Kind.NEWS, 0.9)
_QUOTED = AnswerSentence("«Il cowboy non esiste.»", (1,), is_quote=True)
UNKNOWN, NEAR = "Quanto costa la pizza?", "Perché canta?"  # not told; told only by what is near it
LONG_S = 300.0  # longer than any test takes, on however busy a machine


def answer_of(
    question: Question, status: Status, text: str, sentences: tuple[AnswerSentence, ...] = (), found: bool = False
) -> Answer:
    measured = Readability(len(sentences), 8.6, 10.0, 30.0)
    cited = (_FOUND,) if found else ()
    return Answer(question, status, text, sentences, cited, Timings(0.1, 0.2, 0.3), measured)


@dataclass
class MadeUp:
    """Answers every question from one article; what needs the model waits for `may_write`."""

    may_write: threading.Event = field(default_factory=threading.Event)
    written: list[str] = field(default_factory=list)
    asked: list[tuple[Question, Filters, int]] = field(default_factory=list)
    study: Study = NO_STUDY
    fails: Exception | None = None
    as_of: date | None = None

    def explain(self, question: Question, filters: Filters, earlier: Sequence[Answer]) -> Iterator[Event]:
        self.asked.append((question, filters, len(earlier)))
        if answer := at_once(question):
            yield answer
            return
        if question.text == UNKNOWN and filters.articles == ("cowboy",):
            yield answer_of(question, Status.NO_EVIDENCE, "Gli articoli non lo dicono.")
            return
        yield EvidenceFound((_FOUND,))
        yield _QUOTED
        if question.text == NEAR:
            quoted = answer_of(question, Status.QUOTED, _QUOTED.text, (_QUOTED,), found=True)
            yield replace(quoted, is_unsure=True)
            return
        yield WriterNext()
        assert self.may_write.wait(LONG_S)
        if self.fails:
            raise self.fails
        self.written.append(question.text)
        sentence = AnswerSentence(f"Ecco: {question.text}", (1,))
        yield sentence
        whole = answer_of(question, Status.ANSWERED, sentence.text, (sentence, _QUOTED), found=True)
        yield replace(whole, as_of=self.as_of)


class OneVector:
    """An embedder for tests in which nothing is searched."""

    name = "uno"

    def embed_query(self, text: str) -> np.ndarray:
        return np.ones(4, dtype=np.float32) / 2

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        return np.stack([self.embed_query(text) for text in texts])


@dataclass
class Clock:
    """A clock that a test moves."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now

    def on(self, **more: float) -> None:
        self.now += timedelta(**more)


@dataclass
class FakeWays:
    """Into a workspace; what is fetched is what a test says an address holds."""

    workspace: Workspace
    pages: dict[str, Article] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)
    faulty: str = ""
    may_store: threading.Event = field(default_factory=threading.Event)

    def store(self, article: Article) -> None:
        assert self.may_store.wait(LONG_S)
        if self.faulty and self.faulty in article.text:
            raise RuntimeError(self.faulty)
        ingest([article], self.workspace)
        self.workspace.shelf.renew()

    def fetch(self, address: str, origins: tuple[str, ...]) -> Article:
        self.fetched.append(address)
        if address not in self.pages:
            raise FetchRefused(address, FetchCode.STATUS, "there is none")
        return self.pages[address]


@dataclass
class Server:
    """A running server and what a test may look at."""

    app: Guard
    kiosk: Kiosk
    answers: MadeUp
    ways: FakeWays
    clock: Clock
    desk: Desk

    def page(self, origin: str = NEWS, language: str = "it") -> TestClient:
        """A page of a site, in a browser."""
        return TestClient(self.app, headers={"origin": origin, "accept-language": language})

    def ask(self, text: str = "Chi canta?", page: TestClient | None = None, **more: Any) -> httpx.Response:
        """A question about the article in view, in plain JSON."""
        values = {"question": text, "language": "it", "level": "child", "article": COWBOY} | more
        return (page or self.page()).post("/api/v1/ask?site=PUBLIC-KEY", json=values)

    def signed(self, path: str, values: Mapping[str, Any], **changed: str) -> httpx.Response:
        """A call of the site's server; `changed` are parts that are not as they were signed."""
        sent = json.dumps(values).encode()
        date = changed.get("date", self.clock().isoformat())
        call = Call(changed.get("method", "POST"), changed.get("target", path), date, sent)
        headers = {
            "actuclair-date": date,
            "actuclair-signature": changed.get("signature", sign(call, changed.get("secret", SITE.secret))),
            "content-type": "application/json",
        }
        return TestClient(self.app).post(path, content=changed.get("body", "").encode() or sent, headers=headers)


@contextmanager
def serving(
    home: Path, site: Site = SITE, answers: MadeUp | None = None, most: int = 64, engines: tuple[str, ...] = ()
) -> Iterator[Server]:
    """A server over a folder, or other engines; begun again on the same, it is the same after a restart."""
    made, clock, desk = answers or MadeUp(), Clock(), Desk(most_of_a_group=most)
    with Workspace(home, OneVector(), *engines) as workspace:
        ingest(_ARTICLES, workspace)
        ways = FakeWays(workspace)
        ways.may_store.set()
        told = Answers(lambda *asked: made.explain(*asked), at_once, lambda answer: made.study, "fr")
        kiosk = Kiosk(open_file(home, *engines[:1]), desk, told, workspace.shelf, ways, clock)
        if site.name not in {other.name for other in kiosk.sites.all()}:
            kiosk.sites.add(site)
        app = FastAPI()
        app.router.routes.extend(site_routes(kiosk))
        guard = Guard(app, Rules(hosts=("testserver",), shared=SHARED, long_bodies=LONG_BODIES))
        with kiosk.open():
            try:
                yield Server(guard, kiosk, made, ways, clock, desk)
            finally:
                made.may_write.set()
                ways.may_store.set()


def at_once(question: Question) -> Answer | None:
    """The fixed answer to a reader in need."""
    if question.text != CRISIS:
        return None
    return answer_of(question, Status.CRISIS, "Non sei da solo.")


def events_of(response: httpx.Response) -> list[tuple[str, Any]]:
    """The events of a stream, in order."""
    told = []
    for block in response.text.split("\n\n"):
        lines = [line for line in block.split("\n") if line and not line.startswith(":")]
        if lines:
            name, data = lines
            told.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return told
