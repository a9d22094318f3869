"""Chroma's indexes on a server of its own (`chroma run`), which several servers share. Knows HTTP by Chroma's client.

The server knows no passwords, so it belongs into a private network. A collection is called after the installation that
made it and remembers its embedder: what another has built is never searched.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import chromadb
from chromadb.errors import NotFoundError

from rag.errors import IndexFailed, VectorsFailed, VectorsUnusable
from rag.index.vector_index import COSINE, FAILURES, ChromaIndex, quiet

_EMBEDDER = "embedder"
_PORTS = {"http": 80, "https": 443}


class ChromaServer:
    """The collections of one installation."""

    def __init__(self, address: str, embedder: str, installation: str):
        """Raises VectorsUnusable when nobody answers, or something else than Chroma."""
        parts = urlsplit(address)
        self._address = address
        self._embedder = embedder
        self._prefix = f"actuclair-{installation}-"
        try:
            self._client = chromadb.HttpClient(
                parts.hostname or "", parts.port or _PORTS[parts.scheme], parts.scheme == "https", settings=quiet()
            )
            self._client.heartbeat()
        except (*FAILURES, TypeError) as error:  # the last: when what answers is no Chroma
            raise VectorsUnusable(address, str(error)) from error

    def open(self, name: str) -> ChromaIndex:
        with self._failing():
            collection = self._client.get_or_create_collection(
                self._prefix + name, embedding_function=None, configuration=COSINE, metadata=self._metadata
            )
        built_with = (collection.metadata or {}).get(_EMBEDDER)
        if built_with != self._embedder:
            raise VectorsFailed(self._address, f"'{name}' was built with the embedder '{built_with}'")
        return ServedIndex(name, collection, self._address)

    def make(self, name: str) -> ChromaIndex:
        self.discard(name)
        return self.open(name)

    def discard(self, name: str) -> None:
        try:
            self._client.delete_collection(self._prefix + name)
        except NotFoundError:
            return
        except FAILURES as error:
            raise VectorsFailed(self._address, str(error)) from error

    def keep_only(self, names: Collection[str]) -> None:
        with self._failing():
            there = [collection.name for collection in self._client.list_collections()]
        for other in there:
            if other.startswith(self._prefix) and other.removeprefix(self._prefix) not in names:
                self.discard(other.removeprefix(self._prefix))

    def note_closed(self, name: str) -> None:
        """The server looks after its files."""

    @property
    def _metadata(self) -> dict[str, str]:
        return {_EMBEDDER: self._embedder}

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except FAILURES as error:
            raise VectorsFailed(self._address, str(error)) from error


class ServedIndex(ChromaIndex):
    """A collection on a server."""

    def __init__(self, name: str, collection: chromadb.Collection, address: str):
        super().__init__(name, collection)
        self._address = address

    def failed(self, reason: str) -> IndexFailed:
        return VectorsFailed(self._address, reason)
