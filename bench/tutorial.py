"""The peer: retrieval-augmented generation as tutorials write it. Knows nothing of Actuclair but its two models.

Kinder to the peer than a tutorial is: it gets Actuclair's embedder with the right prompts, temperature 0, and its
instructions come first, so that the language model can keep their prefix.
"""

from collections.abc import Iterator
from pathlib import Path

from chromadb.config import Settings as ChromaSettings
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI
from langchain_text_splitters import RecursiveCharacterTextSplitter
from pydantic import SecretStr

from rag.models.embedder import Embedder
from rag.writing.local_model import Endpoint

SUFFIXES = (".md", ".txt")
_TOP = 4
_LONGEST_ANSWER = 512  # tokens: stops a runaway answer, cuts no ordinary one
_INSTRUCTIONS = (
    "You are an assistant that answers questions about news articles. Answer from the context below only. "
    "Answer in the language of the question and cite the sources you use. "
    'If the context does not tell the answer, say "I don\'t know".\n\nContext:\n{context}'
)
_PROMPT = ChatPromptTemplate.from_messages([("system", _INSTRUCTIONS), ("human", "{question}")])


class TutorialEmbeddings(Embeddings):
    """Actuclair's embedder as LangChain wants it, so that the model is loaded once for both sides."""

    def __init__(self, embedder: Embedder):
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(value) for value in vector] for vector in self._embedder.embed_passages(texts)]

    def embed_query(self, text: str) -> list[float]:
        return [float(value) for value in self._embedder.embed_query(text)]


class Tutorial:
    """The pipeline over the text files of a folder, in memory as in the tutorials."""

    def __init__(self, articles: Path, embedder: Embedder, endpoint: Endpoint):
        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        self._store = Chroma.from_documents(
            splitter.split_documents(load_documents(articles)),
            TutorialEmbeddings(embedder),
            collection_name="tutorial",
            client_settings=ChromaSettings(anonymized_telemetry=False),
        )
        self._chat = ChatOpenAI(
            model=endpoint.model, base_url=endpoint.base_url, api_key=SecretStr(endpoint.api_key), temperature=0,
            max_completion_tokens=_LONGEST_ANSWER, max_retries=0,
        )  # fmt: skip

    def answer(self, question: str) -> Iterator[str]:
        """Yield the pieces of the answer as the model writes them."""
        found = self._store.similarity_search(question, k=_TOP)
        context = "\n\n".join(f"Source: {document.metadata['source']}\n{document.page_content}" for document in found)
        for chunk in self._chat.stream(_PROMPT.format_messages(context=context, question=question)):
            yield str(chunk.content)


def load_documents(folder: Path) -> list[Document]:
    """The text files of a folder as they are."""
    files = sorted(file for file in folder.rglob("*") if file.suffix.lower() in SUFFIXES)
    return [Document(file.read_text(encoding="utf-8"), metadata={"source": file.name}) for file in files]
