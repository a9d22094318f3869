"""The line between clients and server, which can be made slow and unsure. Knows bytes only."""

import asyncio
from contextlib import suppress
from types import TracebackType
from typing import Self

_PIECE = 65_536
_SLOW_PIECE, _SLOW_S = 1024, 0.05  # about 20 kB/s with 50 ms each way
_DROPPED = 4  # every so-manieth connection of a slow network breaks off ...
_PIECES = 3  # ... after so many pieces


class Line:
    """Hands on what comes to a port of its own; as fast as it can, until it `is_slow`."""

    def __init__(self, server_port: int):
        self.is_slow = False
        self.dropped = 0
        self._server_port = server_port
        self._count = 0
        self._open: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._server.close()
        for writer in list(self._open):
            writer.transport.abort()
        await asyncio.sleep(0)  # the transports close in the next round

    def degrade(self) -> None:
        """From now on slow; every so-manieth line that is open breaks at once."""
        self.is_slow = True
        for writer in list(self._open)[::_DROPPED]:
            self._drop(writer)

    def mend(self) -> None:
        self.is_slow = False

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._count += 1
        breaks = self.is_slow and self._count % _DROPPED == 0
        try:
            there, to_there = await asyncio.open_connection("127.0.0.1", self._server_port)
        except OSError:
            writer.transport.abort()
            return
        self._open.add(writer)
        try:
            await asyncio.gather(self._pass_on(reader, to_there, False), self._pass_on(there, writer, breaks))
        finally:
            self._open.discard(writer)
            to_there.transport.abort()
            writer.transport.abort()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, breaks: bool) -> None:
        pieces = 0
        with suppress(OSError):
            while piece := await reader.read(_SLOW_PIECE if self.is_slow else _PIECE):
                if self.is_slow:
                    await asyncio.sleep(_SLOW_S)
                pieces += 1
                if breaks and pieces > _PIECES:
                    self._drop(writer)
                    return
                writer.write(piece)
                await writer.drain()
        writer.close()

    def _drop(self, writer: asyncio.StreamWriter) -> None:
        self.dropped += 1
        writer.transport.abort()
