"""What the documents say exists: files, make targets, commands, settings."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from cli.main import app
from rag.settings import Settings

REPOSITORY = Path(__file__).resolve().parent.parent
DOCUMENTS = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))]
DOCUMENTS += [REPOSITORY / folder / "README.md" for folder in ("evals", "bench")]
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)")
MAKE = re.compile(r"\bmake ([a-z][a-z-]*)")
COMMAND = re.compile(r"(?:\bactuclair) ([a-z]+)")
VALUES = {"course", "filters", "types"}  # they go through all steps
SETTING = re.compile(r"\bACTUCLAIR_([A-Z_]+)\b")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_document_links_only_to_files_that_exist(document: Path):
    missing = [
        link for link in LINK.findall(document.read_text(encoding="utf-8")) if not (document.parent / link).exists()
    ]

    assert missing == []


def test_the_way_of_an_answer_has_no_line_that_is_too_long():
    way = (REPOSITORY / "docs" / "how_an_answer_is_made.md").read_text(encoding="utf-8")

    assert [line for line in way.splitlines() if len(line) > 120] == []


def test_the_way_of_an_answer_names_every_part_that_its_story_uses():
    way = (REPOSITORY / "docs" / "how_an_answer_is_made.md").read_text(encoding="utf-8")
    story = (REPOSITORY / "rag" / "explainer.py").read_text(encoding="utf-8")

    parts = set(re.findall(r"^from rag\.([\w.]+) import", story, re.M)) - VALUES

    assert parts
    assert {part for part in parts if f"(../rag/{part.replace('.', '/')}.py)" not in way} == set()


def test_documents_name_only_make_targets_that_exist():
    targets = set(re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.M))

    named = {target for code in code_of(DOCUMENTS) for target in MAKE.findall(code)}

    assert named
    assert named <= targets


def test_documents_name_only_commands_that_exist():
    commands = set(get_command(app).commands)  # type: ignore[attr-defined]

    named = {command for code in code_of(DOCUMENTS) for command in COMMAND.findall(code)}

    assert named
    assert named <= commands


def test_documents_name_only_settings_that_exist():
    known = {name.upper() for name in Settings.model_fields} | {"SEEDS", "EVALS"}

    named = {name for path in DOCUMENTS for name in SETTING.findall(path.read_text(encoding="utf-8"))}

    assert named <= known


def code_of(documents: list[Path]) -> list[str]:
    """What stands between backticks."""
    return [code for path in documents for code in re.findall(r"`+([^`]+)`+", path.read_text(encoding="utf-8"))]
