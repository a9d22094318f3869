"""Waiting in tests for what comes about elsewhere."""

import time
from collections.abc import Callable

LONGEST_S = 120.0  # on however busy a machine


def wait_until(is_so: Callable[[], object]) -> None:
    """Wait for something that another thread or process does."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < LONGEST_S, "it did not come about"
        time.sleep(0.01)
