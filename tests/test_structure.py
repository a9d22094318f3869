"""Which package, and which part of rag/ and of classroom/, may import which: none imports one that imports it back."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Package:
    """`values`: its files that every part may import; `begins`: a file of its own that is the first of a part."""

    name: str
    values: frozenset[str]
    may_import: Mapping[str, set[str]]
    begins: Mapping[str, str] = field(default_factory=dict)

    def files(self) -> list[Path]:
        return [*(ROOT / self.name).rglob("*.py")]

    def part_of(self, path: Path) -> str:
        """Example: rag/words/names.py -> 'words'; rag/explainer.py -> 'explainer'"""
        name = path.relative_to(ROOT / self.name).parts[0].removesuffix(".py")
        return self.begins.get(name, name)

    def imported(self, path: Path) -> set[str]:
        """The parts, or files of the package itself, that one of its modules imports."""
        names = [name.split(".") for name in imports(path)]
        inner = {name[1] for name in names if name[0] == self.name and len(name) > 1}
        return {self.begins.get(name, name) for name in inner}


def imports(path: Path) -> list[str]:
    """The modules that a file imports. Example: 'from rag import errors' -> ['rag.errors']"""
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module] if "." in node.module else [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
    return names


RAG = Package(
    "rag",
    frozenset({"types", "errors", "settings", "course", "filters", "phrases"}),
    {
        "words": set(),
        "databases": set(),
        "endpoints": set(),
        "models": {"endpoints"},
        "writing": {"words", "endpoints"},
        "checking": {"words", "models", "writing"},
        "asking": {"words", "models", "checking"},
        "levels": {"words", "checking"},
        "index": {"words", "models", "asking", "databases"},
        "finding": {"words", "models", "checking", "asking", "index"},
        "answering": {"words", "checking", "asking", "levels", "writing", "finding"},
        "study": {"words", "checking"},
        "library": {"study"},
        "background": set(),
        "rehearsal": {"words", "library"},
        "explainer": {"asking", "finding", "levels", "answering"},
        "assembly": {"models", "index", "asking", "finding", "writing", "checking", "answering", "explainer"},
    },
    begins={"reading_level": "levels"},
)
CLASSROOM = Package(
    "classroom",
    frozenset({"types", "errors", "clock", "tokens"}),
    {
        "keeping": set(),
        "entering": {"keeping"},
        "lesson": {"keeping", "entering"},
        "showing": {"lesson"},
        "routes": {"keeping", "entering", "lesson", "showing"},
        "web": {"entering", "lesson", "routes"},
    },
)
PACKAGES = (RAG, CLASSROOM)
WAYS_IN = {  # the packages around rag/; a class shows answers as the page does
    "desk": set(),
    "telling": set(),
    "web": set(),
    "page": {"telling", "web"},
    "classroom": {"desk", "telling", "web", "page"},
    "sites": {"desk", "telling", "web"},
    "widget": {"telling"},
}
PARTS = [(package, part) for package in PACKAGES for part in (*package.may_import, *sorted(package.values))]


@pytest.mark.parametrize(("package", "part"), PARTS, ids=[f"{package.name}/{part}" for package, part in PARTS])
def test_part_imports_only_what_it_may(package: Package, part: str):
    files = [path for path in package.files() if package.part_of(path) == part]

    found = {name for path in files for name in package.imported(path)} - {part} - package.values

    assert files
    assert found <= package.may_import.get(part, set())


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_every_file_belongs_to_a_part(package: Package):
    parts = {package.part_of(path) for path in package.files()}

    assert parts == {*package.may_import, *package.values, "__init__"}


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_no_part_imports_one_that_imports_it_back(package: Package):
    assert [*TopologicalSorter(package.may_import).static_order()]


@pytest.mark.parametrize("name", WAYS_IN)
def test_way_in_imports_only_what_it_may(name: str):
    files = [*(ROOT / name).rglob("*.py")]

    found = {each.split(".")[0] for path in files for each in imports(path)} & {*WAYS_IN, "app", "cli"} - {name}

    assert files
    assert found <= WAYS_IN[name]


@pytest.mark.parametrize("part", ["keeping", "entering", "lesson"])
def test_what_happens_in_a_class_knows_no_page(part: str):
    files = [*(ROOT / "classroom" / part).rglob("*.py")]

    assert not [path for path in files for each in imports(path) if each.startswith("page.")]
