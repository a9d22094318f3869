"""What goes on whatever happens to one of its steps. Knows not what the steps do."""

import logging
from collections.abc import Callable

log = logging.getLogger(__name__)


def survive(step: Callable[[], None]) -> None:
    """Take a step; a fault in it is told to whoever runs the server, and keeps no other step from being taken."""
    try:
        step()
    except Exception:  # the edge: without the watch no class would end, be deleted or go on after a restart
        log.exception("A step of the watch over the classes failed; the next round tries again.")
