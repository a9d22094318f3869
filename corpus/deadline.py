"""A time by which something must be done, and connections that keep it. Knows sockets, not what goes over them."""

import ssl
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore

_SHORTEST_TRY = 0.1  # seconds that each further address of a host is left to answer


class Deadline:
    """A point in time, some seconds after it was made."""

    def __init__(self, seconds: float, clock: Callable[[], float]):
        self._clock = clock
        self._end = clock() + seconds

    def left(self) -> float:
        """Seconds that are left. Raises httpcore.ReadTimeout when none are."""
        left = self._end - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout("the time is up")
        return left


def timed_backend(
    backend: httpcore.NetworkBackend, addresses: Sequence[str], deadline: Deadline
) -> httpcore.NetworkBackend:
    """A backend that connects to these addresses only, whatever host it is asked for, and is done by the deadline."""
    return _TimedBackend(backend, addresses, deadline)


class _TimedBackend(httpcore.NetworkBackend):
    def __init__(self, backend: httpcore.NetworkBackend, addresses: Sequence[str], deadline: Deadline):
        self._backend, self._addresses, self._deadline = backend, addresses, deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers; each has an equal share of what time is left."""
        errors: list[Exception] = []
        for number, address in enumerate(self._addresses):
            share = self._deadline.left() / (len(self._addresses) - number)
            try:
                stream = self._backend.connect_tcp(address, port, max(share, _SHORTEST_TRY), None, socket_options)
                return _TimedStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                errors.append(error)
        raise errors[-1]


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every step may take what is left of the time, so many slow steps do not add up."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline):
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _TimedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
