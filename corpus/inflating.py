"""Compressed bytes -> bytes, never more than a limit. Knows zlib, not where the bytes come from."""

import zlib
from collections.abc import Iterable, Iterator

_STEP = 1 << 16  # bytes inflated at once: what a bomb costs beyond the limit
_MOST_MEMBERS = 1000
GZIP_START = b"\x1f\x8b"


class TooLong(ValueError):
    """There is more than the limit allows."""


def inflate(chunks: Iterable[bytes], limit: int) -> bytes:
    """The bytes that were compressed with gzip, zlib or bare deflate.

    Raises TooLong beyond the limit, ValueError when they are damaged.
    """
    return collect(_inflated(chunks), limit)


def collect(chunks: Iterable[bytes], limit: int) -> bytes:
    """The bytes of all chunks. Raises TooLong as soon as they pass the limit."""
    collected = bytearray()
    for chunk in chunks:
        collected += chunk
        if len(collected) > limit:
            raise TooLong(f"it has more than {limit:,} bytes")
    return bytes(collected)


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of what was compressed; a gzip file may have several members, and ends where no other one follows."""
    inflater, members = None, 0
    for chunk in chunks:
        pending = chunk
        while pending:
            if inflater is None or (inflater.eof and pending.startswith(GZIP_START)):
                inflater, members = zlib.decompressobj(_window(pending)), members + 1
            elif inflater.eof:
                return
            yield _next(inflater, pending)
            pending = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            if members > _MOST_MEMBERS:
                raise TooLong(f"it has more than {_MOST_MEMBERS:,} compressed members")
    while inflater and not inflater.eof and (rest := _next(inflater, b"")):
        yield rest
    if inflater is None or not inflater.eof:
        raise ValueError("its compression is cut off")


def _next(inflater: "zlib._Decompress", pending: bytes) -> bytes:
    try:
        return inflater.decompress(pending, _STEP)
    except zlib.error as error:
        raise ValueError(f"its compression is damaged ({error})") from error


def _window(start: bytes) -> int:
    """How zlib is told the format: gzip, zlib, or deflate without a header, which some servers mean by 'deflate'."""
    if start.startswith(GZIP_START[: len(start)]):
        return 16 + zlib.MAX_WBITS
    zlib_header = start[0] & 0x0F == 8 and (len(start) < 2 or int.from_bytes(start[:2], "big") % 31 == 0)
    return zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS
