"""The server that stops without breaking answers off. Knows signals, neither questions nor answers.

At the first signal it goes on serving while what is under way is finished, so that readers get what they wait for; at
the second it stops at once.
"""

import threading
from collections.abc import Callable
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

_LAST_WORDS_S = 3  # a page that listens for changes would keep the server from stopping


class Server(uvicorn.Server):
    """Calls `finish` at the first signal, and stops when that returns."""

    def __init__(self, app: ASGIApp, finish: Callable[[], None]):
        # the guard itself decides whom to believe about forwarded addresses; log lines are the program's own
        config = uvicorn.Config(
            app, log_level="warning", log_config=None, proxy_headers=False, server_header=False,
            timeout_graceful_shutdown=_LAST_WORDS_S,
        )  # fmt: skip
        super().__init__(config)
        self._finish = finish
        self._is_finishing = False

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal is not raised again afterwards, as uvicorn does: what is open would not be closed."""
        if self._is_finishing:
            self.force_exit = self.should_exit
            self.should_exit = True
            return
        self._is_finishing = True
        threading.Thread(target=self._finish_and_exit, name="finishing", daemon=True).start()

    def _finish_and_exit(self) -> None:
        try:
            self._finish()
        finally:
            self.should_exit = True
