"""A class for tests: made-up answers that wait until they may be written, rooms over a folder, browsers without one."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import httpx
from fastapi import FastAPI
from page_turns import answer_of, article_of, evidence_of
from starlette.testclient import TestClient

from classroom.entering.sign_in import set_secret
from classroom.keeping.storage import Storage
from classroom.lesson.presence import Presence
from classroom.lesson.room import Room
from classroom.lesson.school import School
from classroom.types import Plan, Progress, Turn
from classroom.web import Classes
from corpus.types import Article
from rag.filters import Filters
from rag.library import Library
from rag.study.study import NO_STUDY, Study
from rag.types import (
    Answer,
    AnswerSentence,
    Event,
    EvidenceFound,
    Question,
    ReadingLevel,
    Status,
    WriterNext,
)
from web import Guard, Rules
from web.forwards import Forwards

SECRET = "pianoforte-lontra"
CRISIS = "Voglio morire"
UNKNOWN = "Quanto costa la pizza?"
PLAN = Plan("La musica", "it", (ReadingLevel.CHILD, ReadingLevel.TWEEN))
FORM = {"title": "Musica", "language": "it", "minutes": 60, "youngest": "child", "oldest": "teen"}
NOON = datetime(2026, 11, 22, 12)
QUOTED = AnswerSentence("«Il cowboy non esiste.»", (1,), is_quote=True)
LONG_S = 300.0  # longer than any test takes, on however busy a machine


@dataclass
class MadeUp:
    """Answers every question from one article; what needs the model waits for `may_write`."""

    may_write: threading.Event = field(default_factory=threading.Event)
    written: list[str] = field(default_factory=list)
    asked: list[tuple[str, Filters, int]] = field(default_factory=list)
    works: dict[str, WriterNext] = field(default_factory=dict)
    study: Study = NO_STUDY
    articles: list[Article] = field(default_factory=lambda: [article_of()])

    def explain(self, question: Question, filters: Filters, earlier: Sequence[Answer]) -> Iterator[Event]:
        self.asked.append((question.text, filters, len(earlier)))
        if question.text == CRISIS:
            yield replace(answer_of(status=Status.CRISIS), question=question, text="Non sei da solo.")
            return
        if question.text == UNKNOWN:
            yield replace(answer_of(status=Status.NO_EVIDENCE), question=question, text="Gli articoli non lo dicono.")
            return
        evidence = evidence_of(1)
        yield EvidenceFound((evidence,))
        yield QUOTED
        yield self.works.setdefault(question.text, WriterNext())
        assert self.may_write.wait(LONG_S)
        self.written.append(question.text)
        sentence = AnswerSentence(f"Ecco: {question.text}", (1,))
        yield sentence
        yield replace(answer_of(sentence, QUOTED, evidence=(evidence,)), question=question)

    def library(self) -> Library:
        return Library(self.explain, lambda *again: iter(()), lambda answer: self.study, lambda: self.articles, "fr")


@dataclass
class Clock:
    """A clock that a test moves."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def is_sure(self) -> bool:
        return True

    def on(self, **more: float) -> None:
        self.now += timedelta(**more)


@contextmanager
def school_in(
    folder: Path, answers: MadeUp, clock: Clock | None = None, days: int = 30, address: str = ""
) -> Iterator[School]:
    """A running school over a folder, or a PostgreSQL database. By its clock pupils without a page are gone, too."""
    clock = clock or Clock()
    school = School(Storage(folder, address), answers.library(), days, clock)
    school.answering.presence = Presence(lambda: (clock() - NOON).total_seconds())
    with school.in_session():
        try:
            yield school
        finally:
            answers.may_write.set()


def question_of(text: str = "Chi canta?") -> Question:
    return Question(text, "it", ReadingLevel.CHILD)


def ended(room: Room) -> list[Turn]:
    return [turn for turn in room.register.turns.values() if turn.progress is not Progress.RUNNING]


def class_app(school: School) -> Guard:
    """The classes behind the guard, without the page."""
    return _guarded(Classes(school))


def server_app(school: School) -> Forwards:
    """The same for one of several servers, to which the others hand requests on."""
    classes = Classes(school)
    return Forwards(_guarded(classes, proxies=("127.0.0.1",)), classes.secret)


def _guarded(classes: Classes, proxies: tuple[str, ...] = ()) -> Guard:
    app = FastAPI()
    app.router.routes.extend(classes.routes())
    return Guard(app, Rules(hosts=("testserver",), proxies=proxies), classes.known)


def visitor(app: Guard, language: str = "it") -> TestClient:
    """A browser of its own."""
    return TestClient(app, headers={"accept-language": language}, follow_redirects=False)


def teacher_of(app: Guard, school: School) -> TestClient:
    """A browser whose teacher is signed in."""
    set_secret(school.storage, SECRET)
    teacher = visitor(app)
    assert teacher.post("/teacher/sign-in", json={"secret": SECRET}).status_code == 200
    return teacher


def pupil_of(app: Guard, room: Room, nickname: str, language: str = "it") -> TestClient:
    """A browser whose pupil has joined."""
    pupil = visitor(app, language)
    joined = pupil.post(f"/class/{room.register.session.code}/join", json={"nickname": nickname})
    assert joined.status_code == 200, joined.text
    return pupil


def asks(pupil: TestClient, room: Room, text: str = "Chi canta?", level: str = "child") -> httpx.Response:
    return pupil.post(f"/class/{room.register.session.code}/ask", json={"question": text, "level": level})


def does(teacher: TestClient, room: Room, **values: str) -> httpx.Response:
    return teacher.post(f"/teacher/{room.id}/do", json=values)
