"""An iterator that is read by another thread, a little ahead of whoever uses it. Knows nothing of what it carries."""

import queue
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")
_WAIT_S = 0.1  # between looks whether anybody still reads


@dataclass(frozen=True)
class _End:
    """No more items, because of an error or of none."""

    error: BaseException | None = None


def prefetch(items: Iterable[Item], count: int) -> Iterator[Item]:
    """The same items in the same order, up to `count` of them read before they are asked for; errors come in turn."""
    waiting: queue.Queue[Item | _End] = queue.Queue(count)
    left = threading.Event()
    threading.Thread(target=_read, args=(items, waiting, left), name="prefetch", daemon=True).start()
    try:
        while not isinstance(entry := waiting.get(), _End):
            yield entry
        if entry.error:
            raise entry.error
    finally:
        left.set()


def _read(items: Iterable[Item], waiting: queue.Queue[Item | _End], left: threading.Event) -> None:
    """Hand on each item and then the end, until nobody reads any more."""
    end = _End()
    try:
        for item in items:
            _put(item, waiting, left)
            if left.is_set():
                return
    except BaseException as error:  # noqa: BLE001  raised again where the items are used
        end = _End(error)
    _put(end, waiting, left)


def _put(entry: Item | _End, waiting: queue.Queue[Item | _End], left: threading.Event) -> None:
    while not left.is_set():
        try:
            waiting.put(entry, timeout=_WAIT_S)
        except queue.Full:
            continue
        return
