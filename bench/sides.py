"""Open the two sides on the same models. Knows no clock.

The imports of a side stand in its function: `bench.memory` weighs a process that has one of them only.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rag.models import models
from rag.models.embedder import Embedder
from rag.settings import Settings
from rag.writing.local_model import LocalModel

if TYPE_CHECKING:
    from rag.explainer import Explainer
    from rag.writing.writer import ChatWriter

AnswerTutorial = Callable[[str], Iterator[str]]


@dataclass(frozen=True)
class Actuclair:
    """The explainer, and the writer that has read what prompts begin with."""

    explainer: "Explainer"
    writer: "ChatWriter"


def open_model(settings: Settings) -> LocalModel:
    """The catalogue's language model that the settings name. Raises ModelUnknown, ModelMissing or ModelFileInvalid."""
    path = models.load_path(models.find_model(settings.writer), settings.models)
    return LocalModel(path, settings.threads)


def open_tutorial(articles: Path, embedder: Embedder, model: LocalModel) -> AnswerTutorial:
    """The tutorial pipeline, ready to answer."""
    from bench.tutorial import Tutorial

    return Tutorial(articles, embedder, model.endpoint).answer


@contextmanager
def open_actuclair(articles: Path, embedder: Embedder, model: LocalModel, settings: Settings) -> Iterator[Actuclair]:
    """Actuclair over a data folder of its own that is gone afterwards."""
    from corpus.reading import read_source
    from rag.assembly import open_explainer
    from rag.index.ingest import ingest
    from rag.index.workspace import Workspace
    from rag.writing.writer import ChatWriter

    with tempfile.TemporaryDirectory() as home, Workspace(Path(home), embedder) as workspace:
        ingest(read_source(articles), workspace)
        writer = ChatWriter(model.endpoint, settings.writer_timeout_s)
        yield Actuclair(open_explainer(workspace, writer, settings), writer)
