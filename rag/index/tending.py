"""What a server does about vectors beside answering: follows a reindex, fills gaps, deletes what nobody uses any more.

Knows when, not how.
"""

import logging
import threading
import time
from collections.abc import Callable

from rag.errors import EmbedderFailed, StorageFailed
from rag.index.reindexing import catch_up, drop
from rag.index.workspace import Workspace

_LOOK_EVERY_S = 5.0
_UNUSED_S = 600.0  # for so long an older set is kept for servers that are restarted just now, or lost their connection
_log = logging.getLogger(__name__)


class _Stopped(Exception):
    """The server stops while gaps are filled: the next start goes on."""


class Tending:
    """The vectors of one server, looked at now and then."""

    def __init__(
        self,
        workspace: Workspace,
        stopped: threading.Event,
        unused_s: float = _UNUSED_S,
        now: Callable[[], float] = time.monotonic,
    ):
        self._workspace = workspace
        self._stopped = stopped
        self._unused_s = unused_s
        self._now = now
        self._unused_since: dict[int, float] = {}
        self._caught_up: tuple[int, int] | None = None  # the set, and the version of the articles

    def look(self) -> None:
        """Raises StorageFailed, or EmbedderFailed when an endpoint does not answer."""
        self._workspace.use_newest()
        self._workspace.index.follow()
        if current := self._workspace.sets.current():
            self._catch_up(current.number)
            self._drop_unused(current.number)

    def _catch_up(self, number: int) -> None:
        """What is lacking is looked for at the start, and later only where others may bring in articles without it."""
        state = number, self._workspace.record.version()
        is_shared = self._caught_up is None or len(self._workspace.sets.all()) > 1
        if state != self._caught_up and is_shared:
            catch_up(self._workspace, number, self._go_on)
        self._caught_up = state

    def _go_on(self, passages: int) -> None:
        if self._stopped.is_set():
            raise _Stopped

    def _drop_unused(self, number: int) -> None:
        """Delete older sets that no server has used for a while, each time that it was looked at."""
        older = [each for each in self._workspace.sets.all() if each.number < number]
        for each in older:
            with self._workspace.used.unless_used(each.number) as is_free:
                self._note(each.number, is_free)
        long_ago = self._now() - self._unused_s
        drop(self._workspace, [each for each in older if self._unused_since.get(each.number, self._now()) < long_ago])

    def _note(self, number: int, is_free: bool) -> None:
        if is_free:
            self._unused_since.setdefault(number, self._now())
        else:
            self._unused_since.pop(number, None)


def tend(workspace: Workspace, stopped: threading.Event, every_s: float = _LOOK_EVERY_S) -> None:
    """Look after the vectors until stopped; what cannot be done now is tried again at the next look."""
    tending = Tending(workspace, stopped)
    while not stopped.wait(every_s):
        try:
            tending.look()
        except _Stopped:
            return
        except (StorageFailed, EmbedderFailed) as error:
            _log.warning("The vectors cannot be looked after now: %s", error)
        except Exception:  # noqa: BLE001  the edge: without this thread no reindex would be noticed any more
            _log.exception("A fault in the program kept the vectors from being looked after; it is tried again.")
