"""Which engine of vectors the settings name. Only that one is loaded."""

from pathlib import Path

from rag.databases.database import Database
from rag.index.vector_indexes import VectorPlace

IN_PROCESS, IN_DATABASE = "chroma", "pgvector"


def open_place(vectors: str, home: Path, embedder: str, database: Database, installation: str) -> VectorPlace:
    """Where the settings want the vectors. Raises VectorsUnusable for what cannot be used at all."""
    if vectors == IN_DATABASE:
        from rag.index.pgvector import VectorTables

        return VectorTables(database, embedder)
    if vectors != IN_PROCESS:
        from rag.index.chroma_server import ChromaServer

        return ChromaServer(vectors, embedder, installation)
    from rag.index.chroma_folders import ChromaFolders

    return ChromaFolders(home, embedder)
