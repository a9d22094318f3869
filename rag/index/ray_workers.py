"""Passages -> vectors on a Ray cluster, by Ray Data. Knows no record and no index. Needs the extra `ray`.

One pipeline runs for as long as the ingest: a reading task takes steps out of a queue, actors with an embedder each
embed them, and the owner takes what comes out. Ray Data itself runs in an actor of the cluster, for it does not run on
the other end of a `ray://` address. Ray's usage statistics and its dashboard stay off.
"""

import itertools
import os
import pickle
import socket
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # before Ray is imported

import pyarrow as pa
import ray
import ray.data
from ray.data.block import BlockMetadata
from ray.util.queue import Queue

from corpus.errors import ActuclairError
from rag.errors import RayFailed, WorkersLost
from rag.index.embedding import Passages, embed
from rag.index.process_workers import OpenEmbedder
from rag.index.stored_vectors import Vectors
from rag.models.embedder import Embedder

LOCAL = "local"  # a Ray of our own on this machine, which ends with the ingest
_PORT = 10001  # of Ray's client
_ANSWERS_WITHIN_S = 5.0


class RayWorkers:
    """`with RayWorkers("ray://head.internal", open_embedder) as workers`: one worker a core that Ray may use."""

    passages_a_step = 64

    def __init__(self, where: str, open_embedder: OpenEmbedder):
        """Raises RayFailed when there is no cluster, WorkersLost, and what opening the embedder raises."""
        self._where = where
        self._numbers = itertools.count()
        self._waiting: dict[int, Future[list[Vectors]]] = {}
        self._ended: Exception | None = None
        self._changing = threading.Lock()
        _connect(where)
        try:
            count = max(1, int(ray.cluster_resources().get("CPU", 1)))
            self.at_once = 2 * count
            self._steps = Queue(actor_options={"num_cpus": 0})
            pipeline = ray.remote(num_cpus=0)(_Pipeline)
            self._pipeline = pipeline.remote(self._steps, open_embedder, count)
            threading.Thread(target=self._take, name="ingest-ray", daemon=True).start()
            self.submit([]).result()
        except BaseException:
            ray.shutdown()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leave the cluster; what it still does for us ends."""
        ray.shutdown()

    def submit(self, passages: Passages) -> Future[list[Vectors]]:
        vectors: Future[list[Vectors]] = Future()
        with self._changing:
            if self._ended:
                raise self._ended
            number = next(self._numbers)
            self._waiting[number] = vectors
        try:
            self._steps.put((number, pickle.dumps(list(passages))))
        except Exception as error:
            self._waiting.pop(number, None)
            raise self._named(error) from error
        return vectors

    def _take(self) -> None:
        """Give those who wait what comes out of the pipeline, or all of them what ended it."""
        try:
            while True:
                number, told = ray.get(self._pipeline.take.remote())
                result = pickle.loads(told)  # noqa: S301  made by our own code
                vectors = self._waiting.pop(number)
                if isinstance(result, ActuclairError):
                    vectors.set_exception(result)
                else:
                    vectors.set_result(result)
        except Exception as error:  # noqa: BLE001  raised again where the vectors are used
            with self._changing:
                self._ended = self._named(error)
                waiting = list(self._waiting.values())
            for vectors in waiting:
                vectors.set_exception(self._ended)

    def _named(self, error: Exception) -> ActuclairError:
        """A worker that died twice is an error of the task that waited for it; else it is Ray itself that failed."""
        if isinstance(error, ray.exceptions.RayTaskError) and isinstance(error, ray.exceptions.RayActorError):
            return WorkersLost("twice over the same articles")
        return RayFailed(self._where, str(error).strip().splitlines()[-1].rstrip("."))


def _connect(where: str) -> None:
    """Join the cluster. Raises RayFailed."""
    quiet = {"log_to_driver": False, "logging_level": "ERROR"}
    host = urlsplit(where).hostname or ""
    if host == LOCAL:
        modules = {"env_vars": {"PYTHONPATH": os.pathsep.join(sys.path)}}  # the workers find what we find
        ray.init(address="local", include_dashboard=False, runtime_env=modules, **quiet)
        return
    try:
        port = urlsplit(where).port or _PORT
        socket.create_connection((host, port), _ANSWERS_WITHIN_S).close()  # Ray itself would try for a minute
        ray.init(f"ray://{host}:{port}", **quiet)
    except (OSError, RuntimeError, ValueError) as error:
        raise RayFailed(where, str(error).strip().splitlines()[0].rstrip(".")) from error


class _Pipeline:
    """Ray Data's part, inside the cluster."""

    def __init__(self, steps: Queue, open_embedder: OpenEmbedder, count: int):
        context = ray.data.DataContext.get_current()
        context.target_max_block_size = 1  # byte: each step goes on as soon as it is there
        context.enable_progress_bars = False
        context.print_on_execution_start = False
        read = ray.data.read_datasource(
            _steps_of(steps), override_num_blocks=1, num_cpus=0, ray_remote_args={"max_retries": 0}
        )
        embedded = read.map_batches(
            _Embedding, fn_constructor_args=[open_embedder], batch_size=None, batch_format="pyarrow", num_cpus=1,
            compute=ray.data.ActorPoolStrategy(min_size=1, max_size=count, initial_size=count), max_task_retries=1,
        )  # fmt: skip
        self._embedded = iter(embedded.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0))

    def take(self) -> tuple[int, bytes]:
        """The next step that is embedded."""
        row = next(self._embedded)
        return row["number"][0].as_py(), row["step"][0].as_py()


def _steps_of(steps: Queue) -> Any:
    """A data source for Ray that has what is put into a queue."""

    def read() -> Iterator[Any]:
        while True:
            number, step = steps.get()
            yield pa.table({"number": [number], "step": pa.array([step], pa.large_binary())})

    class Steps(ray.data.Datasource):  # type: ignore[misc]  # Ray tells no types
        def estimate_inmemory_data_size(self) -> None:
            return None

        def get_read_tasks(self, *_: object, **__: object) -> list[Any]:
            described = BlockMetadata(num_rows=None, size_bytes=None, input_files=None, exec_stats=None)
            return [ray.data.ReadTask(read, described)]

    return Steps()


class _Embedding:
    """An actor: an embedder, opened with the first step, because what that raises has to reach the owner."""

    def __init__(self, open_embedder: OpenEmbedder):
        self._open_embedder = open_embedder
        self._embedder: Embedder | None = None

    def __call__(self, row: Any) -> Any:
        passages: Passages = pickle.loads(row["step"][0].as_py())  # noqa: S301  made by our own code
        told: list[Vectors] | ActuclairError
        try:
            self._embedder = self._embedder or self._open_embedder()
            told = embed(passages, self._embedder)
        except ActuclairError as error:
            told = error
        return pa.table({"number": row["number"], "step": pa.array([pickle.dumps(told)], pa.large_binary())})
