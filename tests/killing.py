"""Work that dies before one of its statements, as a process that is killed there does."""

import os
from collections.abc import Callable

from sqlalchemy import Engine, event

KILLED = 9


def killed_at(statement: int, work: Callable[[], object]) -> bool:
    """Do the work in a process that dies before its nth statement; whether it died."""
    process = os.fork()
    if process == 0:
        done = 0

        def count(*_: object) -> None:
            nonlocal done
            done += 1
            if done == statement:
                os._exit(KILLED)

        event.listen(Engine, "before_cursor_execute", count)
        work()
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    assert status in (0, KILLED)
    return status == KILLED
