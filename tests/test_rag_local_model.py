"""The language model in this process, as the machine sees it."""

import os
import sys
import threading

import pytest

from rag.writing.local_model import _step_back


@pytest.mark.skipif(sys.platform != "linux", reason="threads have an urgency of their own on Linux only")
def test_a_language_model_is_less_urgent_than_who_asks_in_the_same_process():
    urgency: list[int] = []

    def start() -> None:
        _step_back()
        child = threading.Thread(target=lambda: urgency.append(_of_this_thread()))
        child.start()
        child.join()

    starting = threading.Thread(target=start)
    starting.start()
    starting.join()

    assert urgency[0] > _of_this_thread()


def _of_this_thread() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
