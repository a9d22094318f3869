"""The parts of rag/ and which of them may import which: no part imports one that imports it back."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

RAG = Path(__file__).resolve().parent.parent / "rag"
VALUES = {"types", "errors", "settings", "course", "filters", "phrases"}  # the files of rag/ that every part may import
MAY_IMPORT = {
    "words": set(),
    "models": set(),
    "writing": {"words"},
    "checking": {"words", "models", "writing"},
    "asking": {"words", "models", "checking"},
    "levels": {"words", "checking"},
    "index": {"words", "models", "asking"},
    "finding": {"words", "models", "checking", "index"},
    "answering": {"words", "checking", "asking", "levels", "writing", "finding"},
    "study": {"words", "checking"},
    "library": {"study"},
    "explainer": {"asking", "finding", "levels", "answering"},
    "assembly": {"models", "index", "asking", "finding", "writing", "checking", "answering", "explainer"},
}
BEGINS = {"reading_level": "levels"}  # a file of rag/ itself that is the first of a part


def part_of(path: Path) -> str:
    """Example: rag/words/names.py -> 'words'; rag/explainer.py -> 'explainer'"""
    name = path.relative_to(RAG).parts[0].removesuffix(".py")
    return BEGINS.get(name, name)


def imported(path: Path) -> set[str]:
    """The parts, or files of rag/ itself, that a module of rag/ imports."""
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "rag":
            names += [node.module] if "." in node.module else [f"rag.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names if alias.name.startswith("rag.")]
    return {BEGINS.get(name.split(".")[1], name.split(".")[1]) for name in names}


@pytest.mark.parametrize("part", [*MAY_IMPORT, *VALUES])
def test_part_imports_only_what_it_may(part: str):
    files = [path for path in RAG.rglob("*.py") if part_of(path) == part]

    found = {name for path in files for name in imported(path)} - {part} - VALUES

    assert files
    assert found <= MAY_IMPORT.get(part, set())


def test_every_file_of_rag_belongs_to_a_part():
    assert {part_of(path) for path in RAG.rglob("*.py")} == {*MAY_IMPORT, *VALUES, "__init__"}


def test_no_part_imports_one_that_imports_it_back():
    assert [*TopologicalSorter(MAY_IMPORT).static_order()]
