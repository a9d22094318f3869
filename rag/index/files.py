"""Whether the vector files of an index are whole: each as long as the others say. Knows hnswlib's layout, not vectors.

A process that reads shortened files goes on with whatever its memory holds: it may find nothing, or crash, or neither
(Chroma 1.5.9). So their lengths are compared before anything reads them.
"""

import struct
from pathlib import Path

_HEADER = struct.Struct("<i6Qi")  # version, offset, room, elements, bytes an element, two more offsets, highest level
_LENGTH = struct.Struct("<I")
_HEADER_BYTES = 100
_FILES = ("header.bin", "data_level0.bin", "length.bin", "link_lists.bin")


def are_whole(folder: Path) -> bool:
    """Whether all vector files below a folder are whole; there may be none. Raises OSError."""
    holders = {file.parent for file in folder.rglob("*.bin")}
    return all(_is_whole(holder) for holder in holders)


def _is_whole(holder: Path) -> bool:
    header, vectors, lengths, links = (holder / name for name in _FILES)
    if not all(file.is_file() for file in (header, vectors, lengths, links)):
        return False
    if header.stat().st_size < _HEADER_BYTES:
        return False
    _, _, _, elements, size, *_ = _HEADER.unpack_from(header.read_bytes())
    return (
        vectors.stat().st_size >= elements * size
        and lengths.stat().st_size >= elements * _LENGTH.size
        and _has_links(links.read_bytes(), elements)
    )


def _has_links(links: bytes, elements: int) -> bool:
    """Whether a length and as many bytes are there for each element, and nothing else."""
    place = 0
    for _ in range(elements):
        if place + _LENGTH.size > len(links):
            return False
        place += _LENGTH.size + _LENGTH.unpack_from(links, place)[0]
    return place == len(links)
