"""What a server does beside answering: bring in what is new, delete what is old. Knows no web and no answers."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from corpus.failures import Failure
from corpus.types import Article
from rag.index.following import Follower, follow
from rag.index.ingest import IngestReport, ingest
from rag.index.reader_data import Expiring, keep_forgetting
from rag.index.tending import tend
from rag.index.workspace import Workspace
from rag.settings import Settings

Store = Callable[[Iterable[Article | Failure]], IngestReport]


def storing(workspace: Workspace) -> Store:
    """What brings articles into the workspace, one caller after the other: feeds and sites share the one index."""
    turn = threading.Lock()

    def store(found: Iterable[Article | Failure]) -> IngestReport:
        with turn:
            return ingest(found, workspace)

    return store


@contextmanager
def keeping_up(workspace: Workspace, store: Store, left: Sequence[Expiring], settings: Settings) -> Iterator[None]:
    """Meanwhile, bring in what is new in the feeds of the settings, delete what readers left too long ago, and tend the
    vectors.

    Ends when what is being stored is there.
    """
    stopped = threading.Event()
    forgetting = (left, settings.retention_days, stopped)
    threading.Thread(target=keep_forgetting, args=forgetting, daemon=True).start()
    tender = threading.Thread(target=tend, args=(workspace, stopped), name="vectors")
    tender.start()
    follower = threading.Thread(target=_follow_feeds, args=(workspace, store, settings, stopped))
    if settings.feeds.split():
        follower.start()
    try:
        yield
    finally:
        stopped.set()
        tender.join()
        if follower.is_alive():
            follower.join()


def _follow_feeds(workspace: Workspace, store: Store, settings: Settings, stopped: threading.Event) -> None:
    """Read the feeds of the settings until stopped."""
    from corpus.feeds import Pace  # brings libraries in that a server without feeds need not wait for
    from corpus.fetching import Fetcher
    from corpus.network import Network

    pace = Pace(timedelta(minutes=settings.feeds_every_min))
    follower = Follower(workspace.feeds, store, Fetcher(Network()).fetch, pace)
    follow(follower, settings.feeds.split(), stopped)
