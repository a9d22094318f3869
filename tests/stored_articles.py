"""Two articles of one passage each, and what a search in a workspace finds, for tests of what is kept."""

from fakes import article_of

from rag.assembly import open_retriever
from rag.index.workspace import Workspace
from rag.types import Question

COWBOY = article_of("Le cow-boy n'existe pas. Une machine chante à sa place.", id="cowboy", title="Le cow-boy")
ROBOT = article_of("Il robot canta in città. I bambini ballano.", id="robot", title="Il robot", language="it")


def found(workspace: Workspace, question: str) -> list[tuple[str, float]]:
    retriever = open_retriever(workspace)
    return [(result.passage.id, round(result.score, 4)) for result in retriever.retrieve(Question(question, "fr"), 5)]
