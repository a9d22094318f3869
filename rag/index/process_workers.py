"""Passages -> vectors in processes of this machine, each with an embedder of its own. Knows no record and no index.

A process that dies is replaced, and what it had is tried once more. One whose owner dies ends by itself.
"""

import queue
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

from corpus.errors import ActuclairError
from rag.errors import WorkersLost
from rag.index.embedding import Passages, embed
from rag.index.stored_vectors import Vectors
from rag.models.embedder import Embedder

_TRIES = 2
_TIDIES_UP_S = 3.0
_WAITING_EACH = 1  # steps that wait for a worker, so that it never waits for the owner
OpenEmbedder = Callable[[], Embedder]


class ProcessWorkers:
    """`with ProcessWorkers(4, open_embedder) as workers`: at the end of it the processes are gone."""

    passages_a_step = 64

    def __init__(self, count: int, open_embedder: OpenEmbedder):
        """`open_embedder` is called in each process. Raises what it raises, and WorkersLost when a process ends."""
        self.at_once = count * (1 + _WAITING_EACH)
        self._open_embedder = open_embedder
        self._changing = threading.Lock()
        self._closed = False
        self._processes = [_Process(open_embedder) for _ in range(count)]
        self._idle: queue.SimpleQueue[_Process] = queue.SimpleQueue()
        self._asking = ThreadPoolExecutor(count, "ingest-worker")
        try:
            self._processes[0].wait_until_ready()  # the others follow while it works
            for process in self._processes:
                self._idle.put(process)
        except _Ended as error:
            self.close()
            raise WorkersLost("before it could embed anything") from error
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes, whatever they are at."""
        with self._changing:
            self._closed = True
            for process in self._processes:
                process.ask_to_end()
            for process in self._processes:
                process.end()
        self._asking.shutdown(cancel_futures=True)

    def submit(self, passages: Passages) -> Future[list[Vectors]]:
        return self._asking.submit(self._embed, passages)

    def _embed(self, passages: Passages) -> list[Vectors]:
        """Raises WorkersLost when two processes have died of the same passages, and what embedders raise."""
        for _ in range(_TRIES):
            process = self._idle.get()
            try:
                return process.embed(passages)
            except _Ended:
                process = self._instead_of(process)
            finally:
                self._idle.put(process)
        raise WorkersLost(f"twice over the same articles, from '{passages[0][1].id}' to '{passages[-1][1].id}'")

    def _instead_of(self, ended: "_Process") -> "_Process":
        with self._changing:
            if self._closed:
                raise WorkersLost("because it was told to")
            ended.end()
            self._processes.remove(ended)
            process = _Process(self._open_embedder)
            self._processes.append(process)
        return process


class _Ended(Exception):
    """A process is not there any more."""


class _Process:
    """One process and the line to it."""

    def __init__(self, open_embedder: OpenEmbedder):
        context = get_context("spawn")  # a fork would take along locks of threads that it does not have
        self._line, its_line = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(its_line, open_embedder), name="ingest-worker", daemon=True
        )
        self._process.start()
        its_line.close()
        self._is_ready = False

    def wait_until_ready(self) -> None:
        """Raises what opening its embedder raised, and _Ended."""
        if not self._is_ready:
            self._told()
            self._is_ready = True

    def embed(self, passages: Passages) -> list[Vectors]:
        self.wait_until_ready()
        try:
            self._line.send(passages)
        except OSError as error:
            raise _Ended from error
        return self._told() or []

    def ask_to_end(self) -> None:
        self._process.terminate()

    def end(self) -> None:
        """Let it tidy up for a moment, and then no longer."""
        self._process.join(_TIDIES_UP_S)
        self._process.kill()
        self._process.join()

    def _told(self) -> list[Vectors] | None:
        try:
            told: list[Vectors] | ActuclairError | None = self._line.recv()
        except (EOFError, OSError) as error:
            raise _Ended from error
        if isinstance(told, ActuclairError):
            raise told
        return told


def _serve(line: Connection, open_embedder: OpenEmbedder) -> None:
    """What a worker does: open its embedder, say so, and embed what comes until nobody is there any more."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; the owner ends these
    try:
        embedder = open_embedder()
    except ActuclairError as error:
        line.send(error)
        return
    line.send(None)
    while True:
        try:
            passages: Passages = line.recv()
        except EOFError:
            return
        try:
            line.send(embed(passages, embedder))
        except ActuclairError as error:
            line.send(error)
