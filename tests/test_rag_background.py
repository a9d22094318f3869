"""Work at the start of a server ends with it."""

import threading
from collections.abc import Iterator

from rag.background import in_background


def test_work_goes_on_until_it_is_done():
    done: list[str] = []

    with in_background(done.append(word) for word in ("uno", "due", "tre")) as thread:
        thread.join(10)

    assert done == ["uno", "due", "tre"]


def test_leaving_waits_for_the_step_that_is_under_way_and_takes_no_more():
    begun, may_end, done = threading.Event(), threading.Event(), list[str]()

    def steps() -> Iterator[str]:
        begun.set()
        may_end.wait(10)
        done.append("été")
        yield "été"
        done.append("hiver")

    with in_background(steps()) as thread:
        begun.wait(10)
        threading.Timer(0.05, may_end.set).start()

    assert done == ["été"]
    assert not thread.is_alive()
