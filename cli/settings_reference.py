"""All settings as a table for docs/operations.md: `python -m cli.settings_reference`. Knows no setting by name."""

from pathlib import Path

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from rag.settings import Settings


def settings_table() -> str:
    """A row for each setting. Example: '| `ACTUCLAIR_PORT` | `7860` | the port the page listens on |'"""
    rows = [
        f"| `ACTUCLAIR_{name.upper()}` | {_default(field)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(["| Setting | If nothing is set | What it is |", "|---|---|---|", *rows])


def _default(field: FieldInfo) -> str:
    """Example: 7860 -> '`7860`'; a folder of the user's cache, which differs from machine to machine, by its kind."""
    value = field.default
    if isinstance(value, SecretStr) or value == "":
        return ""
    if isinstance(value, Path) and value.is_absolute():
        return "in the user's cache"
    return f"`{value}`"


if __name__ == "__main__":
    print(settings_table())
