"""A file system of its own for a data folder, small enough to be filled. Knows Linux, and no server."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SIZE = "512m"  # a server is not ready with less than 100 MB free
_FILLER = "filler"
_PIECE = 1024 * 1024


@contextmanager
def small_disk(folder: Path) -> Iterator[str]:
    """Mount one on a folder as long as it is needed; gives the reason where that is not allowed, '' where it is."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_SIZE},mode=700", "tmpfs", str(folder)]
    reason = "needs Linux and root" if os.name != "posix" or not shutil.which("mount") or os.geteuid() else ""
    if not reason:
        done = subprocess.run(mount, capture_output=True, text=True)  # noqa: S603 - our own words
        reason = done.stderr.strip() if done.returncode else ""
    try:
        yield reason
    finally:
        if not reason:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S603, S607


def fill(folder: Path) -> int:
    """Take all that is free, to the last byte; how many that were."""
    written = 0
    with (folder / _FILLER).open("wb", buffering=0) as filler:
        piece = _PIECE
        while piece:
            try:
                written += filler.write(b"\0" * piece)
            except OSError:  # there is less: to the last byte
                piece //= 2
    return written


def free(folder: Path) -> None:
    """Give it back."""
    (folder / _FILLER).unlink()
