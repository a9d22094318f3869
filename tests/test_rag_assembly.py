"""What is put together, and what is not: an explainer over nothing, a model for a folder that others have."""

from pathlib import Path

import pytest
from fakes import FakeEmbedder

from rag.assembly import open_explainer, open_workspace
from rag.errors import HomeInUse, IndexNotBuilt
from rag.index.workspace import Workspace, hold
from rag.settings import Settings


def test_explainer_is_not_opened_over_nothing(tmp_path: Path):
    with Workspace(tmp_path / "vuoto", FakeEmbedder()) as empty, pytest.raises(IndexNotBuilt, match="vuoto"):
        open_explainer(empty, None, Settings())


def test_a_folder_that_another_has_is_told_before_the_embedder_is_looked_for(tmp_path: Path):
    settings = Settings(home=tmp_path, models=tmp_path / "nessuno")
    lock = hold(tmp_path)

    with pytest.raises(HomeInUse), open_workspace(settings):
        pass

    lock.release()
