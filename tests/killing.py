"""Work that dies before one of its statements, as a process that is killed there does."""

import gc
import os
import traceback
from collections.abc import Callable

from sqlalchemy import Engine, event

KILLED = 9


def status_of(work: Callable[[], object]) -> int:
    """The status of a process that does the work: KILLED where it died of it, 0 when it came to the end."""
    process = os.fork()
    if process == 0:
        gc.disable()  # what other tests left has threads that are not there: it would wait for them
        try:
            work()
        except BaseException:  # noqa: BLE001  the status tells
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    assert status in (0, KILLED)
    return status


def killed_at(statement: int, work: Callable[[], object]) -> bool:
    """Do the work in a process that dies before its nth statement; whether it died."""
    done = 0

    def count(*_: object) -> None:
        nonlocal done
        done += 1
        if done == statement:
            os._exit(KILLED)

    def counted() -> None:
        event.listen(Engine, "before_cursor_execute", count)
        work()

    return status_of(counted) == KILLED
