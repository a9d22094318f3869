"""Two articles of one passage each, and what a workspace holds and finds, for tests of what is kept."""

from fakes import article_of

from corpus.types import Article, Passage
from rag.assembly import open_retriever
from rag.index.workspace import Workspace
from rag.types import Question

COWBOY = article_of("Le cow-boy n'existe pas. Une machine chante à sa place.", id="cowboy", title="Le cow-boy")
ROBOT = article_of("Il robot canta in città. I bambini ballano.", id="robot", title="Il robot", language="it")


def found(workspace: Workspace, question: str) -> list[tuple[str, float]]:
    retriever = open_retriever(workspace)
    return [(result.passage.id, round(result.score, 4)) for result in retriever.retrieve(Question(question, "fr"), 5)]


def every_passage(workspace: Workspace) -> list[tuple[Passage, Article]]:
    """Every passage with its article, in the order in which they came; each has a vector."""
    ids = [id_ for page, _ in workspace.vectors.pages() for id_ in page]
    assert set(ids) == workspace.record.passage_ids()
    known = workspace.record.passages(ids)
    return [known[id_] for id_ in ids]
