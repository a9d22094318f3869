"""An iterator that is read by another thread, a little ahead of whoever uses it. Knows nothing of what it carries."""

import queue
import threading
from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")
_WAIT_S = 0.1  # between looks whether anybody still reads


def prefetch(items: Iterable[Item], count: int) -> Iterator[Item]:
    """The same items in the same order, up to `count` of them read before they are asked for; errors come in turn."""
    waiting: queue.Queue[tuple[bool, Item | BaseException | None]] = queue.Queue(count)
    left = threading.Event()

    def put(entry: tuple[bool, Item | BaseException | None]) -> None:
        while not left.is_set():
            try:
                waiting.put(entry, timeout=_WAIT_S)
            except queue.Full:
                continue
            return

    def read() -> None:
        try:
            for item in items:
                put((True, item))
                if left.is_set():
                    return
            put((False, None))
        except BaseException as error:  # noqa: BLE001  raised again where the items are used
            put((False, error))

    threading.Thread(target=read, name="prefetch", daemon=True).start()
    try:
        while True:
            more, entry = waiting.get()
            if isinstance(entry, BaseException):
                raise entry
            if not more:
                return
            yield entry  # type: ignore[misc]
    finally:
        left.set()
