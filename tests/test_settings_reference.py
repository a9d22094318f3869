"""The table of settings in the documents is the one that the program has."""

from pathlib import Path

from cli.settings_reference import settings_table
from rag.settings import Settings

OPERATIONS = Path(__file__).resolve().parent.parent / "docs" / "operations.md"


def test_the_documents_have_the_table_of_settings_as_it_is_now():
    assert OPERATIONS.read_text(encoding="utf-8").endswith(f"\n\n{settings_table()}\n")


def test_every_setting_is_told_with_its_default_and_no_secret():
    table = settings_table()

    assert all(f"| `ACTUCLAIR_{name.upper()}` | " in table for name in Settings.model_fields)
    assert "| `ACTUCLAIR_PORT` | `7860` | " in table
    assert "| `ACTUCLAIR_WRITER_API_KEY` |  | " in table and "/home" not in table and "/root" not in table
