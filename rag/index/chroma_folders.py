"""Chroma's indexes in folders of the data folder, read and written by this process alone. Knows folders, not vectors.

Damaged files can crash the process that reads them, so each index is sealed when it is closed (rag/index/seal.py).
"""

import logging
import re
import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from rag.errors import IndexFailed
from rag.index.seal import forget_seal, may_be_opened, seal
from rag.index.vector_index import Index
from rag.index.vector_indexes import FIRST

_FOLDERS = re.compile(rf"{FIRST}(-\d+)?")
_log = logging.getLogger(__name__)


class ChromaFolders:
    """A folder for each index."""

    def __init__(self, home: Path, embedder: str):
        self._home = home
        self._embedder = embedder

    def open(self, name: str) -> Index:
        folder = self._home / name
        try:
            may_be = may_be_opened(folder)
        except OSError as error:
            raise IndexFailed(folder, str(error)) from error
        if not may_be:
            raise IndexFailed(folder, "its files are damaged")
        return Index(folder, self._embedder)

    def make(self, name: str) -> Index:
        self.discard(name)  # what an earlier process left, if any
        return Index(self._home / name, self._embedder)

    def discard(self, name: str) -> None:
        shutil.rmtree(self._home / name, ignore_errors=True)
        with suppress(OSError):
            forget_seal(self._home / name)

    def keep_only(self, names: Collection[str]) -> None:
        for folder in self._home.iterdir():
            if folder.name not in names and _FOLDERS.fullmatch(folder.name):
                self.discard(folder.name)  # damaged, and no longer named: what cannot go does no harm

    def note_closed(self, name: str) -> None:
        try:
            seal(self._home / name)
        except OSError as error:  # a full disk: the next start looks at the files more closely
            _log.warning("The vector index could not be sealed: %s", error)
