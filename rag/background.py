"""Work that begins at the start of a server, step by step, and ends with it. Knows no work."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager


@contextmanager
def in_background(steps: Iterable[object]) -> Iterator[threading.Thread]:
    """Take the steps in a thread; on leaving, wait for the one that it is at, and take no more.

    A process that ends while a thread is inside a model crashes instead.
    """
    left = threading.Event()

    def work() -> None:
        for _ in steps:
            if left.is_set():
                return

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield thread
    finally:
        left.set()
        thread.join()
