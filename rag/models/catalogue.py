"""Which models there are: the entries of `models.toml`. Knows where they may be had, not whether they are here."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from rag.errors import ModelUnknown
from rag.models.download import HubSource, WheelSource

_CATALOGUE = Path(__file__).parent.parent / "models.toml"
_RANGE = re.compile(r"\{(\d+)\.\.(\d+)\}")


@dataclass(frozen=True)
class Model:
    """One entry of the catalogue; `sources` are tried in order."""

    name: str
    role: Literal["embedder", "writer"]
    summary: str
    licence: str
    file: str
    bytes: int
    sha256: str
    default: bool
    tested: bool
    sources: tuple[WheelSource | HubSource, ...]


def catalogue() -> dict[str, Model]:
    """All models that can be named, in the file's order."""
    entries = tomllib.loads(_CATALOGUE.read_text(encoding="utf-8"))
    return {
        name: Model(name=name, **{**entry, "sources": tuple(_source(source) for source in entry["sources"])})
        for name, entry in entries.items()
    }


def find_model(name: str) -> Model:
    """The model of that name; ModelUnknown when the catalogue has none."""
    known = catalogue()
    if name not in known:
        raise ModelUnknown(name, list(known))
    return known[name]


def expand(pattern: str) -> list[str]:
    """Write out the ranges of a pattern, side by side. Example: 'a{1..2}/{01..02}' -> ['a1/01', 'a2/02']"""
    ranges = [
        [str(number).zfill(len(first)) for number in range(int(first), int(last) + 1)]
        for first, last in _RANGE.findall(pattern)
    ]
    if not ranges:
        return [pattern]
    texts = _RANGE.split(pattern)[::3]
    return [
        "".join(text + number for text, number in zip(texts, (*numbers, ""), strict=True))
        for numbers in zip(*ranges, strict=True)
    ]


def _source(entry: dict[str, Any]) -> WheelSource | HubSource:
    if entry["kind"] == "hub":
        return HubSource(entry["repository"])
    requirements = [name for pattern in entry["requirements"] for name in expand(pattern)]
    members = [name for pattern in entry["members"] for name in expand(pattern)]
    return WheelSource(tuple(requirements), tuple(members))
