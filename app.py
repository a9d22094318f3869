"""The web app: settings in, a page served. Knows neither Chroma nor the wording of prompts."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlsplit

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp

from classroom.doors import Place
from classroom.school import School
from classroom.storage import Storage
from classroom.web import Classes
from page import create_page, mount
from rag import names
from rag.assembly import open_explainer, open_workspace, open_writer
from rag.counterparts import Counterparts
from rag.explainer import Explainer
from rag.explaining_sentences import ExplainingSentences
from rag.filters import Filters
from rag.following import Follower, follow
from rag.ingest import ingest
from rag.library import Library
from rag.question import make_question
from rag.reader_data import ReaderData, keep_forgetting
from rag.settings import Settings
from rag.study import study
from rag.study import warm_up as warm_up_words
from rag.types import Answer, Event, Question
from rag.warming import warm_up
from rag.workspace import Workspace
from rag.writer import ChatWriter
from web import Rules
from web.errors import AddressInUse

_LAST_WORDS_S = 3  # a page that listens for changes would keep the server from stopping


def run(settings: Settings) -> None:
    """Serve the page until stopped. Raises the errors of `rag.assembly` when something it needs is missing."""
    with open_workspace(settings) as workspace:
        workspace.check_ready()  # before the seconds that the model takes to load
        writer = open_writer(settings)
        explainer = open_explainer(workspace, writer, settings)
        workspace.index.start()
        threading.Thread(target=names.warm_up, daemon=True).start()
        library = open_library(workspace, explainer, settings)
        school = School(Storage(settings.home), library, settings.retention_days)
        app = create_app(library, school, settings)
        if isinstance(writer, ChatWriter) and writer.is_local:
            threading.Thread(target=warm_up, args=(writer, settings.default_language), daemon=True).start()
        with listen(settings.host, settings.port) as listener, following(workspace, settings), school.in_session():
            print("Actuclair listens on http://{}:{}".format(*listener.getsockname()[:2]), flush=True)
            # the guard itself decides whom to believe about forwarded addresses
            config = uvicorn.Config(
                app,
                log_level="warning",
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=_LAST_WORDS_S,
            )
            uvicorn.Server(config).run(sockets=[listener])


@contextmanager
def following(workspace: Workspace, settings: Settings) -> Iterator[None]:
    """Meanwhile, bring in what is new in the feeds of the settings, and delete what readers left too long ago.

    Ends when what is being stored is there.
    """
    stopped = threading.Event()
    forgetting = (ReaderData(settings.home), settings.retention_days, stopped)
    threading.Thread(target=keep_forgetting, args=forgetting, daemon=True).start()
    follower = threading.Thread(target=follow_feeds, args=(workspace, settings, stopped))
    if settings.feeds.split():
        follower.start()
    try:
        yield
    finally:
        stopped.set()
        if follower.is_alive():
            follower.join()


def follow_feeds(workspace: Workspace, settings: Settings, stopped: threading.Event) -> None:
    """Read the feeds of the settings until stopped."""
    from corpus.feeds import Pace  # brings libraries in that a server without feeds need not wait for
    from corpus.fetching import Fetcher
    from corpus.network import Network

    pace = Pace(timedelta(minutes=settings.feeds_every_min))
    follower = Follower(workspace.feeds, lambda found: ingest(found, workspace), Fetcher(Network()).fetch, pace)
    follow(follower, settings.feeds.split(), stopped)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises AddressInUse."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise AddressInUse(host, port, error.strerror or str(error)) from error


def open_library(workspace: Workspace, explainer: Explainer, settings: Settings) -> Library:
    """Answers, what helps to learn from them, and the articles of a workspace."""
    record = workspace.record
    sentences = ExplainingSentences(record.articles, record.version)
    threading.Thread(target=warm_up_words, args=(sentences,), daemon=True).start()
    counterparts = Counterparts(record.articles, workspace.vectors.leads, record.version)
    return Library(
        lambda question, filters, earlier: explain(explainer, question, filters, earlier, settings.default_language),
        explainer.explain_again,
        lambda answer: study(answer, sentences, counterparts),
        record.articles,
        settings.default_language,
    )


def create_app(library: Library, school: School, settings: Settings) -> ASGIApp:
    """The page and the classes over a library, and the guard around everything."""
    page = create_page(library)
    app = FastAPI(title="Actuclair", docs_url=None, redoc_url=None, openapi_url=None)
    classes = Classes(school, Place(settings.public_url, settings.host))
    app.router.routes.extend(classes.routes())  # before the page, which is mounted at the root
    return mount(app, page, rules(settings), classes.known)


def rules(settings: Settings) -> Rules:
    """What the guard allows."""
    return Rules(
        hosts=(*settings.hosts.split(), settings.host, urlsplit(settings.public_url).hostname or settings.host),
        origins=tuple(settings.origins.split()),
        proxies=tuple(settings.proxies.split()),
        calls_per_minute=settings.calls_per_minute,
        readers_per_address=settings.readers_per_address,
    )


def explain(
    explainer: Explainer, question: Question, filters: Filters, earlier: Sequence[Answer], default_language: str
) -> Iterator[Event]:
    """The events of an answer. Raises InvalidQuestion for what a reader typed in vain."""
    checked = make_question(question.text, question.language, question.level, default_language)
    yield from explainer.explain(checked, filters, earlier)
