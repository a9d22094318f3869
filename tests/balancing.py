"""A load balancer that knows nothing: each connection goes to the next server, and past one that does not listen."""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

_PIECE = 65_536


@contextmanager
def balanced(*servers: str) -> Iterator[str]:
    """The address before several servers, for as long as it is needed."""
    balancer = _Balancer([(parts.hostname or "", parts.port or 0) for parts in map(urlsplit, servers)])
    thread = threading.Thread(target=lambda: asyncio.run(balancer.run()), daemon=True)
    thread.start()
    assert balancer.began.wait(60)
    try:
        yield f"http://127.0.0.1:{balancer.port}"
    finally:
        balancer.loop.call_soon_threadsafe(balancer.over.set)
        thread.join(60)
        assert not thread.is_alive()


class _Balancer:
    def __init__(self, servers: Sequence[tuple[str, int]]):
        self.began = threading.Event()
        self.port = 0
        self._servers = servers
        self._next = 0

    async def run(self) -> None:
        self.loop, self.over = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self.began.set()
        await self.over.wait()
        server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.CancelledError):  # in the end: then no other server is asked
            for _ in self._servers:
                server = self._servers[self._next % len(self._servers)]
                self._next += 1
                with suppress(OSError):
                    from_there, to_there = await asyncio.open_connection(*server)
                    await asyncio.gather(_pass_on(reader, to_there), _pass_on(from_there, writer))
                    return
        writer.close()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """What one side says, to the other, until it has said all or is gone."""
    with suppress(OSError):
        while piece := await reader.read(_PIECE):
            writer.write(piece)
            await writer.drain()
    writer.close()
