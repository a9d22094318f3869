"""What a backup says of itself. Knows JSON, neither archives nor databases."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

FILE = "manifest.json"
FORMAT = 1


@dataclass(frozen=True)
class Entry:
    """A database in a backup: its version, its size in bytes, its checksum."""

    schema: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`made` is a time in UTC, `embedder` whose vectors are in the record, `entries` are by file."""

    program: str
    made: str
    embedder: str
    articles: int
    passages: int
    entries: Mapping[str, Entry]
    format: int = FORMAT


def write(manifest: Manifest) -> str:
    return json.dumps(asdict(manifest), indent=1)


def read(text: bytes) -> Manifest:
    """Raises ValueError, KeyError or TypeError for what is none; of a newer format only what tells so is read."""
    values: dict[str, Any] = json.loads(text)
    if int(values["format"]) > FORMAT:
        return Manifest(str(values.get("program", "")), "", "", 0, 0, {}, int(values["format"]))
    entries = {str(name): Entry(**entry) for name, entry in values.pop("entries").items()}
    return Manifest(**values, entries=entries)
