"""What is put together, and what is not: an explainer over nothing."""

from pathlib import Path

import pytest
from fakes import FakeEmbedder

from rag.assembly import open_explainer
from rag.errors import IndexNotBuilt
from rag.index.workspace import Workspace
from rag.settings import Settings


def test_explainer_is_not_opened_over_nothing(tmp_path: Path):
    with Workspace(tmp_path / "vuoto", FakeEmbedder()) as empty, pytest.raises(IndexNotBuilt, match="vuoto"):
        open_explainer(empty, None, Settings())
