"""The web app: settings in, a page served. Knows neither Chroma nor the wording of prompts."""

import gc
import socket
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.routing import BaseRoute
from starlette.types import ASGIApp
from threadpoolctl import ThreadpoolController

from classroom.entering.doors import Place
from classroom.keeping.storage import Storage
from classroom.lesson.school import School
from classroom.web import Classes
from corpus.network import Network
from desk import Desk
from monitor import checks
from monitor.assembly import open_monitor
from monitor.requests import Requests
from monitor.watching import until_stopped
from page import create_page, mount
from rag.asking.question import make_question
from rag.assembly import open_explainer, open_workspace, open_writer
from rag.background import in_background
from rag.explainer import Explainer
from rag.filters import Filters
from rag.index.reader_data import ReaderData
from rag.index.upkeep import Store, keeping_up, storing
from rag.index.workspace import Workspace
from rag.library import Library
from rag.rehearsal import rehearse
from rag.settings import Settings
from rag.study.counterparts import Counterparts
from rag.study.explaining_sentences import ExplainingSentences
from rag.study.study import study
from rag.types import Answer, Event, Question
from rag.writing.warming import warm_up_local
from sites.forgetting import SiteData
from sites.kiosk import Answers, Kiosk
from sites.storage import open_file
from sites.ways import IndexWays
from sites.web import LONG_BODIES, SHARED, site_routes
from web import Rules
from web.errors import AddressInUse
from web.forwards import Forwards
from web.server import Server


def run(settings: Settings) -> None:
    """Serve the page until stopped. Raises the errors of `rag.assembly` when something it needs is missing."""
    with open_workspace(settings) as workspace:
        workspace.check_ready()  # before the seconds that the model takes to load
        writer = open_writer(settings)
        desk, store = Desk(), storing(workspace)
        explainer = open_explainer(workspace, writer, settings, desk.waits.anybody)
        multiply_alone()
        workspace.index.start()
        known = open_library(workspace, explainer, settings)
        with (
            in_background(warm_up_local(writer, settings.default_language)) as warming,
            in_background(then_settle(rehearse(without_model(known, workspace, settings)))),
            open_monitor(workspace, desk, writer, warming, settings) as monitor,
        ):
            library = monitor.watch.over(known)
            storage = Storage(settings.home, settings.database, settings.own_address)
            school = School(storage, library, settings.retention_days, desk=desk)
            kiosk = open_kiosk(workspace, explainer, school.library, desk, store, settings)
            underway = monitor.watch.underway
            watched = monitor.routes(partial(checks.classes, storage.servers))
            app = create_app(until_stopped(library, underway), school, kiosk, settings, watched)
            with (
                listen(settings.host, settings.port) as listener,
                keeping_up(workspace, store, _left(settings), settings),
                school.in_session(),
                kiosk.open(),
            ):
                print("Actuclair listens on http://{}:{}".format(*listener.getsockname()[:2]), flush=True)
                finish = partial(underway.finish, desk.take_no_more, settings.finish_s)
                Server(Requests(app, monitor.watch.metrics), finish).run(sockets=[listener])


def then_settle(steps: Iterable[object]) -> Iterator[object]:
    """Take the steps; then nobody looks again for garbage among what stays in memory as long as the server runs.

    Looking through it all stops everybody for .4 s (700,000 objects, measured), in the middle of thirty questions too;
    the last look, here, does so once.
    """
    yield from steps
    gc.collect()
    gc.freeze()


def multiply_alone() -> None:
    """Let NumPy multiply in the thread that asks: a product of some thousand rows gains little from a second core.

    OpenBLAS keeps the second core busy for 30 ms afterwards, waiting for more: of the processor a question took .11 s,
    and takes .065 s now (medians of 20 questions), which thirty who ask at once share.
    """
    ThreadpoolController().select(internal_api="openblas").limit(limits=1)


def _left(settings: Settings) -> tuple[ReaderData, SiteData]:
    """What readers leave, and what goes after some days; classes delete theirs themselves."""
    where = (settings.home, settings.database)
    return ReaderData(*where), SiteData(*where)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises AddressInUse."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise AddressInUse(host, port, error.strerror or str(error)) from error


def open_kiosk(
    workspace: Workspace, explainer: Explainer, library: Library, desk: Desk, store: Store, settings: Settings
) -> Kiosk:
    """The sites of a workspace, whose readers share the desk with the classes."""
    answers = Answers(library.explain, explainer.at_once, library.learn, library.default_language)
    ways = IndexWays(store, workspace.shelf.renew, Network())
    return Kiosk(open_file(settings.home, settings.database), desk, answers, workspace.shelf, ways)


def open_library(workspace: Workspace, explainer: Explainer, settings: Settings) -> Library:
    """Answers, what helps to learn from them, and the articles of a workspace."""
    record = workspace.record
    sentences = ExplainingSentences(record.articles, record.version)
    counterparts = Counterparts(record.articles, workspace.vectors.leads, record.version)
    return Library(
        lambda question, filters, earlier: explain(explainer, question, filters, earlier, settings.default_language),
        explainer.explain_again,
        lambda answer: study(answer, sentences, counterparts),
        record.articles,
        settings.default_language,
    )


def without_model(library: Library, workspace: Workspace, settings: Settings) -> Library:
    """The same library, whose answers go up to where a model would write."""
    quiet = open_explainer(workspace, None, settings)
    return replace(library, explain=lambda question, filters, earlier: quiet.explain(question, filters, earlier))


def create_app(
    library: Library, school: School, kiosk: Kiosk, settings: Settings, others: Sequence[BaseRoute] = ()
) -> ASGIApp:
    """The page, the classes and the sites over a library, and the guard around everything."""
    page = create_page(library)
    app = FastAPI(title="Actuclair", docs_url=None, redoc_url=None, openapi_url=None)
    classes = Classes(school, Place(settings.public_url, settings.host))
    app.router.routes.extend(classes.routes())  # before the page, which is mounted at the root
    app.router.routes.extend([*site_routes(kiosk), *others])
    return Forwards(mount(app, page, rules(settings), classes.known), classes.secret)


def rules(settings: Settings) -> Rules:
    """What the guard allows."""
    return Rules(
        hosts=(*settings.hosts.split(), settings.host, urlsplit(settings.public_url).hostname or settings.host),
        origins=tuple(settings.origins.split()),
        proxies=tuple(settings.proxies.split()),
        calls_per_minute=settings.calls_per_minute,
        readers_per_address=settings.readers_per_address,
        shared=SHARED,
        long_bodies=LONG_BODIES,
    )


def explain(
    explainer: Explainer, question: Question, filters: Filters, earlier: Sequence[Answer], default_language: str
) -> Iterator[Event]:
    """The events of an answer. Raises InvalidQuestion for what a reader typed in vain."""
    checked = make_question(question.text, question.language, question.level, default_language)
    yield from explainer.explain(checked, filters, earlier)
