"""A workspace, a desk and settings -> what tells how they are. Puts the parts of monitor/ together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from threading import Thread

from starlette.routing import Route

from backups.databases import DATABASES
from corpus.feed_state import FeedState
from desk import Desk
from monitor import checks
from monitor.health import Check, Health
from monitor.metrics import Metrics
from monitor.readings import Readings, Sources
from monitor.routes import routes
from monitor.underway import Underway
from monitor.watching import Watch, unheard
from rag.index.workspace import Workspace
from rag.settings import Settings
from rag.writing.writer import Writer


@dataclass(frozen=True)
class Monitor:
    """What watches the answers of a server, and what those who run it can see."""

    watch: Watch
    health: Health
    token: str

    def routes(self, *others: Callable[[], Check]) -> list[Route]:
        """`others` are checks of what no reader is sent away for."""
        return routes(Health((*self.health.checks, *others)), self.watch.metrics, self.token)


@contextmanager
def open_monitor(
    workspace: Workspace, desk: Desk, writer: Writer | None, warming: Thread, settings: Settings
) -> Iterator[Monitor]:
    """Watch a server until the end; what is left of its traces is sent then."""
    metrics, underway = Metrics(), Underway()
    health = Health((
        partial(checks.staying, underway),
        partial(checks.index, workspace),
        partial(checks.articles, workspace),
        _databases(workspace, settings),
        partial(checks.disk, settings.home),
        partial(checks.embedder, workspace.embedder),
        partial(checks.language_model, writer, warming),
    ))  # fmt: skip
    metrics.registry.register(Readings(_sources(workspace, desk, underway, health, settings)))
    with _traces(settings.traces) as hear:
        yield Monitor(Watch(metrics, underway, hear), health, settings.observer_token.get_secret_value())


def _databases(workspace: Workspace, settings: Settings) -> Callable[[], Check]:
    if workspace.database.is_shared:
        return partial(checks.shared_database, workspace.database)
    return partial(checks.databases, [settings.home / database.file for database in DATABASES])


def _sources(workspace: Workspace, desk: Desk, underway: Underway, health: Health, settings: Settings) -> Sources:
    return Sources(
        load=desk.load,
        under_way=lambda: underway.count,
        figures=workspace.record.figures,
        feeds=lambda: followed(workspace.feeds.feed_states(), settings.feeds),
        index_is_sound=lambda: workspace.index.is_sound,
        embedder_answers=lambda: checks.embedder(workspace.embedder).is_well,
        free_bytes=lambda: checks.free_bytes(settings.home),
        is_ready=health.is_ready,
    )


def followed(states: dict[str, FeedState], feeds: str) -> list[FeedState]:
    """The states of the feeds of the settings; what was followed once is left out, what was never read is there."""
    return [states.get(address, FeedState(address)) for address in dict.fromkeys(feeds.split())]


@contextmanager
def _traces(collector: str) -> Iterator[Callable[..., None]]:
    """What hears of answers, where the settings name a collector."""
    if not collector:
        yield unheard
        return
    from monitor.tracing import open_traces  # brings gRPC in

    traces = open_traces(collector)
    try:
        yield traces.hear
    finally:
        traces.close()
